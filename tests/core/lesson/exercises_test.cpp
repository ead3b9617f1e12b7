#include "core/lesson/ask.h"
#include "core/lesson/check.h"
#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

Lesson with_exercises()
{
    Lesson lesson = samples::lesson();
    lesson.variants.resize(2); // one-by-one and together
    lesson.predictions = {
        {.id = "total",
         .question = "How long do the naps take?",
         .setup = {.variant = "one-by-one"},
         .answer = "total",
         .options = {{.text = "{} s", .value = "length", .belief = "M2"},
                     {.text = "{} s", .value = "count * length"},
                     {.text = "{} s", .value = "0", .belief = "Sleeping takes no time."}},
         .decided_by = "printed(rested)",
         .because = "Each nap begins when the one before has ended.",
         .again = {{"count=2"}, {"count=4", "length=0.5"}}},
        {.id = "tasks",
         .question = "How many tasks are there?",
         .setup = {.variant = "together"},
         .answer = "tasks",
         .options = {{.text = "{}", .value = "1", .belief = "M2"}, {.text = "{}", .value = "count + 1"}},
         .decided_by = "fact(\"task created\", -1)",
         .because = "gather() makes a task of each.",
         .again = {{"count=5"}}},
    };
    lesson.challenge = {.task = "Rest within two seconds.",
                        .goal = "total <= 2 and count >= 3",
                        .begins = {.variant = "one-by-one"},
                        .passes = {.variant = "together"},
                        .hint = "They need not wait for each other."};
    lesson.remarks = {{.variant = "", .moment = "printed(rested)", .text = "Everybody has slept."}};
    return lesson;
}

TEST_CASE("a prediction may be put in the middle of its run, before what decides it", "[exercises]")
{
    Lesson lesson = with_exercises();
    Prediction& prediction = lesson.predictions[0];
    CHECK(ask(lesson, prediction)->from == 0);

    prediction.asked_at = "fact(\"timer fired\", 1)";
    const Result<Asked> asked = ask(lesson, prediction);
    REQUIRE(asked);
    CHECK(std::holds_alternative<TimerFired>((*asked->run.trace)[asked->from - 1].fact));
    CHECK(asked->from <= asked->decided_by.step);

    prediction.asked_at = "last_fact()";
    REQUIRE_FALSE(ask(lesson, prediction));
    CHECK(ask(lesson, prediction).error().sentence == "\"last_fact()\" is too late to ask: it is decided then.");
}

TEST_CASE("a prediction is put with the numbers of its run", "[exercises]")
{
    const Lesson lesson = with_exercises();
    const Result<Asked> first = ask(lesson, lesson.predictions[0]);
    REQUIRE(first);
    REQUIRE(first->options.size() == 3);
    CHECK(first->options[0].text == "1.5 s");
    CHECK_FALSE(first->options[0].right);
    CHECK(first->options[1].text == "4.5 s");
    CHECK(first->options[1].right);
    CHECK(first->decided_by.when == TimePoint{seconds(4.5)});

    const Result<Asked> again = ask(lesson, lesson.predictions[0], 2);
    REQUIRE(again);
    CHECK(again->options[1].text == "2 s");
    CHECK(again->options[1].right);
    CHECK(ask(lesson, lesson.predictions[0], 3)->options[1].text == "3 s"); // and from the front
}

TEST_CASE("options that come out the same are put once", "[exercises]")
{
    Lesson lesson = with_exercises();
    lesson.predictions[0].options.push_back({.text = "{} s", .value = "length", .belief = "M3"});
    CHECK(ask(lesson, lesson.predictions[0])->options.size() == 3);
}

TEST_CASE("remarks stand at their moments, and only in runs that have them", "[exercises]")
{
    Lesson lesson = with_exercises();
    lesson.remarks.push_back({.variant = "together", .moment = "fact(\"task created\", 2)", .text = "A second task."});
    const Run one = run(lesson, lesson.variants[0], initial_values(lesson));
    const Run both = run(lesson, lesson.variants[1], initial_values(lesson));
    REQUIRE(remarks_for(Measures(lesson, one)).size() == 1);
    REQUIRE(remarks_for(Measures(lesson, both)).size() == 2);
    CHECK(remarks_for(Measures(lesson, both))[0].text == "A second task.");
    CHECK(std::holds_alternative<Noted>((*both.trace)[remarks_for(Measures(lesson, both))[1].step].fact));
}

TEST_CASE("a sound lesson has no faults", "[exercises]")
{
    CHECK(faults_in_runs(with_exercises()) == std::vector<std::string>{});
    CHECK(faults_in_exercises(with_exercises()) == std::vector<std::string>{});
}

std::vector<std::string> faults_after(void (*change)(Lesson&))
{
    Lesson lesson = with_exercises();
    change(lesson);
    return faults_in_exercises(lesson);
}

using Faults = std::vector<std::string>;

TEST_CASE("each fault of an exercise is found and named", "[exercises]")
{
    CHECK(faults_after([](Lesson& l) { l.predictions[0].options[1].value = "1"; })
          == Faults{"prediction total: The right answer is 4.5, and no option says so.",
                    "prediction total: asked again (1): The right answer is 3, and no option says so.",
                    "prediction total: asked again (2): The right answer is 2, and no option says so."});
    CHECK(faults_after([](Lesson& l) { l.predictions[1].options[0].belief.clear(); })
          == Faults{"prediction tasks: the wrong answer \"1\" names no belief.",
                    "prediction tasks: asked again (1): the wrong answer \"1\" names no belief."});
    CHECK(faults_after([](Lesson& l) { l.predictions[1].again.clear(); })
          == Faults{"prediction tasks: it has no other numbers to be asked again with."});
    CHECK(faults_after([](Lesson& l) { l.predictions[1].decided_by = "printed(nothing)"; }).size() == 2);
    CHECK(faults_after([](Lesson& l) { l.challenge.passes = l.challenge.begins; })
          == Faults{"challenge: what passes: the goal does not hold."});
    CHECK(faults_after([](Lesson& l) { l.challenge.begins = l.challenge.passes; })
          == Faults{"challenge: as it begins: the goal holds already."});
    CHECK(faults_after([](Lesson& l) { l.challenge.variants = {"one-by-one"}; })
          == Faults{"challenge: what passes: the variant together is none that may be chosen."});
    CHECK(faults_after([](Lesson& l) { l.challenge.passes.sets = {"count=99"}; })
          == Faults{"challenge: what passes: \"count\" takes a whole number from 1 to 8, not \"99\"."});
    CHECK(faults_after([](Lesson& l) { l.remarks[0].moment = "printed(restd)"; })
          == Faults{"remark \"printed(restd)\": this moment never comes with the initial values."});
}

TEST_CASE("a run that ends otherwise than it is meant to is a fault", "[exercises]")
{
    Lesson lesson = samples::lesson();
    const Variant stuck = *find_variant(lesson, "stuck");
    lesson.variants = {stuck};
    lesson.parameters.clear();
    CHECK(faults_in_runs(lesson).front()
          == "stuck with the initial values: the run is stuck: main waits for ever.");
    lesson.variants[0].ends = "deadlock";
    CHECK(faults_in_runs(lesson) == std::vector<std::string>{});
}

} // namespace
} // namespace loopscope::tests
