#include "core/asyncio.h"
#include "core/lesson/run.h"
#include "tests/random/invariants.h"
#include "tests/random/program.h"
#include "tests/support/catch.h"
#include "tests/support/record.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <vector>

// Programs that nobody wrote. Each is made from a number, its seed, so that one that fails can be made
// again: the seed is in the message. A fixed list of them runs with all tests; more, and others, with
//     LOOPSCOPE_RANDOM=FIRST-LAST tests/run -R random
namespace loopscope::tests::random_programs {
namespace {

constexpr int newest = 13; ///< Python 3.13 is the one whose behaviour is ours

std::vector<std::uint32_t> seeds(std::uint32_t count)
{
    std::uint32_t first = 1;
    std::uint32_t last = count;
    if (const char* wanted = std::getenv("LOOPSCOPE_RANDOM")) {
        char* rest = nullptr;
        first = static_cast<std::uint32_t>(std::strtoul(wanted, &rest, 10));
        last = *rest == '-' ? static_cast<std::uint32_t>(std::strtoul(rest + 1, nullptr, 10)) : first;
    }
    std::vector<std::uint32_t> all;
    for (std::uint32_t seed = first; seed <= last; ++seed)
        all.push_back(seed);
    return all;
}

struct RandomRun {
    std::shared_ptr<const Trace> trace;
    Outcome outcome;
};

RandomRun run_random(const Body& program)
{
    EventLoop loop;
    RandomRun run{loop.trace(), {}};
    run.outcome = run_program(loop, [&] { return run_steps(program); });
    return run;
}

using lines = std::vector<std::string>;

TEST_CASE("a random program keeps to what is true of every run", "[random]")
{
    for (const std::uint32_t seed : seeds(300)) {
        INFO("seed " << seed);
        const Body program = make_program(seed, newest);
        const RandomRun run = run_random(program);
        CHECK(faults_in(*run.trace, run.outcome) == lines{});
    }
}

TEST_CASE("a replay of a random program gives the states of the plain fold", "[random]")
{
    for (const std::uint32_t seed : seeds(60)) {
        INFO("seed " << seed);
        const Body program = make_program(seed, newest);
        CHECK(faults_of_replay(run_random(program).trace) == lines{});
    }
}

TEST_CASE("the same random program leaves the same trace", "[random]")
{
    for (const std::uint32_t seed : seeds(60)) {
        INFO("seed " << seed);
        const Body program = make_program(seed, newest);
        const RandomRun first = run_random(program);
        const RandomRun second = run_random(make_program(seed, newest));
        CHECK(told_facts(*first.trace) == told_facts(*second.trace));
        CHECK(first.outcome == second.outcome);
    }
}

TEST_CASE("a random program that is thrown away in the middle leaks nothing", "[random]")
{
    for (const std::uint32_t seed : seeds(150)) {
        INFO("seed " << seed);
        const Body program = make_program(seed, newest);
        const std::size_t before = pool_in_use();
        {
            EventLoop loop(seed % 2 == 0 ? EventLoop::Recording::On : EventLoop::Recording::Off);
            loop.stop_when_done(*loop.create_task(run_steps(program)).state());
            for (std::uint32_t turn = 0; turn < seed % 97; ++turn)
                if (loop.step() == EventLoop::Stepped::Stuck)
                    break;
        }
        CHECK(pool_in_use() == before);
    }
}

// Out of what the machine's own Python does as 3.13 does: all of it, or what did not change since.
TEST_CASE("CPython does what we do in random programs, to the single switch", "[random]")
{
    const int minor = std::min(python_minor(), newest);
    const std::vector<std::uint32_t> all = seeds(300);
    std::vector<Body> programs;
    nlohmann::json request = nlohmann::json::array();
    for (const std::uint32_t seed : all) {
        programs.push_back(make_program(seed, minor));
        request.push_back(as_json(programs.back()));
    }
    const std::vector<Record> python =
        records_from(ask_python("tests/random/random_program.py", request, Talk::IsIgnored));
    REQUIRE(python.size() == programs.size());
    for (std::size_t i = 0; i < programs.size(); ++i) {
        INFO("seed " << all[i] << " for Python 3." << minor);
        const RandomRun run = run_random(programs[i]);
        const Record ours = record_of(*run.trace, run.outcome);
        CHECK(ours.log == python[i].log);
        CHECK(ours.switches == python[i].switches);
        CHECK(ours.outcome == python[i].outcome);
    }
}

} // namespace
} // namespace loopscope::tests::random_programs
