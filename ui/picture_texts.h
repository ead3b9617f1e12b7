#pragma once

#include "core/lesson/comparison.h"
#include "core/lesson/lesson.h"
#include "core/lesson/run.h"

#include "ui/export.h"
#include "ui/open_recording.h"
#include "ui/store.h"

#include <string>
#include <vector>

namespace loopscope::ui {

/// The values in a line, as a picture's subtitle tells them: "example.com 1 s · connect 0.3 s".
/// Parameters that matter to none of the variants are left out.
[[nodiscard]] QString valuesText(const Lesson& lesson, const std::vector<std::string>& variants,
                                 const Values& values);

/// The values that are not those that the lesson begins with, as far as they matter to the variant; empty
/// when there is none.
[[nodiscard]] QString changedText(const Lesson& lesson, const Variant& variant, const Values& values);

/// A run as a picture for a file: titles, values and how it ended. Requires a run of this lesson.
[[nodiscard]] RunPicture pictureOf(const Lesson& lesson, const Run& run);

/// "t = 1.000 s"
[[nodiscard]] QString momentText(TimePoint when);

/// Lets a picture say which moment it shows, beside its title.
void tellMoment(RunPicture& picture, RunPosition at);

/// Lets a picture of a recording say, behind its subtitle, that a part of the run is missing; where one is.
void tellDamage(RunPicture& picture, const OpenRecording& recording);

/// What a comparison says in words. Requires runs of this lesson and the numbers of the two.
[[nodiscard]] CompareWords wordsOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& numbers);

/// The same where values differ too, as before and after a change: each title tells its own values.
[[nodiscard]] CompareWords wordsOf(const Lesson& lesson, const Run& a, const QString& titleA, const Run& b,
                                   const QString& titleB, const Comparison& numbers);
/// What the comparison on screen says. Requires one.
[[nodiscard]] CompareWords comparisonWords(const Store& store);

/// Two runs as a picture for a file. Requires the same as wordsOf().
[[nodiscard]] ComparisonPicture pictureOf(const Lesson& lesson, const Run& a, const Run& b,
                                          const Comparison& numbers);
/// The comparison on screen as a picture for a file. Requires one.
[[nodiscard]] ComparisonPicture comparisonPicture(const Store& store);

} // namespace loopscope::ui
