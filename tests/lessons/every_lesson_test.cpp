#include "core/lesson/check.h"
#include "core/lesson/run.h"
#include "core/lesson/source_text.h"
#include "core/timeline/layout.h"
#include "core/trace/insight.h"
#include "core/trace/replay.h"
#include "core/trace/stats.h"
#include "lessons/catalog.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace loopscope::tests {
namespace {

// One run of each variant of each lesson with each setting.
void for_every_run(const std::function<void(const Lesson&, const Variant&, const Run&)>& check)
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Setting& setting : settings_of(lesson))
            for (const Variant& variant : lesson.variants) {
                INFO(lesson.id << " " << variant.name << " with " << setting.name);
                check(lesson, variant, run(lesson, variant, setting.values));
            }
}

void for_every_variant(const std::function<void(const Lesson&, const Variant&)>& check)
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << " " << variant.name);
            check(lesson, variant);
        }
}

std::size_t words_in(const std::string& text)
{
    std::istringstream stream(text);
    std::size_t count = 0;
    for (std::string word; stream >> word;)
        ++count;
    return count;
}

std::vector<SourceLine> shown(const std::string& file, const Variant& variant)
{
    return SourceText(project_file(file)).lines(variant.functions);
}

std::vector<std::string> marks_in(const std::vector<SourceLine>& lines)
{
    std::vector<std::string> marks;
    for (const SourceLine& line : lines)
        if (!line.mark.empty())
            marks.push_back(line.mark);
    return marks;
}

TEST_CASE("every lesson ends as it is meant to, with every setting of its sliders, and the same way twice", "[lessons]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        INFO(lesson.id);
        CHECK(faults_in_runs(lesson) == std::vector<std::string>{});
    }
}

TEST_CASE("two runs of a lesson pass through the same states", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        const Run first = run(lesson, variant, initial_values(lesson));
        const Run second = run(lesson, variant, first.values);
        Snapshot a;
        Snapshot b;
        while (a.step < first.trace->size() && a == b) {
            apply(a, *first.trace);
            apply(b, *second.trace);
        }
        CHECK(a == b);
        CHECK(a.step == first.trace->size());
    });
}

TEST_CASE("time never goes back", "[lessons]")
{
    for_every_run([](const Lesson&, const Variant&, const Run& run) {
        bool forwards = true;
        for (std::size_t step = 1; step < run.trace->size(); ++step)
            forwards = forwards && run.trace->when(step - 1) <= run.trace->when(step);
        CHECK(forwards);
    });
}

TEST_CASE("each step of a task is answered by one suspension or ending", "[lessons]")
{
    for_every_run([](const Lesson&, const Variant&, const Run& run) {
        std::vector<TaskId> running; // the last has the thread: an eager task begins inside its maker's turn
        TaskId made_eager;
        for (std::size_t step = 0; step < run.trace->size(); ++step) {
            const TraceEvent event = (*run.trace)[step];
            const auto leaves = [&](TaskId task) {
                REQUIRE_FALSE(running.empty());
                REQUIRE(task == running.back());
                running.pop_back();
            };
            if (const auto* created = std::get_if<TaskCreated>(&event.fact)) {
                made_eager = created->eager ? created->task : TaskId{};
            } else if (const auto* stepped = std::get_if<TaskStepped>(&event.fact)) {
                REQUIRE((running.empty() || stepped->task == made_eager));
                running.push_back(stepped->task);
            } else if (const auto* suspended = std::get_if<TaskSuspended>(&event.fact)) {
                leaves(suspended->task);
            } else if (const auto* yielded = std::get_if<TaskYielded>(&event.fact)) {
                leaves(yielded->task);
            } else if (const auto* finished = std::get_if<TaskFinished>(&event.fact)) {
                leaves(finished->task);
            } else if (const auto* failed = std::get_if<TaskFailed>(&event.fact)) {
                leaves(failed->task);
            } else if (const auto* cancelled = std::get_if<TaskCancelled>(&event.fact)) {
                leaves(cancelled->task);
            }
        }
        CHECK(running.empty());
    });
}

TEST_CASE("replay reaches the state that the plain fold reaches", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        const Run done = run(lesson, variant, initial_values(lesson));
        std::vector<Snapshot> folded = {Snapshot{}};
        while (folded.back().step < done.trace->size()) {
            Snapshot next = folded.back();
            apply(next, *done.trace);
            folded.push_back(std::move(next));
        }
        for (const std::size_t stride : {std::size_t{1}, std::size_t{3}, std::size_t{128}}) {
            const Replay replay(done.trace, stride);
            std::size_t wrong = 0;
            for (std::size_t step = folded.size(); step-- > 0;) // backwards, as a hand drags
                wrong += replay.at(step) == folded[step] ? 0 : 1;
            CHECK(wrong == 0);
        }
    });
}

TEST_CASE("a lesson shows slow turns when it has some, and only then", "[lessons]")
{
    for_every_run([](const Lesson&, const Variant&, const Run& run) {
        const RunStats stats = stats_of(*run.trace, spans_of(*run.trace));
        bool slow = false;
        for (const Insight& insight : insights_of(*run.trace)) {
            INFO(insight.sentence);
            if (insight.kind != Insight::Kind::SlowTurn)
                continue;
            CHECK(std::holds_alternative<TaskStepped>((*run.trace)[insight.step].fact));
            slow = true;
        }
        CHECK(slow == (stats.largest_gap >= slow_turn));
    });
}

TEST_CASE("spans and bars of a lane do not overlap", "[lessons]")
{
    for_every_run([](const Lesson&, const Variant&, const Run& run) {
        const RunSpans spans = spans_of(*run.trace);
        for (const TaskLane& lane : spans.tasks)
            for (std::size_t i = 1; i < lane.spans.size(); ++i)
                CHECK(lane.spans[i - 1].end <= lane.spans[i].begin);

        for (const double blend : {0.0, 0.3}) { // by time alone, and with some room for each step
            const TimeScale scale(spans.end, spans.facts, 1200, blend);
            std::map<std::pair<double, double>, double> right_ends; // by lane
            for (const Bar& bar : layout(*run.trace, spans, scale).bars) {
                if (bar.kind == SpanKind::InFlight)
                    continue; // requests are stacked, and do overlap
                const auto lane = std::pair(bar.box.y, bar.box.height);
                const auto before = right_ends.find(lane);
                if (before != right_ends.end())
                    CHECK(before->second <= bar.box.x + 1e-6);
                right_ends[lane] = bar.box.right();
            }
        }
    });
}

TEST_CASE("every place that a run speaks of is shown, in both languages", "[lessons]")
{
    for_every_run([](const Lesson& lesson, const Variant& variant, const Run& run) {
        std::map<std::uint32_t, std::string> mark_of_line;
        for (const SourceLine& line : shown(lesson.cpp_file, variant))
            mark_of_line[line.file_line] = line.mark;
        const std::vector<std::string> python = marks_in(shown(lesson.python_file, variant));

        std::set<std::uint32_t> lines;
        for (std::size_t i = 1; i < run.trace->place_count(); ++i) {
            const Place& place = run.trace->place(static_cast<PlaceId>(i));
            if (place.file == lesson.cpp_file)
                lines.insert(place.line);
        }
        CHECK_FALSE(lines.empty());
        for (const std::uint32_t line : lines) {
            INFO("line " << line);
            REQUIRE(mark_of_line.count(line) == 1);
            CHECK(std::count(python.begin(), python.end(), mark_of_line[line]) == 1);
        }
    });
}

TEST_CASE("marks correspond, one to one and in the same order", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        const std::vector<SourceLine> lines = shown(lesson.cpp_file, variant);
        std::vector<std::string> cpp = marks_in(lines);
        std::vector<std::string> python = marks_in(shown(lesson.python_file, variant));
        CHECK(cpp.size() == python.size());
        CHECK(std::set(cpp.begin(), cpp.end()).size() == cpp.size());
        CHECK(std::set(cpp.begin(), cpp.end()) == std::set(python.begin(), python.end()));
        CHECK(cpp.size() >= 3);
        // Python enters a block above it, C++ below it: the block is a coroutine that is named first.
        for (const SourceLine& line : lines)
            if (line.text.find("async_with(") != std::string::npos && !line.mark.empty()) {
                std::erase(cpp, line.mark);
                std::erase(python, line.mark);
            }
        CHECK(cpp == python);
    });
}

TEST_CASE("in Python a task waits for a lock where it says async with, and inside a timeout at what it awaits", "[lessons]")
{
    for_every_run([](const Lesson& lesson, const Variant& variant, const Run& run) {
        std::map<std::uint32_t, std::string> mark_of_line;
        for (const SourceLine& line : shown(lesson.cpp_file, variant))
            mark_of_line[line.file_line] = line.mark;
        std::map<std::string, std::string> python;
        for (const SourceLine& line : shown(lesson.python_file, variant))
            python[line.mark] = line.text;
        Snapshot after;
        for (std::size_t i = 0; i < run.trace->size(); ++i) {
            apply(after, *run.trace);
            const Fact fact = (*run.trace)[i].fact;
            const auto* suspended = std::get_if<TaskSuspended>(&fact);
            if (!suspended)
                continue;
            const Place& place = run.trace->place(after.task(suspended->task).place);
            if (place.file != lesson.cpp_file)
                continue;
            const std::string& text = python[mark_of_line[place.line]];
            INFO(text);
            const FutureKind kind = run.trace->future(suspended->on).kind;
            if (kind == FutureKind::Lock || kind == FutureKind::Semaphore)
                CHECK(text.find("async with ") != std::string::npos);
            CHECK(text.find("asyncio.timeout(") == std::string::npos);
        }
    });
}

TEST_CASE("an await stands on one line, since compilers do not agree on which line of several it is", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        for (const SourceLine& line : shown(lesson.cpp_file, variant)) {
            if (line.text.find("co_await ") == std::string::npos)
                continue;
            INFO(line.text);
            CHECK(std::count(line.text.begin(), line.text.end(), '(') == std::count(line.text.begin(), line.text.end(), ')'));
        }
    });
}

TEST_CASE("what a task is told to do stands at the line that is named, in both languages", "[lessons]")
{
    for_every_run([](const Lesson& lesson, const Variant& variant, const Run& run) {
        std::map<std::uint32_t, SourceLine> cpp;
        for (const SourceLine& line : shown(lesson.cpp_file, variant))
            cpp[line.file_line] = line;
        std::map<std::string, std::string> python;
        for (const SourceLine& line : shown(lesson.python_file, variant))
            python[line.mark] = line.text;
        const Trace& trace = *run.trace;
        const auto says = [&](PlaceId place, const char* in_cpp, const char* in_python) {
            if (place == PlaceId::None || trace.place(place).file != lesson.cpp_file)
                return;
            const SourceLine& line = cpp[trace.place(place).line];
            INFO(line.text << " / " << python[line.mark]);
            CHECK(line.text.find(in_cpp) != std::string::npos);
            // The crawler has room for one line only where Python says both async with and await.
            const bool both = lesson.id == "build-a-crawler" && line.mark == "get";
            CHECK((line.mark.empty() || both || python[line.mark].find(in_python) != std::string::npos));
        };
        for (std::size_t i = 0; i < trace.size(); ++i) {
            const TraceEvent event = trace[i];
            if (const auto* entered = std::get_if<CoroutineEntered>(&event.fact); entered && entered->name == "async_with")
                says(event.place, "async_with(", "async with ");
            else if (const auto* suspended = std::get_if<TaskSuspended>(&event.fact)) {
                const bool pause = trace.future(suspended->on).kind == FutureKind::Sleep;
                const bool group = trace.future(suspended->on).kind == FutureKind::Group;
                says(event.place, pause ? "co_await sleep(" : "co_await ", pause ? "await asyncio.sleep(" : group ? "async with " : "a");
            }
        }
    });
}

TEST_CASE("a story fits the code pane: 25 lines of 64 columns", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        for (const std::string& file : {lesson.cpp_file, lesson.python_file}) {
            INFO(file);
            const std::vector<SourceLine> lines = shown(file, variant);
            CHECK(lines.size() <= 25);
            for (const SourceLine& line : lines)
                CHECK(line.text.size() <= 64);
        }
    });
}

TEST_CASE("a name that a Python twin imports is imported where it is seen to be used", "[lessons]")
{
    const std::regex from("\\s*from (\\w+)\\S* import (.+)");
    const std::regex word("\\w+");
    for_every_variant([&](const Lesson& lesson, const Variant& variant) {
        std::string code;
        for (const SourceLine& line : shown(lesson.python_file, variant))
            code += line.text + '\n';
        std::istringstream file(project_file(lesson.python_file));
        std::smatch found;
        for (std::string line; std::getline(file, line);) {
            if (!std::regex_match(line, found, from) || found[1] == "stage") // which stands for the world outside
                continue;
            const std::string names = found[2];
            for (auto name = std::sregex_iterator(names.begin(), names.end(), word); name != std::sregex_iterator(); ++name) {
                INFO(name->str());
                const bool used = std::regex_search(code, std::regex("(^|[^\\w.])" + name->str() + "\\b"));
                CHECK((!used || code.find("import " + names) != std::string::npos));
            }
        }
    });
}

TEST_CASE("a variant's functions stand in both files under the same name", "[lessons]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant) {
        CHECK_FALSE(variant.functions.empty());
        const std::string cpp = project_file(lesson.cpp_file);
        const std::string python = project_file(lesson.python_file);
        for (const std::string& function : variant.functions) {
            INFO(function);
            const bool coroutine = cpp.find("> " + function + "(") != std::string::npos;
            CHECK(coroutine != (cpp.find("void " + function + "(") != std::string::npos)); // or a plain function
            CHECK(python.find((coroutine ? "async def " : "\ndef ") + function + "(") != std::string::npos);
        }
    });
}

TEST_CASE("every lesson opens with a question, needs few words and ends with one sentence", "[lessons]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        INFO(lesson.id);
        CHECK(lesson.question.back() == '?');
        CHECK(words_in(lesson.text) <= 120);
        CHECK(words_in(lesson.text) >= 40);
        CHECK(lesson.takeaway.back() == '.');
        CHECK(lesson.takeaway.find(". ") == std::string::npos);
        CHECK_FALSE(lesson.title.empty());
        CHECK_FALSE(lesson.chapter_title.empty());
    }
}

TEST_CASE("every lesson has what its words refer to", "[lessons]")
{
    std::set<std::string> ids;
    int number = 0;
    for (const Lesson& lesson : lessons::catalog()) {
        INFO(lesson.id);
        CHECK(ids.insert(lesson.id).second);
        CHECK(lesson.number > std::exchange(number, lesson.number));
        REQUIRE(lesson.default_variant < lesson.variants.size());
        CHECK(find_variant(lesson, lesson.compare.first) != nullptr);
        CHECK(find_variant(lesson, lesson.compare.second) != nullptr);
        for (const Variant& variant : lesson.variants) {
            CHECK(find_variant(lesson, variant.name) == &variant);
            CHECK_FALSE(variant.title.empty());
            CHECK(variant.summary.back() == '.');
            for (const std::string& name : variant.parameters)
                CHECK(find_parameter(lesson, name) != nullptr);
        }
    }
}

TEST_CASE("every parameter begins inside its range and has a name that a script can use", "[lessons]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Parameter& parameter : lesson.parameters) {
            INFO(lesson.id << " " << parameter.name);
            CHECK(find_parameter(lesson, parameter.name) == &parameter);
            CHECK(parameter.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos);
            std::string initial;
            if (const auto* number = std::get_if<double>(&parameter.initial)) {
                std::ostringstream text;
                text << *number;
                initial = text.str();
            } else {
                initial = std::get<std::string>(parameter.initial);
            }
            CHECK(parse_values(lesson, {parameter.name + "=" + initial}));
        }
}

TEST_CASE("a parameter that does not matter does not change a run", "[lessons]")
{
    for_every_run([](const Lesson& lesson, const Variant& variant, const Run& changed) {
        for (const Parameter& parameter : lesson.parameters) {
            if (matters(variant, parameter, changed.values))
                continue;
            Values values = changed.values;
            std::visit([&](const auto& initial) { values.set(parameter.name, initial); }, parameter.initial);
            const Run usual = run(lesson, variant, values);
            CHECK(usual.trace->size() == changed.trace->size());
            CHECK(usual.trace->end_time() == changed.trace->end_time());
        }
    });
}

} // namespace
} // namespace loopscope::tests
