#include "core/timeline/labels.h"

#include "core/base/format.h"
#include "core/timeline/flights.h"
#include "core/trace/stats.h"

#include <algorithm>

namespace loopscope {
namespace {

std::string_view kind_word(FutureKind kind)
{
    switch (kind) {
    case FutureKind::Plain: return "future";
    case FutureKind::Task: return "task";
    case FutureKind::Sleep: return "sleep";
    case FutureKind::Gather: return "gather";
    case FutureKind::Io: return "response";
    case FutureKind::Wait: return "wait";
    case FutureKind::Shield: return "shield";
    case FutureKind::Group: return "task group";
    case FutureKind::Lock: return "lock";
    case FutureKind::Event: return "event";
    case FutureKind::Condition: return "condition";
    case FutureKind::Semaphore: return "semaphore";
    case FutureKind::Barrier: return "barrier";
    case FutureKind::Queue: return "queue";
    case FutureKind::Thread: return "thread";
    case FutureKind::Process: return "process";
    }
    return "future";
}

/// Whether a reader of Python would write `await` before it. A lock or a sleep says it by itself.
bool reads_with_await(FutureKind kind)
{
    return kind == FutureKind::Thread || kind == FutureKind::Process || kind == FutureKind::Plain || kind == FutureKind::Task || kind == FutureKind::Gather
        || kind == FutureKind::Io || kind == FutureKind::Wait || kind == FutureKind::Shield;
}

/// How many have begun and not ended after `step` facts.
std::ptrdiff_t going_on(const std::vector<Span>& spans, std::size_t step)
{
    return std::count_if(spans.begin(), spans.end(), [step](const Span& s) { return s.begin < step && s.end >= step; });
}

} // namespace

std::string wait_label(const Trace& trace, FutureId on)
{
    if (!on)
        return "nothing";
    const FutureInfo& future = trace.future(on);
    if (future.kind == FutureKind::Task && future.task)
        return trace.display_name(future.task);
    if (future.call)
        return detail::call_name(trace, future.call);
    if (const std::vector<FutureId>& parts = trace.parts(on); future.kind == FutureKind::Gather && parts.size() > 1
        && std::all_of(parts.begin(), parts.end(), [&](FutureId part) { return bool(trace.future(part).call); }))
        return "gather(" + format_count(parts.size(), "call") + ")";
    if (future.kind == FutureKind::Thread && future.label == "thread") // no call of the program: asyncio.run() ends the pool
        return "the threads' end";
    if (future.label == "as_completed.get") // the queue is asyncio's own
        return "next of as_completed";
    return std::string(future.label.empty() ? kind_word(future.kind) : future.label);
}

namespace detail {

std::size_t char_count(std::string_view text)
{
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

std::string cut_before_number(std::string_view text, std::size_t count)
{
    if (char_count(text) <= count)
        return std::string(text);
    std::string cut = cut_to(text, count);
    constexpr std::string_view ellipsis = "…";
    std::size_t kept = cut.size() - std::min(cut.size(), ellipsis.size());
    const auto is_number = [](char c) { return (c >= '0' && c <= '9') || c == '.'; };
    // A number that goes on behind the cut, or whose unit does, would be read as another one.
    const bool whole = kept > 0 && !is_number(text[kept - 1]) && text[kept - 1] != ' ';
    if (whole)
        return cut;
    while (kept > 0 && (is_number(text[kept - 1]) || text[kept - 1] == ' '))
        --kept;
    return kept == 0 ? std::string() : std::string(text.substr(0, kept)) + std::string(ellipsis);
}

std::string cut_to(std::string_view text, std::size_t count)
{
    if (char_count(text) <= count)
        return std::string(text);
    if (count == 0)
        return {};
    std::size_t bytes = 0;
    for (std::size_t seen = 0; bytes < text.size(); ++bytes)
        if ((static_cast<unsigned char>(text[bytes]) & 0xc0) != 0x80 && seen++ == count - 1)
            break;
    while (bytes > 0 && text[bytes - 1] == ' ')
        --bytes;
    return std::string(text.substr(0, bytes)) + "…";
}

std::vector<std::vector<std::string_view>> hosts_of(const Trace& trace)
{
    std::vector<std::vector<std::string_view>> hosts(trace.task_count());
    for (std::uint32_t i = 1; i <= trace.channel_count(); ++i) {
        const ChannelInfo& channel = trace.channel(ChannelId{i});
        if (!channel.task || channel.peer.empty())
            continue;
        std::vector<std::string_view>& known = hosts[channel.task.value - 1];
        if (std::find(known.begin(), known.end(), channel.peer) == known.end())
            known.push_back(channel.peer);
    }
    return hosts;
}

std::string call_name(const Trace& trace, CallId call)
{
    return trace.call_count() > 1 ? "call " + std::to_string(call.value) : "the call";
}

namespace {

/// A call, and what becomes of it: among several, which one it is tells more than for how long.
std::vector<std::string> call_wordings(const Trace& trace, const Span& span, const std::string& length)
{
    const bool several = trace.call_count() > 1;
    const std::string who = call_name(trace, span.call);
    const auto says = [&](const std::string& what) -> std::vector<std::string> {
        if (several)
            return {who + ' ' + what, who};
        return {what, length};
    };
    switch (span.kind) {
    case SpanKind::Blocking: return says("blocks " + length);
    case SpanKind::Computing: return says("computes " + length);
    case SpanKind::Queued: return says("waits " + length);
    case SpanKind::Sending: return says("is sent");
    case SpanKind::WaitingForGil: return {"waits for the interpreter", "waits"};
    default: return {};
    }
}

} // namespace

std::vector<std::string> wordings(const Trace& trace, const Span& span, bool with_host)
{
    const std::string length = format_duration(span.to - span.from);
    if (span.call)
        return call_wordings(trace, span, length);
    switch (span.kind) {
    case SpanKind::Waiting: {
        const std::string what = wait_label(trace, span.on);
        std::vector<std::string> words{what};
        if (span.on && reads_with_await(trace.future(span.on).kind) && !what.starts_with("await"))
            words.insert(words.begin(), "await " + what);
        if (const ChannelId channel = span.on ? trace.future(span.on).channel : ChannelId{}; with_host && channel)
            for (const std::string& word : std::vector(words.rbegin(), words.rend()))
                words.insert(words.begin(), word + " of " + std::string(trace.channel(channel).peer));
        // How long it takes says more than that it is a sleep.
        constexpr std::string_view nap = "sleep ";
        if (span.on && trace.future(span.on).kind == FutureKind::Sleep && what.starts_with(nap))
            words.push_back(what.substr(nap.size()));
        // "put" of "queue.put": the queue has a lane of its own.
        if (const std::size_t dot = what.rfind('.'); dot != std::string::npos && what.find(' ') == std::string::npos
            && span.on && trace.future(span.on).kind == FutureKind::Queue)
            words.push_back(what.substr(dot + 1));
        return words;
    }
    case SpanKind::Selecting: return {"idle: select(" + length + ")", "idle " + length, "idle"};
    case SpanKind::Computing: return {"computes " + length, length};
    case SpanKind::Blocking: return {"blocks " + length, length};
    case SpanKind::Ready:
        if (span.to > span.from)
            return {"waits for its turn", "ready"};
        return {"ready"};
    case SpanKind::StartingUp: return {"starts up " + length, "starts up", length};
    case SpanKind::WaitingForGil: return {"waits for the interpreter", "waits"};
    case SpanKind::Queued: return {"queued " + length, "queued"};
    case SpanKind::Sending: return {"sent"};
    case SpanKind::Running:
        if (span.handle && !span.task && trace.handle(span.handle).kind == CallbackKind::Plain
            && !trace.handle(span.handle).label.empty())
            return {std::string(trace.handle(span.handle).label)};
        return {};
    case SpanKind::InFlight: return {};
    }
    return {};
}

std::string loop_subtitle(const RunSpans&) { return "1 thread"; }

std::string task_subtitle(const Trace& trace, const TaskLane& lane, const std::string& title,
                          const std::vector<std::vector<std::string_view>>& hosts)
{
    // Where all talk to one host, its name tells no lane from another.
    const std::vector<std::string_view>& own = hosts[lane.task.value - 1];
    const bool differ = std::any_of(hosts.begin(), hosts.end(), [&](const std::vector<std::string_view>& others) {
        return !others.empty() && others != own;
    });
    if (own.size() == 1 && differ)
        return std::string(own.front());
    if (own.size() > 1)
        return format_count(own.size(), "host");
    const std::string coroutine(trace.task(lane.task).coroutine);
    if (coroutine == "shutdown_default_executor")
        return "asyncio.run()";
    // "main_wait" is main in one of a lesson's variants.
    if (title == coroutine || title.starts_with(coroutine + "-") || coroutine.starts_with(title + "_"))
        return {};
    return coroutine;
}

std::string worker_title(const Trace& trace, WorkerId worker)
{
    constexpr std::string_view spawned = "SpawnProcess-";
    const std::string_view name = trace.worker(worker).name;
    if (trace.worker(worker).kind != WorkerKind::Process || !name.starts_with(spawned))
        return std::string(name);
    return "process-" + std::string(name.substr(spawned.size()));
}

std::string worker_subtitle(const Trace& trace, WorkerId worker)
{
    return trace.worker(worker).kind == WorkerKind::Process ? "own interpreter" : "thread";
}

std::string calls_subtitle(const RunSpans& spans, std::optional<std::size_t> step)
{
    if (step)
        return std::to_string(going_on(spans.calls, *step)) + " waiting";
    return "up to " + std::to_string(most_at_once(spans.calls)) + " waiting";
}

std::string network_subtitle(const Trace& trace, const RunSpans& spans, std::optional<std::size_t> step)
{
    if (step)
        return std::to_string(in_flight(trace, spans, *step)) + " in flight";
    const Flights flights = flights_of(trace, spans);
    if (flights.streams)
        return format_count(flights.rows, "connection");
    const std::size_t most = most_in_flight(flights);
    return most > 1 ? "up to " + std::to_string(most) + " in flight" : "1 in flight";
}

} // namespace detail

void tell_numbers(TimelineScene& scene, const Trace& trace, const RunSpans& spans, std::optional<std::size_t> step)
{
    for (LaneRow& lane : scene.lanes)
        if (lane.subtitle.empty())
            continue; // the lanes are too low for one
        else if (lane.kind == LaneRow::Kind::Network)
            lane.subtitle = detail::network_subtitle(trace, spans, step);
        else if (lane.kind == LaneRow::Kind::Calls)
            lane.subtitle = detail::calls_subtitle(spans, step);
}

} // namespace loopscope
