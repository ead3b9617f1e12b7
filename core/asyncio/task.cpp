#include "core/asyncio/task.h"

#include "core/asyncio/context.h"
#include "core/asyncio/event_loop.h"

#include <cassert>
#include <vector>

namespace loopscope {
namespace detail {

constinit thread_local int unwinding_frames = 0;

void record_entered(PromiseBase& parent, PromiseBase& child)
{
    EventLoop& loop = parent.task->loop();
    Trace& trace = *loop.trace();
    trace.append_entered(loop.now(), trace.intern_place(parent.awaits_at), parent.task->task_id(), child.made_at);
}

void record_left(PromiseBase& child, bool failed, Leaving how)
{
    EventLoop& loop = child.task->loop();
    const PlaceId place = how == Leaving::End ? PlaceId::None
                                              : loop.place(how == Leaving::Yield ? child.awaits_at : child.awaiter->awaits_at);
    loop.record(CoroutineLeft{child.task->task_id(), failed}, place);
}

void keep_error(PromiseBase& promise) noexcept { promise.task->rare().failure = std::current_exception(); }

void throw_kept_error()
{
    TaskBase& task = *get_running_loop().current_task();
    std::rethrow_exception(std::exchange(task.rare().failure, nullptr));
}

void destroy_unawaited(PromiseBase& promise) noexcept
{
    EventLoop* loop = running_loop_or_null();
    if (loop && loop->recording() && !unwinding()) {
        // Without a place: the line of the call is not known, and which line of the function made_at
        // names depends on the compiler.
        loop->record(CoroutineNeverAwaited{loop->trace()->function_at(promise.made_at)});
    }
    promise.handle().destroy();
}

} // namespace detail

TaskBase::TaskBase(EventLoop& loop, PromiseBase& root, std::string name, Where)
    : FutureBase(loop, FutureKind::Task), leaf_(&root)
{
    root.task = this;
    if (!name.empty())
        rare().name = std::move(name);
    if (loop.context())
        rare().context = loop.context();
}

TaskBase::~TaskBase() { destroy_frames(); }

std::string TaskBase::name() const { return rare_if() && rare_if()->name ? *rare_if()->name : "Task-" + std::to_string(number_); }

void TaskBase::set_name(std::string name)
{
    rare().name = std::move(name);
    if (loop().recording())
        loop().trace()->rename_task(task_id(), given_name());
}

void TaskBase::swap_context() { swap(rare().context, loop().context()); }

std::string TaskBase::coroutine_name() const
{
    return leaf_ ? function_name(root()->made_at.function_name()) : std::string();
}

const PromiseBase* TaskBase::root() const
{
    const PromiseBase* outermost = leaf_;
    while (outermost && outermost->awaiter)
        outermost = outermost->awaiter;
    return outermost;
}

std::string TaskBase::label() const
{
    return loop().recording() ? loop().trace()->display_name(task_id()) : name();
}

bool TaskBase::cancel(std::string message)
{
    if (done())
        return false;
    // A task that awaits a task passes the request on. In a loop, since there may be many; and tasks
    // that await each other in a circle would pass it on for ever, which is Python's RecursionError.
    struct Way {
        TaskBase* first;
        TaskBase* last = nullptr;
        ~Way()
        {
            for (TaskBase* task = first; last; task = static_cast<TaskBase*>(task->waiting_on_)) {
                task->being_cancelled_ = false;
                if (task == last)
                    break;
            }
        }
    } way{this};
    TaskBase* task = this;
    for (;;) {
        if (task->being_cancelled_)
            throw RecursionError("maximum recursion depth exceeded");
        task->being_cancelled_ = true;
        way.last = task;
        ++task->cancel_requests_;
        if (loop().recording()) {
            TaskBase* by = loop().current_task();
            loop().record(CancelRequested{task->task_id(), by ? by->task_id() : TaskId{}});
        }
        FutureBase* next = task->waiting_on_;
        if (!next || next->kind() != FutureKind::Task || next->done())
            break;
        task = static_cast<TaskBase*>(next);
    }
    if (task->waiting_on_ && task->waiting_on_->cancel(message))
        return true;
    task->must_cancel_ = true;
    if (task->rare_if() || !message.empty())
        task->rare().cancel_message = std::move(message);
    return true;
}

std::uint32_t TaskBase::uncancel()
{
    if (cancel_requests_ == 0)
        return 0;
    if (--cancel_requests_ == 0)
        must_cancel_ = false;
    if (loop().recording())
        loop().record(CancelTakenBack{task_id(), cancel_requests_});
    return cancel_requests_;
}

std::vector<Where> TaskBase::get_stack() const
{
    std::vector<Where> awaits;
    if (fresh_ && leaf_)
        awaits.push_back(leaf_->made_at);
    else
        for (const PromiseBase* p = leaf_; p; p = p->awaiter)
            awaits.insert(awaits.begin(), p->awaits_at);
    return awaits;
}

StackId TaskBase::stack() const
{
    Trace& trace = *loop().trace();
    // Up from the innermost coroutine to the first whose surroundings are known, and down again.
    // What lies outside a coroutine does not change while it runs, so each is asked once.
    thread_local std::vector<PromiseBase*> unknown;
    unknown.clear();
    for (PromiseBase* p = leaf_; p && !p->outer_known; p = p->awaiter)
        unknown.push_back(p);
    for (auto p = unknown.rbegin(); p != unknown.rend(); ++p) {
        if (const PromiseBase* outer = (*p)->awaiter)
            (*p)->outer_stack = trace.intern_stack(outer->outer_stack, trace.intern_place(outer->awaits_at));
        (*p)->outer_known = true;
    }
    return trace.intern_stack(leaf_->outer_stack, trace.intern_place(leaf_->awaits_at));
}

void TaskBase::suspend_on(FutureBase& future)
{
    if (&future == this) { // an error, but one that comes with a turn of its own, as in CPython
        yield();
        return;
    }
    if (loop().recording())
        loop().record(TaskSuspended{task_id(), future.id(), stack()}, loop().place(leaf_->awaits_at));
    future.add_waiter(*this);
    waiting_on_ = &future;
    // A request that came while the task was running reaches the first thing it waits for.
    if (must_cancel_) {
        try {
            if (future.cancel(cancel_message()))
                must_cancel_ = false;
        } catch (const RecursionError&) { // it is in a circle; the turn fails, as in CPython, and the task waits
            loop().call_exception_handler({"Exception in callback step of " + name(), std::current_exception()});
        }
    }
}

void TaskBase::record_yield()
{
    loop().record(TaskYielded{task_id(), stack()}, loop().place(leaf_->awaits_at));
}

void TaskBase::throw_injected()
{
    inject_ = false;
    throw CancelledError(cancel_message());
}

TaskBase::Brings TaskBase::look_at_wait()
{
    const bool begins = fresh_;
    fresh_ = false;
    if (must_cancel_) {
        must_cancel_ = false;
        // A cancellation that is on its way already is not replaced, and keeps its own message.
        inject_ = !waiting_on_ || !waiting_on_->brings_cancellation();
    }
    const bool throws = inject_ || (waiting_on_ && waiting_on_->state() != State::Finished);
    waiting_on_ = nullptr;
    if (!throws)
        return Brings::Nothing;
    return begins ? Brings::EndBeforeStart : Brings::Error;
}

// Cancelled before it ran: not a line of its body does.
void TaskBase::end_before_start()
{
    inject_ = false;
    rare().failure = cancelled_error();
    rare().cancel_message.clear();
    destroy_frames();
    end(State::Cancelled);
}

void TaskBase::finish_step()
{
    State state = State::Finished;
    const std::exception_ptr error = failure();
    if (error && is_cancellation(error)) {
        state = State::Cancelled;
        rare().cancel_message.clear();
    } else if (error) {
        state = State::Failed;
    } else if (must_cancel_) { // cancelled right before it returned: the result is lost, as in CPython
        must_cancel_ = false;
        state = State::Cancelled;
    }
    if (state == State::Failed) {
        note_failed();
        if (loop().recording()) {
            const ErrorText text = describe_error(error);
            loop().record(TaskFailed{task_id(), text.type, text.message});
        }
    }
    end(state);
}

void TaskBase::end(State state)
{
    if (loop().recording()) {
        if (state == State::Finished)
            loop().record(TaskFinished{task_id()});
        else if (state == State::Cancelled)
            loop().record(TaskCancelled{task_id()});
    }
    const Ref<TaskBase> alive(this); // the loop's own reference goes with the list
    loop().unlist(*this);
    finish(state);
}

void TaskBase::destroy_frames() noexcept
{
    if (!leaf_)
        return;
    // Innermost first, one by one: a chain of a hundred thousand awaits must not become as many
    // nested destructors.
    ++detail::unwinding_frames;
    for (PromiseBase* p = leaf_; p;) {
        PromiseBase* outer = p->awaiter;
        p->handle().destroy();
        p = outer;
    }
    --detail::unwinding_frames;
    leaf_ = nullptr;
}

} // namespace loopscope
