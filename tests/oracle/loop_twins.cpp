#include "tests/oracle/twin.h"

#include <string>
#include <utility>
#include <vector>

namespace loopscope::oracle {
namespace {

Coro<void> loop_call_soon_is_fifo()
{
    EventLoop& loop = get_running_loop();
    for (const char* name : {"one", "two", "three", "four"})
        loop.call_soon([name] { log(name); });
    log("main goes on");
    co_await sleep(0);
    log("main is back");
}

void chain(const std::string& name, int left)
{
    log(name + " " + std::to_string(left));
    if (left > 0)
        get_running_loop().call_soon([name, left] { chain(name, left - 1); });
}

Coro<void> loop_iteration_runs_only_what_was_ready()
{
    EventLoop& loop = get_running_loop();
    loop.call_soon([] { chain("a", 3); });
    loop.call_soon([] { chain("b", 1); });
    loop.call_soon([] { chain("c", 2); });
    for (int turn = 0; turn < 4; ++turn) {
        co_await sleep(0);
        log("turn " + std::to_string(turn));
    }
}

Coro<void> loop_call_later_by_deadline()
{
    EventLoop& loop = get_running_loop();
    loop.call_later(3, [] { log("three"); });
    loop.call_later(1, [] { log("one"); });
    loop.call_at(2, [] { log("two"); });
    loop.call_later(0.5, [] { log("half"); });
    co_await sleep(2.5);
    log("main at two and a half");
    co_await sleep(1);
    log("end");
}

Coro<void> loop_three_equal_deadlines()
{
    EventLoop& loop = get_running_loop();
    const Future<std::string> done = loop.create_future<std::string>();
    for (const char* name : {"A", "B"})
        loop.call_at(1, [name] { log(name); });
    loop.call_at(1, [done] { done.set_result("C"); });
    const std::string result = co_await done;
    log(result);
}

Coro<void> loop_a_later_timer_disturbs_ties()
{
    EventLoop& loop = get_running_loop();
    for (const char* name : {"A", "B", "C"})
        loop.call_at(1, [name] { log(name); });
    co_await sleep(2);
    log("main");
}

Coro<void> loop_four_equal_deadlines()
{
    EventLoop& loop = get_running_loop();
    for (const char* name : {"A", "B", "C", "D"})
        loop.call_at(1, [name] { log(name); });
    co_await sleep(2);
}

Coro<void> loop_heap_is_rebuilt_after_many_cancels()
{
    EventLoop& loop = get_running_loop();
    std::vector<Ref<TimerHandle>> handles;
    for (std::size_t n = 0; n < 120; ++n)
        handles.push_back(loop.call_at(5, [n] { log("timer " + std::to_string(n)); }));
    for (std::size_t n = 0; n < handles.size(); ++n)
        if (n % 12 != 0)
            handles[n]->cancel();
    co_await sleep(0);
    loop.call_at(5, [] { log("set after the rebuild"); });
    co_await sleep(6);
}

Coro<void> loop_past_deadlines()
{
    EventLoop& loop = get_running_loop();
    co_await sleep(10);
    loop.call_at(9, [] { log("for nine"); });
    loop.call_at(3, [] { log("for three"); });
    loop.call_later(-4, [] { log("four seconds ago"); });
    loop.call_soon([] { log("soon"); });
    log("all set");
    co_await sleep(0);
    log("next iteration");
    co_await sleep(0);
    log("the one after");
}

Coro<void> loop_cancel_within_the_iteration()
{
    EventLoop& loop = get_running_loop();
    Ref<Handle> b;
    Ref<Handle> c;
    Ref<TimerHandle> late;
    loop.call_soon([&b] {
        log("cancels b");
        b->cancel();
    });
    b = loop.call_soon([&c] {
        log("cancels c");
        c->cancel();
    });
    c = loop.call_soon([] { log("c runs"); });
    co_await sleep(0);
    loop.call_later(1, [] { log("early timer"); });
    loop.call_later(2, [&late] {
        log("cancels late");
        late->cancel();
    });
    late = loop.call_later(3, [] { log("late timer"); });
    busy(5);
    co_await sleep(0);
    co_await sleep(0);
    log("late cancelled: " + truth(late->cancelled()));
}

Coro<void> loop_busy_makes_timers_late()
{
    EventLoop& loop = get_running_loop();
    for (const int when : {3, 1, 2, 6})
        loop.call_at(when, [when] { log("wanted at " + std::to_string(when)); });
    co_await sleep(0.5);
    log("starts to compute");
    busy(4);
    log("has computed");
    co_await sleep(0);
    log("got a turn");
    co_await sleep(3);
    log("end");
}

Coro<void> sleeper()
{
    co_await sleep(1);
    log("sleeper");
}

Coro<void> loop_sleep_wakes_two_iterations_after_its_timer()
{
    EventLoop& loop = get_running_loop();
    const Task<void> task = create_task(sleeper());
    co_await sleep(0);
    loop.call_at(1, [] { log("plain timer"); });
    loop.call_at(1, [&loop] { loop.call_soon([] { log("soon from a timer"); }); });
    co_await task;
}

Coro<void> thousand_tenths()
{
    for (int n = 0; n < 1000; ++n)
        co_await sleep(0.1);
    log("a thousand tenths");
}

Coro<void> loop_days_pass_at_once()
{
    const Task<void> task = create_task(thousand_tenths());
    co_await sleep(3 * 86400);
    log("three days");
    co_await task;
    co_await sleep(0.000001);
    log("a microsecond more");
}

Coro<void> steps(std::string name, std::vector<double> delays)
{
    for (const double delay : delays)
        co_await sleep(delay);
    log(name);
}

Coro<void> loop_sums_of_decimals_meet()
{
    std::vector<Coro<void>> all;
    all.push_back(steps("three tenths", {0.3}));
    all.push_back(steps("one and two", {0.1, 0.2}));
    all.push_back(steps("three times one", {0.1, 0.1, 0.1}));
    const auto together = gather(std::move(all));
    co_await together;
}

void count_down(int left)
{
    log("chain " + std::to_string(left));
    if (left > 0)
        get_running_loop().call_soon([left] { count_down(left - 1); });
}

Coro<void> loop_stop_in_the_last_iteration()
{
    EventLoop& loop = get_running_loop();
    loop.call_soon([] { count_down(5); });
    loop.call_later(0, [] { log("timer with no delay"); });
    log("main ends");
    co_return;
}

} // namespace

std::vector<Twin> loop_twins()
{
    return {
        {"001_loop_call_soon_is_fifo", loop_call_soon_is_fifo},
        {"002_loop_iteration_runs_only_what_was_ready", loop_iteration_runs_only_what_was_ready},
        {"003_loop_call_later_by_deadline", loop_call_later_by_deadline},
        {"004_loop_three_equal_deadlines", loop_three_equal_deadlines},
        {"005_loop_a_later_timer_disturbs_ties", loop_a_later_timer_disturbs_ties},
        {"006_loop_four_equal_deadlines", loop_four_equal_deadlines},
        {"007_loop_heap_is_rebuilt_after_many_cancels", loop_heap_is_rebuilt_after_many_cancels},
        {"008_loop_past_deadlines", loop_past_deadlines},
        {"009_loop_cancel_within_the_iteration", loop_cancel_within_the_iteration},
        {"010_loop_busy_makes_timers_late", loop_busy_makes_timers_late},
        {"011_loop_sleep_wakes_two_iterations_after_its_timer", loop_sleep_wakes_two_iterations_after_its_timer},
        {"012_loop_days_pass_at_once", loop_days_pass_at_once},
        {"013_loop_sums_of_decimals_meet", loop_sums_of_decimals_meet},
        {"014_loop_stop_in_the_last_iteration", loop_stop_in_the_last_iteration},
    };
}

} // namespace loopscope::oracle
