#include "ui/lesson_marks.h"

#include "core/trace/explain.h"

#include <algorithm>
#include <iterator>

namespace loopscope::ui {

std::optional<std::size_t> LessonMarks::find(const Breakpoint& breakpoint) const
{
    const auto found = std::find_if(breakpoints.begin(), breakpoints.end(),
                                    [&](const Breakpoint& other) { return other.sameAs(breakpoint); });
    if (found == breakpoints.end())
        return std::nullopt;
    return static_cast<std::size_t>(std::distance(breakpoints.begin(), found));
}

void LessonMarks::toggle(const Breakpoint& breakpoint)
{
    if (std::erase_if(breakpoints, [&](const Breakpoint& other) { return other.sameAs(breakpoint); }) == 0)
        breakpoints.push_back(breakpoint);
}

std::vector<PlacedBookmark> placed(const LessonMarks& marks, const std::string& variant, const Trace& trace)
{
    std::vector<PlacedBookmark> here;
    for (std::size_t i = 0; i < marks.bookmarks.size(); ++i) {
        const Bookmark& bookmark = marks.bookmarks[i];
        if (bookmark.variant != variant)
            continue;
        const AnchoredStep at = stepOf(trace, bookmark.anchor);
        here.push_back({i, at.step, at.fit, bookmark.note});
    }
    std::stable_sort(here.begin(), here.end(),
                     [](const PlacedBookmark& a, const PlacedBookmark& b) { return a.step < b.step; });
    return here;
}

std::optional<std::size_t> breakpointAt(const LessonMarks& marks, const Trace& trace, const LineVisits& visits,
                                        std::size_t event)
{
    const TraceEvent happened = trace[event];
    const auto* stepped = std::get_if<TaskStepped>(&happened.fact);
    const std::optional<LineVisit> visit = visits.at(event);
    for (std::size_t i = 0; i < marks.breakpoints.size(); ++i) {
        const Breakpoint& stop = marks.breakpoints[i];
        if (!stop.on)
            continue;
        if ((stop.kind == Breakpoint::Kind::Line && visit && visit->line == stop.line)
            || (stop.kind == Breakpoint::Kind::Task && stepped && trace.display_name(stepped->task) == stop.name)
            || (stop.kind == Breakpoint::Kind::Event && fact_name(happened.fact) == stop.name))
            return i;
    }
    return std::nullopt;
}

} // namespace loopscope::ui
