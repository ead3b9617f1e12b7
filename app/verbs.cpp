#include "app/verbs.h"

#include "app/run_json.h"
#include "core/base/format.h"
#include "ui/export.h"
#include "ui/picture_texts.h"

#include <QGuiApplication>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <filesystem>
#include <memory>
#include <optional>
#include <utility>

namespace loopscope::app {
namespace {

std::string inQuotes(std::string_view word) { return "\"" + std::string(word) + "\""; }

// "…; did you mean "gather"?", or what there is when nothing is near.
std::string hintFor(const std::string& typed, const std::vector<std::string>& words)
{
    const std::string nearest = nearest_word(typed, words);
    if (!nearest.empty())
        return "; did you mean " + inQuotes(nearest) + "?";
    return words.size() == 1 ? "; there is only " + inQuotes(words.front()) + "."
                             : "; there are " + format_list(words) + ".";
}

template <class T>
std::vector<std::string> namesOf(const std::vector<T>& items)
{
    std::vector<std::string> names;
    for (const T& item : items)
        names.push_back(item.name);
    return names;
}

Result<const Lesson*> findLesson(std::span<const Lesson> lessons, const std::string& id)
{
    for (const Lesson& lesson : lessons)
        if (lesson.id == id)
            return &lesson;
    return noSuchLesson(lessons, id);
}

Result<const Variant*> findVariant(const Lesson& lesson, const std::string& name)
{
    if (name.empty())
        return &lesson.variants[lesson.default_variant];
    if (const Variant* variant = find_variant(lesson, name))
        return variant;
    return Error{"The lesson " + inQuotes(lesson.id) + " has no variant " + inQuotes(name)
                 + hintFor(name, namesOf(lesson.variants))};
}

/// A lesson with the values to run it with.
struct Stage {
    const Lesson* lesson;
    Values values;
};

Result<Stage> stageOf(std::span<const Lesson> lessons, const std::string& id, const std::vector<std::string>& sets)
{
    const Result<const Lesson*> lesson = findLesson(lessons, id);
    if (!lesson)
        return lesson.error();
    Result<Values> values = parse_values(**lesson, sets);
    if (!values)
        return values.error();
    return Stage{*lesson, std::move(*values)};
}

Result<Run> runOf(const Stage& stage, const std::string& variant)
{
    const Result<const Variant*> found = findVariant(*stage.lesson, variant);
    if (!found)
        return found.error();
    return run(*stage.lesson, **found, stage.values);
}

struct RunPair {
    Run a;
    Run b;
};

Result<RunPair> runsOf(const Stage& stage, const std::string& a, const std::string& b)
{
    Result<Run> first = runOf(stage, a);
    if (!first)
        return first.error();
    Result<Run> second = runOf(stage, b);
    if (!second)
        return second.error();
    return RunPair{std::move(*first), std::move(*second)};
}

std::string padded(std::string text, std::size_t width)
{
    if (text.size() < width)
        text.append(width - text.size(), ' ');
    return text;
}

std::string lineOf(const std::string& text) { return text + "\n"; }

std::string rangeText(const Parameter& parameter)
{
    const std::string unit = parameter.unit.empty() ? "" : " " + parameter.unit;
    if (const auto* range = std::get_if<NumberRange>(&parameter.range))
        return format_number(std::get<double>(parameter.initial)) + unit + "  (" + format_number(range->low) + " to "
            + format_number(range->high) + ")";
    return std::get<std::string>(parameter.initial) + "  (" + format_list(std::get<Choices>(parameter.range).words)
        + ")";
}

std::string lessonText(const Lesson& lesson)
{
    std::string text = "\n" + lineOf(lesson.id) + lineOf("  " + lesson.question) + "\n";
    std::size_t width = 0;
    for (const Variant& variant : lesson.variants)
        width = std::max(width, variant.name.size());
    for (const Parameter& parameter : lesson.parameters)
        width = std::max(width, parameter.name.size());
    for (const Variant& variant : lesson.variants) {
        const bool chosen = &variant == &lesson.variants[lesson.default_variant];
        text += lineOf((chosen ? "  * " : "    ") + padded(variant.name, width + 2) + variant.summary);
    }
    text += "\n";
    for (const Parameter& parameter : lesson.parameters)
        text += lineOf("    " + padded(parameter.name, width + 2) + rangeText(parameter));
    return text;
}

std::string runText(const Lesson& lesson, const Run& run)
{
    const Trace& trace = *run.trace;
    const std::vector<Note> notes = notes_of(trace);
    const auto speaker = [&](const Note& note) {
        return note.task ? trace.display_name(note.task) : std::string("callback");
    };
    std::size_t width = 0;
    for (const Note& note : notes)
        width = std::max(width, speaker(note).size());

    std::string text = lineOf(lesson.title + " · " + run.variant) + "\n";
    for (const Note& note : notes)
        text += lineOf("  " + format_moment(note.when) + "  " + padded(speaker(note), width) + "  "
                       + std::string(note.text));
    const RunStats stats = stats_of(trace, spans_of(trace));
    text += "\n" + lineOf(format_duration(stats.total) + ", " + describe(run.outcome) + "; "
                          + format_count(stats.tasks, "task") + ", " + std::to_string(stats.switches)
                          + (stats.switches == 1 ? " turn" : " turns") + ", the loop slept for "
                          + format_duration(stats.idle) + " of it.");
    return text;
}

std::string compareText(const Lesson& lesson, const Run& a, const Run& b, const Comparison& comparison)
{
    const std::size_t width = std::max(a.variant.size(), b.variant.size()) + 2;
    std::string text = lineOf(lesson.title) + "\n";
    text += lineOf("  " + padded(a.variant, width) + format_duration(comparison.a.total));
    text += lineOf("  " + padded(b.variant, width) + format_duration(comparison.b.total) + "  " + comparison.verdict);
    text += "\n" + lineOf(comparison.reason);
    text += lineOf(comparison.difference ? comparison.difference->sentence : "The two runs are the same.");
    return text;
}

std::string dumped(const Json& json) { return json.dump(2) + "\n"; }

const std::vector<std::pair<std::string, ui::ThemeName>>& themes()
{
    static const std::vector<std::pair<std::string, ui::ThemeName>> all = {
        {"dark", ui::ThemeName::Dark}, {"light", ui::ThemeName::Light}, {"print", ui::ThemeName::Print}};
    return all;
}

Result<ui::ThemeName> themeOf(const std::string& word)
{
    std::vector<std::string> words;
    for (const auto& [name, theme] : themes()) {
        if (name == word)
            return theme;
        words.push_back(name);
    }
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

Result<QSize> sizeOf(const std::string& word)
{
    const auto by = std::min(word.find('x'), word.size());
    const std::optional<int> width = numberIn<int>(std::string_view(word).substr(0, by));
    const std::optional<int> height = numberIn<int>(std::string_view(word).substr(std::min(by + 1, word.size())));
    const auto within = [](int value, int low, int high) { return value >= low && value <= high; };
    if (width && height && within(*width, ui::smallestPicture.width(), ui::largestPicture.width())
        && within(*height, ui::smallestPicture.height(), ui::largestPicture.height()))
        return QSize(*width, *height);
    return Error{"A size is WIDTHxHEIGHT, from " + textOf(ui::smallestPicture) + " to " + textOf(ui::largestPicture)
                 + ", not " + inQuotes(word) + "."};
}

Result<std::optional<TimePoint>> momentOf(const std::string& word)
{
    if (word.empty())
        return std::optional<TimePoint>();
    const std::optional<double> value = numberIn<double>(word);
    constexpr double century = 3.2e9; // no run is longer, and microseconds still fit
    if (!value || !std::isfinite(*value) || *value < 0 || *value > century)
        return Error{"--until takes a moment in seconds, such as 1.5, not " + inQuotes(word) + "."};
    return std::optional(TimePoint{seconds(*value)});
}

// Drawing needs Qt's fonts and images, but neither a window nor a display.
class Painting {
public:
    Painting()
    {
        if (!QCoreApplication::instance())
            m_application = std::make_unique<QGuiApplication>(m_argc, m_argv);
    }

private:
    char m_name[10] = "loopscope";
    char m_option[10] = "-platform";
    char m_platform[10] = "offscreen";
    char* m_argv[4] = {m_name, m_option, m_platform, nullptr};
    int m_argc = 3;
    std::unique_ptr<QGuiApplication> m_application;
};

struct Picture {
    std::string fileName;
    ui::PictureOptions options;
    std::optional<TimePoint> until;
};

Result<Picture> pictureWith(const ExportRequest& request)
{
    if (request.output.empty())
        return Error{"export needs a file to write: -o FILE.png, FILE.svg or FILE.pdf."};
    if (const auto format = ui::pictureFormatOf(QString::fromStdString(request.output)); !format)
        return format.error();
    Picture picture;
    picture.fileName = request.output;
    if (!request.theme.empty()) {
        const Result<ui::ThemeName> theme = themeOf(request.theme);
        if (!theme)
            return theme.error();
        picture.options.theme = *theme;
    }
    if (!request.size.empty()) {
        const Result<QSize> size = sizeOf(request.size);
        if (!size)
            return size.error();
        picture.options.size = *size;
    }
    const Result<std::optional<TimePoint>> until = momentOf(request.until);
    if (!until)
        return until.error();
    picture.until = *until;
    return picture;
}

template <class P>
Result<std::string> written(const Picture& picture, const P& content)
{
    const Painting painting;
    const Result<QString> path
        = ui::exportPicture(QString::fromStdString(picture.fileName), content, picture.options);
    if (!path)
        return path.error();
    return lineOf("Wrote " + path->toStdString() + ".");
}

Result<std::string> exportComparison(const Stage& stage, const std::string& pair, const Picture& picture)
{
    const auto comma = pair.find(',');
    if (comma == std::string::npos || comma == 0 || comma + 1 == pair.size())
        return Error{"--compare takes two variants with a comma between them, such as " + stage.lesson->compare.first
                     + "," + stage.lesson->compare.second + ", not " + inQuotes(pair) + "."};
    const Result<RunPair> runs = runsOf(stage, pair.substr(0, comma), pair.substr(comma + 1));
    if (!runs)
        return runs.error();
    ui::ComparisonPicture content = ui::pictureOf(*stage.lesson, runs->a, runs->b, compare(runs->a, runs->b));
    content.until = picture.until;
    return written(picture, content);
}

} // namespace

Error noSuchLesson(std::span<const Lesson> lessons, const std::string& id)
{
    std::vector<std::string> ids;
    for (const Lesson& lesson : lessons)
        ids.push_back(lesson.id);
    return Error{"There is no lesson " + inQuotes(id) + hintFor(id, ids)};
}

std::string listLessons(std::span<const Lesson> lessons, bool json)
{
    if (json)
        return dumped(jsonOf(lessons));
    std::string text;
    int chapter = 0;
    for (const Lesson& lesson : lessons) {
        if (std::exchange(chapter, lesson.chapter) != lesson.chapter)
            text += (text.empty() ? "" : "\n") + lineOf(std::to_string(lesson.chapter) + "  " + lesson.chapter_title);
        text += lessonText(lesson);
    }
    return text;
}

Result<std::string> runLesson(std::span<const Lesson> lessons, const RunRequest& request, bool json)
{
    const Result<Stage> stage = stageOf(lessons, request.lesson, request.sets);
    if (!stage)
        return stage.error();
    const Result<Run> run = runOf(*stage, request.variant);
    if (!run)
        return run.error();
    return json ? dumped(jsonOf(*stage->lesson, *run)) : runText(*stage->lesson, *run);
}

Result<std::string> compareLesson(std::span<const Lesson> lessons, const CompareRequest& request, bool json)
{
    const Result<Stage> stage = stageOf(lessons, request.lesson, request.sets);
    if (!stage)
        return stage.error();
    const Result<RunPair> runs = runsOf(*stage, request.a, request.b);
    if (!runs)
        return runs.error();
    const Comparison comparison = compare(runs->a, runs->b);
    return json ? dumped(jsonOf(*stage->lesson, runs->a, runs->b, comparison))
                : compareText(*stage->lesson, runs->a, runs->b, comparison);
}

Result<std::string> exportLesson(std::span<const Lesson> lessons, const ExportRequest& request)
{
    if (!request.compare.empty() && !request.run.variant.empty())
        return Error{"Choose one of --variant and --compare: a picture shows one run or two."};
    const Result<Stage> stage = stageOf(lessons, request.run.lesson, request.run.sets);
    if (!stage)
        return stage.error();
    const Result<Picture> picture = pictureWith(request);
    if (!picture)
        return picture.error();
    if (!request.compare.empty())
        return exportComparison(*stage, request.compare, *picture);
    const Result<Run> run = runOf(*stage, request.run.variant);
    if (!run)
        return run.error();
    ui::RunPicture content = ui::pictureOf(*stage->lesson, *run);
    content.until = picture->until;
    return written(*picture, content);
}

} // namespace loopscope::app
