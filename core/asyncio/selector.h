#pragma once

#include "core/asyncio/handle.h"
#include "core/asyncio/meanwhile.h"
#include "core/base/clock.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace loopscope {

/// Where a loop sleeps when nothing is ready. The simulated one moves a virtual clock; the live
/// layer's waits for real sockets.
class Selector {
public:
    virtual ~Selector() = default;

    /// Waits at most `timeout`, for ever when there is none, until something is ready, and appends
    /// the callbacks of what is ready to `ready`. False when there is no timeout and nothing could
    /// ever become ready.
    [[nodiscard]] virtual bool select(std::optional<Duration> timeout, std::vector<Ref<Handle>>& ready) = 0;
};

/// Readiness at times chosen beforehand, on a virtual clock. Equal times are given out in the order
/// in which they were registered.
class SimulatedSelector final : public Selector {
public:
    explicit SimulatedSelector(VirtualClock& clock) : clock_(clock) {}

    [[nodiscard]] bool select(std::optional<Duration> timeout, std::vector<Ref<Handle>>& ready) override;

    /// From now on the sleeping time of the loop is also that of `others`; they must live as long.
    void share_time_with(Meanwhile* others) { others_ = others; }

    /// `reader` becomes ready at `when`.
    void add(TimePoint when, Ref<Handle> reader);
    /// Forgets it, if it is still awaited.
    void remove(const Handle& reader);
    [[nodiscard]] bool empty() const { return waiting_.empty(); }

private:
    struct Entry {
        TimePoint when;
        std::uint64_t number;
        Ref<Handle> reader;
    };

    [[nodiscard]] bool sleep(std::optional<TimePoint> until);

    VirtualClock& clock_;
    Meanwhile* others_ = nullptr;
    std::vector<Entry> waiting_; // by time, then number
    std::uint64_t next_number_ = 0;
};

} // namespace loopscope
