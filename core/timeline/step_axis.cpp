#include "core/timeline/layout.h"

#include <algorithm>
#include <limits>

namespace loopscope {
namespace {

/// A stretch of the loop's lane in which one task, or one callback, has the thread.
struct Block {
    std::size_t from = 0; ///< positions, not facts
    std::size_t to = 0;
    double want = 0;      ///< the least width
    double x0 = 0;        ///< where the scale puts it …
    double x1 = 0;
    double start = 0;     ///< … and where it is drawn
    double end = 0;
};

bool holds_thread(const Span& span) { return span.kind != SpanKind::Selecting; }

/// The positions that are in view, or near enough to push what is.
struct Window {
    std::size_t first = 0;
    std::size_t last = 0;
};

/// position_of() for positions that rise: the moment is asked for only where it changes.
class Positions {
public:
    explicit Positions(const Trace& trace) : trace_(trace) {}

    [[nodiscard]] RunPosition at(std::size_t step)
    {
        if (step > 0 && (step > until_ || step <= from_)) {
            when_ = trace_.when(step - 1);
            from_ = step - 1;
            until_ = trace_.end_of_moment(step - 1);
        }
        return {step == 0 ? TimePoint{} : when_, static_cast<double>(step)};
    }

private:
    const Trace& trace_;
    TimePoint when_;
    std::size_t from_ = 0;  // steps above this …
    std::size_t until_ = 0; // … and up to this are at `when_`
};

std::vector<Block> blocks_of(const Trace& trace, const RunSpans& spans, Window window, const LayoutMetrics& m)
{
    std::vector<Block> blocks;
    const Span* last = nullptr;
    auto span = std::lower_bound(spans.loop.begin(), spans.loop.end(), window.first,
                                 [](const Span& s, std::size_t step) { return s.end < step; });
    for (; span != spans.loop.end() && span->begin <= window.last; ++span) {
        if (!holds_thread(*span)) {
            last = nullptr;
            continue;
        }
        const std::size_t to = std::min(span->end + 1, trace.size());
        // A task that runs, computes and runs on is one block: only the whole needs a width.
        if (last && last->end == span->begin && last->task == span->task && last->handle == span->handle)
            blocks.back().to = to;
        else
            blocks.push_back({.from = span->begin + 1, .to = to, .want = span->task ? m.block_width : m.block_width / 3});
        last = &*span;
    }
    return blocks;
}

/// Lays blocks first … last side by side, from `cursor` on, with their wishes times `factor`.
void place(std::vector<Block>& blocks, std::size_t first, std::size_t last, double cursor, double factor, double limit)
{
    for (std::size_t i = first; i <= last; ++i) {
        Block& block = blocks[i];
        block.start = std::max(block.x0, cursor);
        block.end = std::min(std::max(block.x1, block.start + block.want * factor), block.x1 + limit);
        block.start = std::min(block.start, block.end);
        cursor = block.end;
    }
}

/// Gives each of blocks first … end its least width, right of what lies before them; blocks that push each
/// other share what may be pushed.
void spread(std::vector<Block>& blocks, std::size_t first, std::size_t end, double max_shift)
{
    constexpr double none = std::numeric_limits<double>::infinity();
    double before = first == 0 ? -none : blocks[first - 1].end;
    while (first < end) {
        double cursor = before;
        double shift = 0;
        std::size_t last = first;
        for (std::size_t i = first; i < end && (i == first || blocks[i].x0 < cursor); ++i) {
            cursor = std::max(blocks[i].x1, std::max(blocks[i].x0, cursor) + blocks[i].want);
            shift = std::max(shift, cursor - blocks[i].x1);
            last = i;
        }
        const double factor = shift > max_shift ? max_shift / shift : 1;
        place(blocks, first, last, before, factor, factor < 1 ? max_shift : none);
        before = blocks[last].end;
        first = last + 1;
    }
}

/// The positions at which the way from step to x may bend: where time passes, and where blocks
/// begin and end.
std::vector<std::size_t> bends_of(const Trace& trace, const std::vector<Block>& blocks, Window window)
{
    std::vector<std::size_t> bends{0, trace.size()};
    for (const Block& block : blocks) {
        bends.push_back(block.from);
        bends.push_back(block.to);
    }
    for (std::size_t i = window.first; i < std::min(window.last + 1, trace.size()); i = trace.end_of_moment(i)) {
        bends.push_back(i);
        bends.push_back(i + 1);
    }
    std::sort(bends.begin(), bends.end());
    bends.erase(std::unique(bends.begin(), bends.end()), bends.end());
    return bends;
}

} // namespace

RunPosition position_at(const Trace& trace, TimePoint when)
{
    std::size_t low = 0;
    std::size_t high = trace.size();
    while (low < high) {
        const std::size_t middle = low + (high - low) / 2;
        if (trace.when(middle) <= when)
            low = middle + 1;
        else
            high = middle;
    }
    return {when, static_cast<double>(low)};
}

RunPosition position_of(const Trace& trace, std::size_t step)
{
    if (step == 0)
        return {};
    return {trace.when(step - 1), static_cast<double>(step)};
}

std::size_t step_at(const Trace& trace, const TimeScale& scale, double x)
{
    std::size_t low = 0;
    std::size_t high = trace.size();
    while (low < high) {
        const std::size_t middle = high - (high - low) / 2;
        if (scale.x(position_of(trace, middle)) <= x + 1e-9)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

double axis_width(double picture_width, const LayoutMetrics& metrics)
{
    return std::max(1.0, picture_width - metrics.label_width - metrics.right_margin);
}

StepAxis step_axis(const Trace& trace, const RunSpans& spans, const TimeScale& scale, const LayoutMetrics& metrics)
{
    // Beyond this, nothing reaches into view; what lies there needs no exact place.
    const double reach = 2 * metrics.max_shift + metrics.right_margin;
    const Window window{step_at(trace, scale, -reach), step_at(trace, scale, scale.width() + reach)};

    std::vector<Block> blocks = blocks_of(trace, spans, window, metrics);
    Positions positions(trace);
    for (Block& block : blocks) {
        block.x0 = scale.x(positions.at(block.from));
        block.x1 = scale.x(positions.at(block.to));
    }
    std::size_t last = blocks.size(); // the first block of the run's last moment
    if (metrics.last_block_width > 0 && trace.end_time() > TimePoint{})
        while (last > 0 && positions.at(blocks[last - 1].from).when == trace.end_time()) {
            --last;
            blocks[last].want *= metrics.last_block_width / metrics.block_width;
        }
    spread(blocks, 0, last, metrics.max_shift);
    spread(blocks, last, blocks.size(), std::max(metrics.max_shift, metrics.last_shift));

    std::vector<StepAxis::Stop> stops;
    double reached = -std::numeric_limits<double>::infinity();
    std::size_t next = 0; // the first block that does not end before the bend
    for (const std::size_t step : bends_of(trace, blocks, window)) {
        while (next < blocks.size() && blocks[next].to < step)
            ++next;
        double x = scale.x(positions.at(step));
        if (next < blocks.size() && step >= blocks[next].from) {
            const Block& block = blocks[next];
            if (step == block.to)
                x = block.end;
            else
                x = std::clamp(x, block.start, std::max(block.start, block.end));
        }
        reached = std::max(reached, x);
        stops.push_back({step, reached});
    }
    return StepAxis(std::move(stops));
}

} // namespace loopscope
