#include "tests/lessons/promises.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

TEST_CASE("tasks overlap, awaits in a row do not", "[lessons]")
{
    CHECK(total("tasks-make-overlap", "sequential") == 3.0);
    CHECK(total("tasks-make-overlap", "tasks") == 2.0);
    CHECK(total("tasks-make-overlap", "trap") == 3.0);
    CHECK(total("tasks-make-overlap", "half") == 2.0);
}

TEST_CASE("the first task is collected when it ends, not when all have", "[lessons]")
{
    CHECK(printed(*run_of("tasks-make-overlap", "tasks").trace)
          == Lines{"1 job-1: a done", "1 main: collected a", "2 job-2: b done", "2 main: collected b"});
}

TEST_CASE("three jobs overlap only when all are created before the first await", "[lessons]")
{
    CHECK(total("tasks-make-overlap", "mixed") == 4.5);
    CHECK(total("tasks-make-overlap", "mixed", {"mode_a=await", "mode_b=await", "mode_c=await"}) == 4.5);
    CHECK(total("tasks-make-overlap", "mixed", {"mode_a=later", "mode_b=later", "mode_c=later"}) == 2.0);
    CHECK(total("tasks-make-overlap", "mixed", {"mode_a=later", "mode_b=later", "mode_c=at-once"}) == 2.0);
    CHECK(total("tasks-make-overlap", "mixed", {"mode_b=later", "mode_c=later"}) == 3.0);
}

TEST_CASE("gathered pages take as long as the slowest, others add up", "[lessons]")
{
    CHECK(total("gather-three-urls", "sequential") == 4.5);
    CHECK(total("gather-three-urls", "gather") == 2.0);
    CHECK(total("gather-three-urls", "session-per-request") == 2.0);
    CHECK(total("gather-three-urls", "session-per-request", {"connect=0.3"}) == 2.3);
}

TEST_CASE("only a session for each request pays for connections", "[lessons]")
{
    CHECK(total("gather-three-urls", "sequential", {"connect=0.3"}) == 4.5);
    CHECK(total("gather-three-urls", "gather", {"connect=0.3"}) == 2.0);
}

TEST_CASE("pages end A C B and come in the order A B C", "[lessons]")
{
    const Lines expected = {"1 fetch_url-1: got A", "1.5 fetch_url-3: got C", "2 fetch_url-2: got B",
                            "2 main: pages: A, B, C"};
    CHECK(printed(*run_of("gather-three-urls", "gather").trace) == expected);
}

TEST_CASE("six pages take no longer than three when none is slower", "[lessons]")
{
    CHECK(total("gather-three-urls", "gather", {"pages=6"}) == 2.0);
    CHECK(total("gather-three-urls", "gather", {"pages=6", "latency_f=2.5"}) == 2.5);
}

TEST_CASE("all variants of a lesson do the same work", "[lessons]")
{
    const auto work = [](const char* lesson, const char* variant) {
        Lines texts;
        const Run run = run_of(lesson, variant);
        for (const Note& note : notes_of(*run.trace))
            texts.emplace_back(note.text);
        std::sort(texts.begin(), texts.end());
        return texts;
    };
    const Lines pages = {"got A", "got B", "got C", "pages: A, B, C"};
    for (const Variant& variant : lesson_named("gather-three-urls").variants)
        CHECK(work("gather-three-urls", variant.name.c_str()) == pages);
    const Lines jobs = {"a done", "b done", "collected a", "collected b"};
    for (const char* variant : {"sequential", "tasks", "trap", "half"})
        CHECK(work("tasks-make-overlap", variant) == jobs);
    CHECK(work("tasks-make-overlap", "mixed") == Lines{"a done", "b done", "c done", "collected all"});
}

} // namespace
} // namespace loopscope::tests
