#include "core/lesson/run.h"

#include "core/base/format.h"

#include <charconv>
#include <cmath>
#include <optional>

namespace loopscope {
namespace {

std::string in_quotes(std::string_view word) { return "\"" + std::string(word) + "\""; }

// The whole text as a decimal number; nothing for anything else, infinities included.
std::optional<double> number_in(std::string_view text)
{
    double value = 0;
    const auto end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, value);
    if (text.empty() || read.ec != std::errc() || read.ptr != end || !std::isfinite(value))
        return std::nullopt;
    return value;
}

std::string nearest_hint(std::string_view typed, const std::vector<std::string>& words)
{
    const std::string nearest = nearest_word(typed, words);
    return nearest.empty() ? std::string() : "; did you mean " + in_quotes(nearest) + "?";
}

std::string range_text(const Parameter& parameter, const NumberRange& range)
{
    const std::string unit = parameter.unit.empty() ? std::string() : " " + parameter.unit;
    return std::string(range.whole ? "a whole number" : "a number") + " from " + format_number(range.low) + " to "
        + format_number(range.high) + unit;
}

std::optional<Error> set_number(Values& values, const Parameter& parameter, const NumberRange& range,
                                std::string_view text)
{
    const std::optional<double> value = number_in(text);
    const bool fits = value && *value >= range.low && *value <= range.high
        && (!range.whole || *value == std::floor(*value));
    if (!fits)
        return Error{"\"" + parameter.name + "\" takes " + range_text(parameter, range) + ", not " + in_quotes(text)
                     + "."};
    values.set(parameter.name, *value);
    return std::nullopt;
}

std::optional<Error> set_word(Values& values, const Parameter& parameter, const Choices& choices,
                              std::string_view text)
{
    for (const std::string& word : choices.words) {
        if (word == text) {
            values.set(parameter.name, word);
            return std::nullopt;
        }
    }
    std::vector<std::string> all;
    for (const std::string& word : choices.words)
        all.push_back(in_quotes(word));
    const std::string hint = nearest_hint(text, choices.words);
    return Error{"\"" + parameter.name + "\" takes one of " + format_list(all) + ", not " + in_quotes(text)
                 + (hint.empty() ? "." : hint)};
}

std::optional<Error> assign(Values& values, const Lesson& lesson, std::string_view assignment)
{
    const auto equals = assignment.find('=');
    if (equals == std::string_view::npos)
        return Error{in_quotes(assignment) + " sets nothing: write NAME=VALUE."};
    const std::string_view name = assignment.substr(0, equals);
    const std::string_view text = assignment.substr(equals + 1);
    const Parameter* parameter = find_parameter(lesson, name);
    if (!parameter) {
        std::vector<std::string> names;
        for (const Parameter& p : lesson.parameters)
            names.push_back(p.name);
        const std::string hint = nearest_hint(name, names);
        return Error{"The lesson \"" + lesson.id + "\" has no parameter " + in_quotes(name)
                     + (hint.empty() ? "; it has " + format_list(names) + "." : hint)};
    }
    if (const auto* range = std::get_if<NumberRange>(&parameter->range))
        return set_number(values, *parameter, *range, text);
    return set_word(values, *parameter, *std::get_if<Choices>(&parameter->range), text);
}

/// What the rest of the program calls the task that asyncio calls `name`.
std::string on_screen(const Trace& trace, const std::string& name)
{
    for (std::uint32_t id = 1; id <= trace.task_count(); ++id)
        if (trace.task_name(TaskId{id}) == name)
            return trace.display_name(TaskId{id});
    return name;
}

} // namespace

std::string describe(const Run& run)
{
    const Outcome& outcome = run.outcome;
    switch (outcome.kind) {
    case Outcome::Kind::Result:
        return "ended normally";
    case Outcome::Kind::Exception:
        return "ended with " + outcome.type + (outcome.message.empty() ? "" : ": " + outcome.message);
    case Outcome::Kind::Deadlock: {
        std::vector<std::string> names;
        for (const std::string& name : outcome.waiting)
            names.push_back(on_screen(*run.trace, name));
        return "is stuck: " + format_list(names) + (names.size() == 1 ? " waits" : " wait") + " for ever";
    }
    case Outcome::Kind::GaveUp:
        return outcome.message;
    }
    return {};
}

Result<Values> parse_values(const Lesson& lesson, const std::vector<std::string>& assignments)
{
    Values values = initial_values(lesson);
    for (const std::string& assignment : assignments)
        if (std::optional<Error> error = assign(values, lesson, assignment))
            return *std::move(error);
    return values;
}

std::vector<Note> notes_of(const Trace& trace)
{
    std::vector<Note> notes;
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        if (const auto* noted = std::get_if<Noted>(&event.fact))
            notes.push_back({.step = step, .when = event.when, .task = noted->task, .text = noted->text});
    }
    return notes;
}

} // namespace loopscope
