#include "core/lesson/be_the_loop.h"
#include "core/lesson/run.h"
#include "core/lesson/settings.h"
#include "core/trace/replay.h"

#include "lessons/catalog.h"

#include "tests/support/catch.h"

#include <algorithm>

namespace loopscope {
namespace {

// What the record says comes after these facts.
std::vector<Pick> taken(const Trace& trace, std::size_t step)
{
    const Fact fact = trace[step].fact;
    if (const auto* turn = std::get_if<TaskStepped>(&fact))
        return {{.kind = Pick::Kind::Task, .task = turn->task}};
    if (const auto* call = std::get_if<CallbackRan>(&fact))
        return {{.kind = Pick::Kind::Callback, .handle = call->handle}};
    std::vector<Pick> sleep = {{.kind = Pick::Kind::Sleep}};
    for (std::size_t next = step + 1; next < trace.size(); ++next) {
        const Fact later = trace[next].fact;
        if (const auto* timer = std::get_if<TimerFired>(&later))
            sleep.push_back({.kind = Pick::Kind::Timer, .handle = timer->handle});
        else if (const auto* io = std::get_if<IoReady>(&later))
            sleep.push_back({.kind = Pick::Kind::Io, .channel = io->channel});
        else if (std::holds_alternative<TaskStepped>(later) || std::holds_alternative<CallbackRan>(later)
                 || std::holds_alternative<SelectEntered>(later) || std::holds_alternative<LoopWoken>(later))
            break;
        else
            continue;
        break; // only the first of them stands for the sleep
    }
    return sleep;
}

TEST_CASE("the picks that the loop's rules allow are what each lesson's record says", "[lessons][loop-game]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            const Run run = loopscope::run(lesson, variant, initial_values(lesson));
            const Trace& trace = *run.trace;
            const Replay replay(run.trace);
            std::size_t turns = 0;
            for (const std::size_t step : switches_of(trace)) {
                INFO(lesson.id << ' ' << variant.name << " step " << step);
                const Snapshot now = replay.at(step);
                const std::vector<PickChoice> choices = picks_at(now, trace);
                std::vector<Pick> right;
                for (const PickChoice& choice : choices) {
                    const PickVerdict verdict = judge_pick(now, trace, choice.pick);
                    REQUIRE_FALSE(choice.name.empty());
                    REQUIRE_FALSE(choice.detail.empty());
                    REQUIRE(verdict.rule.back() == '.');
                    if (verdict.right)
                        right.push_back(choice.pick);
                }
                std::vector<Pick> expected = taken(trace, step);
                const auto order = [](const Pick& a, const Pick& b) { return a.kind < b.kind; };
                std::sort(expected.begin(), expected.end(), order);
                std::sort(right.begin(), right.end(), order);
                REQUIRE(right == expected);
                turns += expected.front().kind <= Pick::Kind::Callback ? 1 : 0;
            }
            // Nobody gets the thread but by a pick; an eager task begins inside another's turn.
            std::size_t recorded = 0;
            Snapshot state;
            for (std::size_t step = 0; step < trace.size(); ++step) {
                const Fact fact = trace[step].fact;
                const bool inside = state.running || state.running_handle;
                if (!inside && (std::holds_alternative<TaskStepped>(fact) || std::holds_alternative<CallbackRan>(fact)))
                    ++recorded;
                apply(state, trace);
            }
            INFO(lesson.id << ' ' << variant.name);
            REQUIRE(turns == recorded);
            REQUIRE(turns > 0);
        }
}

} // namespace
} // namespace loopscope
