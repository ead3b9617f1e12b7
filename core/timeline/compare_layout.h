#pragma once

#include "core/timeline/layout.h"
#include "core/timeline/scene.h"
#include "core/timeline/shared_axis.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// What a comparison says in words. The layout does not judge: who compares the runs supplies them
/// (core/lesson/comparison.h).
struct CompareWords {
    std::string title_a, title_b;   ///< the variants: "One after another", "All at once"
    std::string total_a, total_b;   ///< "4.5 s", "2.0 s"
    double seconds_a = 0, seconds_b = 0; ///< the same as numbers: lengths of the verdict's bars
    bool by_time = true;            ///< the shorter one is the better one; not so when their outcomes differ
    std::string note_a, note_b;     ///< a line below the lanes; may be empty
    std::string verdict;            ///< "2.25× faster"
    std::string reason;             ///< up to two lines, separated by a line feed or a sentence's end
    std::string aside;              ///< "loop idle 99 % in both"; may be empty
    /// The first moment at which the runs differ: the number of facts of each run that came before.
    std::optional<std::pair<std::size_t, std::size_t>> difference;

    /// Whether the first, or the second, is the better one; neither is when both take as long.
    [[nodiscard]] bool a_is_better() const { return by_time && !total_a.empty() && seconds_a < seconds_b; }
    [[nodiscard]] bool b_is_better() const { return by_time && !total_b.empty() && seconds_b < seconds_a; }
};

/// Two runs on one time axis: a comparison at two scales would lie. Plain numbers, in pixels.
struct CompareScene {
    /// One run with its heading. The timeline's own coordinates begin at `top`.
    struct Half {
        std::string title;
        std::string total;
        std::string note;
        Box heading;             ///< title at its left, total at its right
        double top = 0;
        TimelineScene timeline;  ///< without a ruler of its own
        Box note_box;            ///< empty when there is no note
        std::optional<double> difference_x; ///< in the picture's coordinates; nothing when out of view
        bool better = false;     ///< the shorter one
    };

    double width = 0, height = 0;
    double margin = 0;
    Half a, b;
    TimeScale scale;             ///< of both; 0 is right of the label column
    SharedAxis axis;             ///< likewise, in the picture's coordinates
    double divider_y = 0;
    double ruler_y = 0;          ///< top of the ruler's texts, below both
    std::vector<Tick> ticks;
    Box verdict;                 ///< the card; empty when there are no words for it
    Box verdict_text;            ///< "2.25× faster"
    Box bar_a, bar_b;            ///< lengths in proportion to the totals; A and B stand left of them
    Box reason_text;
    Box aside_text;
    CompareWords words;
};

/// The stretch of the axis that a picture shows; [0, 1] is all of it.
struct AxisView {
    double low = 0;
    double high = 1;
};

/// Lays out two runs for a picture `width` wide, its top at 0; lanes shrink to meet `height` where
/// they can, and the scene's own height says what became of it. Tasks of the same name have the
/// same colour in both halves, and lie in the same order. Requires width > 0; a height of 0 means the natural one. With `until`
/// both are shown as they stood at that moment, and totals and verdict only as far as they are known.
[[nodiscard]] CompareScene compare_layout(const Trace& a, const RunSpans& spans_a, const Trace& b,
                                          const RunSpans& spans_b, const CompareWords& words, double width,
                                          double height = 0, const LayoutMetrics& metrics = {},
                                          std::optional<TimePoint> until = {}, AxisView view = {});

/// The same on the way to its scene: what does not depend on the height is found once, for whoever asks for several
/// heights before one of them is laid out.
class ComparePlan {
public:
    /// Requires width > 0. The runs outlive this.
    ComparePlan(const Trace& a, const RunSpans& spans_a, const Trace& b, const RunSpans& spans_b, const CompareWords& words,
                double width, const LayoutMetrics& metrics = {}, std::optional<TimePoint> until = {}, AxisView view = {});
    ~ComparePlan();
    ComparePlan(ComparePlan&&) noexcept;
    ComparePlan& operator=(ComparePlan&&) noexcept;

    /// How high its scene will be for this height, for less than it costs to lay it out.
    [[nodiscard]] double height_for(double height) const;
    [[nodiscard]] CompareScene scene(double height) const;

private:
    struct Parts;
    std::unique_ptr<const Parts> parts_;
};

} // namespace loopscope
