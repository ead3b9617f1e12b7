#include "tests/lessons/promises.h"

#include <algorithm>

namespace loopscope::tests {
namespace {

std::size_t count_in(const Lines& lines, const std::string& text)
{
    return static_cast<std::size_t>(
        std::count_if(lines.begin(), lines.end(), [&](const std::string& line) { return line.find(text) != std::string::npos; }));
}

std::uint32_t longest_queue(const char* variant, const std::vector<std::string>& sets = {})
{
    const Run done = run_of("queues-and-backpressure", variant, sets);
    std::uint32_t longest = 0;
    for (std::size_t i = 0; i < done.trace->size(); ++i) {
        const TraceEvent event = (*done.trace)[i];
        if (const auto* put = std::get_if<ItemPut>(&event.fact))
            longest = std::max(longest, put->items);
    }
    return longest;
}

TEST_CASE("an update is lost when an await lies between reading and writing", "[lessons]")
{
    CHECK(worth("balance", "lost-update", "race") == "50");
    CHECK(total("lost-update", "race") == 0.1);
    CHECK(lines_of("lost-update", "race")
          == Lines{"0 withdraw-1: saw 100", "0 withdraw-2: saw 100", "0.1 withdraw-1: wrote 70",
                   "0.1 withdraw-2: wrote 50", "0.1 main: balance 50"});
}

TEST_CASE("a lock keeps both updates and costs a wait, reading late keeps both for nothing", "[lessons]")
{
    CHECK(worth("balance", "lost-update", "lock") == "20");
    CHECK(total("lost-update", "lock") == 0.2);
    CHECK(worth("balance", "lost-update", "re-read") == "20");
    CHECK(total("lost-update", "re-read") == 0.1);
}

TEST_CASE("what has no await inside needs no lock", "[lessons]")
{
    CHECK(worth("hits", "lost-update", "counter") == "100");
    CHECK(worth("hits", "lost-update", "counter", {"visitors=20"}) == "200");
}

TEST_CASE("a semaphore lets twelve pages come in waves of its places", "[lessons]")
{
    CHECK(total("limit-the-crowd", "unlimited") == 0.5);
    CHECK(total("limit-the-crowd", "semaphore", {"k=1"}) == 6.0);
    CHECK(total("limit-the-crowd", "semaphore", {"k=2"}) == 3.0);
    CHECK(total("limit-the-crowd", "semaphore", {"k=3"}) == 2.0);
    CHECK(total("limit-the-crowd", "semaphore", {"k=4"}) == 1.5);
    CHECK(total("limit-the-crowd", "semaphore", {"k=5"}) == 1.5);
}

TEST_CASE("a server with limits refuses nobody while there are no more places than it takes", "[lessons]")
{
    for (const char* k : {"k=2", "k=3", "k=4"})
        CHECK(count_in(lines_of("limit-the-crowd", "fragile-server", {k}), "refused") == 0);
    CHECK(total("limit-the-crowd", "fragile-server", {"k=3"}) == 2.0);
    CHECK(total("limit-the-crowd", "fragile-server", {"k=4"}) == 1.5);
}

TEST_CASE("one place too many loses all that still wait at the gate", "[lessons]")
{
    const Lines lines = lines_of("limit-the-crowd", "fragile-server", {"k=5"});
    CHECK(count_in(lines, "0 polite_get") == 8);
    CHECK(count_in(lines, "refused") == 8);
    CHECK(count_in(lines, "got") == 4);
}

TEST_CASE("a bounded queue takes as long as one without a limit, and holds the producer up", "[lessons]")
{
    CHECK(lines_of("queues-and-backpressure", "unbounded") == Lines{"2 main: all put", "6.1 main: all done"});
    CHECK(longest_queue("unbounded") == 13);
    CHECK(lines_of("queues-and-backpressure", "bounded") == Lines{"4.9 main: all put", "6.1 main: all done"});
    CHECK(longest_queue("bounded") == 3);
}

TEST_CASE("three workers keep up, two do not", "[lessons]")
{
    CHECK(total("queues-and-backpressure", "more-workers") == 3.2);
    CHECK(total("queues-and-backpressure", "more-workers", {"workers=3"}) == 2.3);
    CHECK(longest_queue("more-workers", {"workers=3"}) == 1);
    CHECK(longest_queue("more-workers", {"workers=2"}) > 3);
}

TEST_CASE("workers go home as soon as the work is done, by a zero each or by a closed queue", "[lessons]")
{
    CHECK(total("queues-and-backpressure", "sentinel") == 3.2);
    CHECK(total("queues-and-backpressure", "shutdown") == 3.2);
}

TEST_CASE("ten pages at once, and the first refusal takes all others along", "[lessons]")
{
    CHECK(lines_of("build-a-crawler", "gather", {"k=10"}) == Lines{"0 main: gave up: ClientResponseError"});
    CHECK(run_of("build-a-crawler", "group", {"k=10"}).outcome.type == "ExceptionGroup");
    CHECK(lines_of("build-a-crawler", "group", {"k=10"}).empty());
}

TEST_CASE("errors that are kept lose what the server refuses and nothing else", "[lessons]")
{
    const Lines lines = lines_of("build-a-crawler", "keep-errors", {"k=10"});
    CHECK(count_in(lines, "saved") == 3);
    CHECK(lines.back() == "2 main: failed: 7");
}

TEST_CASE("two places are slow and safe, four are quick and safe, five are refused", "[lessons]")
{
    CHECK(total("build-a-crawler", "per-page", {"k=2", "limit=1"}) == 3.4);
    CHECK(total("build-a-crawler", "per-page", {"k=4", "limit=1"}) == 1.85);
    const Lines lines = lines_of("build-a-crawler", "per-page", {"k=4", "limit=1"});
    CHECK(count_in(lines, "saved") == 8);
    CHECK(count_in(lines, "TimeoutError") == 2);
    CHECK(count_in(lines_of("build-a-crawler", "per-page", {"k=5", "limit=1"}), "ClientResponseError") > 0);
}

TEST_CASE("with a short limit only quick pages are saved", "[lessons]")
{
    CHECK(count_in(lines_of("build-a-crawler", "per-page", {"k=4", "limit=0.55"}), "saved") == 5);
}

TEST_CASE("a group loses what is still under way when the first limit passes", "[lessons]")
{
    CHECK(count_in(lines_of("build-a-crawler", "group", {"k=4", "limit=1"}), "saved") == 5);
    CHECK(total("build-a-crawler", "group", {"k=4", "limit=1"}) == 1.05);
}

TEST_CASE("locks taken crosswise end in a deadlock, in the same order they do not", "[lessons]")
{
    CHECK(run_of("everyone-is-waiting", "crossed").outcome.waiting == Lines{"Task-1", "Task-2", "Task-3"});
    CHECK(worth("makespan", "everyone-is-waiting", "crossed") == "0.1");
    CHECK(total("everyone-is-waiting", "same-order") == 0.4);
}

TEST_CASE("a barrier waits for as many as it has places", "[lessons]")
{
    CHECK(worth("outcome", "everyone-is-waiting", "barrier") == "deadlock");
    CHECK(worth("outcome", "everyone-is-waiting", "barrier", {"arrivals=3"}) == "result");
    CHECK(worth("outcome", "everyone-is-waiting", "barrier", {"arrivals=5"}) == "deadlock");
    CHECK(worth("count(\"* goes on\")", "everyone-is-waiting", "barrier", {"arrivals=5"}) == "3");
}

TEST_CASE("who waits for an event that nobody sets waits for ever, while the other task has ended", "[lessons]")
{
    CHECK(run_of("everyone-is-waiting", "unset-event").outcome.waiting == Lines{"Task-1", "Task-2"});
}

} // namespace
} // namespace loopscope::tests
