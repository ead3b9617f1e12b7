#pragma once

#include "core/asyncio/ref.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace loopscope {

/// A function on a stack of its own, which runs only while somebody waits for it.
///
/// A worker's function may call cpu() from the depth of an ordinary call, so it needs a stack that
/// stands still while time passes for others. The stack is that of a real thread, to which the turn
/// is handed over under a mutex: exactly one of the two runs at any moment, so that a run is the same
/// every time. Against switching stacks by hand (ucontext), that is as portable as the standard
/// library, exceptions and thread-local variables work, the sanitizers and a debugger understand it,
/// and a hand-over, which costs a few microseconds, is needed only when the function makes a call
/// that takes time.
class SideStack {
public:
    /// Thrown by pause() in a function that will never go on. It must not be swallowed.
    struct Unwinding {};

    /// Nothing of `body` runs yet. Throws RuntimeError when the system has no thread to give.
    explicit SideStack(std::function<void()> body);
    SideStack(const SideStack&) = delete;
    SideStack& operator=(const SideStack&) = delete;
    /// A body in its middle is unwound, by Unwinding out of its pause().
    ~SideStack();

    /// Lets the body run until its next pause(), or its end. Requires that it is not over.
    void resume();

    /// Called by the body: gives the turn back until the next resume(). While the stack is unwound
    /// by an exception it returns at once.
    void pause();

    [[nodiscard]] bool over() const { return over_; }

private:
    enum class Turn { Owner, Body };

    void run();
    void hand_over(Turn to);

    std::function<void()> body_;
    std::mutex mutex_;
    std::condition_variable changed_;
    Turn turn_ = Turn::Owner;
    detail::Pool* pool_ = nullptr; ///< the owner's
    bool unwind_ = false;
    bool over_ = false;
    std::thread thread_; ///< last: it begins when all the rest is there
};

} // namespace loopscope
