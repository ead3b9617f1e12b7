#pragma once

#include "core/lesson/lesson.h"

#include "ui/theme.h"

#include <QRectF>
#include <QString>
#include <QStringList>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

class QPainter;

namespace loopscope {
struct Run;
}

namespace loopscope::ui {

enum class Language;
struct Sources;

/// The code of a run, to stand beside its timeline.
struct CodePicture {
    QString title; ///< the file's name
    Language language{};
    QStringList lines;
    std::vector<std::uint32_t> numbers; ///< of the lines, as the file counts them
    /// The line that a step is about, if any.
    std::function<std::optional<std::size_t>(std::size_t step)> rowAt;
};

/// The functions that a variant runs. Requires a run of it.
[[nodiscard]] CodePicture codePictureOf(const Lesson& lesson, const Variant& variant, const Sources& sources,
                                        const Run& run, Language language);

/// The room that it takes when no line has to be broken. Requires a QGuiApplication.
[[nodiscard]] QSizeF naturalSize(const CodePicture& code);
/// How high it is at a width where long lines go on in a second row. Requires a QGuiApplication.
[[nodiscard]] double heightFor(const CodePicture& code, double width);

/// Draws the code with a step's line marked; where there is too little room, the lines around that
/// one. Requires a QGuiApplication.
void paintCode(QPainter& painter, const QRectF& rect, const CodePicture& code, std::optional<std::size_t> step,
               const Theme& theme);

} // namespace loopscope::ui
