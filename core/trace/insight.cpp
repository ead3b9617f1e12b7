#include "core/trace/insight.h"

#include "core/base/format.h"
#include "core/trace/one_of.h"
#include "core/trace/telling.h"
#include "core/trace/waits_for.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace loopscope {
namespace {

constexpr std::size_t most_clauses = 4; ///< of a sentence; more would not be read

/// Goes through a run once, with the state after each fact at hand.
class InsightFold {
public:
    InsightFold(const Trace& trace, Duration slow)
        : trace_(trace)
        , slow_(slow)
    {
    }

    std::vector<Insight> run() &&
    {
        while (state_.step < trace_.size()) {
            const TraceEvent event = trace_[state_.step];
            event_ = &event;
            const TaskId before = state_.running;
            apply(state_, trace_);
            runs_ = before ? before : state_.running;
            std::visit([this](const auto& fact) { (*this)(fact); }, event.fact);
        }
        tell_failures();
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Insight& a, const Insight& b) { return a.step < b.step; });
        return std::move(found_);
    }

private:
    using Kind = Insight::Kind;
    using Severity = Insight::Severity;

    // ---- coroutines and failures ----

    void operator()(const CoroutineNeverAwaited& f)
    {
        add(Kind::NeverAwaited, Severity::Warning, runs_,
            std::string(f.name) + "() was called, but its coroutine was never awaited, so nothing of it ran.");
    }

    void operator()(const FutureResolved& f)
    {
        if (f.how != FutureEnd::Exception)
            return;
        // Functions are called by their names, which keep their first letter.
        const FutureKind kind = trace_.future(f.future).kind;
        const bool by_name = kind == FutureKind::Gather || kind == FutureKind::Wait || kind == FutureKind::Shield;
        const std::string what = telling().awaited(f.future);
        failures_[f.future] = {.step = step(), .task = {}, .words = (by_name ? what : capitalized(what)) + " failed"};
    }

    void operator()(const ExceptionRetrieved& f) { failures_.erase(f.future); }
    void operator()(const ExceptionNeverRetrieved& f)
    {
        if (const auto failure = failures_.find(f.future); failure != failures_.end()) {
            failure->second.dropped = true;
            failure->second.dropped_at = step();
        }
    }

    void tell_failures()
    {
        for (const auto& [future, failure] : failures_)
            if (failure.dropped || over_)
                found_.push_back({.kind = Kind::NeverRetrieved,
                                  .severity = Severity::Error,
                                  .sentence = failure.words + ", and nobody ever took notice of the exception.",
                                  .step = failure.step,
                                  .known = failure.dropped ? failure.dropped_at : over_at_,
                                  .task = failure.task});
    }

    // ---- the end of the program ----

    void operator()(const LoopPhaseEntered& f)
    {
        if (f.phase == LoopPhase::CancellingLeftovers && !state_.stuck)
            tell_leftovers();
        if (f.phase == LoopPhase::Closed) {
            end();
            if (!state_.stuck)
                tell_abandoned();
        }
    }

    /// Tasks that still have something to do when the end stops them. One that was asked to stop
    /// before is on its way out already.
    void tell_leftovers()
    {
        const std::string ended = is_over(state_.task(TaskId{1}).state) ? "when main did" : "when the loop was closed";
        for (const TaskSnapshot& task : state_.tasks) {
            if (is_over(task.state) || task.cancel_requests > 0)
                continue;
            const std::string name = trace_.display_name(task.id);
            add(Kind::CutOff, Severity::Warning, task.id,
                task.started ? name + " had not ended " + ended + ", so it was asked to stop" + standing(task) + "."
                             : name + " had not begun " + ended + ", so it was stopped without having run a line.");
        }
    }

    /// Tasks that were made while the program was ending, and that nobody waited for.
    void tell_abandoned()
    {
        for (const TaskSnapshot& task : state_.tasks) {
            if (is_over(task.state))
                continue;
            const std::string name = trace_.display_name(task.id);
            add(Kind::CutOff, Severity::Warning, task.id,
                task.started ? name + " had not ended when the loop was closed, and goes no further" + standing(task) + "."
                             : name + " had not begun when the loop was closed, so not a line of it ran.");
        }
    }

    /// ", during its sleep of 1.0 s at line 12".
    [[nodiscard]] std::string standing(const TaskSnapshot& task) const
    {
        if (task.state != TaskState::Waiting)
            return ", before its next turn" + telling().at_line_of(task.id);
        const bool sleeps = trace_.future(task.waiting_on).kind == FutureKind::Sleep;
        return (sleeps ? ", during " + telling().its(task.waiting_on) : ", while it awaited " + telling().awaited(task.waiting_on))
            + telling().at_line_of(task.id);
    }

    // ---- turns ----

    void operator()(const TaskStepped& f)
    {
        if (!turn_.open) // an eager task runs inside its maker's turn
            begin_turn(f.task, {});
    }
    void operator()(const CallbackRan& f) { begin_turn({}, f.handle); }

    void operator()(const TaskSuspended& f) { end_turn(f.task); }
    void operator()(const TaskYielded& f)
    {
        task_ready(f.task);
        end_turn(f.task);
    }
    void operator()(const TaskFinished& f) { end_turn(f.task); }
    void operator()(const TaskCancelled& f) { end_turn(f.task); }
    void operator()(const TaskFailed& f)
    {
        const FutureId future = trace_.task(f.task).future;
        const std::string error = std::string(f.type) + (f.message.empty() ? "" : ": " + std::string(f.message));
        failures_[future] = {.step = step(), .task = f.task, .words = trace_.display_name(f.task) + " failed with " + error};
        end_turn(f.task);
    }
    void operator()(const CallbackReturned&)
    {
        if (turn_.handle)
            close_turn();
    }

    void operator()(const WorkBegan& f)
    {
        if (!turn_.open || (turn_.work && f.span <= turn_.longest))
            return;
        turn_.work = f.kind;
        turn_.longest = f.span;
        turn_.line = telling().at_line();
    }

    void operator()(const TaskCreated& f)
    {
        if (!f.eager)
            task_ready(f.task);
    }
    void operator()(const TaskWoken& f) { task_ready(f.task); }
    void operator()(const CallbackScheduled& f) { handle_ready(f.handle); }
    void operator()(const TimerFired& f) { handle_ready(f.handle); }
    void operator()(const IoReady& f) { handle_ready(f.handle); }
    void operator()(const LoopWoken& f) { handle_ready(f.handle); }

    void begin_turn(TaskId task, HandleId handle)
    {
        turn_ = {};
        turn_.open = true;
        turn_.task = task;
        turn_.handle = handle;
        turn_.step = step();
        turn_.began = event_->when;
    }

    void end_turn(TaskId task)
    {
        if (turn_.open && turn_.task == task)
            close_turn();
    }

    void close_turn()
    {
        turn_.open = false;
        const Duration held = event_->when - turn_.began;
        if (held < slow_)
            return;
        const std::string who = turn_.task ? trace_.display_name(turn_.task) : capitalized(telling().callback(turn_.handle));
        const std::string waited = who_waited();
        Insight insight{.kind = Kind::SlowTurn,
                        .severity = waited.empty() ? Severity::Hint : Severity::Warning,
                        .sentence = who + " held the loop for " + format_duration(held) + " in one turn" + turn_.line + ", "
                            + (waited.empty() ? "though nobody had to wait for it." : "and " + waited + " had to wait meanwhile."),
                        .step = turn_.step,
                        .known = step(),
                        .task = turn_.task};
        found_.push_back(std::move(insight));
    }

    /// Who was ready, or due, before the turn was over.
    [[nodiscard]] std::string who_waited() const
    {
        std::vector<TaskId> tasks;
        std::size_t callbacks = 0;
        const auto note = [&](HandleId handle) {
            const FutureId fills = trace_.handle(handle).future;
            const std::vector<TaskId> waiting = fills ? telling().waiters(fills) : std::vector<TaskId>();
            tasks.insert(tasks.end(), waiting.begin(), waiting.end());
            callbacks += waiting.empty() ? 1 : 0;
        };
        const auto& cancelled = state_.cancelled_handles;
        for (const ReadyItem& item : state_.ready) {
            if (const auto* task = std::get_if<TaskId>(&item)) {
                if (since(tasks_since_, task->value) < event_->when)
                    tasks.push_back(*task);
            } else if (const HandleId handle = std::get<HandleId>(item);
                       since(handles_since_, handle.value) < event_->when
                       && std::find(cancelled.begin(), cancelled.end(), handle) == cancelled.end()) {
                note(handle);
            }
        }
        for (const TimerSnapshot& timer : state_.pending_timers())
            if (timer.deadline < event_->when)
                note(timer.handle);

        std::vector<std::string> words;
        const std::size_t shown = tasks.size() > most_clauses + 1 ? most_clauses : tasks.size();
        for (std::size_t i = 0; i < shown; ++i)
            words.push_back(trace_.display_name(tasks[i]));
        if (shown < tasks.size())
            words.push_back(std::to_string(tasks.size() - shown) + " more");
        if (callbacks > 0)
            words.push_back(format_count(callbacks, "callback"));
        return format_list(words);
    }

    void task_ready(TaskId task) { set_since(tasks_since_, task.value); }
    void handle_ready(HandleId handle) { set_since(handles_since_, handle.value); }

    void set_since(std::vector<TimePoint>& moments, std::uint32_t id) const
    {
        if (moments.size() < id)
            moments.resize(id);
        moments[id - 1] = event_->when;
    }
    [[nodiscard]] TimePoint since(const std::vector<TimePoint>& moments, std::uint32_t id) const
    {
        return id <= moments.size() ? moments[id - 1] : event_->when;
    }

    // ---- the end of all turns ----

    void operator()(const LoopStuck&)
    {
        end();
        const Telling now = telling();
        const WaitsFor waits(now);
        const std::vector<WaitsFor::Circle> circles = waits.circles();
        for (const WaitsFor::Circle& circle : circles) {
            add(Kind::Deadlock, Severity::Error, circle.tasks.front(),
                circle.words
                    + (circle.tasks.size() == 1 ? ", so it waits for ever." : ", so none of them can ever go on."));
            found_.back().circle = circle.tasks;
        }
        std::vector<TaskId> rest = waits.outside(circles);
        if (rest.empty())
            return;
        if (rest.size() > most_clauses) // what all the others wait for comes first
            std::stable_partition(rest.begin(), rest.end(), [&](TaskId task) { return waits.is_root(task); });
        // Those who wait for the same are named together.
        std::vector<std::pair<std::string, std::vector<std::string>>> waits_of;
        for (std::size_t i = 0; i < std::min(rest.size(), most_clauses); ++i) {
            const std::string words = waits.words_for(rest[i]);
            auto same = std::find_if(waits_of.begin(), waits_of.end(), [&](const auto& w) { return w.first == words; });
            if (same == waits_of.end())
                same = waits_of.insert(waits_of.end(), {words, {}});
            same->second.push_back(trace_.display_name(rest[i]));
        }
        std::vector<std::string> clauses;
        for (const auto& [words, names] : waits_of) {
            const std::vector<std::string> others(names.begin() + 1, names.end());
            clauses.push_back(names.front() + " " + words
                              + (others.empty() ? "" : ", as " + format_list(others) + (others.size() == 1 ? " does" : " do")));
        }
        if (rest.size() > most_clauses)
            clauses.push_back(format_count(rest.size() - most_clauses, "task") + " more "
                              + (rest.size() == most_clauses + 1 ? "waits" : "wait") + " as well");
        const std::string words = joined_clauses(clauses);
        add(Kind::Deadlock, Severity::Error, rest.front(), "Nothing can go on: " + words + ".");
    }

    void operator()(const OneOf<IterationBegan, SelectEntered, SelectReturned, CancelRequested, CancelTakenBack,
                                CoroutineEntered, CoroutineLeft, FutureCreated, CallbackFailed, CallbackSkipped,
                                CallbackCancelled, TimerScheduled, TimerCancelled, TimerDropped, TimersRebuilt,
                                IoStarted, BytesArrived, IoCancelled, WorkEnded, SlowTurnReported, ResourceAcquired,
                                ResourceReleased, EventSet, EventCleared, ConditionNotified, BarrierArrived,
                                BarrierLeft, BarrierReset, ItemPut, ItemTaken, ItemDone, QueueClosed,
                                ScopeEntered, ScopeLeft, TaskAdopted, GroupAborted, DeadlineSet,
                                TimeoutExpired, ValueChanged, WorkerStarted, WorkerReady, WorkerEnded,
                                CallQueued, CallSent, CallArrived, CallBegan, CallEnded, CallCancelled,
                                WorkerWorkBegan, WorkerWorkEnded, GilTaken, GilReleased, Noted> auto&)
    {
    }

    struct Turn {
        bool open = false;
        TaskId task;
        HandleId handle;
        std::size_t step = 0;
        TimePoint began;
        std::optional<WorkKind> work;
        Duration longest{0};
        std::string line; ///< of the longest work, " at line 12"
    };
    struct Failure {
        std::size_t step = 0;
        TaskId task;
        std::string words;
        bool dropped = false;
        std::size_t dropped_at = 0;
    };

    void end()
    {
        if (!std::exchange(over_, true))
            over_at_ = step();
    }

    [[nodiscard]] std::size_t step() const { return state_.step - 1; }
    [[nodiscard]] Telling telling() const { return Telling(trace_, step(), state_, no_causes_, no_names_); }

    void add(Kind kind, Severity severity, TaskId task, std::string sentence)
    {
        found_.push_back({.kind = kind, .severity = severity, .sentence = std::move(sentence), .step = step(), .known = step(), .task = task});
    }

    const Trace& trace_;
    Duration slow_;
    Snapshot state_; ///< after the fact in hand
    const TraceEvent* event_ = nullptr;
    TaskId runs_; ///< who has the turn in which the fact happens
    const std::vector<Cause> no_causes_;
    const LineNamer no_names_;
    Turn turn_;
    std::vector<TimePoint> tasks_since_;   ///< by task: when it last became ready
    std::vector<TimePoint> handles_since_; ///< by handle: when it joined the queue
    std::map<FutureId, Failure> failures_; ///< that nobody has taken notice of
    bool over_ = false; ///< nothing of the program runs any more
    std::size_t over_at_ = 0; ///< index of the fact since which that is so
    std::vector<Insight> found_;
};

} // namespace

std::vector<Insight> insights_of(const Trace& trace, Duration slow) { return InsightFold(trace, slow).run(); }

} // namespace loopscope
