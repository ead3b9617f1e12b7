#include "core/trace/telling.h"

#include "core/base/format.h"

#include <algorithm>
#include <cassert>

namespace loopscope {
namespace {

constexpr std::size_t most_names = 4; ///< more would not be read

/// "sleep 1.0 s" as a thing: "a sleep of 1.0 s".
std::string sleep_phrase(std::string_view label)
{
    constexpr std::string_view word = "sleep ";
    if (!label.starts_with(word))
        return "a sleep";
    return "a sleep of " + std::string(label.substr(word.size()));
}

std::string or_else(std::string_view label, std::string_view otherwise)
{
    return std::string(label.empty() ? otherwise : label);
}

/// A name that the program gave to a callback: it may be a word, which would read as one of ours.
std::string quoted(std::string_view label) { return "“" + std::string(label) + "”"; }

/// " at line 12" → "At line 12, ".
std::string as_beginning(const std::string& at_line)
{
    return at_line.empty() ? at_line : capitalized(at_line.substr(1)) + ", ";
}

std::string_view kind_word(ResourceKind kind)
{
    switch (kind) {
    case ResourceKind::Lock: return "lock";
    case ResourceKind::Event: return "event";
    case ResourceKind::Condition: return "condition";
    case ResourceKind::Semaphore: return "semaphore";
    case ResourceKind::Barrier: return "barrier";
    case ResourceKind::Queue: return "queue";
    }
    return "resource";
}

bool begins_turn(const Fact& fact)
{
    return std::holds_alternative<TaskStepped>(fact) || std::holds_alternative<CallbackRan>(fact)
        || std::holds_alternative<IterationBegan>(fact) || std::holds_alternative<LoopPhaseEntered>(fact)
        || std::holds_alternative<CallbackReturned>(fact);
}

} // namespace

std::string capitalized(std::string phrase)
{
    if (!phrase.empty() && phrase.front() >= 'a' && phrase.front() <= 'z')
        phrase.front() = static_cast<char>(phrase.front() - 'a' + 'A');
    return phrase;
}

std::string as_first_words(std::string phrase)
{
    const bool function = phrase.substr(0, phrase.find(' ')).find('(') != std::string::npos;
    return function ? phrase : capitalized(std::move(phrase));
}

std::string_view noun_of(const FutureInfo& future)
{
    switch (future.kind) {
    case FutureKind::Sleep: return "sleep";
    case FutureKind::Gather: return "gather()";
    case FutureKind::Shield: return "shield()";
    case FutureKind::Wait: return "wait()";
    default: return is_only_a_wait(future.kind) ? "wait" : "future";
    }
}

bool is_only_a_wait(FutureKind kind)
{
    switch (kind) {
    case FutureKind::Plain:
    case FutureKind::Task:
    case FutureKind::Sleep:
    case FutureKind::Gather:
    case FutureKind::Wait:
    case FutureKind::Shield: return false;
    case FutureKind::Io:
    case FutureKind::Group:
    case FutureKind::Lock:
    case FutureKind::Event:
    case FutureKind::Condition:
    case FutureKind::Semaphore:
    case FutureKind::Barrier:
    case FutureKind::Queue:
    case FutureKind::Thread:
    case FutureKind::Process: return true;
    }
    return false;
}

Telling::Telling(const Trace& trace, std::size_t index, const Snapshot& after, const std::vector<Cause>& causes,
                 const LineNamer& line_name, Outlook outlook)
    : trace_(trace)
    , index_(index)
    , event_(trace[index])
    , after_(after)
    , causes_(causes)
    , line_name_(line_name)
    , outlook_(outlook)
{
    assert(after.step == index + 1);
}

std::string Telling::names(const std::vector<TaskId>& tasks) const
{
    std::vector<std::string> words;
    const std::size_t shown = tasks.size() > most_names + 1 ? most_names : tasks.size();
    for (std::size_t i = 0; i < shown; ++i)
        words.push_back(name(tasks[i]));
    if (shown < tasks.size())
        words.push_back(std::to_string(tasks.size() - shown) + " more");
    return format_list(words);
}

std::string Telling::actor() const
{
    if (after_.running)
        return name(after_.running);
    if (after_.running_handle)
        return callback(after_.running_handle);
    return after_.phase == LoopPhase::CancellingLeftovers || after_.phase == LoopPhase::JoiningThreads || after_.iteration == 0 ? "asyncio.run()" : "the loop";
}

std::string Telling::actor_first() const
{
    const bool by_name = after_.running || actor().starts_with("asyncio");
    return by_name ? actor() : capitalized(actor());
}

std::string Telling::named_line(PlaceId place) const
{
    if (!is_program_line(trace_, place))
        return {};
    const std::string line = line_name_ ? line_name_(place) : "line " + std::to_string(trace_.place(place).line);
    return line.empty() ? line : " at " + line;
}

std::string Telling::at_line() const
{
    if (is_program_line(trace_, event_.place))
        return named_line(event_.place);
    // Inside a coroutine of the library, the line that awaits that coroutine is the program's.
    const bool in_library = event_.place != PlaceId::None && after_.running && after_.task(after_.running).depth > 0;
    return in_library ? named_line(awaiting_line(after_.running)) : std::string();
}

std::vector<std::size_t> Telling::open_coroutines(TaskId task) const
{
    std::vector<std::size_t> open;
    int inner = 0; // coroutines that it has left again
    for (std::size_t i = index_; i-- > trace_.task(task).created;) {
        const TraceEvent event = trace_[i];
        if (const auto* left = std::get_if<CoroutineLeft>(&event.fact); left && left->task == task) {
            ++inner;
        } else if (const auto* entered = std::get_if<CoroutineEntered>(&event.fact); entered && entered->task == task) {
            if (inner > 0) {
                --inner;
                continue;
            }
            open.push_back(i);
            if (is_program_line(trace_, event.place))
                break;
        }
    }
    return open;
}

PlaceId Telling::awaiting_line(TaskId task) const
{
    const std::vector<std::size_t> open = open_coroutines(task);
    const PlaceId place = open.empty() ? PlaceId::None : trace_[open.back()].place;
    return is_program_line(trace_, place) ? place : PlaceId::None;
}

std::string Telling::at_line_of(TaskId task) const { return named_line(after_.task(task).place); }

std::string Telling::line_first(TaskId task) const { return as_beginning(at_line_of(task)); }
std::string Telling::line_of_fact_first() const { return as_beginning(at_line()); }

std::string Telling::its(FutureId future) const
{
    const std::string what = awaited(future);
    return what.starts_with("a ") ? "its" + what.substr(1) : what;
}

std::string Telling::awaited(FutureId future) const
{
    const FutureInfo& info = trace_.future(future);
    const auto named = [&](std::string_view noun) { return or_else(info.label, noun); };
    if (info.resource) {
        switch (info.end) {
        case QueueEnd::None: return resource(info.resource);
        case QueueEnd::Get: return "an item of " + resource(info.resource);
        case QueueEnd::Put: return "room in " + resource(info.resource);
        case QueueEnd::Join: return "the last task_done() of " + resource(info.resource);
        }
    }
    switch (info.kind) {
    case FutureKind::Plain: return info.label.empty() || info.label == "future" ? "a future" : std::string(info.label);
    case FutureKind::Task: return info.task ? name(info.task) : named("a task");
    case FutureKind::Sleep: return sleep_phrase(info.label);
    case FutureKind::Gather: return named("gather()");
    case FutureKind::Io:
        if (info.label == "connect")
            return "the connection" + (info.channel && !trace_.channel(info.channel).peer.empty()
                                           ? " to " + std::string(trace_.channel(info.channel).peer)
                                           : std::string());
        if (info.channel && !trace_.channel(info.channel).peer.empty())
            return "the " + named("answer") + " of " + std::string(trace_.channel(info.channel).peer);
        return "the " + named("answer");
    case FutureKind::Wait: return named("wait()");
    case FutureKind::Shield: return named("shield()");
    case FutureKind::Group: return "the end of the " + named("task group");
    case FutureKind::Lock: return "the " + named("lock");
    case FutureKind::Event: return "the " + named("event");
    case FutureKind::Condition: return "the " + named("condition");
    case FutureKind::Semaphore: return "the " + named("semaphore");
    case FutureKind::Barrier: return "the " + named("barrier");
    case FutureKind::Queue: return named("the queue");
    case FutureKind::Thread: return info.call ? "the result from a thread" : "the end of all threads";
    case FutureKind::Process: return "the result from a process";
    }
    return named("a future");
}

std::string Telling::callback(HandleId handle) const
{
    const HandleInfo& info = trace_.handle(handle);
    switch (info.kind) {
    case CallbackKind::SleepEnds: return "the callback of " + or_else(info.label, "a sleep");
    case CallbackKind::Done: {
        const std::string whose = info.future ? awaited(info.future) : "a future";
        if (info.label.empty())
            return "the done callback of " + whose;
        // What asyncio leaves is called like the function; "task group" is no function.
        const bool function = info.label == "gather" || info.label == "wait" || info.label == "shield";
        return "the callback that " + std::string(info.label == "task group" ? "the " : "") + std::string(info.label)
            + (function ? "()" : "") + " left with " + whose;
    }
    case CallbackKind::Reader:
        if (info.future && trace_.future(info.future).channel)
            return "the callback of " + socket(trace_.future(info.future).channel);
        return "the callback of " + or_else(info.label, "a socket");
    case CallbackKind::Timeout: return "the callback of a timeout";
    case CallbackKind::Stop: return "the callback that stops the loop";
    case CallbackKind::Thread:
        if (info.future)
            return "the callback that hands over what " + call(trace_.future(info.future).call) + " has given";
        return info.label.empty() ? "a callback of another thread" : "the callback " + quoted(info.label);
    case CallbackKind::WakeUp: return "the callback that empties the loop's own pipe";
    case CallbackKind::Plain: break;
    }
    return info.label.empty() ? "a callback" : "the callback " + quoted(info.label);
}

std::string Telling::timer(HandleId handle) const
{
    const HandleInfo& info = trace_.handle(handle);
    if (info.kind == CallbackKind::SleepEnds)
        return "the timer of " + or_else(info.label, "a sleep");
    if (info.kind == CallbackKind::Timeout)
        return "the deadline of a timeout";
    return info.label.empty() ? "a timer" : "the timer of " + quoted(info.label);
}

std::string Telling::resource(ResourceId id) const
{
    const std::string_view kind = kind_word(trace_.resource(id).kind);
    const std::string name = trace_.display_name(id);
    for (std::uint32_t i = 1; i <= trace_.resource_count(); ++i) // a condition's own lock has its name
        if (trace_.resource({i}).lock == id && trace_.resource({i}).label == trace_.resource(id).label)
            return "the lock of " + resource({i});
    const bool says_kind = name.find(kind) != std::string::npos;
    return "the " + (says_kind ? name : std::string(kind) + " " + name);
}

std::string Telling::socket(ChannelId channel) const
{
    const ChannelInfo& info = trace_.channel(channel);
    return info.peer.empty() ? "the socket" : "the socket of " + std::string(info.peer);
}

std::string_view Telling::what_for(ChannelId channel) const
{
    const std::string_view label = trace_.channel(channel).label;
    return label == "connect" || label == "room" ? "writable" : "readable";
}

std::string Telling::worker(WorkerId worker) const
{
    if (!worker)
        return "the loop's own thread";
    const WorkerInfo& info = trace_.worker(worker);
    return (info.kind == WorkerKind::Process ? "the process " : "the thread ") + std::string(info.name);
}

std::string Telling::call(CallId call) const
{
    if (!call || !trace_.call(call).task)
        return "a call";
    return "the call for " + name(trace_.call(call).task);
}

std::string Telling::item(const ReadyItem& item) const
{
    const auto* task = std::get_if<TaskId>(&item);
    return task ? name(*task) : callback(std::get<HandleId>(item));
}

std::string Telling::joins_queue() const
{
    const auto& ready = after_.ready;
    if (ready.size() < 2)
        return looks_ahead() ? "joins the ready queue and is next" : "joins the ready queue";
    return "joins the ready queue behind " + item(ready[ready.size() - 2]);
}

std::string Telling::next_in_queue() const
{
    if (!looks_ahead())
        return {};
    if (after_.ready.empty())
        return "Nobody else is ready.";
    return "Next in the ready queue is " + item(after_.ready.front()) + ".";
}

std::vector<TaskId> Telling::waiters(FutureId future) const
{
    std::vector<TaskId> found;
    for (const TaskSnapshot& task : after_.tasks)
        if (task.state == TaskState::Waiting && task.waiting_on == future)
            found.push_back(task.id);
    return found;
}

std::vector<ReadyItem> Telling::sent_by(FutureId future) const
{
    std::vector<ReadyItem> found;
    for (std::size_t i = index_ + 1; i < trace_.size(); ++i) {
        const Fact fact = trace_[i].fact;
        if (begins_turn(fact))
            break;
        if (const auto* woken = std::get_if<TaskWoken>(&fact); woken && woken->by == future)
            found.push_back(woken->task);
        if (const auto* scheduled = std::get_if<CallbackScheduled>(&fact);
            scheduled && trace_.handle(scheduled->handle).future == future)
            found.push_back(scheduled->handle);
    }
    return found;
}

std::string Telling::they_join(const std::vector<ReadyItem>& items, std::string_view waits) const
{
    const auto is_task = [](const ReadyItem& item) { return std::holds_alternative<TaskId>(item); };
    const std::string join = items.size() == 1 ? " joins the ready queue next." : " join the ready queue next.";
    if (items.empty())
        return {};
    const std::size_t verb = waits.find(' ');
    const std::string one = ", which " + std::string(waits.substr(0, verb)) + "s" + std::string(waits.substr(verb));
    const std::string many = ", which " + std::string(waits);
    if (std::all_of(items.begin(), items.end(), is_task)) {
        std::vector<TaskId> tasks;
        for (const ReadyItem& item : items)
            tasks.push_back(std::get<TaskId>(item));
        return names(tasks) + (tasks.size() == 1 ? one : many) + "," + join;
    }
    std::vector<std::string> words;
    for (const ReadyItem& i : items)
        words.push_back(is_task(i) ? item(i) + one : item(i));
    const bool alike = words.size() > 1 && std::count(words.begin(), words.end(), words.front()) == static_cast<std::ptrdiff_t>(words.size());
    if (alike && words.front().starts_with("the callback")) // left by two that wait for the same
        return capitalized(format_count(words.size(), "callback") + words.front().substr(std::string_view("the callback").size())) + join;
    if (words.size() == 2 && is_task(items.back()) && !is_task(items.front()))
        return capitalized(words.front()) + " joins the ready queue next, and then " + words.back() + ".";
    if (!is_task(items.front()))
        words.front() = capitalized(words.front());
    return format_list(words) + join;
}

const Cause* Telling::cause() const
{
    const auto found = std::lower_bound(causes_.begin(), causes_.end(), index_,
                                        [](const Cause& c, std::size_t step) { return c.to_step < step; });
    return found != causes_.end() && found->to_step == index_ ? &*found : nullptr;
}

std::optional<TraceEvent> Telling::became_ready(TaskId task) const
{
    for (std::size_t i = index_; i-- > 0;) {
        const TraceEvent event = trace_[i];
        const auto* created = std::get_if<TaskCreated>(&event.fact);
        const auto* woken = std::get_if<TaskWoken>(&event.fact);
        const auto* yielded = std::get_if<TaskYielded>(&event.fact);
        if ((created && created->task == task) || (woken && woken->task == task) || (yielded && yielded->task == task))
            return event;
    }
    return std::nullopt;
}

bool Telling::was_asked_to_stop(TaskId task) const
{
    for (std::size_t i = index_; i-- > 0;) {
        const Fact fact = trace_[i].fact;
        if (const auto* stepped = std::get_if<TaskStepped>(&fact); stepped && stepped->task == task)
            return false;
        if (const auto* asked = std::get_if<CancelRequested>(&fact); asked && asked->task == task)
            return true;
    }
    return false;
}

std::string Telling::still_suspended(TaskId except) const
{
    std::vector<TaskId> tasks;
    for (const TaskSnapshot& task : after_.tasks)
        if (task.state == TaskState::Waiting && task.id != except)
            tasks.push_back(task.id);
    if (tasks.empty())
        return {};
    if (tasks.front() == TaskId{1}) // main waits for the others, and is told last
        std::rotate(tasks.begin(), tasks.begin() + 1, tasks.end());
    return names(tasks) + " " + std::string(is_or_are(tasks.size())) + " still suspended.";
}

} // namespace loopscope
