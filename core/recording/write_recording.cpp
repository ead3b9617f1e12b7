#include "core/recording/line_writer.h"
#include "core/recording/members.h"
#include "core/recording/recording.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>
#include <vector>

namespace loopscope {
namespace {

using recorded::LineWriter;

/// Writes the tables of a trace row by row, each as soon as something names it: so a file that breaks off
/// describes all that its last fact speaks of.
class TableWriter {
public:
    TableWriter(const Trace& trace, LineWriter& line) : trace_(trace), line_(line) {}

    // What a fact or a row names is wanted. Texts, numbers and words name nothing.
    void operator()(PlaceId id) { want(places_.wanted, static_cast<std::size_t>(id)); }
    void operator()(StackId id) { want(stacks_.wanted, static_cast<std::size_t>(id)); }
    template <class Tag>
    void operator()(Id<Tag> id)
    {
        want(table(id).wanted, id.value);
    }
    void operator()(const auto&) {}

    void want_everything()
    {
        const auto all = [](Table& table, std::size_t count) { want(table.wanted, count); };
        all(places_, trace_.place_count() - 1);
        all(stacks_, trace_.stack_count() - 1);
        all(tasks_, trace_.task_count());
        all(futures_, trace_.future_count());
        all(handles_, trace_.handle_count());
        all(channels_, trace_.channel_count());
        all(resources_, trace_.resource_count());
        all(scopes_, trace_.scope_count());
        all(watches_, trace_.watch_count());
        all(workers_, trace_.worker_count());
        all(calls_, trace_.call_count());
    }

    /// Writes what is wanted and what that names in turn.
    void write()
    {
        for (bool more = true; more;) {
            more = rows(places_, [this](std::uint32_t n) { place(n); });
            more |= rows(stacks_, [this](std::uint32_t n) { stack(n); });
            more |= rows(tasks_, [this](std::uint32_t n) { task(n); });
            more |= rows(futures_, [this](std::uint32_t n) { future(n); });
            more |= rows(handles_, [this](std::uint32_t n) { row("handle", HandleId{n}, trace_.handle(HandleId{n})).end(); });
            more |= rows(channels_, [this](std::uint32_t n) { row("channel", ChannelId{n}, trace_.channel(ChannelId{n})).end(); });
            more |= rows(resources_, [this](std::uint32_t n) { row("resource", ResourceId{n}, trace_.resource(ResourceId{n})).end(); });
            more |= rows(scopes_, [this](std::uint32_t n) { row("scope", ScopeId{n}, trace_.scope(ScopeId{n})).end(); });
            more |= rows(watches_, [this](std::uint32_t n) { row("watch", WatchId{n}, trace_.watch(WatchId{n})).end(); });
            more |= rows(workers_, [this](std::uint32_t n) { row("worker", WorkerId{n}, trace_.worker(WorkerId{n})).end(); });
            more |= rows(calls_, [this](std::uint32_t n) { row("call", CallId{n}, trace_.call(CallId{n})).end(); });
        }
        for (const FutureId whole : std::exchange(wholes_, {}))
            parts(whole);
    }

private:
    struct Table {
        std::size_t wanted = 0;
        std::size_t written = 0;
    };

    static void want(std::size_t& wanted, std::size_t number) { wanted = std::max(wanted, number); }

    Table& table(TaskId) { return tasks_; }
    Table& table(FutureId) { return futures_; }
    Table& table(HandleId) { return handles_; }
    Table& table(ChannelId) { return channels_; }
    Table& table(ResourceId) { return resources_; }
    Table& table(ScopeId) { return scopes_; }
    Table& table(WatchId) { return watches_; }
    Table& table(WorkerId) { return workers_; }
    Table& table(CallId) { return calls_; }

    bool rows(Table& table, auto write)
    {
        const bool some = table.written < table.wanted;
        while (table.written < table.wanted)
            write(static_cast<std::uint32_t>(++table.written));
        return some;
    }

    LineWriter& row(std::string_view word, auto id, const auto& info)
    {
        line_.word(word)(id);
        std::apply([this](const auto&... columns) { ((line_(columns), (*this)(columns)), ...); }, recorded::columns_of(info));
        return line_;
    }

    void place(std::uint32_t number)
    {
        const Place& place = trace_.place(static_cast<PlaceId>(number));
        line_.word("place")(static_cast<PlaceId>(number))(place.file)(place.line)(place.function).end();
    }

    void stack(std::uint32_t number)
    {
        const Trace::StackNode& node = trace_.stack_node(static_cast<StackId>(number));
        (*this)(node.place); // written before the next round of stacks; a reader waits for both
        line_.word("stack")(static_cast<StackId>(number))(node.outer)(node.place).end();
    }

    void task(std::uint32_t number) { row("task", TaskId{number}, trace_.task(TaskId{number}))(trace_.ordinal(TaskId{number})).end(); }

    void future(std::uint32_t number)
    {
        const FutureId id{number};
        row("future", id, trace_.future(id)).end();
        (*this)(trace_.future(id).call);
        for (const FutureId part : trace_.parts(id))
            (*this)(part);
        if (!trace_.parts(id).empty())
            wholes_.push_back(id);
    }

    // The parts of a part come first, so that a reader sees at once that nothing is a part of itself.
    void parts(FutureId whole)
    {
        std::vector<FutureId> open{whole};
        while (!open.empty()) {
            const FutureId id = open.back();
            const std::size_t depth = open.size();
            if (parts_written_.count(id) == 0)
                for (const FutureId part : trace_.parts(id))
                    if (!trace_.parts(part).empty() && parts_written_.count(part) == 0)
                        open.push_back(part);
            if (open.size() > depth)
                continue;
            open.pop_back();
            if (!parts_written_.insert(id).second)
                continue;
            line_.word("parts")(id);
            for (const FutureId part : trace_.parts(id))
                line_(part);
            line_.end();
        }
    }

    const Trace& trace_;
    LineWriter& line_;
    Table places_, stacks_, tasks_, futures_, handles_, channels_, resources_, scopes_, watches_, workers_, calls_;
    std::vector<FutureId> wholes_; ///< whose parts are not written yet
    std::set<FutureId> parts_written_;
};

void write_code(LineWriter& line, std::string_view word, const RecordedCode& code)
{
    line.word(word)(code.file).end();
    for (const SourceLine& source : code.lines)
        line.word("line")(source.file_line)(source.text)(source.mark).end();
}

void write_head(LineWriter& line, const Recording& recording)
{
    line.word("loopscope").word("recording")(1).end();
    line.word("lesson")(recording.run.lesson)(recording.title).end();
    line.word("question")(recording.question).end();
    line.word("variant")(recording.run.variant)(recording.variant_title)(recording.variant_summary).end();
    for (const RecordedParameter& parameter : recording.parameters) {
        line.word("parameter")(parameter.name)(parameter.label)(parameter.unit)(parameter.mattered);
        const auto& value = recording.run.values.all().find(parameter.name)->second;
        if (const auto* number = std::get_if<double>(&value))
            line.word(parameter.whole ? "whole" : "number")(*number).end();
        else
            line.word("word")(*std::get_if<std::string>(&value)).end();
    }
    write_code(line, "python", recording.python);
    write_code(line, "c++", recording.cpp);
}

void write_outcome(LineWriter& line, const Outcome& outcome, int depth)
{
    line.word("outcome")(depth);
    switch (outcome.kind) {
    case Outcome::Kind::Result: line.word("result"); break;
    case Outcome::Kind::Exception: line.word("exception")(outcome.type)(outcome.message); break;
    case Outcome::Kind::Deadlock: line.word("deadlock"); break;
    case Outcome::Kind::GaveUp: line.word("gave-up")(outcome.message); break;
    }
    for (const std::string& name : outcome.waiting)
        line(name);
    line.end();
    for (const Outcome& inner : outcome.exceptions)
        write_outcome(line, inner, depth + 1);
}

// Where the ordinals alone would tell another number: a task that was renamed leaves a gap.
void write_namesakes(LineWriter& line, const Trace& trace)
{
    std::map<std::string_view, std::uint32_t> most;
    for (std::uint32_t number = 2; number <= trace.task_count(); ++number) {
        std::uint32_t& ordinal = most[trace.task(TaskId{number}).coroutine];
        ordinal = std::max(ordinal, trace.ordinal(TaskId{number}));
    }
    for (const auto& [coroutine, ordinal] : most)
        if (ordinal > 0 && trace.namesakes(coroutine) != ordinal)
            line.word("namesakes")(coroutine)(trace.namesakes(coroutine)).end();
}

} // namespace

std::string write_recording(const Recording& recording)
{
    std::string text;
    LineWriter line(text);
    write_head(line, recording);

    const Trace& trace = *recording.run.trace;
    TableWriter tables(trace, line);
    auto remark = recording.remarks.begin();
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        tables(event.place);
        std::visit(
            [&](const auto& fact) {
                const auto members = recorded::members_of(fact);
                std::apply([&](const auto&... member) { (tables(member), ...); }, members);
                tables.write();
                for (; remark != recording.remarks.end() && remark->step <= step; ++remark)
                    line.word("remark")(remark->text).end();
                line(event.when)(event.place).word(recorded::word_of_fact(std::type_identity<std::decay_t<decltype(fact)>>{}));
                std::apply([&](const auto&... member) { (line(member), ...); }, members);
                line.end();
            },
            event.fact);
    }
    tables.want_everything();
    tables.write();
    write_namesakes(line, trace);
    write_outcome(line, recording.run.outcome, 0);
    line.word("end")(trace.size()).end();
    return text;
}

} // namespace loopscope
