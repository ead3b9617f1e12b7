#include "core/recording/recording.h"

#include <memory>
#include <utility>

namespace loopscope {
namespace {

bool never(const Values&) { return false; }

Parameter frozen(const RecordedParameter& recorded, const Values& values)
{
    Parameter parameter{.name = recorded.name, .label = recorded.label, .unit = recorded.unit, .range = {}, .initial = {},
                        .shown = never};
    const auto& value = values.all().find(recorded.name)->second;
    if (const auto* number = std::get_if<double>(&value))
        parameter.range = NumberRange{.low = *number, .high = *number, .step = 1, .whole = recorded.whole};
    else
        parameter.range = Choices{{*std::get_if<std::string>(&value)}};
    parameter.initial = value;
    return parameter;
}

} // namespace

Recording recording_of(const Lesson& lesson, const Run& run, const SourceText& python, const SourceText& cpp)
{
    Recording recording;
    recording.run = run;
    recording.title = lesson.title;
    recording.question = lesson.question;
    std::vector<std::string> functions;
    const Variant* variant = find_variant(lesson, run.variant);
    if (variant) {
        recording.variant_title = variant->title;
        recording.variant_summary = variant->summary;
        functions = variant->functions;
    }
    for (const Parameter& parameter : lesson.parameters) {
        const auto* range = std::get_if<NumberRange>(&parameter.range);
        recording.parameters.push_back({.name = parameter.name,
                                        .label = parameter.label,
                                        .unit = parameter.unit,
                                        .whole = range && range->whole,
                                        .mattered = variant && matters(*variant, parameter, run.values)});
    }
    recording.python = {lesson.python_file, python.lines(functions)};
    recording.cpp = {lesson.cpp_file, cpp.lines(functions)};
    recording.remarks = remarks_for(Measures(lesson, run));
    return recording;
}

Lesson lesson_of(const Recording& recording)
{
    Lesson lesson;
    lesson.id = recording.run.lesson;
    lesson.title = recording.title;
    lesson.question = recording.question;
    lesson.cpp_file = recording.cpp.file;
    lesson.python_file = recording.python.file;
    for (const RecordedParameter& parameter : recording.parameters)
        lesson.parameters.push_back(frozen(parameter, recording.run.values));
    Variant variant;
    variant.name = recording.run.variant;
    variant.title = recording.variant_title;
    variant.summary = recording.variant_summary;
    variant.recorded = std::make_shared<const Run>(recording.run);
    for (const RecordedParameter& parameter : recording.parameters)
        if (parameter.mattered)
            variant.parameters.push_back(parameter.name);
    if (variant.parameters.empty())
        variant.parameters.emplace_back(); // an empty list would mean all
    lesson.variants.push_back(std::move(variant));
    lesson.compare = {recording.run.variant, recording.run.variant};
    return lesson;
}

} // namespace loopscope
