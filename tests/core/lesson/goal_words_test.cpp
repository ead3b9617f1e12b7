#include "core/lesson/goal.h"
#include "tests/core/lesson/sample_lesson.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

struct Said {
    std::string words;
    std::string worth;

    friend bool operator==(const Said&, const Said&) = default;
    friend std::ostream& operator<<(std::ostream& out, const Said& said) { return out << said.words << " | " << said.worth; }
};

std::vector<Said> said(std::string_view goal)
{
    const Measures measures(samples::lesson(), samples::run_of("one-by-one"));
    const Result<Goal> parsed = Goal::parse(goal);
    const Result<std::vector<Clause>> clauses = parsed->clauses(measures);
    std::vector<Said> all;
    for (const Clause& clause : *clauses)
        all.push_back({clause.words, clause.worth});
    return all;
}

TEST_CASE("a goal is told in short words, with what it is worth now", "[goal]")
{
    CHECK(said("total <= 2.05") == std::vector<Said>{{"done within 2.05 s", "4.5 s"}});
    CHECK(said("total < 2 and count >= 3")
          == std::vector<Said>{{"done in less than 2 s", "4.5 s"}, {"naps at least 3", "3"}});
    CHECK(said("errors == 0 and pending_at_exit == 0 and all_done")
          == std::vector<Said>{{"nothing fails", "0 failures"}, {"no task is left over", "0"}, {"every task comes to its end", ""}});
    CHECK(said("count(rested) == 1") == std::vector<Said>{{"“rested” printed once", "once"}});
    CHECK(said("count(\"got *\") >= 6") == std::vector<Said>{{"“got …” printed at least 6 times", "never"}});
    CHECK(said("at(rested) <= 2") == std::vector<Said>{{"“rested” by 2 s", "4.5 s"}});
    CHECK(said("longest_turn <= 0.1") == std::vector<Said>{{"no turn longer than 0.1 s", "0 s"}});
    CHECK(said("runs(together).total < runs(one-by-one).total").front().words.find(" is faster than ") != std::string::npos);
    CHECK(said("timers == 1").front().words == "timers: 1");
}

} // namespace
} // namespace loopscope::tests
