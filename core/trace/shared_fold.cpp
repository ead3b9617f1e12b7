#include "core/trace/shared_fold.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <iterator>
#include <string>
#include <utility>

namespace loopscope::detail {
namespace {

constexpr std::string_view joins_threads = "shutdown_default_executor";
constexpr Duration hardly_late = std::chrono::microseconds(1);

std::optional<double> number_in(std::string_view text)
{
    const std::string copy(text);
    char* end = nullptr;
    const double number = std::strtod(copy.c_str(), &end);
    if (copy.empty() || end != copy.c_str() + copy.size())
        return std::nullopt;
    return number;
}

/// Whether a coroutine is more than a wait of asyncio's own, which its wait names anyway.
bool is_worth_telling(std::string_view name)
{
    constexpr std::string_view plain_waits[] = {
        "sleep", "wait", "wait_base", "wait_for", "wait_for_coroutine", "shield", "to_thread", "run_in_executor",
        "get", "put", "join", "acquire", "wait_until", "text", "drain", "wait_closed", "open_connection",
        "start_server", "take", "take_result", "resume", "aclose", "close", joins_threads, "shutdown_asyncgens",
        "enter_async_context"};
    return !name.starts_with('_') && std::find(std::begin(plain_waits), std::end(plain_waits), name) == std::end(plain_waits);
}

/// Whether the await stands in the program and not in asyncio.
bool is_by_program(const Trace& trace, std::size_t step)
{
    const PlaceId place = trace[step].place;
    return place == PlaceId::None || !trace.place(place).file.starts_with("core/asyncio/");
}

} // namespace

SharedFold::Blocks& SharedFold::blocks_of(TaskId task)
{
    if (tasks_.size() < task.value)
        tasks_.resize(std::max<std::size_t>(task.value, 2 * tasks_.size()));
    return tasks_[task.value - 1];
}

// ---- `async with` of the program's own ----

void SharedFold::operator()(const CoroutineEntered& f)
{
    // Names are interned: where the text stands tells it from others.
    constexpr std::string_view known[] = {"async_with", "aenter", "aexit", "try_finally"};
    Inside what = Inside::Other;
    for (std::size_t i = 0; i < std::size(known); ++i) {
        if (!names_[i] && f.name == known[i])
            names_[i] = f.name.data();
        if (names_[i] && f.name.data() == names_[i])
            what = static_cast<Inside>(i + 1);
    }
    if (!f.task)
        return;
    Blocks& task = blocks_of(f.task);
    if (what == Inside::With) {
        task.withs.push_back(withs_.size());
        withs_.push_back({.kind = BlockSpan::Kind::AsyncWith, .task = f.task, .begin = step_, .end = trace_.size(),
                          .from = when_, .to = trace_.end_time()});
        with_waits_.push_back(false);
    } else if (what == Inside::Exit && !task.withs.empty()) {
        withs_[task.withs.back()].closing = step_;
    }
    // In C++ the block of an `async with` is a coroutine; in Python it is none, and a reader sees none.
    const bool is_block = !task.coroutines.empty()
        && (task.coroutines.back() == Inside::With || task.coroutines.back() == Inside::Finally);
    if (task.told == 0 && !is_block && what == Inside::Other && is_worth_telling(f.name)
        && is_by_program(trace_, step_)) {
        task.told_depth = task.coroutines.size();
        spans_.coroutines.push_back({f.task, f.name, step_, trace_.size()});
        task.told = spans_.coroutines.size();
    }
    task.coroutines.push_back(what);
}

void SharedFold::operator()(const CoroutineLeft& f)
{
    if (!f.task)
        return;
    Blocks& task = blocks_of(f.task);
    if (task.coroutines.empty())
        return;
    const Inside what = task.coroutines.back();
    task.coroutines.pop_back();
    if (task.told != 0 && task.coroutines.size() == task.told_depth)
        spans_.coroutines[std::exchange(task.told, 0) - 1].end = step_;
    if (task.withs.empty())
        return;
    BlockSpan& with = withs_[task.withs.back()];
    if (what == Inside::Enter)
        with.opened = step_;
    if (what != Inside::With)
        return;
    with.end = step_;
    with.to = when_;
    with.left = true;
    with.threw = f.threw;
    task.withs.pop_back();
}

// ---- waits ----

void SharedFold::operator()(const TaskSuspended& f)
{
    const FutureInfo& wait = trace_.future(f.on);
    Blocks& task = blocks_of(f.task);
    if (!task.withs.empty() && !wait.resource && wait.kind != FutureKind::Group) {
        const auto way = std::find_if(task.coroutines.rbegin(), task.coroutines.rend(),
                                      [](Inside what) { return what != Inside::Other && what != Inside::Finally; });
        if (way != task.coroutines.rend() && (*way == Inside::Enter || *way == Inside::Exit))
            with_waits_[task.withs.back()] = true;
    }
    if (!wait.resource)
        return;
    task.waits_at = wait.resource;
    change_waiting(wait.resource, 1);
}

void SharedFold::operator()(const TaskWoken& f)
{
    Blocks& task = blocks_of(f.task);
    if (task.waits_at)
        change_waiting(task.waits_at, -1);
    task.waits_at = {};
    const auto late = std::find_if(late_futures_.begin(), late_futures_.end(),
                                   [&](const auto& known) { return known.first == f.by; });
    if (late == late_futures_.end())
        return;
    spans_.late.push_back({f.task, late->second, step_});
    late_futures_.erase(late);
}

void SharedFold::operator()(const TimerFired& f)
{
    const HandleInfo& timer = trace_.handle(f.handle);
    if (timer.kind == CallbackKind::SleepEnds && timer.future && when_ - timer.deadline > hardly_late)
        late_futures_.emplace_back(timer.future, timer.deadline);
}

void SharedFold::operator()(const FutureResolved& f)
{
    const ChannelId channel = trace_.future(f.future).channel;
    if (!channel || f.how != FutureEnd::Exception)
        return;
    if (spans_.refused.size() < channel.value)
        spans_.refused.resize(trace_.channel_count());
    spans_.refused[channel.value - 1] = true;
}

// ---- what tasks share ----

ResourceLine& SharedFold::line(ResourceId resource)
{
    if (spans_.resources.size() < resource.value)
        spans_.resources.resize(trace_.resource_count());
    ResourceLine& line = spans_.resources[resource.value - 1];
    if (line.steps.empty()) {
        const ResourceInfo& info = trace_.resource(resource);
        const bool filled = info.kind == ResourceKind::Queue || info.kind == ResourceKind::Barrier;
        line.resource = resource;
        line.steps.push_back({step_, filled ? info.count : 0, 0});
        line.peak = line.steps.front().level;
    }
    return line;
}

void SharedFold::change(ResourceId resource, std::uint32_t level, std::uint32_t waiting)
{
    ResourceLine& changed = line(resource);
    changed.peak = std::max(changed.peak, level);
    changed.most_waiting = std::max(changed.most_waiting, waiting);
    changed.steps.push_back({step_, level, waiting});
}

void SharedFold::set_level(ResourceId resource, std::uint32_t level)
{
    change(resource, level, line(resource).steps.back().waiting);
}

void SharedFold::change_waiting(ResourceId resource, int by)
{
    const ResourceLine::Step last = line(resource).steps.back();
    const int waiting = std::max(0, static_cast<int>(last.waiting) + by);
    change(resource, last.level, static_cast<std::uint32_t>(waiting));
}

void SharedFold::operator()(const ResourceAcquired& f)
{
    ResourceLine& taken = line(f.resource);
    std::vector<std::size_t>& held = held_[f.resource];
    auto place = std::find(held.begin(), held.end(), 0U);
    if (place == held.end())
        place = held.insert(held.end(), 0);
    taken.seats.push_back({f.task, static_cast<std::uint32_t>(place - held.begin()), step_, trace_.size()});
    *place = taken.seats.size();
    set_level(f.resource, taken.steps.back().level + 1);
}

void SharedFold::operator()(const ResourceReleased& f)
{
    ResourceLine& given = line(f.resource);
    std::vector<std::size_t>& held = held_[f.resource];
    auto place = std::find_if(held.begin(), held.end(), [&](std::size_t seat) {
        return seat != 0 && given.seats[seat - 1].task == running_;
    });
    if (place == held.end()) // somebody else's
        place = std::find_if(held.begin(), held.end(), [](std::size_t seat) { return seat != 0; });
    if (place == held.end()) // one that was promised and will not be taken
        return;
    given.seats[*place - 1].end = step_;
    *place = 0;
    set_level(f.resource, given.steps.back().level - 1);
}

// ---- task groups and timeouts ----

BlockSpan* SharedFold::block(ScopeId scope)
{
    const std::size_t number = scope.value <= open_scopes_.size() ? open_scopes_[scope.value - 1] : 0;
    return number == 0 ? nullptr : &spans_.blocks[number - 1];
}

void SharedFold::operator()(const ScopeEntered& f)
{
    const ScopeInfo& info = trace_.scope(f.scope);
    if (info.task && trace_.task(info.task).coroutine == joins_threads)
        return; // how long asyncio.run() is ready to wait for threads is no block of the program
    if (open_scopes_.size() < f.scope.value)
        open_scopes_.resize(trace_.scope_count());
    spans_.blocks.push_back({.kind = info.kind == ScopeKind::TaskGroup ? BlockSpan::Kind::TaskGroup
                                                                       : BlockSpan::Kind::Timeout,
                             .task = info.task, .begin = step_, .end = trace_.size(), .from = when_,
                             .to = trace_.end_time()});
    open_scopes_[f.scope.value - 1] = spans_.blocks.size();
}

void SharedFold::operator()(const ScopeLeft& f)
{
    BlockSpan* left = block(f.scope);
    if (!left)
        return;
    left->end = step_;
    left->to = when_;
    left->left = true;
    left->threw = f.throws;
    open_scopes_[f.scope.value - 1] = 0;
}

void SharedFold::operator()(const TaskAdopted& f)
{
    if (BlockSpan* group = block(f.group))
        group->members.push_back({f.task, step_});
}

void SharedFold::operator()(const DeadlineSet& f)
{
    if (BlockSpan* timeout = block(f.timeout))
        timeout->deadline = f.when;
}

void SharedFold::operator()(const TimeoutExpired& f)
{
    if (BlockSpan* timeout = block(f.timeout))
        timeout->expired = step_;
}

void SharedFold::operator()(const ValueChanged& f)
{
    while (spans_.values.size() < f.watch.value)
        spans_.values.push_back({.watch = {static_cast<std::uint32_t>(spans_.values.size() + 1)}});
    spans_.values[f.watch.value - 1].steps.push_back({step_, f.text, number_in(f.text), running_});
}

SharedSpans SharedFold::take() &&
{
    for (std::size_t i = 0; i < withs_.size(); ++i)
        if (with_waits_[i])
            spans_.blocks.push_back(std::move(withs_[i]));
    std::stable_sort(spans_.blocks.begin(), spans_.blocks.end(),
                     [](const BlockSpan& a, const BlockSpan& b) { return a.begin < b.begin; });
    std::map<TaskId, std::vector<std::size_t>> around; // ends of the blocks that each task is in
    for (BlockSpan& block : spans_.blocks) {
        std::vector<std::size_t>& ends = around[block.task];
        while (!ends.empty() && ends.back() <= block.begin)
            ends.pop_back();
        block.depth = ends.size();
        ends.push_back(block.end);
    }
    return std::move(spans_);
}

} // namespace loopscope::detail
