#include "core/lesson/wait_lengths.h"

#include "lessons/catalog.h"

#include "tests/support/catch.h"

#include <set>

namespace loopscope {
namespace {

TEST_CASE("a wait that a hand can drag is given by a number of its lesson, in every lesson", "[lessons][waits]")
{
    std::set<std::string> lessons_with_grips;
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            const Run run = loopscope::run(lesson, variant, initial_values(lesson));
            for (const GivenWait& wait : given_waits(lesson, run)) {
                INFO(lesson.id << ' ' << variant.name << ' ' << wait.parameter->name << " at " << wait.begin);
                const double now = run.values.number(wait.parameter->name);
                CHECK(wait.per_unit > 0);
                CHECK(wait.length >= 0);
                CHECK(wait.value_for(wait.length, now) == Approx(now)); // a drag of nothing changes nothing
                const auto& range = std::get<NumberRange>(wait.parameter->range);
                CHECK(wait.value_for(1e9, now) == Approx(range.high));
                CHECK(wait.value_for(-1e9, now) == Approx(range.low));
                lessons_with_grips.insert(lesson.id);
            }
        }
    CHECK(lessons_with_grips.count("gather-three-urls") == 1);
    CHECK(lessons_with_grips.size() >= 15);
}

TEST_CASE("each of three requests follows its own server's latency", "[lessons][waits]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        if (lesson.id != "gather-three-urls")
            continue;
        const Run run = loopscope::run(lesson, *find_variant(lesson, "gather"), initial_values(lesson));
        std::set<std::string> parameters;
        for (const GivenWait& wait : given_waits(lesson, run))
            if (wait.kind == SpanKind::InFlight)
                parameters.insert(wait.parameter->name);
        CHECK(parameters == std::set<std::string>{"latency_a", "latency_b", "latency_c"});
    }
}

} // namespace
} // namespace loopscope
