#pragma once

#include "ui/store.h"

#include <QString>

#include <cstddef>
#include <vector>

namespace loopscope::ui {

/// A place in the run that was looked for.
struct SearchHit {
    enum class Kind { Task, Event, Line, Printed, Sentence } kind = Kind::Event;
    std::size_t step = 0; ///< after how many facts it is seen
    TaskId task;          ///< on whose lane; none for the loop's
    QString words;        ///< what was found: "fetch-1", "timer fired"

    friend bool operator==(const SearchHit&, const SearchHit&) = default;
};

/// The tasks whose name holds the words, at their creation; the events whose name does; the moments
/// at which a task waits at such a line of the shown code; and the texts that were printed. Where nothing
/// of these holds them, the events whose sentence does: a task's name stands in many sentences. In order,
/// without regard to capitals, and only as far as the run was shown: what has not run is no answer.
/// Nothing for an empty text.
[[nodiscard]] std::vector<SearchHit> searchRun(const Store& store, const QString& words);

/// "task", "event", "line", "printed", "sentence".
[[nodiscard]] QString nameOf(SearchHit::Kind kind);

} // namespace loopscope::ui
