#pragma once

#include "core/trace/trace.h"

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// What decides which task has a lane of its own, and where.
struct LaneChoices {
    std::vector<TaskId> pinned;      ///< lie above the others, in this order
    std::vector<std::string> opened; ///< keys of the groups whose tasks are shown one by one
    TaskId selected;                 ///< has its own lane always
    std::size_t most = 24;           ///< tasks fold into groups when a run has more than this

    friend bool operator==(const LaneChoices&, const LaneChoices&) = default;
};

/// Tasks that share a lane because there are too many for one each.
struct LaneGroup {
    std::string key;           ///< the same for the same group of another run of the lesson
    std::string title;         ///< "worker-*", "tasks of main", "other tasks"
    std::vector<TaskId> tasks; ///< in the order of creation
    bool open = false;         ///< each has its own lane, below the group's
};

/// The lanes of a run's tasks from top to bottom. It depends on the whole run and not on a moment, so
/// that no lane moves while the run is played.
struct LaneOrder {
    static constexpr std::size_t no_group = std::numeric_limits<std::size_t>::max();

    struct Row {
        TaskId task;                  ///< none when the row is that of a group
        std::size_t group = no_group; ///< in `groups`; of a task, the one that it would fold into

        friend bool operator==(const Row&, const Row&) = default;
    };

    std::vector<Row> rows;
    std::vector<LaneGroup> groups;
    std::size_t pinned = 0; ///< the first so many rows stay on top while the others scroll
};

/// Tasks of one stem fold into a group; when that is not enough, those that one task made; and when
/// that is not enough either, all that are left. Main, what is pinned and what is selected never fold.
[[nodiscard]] LaneOrder lane_order(const Trace& trace, const LaneChoices& choices = {});

/// What names that differ only in their numbers have in common: "worker-*" of "worker-17".
[[nodiscard]] std::string stem_of(std::string_view name);

} // namespace loopscope
