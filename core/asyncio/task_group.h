#pragma once

#include "core/asyncio/exception_group.h"
#include "core/asyncio/event_loop.h"

#include <exception>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

/// Tasks that end together: the block does not end before they have, and when one fails the others
/// are cancelled and the failures come out as one ExceptionGroup. As asyncio.TaskGroup of CPython
/// 3.13; where CPython leaves the order of cancelling open, it is the order of creation.
///
///     TaskGroup group;
///     auto block = [&]() -> Coro<void> { group.create_task(fetch("a")); co_return; };
///     co_await async_with(group, block());
class TaskGroup {
public:
    TaskGroup() = default;
    TaskGroup(const TaskGroup&) = delete;
    TaskGroup& operator=(const TaskGroup&) = delete;
    ~TaskGroup();

    /// Throws RuntimeError before the block, when it is over, and while it is shutting down.
    template <class T>
    Task<T> create_task(Coro<T> coroutine, std::string name = {}, Where at = Where::current())
    {
        if (!is_open()) {
            coroutine.close();
            refuse();
        }
        Task<T> task = loop_->create_task(std::move(coroutine), std::move(name), at);
        adopt(task.base());
        return task;
    }

    Coro<void> aenter();
    Coro<bool> aexit(std::exception_ptr error);

private:
    [[nodiscard]] bool is_open() const { return entered_ && !aborting_ && !(exiting_ && tasks_.empty()); }
    [[noreturn]] void refuse() const;
    /// The block is over; `throws` when it does not end well.
    void note_left(bool throws) const;
    void adopt(TaskBase& task);
    void task_done(TaskBase& task);
    void abort(TaskId because);

    EventLoop* loop_ = nullptr;
    TaskBase* parent_ = nullptr;
    ScopeId id_; ///< given when it is entered, if the loop records
    std::vector<std::pair<Ref<TaskBase>, Ref<DoneCallback>>> tasks_;
    std::vector<std::exception_ptr> errors_;
    Future<void> completed_;
    bool entered_ = false;
    bool exiting_ = false;
    bool aborting_ = false;
    bool parent_cancel_requested_ = false;
};

} // namespace loopscope
