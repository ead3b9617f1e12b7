#include "core/timeline/labels.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <cmath>

namespace loopscope::detail {
namespace {

/// What lies beside a label's words: its own padding, and the ends of a waiting line beyond it.
struct Around {
    double padding = 0;
    double stub = 0;
};
constexpr Around around_words{11, 4};
constexpr Around tight_pill{5, 2};   ///< where words would have no room otherwise
constexpr Around tight_words{3, 0};  ///< the same in a solid block
constexpr Around on_pattern{5, 0};
constexpr double most_hidden = 0.5;  ///< of a pattern, by its words
constexpr std::size_t fewest_letters = 6; ///< of words that were cut
constexpr double least_label = 12;  ///< lower than this, letters would stick out

/// Whether its words stand on a plate that hides what lies behind: a pattern that must still be seen.
bool hides_pattern(SpanKind kind)
{
    return kind == SpanKind::Ready || kind == SpanKind::Selecting || kind == SpanKind::Queued
        || kind == SpanKind::StartingUp || kind == SpanKind::WaitingForGil;
}

} // namespace

void put_label(Bar& bar, const std::vector<std::string>& words, double lane_height, const LayoutMetrics& m)
{
    bar.label = words.empty() ? std::string() : words.front();
    const double height = std::min(m.pill_height, bar.kind == SpanKind::Waiting ? lane_height - 3 : bar.box.height);
    if (words.empty() || height < least_label)
        return;
    const bool pattern = hides_pattern(bar.kind);
    const bool waits = bar.kind == SpanKind::Waiting;
    const auto room = [&](const Around& around) {
        const double whole = pattern ? most_hidden * bar.box.width : bar.box.width - (waits ? 2 * around.stub : 0);
        return static_cast<std::size_t>(std::max(0.0, std::floor((whole - 2 * around.padding) / m.char_width)));
    };
    const auto put = [&](std::string text, const Around& around) {
        bar.label = std::move(text);
        const double width = static_cast<double>(char_count(bar.label)) * m.char_width + 2 * around.padding;
        bar.label_box = {bar.box.x + (bar.box.width - width) / 2, bar.box.y + (bar.box.height - height) / 2, width, height};
    };
    const Around wide = pattern ? on_pattern : around_words;
    const Around tight = pattern ? on_pattern : waits ? tight_pill : tight_words;
    for (const Around& around : {wide, tight})
        for (const std::string& word : words)
            if (char_count(word) <= room(around))
                return put(word, around);
    bar.label = words.front();
    // What has arguments is still told by its beginning; half a word tells nothing.
    if (waits && words.back().find('(') != std::string::npos && room(tight) >= fewest_letters)
        if (const std::string cut = cut_before_number(words.back(), room(tight)); char_count(cut) >= fewest_letters)
            put(cut, tight);
}

} // namespace loopscope::detail
