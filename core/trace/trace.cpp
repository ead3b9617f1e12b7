#include "core/trace/trace.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <iterator>
#include <utility>

namespace loopscope {
namespace {

// How a fact is packed: its index in the variant, one number for whom it is about, eight bits of
// flags, and 64 bits for the rest.
struct Packed {
    std::uint32_t subject = 0;
    std::uint8_t flags = 0;
    std::uint64_t argument = 0;
};

constexpr std::uint64_t two(std::uint32_t low, std::uint32_t high)
{
    return static_cast<std::uint64_t>(high) << 32 | low;
}
constexpr std::uint32_t low_of(std::uint64_t v) { return static_cast<std::uint32_t>(v); }
constexpr std::uint32_t high_of(std::uint64_t v) { return static_cast<std::uint32_t>(v >> 32); }

// A moment that may be missing: the farthest in the past stands for none.
constexpr std::uint64_t never = std::uint64_t{1} << 63;

constexpr std::uint64_t moment(std::optional<TimePoint> when)
{
    return when ? static_cast<std::uint64_t>(when->since_start.count()) : never;
}
std::optional<TimePoint> moment_of(std::uint64_t v)
{
    return v == never ? std::nullopt : std::optional(TimePoint{Duration{static_cast<std::int64_t>(v)}});
}

// The build maps the project's root to "/" (-ffile-prefix-map), so that a trace names files the same
// way everywhere.
std::string project_path(std::string_view file)
{
    while (file.starts_with("./"))
        file.remove_prefix(2);
    constexpr std::string_view tops[] = {"/core/", "/lessons/", "/tests/", "/app/", "/ui/"};
    const auto starts = [&](std::string_view top) { return file.starts_with(top); };
    if (file.starts_with('/') && std::none_of(std::begin(tops), std::end(tops), starts)) {
        // Built by hand, without the map: the outermost folder of ours begins the path.
        std::size_t first = file.size();
        for (const std::string_view top : tops)
            first = std::min(first, file.find(top));
        if (first < file.size())
            file.remove_prefix(first);
    }
    if (file.starts_with('/') && std::any_of(std::begin(tops), std::end(tops), starts))
        file.remove_prefix(1);
    return std::string(file);
}

} // namespace

Trace::Trace()
{
    places_.emplace_back();
    stacks_.push_back({StackId::Empty, PlaceId::None});
    intern_id("");
}

void Trace::note_time(TimePoint when)
{
    assert(size_ == 0 || when >= last_when_);
    times_.push_back({size_, when});
    last_when_ = when;
}

void Trace::add_chunk()
{
    chunks_.push_back(std::make_unique_for_overwrite<TraceRow[]>(chunk_rows));
    tail_ = chunks_.back().get();
}

const TraceRow& Trace::row(std::size_t index) const
{
    assert(index < size_);
    return chunks_[index / chunk_rows][index & chunk_mask];
}

TimePoint Trace::when(std::size_t index) const
{
    assert(index < size_);
    auto after = std::upper_bound(times_.begin(), times_.end(), index,
                                  [](std::size_t i, const TimeMark& m) { return i < m.row; });
    return std::prev(after)->when;
}

std::size_t Trace::end_of_moment(std::size_t index) const
{
    assert(index < size_);
    const auto after = std::upper_bound(times_.begin(), times_.end(), index,
                                        [](std::size_t i, const TimeMark& m) { return i < m.row; });
    return after == times_.end() ? size_ : after->row;
}

TimePoint Trace::end_time() const { return size_ == 0 ? TimePoint{} : last_when_; }

void Trace::append(TimePoint when, PlaceId place, const Fact& fact)
{
    auto text = [this](std::string_view t) { return intern_id(t); };
    const Packed p = std::visit(
        Overloaded{
            [](const LoopPhaseEntered& f) { return Packed{static_cast<std::uint32_t>(f.phase), 0, 0}; },
            [](const IterationBegan& f) { return Packed{0, 0, f.number}; },
            [](const SelectEntered& f) { return Packed{0, 0, moment(f.until)}; },
            [](const SelectReturned&) { return Packed{}; },
            [](const LoopStuck&) { return Packed{}; },
            [](const TaskCreated& f) { return Packed{f.task.value, f.eager, f.parent.value}; },
            [](const TaskStepped& f) { return Packed{f.task.value, f.throws, 0}; },
            [](const TaskSuspended& f) {
                return Packed{f.task.value, 0, two(f.on.value, static_cast<std::uint32_t>(f.stack))};
            },
            [](const TaskYielded& f) { return Packed{f.task.value, 0, static_cast<std::uint64_t>(f.stack)}; },
            [](const TaskWoken& f) {
                return Packed{f.task.value, static_cast<std::uint8_t>(f.how), f.by.value};
            },
            [](const TaskFinished& f) { return Packed{f.task.value, 0, 0}; },
            [&](const TaskFailed& f) { return Packed{f.task.value, 0, two(text(f.type), text(f.message))}; },
            [](const TaskCancelled& f) { return Packed{f.task.value, 0, 0}; },
            [](const CancelRequested& f) { return Packed{f.task.value, 0, f.by.value}; },
            [](const CancelTakenBack& f) { return Packed{f.task.value, 0, f.left}; },
            [&](const CoroutineEntered& f) { return Packed{f.task.value, 0, text(f.name)}; },
            [](const CoroutineLeft& f) { return Packed{f.task.value, f.threw, 0}; },
            [&](const CoroutineNeverAwaited& f) { return Packed{0, 0, text(f.name)}; },
            [](const FutureCreated& f) { return Packed{f.future.value, 0, 0}; },
            [](const FutureResolved& f) {
                return Packed{f.future.value, static_cast<std::uint8_t>(f.how), 0};
            },
            [](const ExceptionNeverRetrieved& f) { return Packed{f.future.value, 0, 0}; },
            [](const CallbackScheduled& f) { return Packed{f.handle.value, 0, 0}; },
            [](const CallbackRan& f) { return Packed{f.handle.value, 0, 0}; },
            [](const CallbackReturned& f) { return Packed{f.handle.value, 0, 0}; },
            [&](const CallbackFailed& f) { return Packed{f.handle.value, 0, two(text(f.type), text(f.message))}; },
            [](const CallbackSkipped& f) { return Packed{f.handle.value, 0, 0}; },
            [](const CallbackCancelled& f) { return Packed{f.handle.value, 0, 0}; },
            [](const TimerScheduled& f) { return Packed{f.handle.value, 0, 0}; },
            [](const TimerFired& f) { return Packed{f.handle.value, 0, 0}; },
            [](const TimerCancelled& f) { return Packed{f.handle.value, 0, 0}; },
            [](const TimerDropped& f) { return Packed{f.handle.value, 0, 0}; },
            [](const TimersRebuilt&) { return Packed{}; },
            [](const IoStarted& f) { return Packed{f.channel.value, 0, f.task.value}; },
            [](const IoReady& f) { return Packed{f.channel.value, 0, f.handle.value}; },
            [](const IoCancelled& f) { return Packed{f.channel.value, 0, 0}; },
            [](const WorkBegan& f) {
                return Packed{f.task.value, static_cast<std::uint8_t>(f.kind),
                              static_cast<std::uint64_t>(f.span.count())};
            },
            [](const WorkEnded& f) { return Packed{f.task.value, static_cast<std::uint8_t>(f.kind), 0}; },
            [](const SlowTurnReported& f) {
                return Packed{f.task ? f.task.value : f.handle.value, static_cast<bool>(f.task),
                              static_cast<std::uint64_t>(f.span.count())};
            },
            [](const ResourceAcquired& f) { return Packed{f.resource.value, 0, two(f.task.value, f.free)}; },
            [](const ResourceReleased& f) { return Packed{f.resource.value, 0, f.free}; },
            [](const EventSet& f) { return Packed{f.event.value, 0, 0}; },
            [](const EventCleared& f) { return Packed{f.event.value, 0, 0}; },
            [](const ConditionNotified& f) { return Packed{f.condition.value, 0, f.woken}; },
            [](const BarrierArrived& f) { return Packed{f.barrier.value, 0, two(f.task.value, f.inside)}; },
            [](const BarrierLeft& f) { return Packed{f.barrier.value, 0, two(f.task.value, f.inside)}; },
            [](const BarrierReset& f) { return Packed{f.barrier.value, f.broken, 0}; },
            [](const ItemPut& f) { return Packed{f.queue.value, 0, f.items}; },
            [](const ItemTaken& f) { return Packed{f.queue.value, 0, f.items}; },
            [](const ItemDone& f) { return Packed{f.queue.value, 0, f.unfinished}; },
            [](const QueueClosed& f) { return Packed{f.queue.value, 0, two(f.items, f.unfinished)}; },
            [](const ScopeEntered& f) { return Packed{f.scope.value, 0, 0}; },
            [](const ScopeLeft& f) { return Packed{f.scope.value, f.throws, 0}; },
            [](const TaskAdopted& f) { return Packed{f.group.value, 0, f.task.value}; },
            [](const GroupAborted& f) { return Packed{f.group.value, 0, f.because.value}; },
            [](const DeadlineSet& f) { return Packed{f.timeout.value, 0, moment(f.when)}; },
            [](const TimeoutExpired& f) { return Packed{f.timeout.value, 0, 0}; },
            [&](const ValueChanged& f) { return Packed{f.watch.value, 0, text(f.text)}; },
            [&](const Noted& f) { return Packed{f.task.value, 0, text(f.text)}; },
        },
        fact);
    append_row(when, {p.subject, static_cast<std::uint8_t>(fact.index()), p.flags,
                      static_cast<std::uint16_t>(place), p.argument});
}

TraceEvent Trace::operator[](std::size_t index) const
{
    const TraceRow& r = row(index);
    const auto text = [this](std::uint32_t id) { return std::string_view(texts_[id]); };
    const TaskId task{r.subject};
    const HandleId handle{r.subject};
    const FutureId future{r.subject};
    const ChannelId channel{r.subject};
    const ResourceId resource{r.subject};
    const ScopeId scope{r.subject};
    const bool flag = r.flags != 0;
    const auto how = static_cast<FutureEnd>(r.flags);
    const auto work = static_cast<WorkKind>(r.flags);

    // One maker per alternative, found by the alternative's number: an alternative that has none
    // does not compile.
    const Overloaded make{
        [&](std::type_identity<LoopPhaseEntered>) { return LoopPhaseEntered{static_cast<LoopPhase>(r.subject)}; },
        [&](std::type_identity<IterationBegan>) { return IterationBegan{r.argument}; },
        [&](std::type_identity<SelectEntered>) { return SelectEntered{moment_of(r.argument)}; },
        [&](std::type_identity<SelectReturned>) { return SelectReturned{}; },
        [&](std::type_identity<LoopStuck>) { return LoopStuck{}; },
        [&](std::type_identity<TaskCreated>) { return TaskCreated{task, TaskId{low_of(r.argument)}, flag}; },
        [&](std::type_identity<TaskStepped>) { return TaskStepped{task, flag}; },
        [&](std::type_identity<TaskSuspended>) {
            return TaskSuspended{task, FutureId{low_of(r.argument)}, static_cast<StackId>(high_of(r.argument))};
        },
        [&](std::type_identity<TaskYielded>) { return TaskYielded{task, static_cast<StackId>(low_of(r.argument))}; },
        [&](std::type_identity<TaskWoken>) { return TaskWoken{task, FutureId{low_of(r.argument)}, how}; },
        [&](std::type_identity<TaskFinished>) { return TaskFinished{task}; },
        [&](std::type_identity<TaskFailed>) {
            return TaskFailed{task, text(low_of(r.argument)), text(high_of(r.argument))};
        },
        [&](std::type_identity<TaskCancelled>) { return TaskCancelled{task}; },
        [&](std::type_identity<CancelRequested>) { return CancelRequested{task, TaskId{low_of(r.argument)}}; },
        [&](std::type_identity<CancelTakenBack>) { return CancelTakenBack{task, low_of(r.argument)}; },
        [&](std::type_identity<CoroutineEntered>) { return CoroutineEntered{task, text(low_of(r.argument))}; },
        [&](std::type_identity<CoroutineLeft>) { return CoroutineLeft{task, flag}; },
        [&](std::type_identity<CoroutineNeverAwaited>) { return CoroutineNeverAwaited{text(low_of(r.argument))}; },
        [&](std::type_identity<FutureCreated>) { return FutureCreated{future}; },
        [&](std::type_identity<FutureResolved>) { return FutureResolved{future, how}; },
        [&](std::type_identity<ExceptionNeverRetrieved>) { return ExceptionNeverRetrieved{future}; },
        [&](std::type_identity<CallbackScheduled>) { return CallbackScheduled{handle}; },
        [&](std::type_identity<CallbackRan>) { return CallbackRan{handle}; },
        [&](std::type_identity<CallbackReturned>) { return CallbackReturned{handle}; },
        [&](std::type_identity<CallbackFailed>) {
            return CallbackFailed{handle, text(low_of(r.argument)), text(high_of(r.argument))};
        },
        [&](std::type_identity<CallbackSkipped>) { return CallbackSkipped{handle}; },
        [&](std::type_identity<CallbackCancelled>) { return CallbackCancelled{handle}; },
        [&](std::type_identity<TimerScheduled>) { return TimerScheduled{handle}; },
        [&](std::type_identity<TimerFired>) { return TimerFired{handle}; },
        [&](std::type_identity<TimerCancelled>) { return TimerCancelled{handle}; },
        [&](std::type_identity<TimerDropped>) { return TimerDropped{handle}; },
        [&](std::type_identity<TimersRebuilt>) { return TimersRebuilt{}; },
        [&](std::type_identity<IoStarted>) { return IoStarted{channel, TaskId{low_of(r.argument)}}; },
        [&](std::type_identity<IoReady>) { return IoReady{channel, HandleId{low_of(r.argument)}}; },
        [&](std::type_identity<IoCancelled>) { return IoCancelled{channel}; },
        [&](std::type_identity<WorkBegan>) {
            return WorkBegan{task, work, Duration{static_cast<std::int64_t>(r.argument)}};
        },
        [&](std::type_identity<WorkEnded>) { return WorkEnded{task, work}; },
        [&](std::type_identity<SlowTurnReported>) {
            return SlowTurnReported{flag ? task : TaskId{}, flag ? HandleId{} : handle,
                                    Duration{static_cast<std::int64_t>(r.argument)}};
        },
        [&](std::type_identity<ResourceAcquired>) {
            return ResourceAcquired{resource, TaskId{low_of(r.argument)}, high_of(r.argument)};
        },
        [&](std::type_identity<ResourceReleased>) { return ResourceReleased{resource, low_of(r.argument)}; },
        [&](std::type_identity<EventSet>) { return EventSet{resource}; },
        [&](std::type_identity<EventCleared>) { return EventCleared{resource}; },
        [&](std::type_identity<ConditionNotified>) { return ConditionNotified{resource, low_of(r.argument)}; },
        [&](std::type_identity<BarrierArrived>) {
            return BarrierArrived{resource, TaskId{low_of(r.argument)}, high_of(r.argument)};
        },
        [&](std::type_identity<BarrierLeft>) {
            return BarrierLeft{resource, TaskId{low_of(r.argument)}, high_of(r.argument)};
        },
        [&](std::type_identity<BarrierReset>) { return BarrierReset{resource, flag}; },
        [&](std::type_identity<ItemPut>) { return ItemPut{resource, low_of(r.argument)}; },
        [&](std::type_identity<ItemTaken>) { return ItemTaken{resource, low_of(r.argument)}; },
        [&](std::type_identity<ItemDone>) { return ItemDone{resource, low_of(r.argument)}; },
        [&](std::type_identity<QueueClosed>) {
            return QueueClosed{resource, low_of(r.argument), high_of(r.argument)};
        },
        [&](std::type_identity<ScopeEntered>) { return ScopeEntered{scope}; },
        [&](std::type_identity<ScopeLeft>) { return ScopeLeft{scope, flag}; },
        [&](std::type_identity<TaskAdopted>) { return TaskAdopted{scope, TaskId{low_of(r.argument)}}; },
        [&](std::type_identity<GroupAborted>) { return GroupAborted{scope, TaskId{low_of(r.argument)}}; },
        [&](std::type_identity<DeadlineSet>) { return DeadlineSet{scope, moment_of(r.argument)}; },
        [&](std::type_identity<TimeoutExpired>) { return TimeoutExpired{scope}; },
        [&](std::type_identity<ValueChanged>) { return ValueChanged{WatchId{r.subject}, text(low_of(r.argument))}; },
        [&](std::type_identity<Noted>) { return Noted{task, text(low_of(r.argument))}; },
    };

    TraceEvent event{when(index), static_cast<PlaceId>(r.place), {}};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)((r.kind == I
                && (event.fact = make(std::type_identity<std::variant_alternative_t<I, Fact>>{}), true))
               || ...);
    }(std::make_index_sequence<std::variant_size_v<Fact>>{});
    return event;
}

std::string Trace::display_name(TaskId id) const
{
    const TaskInfo& info = task(id);
    const std::uint32_t ordinal = ordinals_[id.value - 1];
    if (ordinal == 0)
        return info.name;
    if (id.value == 1)
        return "main";
    return unnamed_.at(info.coroutine) > 1 ? info.coroutine + "-" + std::to_string(ordinal) : info.coroutine;
}

std::string Trace::display_name(ResourceId id) const
{
    const ResourceInfo& info = resource(id);
    std::size_t namesakes = 0;
    std::size_t ordinal = 0;
    for (std::size_t i = 0; i < resources_.size(); ++i) {
        if (resources_[i].kind != info.kind || resources_[i].label != info.label)
            continue;
        ++namesakes;
        if (i < id.value)
            ordinal = namesakes;
    }
    return std::string(info.label) + (namesakes > 1 ? "-" + std::to_string(ordinal) : "");
}

void Trace::rename_task(TaskId id, std::string name)
{
    TaskInfo& info = tasks_[id.value - 1];
    std::uint32_t& ordinal = ordinals_[id.value - 1];
    if (ordinal > 0 && id.value > 1 && ordinal == unnamed_[info.coroutine])
        --unnamed_[info.coroutine]; // the next one takes its number
    ordinal = 0;
    info.name = std::move(name);
}

std::vector<PlaceId> Trace::stack(StackId id) const
{
    std::vector<PlaceId> places;
    for (; id != StackId::Empty; id = stacks_[static_cast<std::size_t>(id)].outer)
        places.push_back(stacks_[static_cast<std::size_t>(id)].place);
    std::reverse(places.begin(), places.end());
    return places;
}

PlaceId Trace::innermost_in(StackId id, std::string_view file) const
{
    for (; id != StackId::Empty; id = stacks_[static_cast<std::size_t>(id)].outer) {
        const PlaceId p = stacks_[static_cast<std::size_t>(id)].place;
        if (place(p).file == file)
            return p;
    }
    return PlaceId::None;
}

TaskId Trace::add_task(TaskInfo info)
{
    const bool unnamed = info.name == "Task-" + std::to_string(tasks_.size() + 1) && !info.coroutine.empty();
    const bool main = tasks_.empty();
    ordinals_.push_back(!unnamed ? 0 : main ? 1 : ++unnamed_[info.coroutine]);
    tasks_.push_back(std::move(info));
    return {static_cast<std::uint32_t>(tasks_.size())};
}

FutureId Trace::add_future(FutureInfo info)
{
    info.label = intern(info.label);
    futures_.push_back(info);
    return {static_cast<std::uint32_t>(futures_.size())};
}

HandleId Trace::add_handle(HandleInfo info)
{
    info.label = intern(info.label);
    handles_.push_back(info);
    return {static_cast<std::uint32_t>(handles_.size())};
}

ChannelId Trace::add_channel(ChannelInfo info)
{
    info.label = intern(info.label);
    info.peer = intern(info.peer);
    channels_.push_back(info);
    return {static_cast<std::uint32_t>(channels_.size())};
}

ResourceId Trace::add_resource(ResourceInfo info)
{
    info.label = intern(info.label);
    resources_.push_back(info);
    return {static_cast<std::uint32_t>(resources_.size())};
}

ScopeId Trace::add_scope(ScopeInfo info)
{
    scopes_.push_back(info);
    return {static_cast<std::uint32_t>(scopes_.size())};
}

WatchId Trace::add_watch(WatchInfo info)
{
    info.label = intern(info.label);
    watches_.push_back(info);
    return {static_cast<std::uint32_t>(watches_.size())};
}

std::uint32_t Trace::intern_id(std::string_view text)
{
    if (const auto found = text_ids_.find(text); found != text_ids_.end())
        return found->second;
    const auto id = static_cast<std::uint32_t>(texts_.size());
    texts_.emplace_back(text);
    text_ids_.emplace(texts_.back(), id);
    return id;
}

std::string_view Trace::intern(std::string_view text) { return texts_[intern_id(text)]; }

PlaceId Trace::intern_place(const Where& where)
{
    static_assert(sizeof(Where) == sizeof(const void*), "a place interns by its address");
    const void* address = nullptr;
    std::memcpy(&address, &where, sizeof address);
    if (const auto found = places_by_address_.find(address); found != places_by_address_.end())
        return found->second;
    const PlaceId id = intern_place(
        Place{project_path(where.file_name()), where.line(), loopscope::function_name(where.function_name())});
    places_by_address_.emplace(address, id);
    return id;
}

PlaceId Trace::intern_place(Place place)
{
    if (const auto found = std::find(places_.begin(), places_.end(), place); found != places_.end())
        return static_cast<PlaceId>(found - places_.begin());
    if (places_.size() > 0xffff) // a program with more lines than this shows the rest without one
        return PlaceId::None;
    places_.push_back(std::move(place));
    return static_cast<PlaceId>(places_.size() - 1);
}

StackId Trace::intern_stack(StackId outer, PlaceId place)
{
    const std::uint64_t key = static_cast<std::uint64_t>(outer) << 16 | static_cast<std::uint64_t>(place);
    const auto [found, is_new] = stack_ids_.try_emplace(key, static_cast<StackId>(stacks_.size()));
    if (is_new)
        stacks_.push_back({outer, place});
    return found->second;
}

std::size_t Trace::memory() const
{
    std::size_t bytes = chunks_.size() * chunk_rows * sizeof(TraceRow) + times_.size() * sizeof(TimeMark)
        + tasks_.size() * sizeof(TaskInfo) + futures_.size() * sizeof(FutureInfo)
        + handles_.size() * sizeof(HandleInfo) + channels_.size() * sizeof(ChannelInfo)
        + resources_.size() * sizeof(ResourceInfo) + scopes_.size() * sizeof(ScopeInfo)
        + watches_.size() * sizeof(WatchInfo)
        + places_.size() * sizeof(Place) + stacks_.size() * (sizeof(StackNode) + 32);
    for (const std::string& t : texts_)
        bytes += sizeof t + t.capacity() + 48;
    return bytes;
}

} // namespace loopscope
