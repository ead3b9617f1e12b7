#include "tests/oracle/twin.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace loopscope::oracle {
namespace {

/// A queue whose end mark is an item that is none.
template <class T>
using MarkedQueue = Queue<std::optional<T>>;

Coro<void> producer(MarkedQueue<int>& queue)
{
    for (int n = 0; n < 5; ++n) {
        co_await queue.put(n);
        log("put " + std::to_string(n));
        co_await sleep(0.5);
    }
    co_await queue.put(std::nullopt);
}

Coro<void> consumer(MarkedQueue<int>& queue)
{
    while (const std::optional<int> item = co_await queue.get()) {
        log("got " + std::to_string(*item));
        co_await sleep(1.25);
    }
    log("consumer ends");
}

Coro<void> pattern_producer_consumer()
{
    MarkedQueue<int> queue(2);
    auto both = gather(producer(queue), consumer(queue));
    co_await both;
}

class Rate {
public:
    explicit Rate(double interval) : interval_(interval) {}

    Coro<void> turn()
    {
        const double now = get_running_loop().time();
        const double start = std::max(now, next_);
        next_ = start + interval_;
        co_await sleep(start - now);
    }

private:
    double interval_;
    double next_ = 0;
};

Coro<void> caller(std::string name, Rate& rate, double pause)
{
    for (int n = 0; n < 3; ++n) {
        co_await rate.turn();
        log(name + " call " + std::to_string(n));
        co_await sleep(pause);
    }
}

Coro<void> pattern_rate_limit()
{
    Rate rate(0.75);
    auto all = gather(caller("a", rate, 0.1), caller("b", rate, 2), caller("c", rate, 0.5));
    co_await all;
}

Coro<void> stage(std::string name, double seconds, MarkedQueue<std::string>& inbox,
                 MarkedQueue<std::string>& outbox)
{
    while (const std::optional<std::string> item = co_await inbox.get()) {
        co_await sleep(seconds);
        log(name + " " + *item);
        co_await outbox.put(item);
    }
    co_await outbox.put(std::nullopt);
}

// Every stage has ended when main has taken the last end mark, so the queues may be main's own.
Coro<void> pattern_pipeline_of_stages()
{
    using Stages = MarkedQueue<std::string>;
    std::array<Stages, 4> queues{Stages(1), Stages(1), Stages(1), Stages(1)};
    create_task(stage("fetch", 1, queues[0], queues[1]));
    create_task(stage("parse", 2.5, queues[1], queues[2]));
    create_task(stage("store", 0.75, queues[2], queues[3]));
    for (const char* item : {"one", "two", "three", "four"}) {
        co_await queues[0].put(item);
        log(std::string("fed ") + item);
    }
    co_await queues[0].put(std::nullopt);
    while (const std::optional<std::string> item = co_await queues[3].get())
        log("out " + *item);
}

Coro<std::string> mirror(std::string name, double delay, bool works)
{
    try {
        co_await sleep(delay);
    } catch (const CancelledError&) {
        log(name + " cancelled");
        throw;
    }
    log(name + (works ? " answers" : " fails"));
    if (!works)
        throw OSError(name);
    co_return name;
}

Coro<void> pattern_first_success()
{
    std::vector<Task<std::string>> tasks;
    tasks.push_back(create_task(mirror("a", 1, false)));
    tasks.push_back(create_task(mirror("b", 2, true)));
    tasks.push_back(create_task(mirror("c", 3, true)));
    tasks.push_back(create_task(mirror("d", 4, false)));
    std::vector<Task<std::string>> left = tasks;
    std::optional<std::string> winner;
    while (!left.empty() && !winner) {
        const auto waited = co_await wait(left, std::nullopt, ReturnWhen::FirstCompleted);
        left = waited.pending;
        for (const Task<std::string>& task : waited.done)
            if (!task.exception())
                winner = task.result();
    }
    for (const Task<std::string>& task : tasks)
        task.cancel();
    co_await wait(tasks);
    log("winner " + winner.value_or("None"));
}

Coro<void> polite()
{
    for (int n = 0; n < 4; ++n) {
        co_await sleep(0.5);
        log("polite " + std::to_string(n));
    }
}

Coro<void> greedy(bool yields)
{
    for (int n = 0; n < 4; ++n) {
        busy(0.8);
        log("greedy " + std::to_string(n));
        if (yields)
            co_await sleep(0);
    }
}

Coro<void> pattern_busy_task_blocks_the_rest()
{
    for (const bool yields : {false, true}) {
        log("greedy yields " + truth(yields));
        auto both = gather(polite(), greedy(yields));
        co_await both;
    }
}

struct Account {
    int balance = 0;
    Lock lock;
};

Coro<void> deposit(Account& account, int amount)
{
    const int before = account.balance;
    co_await sleep(0.1);
    account.balance = before + amount;
    log(std::to_string(before) + " -> " + std::to_string(account.balance));
}

Coro<void> safe_deposit(Account& account, int amount)
{
    co_await async_with(account.lock, deposit(account, amount));
}

Coro<void> pattern_lost_update()
{
    Account account;
    auto unsafe = gather(deposit(account, 1), deposit(account, 10), deposit(account, 100));
    co_await unsafe;
    log("without a lock " + std::to_string(account.balance));
    account.balance = 0;
    auto safe =
        gather(safe_deposit(account, 1), safe_deposit(account, 10), safe_deposit(account, 100));
    co_await safe;
    log("with a lock " + std::to_string(account.balance));
}

Coro<void> worker_with_stop(std::string name, Event& stop, double seconds)
{
    try {
        while (!stop.is_set()) {
            co_await sleep(seconds);
            log(name + " did one");
        }
        log(name + " stops");
    } catch (const CancelledError&) {
        log(name + " cancelled");
        throw;
    }
}

Coro<void> pattern_graceful_shutdown()
{
    Event stop;
    std::vector<Task<>> tasks;
    tasks.push_back(create_task(worker_with_stop("quick", stop, 0.75)));
    tasks.push_back(create_task(worker_with_stop("slow", stop, 2)));
    tasks.push_back(create_task(worker_with_stop("stuck", stop, 60)));
    co_await sleep(3);
    log("asks to stop");
    stop.set();
    const auto waited = co_await wait(tasks, 5);
    log(std::to_string(waited.done.size()) + " stopped, " + std::to_string(waited.pending.size())
        + " did not");
    for (const Task<>& task : tasks)
        task.cancel();
    co_await wait(tasks);
}

struct Shared {
    Condition cond;
    int readers = 0;
    bool writing = false;
};

Coro<void> reader(std::string name, double at, Shared& shared)
{
    co_await sleep(at);
    auto may_read = [&] { return !shared.writing; };
    auto enter = [&]() -> Coro<void> {
        co_await shared.cond.wait_for(may_read);
        ++shared.readers;
    };
    co_await async_with(shared.cond, enter());
    log(name + " reads, " + std::to_string(shared.readers) + " at once");
    co_await sleep(2);
    auto leave = [&]() -> Coro<void> {
        --shared.readers;
        shared.cond.notify_all();
        co_return;
    };
    co_await async_with(shared.cond, leave());
}

Coro<void> writer(std::string name, double at, Shared& shared)
{
    co_await sleep(at);
    auto may_write = [&] { return !shared.writing && shared.readers == 0; };
    auto enter = [&]() -> Coro<void> {
        co_await shared.cond.wait_for(may_write);
        shared.writing = true;
    };
    co_await async_with(shared.cond, enter());
    log(name + " writes");
    co_await sleep(1);
    auto leave = [&]() -> Coro<void> {
        shared.writing = false;
        shared.cond.notify_all();
        co_return;
    };
    co_await async_with(shared.cond, leave());
    log(name + " has written");
}

Coro<void> pattern_readers_and_writer()
{
    Shared shared;
    auto all =
        gather(reader("r1", 0, shared), reader("r2", 0.5, shared), writer("w1", 1, shared),
               reader("r3", 1.25, shared), writer("w2", 3.5, shared), reader("r4", 3.75, shared));
    co_await all;
}

Coro<void> pattern_debounce()
{
    EventLoop& loop = get_running_loop();
    Ref<TimerHandle> timer;
    auto event = [&](const std::string& name) {
        if (timer)
            timer->cancel();
        log("event " + name);
        timer = loop.call_later(1, [name] { log("action for " + name); });
    };
    loop.call_at(0.5, [&] { event("a"); });
    loop.call_at(1, [&] { event("b"); });
    loop.call_at(1.75, [&] { event("c"); });
    loop.call_at(5, [&] { event("d"); });
    loop.call_at(5.5, [&] { event("e"); });
    co_await sleep(10);
}

Coro<void> slow_ticker()
{
    for (int tick = 0; tick < 3; ++tick) {
        co_await sleep(10);
        log("tick " + std::to_string(tick));
    }
}

Coro<void> deadlock_is_found_when_timers_run_out()
{
    Task<> task = create_task(slow_ticker(), "ticker");
    co_await sleep(5);
    log("main waits for ever");
    Future<void> never = get_running_loop().create_future();
    co_await never;
    log("never " + task.name());
}

Coro<void> deadlock_lock_taken_twice()
{
    Lock lock;
    auto block = [&]() -> Coro<void> {
        log("holds it");
        co_await lock.acquire();
    };
    co_await async_with(lock, block());
}

Coro<void> forgetful_worker(Queue<int>& queue)
{
    while (!queue.empty()) {
        const int item = co_await queue.get();
        log("item " + std::to_string(item));
    }
}

Coro<void> deadlock_queue_join_without_task_done()
{
    Queue<int> queue;
    for (int item = 0; item < 3; ++item)
        queue.put_nowait(item);
    create_task(forgetful_worker(queue), "forgetful");
    co_await queue.join();
}

} // namespace

std::vector<Twin> pattern_twins()
{
    return {
        {"116_pattern_producer_consumer", pattern_producer_consumer},
        {"117_pattern_rate_limit", pattern_rate_limit},
        {"118_pattern_pipeline_of_stages", pattern_pipeline_of_stages},
        {"119_pattern_first_success", pattern_first_success},
        {"120_pattern_busy_task_blocks_the_rest", pattern_busy_task_blocks_the_rest},
        {"121_pattern_lost_update", pattern_lost_update},
        {"122_pattern_graceful_shutdown", pattern_graceful_shutdown},
        {"123_pattern_readers_and_writer", pattern_readers_and_writer},
        {"124_pattern_debounce", pattern_debounce},
        {"125_deadlock_is_found_when_timers_run_out", deadlock_is_found_when_timers_run_out},
        {"126_deadlock_lock_taken_twice", deadlock_lock_taken_twice},
        {"127_deadlock_queue_join_without_task_done", deadlock_queue_join_without_task_done},
    };
}

} // namespace loopscope::oracle
