#include "core/asyncio/executor.h"

#include "core/asyncio/simulated_pool.h"
#include "core/asyncio/timeouts.h"
#include "core/asyncio/work.h"

#include <utility>

namespace loopscope {

/// Posted by a worker: copies what its function has given to the future that the program awaits.
class Call::HandOver final : public Handle {
public:
    HandOver(std::shared_ptr<Call> call, Ref<FutureBase> future)
        : Handle(call->loop(), CallbackKind::Thread), call_(std::move(call)), future_(std::move(future))
    {
    }

protected:
    void call() override { call_->copy_to(*future_); }
    [[nodiscard]] std::string_view label() const override { return "run_in_executor"; }
    [[nodiscard]] FutureBase* about() const override { return future_.get(); }

private:
    std::shared_ptr<Call> call_;
    Ref<FutureBase> future_;
};

namespace {

// The future may be cancelled: then the call need not begin, if it has not.
class GiveUp final : public DoneCallback {
public:
    explicit GiveUp(const std::shared_ptr<Call>& call) : DoneCallback(call->loop(), CallbackKind::Done), call_(call) {}

protected:
    void done(FutureBase& future) override
    {
        if (const std::shared_ptr<Call> call = call_.lock(); call && future.cancelled())
            call->cancel();
    }
    [[nodiscard]] std::string_view label() const override { return "run_in_executor"; }

private:
    std::weak_ptr<Call> call_;
};

std::optional<Duration> optional_seconds(std::optional<double> value)
{
    return value ? std::optional(seconds(*value)) : std::nullopt;
}

std::shared_ptr<detail::SimulatedPool> make_pool(detail::PoolOptions options)
{
    if (options.max_workers && *options.max_workers <= 0)
        throw ValueError("max_workers must be greater than 0");
    return std::make_shared<detail::SimulatedPool>(std::move(options));
}

} // namespace

Call::Call(EventLoop& loop, Ref<FutureBase> future, Ref<ContextMap> context, const Where& at)
    : loop_(loop), future_(std::move(future)), context_(std::move(context)), at_(at)
{
}

void Call::note_queued(std::uint32_t pool)
{
    if (!loop_.recording())
        return;
    const TaskBase* task = loop_.current_task();
    id_ = loop_.trace()->add_call(
        {.pool = pool, .task = task ? task->task_id() : TaskId{}, .future = future_->id()});
    loop_.record(CallQueued{id_}, loop_.place(at_));
}

bool Call::begin()
{
    State expected = State::Pending;
    return state_.compare_exchange_strong(expected, State::Running);
}

void Call::run()
{
    const detail::ContextScope scope(std::move(context_));
    try {
        invoke();
    } catch (const SideStack::Unwinding&) {
        throw;
    } catch (...) {
        error_ = std::current_exception();
    }
    state_ = State::Finished;
}

void Call::finish()
{
    if (loop_.is_closed())
        return;
    if (Machine::current() && &Machine::current()->machine().loop() == &loop_)
        loop_.post(make_ref<HandOver>(shared_from_this(), std::exchange(future_, {})));
    else
        loop_.call_soon_threadsafe([self = shared_from_this()] { self->copy_to(*self->future_); }, "run_in_executor");
}

bool Call::cancel()
{
    State expected = State::Pending;
    if (!state_.compare_exchange_strong(expected, State::Cancelled))
        return expected == State::Cancelled;
    if (loop_.recording())
        loop_.record(CallCancelled{id_});
    return true;
}

void Call::copy_to(FutureBase& future)
{
    if (future.done()) // cancelled
        return;
    if (error_)
        future.set_exception(std::exchange(error_, nullptr));
    else
        fill(future);
}

ThreadPoolExecutor::ThreadPoolExecutor()
    : pool_(make_pool({.kind = WorkerKind::Thread, .max_workers = {}, .prefix = {}, .start_up = {}, .transfer = {}}))
{
}

ThreadPoolExecutor::ThreadPoolExecutor(int max_workers, std::string thread_name_prefix)
    : pool_(make_pool({.kind = WorkerKind::Thread, .max_workers = max_workers, .prefix = std::move(thread_name_prefix),
                       .start_up = {}, .transfer = {}}))
{
}

void ThreadPoolExecutor::submit(std::shared_ptr<Call> call) { pool_->submit(std::move(call)); }
void ThreadPoolExecutor::shut_down(bool cancel, std::function<void()> ended) { pool_->shut_down(cancel, std::move(ended)); }
bool ThreadPoolExecutor::busy() const { return pool_->busy(); }
void ThreadPoolExecutor::shutdown(bool wait, bool cancel_futures) { pool_->shutdown(wait, cancel_futures); }

ProcessPoolExecutor::ProcessPoolExecutor(int max_workers, std::optional<double> start_up,
                                         std::optional<double> transfer)
    : pool_(make_pool({.kind = WorkerKind::Process, .max_workers = max_workers, .prefix = {},
                       .start_up = optional_seconds(start_up), .transfer = optional_seconds(transfer)}))
{
}

void ProcessPoolExecutor::submit(std::shared_ptr<Call> call) { pool_->submit(std::move(call)); }
void ProcessPoolExecutor::shut_down(bool cancel, std::function<void()> ended) { pool_->shut_down(cancel, std::move(ended)); }
bool ProcessPoolExecutor::busy() const { return pool_->busy(); }
void ProcessPoolExecutor::shutdown(bool wait, bool cancel_futures) { pool_->shutdown(wait, cancel_futures); }

Machine& EventLoop::machine()
{
    if (!machine_) {
        machine_ = std::make_shared<Machine>(*this);
        selector_.share_time_with(machine_.get());
    }
    return *machine_;
}

Meanwhile* EventLoop::others() const { return machine_ && machine_->busy() ? machine_.get() : nullptr; }
WorkerId EventLoop::running_worker() const
{
    const Machine::Worker* worker = Machine::current();
    return worker && &worker->machine() == machine_.get() ? worker->id : WorkerId{};
}

void EventLoop::set_default_executor(std::shared_ptr<Executor> executor)
{
    if (executor->kind() != FutureKind::Thread)
        throw TypeError("executor must be ThreadPoolExecutor instance");
    default_executor_ = std::move(executor);
}

Executor& EventLoop::executor_for(Executor* chosen)
{
    if (closed_)
        throw RuntimeError("Event loop is closed");
    if (chosen)
        return *chosen;
    if (executor_shut_down_)
        throw RuntimeError("Executor shutdown has been called");
    if (!default_executor_)
        default_executor_ = std::make_shared<ThreadPoolExecutor>(std::min(32, machine().cores() + 4), "asyncio");
    return *default_executor_;
}

void EventLoop::submit(Executor& executor, std::shared_ptr<Call> call, FutureBase& future)
{
    future.add_done_callback(make_ref<GiveUp>(call));
    executor.submit(std::move(call));
}

void EventLoop::post(Ref<Handle> handle, PlaceId place)
{
    schedule_handle(std::move(handle), place);
    wake_up();
}

Coro<void> EventLoop::shutdown_default_executor(std::optional<double> timeout)
{
    executor_shut_down_ = true;
    if (!default_executor_)
        co_return;
    // The executor may outlive this coroutine, so what it tells is shared.
    const Future<void> ended(make_ref<detail::CallFuture<void>>(*this, FutureKind::Thread));
    EventLoop& loop = *this;
    default_executor_->shut_down(false, [&loop, ended] {
        if (!loop.is_closed())
            loop.call_soon_threadsafe([ended] {
                if (!ended.done())
                    ended.set_result();
            }, "shutdown_default_executor");
    });
    bool in_time = true;
    if (timeout) {
        try {
            co_await wait_for(ended, *timeout);
        } catch (const TimeoutError&) {
            in_time = false;
        }
    } else {
        co_await ended;
    }
    if (!in_time)
        print("RuntimeWarning: The executor did not finishing joining its threads within "
              + std::to_string(static_cast<long>(*timeout)) + " seconds.");
}

Ref<FutureBase> EventLoop::ask_threads_to_end()
{
    if (!default_executor_ || executor_shut_down_)
        return {};
    if (!default_executor_->busy()) {
        executor_shut_down_ = true;
        default_executor_->shut_down(false, {});
        machine().look_around();
        return {};
    }
    enter_phase(LoopPhase::JoiningThreads);
    return create_task(shutdown_default_executor(300)).state();
}

void EventLoop::join_threads()
{
    if (const Ref<FutureBase> ended = ask_threads_to_end())
        run_until_done(*ended);
}

bool EventLoop::begin_joining_threads()
{
    const Ref<FutureBase> ended = ask_threads_to_end();
    if (ended)
        stop_when_done(*ended);
    return static_cast<bool>(ended);
}

} // namespace loopscope
