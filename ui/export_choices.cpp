#include "ui/export_choices.h"

#include "core/trace/explain.h"

#include "ui/picture_texts.h"
#include "ui/predictions.h"
#include "ui/style.h"
#include "ui/store.h"
#include "ui/timeline_state.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>
#include <array>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr std::array endings{"png", "svg", "pdf", "gif", "webp"};
constexpr QSize slide{1280, 720}; // drawn half as large again, to be read from the back of a room
constexpr double slideScale = 1.5;
constexpr QSize a4{1123, 794}; // 297 mm × 210 mm

TimeScale wholeAxis(const Trace& trace, double blend)
{
    return {std::max(trace.end_time(), TimePoint{Duration{1}}), std::max<std::size_t>(1, trace.size()), 1000, blend};
}

/// The part of the axis that is asked for, when it is not all.
std::optional<AxisView> partOf(const ExportSubject& subject, const ExportChoices& choices)
{
    return choices.what == ExportWhat::Span ? subject.span
        : choices.what == ExportWhat::Marked ? subject.marked
                                             : std::nullopt;
}

/// A picture of a moment shows of the run what the window shows, and says what just happened.
void addMoment(ExportSubject& subject, const Store& store)
{
    if (store.reached() > store.step())
        subject.seen = position_of(store.trace(), store.reached());
    subject.rulerEnds = store.predictions().wouldSpoil();
    if (store.step() > 0)
        subject.told = plainText(store.told().sentence);
}

} // namespace

ExportSubject exportSubjectOf(const Store& store, QSize onScreen)
{
    ExportSubject subject;
    const Lesson& lesson = store.lesson();
    if (store.mode() == Mode::Compare) {
        const ComparedRuns& runs = store.comparison();
        subject.picture = comparisonPicture(store);
        subject.suggestedName = QString::fromStdString(
            lesson.id + '-' + runs.a->run.variant
            + (runs.a->run.variant == runs.b->run.variant ? "-before-and-now" : '-' + runs.b->run.variant));
    } else {
        RunPicture picture = pictureOf(lesson, store.run().run);
        picture.blend = store.blend();
        if (store.recording())
            tellDamage(picture, *store.recording());
        subject.picture = picture;
        subject.code = codePictureOf(lesson, store.variant(), store.sources(), store.run().run, store.language());
        subject.suggestedName = QString::fromStdString(lesson.id + '-' + store.variant().name);
        if (const std::optional<Stretch>& stretch = store.timeline().stretch()) {
            const TimeScale axis = wholeAxis(store.trace(), store.blend());
            const AxisView marked{std::clamp(axis.u(stretch->from), 0.0, 1.0), std::clamp(axis.u(stretch->to), 0.0, 1.0)};
            if (marked.high > marked.low) { // a single moment has no length that could be drawn
                subject.marked = marked;
                subject.markedEnds = {stretch->from, stretch->to};
            }
        }
    }
    if (store.step() < store.lastStep())
        subject.moment = store.position();
    subject.atBegin = store.step() == 0 && store.glide() == 0;
    if (subject.moment && store.mode() == Mode::Run)
        addMoment(subject, store);
    if (store.zoom() != Zoom{})
        subject.span = AxisView{store.zoom().low, store.zoom().high};
    subject.stepBy = store.stepBy();
    subject.speed = store.speed();
    subject.onScreen = onScreen.expandedTo(smallestPicture).boundedTo(largestPicture);
    return subject;
}

QString endingOf(ExportFormat format)
{
    return QString::fromLatin1(endings[static_cast<std::size_t>(format)]);
}

std::optional<ExportFormat> exportFormatOf(const QString& fileName)
{
    const QString ending = QFileInfo(fileName).suffix().toLower();
    for (std::size_t i = 0; i < endings.size(); ++i)
        if (ending == QLatin1String(endings[i]))
            return static_cast<ExportFormat>(i);
    return std::nullopt;
}

bool isAnimation(ExportFormat format) { return format == ExportFormat::Gif || format == ExportFormat::WebP; }
bool hasDots(ExportFormat format) { return format == ExportFormat::Png || isAnimation(format); }

std::vector<ExportWhat> offeredBy(const ExportSubject& subject)
{
    std::vector<ExportWhat> offered;
    if (subject.moment)
        offered.push_back(ExportWhat::Moment);
    if (subject.marked)
        offered.push_back(ExportWhat::Marked);
    if (subject.span)
        offered.push_back(ExportWhat::Span);
    offered.push_back(ExportWhat::Whole);
    return offered;
}

std::variant<RunPicture, ComparisonPicture> pictureFor(const ExportSubject& subject, const ExportChoices& choices)
{
    std::variant<RunPicture, ComparisonPicture> picture = subject.picture;
    const bool animated = isAnimation(choices.format);
    std::visit(
        [&](auto& chosen) {
            chosen.view = partOf(subject, choices).value_or(chosen.view);
            chosen.legend = choices.legend;
            if (!choices.title.isEmpty())
                chosen.title = choices.title;
            if (!choices.caption.isEmpty())
                chosen.caption = choices.caption;
        },
        picture);
    if (auto* run = std::get_if<RunPicture>(&picture)) {
        if (choices.code)
            run->code = subject.code;
        if (choices.what == ExportWhat::Marked && subject.marked)
            run->part = subject.markedEnds;
        if (choices.what == ExportWhat::Moment && subject.moment && !animated) {
            run->at = subject.moment;
            run->seen = subject.seen;
            run->rulerEnds = subject.rulerEnds;
            tellMoment(*run, *subject.moment);
            run->told = subject.told;
        }
    } else if (choices.what == ExportWhat::Moment && subject.moment && !animated) {
        auto& comparison = std::get<ComparisonPicture>(picture);
        comparison.until = subject.moment->when;
        comparison.seen = true;
        comparison.atBegin = subject.atBegin;
    }
    return picture;
}

PictureOptions optionsFor(const ExportSubject& subject, const ExportChoices& choices)
{
    PictureOptions options{.theme = choices.theme, .size = choices.byHand, .scaleFactor = hasDots(choices.format) ? choices.dpi / 96.0 : 1};
    switch (choices.size) {
    case ExportSize::Wide:
        options.size = {1440, 0};
        break;
    case ExportSize::OnScreen:
        options.size = subject.onScreen;
        break;
    case ExportSize::Slide:
        options.size = slide;
        options.scaleFactor *= hasDots(choices.format) ? slideScale : 1;
        break;
    case ExportSize::A4:
        options.size = a4;
        break;
    case ExportSize::ByHand:
        break;
    }
    if (options.size.height() == 0)
        options.size.setHeight(std::visit([&](const auto& picture) { return naturalHeight(picture, options.size.width()); },
                                          pictureFor(subject, choices)));
    return options;
}

std::vector<AnimationFrame> framesFor(const ExportSubject& subject, const ExportChoices& choices)
{
    const std::optional<AxisView> part = partOf(subject, choices);
    const bool untilMoment = choices.what == ExportWhat::Moment && subject.moment;
    if (const auto* two = std::get_if<ComparisonPicture>(&subject.picture)) {
        const TimePoint end = std::max(two->a->end_time(), two->b->end_time());
        const auto at = [&](double u) { return TimePoint{} + seconds(to_seconds(end - TimePoint{}) * u); };
        return framesOf(*two->a, *two->b, part ? at(part->low) : TimePoint{},
                        untilMoment ? subject.moment->when
                            : part  ? at(part->high)
                                    : end,
                        subject.speed);
    }
    const RunPicture& run = std::get<RunPicture>(subject.picture);
    const Trace& trace = *run.trace;
    Playback playback{.from = 0, .to = trace.size(), .by = subject.stepBy, .speed = subject.speed};
    if (choices.what == ExportWhat::Marked && subject.marked) {
        playback.from = static_cast<std::size_t>(subject.markedEnds.first.step);
        playback.to = static_cast<std::size_t>(subject.markedEnds.second.step);
    } else if (part) {
        const TimeScale scale = wholeAxis(trace, run.blend).showing(part->low, part->high);
        playback.from = step_at(trace, scale, 0);
        playback.to = step_at(trace, scale, scale.width());
    } else if (untilMoment) {
        playback.to = static_cast<std::size_t>(subject.moment->step);
    }
    return framesOf(trace, playback);
}

void saveExportChoices(QSettings& settings, const ExportChoices& choices)
{
    settings.setValue(u"export/format"_s, endingOf(choices.format));
    settings.setValue(u"export/theme"_s, static_cast<int>(choices.theme));
    settings.setValue(u"export/size"_s, static_cast<int>(choices.size));
    settings.setValue(u"export/byHand"_s, choices.byHand);
    settings.setValue(u"export/dpi"_s, choices.dpi);
    settings.setValue(u"export/legend"_s, choices.legend);
    settings.setValue(u"export/code"_s, choices.code);
    settings.setValue(u"export/folder"_s, choices.folder);
}

ExportChoices restoredExportChoices(const QSettings& settings, const ExportChoices& otherwise)
{
    ExportChoices choices = otherwise;
    const auto number = [&](const QString& key, int value, int most) {
        return std::clamp(settings.value(key, value).toInt(), 0, most);
    };
    choices.format = exportFormatOf(u"a."_s + settings.value(u"export/format"_s).toString()).value_or(otherwise.format);
    choices.theme = static_cast<ThemeName>(number(u"export/theme"_s, static_cast<int>(otherwise.theme), 2));
    choices.size = static_cast<ExportSize>(number(u"export/size"_s, static_cast<int>(otherwise.size), 4));
    choices.byHand = settings.value(u"export/byHand"_s, otherwise.byHand).toSize().expandedTo(smallestPicture).boundedTo(largestPicture);
    choices.dpi = std::clamp(settings.value(u"export/dpi"_s, otherwise.dpi).toInt(), 48, 600);
    choices.legend = settings.value(u"export/legend"_s, otherwise.legend).toBool();
    choices.code = settings.value(u"export/code"_s, otherwise.code).toBool();
    choices.folder = settings.value(u"export/folder"_s, otherwise.folder).toString();
    return choices;
}

} // namespace loopscope::ui
