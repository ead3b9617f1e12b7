// Files that were made to do harm, or that came to it.

#include "core/recording/recording.h"

#include "tests/oracle/twin.h"
#include "tests/support/catch.h"
#include "tests/support/recordings.h"

#include <chrono>

namespace loopscope::tests {
namespace {

std::string written(const oracle::Twin& twin)
{
    EventLoop loop;
    Recording recording;
    recording.run.trace = loop.trace();
    recording.run.outcome = run_program(loop, twin.main);
    return recording.run.trace->size() < 3'000 ? write_recording(recording) : std::string();
}

TEST_CASE("a damaged recording of any program says so, or shows a run that holds together", "[core][recording]")
{
    std::uint32_t number = 1'000'000;
    std::size_t opened = 0;
    for (const oracle::Twin& twin : oracle::all_twins()) {
        const std::string text = written(twin);
        for (int i = 0; i < 30 && !text.empty(); ++i, ++number) {
            INFO(twin.name << ", damage " << number);
            const Result<ReadRecording> read = read_recording(damaged(text, number));
            if (!read)
                continue;
            ++opened;
            look_at_everything(read->recording);
        }
    }
    CHECK(opened > 3'000);
}

TEST_CASE("a recording with the facts of another one holds together as far as it goes", "[core][recording]")
{
    std::string before;
    for (const oracle::Twin& twin : oracle::all_twins()) {
        const std::string text = written(twin);
        if (!before.empty() && !text.empty()) {
            std::string spliced = before.substr(0, before.size() / 2);
            spliced.resize(spliced.rfind('\n') + 1);
            const std::size_t rest = text.find('\n', text.size() / 2);
            if (const Result<ReadRecording> read = read_recording(spliced + text.substr(rest + 1)))
                look_at_everything(read->recording);
        }
        before = text;
    }
}

} // namespace
} // namespace loopscope::tests
