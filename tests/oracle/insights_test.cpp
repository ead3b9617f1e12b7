// What each program of the oracle shows about itself, and whether it is so.

#include "tests/oracle/twin.h"
#include "tests/support/catch.h"

#include "core/base/format.h"
#include "core/lesson/run.h"
#include "core/trace/insight.h"

#include <algorithm>
#include <map>

namespace loopscope::oracle {
namespace {

using Kind = Insight::Kind;
using Texts = std::vector<std::string>;

/// Everything that the programs show; the others show nothing. CPython says the same of them, asked
/// for warnings, unretrieved exceptions, tasks left when main ends, and slow handles.
const std::map<std::string_view, Texts> expected = {
    {"009_loop_cancel_within_the_iteration", {"slow main 5.0 s"}},
    {"010_loop_busy_makes_timers_late", {"slow main 4.0 s"}},
    {"018_task_never_awaited_still_runs", {"cut off lengthy"}},
    {"019_task_leftovers_are_cancelled_in_order", {"cut off worker-1", "cut off worker-2", "cut off worker-3"}},
    {"048_timeout_without_a_wait_never_expires", {"slow main 10.0 s"}},
    {"086_event_never_set", {"deadlock"}},
    {"103_queue_getter_without_putter", {"deadlock"}},
    {"120_pattern_busy_task_blocks_the_rest",
     {"slow greedy-1 3.2 s", "slow greedy-2 0.8 s", "slow greedy-2 0.8 s", "slow greedy-2 0.8 s", "slow greedy-2 0.8 s"}},
    {"125_deadlock_is_found_when_timers_run_out", {"deadlock"}},
    {"126_deadlock_lock_taken_twice", {"deadlock in a circle"}},
    {"127_deadlock_queue_join_without_task_done", {"deadlock"}},
    {"128_stress_sleeps_and_turns",
     {"slow worker-3 0.25 s", "slow worker-4 0.75 s", "slow worker-6 0.25 s", "slow worker-6 0.25 s",
      "slow worker-5 0.25 s", "slow worker-8 0.5 s", "slow worker-4 0.25 s", "slow worker-2 0.25 s",
      "slow worker-3 0.25 s", "slow worker-8 0.5 s", "slow worker-4 0.5 s", "slow worker-7 0.75 s",
      "slow worker-5 0.25 s"}},
    {"130_stress_task_tree", {"never retrieved node-8", "never retrieved node-19"}},
    {"132_app_web_server", {"slow conn 3 0.6 s", "slow conn 9 0.6 s"}},
};

struct Shown {
    std::shared_ptr<const Trace> trace;
    std::vector<Insight> insights;
    Outcome outcome;
    std::vector<TaskId> left;    ///< alive when main ended, and not asked to stop by the program
    std::vector<std::string> reported; ///< slow turns, by the loop's own debug mode
};

/// Runs a twin by hand, so that the live loop can be asked when main ends.
Shown show(const Twin& twin)
{
    EventLoop loop;
    loop.set_debug(true);
    Shown shown{loop.trace(), {}, {}, {}, {}};
    loop.enter_phase(LoopPhase::Running);
    {
        const Task<void> main = loop.create_task(twin.main());
        loop.stop_when_done(*main.state());
        for (bool over = false; !over;) {
            switch (loop.step()) {
            case EventLoop::Stepped::Stuck:
                shown.outcome.kind = Outcome::Kind::Deadlock;
                shown.outcome.waiting = loop.waiting_names();
                over = true;
                break;
            case EventLoop::Stepped::Stopped:
                (void)main.error();
                if (shown.left.empty())
                    for (const Ref<TaskBase>& task : loop.all_tasks())
                        if (task->cancelling() == 0)
                            shown.left.push_back(task->task_id());
                over = !loop.begin_cancelling_leftovers();
                break;
            case EventLoop::Stepped::Ran:
            case EventLoop::Stepped::Passed: break;
            default: FAIL("no limit was set"); break;
            }
        }
        if (shown.outcome.kind != Outcome::Kind::Deadlock)
            loop.close();
    }
    for (std::size_t i = 0; i < shown.trace->size(); ++i) {
        const Fact fact = (*shown.trace)[i].fact;
        if (const auto* slow = std::get_if<SlowTurnReported>(&fact))
            shown.reported.push_back((slow->task ? shown.trace->display_name(slow->task) : "a callback") + " "
                                     + format_duration(slow->span));
    }
    shown.insights = insights_of(*shown.trace);
    return shown;
}

/// "3.2 s" in "… held the loop for 3.2 s in one turn …".
std::string held(const Insight& insight)
{
    const std::size_t from = insight.sentence.find("the loop for ") + 13;
    return insight.sentence.substr(from, insight.sentence.find(" in one turn") - from);
}

std::string in_short(const Trace& trace, const Insight& insight)
{
    const std::string task = insight.task ? trace.display_name(insight.task) : "a callback";
    switch (insight.kind) {
    case Kind::NeverAwaited: return "never awaited";
    case Kind::NeverRetrieved: return "never retrieved " + task;
    case Kind::CutOff: return "cut off " + task;
    case Kind::SlowTurn: return "slow " + task + " " + held(insight);
    case Kind::Deadlock: return insight.circle.empty() ? "deadlock" : "deadlock in a circle";
    }
    return {};
}

} // namespace

TEST_CASE("every program of the oracle shows what is expected of it, and nothing else", "[oracle][insight]")
{
    std::size_t found = 0;
    for (const Twin& twin : all_twins()) {
        const Shown shown = show(twin);
        Texts texts;
        for (const Insight& insight : shown.insights)
            texts.push_back(in_short(*shown.trace, insight));
        INFO(twin.name);
        const auto known = expected.find(twin.name);
        CHECK(texts == (known == expected.end() ? Texts{} : known->second));
        found += known != expected.end() ? 1 : 0;
    }
    CHECK(found == expected.size());
}

TEST_CASE("each insight is what the live loop saw", "[oracle][insight]")
{
    for (const Twin& twin : all_twins()) {
        const Shown shown = show(twin);
        INFO(twin.name);
        std::vector<TaskId> cut_off;
        Texts slow;
        std::string stuck;
        for (const Insight& insight : shown.insights) {
            REQUIRE(insight.step < shown.trace->size());
            REQUIRE(insight.sentence.ends_with("."));
            REQUIRE(insight.sentence.find("..") == std::string::npos);
            if (insight.kind == Kind::CutOff)
                cut_off.push_back(insight.task);
            if (insight.kind == Kind::SlowTurn)
                slow.push_back((insight.task ? shown.trace->display_name(insight.task) : "a callback") + " " + held(insight));
            if (insight.kind == Kind::Deadlock)
                stuck += insight.sentence;
        }
        CHECK(cut_off == shown.left);
        CHECK(slow == shown.reported);
        CHECK(stuck.empty() == (shown.outcome.kind != Outcome::Kind::Deadlock));
        for (const std::string& name : shown.outcome.waiting)
            CHECK(stuck.find(name == "Task-1" ? "main" : name) != std::string::npos);
    }
}

} // namespace loopscope::oracle
