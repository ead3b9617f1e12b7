#include "lessons/catalog.h"
#include "tests/lessons/record.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

void check_same(const Record& cpp, const Record& python)
{
    CHECK(cpp.log == python.log);
    CHECK(cpp.switches == python.switches);
    CHECK(cpp.outcome == python.outcome);
    CHECK(cpp.total == python.total);
}

TEST_CASE("every Python twin does what its C++ story does, to the single switch", "[lessons][twins]")
{
    std::vector<TwinCase> cases;
    std::vector<std::string> names;
    const int minor = python_minor();
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            if (variant.python_minor > minor)
                continue; // nothing to compare with here
            for (Setting& setting : settings_of(lesson)) {
                cases.push_back({.lesson = &lesson, .variant = &variant, .values = std::move(setting.values)});
                names.push_back(lesson.id + " " + variant.name + " with " + setting.name);
            }
        }

    const std::vector<Record> python = python_records(cases);
    REQUIRE(python.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(names[i]);
        check_same(record_of(run(*cases[i].lesson, *cases[i].variant, cases[i].values)), python[i]);
    }
}

TEST_CASE("the last line of a Python story runs what the lesson begins with", "[lessons][twins]")
{
    std::vector<TwinCase> cases;
    const int minor = python_minor();
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            if (variant.python_minor > minor)
                continue; // nothing to compare with here
            cases.push_back(
                {.lesson = &lesson, .variant = &variant, .values = initial_values(lesson), .as_shown = true});
        }

    const std::vector<Record> python = python_records(cases);
    REQUIRE(python.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(cases[i].lesson->id << " " << cases[i].variant->name);
        check_same(record_of(run(*cases[i].lesson, *cases[i].variant, cases[i].values)), python[i]);
    }
}

} // namespace
} // namespace loopscope::tests
