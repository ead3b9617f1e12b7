#pragma once

#include "core/asyncio/event_loop.h"

#include <memory>

namespace loopscope {

/// The loop whose step or callback is in progress, if it records; null otherwise. What a primitive
/// asks before it says anything, so that it costs one branch when nobody listens.
[[nodiscard]] EventLoop* recording_loop() noexcept;

/// The task in whose step this happens; none in a callback.
[[nodiscard]] TaskId current_task_id(const EventLoop& loop);

/// The number by which a trace knows a lock, a queue or a variable, given on first use. Such a thing
/// belongs to the program and may see several loops, each of which has a trace of its own.
template <class Id>
class TraceNumber {
public:
    /// `add` registers the thing with the trace and returns its number; it is called once for each
    /// trace. Requires a recording loop.
    template <class Add>
    Id in(EventLoop& loop, Add add)
    {
        const std::shared_ptr<Trace>& trace = loop.trace();
        if (!id_ || trace_.owner_before(trace) || trace.owner_before(trace_)) {
            trace_ = trace;
            id_ = add(*trace);
        }
        return id_;
    }

private:
    std::weak_ptr<const Trace> trace_;
    Id id_;
};

} // namespace loopscope
