#include "core/asyncio/task_group.h"

#include "core/asyncio/recorder.h"
#include "core/asyncio/waiter.h"

#include <algorithm>

namespace loopscope {

TaskGroup::~TaskGroup()
{
    // Only when a block that never ended is thrown away do tasks still point here.
    for (auto& [task, callback] : tasks_)
        task->remove_done_callback(callback);
}

void TaskGroup::refuse() const
{
    if (!entered_)
        throw RuntimeError("TaskGroup has not been entered");
    if (exiting_ && tasks_.empty())
        throw RuntimeError("TaskGroup is finished");
    throw RuntimeError("TaskGroup is shutting down");
}

void TaskGroup::adopt(TaskBase& task)
{
    auto callback = task.add_done_callback(
        [this](FutureBase& done) { task_done(static_cast<TaskBase&>(done)); }, "task group");
    tasks_.emplace_back(Ref<TaskBase>(&task), std::move(callback));
    if (loop_->recording())
        loop_->record(TaskAdopted{id_, task.task_id()});
}

Coro<void> TaskGroup::aenter()
{
    if (entered_)
        throw RuntimeError("TaskGroup has already been entered");
    loop_ = &get_running_loop();
    parent_ = loop_->current_task();
    if (!parent_)
        throw RuntimeError("TaskGroup cannot determine the parent task");
    entered_ = true;
    if (loop_->recording()) {
        id_ = loop_->trace()->add_scope({.kind = ScopeKind::TaskGroup, .task = parent_->task_id()});
        loop_->record(ScopeEntered{id_}, loop_->place(Where::current()));
    }
    co_return;
}

Coro<bool> TaskGroup::aexit(std::exception_ptr error)
{
    exiting_ = true;
    std::exception_ptr cancellation = error && is_cancellation(error) ? error : nullptr;
    if (error && !aborting_)
        abort({});

    // The parent may be cancelled several times while it waits here.
    while (!tasks_.empty()) {
        if (!completed_)
            completed_ = make_waiter(FutureKind::Group, "task group");
        const Future<void> completed = completed_;
        try {
            co_await completed;
        } catch (const CancelledError&) {
            if (!aborting_) {
                cancellation = std::current_exception();
                abort({});
            }
        }
        completed_ = {};
    }

    if (parent_cancel_requested_ && parent_->uncancel() == 0)
        cancellation = nullptr; // it was the group's own request
    if (cancellation && errors_.empty()) {
        note_left(true);
        std::rethrow_exception(cancellation);
    }
    if (error && !is_cancellation(error))
        errors_.push_back(error);
    if (!errors_.empty()) {
        // A request from outside is still owed; raised again, it is delivered at the next wait.
        if (parent_->cancelling() > 0) {
            parent_->uncancel();
            parent_->cancel();
        }
        note_left(true);
        throw ExceptionGroup("unhandled errors in a TaskGroup", std::exchange(errors_, {}));
    }
    note_left(false);
    co_return true;
}

void TaskGroup::note_left(bool throws) const
{
    if (loop_->recording())
        loop_->record(ScopeLeft{id_, throws}, loop_->place(Where::current()));
}

void TaskGroup::abort(TaskId because)
{
    aborting_ = true;
    if (loop_->recording())
        loop_->record(GroupAborted{id_, because});
    const auto tasks = tasks_;
    for (const auto& [task, callback] : tasks)
        if (!task->done())
            task->cancel();
}

void TaskGroup::task_done(TaskBase& task)
{
    std::erase_if(tasks_, [&](const auto& entry) { return entry.first.get() == &task; });
    if (tasks_.empty() && completed_ && !completed_.done())
        completed_.set_result();
    if (task.cancelled())
        return;
    std::exception_ptr error = task.exception();
    if (!error)
        return;
    errors_.push_back(std::move(error));
    if (!aborting_ && !parent_cancel_requested_) {
        abort(task.task_id());
        parent_cancel_requested_ = true;
        parent_->cancel();
    }
}

} // namespace loopscope
