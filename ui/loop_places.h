#pragma once

#include "ui/code_places.h"
#include "ui/store.h"

#include <QString>

#include <vector>

namespace loopscope::ui {

/// A task or a callback, as it stands in one of the loop's places.
struct LoopChip {
    QString key; ///< the same wherever it stands, so that it can travel
    QString title;
    QString detail;
    ColorSlot color = -1;
    TaskId task;         ///< none for a callback that is nobody's
    bool running = false;
    bool cancelled = false; ///< stands in the queue, but its turn will pass

    friend bool operator==(const LoopChip&, const LoopChip&) = default;
};

struct LoopPlace {
    QString title;
    QString hint;
    QString whenEmpty;
    std::vector<LoopChip> chips;

    friend bool operator==(const LoopPlace&, const LoopPlace&) = default;
};

/// The loop as a person can look at it: running, ready queue, timers, waiting on I/O, locks and queues,
/// waiting on tasks, done. Each task stands in exactly one of them. Where a program shares nothing, the
/// place for that is left out.
[[nodiscard]] std::vector<LoopPlace> loopPlaces(const RunData& run, const Snapshot& snapshot,
                                                const CodePlaces& code, Language language);

/// What a screen reader says of a chip: "fetch-1, ready queue, 2 of 3, starts".
[[nodiscard]] QString told(const LoopPlace& place, std::size_t chip);

} // namespace loopscope::ui
