#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

namespace loopscope {
namespace {

std::string sentence_for(const std::string& assignment)
{
    const Result<Values> values = parse_values(samples::lesson(), {assignment});
    return values ? "no error" : values.error().sentence;
}

TEST_CASE("a lesson begins with the initial value of each parameter", "[core][lesson]")
{
    const Values values = initial_values(samples::lesson());
    CHECK(values.whole("count") == 3);
    CHECK(values.number("length") == 1.5);
    CHECK(values.word("mode") == "slow");
}

TEST_CASE("assignments are laid over the initial values, the last one counts", "[core][lesson]")
{
    const Result<Values> values = parse_values(samples::lesson(), {"length=0.25", "mode=quick", "length=5"});
    REQUIRE(values);
    CHECK(values->number("length") == 5.0);
    CHECK(values->word("mode") == "quick");
    CHECK(values->whole("count") == 3);
}

TEST_CASE("both ends of a range belong to it", "[core][lesson]")
{
    CHECK(sentence_for("length=0.1") == "no error");
    CHECK(sentence_for("length=5") == "no error");
    CHECK(sentence_for("length=0.099") == "\"length\" takes a number from 0.1 to 5 s, not \"0.099\".");
    CHECK(sentence_for("length=5.001") == "\"length\" takes a number from 0.1 to 5 s, not \"5.001\".");
}

TEST_CASE("what is not a number at all is refused with the range", "[core][lesson]")
{
    for (const std::string text : {"", "long", "1,5", "1.5s", "nan", "inf", "-inf", " 1", "1e999"})
        CHECK(sentence_for("length=" + text) == "\"length\" takes a number from 0.1 to 5 s, not \"" + text + "\".");
}

TEST_CASE("a count takes whole numbers only", "[core][lesson]")
{
    CHECK(sentence_for("count=8") == "no error");
    CHECK(sentence_for("count=2.5") == "\"count\" takes a whole number from 1 to 8, not \"2.5\".");
}

TEST_CASE("an unknown word names the nearest one, or all", "[core][lesson]")
{
    CHECK(sentence_for("mode=quik")
          == "\"mode\" takes one of \"quick\" and \"slow\", not \"quik\"; did you mean \"quick\"?");
    CHECK(sentence_for("mode=") == "\"mode\" takes one of \"quick\" and \"slow\", not \"\".");
}

TEST_CASE("an unknown parameter names the nearest one, or all", "[core][lesson]")
{
    CHECK(sentence_for("lenght=1") == "The lesson \"sample\" has no parameter \"lenght\"; did you mean \"length\"?");
    CHECK(sentence_for("temperature=1")
          == "The lesson \"sample\" has no parameter \"temperature\"; it has count, length and mode.");
    CHECK(sentence_for("length") == "\"length\" sets nothing: write NAME=VALUE.");
}

TEST_CASE("runs with the same values are equal, and values know when they differ", "[core][lesson]")
{
    const Result<Values> same = parse_values(samples::lesson(), {"length=1.5"});
    const Result<Values> other = parse_values(samples::lesson(), {"length=1.6"});
    REQUIRE(same);
    REQUIRE(other);
    CHECK(*same == initial_values(samples::lesson()));
    CHECK_FALSE(*other == initial_values(samples::lesson()));
}

TEST_CASE("a variant that names no parameters is changed by all of them", "[core][lesson]")
{
    Variant variant = samples::lesson().variants.front();
    const Parameter& mode = *find_parameter(samples::lesson(), "mode");
    CHECK(matters(variant, mode));
    variant.parameters = {"count", "length"};
    CHECK_FALSE(matters(variant, mode));
    CHECK(matters(variant, *find_parameter(samples::lesson(), "count")));
}

TEST_CASE("a parameter that is not shown for these values does not matter", "[core][lesson]")
{
    const Variant& variant = samples::lesson().variants.front();
    Parameter length = *find_parameter(samples::lesson(), "length");
    length.shown = [](const Values& values) { return values.word("mode") == "slow"; };
    Values values = initial_values(samples::lesson());
    CHECK(matters(variant, length, values));
    values.set("mode", "quick");
    CHECK_FALSE(matters(variant, length, values));
    CHECK(matters(variant, length));
}

TEST_CASE("what a lesson does not have is not found", "[core][lesson]")
{
    CHECK(find_variant(samples::lesson(), "together") != nullptr);
    CHECK(find_variant(samples::lesson(), "Together") == nullptr);
    CHECK(find_parameter(samples::lesson(), "") == nullptr);
}

TEST_CASE("an outcome is told in words", "[core][lesson]")
{
    CHECK(describe(samples::run_of("together")) == "ended normally");
    CHECK(describe(samples::run_of("fails")) == "ended with ValueError: boom");
    CHECK(describe(samples::run_of("stuck")) == "is stuck: main waits for ever");

    // asyncio's names become those of the lanes; a name that no task has stays as it is.
    Run several = samples::run_of("stuck");
    several.outcome.waiting = {"Task-1", "t1", "t2"};
    CHECK(describe(several) == "is stuck: main, t1 and t2 wait for ever");

    Run silent = samples::run_of("together");
    silent.outcome = Outcome();
    silent.outcome.kind = Outcome::Kind::Exception;
    silent.outcome.type = "TimeoutError";
    CHECK(describe(silent) == "ended with TimeoutError");
}

TEST_CASE("a number of a range lies on its steps and within its ends", "[core][lesson]")
{
    const NumberRange range{.low = 0.1, .high = 5, .step = 0.1};
    CHECK(range.last_step() == 49);
    CHECK(range.number_at(2) == 0.3); // and not 0.30000000000000004
    CHECK(range.number_at(range.last_step()) == 5);
    CHECK(range.step_of(0.34) == 2);
    CHECK(range.step_of(0.36) == 3);
    CHECK(range.step_of(-1e12) == 0); // as from a hand that pulls a wait far out of the window
    CHECK(range.step_of(1e12) == 49);
    CHECK(range.number_at(80) == 5);
    const NumberRange uneven{.low = 0, .high = 1, .step = 0.3};
    CHECK(uneven.last_step() == 3);
    CHECK(uneven.number_at(3) == 0.9);
}

TEST_CASE("notes tell who printed what, when, and at which fact", "[core][lesson]")
{
    const Run run = samples::run_of("one-by-one");
    const std::vector<Note> notes = notes_of(*run.trace);
    REQUIRE(notes.size() == 1);
    CHECK(notes[0].text == "rested");
    CHECK(notes[0].when == TimePoint{seconds(4.5)});
    CHECK(run.trace->display_name(notes[0].task) == "main");
    CHECK(std::holds_alternative<Noted>((*run.trace)[notes[0].step].fact));
}

} // namespace
} // namespace loopscope
