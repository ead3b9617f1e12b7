#pragma once

#include "ui/event_anchor.h"
#include "ui/line_visits.h"

#include <QString>

#include <cstdint>
#include <string>
#include <vector>

namespace loopscope::ui {

/// Where playing and running stop: a line of the program, a task by its name, or a kind of event.
/// None of the three depends on a run, so it means the same after a change of values.
struct Breakpoint {
    enum class Kind { Line, Task, Event } kind = Kind::Line;
    std::uint32_t line = 0; ///< of the C++ file, which both languages share; for Kind::Line
    std::string name;       ///< the task's display name, or the event's fact_name()
    bool on = true;

    [[nodiscard]] static Breakpoint atLine(std::uint32_t line) { return {Kind::Line, line, {}, true}; }
    [[nodiscard]] static Breakpoint atTask(std::string name) { return {Kind::Task, 0, std::move(name), true}; }
    [[nodiscard]] static Breakpoint atEvent(std::string kind) { return {Kind::Event, 0, std::move(kind), true}; }

    /// Whether both stop at the same, switched on or not.
    [[nodiscard]] bool sameAs(const Breakpoint& other) const
    {
        return kind == other.kind && line == other.line && name == other.name;
    }
    friend bool operator==(const Breakpoint&, const Breakpoint&) = default;
};

/// A moment that a person wants to find again, with what they noted about it.
struct Bookmark {
    std::string variant; ///< whose run it belongs to
    EventAnchor anchor;
    QString note; ///< may be empty

    friend bool operator==(const Bookmark&, const Bookmark&) = default;
};

/// What a person marked in one lesson; kept between two starts of the program.
struct LessonMarks {
    std::vector<Breakpoint> breakpoints; ///< in the order in which they were set
    std::vector<Bookmark> bookmarks;     ///< likewise

    [[nodiscard]] bool empty() const { return breakpoints.empty() && bookmarks.empty(); }
    /// The place of a breakpoint like this one; nothing when there is none.
    [[nodiscard]] std::optional<std::size_t> find(const Breakpoint& breakpoint) const;
    /// Sets it, or takes it away when it is there.
    void toggle(const Breakpoint& breakpoint);

    friend bool operator==(const LessonMarks&, const LessonMarks&) = default;
};

/// A bookmark's place in the run that is shown.
struct PlacedBookmark {
    std::size_t index = 0; ///< in LessonMarks::bookmarks
    std::size_t step = 0;  ///< how many facts have happened there
    Fit fit = Fit::Same;
    QString note;

    friend bool operator==(const PlacedBookmark&, const PlacedBookmark&) = default;
};

/// The bookmarks of this variant, in the order of their steps.
[[nodiscard]] std::vector<PlacedBookmark> placed(const LessonMarks& marks, const std::string& variant,
                                                 const Trace& trace);

/// Whether a run stops behind the fact at `event`, and by which breakpoint. Those that are off do
/// not count. Requires event < trace.size() and the visits of this trace.
[[nodiscard]] std::optional<std::size_t> breakpointAt(const LessonMarks& marks, const Trace& trace,
                                                      const LineVisits& visits, std::size_t event);

} // namespace loopscope::ui
