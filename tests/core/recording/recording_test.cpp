#include "core/recording/recording.h"

#include "tests/oracle/twin.h"
#include "tests/support/catch.h"
#include "tests/support/recordings.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

Coro<void> nap(double seconds)
{
    co_await sleep(seconds);
    print("rested\nwell \"\\\" \xff \u00e9");
}

Coro<void> two_naps()
{
    auto a = create_task(nap(1));
    auto b = create_task(nap(2));
    co_await a;
    co_await b;
}

template <class Main>
Recording recording_of(Main main)
{
    EventLoop loop;
    Recording recording;
    recording.run.lesson = "naps";
    recording.run.variant = "two";
    recording.run.trace = loop.trace();
    recording.run.outcome = run_program(loop, main);
    return recording;
}

Recording naps()
{
    Recording recording = recording_of(two_naps);
    recording.title = "Two naps";
    recording.variant_title = "Both";
    recording.run.values.set("length", 0.1);
    recording.run.values.set("count", 2.0);
    recording.run.values.set("mood", std::string("tired"));
    recording.parameters = {{"mood", "mood", "", false, true}, {"length", "length of a nap", "s", false, true}, {"count", "naps", "", true, false}};
    recording.python = {"naps.py", {{"import asyncio", 1, ""}, {"    await asyncio.sleep(seconds)", 3, "nap"}}};
    recording.cpp = {"naps.cpp", {{"co_await sleep(seconds);", 7, "nap"}}};
    recording.remarks = {{5, "Now it begins."}};
    return recording;
}

std::vector<std::string> lines_of(const std::string& text)
{
    std::vector<std::string> lines;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at);
        lines.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return lines;
}

bool has_line(const std::string& text, const std::string& line)
{
    const std::vector<std::string> lines = lines_of(text);
    return std::find(lines.begin(), lines.end(), line) != lines.end();
}

std::string replaced(std::string text, const std::string& what, const std::string& with)
{
    REQUIRE(text.find(what) != std::string::npos);
    return text.replace(text.find(what), what.size(), with);
}

TEST_CASE("a recording is read by people, too", "[core][recording]")
{
    const std::string text = write_recording(naps());
    CHECK(lines_of(text).front() == "loopscope recording 1");
    for (const std::string line :
         {R"(lesson "naps" "Two naps")", R"(variant "two" "Both" "")", R"(parameter "mood" "mood" "" yes word "tired")",
          R"(parameter "length" "length of a nap" "s" yes number 0.1)", R"(parameter "count" "naps" "" no whole 2)",
          R"(python "naps.py")", R"~(line 3 "    await asyncio.sleep(seconds)" "nap")~", R"(remark "Now it begins.")",
          R"(task t2 "" "nap" f2 t1 1)", R"(outcome 0 result)"}) {
        INFO(line);
        CHECK(has_line(text, line));
    }
    CHECK(lines_of(text).back() == "end " + std::to_string(naps().run.trace->size()));
}

TEST_CASE("texts of a run may hold anything", "[core][recording]")
{
    const Result<ReadRecording> read = read_recording(write_recording(naps()));
    REQUIRE(read);
    CHECK(notes_of(*read->recording.run.trace).front().text == "rested\nwell \"\\\" \xff \u00e9");
}

TEST_CASE("writing and reading the run of any program is the identity", "[core][recording]")
{
    for (const oracle::Twin& twin : oracle::all_twins()) {
        INFO(twin.name);
        const Recording before = recording_of(twin.main);
        const std::string text = write_recording(before);
        const Result<ReadRecording> read = read_recording(text);
        REQUIRE(read);
        REQUIRE(read->damage == "");
        REQUIRE(write_recording(read->recording) == text);
        CHECK(read->recording.run.outcome == before.run.outcome);
        if (before.run.trace->size() < 5'000)
            CHECK(same_run(*before.run.trace, *read->recording.run.trace));
        for (std::uint32_t number = 1; number <= before.run.trace->task_count(); ++number)
            CHECK(read->recording.run.trace->display_name(TaskId{number}) == before.run.trace->display_name(TaskId{number}));
    }
}

TEST_CASE("a task that was renamed leaves its number free, also in a recording", "[core][recording]")
{
    const auto main = []() -> Coro<void> {
        std::vector<Task<void>> all;
        for (int i = 0; i < 4; ++i)
            all.push_back(create_task(nap(1)));
        all[1].set_name("second");
        all[3].set_name("last");
        all[2].set_name("third");
        for (Task<void>& task : all)
            co_await task;
    };
    const Recording before = recording_of(main);
    const Result<ReadRecording> read = read_recording(write_recording(before));
    REQUIRE(read);
    for (std::uint32_t number = 1; number <= 5; ++number)
        CHECK(read->recording.run.trace->display_name(TaskId{number}) == before.run.trace->display_name(TaskId{number}));
}

TEST_CASE("what is no recording is told apart from one that is newer", "[core][recording]")
{
    CHECK(read_recording("").error().sentence.find("not a recording") != std::string::npos);
    CHECK(read_recording("#include <vector>\n").error().sentence.find("not a recording") != std::string::npos);
    CHECK(read_recording("loopscope recording 2\n").error().sentence.find("a newer one may") != std::string::npos);
    CHECK(read_recording("loopscope recording 1\n").error().sentence
          == "The recording breaks off after line 1 of the file. Nothing can be shown of it.");
}

TEST_CASE("a recording that breaks off is shown up to its last whole line", "[core][recording]")
{
    const Recording before = naps();
    const std::string text = write_recording(before);
    const std::size_t cut = text.find("task-stepped t3");
    const Result<ReadRecording> read = read_recording(std::string_view(text).substr(0, cut + 5));
    REQUIRE(read);
    CHECK(read->damage.starts_with("The recording breaks off after line "));
    CHECK(read->damage.find("What happened before is shown: ") != std::string::npos);
    const Trace& kept = *read->recording.run.trace;
    CHECK(kept.size() > 5);
    CHECK(kept.size() < before.run.trace->size());
    CHECK(read->recording.run.outcome.kind == Outcome::Kind::GaveUp);
    CHECK(read->recording.remarks.size() == 1);
    look_at_everything(read->recording);
}

TEST_CASE("a damage is named with its line, and what stands before it is kept", "[core][recording]")
{
    const std::string text = write_recording(naps());
    const auto damage_of = [](const std::string& broken) {
        const Result<ReadRecording> read = read_recording(broken);
        REQUIRE(read);
        return read->damage;
    };
    const std::vector<std::string> lines = lines_of(text);
    const auto number = [&](const std::string& part) {
        const auto found = std::find_if(lines.begin(), lines.end(),
                                        [&](const std::string& line) { return ("\n" + line).find(part) != std::string::npos; });
        return "Line " + std::to_string(found - lines.begin() + 1) + " of the recording is damaged: ";
    };
    CHECK(damage_of(replaced(text, "task-stepped t2", "task-stepped t3")).starts_with(
        number("task-stepped t2") + "its task is not the next in the ready queue."));
    CHECK(damage_of(replaced(text, "task-stepped t2", "task-danced t2")).starts_with(
        number("task-stepped t2") + "\"task-danced\" is not known there."));
    CHECK(damage_of(replaced(text, "\n1000000 ", "\n900000000000000000000 ")).starts_with(
        number("\n1000000 ") + "a moment is missing."));
    CHECK(damage_of(replaced(text, "\nend ", "\nend 1")).find("events before it") != std::string::npos);
    CHECK(damage_of(text + "more\n").find("it stands behind the end") != std::string::npos);
}

TEST_CASE("a recording that was saved by an editor for another system is read", "[core][recording]")
{
    std::string text;
    for (const std::string& line : lines_of(write_recording(naps())))
        text += line + "\r\n";
    text.resize(text.size() - 2);
    const Result<ReadRecording> read = read_recording(text);
    REQUIRE(read);
    CHECK(read->damage == "");
    CHECK(write_recording(read->recording) == write_recording(naps()));
}

} // namespace
} // namespace loopscope::tests
