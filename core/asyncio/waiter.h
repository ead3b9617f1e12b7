#pragma once

#include "core/asyncio/event_loop.h"
#include "core/asyncio/recorder.h"

#include <string>
#include <utility>

namespace loopscope {

/// The future that a primitive makes for each task that has to wait at it. Its kind and label say
/// in a trace what is waited for.
class Waiter final : public WithValue<void, FutureBase> {
public:
    Waiter(EventLoop& loop, FutureKind kind, std::string label)
        : WithValue(loop, kind), label_(std::move(label))
    {
    }

    [[nodiscard]] std::string label() const override { return label_; }

private:
    std::string label_;
};

/// A trace that listens knows which futures this one waits for.
inline void note_parts(const Future<void>& waiter, const std::vector<Ref<FutureBase>>& futures)
{
    EventLoop& loop = waiter.state()->loop();
    if (!loop.recording())
        return;
    std::vector<FutureId> ids;
    for (const Ref<FutureBase>& future : futures)
        ids.push_back(future->id());
    loop.trace()->set_parts(waiter.state()->id(), std::move(ids));
}

[[nodiscard]] inline Future<void> make_waiter(FutureKind kind, std::string label)
{
    return Future<void>(make_ref<Waiter>(get_running_loop(), kind, std::move(label)));
}

/// The same at a resource, which is known to the trace as `id`; `end` is for queues.
[[nodiscard]] inline Future<void> make_waiter(FutureKind kind, std::string label, ResourceId id,
                                              QueueEnd end = QueueEnd::None)
{
    Future<void> waiter = make_waiter(kind, std::move(label));
    if (id)
        waiter.state()->loop().trace()->set_resource(waiter.state()->id(), id, end);
    return waiter;
}

} // namespace loopscope
