#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"

#include "core/trace/replay.h"

#include <chrono>
#include <initializer_list>
#include <random>

namespace loopscope {
namespace {

/// Many tasks that only yield: `facts` of them or a few more.
std::shared_ptr<const Trace> long_trace(std::size_t facts, std::uint32_t tasks)
{
    auto trace = std::make_shared<Trace>();
    for (std::uint32_t i = 1; i <= tasks; ++i) {
        trace->add_task({.name = "Task-" + std::to_string(i), .coroutine = "spin", .future = {}, .parent = {}, .created = i - 1});
        trace->append(TimePoint{}, PlaceId::None, TaskCreated{TaskId{i}, {}, false});
    }
    for (std::uint32_t turn = 0; trace->size() < facts; ++turn) {
        const TaskId task{turn % tasks + 1};
        const TimePoint when{Duration{turn / tasks}};
        trace->append(when, PlaceId::None, TaskStepped{task, false});
        trace->append(when, PlaceId::None, TaskYielded{task, StackId::Empty});
    }
    return trace;
}

} // namespace

TEST_CASE("a replay gives the plain fold's state at every step", "[core][replay]")
{
    for (const std::size_t stride : std::initializer_list<std::size_t>{1, 3, 128}) {
        const auto trace = samples::trace_of(samples::three_pages);
        const Replay replay(trace, stride);
        Snapshot plain;
        for (std::size_t step = 0; step <= trace->size(); ++step) {
            INFO("stride " << stride << ", step " << step);
            REQUIRE(replay.at(step) == plain);
            if (step < trace->size())
                apply(plain, *trace);
        }
    }
}

TEST_CASE("a replay of random runs gives the plain fold's state at random positions", "[core][replay]")
{
    std::mt19937 dice(20240611); // the same positions in every run of the tests
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const auto trace = samples::random_run(seed);
        for (const std::size_t stride : std::initializer_list<std::size_t>{1, 3, 128}) {
            const Replay replay(trace, stride);
            for (int i = 0; i < 25; ++i) {
                const std::size_t step = dice() % (trace->size() + 1);
                INFO("seed " << seed << ", stride " << stride << ", step " << step);
                REQUIRE(replay.at(step) == samples::plain_fold(*trace, step));
            }
        }
    }
}

TEST_CASE("to the end, back to the start and to the end again gives the same states", "[core][replay]")
{
    const auto trace = samples::random_run(7);
    const Replay replay(trace);
    std::vector<Snapshot> forth;
    for (std::size_t step = 0; step <= replay.size(); ++step)
        forth.push_back(replay.at(step));
    for (std::size_t step = replay.size() + 1; step-- > 0;)
        REQUIRE(replay.at(step) == forth[step]);
    for (std::size_t step = 0; step <= replay.size(); ++step)
        REQUIRE(replay.at(step) == forth[step]);
}

TEST_CASE("an empty trace has one state, the first", "[core][replay]")
{
    const Replay replay(std::make_shared<const Trace>());
    CHECK(replay.size() == 0);
    CHECK(replay.at(0) == Snapshot{});
}

TEST_CASE("checkpoints thin out as a trace grows, and states stay right", "[core][replay]")
{
    const auto trace = long_trace(60'000, 5);
    const Replay replay(trace, 1);
    CHECK(replay.checkpoint_count() <= 8192);
    CHECK(replay.stride() == 8);
    for (const std::size_t step : std::initializer_list<std::size_t>{0, 1, 4'095, 8'191, 8'192, 30'001, 59'999, 60'001})
        CHECK(replay.at(std::min(step, trace->size())) == samples::plain_fold(*trace, std::min(step, trace->size())));
}

TEST_CASE("many tasks make few checkpoints, so that memory stays bounded", "[core][replay]")
{
    const auto trace = long_trace(400'000, 20'000); // one state of it takes about a megabyte
    const Replay replay(trace);
    CHECK(replay.checkpoint_count() < 128);
    CHECK(replay.at(300'123) == samples::plain_fold(*trace, 300'123));
}

TEST_CASE("a million facts fold within a second", "[core][replay][.bench]")
{
    const auto trace = long_trace(1'000'000, 40);
    const auto began = std::chrono::steady_clock::now();
    const Snapshot state = samples::plain_fold(*trace, trace->size());
    const auto took = std::chrono::steady_clock::now() - began;
    WARN("folded in " << std::chrono::duration_cast<std::chrono::milliseconds>(took).count() << " ms");
    CHECK(state.step == trace->size());
#ifdef NDEBUG // an unoptimised build promises nothing
    CHECK(took < std::chrono::seconds(1));
#endif
}

} // namespace loopscope
