#include "tests/lessons/record.h"

#include "tests/lessons/settings.h"

namespace loopscope::tests {
namespace {

using nlohmann::json;

json json_of(const Lesson& lesson, const Values& values)
{
    json fields = json::object();
    for (const Parameter& parameter : lesson.parameters) {
        const auto* range = std::get_if<NumberRange>(&parameter.range);
        if (!range)
            fields[parameter.name] = values.word(parameter.name);
        else if (range->whole)
            fields[parameter.name] = values.whole(parameter.name);
        else
            fields[parameter.name] = values.number(parameter.name);
    }
    return fields;
}

} // namespace

Record record_of(const Run& run) { return record_of(*run.trace, run.outcome); }

std::vector<Record> python_records(const std::vector<TwinCase>& cases)
{
    json request = json::array();
    for (const TwinCase& one : cases)
        request.push_back({{"file", std::string(LOOPSCOPE_SOURCE_DIR) + "/" + one.lesson->python_file},
                           {"variant", one.variant->name},
                           {"values", json_of(*one.lesson, one.values)},
                           {"launch", one.variant->launch == Launch::Run ? "run" : "run_until_complete"},
                           {"as_shown", one.as_shown}});
    return records_from(ask_python("lessons/python/run_twins.py", request, Talk::IsIgnored));
}

std::vector<Record> python_records(const std::vector<std::string>& programs)
{
    json request = json::array();
    for (const std::string& program : programs)
        request.push_back({{"source", program}});
    return records_from(ask_python("lessons/python/run_twins.py", request, Talk::IsIgnored));
}

} // namespace loopscope::tests
