#pragma once

#include "ui/animation.h"
#include "ui/export.h"

#include <QString>

#include <optional>
#include <variant>
#include <vector>

class QSettings;

namespace loopscope::ui {

class Store;

/// What can be saved of what the window shows.
struct ExportSubject {
    std::variant<RunPicture, ComparisonPicture> picture; ///< the whole of it, without code
    std::optional<RunPosition> moment;  ///< where the playhead stands, when that is not the end
    bool atBegin = false;               ///< before all that happens at that moment
    std::optional<RunPosition> seen;    ///< how far the run was seen, when that is beyond the moment
    bool rulerEnds = false;             ///< an open question asks what comes
    QString told;                       ///< what just happened
    std::optional<AxisView> span;       ///< the stretch that is zoomed to, when that is not all
    std::optional<AxisView> marked;     ///< the part of a run that is marked ...
    std::pair<RunPosition, RunPosition> markedEnds; ///< ... and between which positions it lies
    std::optional<CodePicture> code;    ///< of a run
    StepBy stepBy = StepBy::Event;
    double speed = 1;
    QSize onScreen{1440, 900};          ///< of the picture in the window
    QString suggestedName;              ///< without an ending
};

[[nodiscard]] ExportSubject exportSubjectOf(const Store& store, QSize onScreen);

enum class ExportWhat { Moment, Whole, Span, Marked };
enum class ExportFormat { Png, Svg, Pdf, Gif, WebP };
enum class ExportSize { Wide, OnScreen, Slide, A4, ByHand };

/// What a person chose for a file; remembered from one export to the next.
struct ExportChoices {
    ExportWhat what = ExportWhat::Whole;
    ExportFormat format = ExportFormat::Png;
    ThemeName theme = ThemeName::Light;
    ExportSize size = ExportSize::Wide;
    QSize byHand{1440, 900};
    int dpi = 96;
    bool legend = true;
    bool code = false;
    QString title;
    QString caption;
    QString folder; ///< where the file goes; empty for the one of the person's pictures
};

[[nodiscard]] QString endingOf(ExportFormat format);
[[nodiscard]] std::optional<ExportFormat> exportFormatOf(const QString& fileName);
[[nodiscard]] bool isAnimation(ExportFormat format);
/// Whether the file is made of dots, so that their number matters.
[[nodiscard]] bool hasDots(ExportFormat format);

/// The stretches that this subject has, what is on screen first.
[[nodiscard]] std::vector<ExportWhat> offeredBy(const ExportSubject& subject);

/// The picture that the choices ask for.
[[nodiscard]] std::variant<RunPicture, ComparisonPicture> pictureFor(const ExportSubject& subject, const ExportChoices& choices);
/// Theme, size and dots that they ask for. Requires a QGuiApplication.
[[nodiscard]] PictureOptions optionsFor(const ExportSubject& subject, const ExportChoices& choices);
/// The pictures of the animation they ask for.
[[nodiscard]] std::vector<AnimationFrame> framesFor(const ExportSubject& subject, const ExportChoices& choices);

void saveExportChoices(QSettings& settings, const ExportChoices& choices);
/// What was not saved is as in `otherwise`. Title, caption and what is shown belong to one picture
/// and are not saved.
[[nodiscard]] ExportChoices restoredExportChoices(const QSettings& settings, const ExportChoices& otherwise);

} // namespace loopscope::ui
