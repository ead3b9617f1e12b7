#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace loopscope {

/// A dense number with a kind: the first task of a run is TaskId{1}, and no number is used twice.
/// Zero means "none", so that an id fits a trace row without a flag.
template <class Tag>
struct Id {
    std::uint32_t value = 0;

    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using TaskId = Id<struct TaskTag>;
using FutureId = Id<struct FutureTag>;   ///< every task is a future too and has both numbers
using HandleId = Id<struct HandleTag>;   ///< a callback given to call_soon, call_later or call_at
using ChannelId = Id<struct ChannelTag>; ///< one wait for one socket
using ResourceId = Id<struct ResourceTag>; ///< a lock, queue, semaphore, … that tasks share
using ScopeId = Id<struct ScopeTag>;     ///< a block with a task group or a timeout around it
using WatchId = Id<struct WatchTag>;     ///< a variable of the program whose values are recorded
using WorkerId = Id<struct WorkerTag>;   ///< a thread or process of an executor; none is the loop's own thread
using CallId = Id<struct CallTag>;       ///< a function handed to an executor

} // namespace loopscope

template <class Tag>
struct std::hash<loopscope::Id<Tag>> {
    std::size_t operator()(loopscope::Id<Tag> id) const noexcept { return id.value; }
};
