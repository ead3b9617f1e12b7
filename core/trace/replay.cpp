#include "core/trace/replay.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace loopscope {
namespace {

constexpr std::size_t most_checkpoints = 8192;
constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::size_t bytes_of(const Snapshot& s)
{
    std::size_t bytes = sizeof s + s.tasks.size() * sizeof(TaskSnapshot) + s.ready.size() * sizeof(ReadyItem)
        + s.timers.size() * sizeof(TimerSnapshot) + s.in_flight.size() * sizeof(ChannelId)
        + s.cancelled_handles.size() * sizeof(HandleId) + s.values.size() * sizeof(WatchSnapshot)
        + 640; // a deque's first block and map
    for (const ResourceSnapshot& resource : s.resources)
        bytes += sizeof resource + resource.waiters.size() * sizeof(WaiterSnapshot);
    for (const ScopeSnapshot& scope : s.scopes)
        bytes += sizeof scope + scope.tasks.size() * sizeof(TaskId);
    return bytes;
}

} // namespace

Replay::Replay(std::shared_ptr<const Trace> trace, std::size_t stride)
    : trace_(std::move(trace))
    , stride_(stride)
{
    assert(stride_ > 0);
    Snapshot state;
    checkpoints_.push_back(state);
    std::size_t bytes = bytes_of(state);
    while (state.step < trace_->size()) {
        apply(state, *trace_);
        if (state.step % stride_ != 0)
            continue;
        checkpoints_.push_back(state);
        bytes += bytes_of(state);
        while (checkpoints_.size() > 2 && (checkpoints_.size() > most_checkpoints || bytes > most_bytes)) {
            thin_out();
            bytes = 0;
            for (const Snapshot& kept : checkpoints_)
                bytes += bytes_of(kept);
        }
    }
}

void Replay::thin_out()
{
    for (std::size_t i = 1; 2 * i < checkpoints_.size(); ++i)
        checkpoints_[i] = std::move(checkpoints_[2 * i]);
    checkpoints_.resize((checkpoints_.size() + 1) / 2);
    stride_ *= 2;
}

Snapshot Replay::at(std::size_t step) const
{
    assert(step <= size());
    const std::size_t nearest = std::min(step / stride_, checkpoints_.size() - 1);
    Snapshot state = checkpoints_[nearest];
    while (state.step < step)
        apply(state, *trace_);
    return state;
}

} // namespace loopscope
