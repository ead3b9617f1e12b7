// Runs the twin of every expectation in the folders given and compares what both did, record by
// record. Each argument that is no folder is a name, or the beginning of one, to run only these.

#include "core/base/format.h"
#include "core/lesson/run.h"
#include "tests/oracle/twin.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <string>

namespace loopscope::oracle {
namespace {

using nlohmann::json;

std::int64_t microseconds(const json& t) { return std::llround(t.get<double>() * 1e6); }

json as_json(const Outcome& outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Result:
        return {{"kind", "result"}, {"value", nullptr}};
    case Outcome::Kind::Deadlock:
        return {{"kind", "deadlock"}, {"waiting", outcome.waiting}};
    case Outcome::Kind::GaveUp:
        return {{"kind", "gave up"}, {"message", outcome.message}};
    case Outcome::Kind::Exception:
        break;
    }
    json result = {{"kind", "exception"}, {"type", outcome.type}, {"message", outcome.message}};
    if (outcome.type == "ExceptionGroup") {
        result["exceptions"] = json::array();
        for (const Outcome& e : outcome.exceptions) {
            json inner = as_json(e);
            inner.erase("kind");
            result["exceptions"].push_back(inner);
        }
    }
    return result;
}

struct Done {
    json log = json::array();
    json switches = json::array();
    json outcome;
};

Done run_twin(const Twin& twin)
{
    EventLoop loop;
    Done done;
    const Outcome outcome = run_program(loop, twin.main);
    const Trace& trace = *loop.trace();
    // Names as they were at the time: a task may be renamed later.
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        const double t = to_seconds(event.when);
        if (const auto* note = std::get_if<Noted>(&event.fact))
            done.log.push_back({{"t", t},
                                {"task", note->task ? json(trace.task_name(note->task)) : json(nullptr)},
                                {"text", note->text}});
        else if (const auto* step = std::get_if<TaskStepped>(&event.fact))
            done.switches.push_back({t, trace.task_name(step->task)});
    }
    done.outcome = as_json(outcome);
    return done;
}

bool same_record(const json& a, const json& b)
{
    if (a.is_array())
        return microseconds(a[0]) == microseconds(b[0]) && a[1] == b[1];
    return microseconds(a["t"]) == microseconds(b["t"]) && a["task"] == b["task"] && a["text"] == b["text"];
}

// The first record that differs, in words; none when there is none.
std::optional<std::string> difference(const std::string& what, const json& expected, const json& found)
{
    for (std::size_t i = 0; i < std::max(expected.size(), found.size()); ++i) {
        const std::string where = what + " " + std::to_string(i) + ": ";
        if (i >= found.size())
            return where + "CPython has " + expected[i].dump() + ", we end before it";
        if (i >= expected.size())
            return where + "CPython ends before it, we have " + found[i].dump();
        if (!same_record(expected[i], found[i]))
            return where + "CPython has " + expected[i].dump() + ", we have " + found[i].dump();
    }
    return std::nullopt;
}

std::optional<std::string> check(const Twin& twin, const json& expected)
{
    const Done done = run_twin(twin);
    if (auto d = difference("log", expected["log"], done.log))
        return d;
    if (auto d = difference("switch", expected["switches"], done.switches))
        return d;
    if (expected["outcome"] != done.outcome)
        return "outcome: CPython has " + expected["outcome"].dump() + ", we have " + done.outcome.dump();
    return std::nullopt;
}

} // namespace
} // namespace loopscope::oracle

int main(int argc, char** argv)
{
    using namespace loopscope;
    using namespace loopscope::oracle;
    namespace fs = std::filesystem;

    std::vector<fs::path> folders;
    std::vector<std::string> only;
    for (int i = 1; i < argc; ++i) {
        if (fs::is_directory(argv[i]))
            folders.emplace_back(argv[i]);
        else
            only.emplace_back(argv[i]);
    }
    std::map<std::string, Twin, std::less<>> twins;
    for (const Twin& twin : all_twins())
        twins.emplace(std::string(twin.name), twin);

    std::set<fs::path> files;
    for (const fs::path& folder : folders)
        for (const auto& entry : fs::directory_iterator(folder))
            if (entry.path().extension() == ".json")
                files.insert(entry.path());
    int passed = 0;
    int failed = 0;
    for (const fs::path& file : files) {
        const std::string name = file.stem().string();
        if (!only.empty()
            && std::none_of(only.begin(), only.end(), [&](const std::string& o) { return name.starts_with(o); }))
            continue;
        std::optional<std::string> wrong;
        try {
            const auto twin = twins.find(name);
            if (twin == twins.end()) {
                wrong = "it has no twin";
            } else {
                std::ifstream in(file);
                wrong = check(twin->second, nlohmann::json::parse(in));
            }
        } catch (const std::exception& e) {
            wrong = std::string("could not be compared: ") + e.what();
        }
        wrong ? ++failed : ++passed;
        if (wrong)
            std::cout << name << ": " << *wrong << '\n';
    }
    std::cout << passed << " passed, " << failed << " failed\n";
    if (passed + failed == 0)
        std::cout << "No expectation was found. Name a folder of expectation files.\n";
    return failed == 0 && passed > 0 ? 0 : 1;
}
