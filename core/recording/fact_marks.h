#pragma once

#include "core/trace/snapshot.h"

#include <cstdint>
#include <vector>

namespace loopscope::recorded {

/// What a snapshot would have to search for: whether something stands somewhere, by its number.
class FactMarks {
public:
    /// Requires the state before the fact.
    void follow(const Fact& fact, const Snapshot& before);

    [[nodiscard]] bool eager(TaskId id) const { return has(eager_, id.value); }
    [[nodiscard]] bool in_ready(HandleId id) const { return has(in_ready_, id.value); }
    [[nodiscard]] bool in_heap(HandleId id) const { return has(in_heap_, id.value); }
    [[nodiscard]] bool in_flight(ChannelId id) const { return has(in_flight_, id.value); }
    [[nodiscard]] bool entered(ScopeId id) const { return has(entered_, id.value); }
    [[nodiscard]] bool queued(CallId id) const { return has(queued_, id.value); }
    /// How often it was acquired and not given back.
    [[nodiscard]] std::uint32_t held(ResourceId id) const { return id.value < held_.size() ? held_[id.value] : 0; }

private:
    [[nodiscard]] static bool has(const std::vector<bool>& marks, std::size_t number)
    {
        return number < marks.size() && marks[number];
    }

    std::vector<bool> eager_, in_ready_, in_heap_, in_flight_, entered_, queued_;
    std::vector<std::uint32_t> held_;
};

} // namespace loopscope::recorded
