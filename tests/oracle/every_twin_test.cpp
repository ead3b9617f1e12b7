// What must hold for every program, tried with all that the oracle has.

#include "tests/oracle/twin.h"
#include "tests/support/catch.h"

#include "core/lesson/run.h"
#include "core/trace/causes.h"
#include "core/trace/explain.h"
#include "core/trace/replay.h"

#include <functional>
#include <set>

namespace loopscope::oracle {
namespace {

struct RanTwin {
    std::shared_ptr<const Trace> trace;
    Outcome outcome;
};

RanTwin run_twin(const Twin& twin)
{
    EventLoop loop;
    RanTwin ran{loop.trace(), {}};
    ran.outcome = run_program(loop, twin.main);
    return ran;
}

/// Counts what a primitive says of itself against what a reader of the trace knew before: a change
/// that was not written down would show in the next number.
class Bookkeeping {
public:
    explicit Bookkeeping(const Trace& trace) : trace_(trace) {}

    /// Whether `fact` follows from the state before it.
    [[nodiscard]] bool follows(const Snapshot& before, const Fact& fact) const
    {
        if (const auto* f = std::get_if<ResourceAcquired>(&fact)) {
            if (is_lock(f->resource))
                return !state_of<LockSnapshot>(before, f->resource).locked && before.running == f->task;
            const std::uint32_t free = state_of<SemaphoreSnapshot>(before, f->resource).free;
            return before.running == f->task && (f->free == free || f->free + 1 == free);
        }
        if (const auto* f = std::get_if<ResourceReleased>(&fact))
            return is_lock(f->resource) ? state_of<LockSnapshot>(before, f->resource).locked
                                        : state_of<SemaphoreSnapshot>(before, f->resource).free + 1 == f->free;
        if (const auto* f = std::get_if<EventSet>(&fact))
            return !state_of<EventSnapshot>(before, f->event).set;
        if (const auto* f = std::get_if<EventCleared>(&fact))
            return state_of<EventSnapshot>(before, f->event).set;
        if (const auto* f = std::get_if<BarrierArrived>(&fact))
            return state_of<BarrierSnapshot>(before, f->barrier).inside + 1 == f->inside;
        if (const auto* f = std::get_if<BarrierLeft>(&fact))
            return state_of<BarrierSnapshot>(before, f->barrier).inside == f->inside + 1;
        if (const auto* f = std::get_if<ItemPut>(&fact)) {
            const auto queue = state_of<QueueSnapshot>(before, f->queue);
            const std::uint32_t room = trace_.resource(f->queue).capacity;
            return queue.items + 1 == f->items && !queue.shut_down && (room == 0 || f->items <= room);
        }
        if (const auto* f = std::get_if<ItemTaken>(&fact))
            return state_of<QueueSnapshot>(before, f->queue).items == f->items + 1;
        if (const auto* f = std::get_if<ItemDone>(&fact))
            return state_of<QueueSnapshot>(before, f->queue).unfinished == f->unfinished + 1;
        if (const auto* f = std::get_if<ScopeLeft>(&fact))
            return before.scope(f->scope) != nullptr;
        if (const auto* f = std::get_if<TaskAdopted>(&fact))
            return before.scope(f->group) != nullptr && !before.scope(f->group)->aborted;
        if (const auto* f = std::get_if<TimeoutExpired>(&fact)) {
            const ScopeSnapshot* timeout = before.scope(f->timeout);
            return timeout && timeout->deadline && *timeout->deadline <= before.now && !timeout->expired;
        }
        if (const auto* f = std::get_if<CancelTakenBack>(&fact))
            return before.task(f->task).cancel_requests == f->left + 1;
        return true;
    }

private:
    [[nodiscard]] bool is_lock(ResourceId id) const { return trace_.resource(id).kind == ResourceKind::Lock; }

    /// As it was when the trace first heard of it, where nothing was folded yet.
    template <class Kind>
    [[nodiscard]] Kind state_of(const Snapshot& before, ResourceId id) const
    {
        if (const ResourceSnapshot* known = before.resource(id))
            return std::get<Kind>(known->state);
        const ResourceInfo& info = trace_.resource(id);
        if constexpr (std::is_same_v<Kind, LockSnapshot>)
            return {.locked = info.count == 0, .owner = {}};
        else if constexpr (std::is_same_v<Kind, EventSnapshot>)
            return {.set = info.count > 0};
        else if constexpr (std::is_same_v<Kind, SemaphoreSnapshot>)
            return {.free = info.count};
        else if constexpr (std::is_same_v<Kind, BarrierSnapshot>)
            return {.phase = {}, .inside = info.count};
        else
            return {.items = info.count, .unfinished = info.unfinished, .shut_down = info.shut_down};
    }

    const Trace& trace_;
};

} // namespace

TEST_CASE("the tasks that a trace rebuilds are the loop's own, after every handle", "[oracle][snapshot]")
{
    for (const Twin& twin : all_twins()) {
        INFO(twin.name);
        EventLoop loop;
        const std::shared_ptr<const Trace> trace = loop.trace();
        const Task<void> main = loop.create_task(twin.main());
        loop.stop_when_done(*main.state());
        Snapshot state;
        for (bool over = false; !over;) {
            switch (loop.step()) {
            case EventLoop::Stepped::Stuck: over = true; break;
            case EventLoop::Stepped::Stopped: over = !loop.begin_cancelling_leftovers(); break;
            case EventLoop::Stepped::Ran:
            case EventLoop::Stepped::Passed: break;
            }
            while (state.step < trace->size())
                apply(state, *trace);
            std::vector<TaskId> pending;
            for (const TaskSnapshot& task : state.tasks)
                if (!is_over(task.state))
                    pending.push_back(task.id);
            std::vector<TaskId> alive;
            for (const Ref<TaskBase>& task : loop.all_tasks()) {
                alive.push_back(task->task_id());
                REQUIRE(state.task(task->task_id()).cancel_requests == task->cancelling());
                REQUIRE(state.task(task->task_id()).cancelling == (task->cancelling() > 0));
            }
            REQUIRE(pending == alive);
            REQUIRE(state.now == loop.now());
        }
    }
}

TEST_CASE("no change of what tasks share escapes the record", "[oracle][snapshot]")
{
    std::set<std::string_view> kinds;
    for (const Twin& twin : all_twins()) {
        const RanTwin ran = run_twin(twin);
        const Bookkeeping books(*ran.trace);
        Snapshot state;
        while (state.step < ran.trace->size()) {
            const Fact fact = (*ran.trace)[state.step].fact;
            INFO(twin.name << ", fact " << state.step << ": " << fact_name(fact));
            REQUIRE(books.follows(state, fact));
            apply(state, *ran.trace);
            kinds.insert(fact_name(fact));
        }
        for (const ResourceSnapshot& resource : state.resources)
            for (const WaiterSnapshot& waiter : resource.waiters) {
                INFO(twin.name);
                REQUIRE(ran.outcome.kind == Outcome::Kind::Deadlock); // nobody else is left waiting
                REQUIRE(state.task(waiter.task).queues_at == resource.id);
            }
    }
    for (const std::string_view kind : {"acquired", "released", "event set", "event cleared", "condition notified",
                                        "barrier reached", "barrier left", "barrier reset", "item put", "item taken",
                                        "item done", "block entered", "block left", "task adopted", "group aborted",
                                        "deadline set", "timeout expired", "cancel taken back"}) {
        INFO(kind);
        CHECK(kinds.contains(kind));
    }
}

TEST_CASE("a replay of every program gives the plain fold's states", "[oracle][replay]")
{
    for (const Twin& twin : all_twins()) {
        const RanTwin ran = run_twin(twin);
        const Replay fine(ran.trace, 3);
        const Replay coarse(ran.trace);
        Snapshot plain;
        for (std::size_t step = 0; step <= ran.trace->size(); ++step) {
            INFO(twin.name << ", step " << step);
            REQUIRE(fine.at(step) == plain);
            if (step % 17 == 0)
                REQUIRE(coarse.at(step) == plain);
            if (step < ran.trace->size())
                apply(plain, *ran.trace);
        }
    }
}

TEST_CASE("every fact of every program is told in whole sentences", "[oracle][explain]")
{
    for (const Twin& twin : all_twins()) {
        const RanTwin ran = run_twin(twin);
        if (ran.trace->size() > 5'000)
            continue; // the same sentences over and over
        const auto causes = causes_of(*ran.trace);
        Snapshot after;
        while (after.step < ran.trace->size()) {
            const std::size_t index = after.step;
            apply(after, *ran.trace);
            const Explanation words = explain(*ran.trace, index, after, causes);
            INFO(twin.name << ", fact " << index << ": " << words.sentence);
            REQUIRE(!words.headline.empty());
            REQUIRE(words.sentence.ends_with("."));
            for (const std::string_view slip : {"  ", "..", " ,", " .", "1 items", "1 places", "1 tasks", "the the"})
                REQUIRE(words.sentence.find(slip) == std::string::npos);
        }
    }
}

} // namespace loopscope::oracle
