#include "core/asyncio.h"
#include "core/lesson/goal.h"
#include "core/trace/explain.h"
#include "tests/support/catch.h"

#include <random>

namespace loopscope::tests {
namespace {

Coro<> heartbeat(double period)
{
    for (;;) {
        print("tick");
        co_await sleep(period);
    }
}

Coro<> job(std::string name, double length)
{
    co_await sleep(length);
    print(name + " done");
}

Coro<> two_jobs(double length)
{
    Watched<int> balance("balance", 100);
    Queue<int> queue;
    const Task<> beat = create_task(heartbeat(0.3));
    const Task<> first = create_task(job("a", length));
    const Task<> second = create_task(job("b", 2 * length));
    co_await queue.put(1);
    co_await queue.put(2);
    co_await first;
    balance -= 30;
    cpu(0.1);
    co_await second;
    balance -= 50;
    print("end");
}

Coro<> one_by_one(double length)
{
    co_await job("a", length);
    co_await job("b", 2 * length);
    print("end");
}

Coro<> fails()
{
    co_await sleep(1.0);
    throw ValueError("boom");
}

Coro<> waits_for_ever()
{
    const Future<void> never = get_running_loop().create_future();
    co_await never;
}

const Lesson& sample()
{
    static const Lesson made = [] {
        Lesson lesson;
        lesson.id = "sample";
        lesson.parameters = {{.name = "length",
                              .label = "length",
                              .unit = "s",
                              .range = NumberRange{.low = 0.1, .high = 5, .step = 0.1},
                              .initial = 1.0},
                             {.name = "mode",
                              .label = "mode",
                              .unit = {},
                              .range = Choices{{"await", "at-once"}},
                              .initial = "await"}};
        const auto variant = [](std::string name, auto start) {
            return Variant{.name = std::move(name), .title = {}, .summary = {}, .start = start, .functions = {}};
        };
        lesson.variants = {
            variant("tasks", [](EventLoop&, const Values& v) { return two_jobs(v.number("length")); }),
            variant("in-order", [](EventLoop&, const Values& v) { return one_by_one(v.number("length")); }),
            variant("fails", [](EventLoop&, const Values&) { return fails(); }),
            variant("stuck", [](EventLoop&, const Values&) { return waits_for_ever(); }),
        };
        return lesson;
    }();
    return made;
}

Measures measures_of(std::string_view variant, std::vector<std::string> sets = {})
{
    return Measures(sample(), run(sample(), *find_variant(sample(), variant), *parse_values(sample(), sets)));
}

// What an expression is worth for a run, as a person reads it; or why it is not.
std::string worth(std::string_view expression, const Measures& run)
{
    const Result<Goal> goal = Goal::parse(expression);
    if (!goal)
        return goal.error().sentence;
    const Result<GoalValue> value = goal->of(run);
    return value ? text_of(*value) : value.error().sentence;
}

std::string worth(std::string_view expression) { return worth(expression, measures_of("tasks")); }

TEST_CASE("a goal calculates as everybody does", "[goal]")
{
    CHECK(worth("1 + 2 * 3 - 4 / 8") == "6.5");
    CHECK(worth("(1 + 2) * 3") == "9");
    CHECK(worth("10 - 3 - 2") == "5");
    CHECK(worth("-2 - -3") == "1");
    CHECK(worth("0.1 + 0.2 == 0.3") == "yes");
    CHECK(worth("1 < 2 and 2 < 1") == "no");
    CHECK(worth("1 < 2 or 2 < 1 and false") == "yes");
    CHECK(worth("not 1 == 2") == "yes");
    CHECK(worth("max(1, 3, 2) + min(4, 5) + sum(1, 2)") == "10");
    CHECK(worth("if(length > 0.5, 7, 8)") == "7");
    CHECK(worth("ceil(7 / 2)") == "4");
    CHECK(worth("ceil(0.3 / 0.1)") == "3");
}

TEST_CASE("a comparison forgives a microsecond, and no more", "[goal]")
{
    CHECK(worth("2.000001 <= 2.0") == "yes");
    CHECK(worth("2.000003 <= 2.0") == "no");
    CHECK(worth("1.9999995 < 2.0") == "no");
    CHECK(worth("2.0 > 1.9999995") == "no");
    CHECK(worth("2.0 != 2.0000005") == "no");
}

TEST_CASE("a goal reads the measures of a run", "[goal]")
{
    CHECK(worth("total") == "2");
    CHECK(worth("computing") == "0.1");
    CHECK(worth("longest_turn") == "0.1");
    CHECK(worth("tasks") == "4");
    CHECK(worth("pending_at_exit") == "1"); // the heartbeat
    CHECK(worth("all_done") == "no");
    CHECK(worth("errors") == "0");
    CHECK(worth("requests + threads + processes") == "0");
    CHECK(worth("outcome") == "result");
    CHECK(worth("variant == \"tasks\"") == "yes");
}

TEST_CASE("a goal reads what was printed", "[goal]")
{
    CHECK(worth("count(tick)") == "7");
    CHECK(worth("count(\"a done\")") == "1");
    CHECK(worth("order(\"* done\")") == "a done, b done");
    CHECK(worth("order(\"* done\") == [\"a done\", \"b done\"]") == "yes");
    CHECK(worth("order(\"*d*\")") == "a done, b done, end");
    CHECK(worth("at(tick, 2)") == "0.3");
    CHECK(worth("at(tick, -1)") == "1.8");
    CHECK(worth("at(\"nobody says this\")") == "never");
    CHECK(worth("at(printed(end))") == "2");
    CHECK(worth("item(order, 2)") == "tick");
    CHECK(worth("item(order, 99)") == "never");
    CHECK(worth("length(order)") == "10");
}

TEST_CASE("a goal reads tasks, queues and watched variables", "[goal]")
{
    CHECK(worth("gap(heartbeat)") == "0.3");
    CHECK(worth("peak(queue)") == "2");
    CHECK(worth("peak(balance)") == "100");
    CHECK(worth("balance") == "20");
    CHECK(worth("value(balance, 1.5)") == "70");
    CHECK(worth("state(job-1, 0.5)") == "waiting");
    CHECK(worth("state(job-1, 1.0)") == "finished");
    CHECK(worth("state(heartbeat, 2.0)") == "cancelled");
    CHECK(worth("running(0.5)") == "3");
    CHECK(worth("running(1.5)") == "2");
    CHECK(worth("resume_at(main)") == "1");
    CHECK(worth("resume_at(main, 2)") == "2");
    CHECK(worth("resume_at(main, 3)") == "never");
    CHECK(worth("facts(\"task created\")") == "4");
    CHECK(worth("facts(\"task finished\", job)") == "2");
    CHECK(worth("at(fact(\"task finished\", job, 2))") == "2");
    CHECK(worth("at(fact(\"timer fired\", 1))") == "0.3");
    CHECK(worth("at(last_fact())") == "2");
}

TEST_CASE("a fact that names no task is asked for by the task in whose turn it happened", "[goal]")
{
    CHECK(worth("facts(\"item put\", main)") == "2");
    CHECK(worth("facts(\"item put\", job)") == "0");
    CHECK(worth("facts(\"value changed\", main)") == worth("facts(\"value changed\")"));
    CHECK(worth("at(fact(\"value changed\", main, -1))") == "2");
    CHECK(worth("at(fact(\"value changed\", main, -2))") == "1");
    CHECK(worth("facts(\"timer fired\", main)") == "0"); // in nobody's turn
}

TEST_CASE("no pass of the loop happens while it sleeps", "[goal]")
{
    CHECK(worth("passes(0, 3)", measures_of("in-order")) == "2"); // both at 1.0: main's turn, and the next sleep
    CHECK(worth("passes(0, 1)", measures_of("in-order")) == "0");
}

TEST_CASE("a goal reads the lesson's parameters", "[goal]")
{
    const Measures run = measures_of("tasks", {"length=0.5", "mode=at-once"});
    CHECK(worth("total == 2 * length", run) == "yes");
    CHECK(worth("mode == \"at-once\"", run) == "yes");
}

TEST_CASE("a goal asks another variant with the same parameters", "[goal]")
{
    const Measures run = measures_of("tasks", {"length=2.0"});
    CHECK(worth("runs(in-order).total", run) == "6");
    CHECK(worth("runs(in-order).total / runs(tasks).total", run) == "1.5");
    CHECK(worth("runs(in-order).count(tick)", run) == "0");
    CHECK(worth("runs(in-order)", run) == "Column 6: runs(in-order) is a whole run; ask it for something: runs(in-order).total.");
}

TEST_CASE("what never happened is neither early nor late", "[goal]")
{
    const Measures stuck = measures_of("stuck");
    CHECK(worth("total", stuck) == "never");
    CHECK(worth("total <= 100", stuck) == "no");
    CHECK(worth("total >= 0", stuck) == "no");
    CHECK(worth("total == never", stuck) == "yes");
    CHECK(worth("total + 1", stuck) == "never");
    CHECK(worth("outcome", stuck) == "deadlock");
    CHECK(worth("outcome", measures_of("fails")) == "ValueError");
    CHECK(worth("errors", measures_of("fails")) == "1");
}

TEST_CASE("a gap reaches to main's end when the task was silent until then", "[goal]")
{
    CHECK(worth("gap(job-2)") == "never"); // it printed once
    CHECK(worth("gap(heartbeat)", measures_of("tasks", {"length=0.1"})) == "0.2");
}

TEST_CASE("a goal says clause by clause why it does not hold yet", "[goal]")
{
    const Goal goal = *Goal::parse("count(tick) == 7 and (total + 1) <= 2.05 and not all_done");
    const std::vector<Clause> clauses = *goal.clauses(measures_of("tasks"));
    REQUIRE(clauses.size() == 3);
    CHECK(clauses[0].text == "count(tick) == 7");
    CHECK(clauses[0].holds);
    CHECK(clauses[1].text == "(total + 1) <= 2.05");
    CHECK_FALSE(clauses[1].holds);
    CHECK(clauses[1].found == "3");
    CHECK(clauses[2].text == "not all_done");
    CHECK(clauses[2].holds);
    CHECK(*goal.holds(measures_of("tasks")) == false);
}

TEST_CASE("a clause says which variants' runs it measures", "[goal]")
{
    const Goal goal = *Goal::parse("total < 5 and runs(in-order).total / (1 + runs(tasks).total) < runs(in-order).busy + runs(stuck).idle");
    const std::vector<Clause> clauses = *goal.clauses(measures_of("tasks"));
    REQUIRE(clauses.size() == 2);
    CHECK(clauses[0].variants == std::vector<std::string>{});
    CHECK(clauses[1].variants == std::vector<std::string>{"in-order", "tasks", "stuck"});
}

TEST_CASE("a goal that makes no sense says where, and names the nearest word", "[goal]")
{
    CHECK(worth("") == "Column 1: there is no expression.");
    CHECK(worth("1 +") == "Column 4: the expression ends too early.");
    CHECK(worth("(1") == "Column 1: this parenthesis is not closed.");
    CHECK(worth("[a, b") == "Column 1: this bracket is not closed.");
    CHECK(worth("count(\"a") == "Column 7: this text has no closing quote.");
    CHECK(worth("total = 2") == "Column 7: a comparison is written ==.");
    CHECK(worth("1 < 2 < 3") == "Column 7: a comparison has two sides; join two comparisons with \"and\".");
    CHECK(worth("total 2") == "Column 7: the expression has ended before this; is an operator missing?");
    CHECK(worth("cuont(tick)") == "Column 1: there is no function \"cuont\"; did you mean \"count\"?");
    CHECK(worth("count()") == "Column 1: count() takes 1 of what stands between its parentheses, not 0.");
    CHECK(worth("count(1)") == "Column 7: here stands a name or a text in quotes.");
    CHECK(worth("2 * totl") == "Column 5: there is no measure, parameter or watched variable \"totl\"; did you mean \"total\"?");
    CHECK(worth("gap(heartbeet)") == "Column 5: this run has no task \"heartbeet\"; did you mean \"heartbeat\"?");
    CHECK(worth("state(job, 1)") == "Column 7: several tasks are called \"job\"; say which: \"job-1\"?");
    CHECK(worth("facts(\"task woke\")") == "Column 7: no fact is called \"task woke\"; did you mean \"task woken\"?");
    CHECK(worth("1 / 0") == "Column 5: this is 0, and nothing can be divided by it.");
    CHECK(worth("outcome + 1") == "Column 1: here stands a text, where a number is needed.");
    CHECK(worth("total and true") == "Column 1: here stands a number, where a yes or no is needed.");
    CHECK(worth("total.count") == "Column 6: only runs(VARIANT) has something after a dot.");
    CHECK(worth("runs(in-oder).total") == "Column 6: the lesson has no variant \"in-oder\"; did you mean \"in-order\"?");
    CHECK(worth("total ? 1") == "Column 7: \"?\" has no meaning here.");
    CHECK(worth("3x") == "Column 2: a number ends where a letter follows it; write a space or an operator.");
    CHECK(Goal::parse("total")->holds(measures_of("tasks")).error().sentence
          == "\"total\" is a number, not a matter of yes or no.");
}

TEST_CASE("no text takes the parser down", "[goal]")
{
    const Measures run = measures_of("tasks");
    CHECK_FALSE(Goal::parse(std::string(5000, '(')));
    CHECK_FALSE(Goal::parse(std::string(3000, '-') + "1"));
    CHECK_FALSE(Goal::parse(std::string(1000, '[')));
    CHECK_FALSE(Goal::parse(std::string("\0\xff\xfe", 3)));
    std::string chain = "1";
    for (int i = 0; i < 900; ++i)
        chain += "+1";
    CHECK(worth(chain, run) == "901");

    const std::vector<std::string> pieces
        = {"total", "count", "at", "order", "runs", "(", ")", "[", "]", ",", ".", "tick", "\"a*\"", "job-1", "tasks",
           "1", "-1", "0.5", "1e309", "1e18", "+", "-", "*", "/", "==", "<", "and", "not", "fact", "passes", "value",
           "balance", "never", "\"", "\x80", " ", "if", "item", "printed", "state", "gap", "peak", "running"};
    std::mt19937 dice(1);
    for (int round = 0; round < 20000; ++round) {
        std::string text;
        for (auto words = 1 + dice() % 9; words-- > 0;)
            text += pieces[dice() % pieces.size()] + (dice() % 2 ? " " : "");
        if (const Result<Goal> goal = Goal::parse(text)) {
            (void)goal->of(run);
            (void)goal->clauses(run);
        }
    }
}

} // namespace
} // namespace loopscope::tests
