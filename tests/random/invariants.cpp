#include "tests/random/invariants.h"

#include "core/base/format.h"
#include "core/trace/causes.h"
#include "core/trace/explain.h"
#include "core/trace/replay.h"
#include "core/trace/snapshot.h"

#include <array>
#include <cstddef>
#include <variant>

namespace loopscope::tests::random_programs {
namespace {

/// Reads a trace from its start and keeps what it knows of each task, without the fold's help; of the
/// fold it only takes the ready queue, to compare it with what really runs next.
class Reader {
public:
    explicit Reader(const Trace& trace) : trace_(trace) {}

    std::vector<std::string> read(const Outcome& outcome)
    {
        TimePoint now;
        for (index_ = 0; index_ < trace_.size(); ++index_) {
            const TraceEvent event = trace_[index_];
            expect(event.when >= now, "time went back");
            now = event.when;
            std::visit([this](const auto& fact) { note(fact); }, event.fact);
            apply(state_, trace_);
        }
        end(outcome);
        return std::move(faults_);
    }

private:
    enum class Life { Ready, Running, Waiting, Over };
    struct Known {
        Life life = Life::Ready;
        FutureId waits_for;
        bool eager = false;
        bool stepped = false;
    };

    void expect(bool holds, const std::string& otherwise)
    {
        if (!holds && faults_.size() < 10)
            faults_.push_back("fact " + std::to_string(index_) + ": " + otherwise);
    }
    void expect(bool holds, TaskId task, const std::string& otherwise)
    {
        expect(holds, trace_.task_name(task) + " " + otherwise);
    }

    Known& known(TaskId task) { return tasks_[task.value - 1]; }

    void expect_next(const ReadyItem& item, const std::string& what)
    {
        expect(!state_.ready.empty() && state_.ready.front() == item,
               what + " has its turn, but did not stand first in the ready queue");
    }
    void leaves_off(TaskId task, Life then)
    {
        expect(!running_.empty() && running_.back() == task, task, "leaves off without running");
        if (!running_.empty())
            running_.pop_back();
        known(task).life = then;
    }

    template <class Fact>
    void note(const Fact&)
    {
    }
    void note(const LoopPhaseEntered& fact)
    {
        if (fact.phase == LoopPhase::CancellingLeftovers)
            waited_for_ = tasks_.size(); // those that are made while others clean up are not
    }
    void note(const TaskCreated& fact)
    {
        expect(fact.task.value == tasks_.size() + 1, "a task is created out of turn");
        tasks_.push_back({});
        tasks_.back().eager = fact.eager;
    }
    void note(const TaskStepped& fact)
    {
        Known& task = known(fact.task);
        expect(task.life == Life::Ready, fact.task, "has its turn without being ready");
        // An eager task begins inside the turn of the one that creates it.
        if (!(task.eager && !task.stepped)) {
            expect(running_.empty() && !callback_, fact.task, "has its turn during another");
            expect_next(fact.task, trace_.task_name(fact.task));
        }
        task.stepped = true;
        task.life = Life::Running;
        running_.push_back(fact.task);
    }
    void note(const TaskSuspended& fact)
    {
        leaves_off(fact.task, Life::Waiting);
        known(fact.task).waits_for = fact.on;
    }
    void note(const TaskYielded& fact) { leaves_off(fact.task, Life::Ready); }
    void note(const TaskWoken& fact)
    {
        Known& task = known(fact.task);
        expect(task.life == Life::Waiting, fact.task, "is woken without waiting");
        expect(task.waits_for == fact.by, fact.task, "is woken by what it does not wait for");
        task.life = Life::Ready;
    }
    void note(const TaskFinished& fact) { leaves_off(fact.task, Life::Over); }
    void note(const TaskFailed& fact) { leaves_off(fact.task, Life::Over); }
    void note(const TaskCancelled& fact) { leaves_off(fact.task, Life::Over); }
    void note(const CallbackRan& fact)
    {
        expect(running_.empty() && !callback_, "a callback has its turn during another");
        expect_next(fact.handle, "a callback");
        callback_ = fact.handle;
    }
    void note(const CallbackReturned& fact)
    {
        expect(callback_ == fact.handle, "a callback returns that was not called");
        callback_ = {};
    }
    void note(const CallbackSkipped& fact) { expect_next(fact.handle, "a cancelled callback"); }
    void note(const Noted& fact)
    {
        expect(fact.task == (running_.empty() ? TaskId{} : running_.back()), "a text is printed by nobody who runs");
    }
    void note(const LoopStuck&) { expect(state_.ready.empty(), "the loop is stuck with something ready"); }

    void end(const Outcome& outcome)
    {
        expect(running_.empty() && !callback_, "the run ends within a turn");
        const bool stuck = outcome.kind == Outcome::Kind::Deadlock;
        std::vector<std::string> left;
        for (std::size_t i = 0; i < tasks_.size(); ++i) {
            const TaskId id{static_cast<std::uint32_t>(i + 1)};
            if (tasks_[i].life != Life::Over && (stuck || i < waited_for_))
                left.push_back(trace_.task_name(id));
            expect(is_over(state_.task(id).state) == (tasks_[i].life == Life::Over), id, "has another end in the fold");
        }
        if (stuck)
            expect(left == outcome.waiting, "the deadlock names " + format_list(outcome.waiting) + ", but left are "
                                                + format_list(left));
        else if (outcome.type != "RecursionError") // the end of a circle: nobody in it can be cancelled
            expect(left.empty(), "the run is over, but " + format_list(left) + " never ended");
        expect(outcome.kind != Outcome::Kind::GaveUp, outcome.message);
    }

    const Trace& trace_;
    std::size_t index_ = 0;
    Snapshot state_; ///< before the fact at index_
    std::vector<Known> tasks_;
    std::vector<TaskId> running_; ///< more than one only while eager tasks begin
    HandleId callback_;
    std::size_t waited_for_ = static_cast<std::size_t>(-1); ///< how many tasks end before the run does
    std::vector<std::string> faults_;
};

} // namespace

std::vector<std::string> faults_in(const Trace& trace, const Outcome& outcome)
{
    return Reader(trace).read(outcome);
}

std::vector<std::string> faults_of_replay(const std::shared_ptr<const Trace>& trace)
{
    std::vector<std::string> faults;
    const std::array replays{Replay(trace, 1), Replay(trace, 7), Replay(trace, 128)};
    Snapshot plain;
    for (std::size_t step = 0; step <= trace->size(); ++step) {
        // Not all of them at every step: a seek may cost many folds.
        const Replay& replay = replays[step % 3];
        if (step % 5 == 0 && replay.at(step) != plain)
            faults.push_back("the replay by " + std::to_string(replay.stride()) + " differs at "
                             + std::to_string(step));
        if (step < trace->size())
            apply(plain, *trace);
    }
    return faults;
}

std::vector<std::string> told_facts(const Trace& trace)
{
    const std::vector<Cause> causes = causes_of(trace);
    std::vector<std::string> facts;
    facts.reserve(trace.size());
    Snapshot after;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        apply(after, trace);
        const TraceEvent event = trace[step];
        const Place& place = trace.place(event.place);
        const Explanation words = explain(trace, step, after, causes);
        facts.push_back(format_moment(event.when) + " " + std::string(fact_name(event.fact)) + ": " + words.headline
                        + " " + words.sentence + " " + words.context + " " + std::string(place.file) + ":"
                        + std::to_string(place.line));
    }
    return facts;
}

} // namespace loopscope::tests::random_programs
