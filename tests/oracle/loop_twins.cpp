#include "tests/oracle/twin.h"

#include <functional>
#include <string>

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

} // namespace

std::vector<Twin> loop_twins()
{
    return {
        {"001_loop_call_soon_is_fifo", loop_call_soon_is_fifo},
        {"002_loop_iteration_runs_only_what_was_ready", loop_iteration_runs_only_what_was_ready},
        {"003_loop_call_later_by_deadline", loop_call_later_by_deadline},
    };
}

} // namespace loopscope::oracle
