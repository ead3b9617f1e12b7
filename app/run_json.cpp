#include "app/run_json.h"

#include "core/trace/spans.h"
#include "core/trace/stats.h"

#include <cmath>

namespace loopscope::app {
namespace {

Json numberOf(double value, bool whole)
{
    return whole ? Json(std::llround(value)) : Json(value);
}

Json jsonOf(const Parameter& parameter)
{
    Json json{{"name", parameter.name}, {"label", parameter.label}, {"unit", parameter.unit}};
    if (const auto* range = std::get_if<NumberRange>(&parameter.range)) {
        json["initial"] = numberOf(std::get<double>(parameter.initial), range->whole);
        json["low"] = numberOf(range->low, range->whole);
        json["high"] = numberOf(range->high, range->whole);
        json["step"] = numberOf(range->step, range->whole);
    } else {
        json["initial"] = std::get<std::string>(parameter.initial);
        json["choices"] = std::get<Choices>(parameter.range).words;
    }
    return json;
}

Json jsonOf(const Variant& variant, const Lesson& lesson)
{
    Json parameters = Json::array();
    for (const Parameter& parameter : lesson.parameters)
        if (matters(variant, parameter))
            parameters.push_back(parameter.name);
    return {{"name", variant.name},
            {"title", variant.title},
            {"summary", variant.summary},
            {"parameters", parameters}};
}

Json jsonOf(const Lesson& lesson)
{
    Json json{{"number", lesson.number},
              {"chapter", lesson.chapter},
              {"chapter_title", lesson.chapter_title},
              {"id", lesson.id},
              {"title", lesson.title},
              {"question", lesson.question},
              {"default_variant", lesson.variants[lesson.default_variant].name},
              {"compare", {lesson.compare.first, lesson.compare.second}},
              {"variants", Json::array()},
              {"parameters", Json::array()}};
    for (const Variant& variant : lesson.variants)
        json["variants"].push_back(jsonOf(variant, lesson));
    for (const Parameter& parameter : lesson.parameters)
        json["parameters"].push_back(jsonOf(parameter));
    return json;
}

// In the lesson's own order.
Json jsonOf(const Lesson& lesson, const Values& values)
{
    Json json = Json::object();
    for (const Parameter& parameter : lesson.parameters) {
        if (const auto* range = std::get_if<NumberRange>(&parameter.range))
            json[parameter.name] = numberOf(values.number(parameter.name), range->whole);
        else
            json[parameter.name] = values.word(parameter.name);
    }
    return json;
}

Json jsonOf(const Outcome& outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Result:
        return {{"kind", "result"}, {"value", nullptr}};
    case Outcome::Kind::Exception: {
        Json json{{"kind", "exception"}, {"type", outcome.type}, {"message", outcome.message}};
        for (const Outcome& inner : outcome.exceptions)
            json["exceptions"].push_back(jsonOf(inner));
        return json;
    }
    case Outcome::Kind::Deadlock:
        return {{"kind", "deadlock"}, {"waiting", outcome.waiting}};
    case Outcome::Kind::GaveUp:
        return {{"kind", "gave up"}, {"message", outcome.message}, {"waiting", outcome.waiting}};
    }
    return nullptr;
}

Json jsonOf(const Trace& trace, const RunStats& stats)
{
    Json json{{"makespan", to_seconds(stats.makespan)},
              {"total", to_seconds(stats.total)},
              {"busy", to_seconds(stats.busy)},
              {"computing", to_seconds(stats.computing)},
              {"idle", to_seconds(stats.idle)},
              {"waiting", to_seconds(stats.waiting)},
              {"largest_gap", to_seconds(stats.largest_gap)},
              {"switches", stats.switches},
              {"iterations", stats.iterations},
              {"tasks", stats.tasks},
              {"timers", stats.timers},
              {"peak_in_flight", stats.peak_in_flight},
              {"per_task", Json::array()}};
    for (const TaskStats& task : stats.per_task)
        json["per_task"].push_back({{"task", trace.task_name(task.task)},
                                    {"shown_as", trace.display_name(task.task)},
                                    {"busy", to_seconds(task.busy)},
                                    {"ready", to_seconds(task.ready)},
                                    {"waiting", to_seconds(task.waiting)},
                                    {"steps", task.steps}});
    return json;
}

Json logOf(const Trace& trace)
{
    Json log = Json::array();
    for (const Note& note : notes_of(trace))
        log.push_back({{"t", to_seconds(note.when)},
                       {"task", note.task ? Json(trace.task_name(note.task)) : Json()},
                       {"text", note.text}});
    return log;
}

Json switchesOf(const Trace& trace)
{
    Json switches = Json::array();
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        if (const auto* stepped = std::get_if<TaskStepped>(&event.fact))
            switches.push_back(Json::array({to_seconds(event.when), trace.task_name(stepped->task)}));
    }
    return switches;
}

Json halfOf(const Run& run, const RunStats& stats)
{
    return {{"variant", run.variant},
            {"total", to_seconds(stats.total)},
            {"outcome", jsonOf(run.outcome)},
            {"stats", jsonOf(*run.trace, stats)}};
}

} // namespace

Json jsonOf(std::span<const Lesson> lessons)
{
    Json json{{"lessons", Json::array()}};
    for (const Lesson& lesson : lessons)
        json["lessons"].push_back(jsonOf(lesson));
    return json;
}

Json jsonOf(const Lesson& lesson, const Run& run)
{
    const RunStats stats = stats_of(*run.trace, spans_of(*run.trace));
    return {{"lesson", lesson.id},
            {"variant", run.variant},
            {"parameters", jsonOf(lesson, run.values)},
            {"outcome", jsonOf(run.outcome)},
            {"total", to_seconds(stats.total)},
            {"log", logOf(*run.trace)},
            {"switches", switchesOf(*run.trace)},
            {"stats", jsonOf(*run.trace, stats)}};
}

Json jsonOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& comparison)
{
    Json json{{"lesson", lesson.id},
              {"parameters", jsonOf(lesson, a.values)},
              {"a", halfOf(a, comparison.a)},
              {"b", halfOf(b, comparison.b)},
              {"ratio", std::isfinite(comparison.ratio) ? Json(comparison.ratio) : Json()},
              {"first_difference", nullptr},
              {"verdict", comparison.verdict},
              {"reason", comparison.reason}};
    if (comparison.difference)
        json["first_difference"] = {{"t", to_seconds(comparison.difference->when)},
                                    {"event_a", comparison.difference->step_a},
                                    {"event_b", comparison.difference->step_b},
                                    {"sentence", comparison.difference->sentence}};
    return json;
}

} // namespace loopscope::app
