#include "core/timeline/lanes.h"

#include <algorithm>
#include <map>
#include <optional>

namespace loopscope {
namespace {

constexpr std::size_t least_group = 3; ///< fewer save no room that a title would not take

/// Sorts tasks into groups, from the closest kinship to the loosest, until there are few enough lanes.
class Folding {
public:
    Folding(const Trace& trace, const LaneChoices& choices)
        : trace_(trace)
        , choices_(choices)
        , group_of_(trace.task_count(), LaneOrder::no_group)
    {
    }

    LaneOrder run() &&
    {
        if (trace_.task_count() > choices_.most) {
            fold_by([this](TaskId task) { return Kin{"name " + stem(task), stem(task)}; });
            if (lanes() > choices_.most)
                fold_by([this](TaskId task) {
                    const TaskId parent = trace_.task(task).parent;
                    const std::string who = parent ? trace_.display_name(parent) : "the loop";
                    return Kin{"parent " + who, "tasks of " + who};
                });
            if (lanes() > choices_.most)
                fold_by([](TaskId) { return Kin{"others", "other tasks"}; });
        }
        place();
        return std::move(order_);
    }

private:
    struct Kin {
        std::string key;
        std::string title;
    };

    [[nodiscard]] static TaskId id(std::size_t index) { return TaskId{static_cast<std::uint32_t>(index + 1)}; }
    [[nodiscard]] std::string stem(TaskId task) const { return stem_of(trace_.display_name(task)); }

    [[nodiscard]] bool is_pinned(TaskId task) const
    {
        return std::find(choices_.pinned.begin(), choices_.pinned.end(), task) != choices_.pinned.end();
    }

    /// Tasks with a lane of their own, and groups.
    [[nodiscard]] std::size_t lanes() const
    {
        const auto alone = std::count(group_of_.begin(), group_of_.end(), LaneOrder::no_group);
        return static_cast<std::size_t>(alone) + order_.groups.size();
    }

    /// Membership does not depend on what is pinned or selected: only whether it shows does.
    template <class KinOf>
    void fold_by(KinOf kin_of)
    {
        std::map<std::string, LaneGroup> groups;
        for (std::size_t i = 1; i < group_of_.size(); ++i) { // main is never folded
            if (group_of_[i] != LaneOrder::no_group)
                continue;
            Kin kin = kin_of(id(i));
            LaneGroup& group = groups[kin.key];
            group.key = std::move(kin.key);
            group.title = std::move(kin.title);
            group.tasks.push_back(id(i));
        }
        for (auto& [key, group] : groups) {
            if (group.tasks.size() < least_group)
                continue;
            group.open = std::find(choices_.opened.begin(), choices_.opened.end(), key) != choices_.opened.end();
            for (const TaskId task : group.tasks)
                group_of_[task.value - 1] = order_.groups.size();
            order_.groups.push_back(std::move(group));
        }
    }

    void place()
    {
        std::vector<LaneOrder::Row>& rows = order_.rows;
        for (const TaskId task : choices_.pinned)
            if (task && task.value <= group_of_.size())
                rows.push_back({task, group_of_[task.value - 1]});
        order_.pinned = rows.size();
        std::vector<bool> placed(order_.groups.size());
        for (std::size_t i = 0; i < group_of_.size(); ++i) {
            const std::size_t group = group_of_[i];
            if (group == LaneOrder::no_group) {
                if (!is_pinned(id(i)))
                    rows.push_back({id(i), group});
            } else if (!placed[group]) { // a group stands where its first task was made
                placed[group] = true;
                place(group);
            }
        }
    }

    void place(std::size_t group)
    {
        const LaneGroup& folded = order_.groups[group];
        order_.rows.push_back({{}, group});
        for (const TaskId task : folded.tasks)
            if (!is_pinned(task) && (folded.open || task == choices_.selected))
                order_.rows.push_back({task, group});
    }

    const Trace& trace_;
    const LaneChoices& choices_;
    std::vector<std::size_t> group_of_; // by id - 1
    LaneOrder order_;
};

} // namespace

LaneOrder lane_order(const Trace& trace, const LaneChoices& choices)
{
    return Folding(trace, choices).run();
}

std::string stem_of(std::string_view name)
{
    std::string stem;
    for (const char c : name) {
        const bool digit = c >= '0' && c <= '9';
        if (!digit)
            stem += c;
        else if (stem.empty() || stem.back() != '*')
            stem += '*';
    }
    return stem;
}

} // namespace loopscope
