#pragma once

#include "core/asyncio/event_loop.h"

#include <memory>
#include <utility>

namespace loopscope {

/// One loop for several runs in a row, as asyncio.Runner: made on first use, and closed at the end
/// with all that is left cancelled. Context variables that one run sets are seen by the next.
class Runner {
public:
    struct Options {
        bool debug = false;
        EventLoop::Recording recording = EventLoop::Recording::On;
    };

    Runner() : Runner(Options{}) {}
    explicit Runner(Options options) : options_(options) {}
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;
    /// Closes. What a last task throws meanwhile goes to the loop's exception handler.
    ~Runner();

    /// Runs `main` as a task until it is done; gives its result or throws what it threw. Throws
    /// RuntimeError inside a running loop and when this is closed, Deadlock when it can never end.
    template <class T>
    T run(Coro<T> main)
    {
        enter();
        return loop_->run_until_complete(std::move(main));
    }

    /// The loop, made if there is none yet. Throws RuntimeError when this is closed.
    [[nodiscard]] EventLoop& get_loop();

    /// Cancels what is left, runs until that has ended, and closes the loop.
    void close();

private:
    void enter();

    Options options_;
    std::unique_ptr<EventLoop> loop_;
    bool running_phase_ = false;
    bool closed_ = false;
};

namespace detail {
void check_no_loop_runs();
}

/// asyncio.run(): a loop of its own for `main`, which ends with it. Throws RuntimeError inside a
/// running loop.
template <class T>
T run(Coro<T> main, Runner::Options options = {})
{
    detail::check_no_loop_runs();
    Runner runner(options);
    if constexpr (std::is_void_v<T>) {
        runner.run(std::move(main));
        runner.close();
    } else {
        T result = runner.run(std::move(main));
        runner.close();
        return result;
    }
}

} // namespace loopscope
