#include "core/trace/trace.h"

#include "core/trace/pack.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <iterator>
#include <utility>

namespace loopscope {
namespace {

using packing::high_of;
using packing::low_of;
using packing::moment_of;

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
    std::visit([&](const auto& f) { append(when, place, f); }, fact);
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
    const WorkerId worker{r.subject};
    const CallId call{r.subject};
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
        [&](std::type_identity<ExceptionRetrieved>) { return ExceptionRetrieved{future}; },
        [&](std::type_identity<ExceptionNeverRetrieved>) { return ExceptionNeverRetrieved{future}; },
        [&](std::type_identity<CallbackScheduled>) { return CallbackScheduled{handle, WorkerId{low_of(r.argument)}}; },
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
        [&](std::type_identity<BytesArrived>) { return BytesArrived{channel}; },
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
        [&](std::type_identity<WorkerStarted>) { return WorkerStarted{worker}; },
        [&](std::type_identity<WorkerReady>) { return WorkerReady{worker}; },
        [&](std::type_identity<WorkerEnded>) { return WorkerEnded{worker}; },
        [&](std::type_identity<CallQueued>) { return CallQueued{call}; },
        [&](std::type_identity<CallSent>) { return CallSent{call}; },
        [&](std::type_identity<CallArrived>) { return CallArrived{call}; },
        [&](std::type_identity<CallBegan>) { return CallBegan{call, WorkerId{low_of(r.argument)}}; },
        [&](std::type_identity<CallEnded>) { return CallEnded{call, WorkerId{low_of(r.argument)}, how}; },
        [&](std::type_identity<CallCancelled>) { return CallCancelled{call}; },
        [&](std::type_identity<WorkerWorkBegan>) {
            return WorkerWorkBegan{worker, work, Duration{static_cast<std::int64_t>(r.argument)}};
        },
        [&](std::type_identity<WorkerWorkEnded>) { return WorkerWorkEnded{worker, work}; },
        [&](std::type_identity<GilTaken>) { return GilTaken{worker}; },
        [&](std::type_identity<GilReleased>) { return GilReleased{worker}; },
        [&](std::type_identity<LoopWoken>) { return LoopWoken{handle}; },
        [&](std::type_identity<Noted>) {
            return Noted{task, text(low_of(r.argument)), WorkerId{high_of(r.argument)}};
        },
    };

    TraceEvent event{when(index), static_cast<PlaceId>(r.place), {}};
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (void)((r.kind == I
                && (event.fact = make(std::type_identity<std::variant_alternative_t<I, Fact>>{}), true))
               || ...);
    }(std::make_index_sequence<std::variant_size_v<Fact>>{});
    return event;
}

std::string Trace::task_name(TaskId id) const
{
    const std::string_view name = task(id).name;
    return name.empty() ? "Task-" + std::to_string(id.value) : std::string(name);
}

const std::vector<FutureId>& Trace::parts(FutureId id) const
{
    static const std::vector<FutureId> none;
    const auto found = parts_.find(id);
    return found == parts_.end() ? none : found->second;
}

std::string Trace::display_name(TaskId id) const
{
    const TaskInfo& info = task(id);
    const std::uint32_t ordinal = ordinals_[id.value - 1];
    if (ordinal == 0)
        return task_name(id);
    if (id.value == 1)
        return "main";
    if (info.coroutine == "shutdown_default_executor") // asyncio.run() made it, not the program
        return "executor shutdown";
    const std::uint32_t same = unnamed_[text_ids_.at(info.coroutine)];
    return same > 1 ? std::string(info.coroutine) + "-" + std::to_string(ordinal) : std::string(info.coroutine);
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

std::uint32_t& Trace::unnamed_of(std::string_view coroutine)
{
    const std::uint32_t text = intern_id(coroutine);
    if (unnamed_.size() <= text)
        unnamed_.resize(text + 1);
    return unnamed_[text];
}

std::uint32_t Trace::namesakes(std::string_view coroutine) const
{
    const auto text = text_ids_.find(coroutine);
    return text != text_ids_.end() && text->second < unnamed_.size() ? unnamed_[text->second] : 0;
}

void Trace::rename_task(TaskId id, std::string_view name)
{
    TaskInfo& info = tasks_[id.value - 1];
    std::uint32_t& ordinal = ordinals_[id.value - 1];
    if (std::uint32_t& same = unnamed_of(info.coroutine); ordinal > 0 && id.value > 1 && ordinal == same)
        --same; // the next one takes its number
    ordinal = 0;
    info.name = intern(name);
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
    info.coroutine = intern(info.coroutine);
    if (!info.name.empty())
        info.name = info.name == "Task-" + std::to_string(tasks_.size() + 1) ? std::string_view() : intern(info.name);
    std::uint32_t ordinal = 0;
    if (info.name.empty() && !info.coroutine.empty())
        ordinal = tasks_.empty() ? 1 : ++unnamed_of(info.coroutine);
    ordinals_.push_back(ordinal);
    tasks_.push_back(info);
    return {static_cast<std::uint32_t>(tasks_.size())};
}

TaskId Trace::restore_task(TaskInfo info, std::uint32_t ordinal)
{
    info.coroutine = intern(info.coroutine);
    info.name = info.name.empty() ? std::string_view() : intern(info.name);
    if (std::uint32_t& same = unnamed_of(info.coroutine); !tasks_.empty())
        same = std::max(same, ordinal);
    ordinals_.push_back(ordinal);
    tasks_.push_back(info);
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
    info.text = intern(info.text);
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

WorkerId Trace::add_worker(WorkerInfo info)
{
    info.name = intern(info.name);
    workers_.push_back(info);
    return {static_cast<std::uint32_t>(workers_.size())};
}

CallId Trace::add_call(CallInfo info)
{
    calls_.push_back(info);
    const CallId id{static_cast<std::uint32_t>(calls_.size())};
    if (info.future)
        futures_[info.future.value - 1].call = id;
    return id;
}

std::uint32_t Trace::look_up_text(std::string_view text)
{
    std::uint32_t id = 0;
    if (const auto found = text_ids_.find(text); found != text_ids_.end()) {
        id = found->second;
    } else {
        id = static_cast<std::uint32_t>(texts_.size());
        texts_.emplace_back(text);
        text_ids_.emplace(texts_.back(), id);
    }
    const std::string_view own = texts_[id];
    recent_texts_[slot_of(own.data())] = {own.data(), own, id};
    recent_texts_[slot_of(text.data())] = {text.data(), own, id};
    return id;
}

std::string_view Trace::intern(std::string_view text) { return texts_[intern_id(text)]; }

PlaceId Trace::look_up_place(const Where& where)
{
    const void* address = address_of(where);
    PlaceId id = PlaceId::None;
    if (const auto found = places_by_address_.find(address); found != places_by_address_.end()) {
        id = found->second;
    } else {
        id = intern_place(
            Place{project_path(where.file_name()), where.line(), loopscope::function_name(where.function_name())});
        places_by_address_.emplace(address, id);
    }
    recent_places_[slot_of(address)] = {address, id};
    return id;
}

std::uint32_t Trace::look_up_function(const Where& where)
{
    const void* address = address_of(where);
    const auto [found, is_new] = functions_by_address_.try_emplace(address);
    if (is_new)
        found->second = intern_id(loopscope::function_name(where.function_name()));
    recent_functions_[slot_of(address)] = {address, found->second};
    return found->second;
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

PlaceId Trace::restore_place(Place place)
{
    assert(places_.size() <= 0xffff);
    places_.push_back(std::move(place));
    return static_cast<PlaceId>(places_.size() - 1);
}

StackId Trace::look_up_stack(std::uint64_t key)
{
    const auto [found, is_new] = stack_ids_.try_emplace(key, static_cast<StackId>(stacks_.size()));
    if (is_new)
        stacks_.push_back({static_cast<StackId>(key >> 16), static_cast<PlaceId>(key & 0xffff)});
    recent_stacks_[key % recent_stacks_.size()] = {key, found->second};
    return found->second;
}

std::size_t Trace::memory() const
{
    std::size_t bytes = chunks_.size() * chunk_rows * sizeof(TraceRow) + times_.size() * sizeof(TimeMark)
        + tasks_.size() * sizeof(TaskInfo) + futures_.size() * sizeof(FutureInfo)
        + handles_.size() * sizeof(HandleInfo) + channels_.size() * sizeof(ChannelInfo)
        + resources_.size() * sizeof(ResourceInfo) + scopes_.size() * sizeof(ScopeInfo)
        + watches_.size() * sizeof(WatchInfo)
        + workers_.size() * sizeof(WorkerInfo) + calls_.size() * sizeof(CallInfo)
        + places_.size() * sizeof(Place) + stacks_.size() * (sizeof(StackNode) + 32);
    for (const auto& [whole, parts] : parts_)
        bytes += sizeof whole + sizeof parts + parts.size() * sizeof(FutureId) + 16;
    for (const std::string& t : texts_)
        bytes += sizeof t + t.capacity() + 48;
    return bytes;
}

} // namespace loopscope
