#include "core/asyncio/timeouts.h"

#include "core/asyncio/exception_group.h"
#include "core/asyncio/recorder.h"
#include "core/asyncio/waiter.h"

namespace loopscope {
namespace {

class ExpireHandle final : public Handle {
public:
    ExpireHandle(EventLoop& loop, std::function<void()> expire)
        : Handle(loop, CallbackKind::Timeout), expire_(std::move(expire))
    {
    }

protected:
    void call() override { expire_(); }
    [[nodiscard]] std::string_view label() const override { return "timeout"; }

private:
    std::function<void()> expire_;
};

class ExpireTimer final : public TimerHandle {
public:
    ExpireTimer(EventLoop& loop, TimePoint when, std::function<void()> expire)
        : TimerHandle(loop, CallbackKind::Timeout, when), expire_(std::move(expire))
    {
    }

protected:
    void call() override { expire_(); }
    [[nodiscard]] std::string_view label() const override { return "timeout"; }

private:
    std::function<void()> expire_;
};

} // namespace

Timeout timeout(std::optional<double> delay)
{
    return Timeout(delay ? std::optional(get_running_loop().time() + *delay) : std::nullopt);
}

void Timeout::reschedule(std::optional<double> when, Where at)
{
    if (state_ == State::Created)
        throw RuntimeError("Timeout has not been entered");
    if (state_ != State::Entered)
        throw RuntimeError(state_ == State::Expiring     ? "Cannot change state of expiring Timeout"
                               : state_ == State::Expired ? "Cannot change state of expired Timeout"
                                                          : "Cannot change state of finished Timeout");
    when_ = when;
    EventLoop& loop = get_running_loop();
    if (loop.recording())
        loop.record(DeadlineSet{id_, when ? std::optional(TimePoint{seconds(*when)}) : std::nullopt}, loop.place(at));
    if (handle_)
        std::exchange(handle_, {})->cancel();
    if (!when)
        return;
    const TimePoint deadline{seconds(*when)};
    if (deadline <= loop.now()) {
        handle_ = make_ref<ExpireHandle>(loop, [this] { expire(); });
        loop.schedule_handle(handle_);
    } else {
        auto timer = make_ref<ExpireTimer>(loop, deadline, [this] { expire(); });
        handle_ = timer;
        loop.schedule_timer(timer);
    }
}

Coro<void> Timeout::aenter()
{
    if (state_ != State::Created)
        throw RuntimeError("Timeout has already been entered");
    EventLoop& loop = get_running_loop();
    task_ = loop.current_task();
    if (!task_)
        throw RuntimeError("Timeout should be used inside a task");
    state_ = State::Entered;
    cancelling_ = task_->cancelling();
    if (loop.recording()) {
        id_ = loop.trace()->add_scope({.kind = ScopeKind::Timeout, .task = task_->task_id()});
        loop.record(ScopeEntered{id_}, loop.place(Where::current()));
    }
    reschedule(when_);
    co_return;
}

Coro<bool> Timeout::aexit(std::exception_ptr error)
{
    if (handle_)
        std::exchange(handle_, {})->cancel();
    if (state_ == State::Entered) {
        state_ = State::Exited;
    } else if (state_ == State::Expiring) {
        state_ = State::Expired;
        // Without any other request the cancellation was the deadline's own.
        if (task_->uncancel() <= cancelling_ && error && is_cancellation(error)) {
            note_left(true);
            throw TimeoutError();
        }
    }
    note_left(error != nullptr);
    co_return false;
}

void Timeout::note_left(bool throws) const
{
    if (EventLoop* loop = recording_loop())
        loop->record(ScopeLeft{id_, throws}, loop->place(Where::current()));
}

void Timeout::expire()
{
    if (EventLoop* loop = recording_loop())
        loop->record(TimeoutExpired{id_});
    task_->cancel();
    state_ = State::Expiring;
    handle_ = {};
}

namespace detail {

Coro<void> cancel_and_wait(Ref<FutureBase> future)
{
    const Future<void> waiter = make_waiter(FutureKind::Wait, "end of " + future->label());
    note_parts(waiter, {future});
    const Ref<DoneCallback> callback = future->add_done_callback(
        [waiter](FutureBase&) {
            if (!waiter.done())
                waiter.set_result();
        },
        "wait");
    std::exception_ptr error;
    try {
        future->cancel();
        co_await waiter;
    } catch (...) {
        error = std::current_exception();
    }
    future->remove_done_callback(callback);
    if (error)
        std::rethrow_exception(error);
}

} // namespace detail
} // namespace loopscope
