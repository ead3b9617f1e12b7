#include "core/asyncio/simulated_pool.h"

#include <algorithm>
#include <utility>

namespace loopscope::detail {

void SimulatedPool::belong_to(Machine& machine)
{
    if (machine_ == &machine)
        return;
    if (machine_)
        throw RuntimeError("an executor belongs to the loop that used it first");
    machine_ = &machine;
    machine.keep(shared_from_this());
    number_ = machine.next_pool();
    max_workers_ = static_cast<std::size_t>(options_.max_workers.value_or(std::min(32, machine.cores() + 4)));
    prefix_ = options_.prefix;
    if (prefix_.empty() && options_.kind == WorkerKind::Thread)
        prefix_ = "ThreadPoolExecutor-" + std::to_string(machine.next_name(WorkerKind::Thread));
    start_up_ = options_.start_up.value_or(machine.start_up());
    transfer_ = options_.transfer.value_or(machine.transfer());
    if (options_.kind == WorkerKind::Process)
        machine.before_time_passes([this] { return send(); });
}

void SimulatedPool::submit(std::shared_ptr<Call> call)
{
    if (shut_down_)
        throw RuntimeError("cannot schedule new futures after shutdown");
    belong_to(call->loop().machine());
    call->note_queued(number_);
    if (options_.kind == WorkerKind::Process) {
        while (workers_ < max_workers_)
            start_worker();
        outbox_.push_back(std::move(call));
        machine_->note_pending(+1);
        return;
    }
    line_.push_back(std::move(call));
    if (!idle_.empty())
        wake_one();
    else if (workers_ < max_workers_)
        start_worker();
}

void SimulatedPool::start_worker()
{
    const bool process = options_.kind == WorkerKind::Process;
    const std::string name = process ? "SpawnProcess-" + std::to_string(machine_->next_name(WorkerKind::Process) + 1)
                                     : prefix_ + "_" + std::to_string(workers_);
    ++workers_; // before it starts, since it runs ahead
    ++alive_;
    try {
        machine_->start_worker(options_.kind, name, number_, start_up_, [this](Worker& worker) { work(worker); });
    } catch (...) { // the system has no thread to give
        --workers_;
        --alive_;
        throw;
    }
}

void SimulatedPool::wake_one()
{
    Worker& worker = *idle_.front();
    idle_.pop_front();
    machine_->wake(worker);
}

void SimulatedPool::work(Worker& worker)
{
    ++ready_;
    for (;;) {
        if (!line_.empty()) {
            const std::shared_ptr<Call> call = std::move(line_.front());
            line_.pop_front();
            run(worker, *call);
        } else if (shut_down_ && outbox_.empty() && !travelling_) {
            break;
        } else {
            idle_.push_back(&worker);
            machine_->idle(worker);
        }
    }
    EventLoop& loop = machine_->loop();
    if (loop.recording())
        loop.record(WorkerEnded{worker.id});
    if (--alive_ == 0 && ended_)
        std::exchange(ended_, nullptr)();
}

void SimulatedPool::run(Worker& worker, Call& call)
{
    if (!call.begin())
        return;
    EventLoop& loop = machine_->loop();
    ++working_;
    if (loop.recording())
        loop.record(CallBegan{call.id(), worker.id});
    call.run();
    --working_;
    if (loop.recording())
        loop.record(CallEnded{call.id(), worker.id, call.how()});
    call.finish();
}

bool SimulatedPool::send()
{
    if (travelling_ || outbox_.empty() || ready_ < max_workers_)
        return false;
    travelling_ = true;
    travelling_calls_.swap(outbox_);
    machine_->note_pending(-static_cast<int>(travelling_calls_.size()));
    if (transfer_ <= Duration::zero()) {
        deliver();
        return true;
    }
    EventLoop& loop = machine_->loop();
    TimePoint when = loop.now();
    for (const std::shared_ptr<Call>& call : travelling_calls_) {
        const auto note = [&loop, call](bool arrived) {
            if (call->cancelled() || !loop.recording())
                return;
            arrived ? loop.record(CallArrived{call->id()}) : loop.record(CallSent{call->id()});
        };
        machine_->at(when, [note] { note(false); });
        when = when + transfer_;
        machine_->at(when, [note] { note(true); });
    }
    machine_->at(when, [this] { deliver(); });
    return true;
}

void SimulatedPool::deliver()
{
    travelling_ = false;
    const std::size_t before = line_.size();
    line_.insert(line_.end(), travelling_calls_.begin(), travelling_calls_.end());
    travelling_calls_.clear();
    for (std::size_t i = before; i < line_.size() && !idle_.empty(); ++i)
        wake_one();
    if (shut_down_)
        while (!idle_.empty())
            wake_one();
}

void SimulatedPool::shut_down(bool cancel_futures, std::function<void()> ended)
{
    shut_down_ = true;
    if (cancel_futures) {
        for (auto* calls : {&line_, &outbox_, &travelling_calls_})
            for (const std::shared_ptr<Call>& call : *calls)
                call->cancel();
    }
    if (alive_ == 0) {
        if (ended)
            ended();
        return;
    }
    if (ended)
        ended_ = std::move(ended);
    while (!idle_.empty())
        wake_one();
}

void SimulatedPool::forget_machine()
{
    machine_ = nullptr;
    workers_ = alive_ = working_ = ready_ = 0;
    travelling_ = false;
    for (auto* calls : {&line_, &outbox_, &travelling_calls_})
        calls->clear();
    idle_.clear();
    ended_ = nullptr;
}

void SimulatedPool::shutdown(bool wait, bool cancel_futures)
{
    shut_down(cancel_futures, {});
    if (wait && alive_ > 0)
        machine_->block_until([this] { return alive_ == 0; });
}

} // namespace loopscope::detail
