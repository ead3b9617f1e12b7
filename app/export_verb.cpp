#include "app/export_verb.h"

#include "app/application.h"
#include "app/painting.h"
#include "app/stage.h"
#include "core/base/format.h"
#include "core/lesson/comparison.h"
#include "ui/animation.h"
#include "ui/export.h"
#include "ui/picture_texts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <utility>
#include <variant>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

Result<ui::ThemeName> themeOf(const std::string& word)
{
    std::vector<std::string> words;
    for (const ui::ThemeName theme : {ui::ThemeName::Dark, ui::ThemeName::Light, ui::ThemeName::Print})
        words.emplace_back(ui::wordFor(theme));
    if (const std::optional<ui::ThemeName> theme = ui::themeNamed(word))
        return *theme;
    return Error{"There is no theme " + inQuotes(word) + hintFor(word, words)};
}

template <class T>
std::optional<T> numberIn(std::string_view text)
{
    T value{};
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || read.ec != std::errc() || read.ptr != text.data() + text.size())
        return std::nullopt;
    return value;
}

std::string textOf(QSize size) { return std::to_string(size.width()) + "x" + std::to_string(size.height()); }

// "1440x900", "297x210mm", and the two that everybody asks for.
Result<QSize> sizeOf(const std::string& word)
{
    if (word == "slide")
        return QSize(1280, 720); // and half as large again, to be read from the back of a room
    std::string_view numbers = word == "a4" ? std::string_view("297x210mm") : std::string_view(word);
    const bool millimetres = numbers.ends_with("mm");
    if (millimetres)
        numbers.remove_suffix(2);
    const auto by = std::min(numbers.find('x'), numbers.size());
    const std::optional<int> width = numberIn<int>(numbers.substr(0, by));
    const std::optional<int> height = numberIn<int>(numbers.substr(std::min(by + 1, numbers.size())));
    if (width && height && *width < 100000 && *height < 100000) {
        const auto units = [&](int value) { return millimetres ? static_cast<int>(std::lround(value * 96 / 25.4)) : value; };
        const QSize size(units(*width), units(*height));
        if (size == size.expandedTo(ui::smallestPicture).boundedTo(ui::largestPicture))
            return size;
    }
    return Error{"A size is WIDTHxHEIGHT, from " + textOf(ui::smallestPicture) + " to " + textOf(ui::largestPicture)
                 + ", or in millimetres (297x210mm), or slide, or a4; not " + inQuotes(word) + "."};
}

Result<std::optional<TimePoint>> momentOf(const std::string& option, const std::string& word)
{
    if (word.empty())
        return std::optional<TimePoint>();
    std::string_view number = word;
    if (number.ends_with('s'))
        number.remove_suffix(1);
    const std::optional<double> value = numberIn<double>(number);
    constexpr double century = 3.2e9; // no run is longer, and microseconds still fit
    if (!value || !std::isfinite(*value) || *value < 0 || *value > century)
        return Error{option + " takes a moment in seconds, such as 1.5, not " + inQuotes(word) + "."};
    return std::optional(TimePoint{seconds(*value)});
}

/// What was asked for, as far as no run is needed to understand it.
struct Wanted {
    QString fileName;
    ui::PictureOptions options;
    std::optional<ui::AnimationFormat> animation;
    std::optional<TimePoint> at, from, to;
    std::optional<ui::Language> code;
    double speed = 1;
};

/// Options that exclude each other, or that the kind of file has no use for.
std::optional<Error> contradictionIn(const ExportRequest& r, bool animation, bool dots)
{
    const bool two = !r.compare.empty() || !r.before.empty();
    if (r.compare.find(',') != std::string::npos && !r.run.variant.empty())
        return Error{"Choose one of --variant and --compare: a picture shows one run or two."};
    if (!r.compare.empty() && !r.before.empty())
        return Error{"Choose one of --compare and --before: a picture shows two runs at the most."};
    if (!r.at.empty() && !r.step.empty())
        return Error{"Choose one of --at and --step: both say up to where the run is shown."};
    if (two && !r.step.empty())
        return Error{"Two runs have no common steps; choose a moment with --at."};
    if (two && !r.code.empty())
        return Error{"--code stands beside one run; leave it out, or leave out the comparison."};
    if (animation && (!r.at.empty() || !r.step.empty()))
        return Error{"An animation plays a span; choose it with --from and --to."};
    if (!animation && !r.speed.empty())
        return Error{"--speed is that of an animation; give the file the ending .gif or .webp."};
    if (!dots && !r.dpi.empty())
        return Error{"--dpi is for pictures made of dots; SVG and PDF are sharp at any size."};
    return std::nullopt;
}

Result<Wanted> wantedBy(const ExportRequest& request)
{
    if (request.output.empty())
        return Error{"export needs a file to write: -o FILE.png, .svg, .pdf, .gif or .webp."};
    Wanted wanted;
    wanted.fileName = QString::fromStdString(request.output);
    wanted.animation = ui::animationFormatOf(wanted.fileName);
    const auto format = ui::pictureFormatOf(wanted.fileName);
    if (!format && !wanted.animation)
        return format.error();
    const bool dots = wanted.animation || *format == ui::PictureFormat::Png;
    if (const std::optional<Error> error = contradictionIn(request, wanted.animation.has_value(), dots))
        return *error;

    if (!request.theme.empty()) {
        const Result<ui::ThemeName> theme = themeOf(request.theme);
        if (!theme)
            return theme.error();
        wanted.options.theme = *theme;
    }
    if (wanted.animation)
        wanted.options.size = {1280, 0}; // an animation is heavier than a picture
    if (!request.size.empty()) {
        const Result<QSize> size = sizeOf(request.size);
        if (!size)
            return size.error();
        wanted.options.size = *size;
        if (request.size == "slide" && dots)
            wanted.options.scaleFactor = 1.5;
    }
    if (!request.dpi.empty()) {
        const std::optional<int> dpi = numberIn<int>(request.dpi);
        if (!dpi || *dpi < 48 || *dpi > 1200)
            return Error{"--dpi takes dots per inch, from 48 to 1200, not " + inQuotes(request.dpi) + "."};
        wanted.options.scaleFactor *= *dpi / 96.0;
        if (wanted.options.size.width() * wanted.options.scaleFactor > ui::largestPicture.width()
            || wanted.options.size.height() * wanted.options.scaleFactor > ui::largestPicture.height())
            return Error{"A picture of " + textOf(wanted.options.size) + " at " + request.dpi
                         + " dots per inch is too large; the largest has " + textOf(ui::largestPicture) + " dots."};
    }
    for (const auto& [option, word, moment] : {std::tuple("--at", &request.at, &wanted.at), std::tuple("--from", &request.from, &wanted.from),
                                               std::tuple("--to", &request.to, &wanted.to)}) {
        const Result<std::optional<TimePoint>> read = momentOf(option, *word);
        if (!read)
            return read.error();
        *moment = *read;
    }
    if (wanted.to && *wanted.to <= wanted.from.value_or(TimePoint{}))
        return Error{"--to has to come after --from, and is " + request.to + "."};
    if (request.code == "python" || request.code == "c++")
        wanted.code = request.code == "python" ? ui::Language::Python : ui::Language::Cpp;
    else if (!request.code.empty())
        return Error{"--code is python or c++, not " + inQuotes(request.code) + "."};
    if (!request.speed.empty()) {
        const std::optional<double> speed = numberIn<double>(request.speed);
        if (!speed || !(*speed >= 0.1) || *speed > 20)
            return Error{"--speed takes a number from 0.1 to 20, not " + inQuotes(request.speed) + "."};
        wanted.speed = *speed;
    }
    return wanted;
}

std::string wroteText(const QString& path) { return "Wrote " + path.toStdString() + ".\n"; }

template <class P>
Result<std::string> written(const Wanted& wanted, const P& content)
{
    const Painting painting;
    const Result<QString> path = ui::exportPicture(wanted.fileName, content, wanted.options);
    if (!path)
        return path.error();
    return wroteText(*path);
}

/// Puts the words of the request in place of the lesson's own.
template <class P>
void applyWords(const ExportRequest& request, P& content)
{
    if (!request.title.empty())
        content.title = QString::fromStdString(request.title);
    if (!request.caption.empty())
        content.caption = QString::fromStdString(request.caption);
}

std::optional<Error> spanError(const Wanted& wanted, TimePoint end)
{
    if (wanted.from && *wanted.from >= end && end > TimePoint{})
        return Error{"--from lies behind the end: the run is over at " + format_number(to_seconds(end)) + " s."};
    return std::nullopt;
}

/// Makes and writes an animation.
Result<std::string> writtenFrames(const Wanted& wanted, std::variant<ui::RunPicture, ui::ComparisonPicture> content,
                                  const std::vector<ui::AnimationFrame>& frames)
{
    constexpr std::size_t most = 5000;
    if (frames.size() > most)
        return Error{"An animation of " + std::to_string(frames.size()) + " pictures is too long; play a shorter span with "
                     "--from and --to, or a faster one with --speed."};
    const Painting painting;
    ui::AnimationMaker maker(std::move(content), frames, *wanted.animation, wanted.options);
    while (!maker.isDone())
        maker.makeNext();
    const Result<QString> path = ui::writeFile(wanted.fileName, maker.bytes());
    if (!path)
        return path.error();
    return "Wrote " + path->toStdString() + ": " + format_count(frames.size(), "picture") + ", "
        + format_number(std::round(static_cast<double>(ui::lengthOf(frames).count()) / 100) / 10) + " s.\n";
}

Result<std::string> exportAnimation(const ui::RunPicture& content, const Wanted& wanted)
{
    const Trace& trace = *content.trace;
    const ui::Playback playback{.from = wanted.from ? ui::stepsUntil(trace, TimePoint{wanted.from->since_start - Duration{1}}) : 0,
                                .to = wanted.to ? ui::stepsUntil(trace, *wanted.to) : trace.size(),
                                .speed = wanted.speed};
    return writtenFrames(wanted, content, ui::framesOf(trace, playback));
}

Result<std::string> exportComparison(const Stage& stage, const ExportRequest& request, const Wanted& wanted)
{
    const auto comma = request.compare.find(',');
    std::string first = request.run.variant;
    std::string second = request.compare;
    Stage before = stage;
    if (!request.before.empty()) {
        std::vector<std::string> sets = request.run.sets;
        sets.insert(sets.end(), request.before.begin(), request.before.end());
        Result<Values> values = parse_values(*stage.lesson, sets);
        if (!values)
            return values.error();
        before.values = std::move(*values);
        second = first;
    } else if (comma != std::string::npos) {
        if (comma == 0 || comma + 1 == request.compare.size())
            return Error{"--compare takes two variants with a comma between them, such as " + stage.lesson->compare.first
                         + "," + stage.lesson->compare.second + ", not " + inQuotes(request.compare) + "."};
        first = request.compare.substr(0, comma);
        second = request.compare.substr(comma + 1);
    }
    const Result<Run> a = runOf(before, first);
    if (!a)
        return a.error();
    const Result<Run> b = runOf(stage, second);
    if (!b)
        return b.error();
    const std::string title = find_variant(*stage.lesson, b->variant)->title;
    const bool change = !request.before.empty();
    const Comparison numbers = change ? compare(*a, *b, {"the run before", "the run now"}) : compare(*a, *b);
    ui::ComparisonPicture content = ui::pictureOf(*stage.lesson, *a, *b, numbers);
    if (change)
        content.words = ui::wordsOf(*stage.lesson, *a, QString::fromStdString(title + ", before"), *b,
                                    QString::fromStdString(title + ", now"), numbers);
    content.until = wanted.at;
    const TimePoint end = std::max(a->trace->end_time(), b->trace->end_time());
    if (const std::optional<Error> error = spanError(wanted, end))
        return *error;
    if (wanted.from || wanted.to)
        content.view = ui::viewOf(*a->trace, *b->trace, wanted.from.value_or(TimePoint{}), std::min(wanted.to.value_or(end), end));
    content.legend = request.legend;
    applyWords(request, content);
    if (wanted.animation)
        return writtenFrames(wanted, content,
                             ui::framesOf(*a->trace, *b->trace, wanted.from.value_or(TimePoint{}),
                                          std::min(wanted.to.value_or(end), end), wanted.speed));
    return written(wanted, content);
}

} // namespace

Result<std::string> exportLesson(std::span<const Lesson> lessons, const ExportRequest& request)
{
    const Result<Stage> stage = stageOf(lessons, request.run.lesson, request.run.sets);
    if (!stage)
        return stage.error();
    const Result<Wanted> wanted = wantedBy(request);
    if (!wanted)
        return wanted.error();
    if (stage->recording && (!request.compare.empty() || !request.before.empty()))
        return Error{"A recording is one run; leave out --compare and --before."};
    if (!request.compare.empty() || !request.before.empty())
        return exportComparison(*stage, request, *wanted);

    const Result<Run> run = runOf(*stage, request.run.variant);
    if (!run)
        return run.error();
    const Trace& trace = *run->trace;
    ui::RunPicture content = ui::pictureOf(*stage->lesson, *run);
    if (stage->recording)
        ui::tellDamage(content, *stage->recording);
    content.until = wanted->at;
    if (!request.step.empty()) {
        const std::optional<std::size_t> step = numberIn<std::size_t>(request.step);
        if (!step || *step > trace.size())
            return Error{"--step takes a whole number from 0 to " + std::to_string(trace.size()) + ", not "
                         + inQuotes(request.step) + "."};
        content.at = position_of(trace, *step);
    }
    if (const std::optional<Error> error = spanError(*wanted, trace.end_time()))
        return *error;
    if (wanted->from || wanted->to) {
        const TimePoint from = wanted->from.value_or(TimePoint{});
        const TimePoint to = std::min(wanted->to.value_or(trace.end_time()), trace.end_time());
        content.view = ui::viewOf(trace, content.blend, from, to);
        content.part = std::pair(from > TimePoint{} ? position_at(trace, TimePoint{from.since_start - Duration{1}}) : RunPosition{},
                                 position_at(trace, to));
    }
    const std::optional<RunPosition> moment = content.at ? content.at
        : content.until                                  ? std::optional(position_at(trace, *content.until))
                                                         : std::nullopt;
    if (moment && moment->step < static_cast<double>(trace.size()))
        ui::tellMoment(content, *moment);
    content.legend = request.legend;
    applyWords(request, content);
    if (wanted->code)
        content.code = ui::codePictureOf(*stage->lesson, *find_variant(*stage->lesson, run->variant), codeOf(*stage),
                                         *run, *wanted->code);
    return wanted->animation ? exportAnimation(content, *wanted) : written(*wanted, content);
}

} // namespace loopscope::app
