#include "core/asyncio.h"
#include "core/timeline/ascii.h"
#include "core/timeline/layout.h"
#include "core/timeline/time_scale.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <algorithm>
#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

Coro<void> call_all(EventLoop& loop, Executor& executor, int calls, void (*work)(double, Where), double length)
{
    std::vector<Future<void>> all;
    for (int i = 0; i < calls; ++i)
        all.push_back(loop.run_in_executor(executor, work, length));
    const auto together = gather(std::move(all));
    co_await together;
}

Coro<void> nap(double seconds) { co_await sleep(seconds); }

struct Drawn {
    Ran ran;
    RunSpans spans;
    TimelineScene scene;
    TimeScale scale;
    std::string text;
};

Drawn draw(const std::function<Coro<void>(EventLoop&)>& main, double width = 600)
{
    EventLoop loop;
    Ran ran{loop.trace(), {}};
    ran.outcome = run_program(loop, [&] { return main(loop); });
    RunSpans spans = spans_of(*ran.trace);
    const TimeScale scale(spans.end, ran.trace->size(), width, 0);
    TimelineScene scene = layout(*ran.trace, spans, scale);
    std::string text = ascii(scene, 40);
    return {std::move(ran), std::move(spans), std::move(scene), scale, std::move(text)};
}

TEST_CASE("threads that block lie side by side below the loop, calls that wait above them", "[core][timeline][executor]")
{
    ThreadPoolExecutor pool(2, "pool");
    const Drawn drawn = draw([&](EventLoop& loop) { return call_all(loop, pool, 4, block, 0.5); });
    CHECK("\n" + drawn.text == R"(
event loop    |#.................##.................##
main          |#------------------------------------:#*
waiting calls |qqqqqqqqqqqqqqqqqqq
pool_0        |BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
pool_1        |BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB
               0.0 s  0.2 s  0.4 s   0.6 s  0.8 s   1.0 s
)");
}

TEST_CASE("the interpreter has a lane, and who waits for it shows that", "[core][timeline][executor]")
{
    ThreadPoolExecutor pool(2, "pool");
    const Drawn wide = draw(
        [&](EventLoop& loop) {
            loop.machine().set_switch_interval(0.1);
            return call_all(loop, pool, 2, cpu, 0.2);
        });
    CHECK("\n" + wide.text == R"(
event loop  |#....................................##
main        |#------------------------------------:#*
interpreter |#######################################
pool_0      |==========wwwwwwww==========
pool_1      |#wwwwwwww==========wwwwwwww===========
             0.00 s   0.10 s   0.20 s   0.30 s    0.40 s
)");
}

TEST_CASE("processes start up, get their arguments and work at the same time", "[core][timeline][executor]")
{
    ProcessPoolExecutor pool(2, 0.3, 0.1);
    const Drawn drawn = draw([&](EventLoop& loop) { return call_all(loop, pool, 4, cpu, 0.5); });
    CHECK("\n" + drawn.text == R"(
event loop    |#.........................##.........##
main          |#------------------------------------:#*
waiting calls |qqqqqq>>>>>>>>>>qqqqqqqqqqq
process-1     |sssssss        =======================
process-2     |sssssss        =======================
               0.0 s   0.4 s    0.8 s    1.2 s   1.6 s
)");
}

TEST_CASE("slices too narrow to draw are bars as high as their share", "[core][timeline][executor]")
{
    ThreadPoolExecutor pool(4, "pool");
    const Drawn drawn = draw([&](EventLoop& loop) { return call_all(loop, pool, 4, cpu, 1.0); });
    const LayoutMetrics metrics;
    for (std::size_t lane = 0; lane < drawn.scene.lanes.size(); ++lane) {
        if (drawn.scene.lanes[lane].kind != LaneRow::Kind::Worker)
            continue;
        double before = 0;
        for (const Bar& bar : drawn.scene.bars) {
            if (bar.lane != lane)
                continue;
            CHECK(bar.box.x >= before - 1e-9); // no bar lies on another
            before = bar.box.right();
            if (bar.folded > 20) {
                CHECK(bar.kind == SpanKind::Computing);
                CHECK(bar.box.height == Approx(metrics.bar_height / 4).margin(2));
            }
        }
        CHECK(before > 0);
    }
    CHECK(drawn.scene.bars.size() < 2000);
}

TEST_CASE("calls and results are arrows between tasks and workers", "[core][timeline][executor]")
{
    ThreadPoolExecutor pool(1, "pool");
    const Drawn drawn = draw([&](EventLoop& loop) { return call_all(loop, pool, 2, block, 0.5); });
    std::vector<Arrow> ways;
    for (const Arrow& arrow : drawn.scene.arrows)
        if (arrow.kind == Cause::Kind::Worker)
            ways.push_back(arrow);
    // The gather ends with the second call: one way back. There, one way leads straight to the worker,
    // and the other to where the call waits and on from there.
    REQUIRE(ways.size() == 4);
    CHECK(std::count_if(ways.begin(), ways.end(), [](const Arrow& a) { return a.y2 > a.y1; }) == 3);
}

TEST_CASE("a wall ends where other threads begin", "[core][timeline][executor]")
{
    ThreadPoolExecutor pool(1, "pool");
    const Drawn drawn = draw([&](EventLoop& loop) -> Coro<void> {
        const auto call = loop.run_in_executor(pool, block, 1.0);
        const Task<void> other = loop.create_task(nap(0.1));
        block(0.5);
        co_await call;
    });
    REQUIRE(drawn.scene.walls.size() == 1);
    const auto worker = std::find_if(drawn.scene.lanes.begin(), drawn.scene.lanes.end(),
                                     [](const LaneRow& lane) { return lane.kind == LaneRow::Kind::Worker; });
    REQUIRE(worker != drawn.scene.lanes.end());
    CHECK(drawn.scene.walls.front().box.bottom() == Approx(worker->box.y));
}

} // namespace
} // namespace loopscope::tests
