#include "core/lesson/measures.h"

#include "core/base/format.h"
#include "core/lesson/goal_node.h"
#include "core/trace/explain.h"
#include "core/trace/snapshot.h"
#include "core/trace/subject.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <set>
#include <utility>

namespace loopscope {

Measures::Measures(const Lesson& lesson, const Run& run)
    : Measures(lesson, run, spans_of(*run.trace))
{
}

Measures::Measures(const Lesson& lesson, const Run& run, const RunSpans& spans)
    : Measures(lesson, run, spans, stats_of(*run.trace, spans), notes_of(*run.trace))
{
}

Measures::Measures(const Lesson& lesson, Run run, RunSpans spans, RunStats stats, std::vector<Note> notes)
    : parts_(std::make_unique<Parts>(Parts{.lesson = &lesson,
                                           .run = std::move(run),
                                           .spans = std::move(spans),
                                           .stats = std::move(stats),
                                           .notes = std::move(notes)}))
{
}

Measures::~Measures() = default;
Measures::Measures(Measures&&) noexcept = default;

const Lesson& Measures::lesson() const { return *parts_->lesson; }
const Run& Measures::run() const { return parts_->run; }

namespace detail {
namespace {

using Parts = Measures::Parts;

double number(Duration span) { return to_seconds(span); }
double number(std::size_t count) { return static_cast<double>(count); }

bool is_like(std::string_view text, std::string_view pattern)
{
    // Greedy: when what follows the last star does not fit, that star takes one character more.
    std::size_t t = 0;
    std::size_t p = 0;
    std::size_t star = std::string_view::npos;
    std::size_t taken = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            taken = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != std::string_view::npos) {
            p = star + 1;
            t = ++taken;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

template <class F>
std::size_t count_of(const Trace& trace)
{
    std::size_t count = 0;
    for (std::size_t step = 0; step < trace.size(); ++step)
        count += std::holds_alternative<F>(trace[step].fact) ? 1 : 0;
    return count;
}

std::size_t workers_of(const Trace& trace, WorkerKind kind)
{
    std::size_t count = 0;
    for (std::uint32_t i = 1; i <= trace.worker_count(); ++i)
        count += trace.worker(WorkerId{i}).kind == kind ? 1 : 0;
    return count;
}

bool is_over_at(const TaskLane& lane, std::size_t step)
{
    return lane.end.kind != LaneEnd::Kind::Open && lane.end.step <= step;
}

std::size_t pending_at_exit(const Parts& run)
{
    const TaskLane* main = run.main();
    const std::size_t exit = main && main->end.kind != LaneEnd::Kind::Open ? main->end.step : run.spans.facts;
    std::size_t count = 0;
    for (const TaskLane& lane : run.spans.tasks)
        count += &lane != main && lane.created <= exit && !is_over_at(lane, exit) ? 1 : 0;
    return count;
}

std::string outcome_word(const Outcome& outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Result: return "result";
    case Outcome::Kind::Exception: return outcome.type;
    case Outcome::Kind::Deadlock: return "deadlock";
    case Outcome::Kind::GaveUp: return "gave up";
    }
    return {};
}

GoalValue total(const Parts& run)
{
    const TaskLane* main = run.main();
    if (!main || main->end.kind == LaneEnd::Kind::Open)
        return Never{};
    return number(main->end.when - TimePoint{});
}

using Measure = std::function<GoalValue(const Parts&)>;
const std::vector<std::pair<std::string, Measure>>& measures()
{
    static const std::vector<std::pair<std::string, Measure>> all = {
        {"total", total},
        {"makespan", [](const Parts& r) { return number(r.stats.makespan); }},
        {"busy", [](const Parts& r) { return number(r.stats.busy); }},
        {"computing", [](const Parts& r) { return number(r.stats.computing); }},
        {"idle", [](const Parts& r) { return number(r.stats.idle); }},
        {"waiting", [](const Parts& r) { return number(r.stats.waiting); }},
        {"longest_turn", [](const Parts& r) { return number(r.stats.largest_gap); }},
        {"switches", [](const Parts& r) { return number(r.stats.switches); }},
        {"passes", [](const Parts& r) { return number(r.stats.iterations); }},
        {"tasks", [](const Parts& r) { return number(r.stats.tasks); }},
        {"timers", [](const Parts& r) { return number(r.stats.timers); }},
        {"requests", [](const Parts& r) { return number(count_of<IoStarted>(r.trace())); }},
        {"peak_requests", [](const Parts& r) { return number(r.stats.peak_in_flight); }},
        {"threads", [](const Parts& r) { return number(workers_of(r.trace(), WorkerKind::Thread)); }},
        {"processes", [](const Parts& r) { return number(workers_of(r.trace(), WorkerKind::Process)); }},
        {"errors",
         [](const Parts& r) { return number(count_of<TaskFailed>(r.trace()) + count_of<CallbackFailed>(r.trace())); }},
        {"pending_at_exit", [](const Parts& r) { return number(pending_at_exit(r)); }},
        {"all_done", [](const Parts& r) { return total(r).as<Never>() == nullptr && pending_at_exit(r) == 0; }},
        {"outcome", [](const Parts& r) { return outcome_word(r.run.outcome); }},
        {"order", [](const Parts& r) { return prints_like(r, "*"); }},
        {"variant", [](const Parts& r) { return r.run.variant; }},
    };
    return all;
}

// The tasks that go by this name; not one is a problem.
std::set<TaskId> tasks_named(const Parts& run, const std::string& name, std::size_t at)
{
    const Trace& trace = run.trace();
    std::set<TaskId> found;
    std::vector<std::string> names;
    for (const TaskLane& lane : run.spans.tasks) {
        const std::string shown = trace.display_name(lane.task);
        if (shown == name)
            return {lane.task};
        if (trace.task(lane.task).coroutine == name)
            found.insert(lane.task);
        names.push_back(shown);
        names.emplace_back(trace.task(lane.task).coroutine);
    }
    if (found.empty()) {
        const std::string near = nearest_word(name, names);
        throw GoalProblem{at, "this run has no task \"" + name + "\""
                                  + (near.empty() ? "." : "; did you mean \"" + near + "\"?")};
    }
    return found;
}

TaskId one_task_named(const Parts& run, const std::string& name, std::size_t at)
{
    const std::set<TaskId> found = tasks_named(run, name, at);
    if (found.size() > 1)
        throw GoalProblem{at, "several tasks are called \"" + name + "\"; say which: \""
                                  + run.trace().display_name(*found.begin()) + "\"?"};
    return *found.begin();
}

// What a watched variable's text is worth.
GoalValue value_in(std::string_view text)
{
    if (text == "True" || text == "False")
        return text == "True";
    double value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (!text.empty() && read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(value))
        return value;
    return std::string(text);
}

std::string word_of(TaskState state)
{
    switch (state) {
    case TaskState::Ready: return "ready";
    case TaskState::Running: return "running";
    case TaskState::Waiting: return "waiting";
    case TaskState::Finished: return "finished";
    case TaskState::Failed: return "failed";
    case TaskState::Cancelled: return "cancelled";
    }
    return {};
}

template <std::size_t... I>
std::vector<std::string> names_of_facts(std::index_sequence<I...>)
{
    return {std::string(fact_name(Fact(std::in_place_index<I>)))...};
}

// `before` is the state before the fact.
TaskId task_of(const Fact& fact, const Snapshot& before)
{
    const TaskId subject = subject_of(fact);
    return subject == TaskId{} && !is_beside_the_loop(fact) ? before.running : subject;
}

} // namespace

const std::vector<std::string>& goal_measures()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const auto& [name, measured] : measures())
            all.push_back(name);
        return all;
    }();
    return names;
}

std::optional<GoalValue> measure(const Parts& run, std::string_view name)
{
    for (const auto& [known, measured] : measures())
        if (known == name)
            return measured(run);
    return std::nullopt;
}

std::optional<GoalValue> watched_value(const Parts& run, std::string_view name, std::optional<TimePoint> until)
{
    const Trace& trace = run.trace();
    bool known = false;
    GoalValue value;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        const auto* changed = std::get_if<ValueChanged>(&event.fact);
        if (!changed || trace.watch(changed->watch).label != name)
            continue;
        known = true;
        if (!until || event.when <= *until)
            value = value_in(changed->text);
    }
    return known ? std::optional(value) : std::nullopt;
}

GoalValue::List prints_like(const Parts& run, std::string_view pattern)
{
    GoalValue::List texts;
    for (const Note& note : run.notes)
        if (is_like(note.text, pattern))
            texts.emplace_back(std::string(note.text));
    return texts;
}

GoalValue nth_print(const Parts& run, std::string_view pattern, int n)
{
    std::vector<Moment> moments;
    for (const Note& note : run.notes)
        if (is_like(note.text, pattern))
            moments.push_back({note.step, note.when});
    const Moment* found = nth(moments, n);
    return found ? GoalValue(*found) : GoalValue();
}

GoalValue largest_gap(const Parts& run, const std::string& task, std::size_t at)
{
    std::optional<Duration> largest;
    for (const TaskId id : tasks_named(run, task, at)) {
        std::optional<TimePoint> before;
        const auto next = [&](TimePoint when) {
            if (before)
                largest = std::max(largest.value_or(Duration{0}), when - *before);
            before = when;
        };
        for (const Note& note : run.notes)
            if (note.task == id)
                next(note.when);
        // A task that goes on as long as main has been silent until main ends, too.
        const TaskLane* main = run.main();
        const TaskLane& lane = run.spans.tasks[id.value - 1];
        if (main && main->end.kind != LaneEnd::Kind::Open && !is_over_at(lane, main->end.step) && before)
            next(main->end.when);
    }
    return largest ? GoalValue(number(*largest)) : GoalValue();
}

GoalValue peak_of(const Parts& run, const std::string& name, std::size_t at)
{
    const Trace& trace = run.trace();
    std::optional<double> peak;
    std::vector<std::string> names;
    const auto reached = [&](double value) { peak = std::max(peak.value_or(value), value); };
    const auto means = [&](ResourceId id) { return trace.display_name(id) == name; };
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const Fact fact = trace[step].fact;
        if (const auto* put = std::get_if<ItemPut>(&fact); put && means(put->queue)) {
            reached(put->items);
        } else if (const auto* acquired = std::get_if<ResourceAcquired>(&fact); acquired && means(acquired->resource)) {
            const ResourceInfo& info = trace.resource(acquired->resource);
            reached((info.kind == ResourceKind::Lock ? 1.0 : info.capacity) - acquired->free);
        } else if (const auto* arrived = std::get_if<BarrierArrived>(&fact); arrived && means(arrived->barrier)) {
            reached(arrived->inside);
        } else if (const auto* changed = std::get_if<ValueChanged>(&fact);
                   changed && trace.watch(changed->watch).label == name) {
            const GoalValue value = value_in(changed->text);
            if (!value.as<double>())
                throw GoalProblem{at, "\"" + name + "\" is not a number, so it has no greatest value."};
            reached(*value.as<double>());
        }
    }
    if (peak)
        return *peak;
    for (std::uint32_t i = 1; i <= trace.resource_count(); ++i) {
        if (means(ResourceId{i}))
            return 0.0;
        names.push_back(trace.display_name(ResourceId{i}));
    }
    const std::string near = nearest_word(name, names);
    throw GoalProblem{at, "this run has no queue, lock, semaphore or watched variable \"" + name + "\""
                              + (near.empty() ? "." : "; did you mean \"" + near + "\"?")};
}

GoalValue state_of(const Parts& run, const std::string& task, TimePoint when, std::size_t at)
{
    const TaskId id = one_task_named(run, task, at);
    const Trace& trace = run.trace();
    Snapshot state;
    while (state.step < trace.size() && trace.when(state.step) <= when)
        apply(state, trace);
    if (state.tasks.size() < id.value)
        return std::string("not made");
    return word_of(state.task(id).state);
}

double tasks_alive(const Parts& run, TimePoint when)
{
    std::size_t count = 0;
    for (const TaskLane& lane : run.spans.tasks) {
        const bool over = lane.end.kind != LaneEnd::Kind::Open && lane.end.when <= when;
        count += &lane != run.main() && lane.created_at <= when && !over ? 1 : 0;
    }
    return number(count);
}

GoalValue nth_resume(const Parts& run, const std::string& task, int n, std::size_t at)
{
    const TaskId id = one_task_named(run, task, at);
    const Trace& trace = run.trace();
    std::vector<TimePoint> turns;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        const auto* stepped = std::get_if<TaskStepped>(&event.fact);
        if (stepped && stepped->task == id)
            turns.push_back(event.when);
    }
    if (!turns.empty())
        turns.erase(turns.begin()); // the first turn begins the task, and resumes nothing
    const TimePoint* found = nth(turns, n);
    return found ? GoalValue(to_seconds(*found)) : GoalValue();
}

double passes_between(const Parts& run, TimePoint from, TimePoint to)
{
    const Trace& trace = run.trace();
    std::size_t count = 0;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        count += std::holds_alternative<IterationBegan>(event.fact) && event.when > from && event.when < to ? 1 : 0;
    }
    return number(count);
}

std::vector<Moment> facts_named(const Parts& run, const std::string& name, const std::string& task, std::size_t at)
{
    static const std::vector<std::string> names
        = names_of_facts(std::make_index_sequence<std::variant_size_v<Fact>>());
    if (std::find(names.begin(), names.end(), name) == names.end()) {
        const std::string near = nearest_word(name, names);
        throw GoalProblem{at, "no fact is called \"" + name + "\""
                                  + (near.empty() ? "." : "; did you mean \"" + near + "\"?")};
    }
    std::set<TaskId> of;
    if (!task.empty())
        of = tasks_named(run, task, at);
    const Trace& trace = run.trace();
    std::vector<Moment> moments;
    Snapshot before;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        if (fact_name(event.fact) != name)
            continue;
        while (!task.empty() && before.step < step)
            apply(before, trace);
        if (task.empty() || of.count(task_of(event.fact, before)) > 0)
            moments.push_back({step, event.when});
    }
    return moments;
}

} // namespace detail
} // namespace loopscope
