#include "core/base/format.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <initializer_list>
#include <set>

namespace loopscope::detail {
namespace {

constexpr double title_height = 12;
constexpr double title_inset = 7;

/// The row at the head of a frame's lane in which a flag's words stand, and what of it is taken.
struct FlagRow {
    double top = 0;
    double taken = 0; ///< up to this x
    double edge = 0;  ///< of the picture
    bool has_words = false;
};

/// Words of a flag, the longest that fit between two x: beside the pole at its left or at its right.
bool put_beside(const Draft& draft, Flag& flag, const FlagRow& row, std::initializer_list<const char*> words, double limit)
{
    flag.label = *words.begin();
    if (!row.has_words)
        return false;
    for (const char* word : words) {
        const double width = text_width(draft, word);
        const bool left = flag.x - 5 - width >= row.taken;
        if (!left && flag.x + 14 + width > limit)
            continue;
        flag.label = word;
        flag.label_box = {left ? flag.x - 5 - width : flag.x + 14, row.top, width, title_height};
        return true;
    }
    return false;
}

/// The timeout took effect: at its deadline, or, where nobody could look then, when somebody did.
void add_expired(Draft& draft, const BlockSpan& block, Flag flag, FlagRow row)
{
    const bool late = draft.trace.when(*block.expired) > *block.deadline;
    if (flag.x > row.edge)
        return;
    if (late) {
        Flag due = flag;
        due.expired = false;
        // It is no fact that the time is up: between two of them, time alone says so.
        const auto known = static_cast<std::size_t>(position_at(draft.trace, *block.deadline).step);
        due.step = known > 0 ? known - 1 : 0;
        flag.x = flag.spare_from = draft.x_after(*block.expired);
        put_beside(draft, due, row, {"time is up, but nobody can look", "time is up, nobody looks", "time is up"}, flag.x - 8);
        row.taken = std::max(row.taken, std::max(due.x + 14, due.label_box.right() + 8));
        if (due.step < draft.shown_steps && due.x <= draft.right)
            draft.scene.flags.push_back(std::move(due));
        if (flag.x > row.edge || flag.step >= draft.shown_steps)
            return;
    }
    if (flag.step >= draft.shown_steps)
        return;
    if (block.threw)
        put_beside(draft, flag, row, {"expired"}, row.edge);
    else
        put_beside(draft, flag, row, {"expired, seen to", "expired"}, row.edge);
    draft.scene.flags.push_back(std::move(flag));
}

/// Where the next block of the same task begins: its title stands there.
double next_frame_after(const Draft& draft, const BlockSpan& block)
{
    const std::vector<BlockSpan>& blocks = draft.spans.shared.blocks;
    auto next = std::lower_bound(blocks.begin(), blocks.end(), block.end,
                                 [](const BlockSpan& other, std::size_t step) { return other.begin < step; });
    next = std::find_if(next, blocks.end(), [&](const BlockSpan& other) { return other.task == block.task; });
    return next == blocks.end() ? draft.scene.width : draft.scene.axis.x(static_cast<double>(next->begin));
}

bool has_time_to_spare(const BlockSpan& block)
{
    return block.deadline && block.left && !block.expired && *block.deadline > block.to;
}

/// Lines to deadlines that nobody met are of interest where they are few.
bool many_have_time_to_spare(Draft& draft)
{
    constexpr std::size_t few = 3;
    if (!draft.many_spare) {
        std::set<TaskId> tasks;
        for (const BlockSpan& block : draft.spans.shared.blocks)
            if (has_time_to_spare(block))
                tasks.insert(block.task);
        draft.many_spare = tasks.size() > few;
    }
    return *draft.many_spare;
}

/// The block was quicker than its timeout: a line from its end to the deadline, with words; where these have
/// no room beyond the frame they stand inside it, without the line.
void add_spare(Draft& draft, const BlockSpan& block, Flag flag, const FlagRow& row)
{
    const double end = draft.x_after(block.end);
    // "1." is another number than "1.6 s to spare": words that the present moment would cut are left out.
    const double free = std::min({row.edge, next_frame_after(draft, block) - 4, draft.scene.cut_x.value_or(row.edge)});
    const double due = flag.x;
    flag.label = format_duration(*block.deadline - block.to) + " to spare";
    if (!row.has_words)
        return;
    const double width = text_width(draft, flag.label);
    flag.bottom = flag.top + title_height; // only a small sign
    flag.spare_from = end;
    const bool before_pole = due - end >= width + 12;
    const double beyond = before_pole ? end + 5 : due + 14;
    if (due + 9 <= free && beyond + width <= free && !many_have_time_to_spare(draft)) {
        flag.label_box = {beyond, row.top, width, title_height};
        draft.scene.flags.push_back(std::move(flag));
        return;
    }
    flag.x = flag.spare_from = end;
    flag.bottom = flag.top; // words alone
    if (end - 5 - width >= row.taken)
        flag.label_box = {end - 5 - width, row.top, width, title_height};
    else if (end + 5 + width <= free)
        flag.label_box = {end + 5, row.top, width, title_height};
    else
        return;
    draft.scene.flags.push_back(std::move(flag));
}

} // namespace

void add_flag(Draft& draft, const BlockSpan& block, const Frame& frame, double row_top)
{
    if (!block.deadline || (!block.left && !block.expired))
        return;
    const double due = draft.x_at(*block.deadline);
    Flag flag{.x = due, .top = frame.box.y, .bottom = frame.box.bottom(), .spare_from = due, .task = block.task,
              .step = block.expired.value_or(block.end), .expired = block.expired.has_value(), .label = {}, .label_box = {}};
    if (due < draft.left)
        return;
    FlagRow row{.top = row_top,
                .taken = frame.label_box.width > 0 ? frame.label_box.right() + 8 : frame.box.x + title_inset,
                .edge = draft.scene.width - std::max(6.0, draft.metrics.word_margin),
                .has_words = keeps_rows(draft.metrics)};
    if (flag.expired)
        return add_expired(draft, block, std::move(flag), row);
    if (flag.step >= draft.shown_steps)
        return;
    if (has_time_to_spare(block))
        return add_spare(draft, block, std::move(flag), row);
    if (due > row.edge)
        return;
    put_beside(draft, flag, row, {"time was up"}, row.edge);
    draft.scene.flags.push_back(std::move(flag));
}

} // namespace loopscope::detail
