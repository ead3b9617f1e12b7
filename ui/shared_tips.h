#pragma once

#include "core/timeline/scene.h"

#include "ui/store.h"

#include <QPointF>
#include <QString>

#include <optional>

namespace loopscope::ui {

/// What surrounds tasks or what they share, under a pointer: a frame, a deadline, a value, a place.
struct SharedThing {
    QString tip;            ///< one or two lines in plain words
    TaskId task = {};       ///< whom it is about, or who made it so
    std::size_t event = 0;  ///< index of the fact with which it begins
    bool isFrame = false;   ///< a frame is background: a click into it means nothing
};

/// The thing at a point of `seen`, which holds only what has happened; small things lie above large ones,
/// and of frames the innermost is meant. Nothing where there is none.
[[nodiscard]] std::optional<SharedThing> sharedThingAt(const Store& store, const TimelineScene& seen, QPointF at);

} // namespace loopscope::ui
