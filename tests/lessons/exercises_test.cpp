#include "core/lesson/ask.h"
#include "core/lesson/check.h"
#include "lessons/catalog.h"
#include "tests/lessons/record.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

#include <algorithm>

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

// The texts of the right answers of all rounds, the first with the question's own numbers.
std::vector<std::string> right_answers(const char* lesson_id, const char* id)
{
    const Lesson& lesson = lesson_named(lesson_id);
    const auto prediction = std::find_if(lesson.predictions.begin(), lesson.predictions.end(),
                                         [id](const Prediction& p) { return p.id == id; });
    REQUIRE(prediction != lesson.predictions.end());
    std::vector<std::string> answers;
    for (std::size_t round = 0; round <= prediction->again.size(); ++round) {
        const Result<Asked> asked = ask(lesson, *prediction, round);
        REQUIRE(asked);
        for (const AskedOption& option : asked->options)
            if (option.right)
                answers.push_back(option.text);
    }
    return answers;
}

TEST_CASE("a question about an order that returns has another right answer", "[lessons]")
{
    using Answers = std::vector<std::string>;
    CHECK(right_answers("gather-three-urls", "order") == Answers{"pages: A, B, C", "pages: A, B, C, D", "pages: A, B"});
    CHECK(right_answers("first-one-wins", "order")
          == Answers{"got b, got c, got a", "got c, got a, got b", "got b, got a, got c"});
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
