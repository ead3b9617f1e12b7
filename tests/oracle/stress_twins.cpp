#include "tests/oracle/twin.h"

#include <cstdint>
#include <memory>
#include <string>

namespace loopscope::oracle {
namespace {

// The same everywhere, so that both sides throw the same.
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    int roll(int sides)
    {
        state_ = (state_ * 1103515245 + 12345) % 2147483648;
        return static_cast<int>(state_ / 65536 % static_cast<std::uint64_t>(sides));
    }

private:
    std::uint64_t state_;
};

// Tasks may outlive main, so that they share what they have in common with it.
using SharedDice = std::shared_ptr<Dice>;

namespace sleeps {

Coro<void> worker(std::string name, SharedDice dice)
{
    EventLoop& loop = get_running_loop();
    for (int step = 0; step < 10; ++step) {
        const std::string id = name + std::to_string(step);
        const int action = dice->roll(6);
        if (action < 2)
            co_await sleep(0.5 * dice->roll(4));
        else if (action == 2)
            co_await sleep(0);
        else if (action == 3)
            loop.call_soon([id] { log("soon from " + id); });
        else if (action == 4)
            loop.call_later(0.5 * dice->roll(3), [id] { log("later " + id); });
        else
            busy(0.25);
        log(id + " action " + std::to_string(action));
    }
}

Coro<void> stress_sleeps_and_turns()
{
    const auto dice = std::make_shared<Dice>(7);
    std::vector<Coro<void>> workers;
    for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h"})
        workers.push_back(worker(name, dice));
    co_await gather(std::move(workers));
    co_await sleep(5);
}

} // namespace sleeps

namespace queues {

struct Shared {
    Dice dice{23};
    Queue<std::string> small{1};
    Queue<std::string> large{2};

    Queue<std::string>& queue(int which) { return which == 0 ? small : large; }
};

Coro<void> producer(std::string name, std::shared_ptr<Shared> shared)
{
    for (int n = 0; n < 8; ++n) {
        const std::string item = name + std::to_string(n);
        const int which = shared->dice.roll(2);
        Timeout limit = timeout(0.5 * shared->dice.roll(3));
        const auto block = [&]() -> Coro<void> {
            co_await shared->queue(which).put(item);
            log("put " + item + " to " + std::to_string(which));
        };
        try {
            co_await async_with(limit, block());
        } catch (const TimeoutError&) {
            log("no room for " + item);
        }
        co_await sleep(0.25 * shared->dice.roll(3));
    }
}

Coro<void> consumer(std::shared_ptr<Shared> shared)
{
    for (;;) {
        const int which = shared->dice.roll(2);
        Timeout limit = timeout(0.5 * shared->dice.roll(4));
        const auto block = [&]() -> Coro<void> {
            const std::string item = co_await shared->queue(which).get();
            log("got " + item + " from " + std::to_string(which));
            co_await sleep(0.25 * shared->dice.roll(3));
        };
        try {
            co_await async_with(limit, block());
        } catch (const TimeoutError&) {
            log("cut off at " + std::to_string(which));
        }
        co_await sleep(0.25);
    }
}

Coro<void> stress_queues()
{
    const auto shared = std::make_shared<Shared>();
    std::vector<Task<>> consumers;
    for (int n = 0; n < 3; ++n)
        consumers.push_back(create_task(consumer(shared), "out " + std::to_string(n)));
    std::vector<Coro<void>> producers;
    for (const char* name : {"a", "b", "c", "d"})
        producers.push_back(producer(name, shared));
    co_await gather(std::move(producers));
    for (const Task<>& task : consumers)
        task.cancel();
    co_await wait(consumers);
    log("left " + std::to_string(shared->small.qsize()) + " and "
        + std::to_string(shared->large.qsize()));
}

} // namespace queues

namespace tree {

Coro<void> grow(std::string name, int depth, SharedDice dice);

Coro<void> node(std::string name, int depth, SharedDice dice)
{
    log(name + " starts");
    try {
        co_await grow(name, depth, dice);
    } catch (const CancelledError&) {
        log(name + " is cancelled");
        throw;
    } catch (const ValueError& e) {
        log(name + " fails with " + e.what());
        throw;
    }
    log(name + " ends");
}

Coro<void> grow(std::string name, int depth, SharedDice dice)
{
    co_await sleep(0.5 * dice->roll(3));
    if (depth == 0) {
        if (dice->roll(4) == 0)
            throw ValueError(name);
        co_return;
    }
    std::vector<Task<>> children;
    const int count = 1 + dice->roll(3);
    for (int n = 0; n < count; ++n)
        children.push_back(create_task(node(name + std::to_string(n), depth - 1, dice)));
    const int action = dice->roll(5);
    log(name + " action " + std::to_string(action));
    if (action == 0) {
        for (const Task<>& child : children)
            co_await child;
    } else if (action == 1) {
        co_await gather(return_exceptions, children);
    } else if (action == 2) {
        co_await shield(children.front());
    } else if (action == 3) {
        co_await sleep(0.5);
        children.back().cancel();
    } else {
        co_await gather(children);
    }
}

Coro<void> stress_task_tree()
{
    const auto dice = std::make_shared<Dice>(3);
    for (const char* root : {"p", "q", "r", "s"}) {
        const Task<> task = create_task(node(root, 3, dice));
        const std::vector<Task<>> all{task};
        co_await wait(all);
        log(std::string(root) + " cancelled " + truth(task.cancelled()));
        co_await sleep(2);
    }
}

} // namespace tree

} // namespace

std::vector<Twin> stress_twins()
{
    return {
        {"128_stress_sleeps_and_turns", sleeps::stress_sleeps_and_turns},
        {"129_stress_queues", queues::stress_queues},
        {"130_stress_task_tree", tree::stress_task_tree},
    };
}

} // namespace loopscope::oracle
