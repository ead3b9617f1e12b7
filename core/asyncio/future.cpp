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
            {std::string(kind_ == FutureKind::Task ? "Task" : "Future") + " exception was never retrieved", error_});
    }
    if (more_)
        for (Listener l : *more_)
            if (l & callback_bit)
                reinterpret_cast<DoneCallback*>(l & ~callback_bit)->release();
    if (first_ & callback_bit)
        reinterpret_cast<DoneCallback*>(first_ & ~callback_bit)->release();
}

bool FutureBase::cancel(std::string message)
{
    if (done())
        return false;
    if (!message.empty())
        cancel_message_ = std::make_unique<std::string>(std::move(message));
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
    return error_;
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
    error_ = std::move(error);
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
    if (state_ == State::Cancelled && error_)
        return std::exchange(error_, nullptr);
    return std::make_exception_ptr(CancelledError(cancel_message()));
}

void FutureBase::rethrow()
{
    if (state_ == State::Failed) {
        note_retrieved();
        std::rethrow_exception(error_);
    }
    if (state_ == State::Cancelled)
        std::rethrow_exception(cancelled_error());
}

void FutureBase::add_listener(Listener listener)
{
    if (!first_ && !more_) {
        first_ = listener;
        return;
    }
    if (!more_)
        more_ = std::make_unique<std::vector<Listener>>();
    more_->push_back(listener);
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
    if (first_ == listener) {
        first_ = 0;
        ++removed;
    }
    if (more_)
        removed += std::erase(*more_, listener);
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
    if (first_ == listener)
        first_ = 0;
    else if (more_)
        std::erase(*more_, listener);
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
    const Listener first = std::exchange(first_, 0);
    const auto more = std::move(more_);
    if (first)
        notify(first);
    if (more)
        for (Listener l : *more)
            notify(l);
}

FutureId FutureBase::id()
{
    if (!id_) {
        FutureInfo info{.kind = kind_, .label = {}, .task = {}, .channel = {}};
        std::string text;
        if (kind_ == FutureKind::Task) // its name says it, and may still change
            info.task = static_cast<TaskBase*>(this)->task_id();
        else
            info.label = text = label();
        id_ = loop_->trace()->add_future(info);
        if (const auto made_of = parts(); !made_of.empty()) {
            std::vector<FutureId> ids;
            for (const Ref<FutureBase>& part : made_of)
                ids.push_back(part->id());
            loop_->trace()->set_parts(id_, std::move(ids));
        }
    }
    return id_;
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
