#include "core/recording/table_reader.h"

#include "core/recording/members.h"

#include <utility>

namespace loopscope::recorded {
namespace {

// More than any run that can be looked at, and little enough that what grows with the square of it still
// comes to an end.
template <class Row>
constexpr std::size_t most = 250'000;
template <>
constexpr std::size_t most<Place> = 0xffff;
template <>
constexpr std::size_t most<FutureInfo> = 4'000'000;
template <>
constexpr std::size_t most<HandleInfo> = 4'000'000;
template <>
constexpr std::size_t most<Trace::StackNode> = 1'000'000;
template <>
constexpr std::size_t most<ResourceInfo> = 16'000;
template <>
constexpr std::size_t most<WatchInfo> = 16'000;
template <>
constexpr std::size_t most<WorkerInfo> = 4'000;

constexpr std::uint32_t deepest_stack = 100'000;
constexpr std::uint32_t most_parts = 250'000; // a part that is named twice counts twice, with its own
constexpr std::uint32_t highest_line = 10'000'000;

template <class Tag>
std::size_t number_of(Id<Tag> id)
{
    return id.value;
}
std::size_t number_of(PlaceId id) { return static_cast<std::size_t>(id); }
std::size_t number_of(StackId id) { return static_cast<std::size_t>(id); }

const std::string unknown_name = "it names something that is not described";

std::optional<ResourceKind> resource_of(FutureKind kind)
{
    switch (kind) {
    case FutureKind::Lock: return ResourceKind::Lock;
    case FutureKind::Event: return ResourceKind::Event;
    case FutureKind::Condition: return ResourceKind::Condition;
    case FutureKind::Semaphore: return ResourceKind::Semaphore;
    case FutureKind::Barrier: return ResourceKind::Barrier;
    case FutureKind::Queue: return ResourceKind::Queue;
    case FutureKind::Plain:
    case FutureKind::Task:
    case FutureKind::Sleep:
    case FutureKind::Gather:
    case FutureKind::Io:
    case FutureKind::Wait:
    case FutureKind::Shield:
    case FutureKind::Group:
    case FutureKind::Thread:
    case FutureKind::Process: break;
    }
    return std::nullopt;
}

} // namespace

bool TableReader::read(std::string_view word, LineReader& line, std::size_t number)
{
    if (word == "place")
        take<PlaceId, Place>(line, number);
    else if (word == "stack")
        take<StackId, Trace::StackNode>(line, number);
    else if (word == "task")
        take<TaskId, TaskRow>(line, number);
    else if (word == "future")
        take<FutureId, FutureInfo>(line, number);
    else if (word == "handle")
        take<HandleId, HandleInfo>(line, number);
    else if (word == "channel")
        take<ChannelId, ChannelInfo>(line, number);
    else if (word == "resource")
        take<ResourceId, ResourceInfo>(line, number);
    else if (word == "scope")
        take<ScopeId, ScopeInfo>(line, number);
    else if (word == "watch")
        take<WatchId, WatchInfo>(line, number);
    else if (word == "worker")
        take<WorkerId, WorkerInfo>(line, number);
    else if (word == "call")
        take<CallId, CallInfo>(line, number);
    else if (word == "parts")
        take_parts(line, number);
    else
        return false;
    some_wait_ = true;
    return true;
}

template <class IdType, class Row>
void TableReader::take(LineReader& line, std::size_t number)
{
    Rows<Row>& waiting = rows<Row>();
    const std::size_t next = known(static_cast<const Row*>(nullptr)) + waiting.size() + 1;
    IdType id{};
    line(id);
    if (number_of(id) != next)
        line.complain("its number does not follow the one before");
    if (next > most<Row>)
        line.complain("there are too many of its kind");
    Row row{};
    take_columns(line, row);
    line.end();
    if (line.ok())
        waiting.push_back({number, std::move(row)});
}

void TableReader::take_columns(LineReader& line, auto& row) const
{
    std::apply([&line](auto&... columns) { (line(columns), ...); }, columns_of(row));
}

void TableReader::take_columns(LineReader& line, TaskRow& row) const
{
    take_columns(line, static_cast<TaskInfo&>(row));
    line(row.ordinal);
}

void TableReader::take_columns(LineReader& line, Place& row) const
{
    line(row.file);
    line(row.line);
    line(row.function);
    if (row.line > highest_line)
        line.complain("no file has so many lines");
}

void TableReader::take_columns(LineReader& line, Trace::StackNode& row) const
{
    line(row.outer);
    line(row.place);
}

void TableReader::take_parts(LineReader& line, std::size_t number)
{
    PartsRow row;
    line(row.whole);
    while (line.ok() && !line.at_end())
        line(row.parts.emplace_back());
    if (line.ok())
        rows<PartsRow>().push_back({number, std::move(row)});
}

std::optional<Complaint> TableReader::commit()
{
    if (!std::exchange(some_wait_, false))
        return std::nullopt;
    std::optional<Complaint> first;
    const auto note = [&first](std::size_t line, std::string what) {
        if (!what.empty() && (!first || line < first->line))
            first = Complaint{line, std::move(what)};
    };
    const auto let_in = [&](auto& waiting) {
        for (auto& [line, row] : waiting) {
            if constexpr (std::is_same_v<std::decay_t<decltype(row)>, Trace::StackNode>)
                note(line, add_stack(row));
            else if constexpr (std::is_same_v<std::decay_t<decltype(row)>, CallInfo>)
                note(line, add_call(row));
            else if constexpr (std::is_same_v<std::decay_t<decltype(row)>, PartsRow>)
                note(line, add_parts(row));
            else if constexpr (std::is_same_v<std::decay_t<decltype(row)>, Place>) {
                if (!places_.insert(row.file + '\n' + std::to_string(row.line) + '\n' + row.function).second)
                    note(line, "the same place is there already");
                add(row);
            } else {
                add(row);
            }
        }
    };
    const auto look = [&](auto& waiting) {
        for (std::size_t i = waiting.size(); i-- > 0;) {
            const auto& [line, row] = waiting[i];
            note(line, fault(row, known(&row) - (waiting.size() - 1 - i)));
        }
        waiting.clear();
    };
    std::apply([&](auto&... waiting) { (let_in(waiting), ...); }, waiting_);
    rows<Place>().clear();
    rows<Trace::StackNode>().clear();
    rows<PartsRow>().clear();
    look(rows<TaskRow>());
    look(rows<FutureInfo>());
    look(rows<HandleInfo>());
    look(rows<ChannelInfo>());
    look(rows<ResourceInfo>());
    look(rows<ScopeInfo>());
    rows<WatchInfo>().clear();
    rows<WorkerInfo>().clear();
    rows<CallInfo>().clear();
    return first;
}

std::string TableReader::add_stack(const Trace::StackNode& row)
{
    const std::size_t next = trace_.stack_count();
    if (static_cast<std::size_t>(row.outer) >= next || row.place == PlaceId::None
        || static_cast<std::size_t>(row.place) >= trace_.place_count())
        return unknown_name;
    if (depth(row.outer) >= deepest_stack)
        return "it has too many awaits inside each other";
    if (static_cast<std::size_t>(trace_.intern_stack(row.outer, row.place)) != next)
        return "the same stack is there already";
    depths_.push_back(depth(row.outer) + 1);
    return {};
}

std::string TableReader::add_call(const CallInfo& row)
{
    if (!has(row.task) || !has(row.future))
        return unknown_name;
    trace_.add_call(row);
    return {};
}

// What is a part already takes no more parts: so nothing can be a part of itself, however long the way.
std::string TableReader::add_parts(const PartsRow& row)
{
    if (!row.whole || !has(row.whole) || row.parts.empty())
        return unknown_name;
    sizes_.resize(trace_.future_count(), 1);
    is_part_.resize(trace_.future_count());
    const std::size_t whole = row.whole.value - 1;
    if (is_part_[whole] || sizes_[whole] > 1)
        return "its parts come too late";
    std::uint64_t size = 1;
    for (const FutureId part : row.parts) {
        if (!part || !has(part) || part == row.whole)
            return unknown_name;
        is_part_[part.value - 1] = true;
        size += sizes_[part.value - 1];
    }
    if (size > most_parts)
        return "it has too many parts";
    sizes_[whole] = static_cast<std::uint32_t>(size);
    trace_.set_parts(row.whole, row.parts);
    return {};
}

std::string TableReader::fault(const TaskRow& row, std::size_t n) const
{
    if (!has(row.future) || !has(row.parent))
        return unknown_name;
    if (row.parent.value >= n)
        return "it was made by a task that comes later";
    if (!row.future || trace_.future(row.future).task.value != n)
        return "its future is that of another task";
    return {};
}

std::string TableReader::fault(const FutureInfo& row, std::size_t n) const
{
    if (!has(row.task) || row.channel.value > trace_.channel_count() || row.resource.value > trace_.resource_count())
        return unknown_name;
    if (row.task && trace_.task(row.task).future.value != n)
        return "its task is another future";
    if ((row.kind == FutureKind::Task) != static_cast<bool>(row.task))
        return "it is a task and is none";
    if (row.resource && resource_of(row.kind) != trace_.resource(row.resource).kind)
        return "one does not wait there in this way";
    return {};
}

std::string TableReader::fault(const HandleInfo& row, std::size_t) const
{
    return has(row.future) && has(row.by) ? std::string() : unknown_name;
}

std::string TableReader::fault(const ChannelInfo& row, std::size_t) const
{
    return has(row.task) && has(row.future) ? std::string() : unknown_name;
}

std::string TableReader::fault(const ResourceInfo& row, std::size_t) const
{
    if (row.lock.value > trace_.resource_count())
        return unknown_name;
    if (row.lock && (row.kind != ResourceKind::Condition || trace_.resource(row.lock).kind != ResourceKind::Lock))
        return "it has the lock of a condition and is none";
    return {};
}

std::string TableReader::fault(const ScopeInfo& row, std::size_t) const
{
    return row.task && has(row.task) ? std::string() : unknown_name;
}

} // namespace loopscope::recorded
