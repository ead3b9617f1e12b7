#pragma once

#include "core/asyncio/executor.h"

#include <deque>
#include <vector>

namespace loopscope::detail {

struct PoolOptions {
    WorkerKind kind = WorkerKind::Thread;
    std::optional<int> max_workers; ///< Python's choice when there is none
    std::string prefix;             ///< of the workers' names; numbered when empty
    std::optional<Duration> start_up; ///< the machine's when there is none
    std::optional<Duration> transfer;
};

/// The workers of one executor, and the line of calls before them. Belongs to the loop whose call it
/// gets first, as long as that lives.
class SimulatedPool final : public Machine::Guest, public std::enable_shared_from_this<SimulatedPool> {
public:
    explicit SimulatedPool(PoolOptions options) : options_(std::move(options)) {}

    void submit(std::shared_ptr<Call> call);
    void shut_down(bool cancel_futures, std::function<void()> ended);
    void shutdown(bool wait, bool cancel_futures);
    void forget_machine() override;
    [[nodiscard]] bool busy() const { return !line_.empty() || !outbox_.empty() || travelling_ || working_ > 0; }

private:
    using Worker = Machine::Worker;

    void belong_to(Machine& machine);
    void start_worker();
    void wake_one();
    /// What a worker does all its life.
    void work(Worker& worker);
    void run(Worker& worker, Call& call);
    /// Arguments to processes: false when there are none to send, or some are on their way.
    bool send();
    void deliver();

    PoolOptions options_;
    std::string prefix_; ///< of the names in this machine
    Machine* machine_ = nullptr;
    Duration start_up_{0};
    Duration transfer_{0};
    std::uint32_t number_ = 0;
    std::size_t max_workers_ = 0;
    std::size_t workers_ = 0;
    std::size_t alive_ = 0;
    std::size_t working_ = 0;
    std::size_t ready_ = 0; ///< processes that have started up
    std::deque<std::shared_ptr<Call>> line_;
    std::deque<Worker*> idle_; ///< who has waited longest comes first
    std::deque<std::shared_ptr<Call>> outbox_; ///< calls whose arguments were not sent yet
    std::deque<std::shared_ptr<Call>> travelling_calls_;
    bool travelling_ = false;
    bool shut_down_ = false;
    std::function<void()> ended_;
};

} // namespace loopscope::detail
