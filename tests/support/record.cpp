#include "tests/support/record.h"

#include "core/base/format.h"
#include "core/trace/spans.h"
#include "core/trace/stats.h"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace loopscope::tests {
namespace {

using nlohmann::json;

json json_of(const Outcome& outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Result:
        return {{"kind", "result"}, {"value", nullptr}};
    case Outcome::Kind::Exception: {
        json fields = {{"kind", "exception"}, {"type", outcome.type}, {"message", outcome.message}};
        for (const Outcome& inner : outcome.exceptions)
            fields["exceptions"].push_back(json_of(inner));
        return fields;
    }
    case Outcome::Kind::Deadlock:
        return {{"kind", "deadlock"}, {"waiting", outcome.waiting}};
    case Outcome::Kind::GaveUp:
        return {{"kind", "gave up"}, {"message", outcome.message}};
    }
    return {};
}

// Both sides' times as whole microseconds, since that is the grid they share.
std::string moment(double value) { return format_number(to_seconds(seconds(value))); }

Record record_of(const json& fields)
{
    Record record;
    record.outcome = fields.at("outcome").dump();
    record.total = moment(fields.at("total").get<double>()) + " s";
    for (const json& line : fields.at("log"))
        record.log.push_back(moment(line.at("t").get<double>()) + " "
                             + (line.at("task").is_null() ? "-" : line.at("task").get<std::string>()) + ": "
                             + line.at("text").get<std::string>());
    for (const json& line : fields.at("switches"))
        record.switches.push_back(moment(line.at(0).get<double>()) + " " + line.at(1).get<std::string>());
    return record;
}

/// A folder that goes away with this object.
class ScratchFolder {
public:
    ScratchFolder() : path_(std::filesystem::temp_directory_path() / ("loopscope-twins-" + std::to_string(getpid())))
    {
        std::filesystem::create_directories(path_);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

private:
    std::filesystem::path path_;
};

std::string text_of(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    return text.str();
}

// The machine's own python3, or the one that is to be compared with.
std::string python()
{
    const char* other = std::getenv("LOOPSCOPE_PYTHON");
    return "\"" + std::string(other ? other : "python3") + "\"";
}

} // namespace

Record record_of(const Trace& trace, const Outcome& outcome)
{
    Record record;
    record.outcome = json_of(outcome).dump();
    record.total = format_number(to_seconds(stats_of(trace, spans_of(trace)).total)) + " s";
    for (const Note& note : notes_of(trace))
        record.log.push_back(format_number(to_seconds(note.when)) + " "
                             + (note.task ? trace.task_name(note.task) : "-") + ": " + std::string(note.text));
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const TraceEvent event = trace[step];
        if (const auto* stepped = std::get_if<TaskStepped>(&event.fact))
            record.switches.push_back(format_number(to_seconds(event.when)) + " " + trace.task_name(stepped->task));
    }
    return record;
}

json ask_python(const std::string& script, const json& request, Talk talk)
{
    const ScratchFolder folder;
    std::ofstream(folder.file("request.json")) << request;

    const std::string command = python() + " -B " + (talk == Talk::IsAnError ? "-W error" : "-W ignore") + " \""
        + std::string(LOOPSCOPE_SOURCE_DIR) + "/" + script + "\" < \"" + folder.file("request.json") + "\" > \""
        + folder.file("answer.json") + "\" 2> \"" + folder.file("errors.txt") + "\"";
    const bool failed = std::system(command.c_str()) != 0;
    const std::string complaints = text_of(folder.file("errors.txt"));
    if (failed || (talk == Talk::IsAnError && !complaints.empty())) // such as a coroutine that was never awaited
        throw std::runtime_error("python3 said: " + complaints);
    return json::parse(text_of(folder.file("answer.json")));
}

std::vector<Record> records_from(const json& answer)
{
    std::vector<Record> records;
    for (const json& fields : answer)
        records.push_back(record_of(fields));
    return records;
}

int python_minor()
{
    return ask_python("tests/support/python_minor.py", nullptr, Talk::IsAnError).get<int>();
}

} // namespace loopscope::tests
