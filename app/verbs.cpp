#include "app/verbs.h"

#include "app/run_json.h"
#include "app/stage.h"
#include "core/base/format.h"
#include "ui/code_note.h"

#include <algorithm>
#include <utility>

namespace loopscope::app {
namespace {

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
    text += "\n" + lineOf(format_duration(stats.total) + ", " + describe(run) + "; "
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

} // namespace

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

Result<std::string> recordLesson(std::span<const Lesson> lessons, const RecordRequest& request)
{
    if (!namesRecording(request.output))
        return Error{"record needs a file to write: -o FILE." + std::string(ui::recordingEnding.data()) + "."};
    const Result<Stage> stage = stageOf(lessons, request.run.lesson, request.run.sets);
    if (!stage)
        return stage.error();
    const Result<Run> run = runOf(*stage, request.run.variant);
    if (!run)
        return run.error();
    const ui::Sources sources = codeOf(*stage);
    const Recording recording = stage->recording ? stage->recording->recording
                                                 : ui::withNotes(recording_of(*stage->lesson, *run, sources.python, sources.cpp), *stage->lesson);
    const Result<QString> path = ui::saveRecording(QString::fromStdString(request.output), recording);
    if (!path)
        return path.error();
    return lineOf("Wrote " + path->toStdString() + ": " + format_count(run->trace->size(), "event") + ", "
                  + format_duration(run->trace->end_time().since_start) + ".");
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

} // namespace loopscope::app
