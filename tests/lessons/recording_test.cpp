// What a recording promises, for every run that the lessons have.

#include "core/recording/recording.h"
#include "lessons/catalog.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"
#include "tests/support/recordings.h"

#include <functional>

namespace loopscope::tests {
namespace {

Recording recorded(const Lesson& lesson, const Variant& variant, const Values& values)
{
    return recording_of(lesson, run(lesson, variant, values), SourceText(project_file(lesson.python_file)),
                        SourceText(project_file(lesson.cpp_file)));
}

void for_every_variant(const std::function<void(const Lesson&, const Variant&, const Recording&)>& check)
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << " " << variant.name);
            check(lesson, variant, recorded(lesson, variant, initial_values(lesson)));
        }
}

TEST_CASE("writing and reading a run of a lesson is the identity", "[lessons][recording]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Setting& setting : settings_of(lesson))
            for (const Variant& variant : lesson.variants) {
                INFO(lesson.id << " " << variant.name << " with " << setting.name);
                const Recording before = recorded(lesson, variant, setting.values);
                const std::string text = write_recording(before);
                const Result<ReadRecording> read = read_recording(text);
                REQUIRE(read);
                REQUIRE(read->damage == "");
                const Recording& after = read->recording;
                REQUIRE(write_recording(after) == text);
                CHECK(same_run(*before.run.trace, *after.run.trace));
                CHECK(after.run.outcome == before.run.outcome);
                CHECK(after.run.values == before.run.values);
                CHECK(after.run.lesson == lesson.id);
                CHECK(after.run.variant == variant.name);
                CHECK(after.remarks.size() == before.remarks.size());
            }
}

TEST_CASE("a recording has the code that the window shows", "[lessons][recording]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant, const Recording& before) {
        const Result<ReadRecording> read = read_recording(write_recording(before));
        REQUIRE(read);
        const auto same = [&](const RecordedCode& code, const std::string& file) {
            const std::vector<SourceLine> shown = SourceText(project_file(file)).lines(variant.functions);
            const std::vector<SourceLine> kept = SourceText(code.lines).lines();
            REQUIRE(kept.size() == shown.size());
            for (std::size_t i = 0; i < shown.size(); ++i)
                CHECK((kept[i].text == shown[i].text && kept[i].file_line == shown[i].file_line
                       && kept[i].mark == shown[i].mark));
        };
        CHECK(read->recording.cpp.file == lesson.cpp_file);
        same(read->recording.cpp, lesson.cpp_file);
        same(read->recording.python, lesson.python_file);
    });
}

TEST_CASE("a recording is a lesson whose only run is the one that was recorded", "[lessons][recording]")
{
    for_every_variant([](const Lesson& lesson, const Variant& variant, const Recording& recording) {
        const Lesson shown = lesson_of(recording);
        REQUIRE(shown.variants.size() == 1);
        CHECK(shown.title == lesson.title);
        CHECK(shown.variants.front().title == variant.title);
        CHECK(initial_values(shown) == recording.run.values);
        CHECK(run(shown, shown.variants.front(), {}).trace == recording.run.trace);
        for (const Parameter& parameter : shown.parameters)
            CHECK_FALSE(matters(shown.variants.front(), parameter, recording.run.values));
    });
}

TEST_CASE("a lesson's recording that breaks off anywhere shows what is whole", "[lessons][recording]")
{
    for_every_variant([](const Lesson&, const Variant&, const Recording& recording) {
        const std::string text = write_recording(recording);
        std::size_t facts = 0;
        for (std::size_t part = 0; part < 12; ++part) {
            const Result<ReadRecording> read = read_recording(std::string_view(text).substr(0, text.size() * part / 12));
            if (!read)
                continue;
            CHECK_FALSE(read->damage.empty());
            CHECK(read->recording.run.trace->size() >= facts);
            facts = read->recording.run.trace->size();
            look_at_everything(read->recording);
        }
        CHECK(facts < recording.run.trace->size());
        CHECK(facts > recording.run.trace->size() / 3);
    });
}

TEST_CASE("a damaged recording of a lesson says so, or shows a run that holds together", "[lessons][recording]")
{
    std::uint32_t number = 1;
    std::size_t opened = 0;
    for_every_variant([&](const Lesson&, const Variant&, const Recording& recording) {
        const std::string text = write_recording(recording);
        for (int i = 0; i < 25; ++i, ++number) {
            INFO("damage " << number);
            const Result<ReadRecording> read = read_recording(damaged(text, number));
            if (!read) {
                CHECK_FALSE(read.error().sentence.empty());
                continue;
            }
            ++opened;
            look_at_everything(read->recording);
            // What was kept is a recording itself.
            const std::string again = write_recording(read->recording);
            const Result<ReadRecording> reread = read_recording(again);
            REQUIRE(reread);
            CHECK(reread->damage == "");
            CHECK(write_recording(reread->recording) == again);
        }
    });
    CHECK(opened > number / 4);
}

} // namespace
} // namespace loopscope::tests
