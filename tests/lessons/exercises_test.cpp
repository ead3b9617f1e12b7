#include "core/lesson/check.h"
#include "lessons/catalog.h"
#include "tests/lessons/record.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

namespace loopscope::lessons {

Lesson two_cups(); // the example of lessons/README.md

} // namespace loopscope::lessons

namespace loopscope::tests {
namespace {

TEST_CASE("every prediction, challenge and remark of every lesson is true of its runs", "[lessons]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        INFO(lesson.id);
        CHECK(faults_in_exercises(lesson) == std::vector<std::string>{});
    }
}

TEST_CASE("the example to copy is a sound lesson", "[lessons][twins]")
{
    const Lesson lesson = lessons::two_cups();
    CHECK(faults_in_runs(lesson) == std::vector<std::string>{});
    CHECK(faults_in_exercises(lesson) == std::vector<std::string>{});

    std::vector<TwinCase> cases;
    for (const Variant& variant : lesson.variants) {
        for (const Setting& setting : settings_of(lesson))
            cases.push_back({.lesson = &lesson, .variant = &variant, .values = setting.values});
        cases.push_back({.lesson = &lesson, .variant = &variant, .values = initial_values(lesson), .as_shown = true});
    }
    const std::vector<Record> python = python_records(cases);
    REQUIRE(python.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        const Record cpp = record_of(run(lesson, *cases[i].variant, cases[i].values));
        CHECK(cpp.log == python[i].log);
        CHECK(cpp.switches == python[i].switches);
        CHECK(cpp.outcome == python[i].outcome);
        CHECK(cpp.total == python[i].total);
    }
}

} // namespace
} // namespace loopscope::tests
