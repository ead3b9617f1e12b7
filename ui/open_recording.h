#pragma once

#include "core/recording/recording.h"

#include "ui/sources.h"

#include <QString>

namespace loopscope::ui {

class Store;

/// How the name of a recording's file ends.
inline constexpr QLatin1StringView recordingEnding("loopscope");

/// A recording that is open, with what views ask of a lesson.
struct OpenRecording {
    QString file; ///< its path
    Recording recording;
    Lesson lesson; ///< the recording as a lesson with this one run
    Sources sources;
    QString damage; ///< a sentence, when only a part of it could be read

    /// The file's name without its folder.
    [[nodiscard]] QString name() const;
    /// The same without our ending, where there is little room.
    [[nodiscard]] QString title() const;
};

/// What was read, under the name of a file.
[[nodiscard]] OpenRecording openedAs(const QString& file, ReadRecording read);

/// Reads a file. An Error says in a sentence why there is nothing to show.
[[nodiscard]] Result<OpenRecording> openRecording(const QString& file);

/// The run on screen as a recording; one that is open is itself. Requires a store that shows one run.
[[nodiscard]] Recording recordingOf(const Store& store);

/// Writes a recording as a file, whole or not at all; gives the path that was written. A name without
/// an ending gets ours.
[[nodiscard]] Result<QString> saveRecording(const QString& file, const Recording& recording);

} // namespace loopscope::ui
