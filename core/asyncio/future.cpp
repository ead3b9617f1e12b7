#include "core/asyncio/future.h"

#include "core/asyncio/context.h"
#include "core/asyncio/event_loop.h"
#include "core/asyncio/task.h"

#include <algorithm>
#include <cassert>

namespace loopscope {
namespace {

class FunctionCallback final : public DoneCallback {
public:
    FunctionCallback(EventLoop& loop, std::function<void(FutureBase&)> callback, std::string label)
        : DoneCallback(loop, CallbackKind::Done), callback_(std::move(callback)), label_(std::move(label))
    {
    }

protected:
    void done(FutureBase& future) override { callback_(future); }
    [[nodiscard]] std::string_view label() const override { return label_; }

private:
    std::function<void(FutureBase&)> callback_;
    std::string label_;
};

FutureEnd end_of(FutureBase::State state)
{
    switch (state) {
    case FutureBase::State::Failed:
        return FutureEnd::Exception;
    case FutureBase::State::Cancelled:
        return FutureEnd::Cancelled;
    default:
        return FutureEnd::Result;
    }
}

} // namespace

Handle::Handle(EventLoop& loop, CallbackKind kind) : loop_(&loop), context_(loop.context()), kind_(kind) {}
Handle::~Handle() = default;

void Handle::cancel()
{
    if (cancelled_)
        return;
    cancelled_ = true;
    loop_->note_cancelled(*this);
}

void TimerHandle::cancel()
{
    if (cancelled())
        return;
    Handle::cancel();
    if (in_heap_)
        loop().note_cancelled_timer(*this);
}

void DoneCallback::call()
{
    const Ref<FutureBase> future = future_;
    if (armed_)
        done(*future);
}

FutureBase::~FutureBase()
{
    // A failure that nobody asked for is worth a word; it is the last moment to say it. The loop
    // may be gone, unless it remembers this failure.
    if (remembered_) {
        loop_->record(ExceptionNeverRetrieved{id_});
        loop_->failures_.erase(this);
    }
    if (state_ == State::Failed && !retrieved_ && running_loop_or_null() == loop_) {
        loop_->call_exception_handler(
            {std::string(kind_ == FutureKind::Task ? "Task" : "Future") + " exception was never retrieved", failure()});
    }
    const auto drop = [](Listener l) {
        if (l & callback_bit)
            reinterpret_cast<DoneCallback*>(l & ~callback_bit)->release();
    };
    if (Rare* has = rare_if()) {
        for (Listener l : has->listeners)
            drop(l);
        delete has;
    } else {
        drop(listeners_);
    }
}

FutureBase::Rare& FutureBase::make_rare()
{
    auto made = std::make_unique<Rare>();
    if (listeners_)
        made->listeners.push_back(listeners_);
    listeners_ = reinterpret_cast<Listener>(made.get()) | rare_bit;
    return *made.release();
}

bool FutureBase::cancel(std::string message)
{
    if (done())
        return false;
    if (!message.empty())
        rare().cancel_message = std::move(message);
    finish(State::Cancelled);
    return true;
}

std::exception_ptr FutureBase::exception()
{
    if (state_ == State::Cancelled)
        std::rethrow_exception(cancelled_error());
    if (!done())
        throw InvalidStateError("Exception is not set.");
    note_retrieved();
    return failure();
}

void FutureBase::note_failed()
{
    retrieved_ = false;
    if (!loop_->recording())
        return;
    (void)id(); // a failure is worth a number, also when nobody waits for it
    remembered_ = true;
    loop_->failures_.insert(this);
}

void FutureBase::note_retrieved()
{
    retrieved_ = true;
    if (!std::exchange(remembered_, false))
        return;
    loop_->record(ExceptionRetrieved{id_});
    loop_->failures_.erase(this);
}

void FutureBase::set_exception(std::exception_ptr error)
{
    require_pending();
    rare().failure = std::move(error);
    note_failed();
    finish(State::Failed);
}

void FutureBase::require_pending() const
{
    if (done())
        throw InvalidStateError("invalid state");
}

std::exception_ptr FutureBase::error()
{
    if (state_ == State::Cancelled)
        return cancelled_error();
    return exception();
}

std::exception_ptr FutureBase::cancelled_error()
{
    if (state_ == State::Cancelled && failure())
        return std::exchange(rare().failure, nullptr);
    return std::make_exception_ptr(CancelledError(cancel_message()));
}

void FutureBase::rethrow()
{
    if (state_ == State::Failed) {
        note_retrieved();
        std::rethrow_exception(failure());
    }
    if (state_ == State::Cancelled)
        std::rethrow_exception(cancelled_error());
}

void FutureBase::add_listener(Listener listener)
{
    if (listeners_)
        rare().listeners.push_back(listener);
    else
        listeners_ = listener;
}

void FutureBase::add_done_callback(Ref<DoneCallback> callback)
{
    callback->retain();
    const Listener listener = reinterpret_cast<Listener>(callback.get()) | callback_bit;
    if (done())
        notify(listener);
    else
        add_listener(listener);
}

Ref<DoneCallback> FutureBase::add_done_callback(std::function<void(FutureBase&)> callback, std::string label)
{
    auto handle = make_ref<FunctionCallback>(*loop_, std::move(callback), std::move(label));
    add_done_callback(handle);
    return handle;
}

std::size_t FutureBase::remove_done_callback(const Ref<DoneCallback>& callback)
{
    const Listener listener = reinterpret_cast<Listener>(callback.get()) | callback_bit;
    std::size_t removed = 0;
    if (Rare* has = rare_if()) {
        removed = std::erase(has->listeners, listener);
    } else if (listeners_ == listener) {
        listeners_ = 0;
        removed = 1;
    }
    for (std::size_t i = 0; i < removed; ++i)
        callback.get()->release();
    return removed;
}

void FutureBase::add_waiter(TaskBase& task)
{
    assert(!done());
    add_listener(reinterpret_cast<Listener>(&task));
}

void FutureBase::remove_waiter(TaskBase& task)
{
    const auto listener = reinterpret_cast<Listener>(&task);
    if (Rare* has = rare_if())
        std::erase(has->listeners, listener);
    else if (listeners_ == listener)
        listeners_ = 0;
}

void FutureBase::forget_waiters()
{
    if (Rare* has = rare_if())
        has->listeners.clear();
    else
        listeners_ = 0;
}

void FutureBase::notify(Listener listener)
{
    if (listener & callback_bit) {
        auto* callback = reinterpret_cast<DoneCallback*>(listener & ~callback_bit);
        callback->future_ = Ref<FutureBase>(this);
        loop_->schedule_handle(Ref<Handle>(callback));
        callback->release();
        return;
    }
    auto& task = *reinterpret_cast<TaskBase*>(listener);
    if (loop_->recording())
        loop_->record(TaskWoken{task.task_id(), id(), end_of(state_)});
    loop_->schedule(task);
}

void FutureBase::finish(State state)
{
    assert(!done());
    state_ = state;
    if (kind_ != FutureKind::Task && id_ && loop_->recording())
        loop_->record(FutureResolved{id_, end_of(state)});
    if (Rare* has = rare_if()) {
        for (Listener l : std::exchange(has->listeners, {}))
            notify(l);
    } else if (const Listener only = std::exchange(listeners_, 0)) {
        notify(only);
    }
}

void FutureBase::give_id(std::string_view label)
{
    FutureInfo info{.kind = kind_, .label = {}, .task = {}, .channel = {}};
    if (kind_ == FutureKind::Task) // its name says it, and may still change
        info.task = static_cast<TaskBase*>(this)->task_id();
    else
        info.label = label;
    id_ = loop_->trace()->add_future(info);
    if (const auto made_of = parts(); !made_of.empty()) {
        std::vector<FutureId> ids;
        for (const Ref<FutureBase>& part : made_of)
            ids.push_back(part->id());
        loop_->trace()->set_parts(id_, std::move(ids));
    }
}

std::string FutureBase::label() const { return "future"; }

namespace detail {

void FutureAwaiterBase::suspend(TaskBase& task)
{
    waiter_ = &task;
    task.suspend_on(*future_);
}

FutureAwaiterBase::~FutureAwaiterBase()
{
    // The frame is destroyed while it waits: nobody may be woken in its place.
    if (waiter_ && future_ && !future_->done())
        future_->remove_waiter(*waiter_);
}

void FutureAwaiterBase::resume()
{
    future_->loop().check_limits();
    TaskBase* waiter = std::exchange(waiter_, nullptr);
    if (waiter) {
        // Also when a cancellation comes first, as CPython asks for the result before that.
        if (future_->state_ == FutureBase::State::Failed)
            future_->note_retrieved();
        waiter->deliver();
        if (waiter == future_.get())
            throw RuntimeError("Task cannot await on itself: " + waiter->name());
    }
    future_->rethrow();
}

} // namespace detail
} // namespace loopscope
