#include "core/timeline/flights.h"

#include "core/lesson/overlap.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace loopscope;
using namespace loopscope::tests;

namespace {

Coro<void> read_a_line()
{
    Streams streams = co_await open_connection("server", 80);
    const std::string line = co_await streams.reader.readline();
    print("got " + line);
    streams.writer.close();
}

std::shared_ptr<const Trace> line_in_three_pieces()
{
    EventLoop loop;
    loop.network().set_pieces("server", 80, {{0.3, "red "}, {0.5, "green "}, {0.9, "blue\n"}});
    std::shared_ptr<const Trace> trace = loop.trace();
    loop.run_until_complete(read_a_line());
    return trace;
}

const LaneRow& network_of(const TimelineScene& scene)
{
    return *std::find_if(scene.lanes.begin(), scene.lanes.end(),
                         [](const LaneRow& lane) { return lane.kind == LaneRow::Kind::Network; });
}

std::vector<Bar> flying(const TimelineScene& scene)
{
    std::vector<Bar> bars;
    std::copy_if(scene.bars.begin(), scene.bars.end(), std::back_inserter(bars),
                 [](const Bar& bar) { return bar.kind == SpanKind::InFlight && bar.box.width > 8; });
    return bars;
}

} // namespace

TEST_CASE("what comes at one socket lies on one line, piece after piece", "[core][timeline][network]")
{
    const auto trace = line_in_three_pieces();
    const TimelineScene scene = scene_of(*trace);
    const std::vector<Bar> bars = flying(scene);
    REQUIRE(bars.size() == 3); // neither the end of the stream nor the connecting is a request
    for (std::size_t i = 0; i < bars.size(); ++i) {
        CHECK(bars[i].box.y == bars[0].box.y);
        CHECK(bars[i].color == 1); // that of who connected
        if (i > 0)
            CHECK(std::abs(bars[i].box.x - bars[i - 1].box.right()) < 1);
    }
    CHECK(network_of(scene).subtitle == "1 connection");
}

TEST_CASE("bytes that arrive say what they are, at the end of their line", "[core][timeline][network]")
{
    const TimelineScene scene = scene_of(*line_in_three_pieces());
    std::vector<std::string> words;
    for (const Mark& mark : scene.marks)
        if (mark.kind == Mark::Kind::Arrived) {
            words.push_back(mark.label);
            CHECK(mark.label_box.right() < mark.x);
        }
    CHECK(words == std::vector<std::string>{"red", "green", "blue\\n"});
}

TEST_CASE("a read line is one bracket: what asyncio awaits inside it is its own business", "[core][timeline][brackets]")
{
    const auto trace = line_in_three_pieces(); // spans point into it
    const RunSpans spans = spans_of(*trace);
    std::vector<std::string> names;
    for (const CoroutineSpan& inside : spans.shared.coroutines)
        names.emplace_back(inside.name);
    CHECK(names == std::vector<std::string>{"readline"});
}

TEST_CASE("a connection is one in flight while something is on its way, however many pieces are", "[core][timeline][network]")
{
    const auto trace = line_in_three_pieces();
    const RunSpans spans = spans_of(*trace);
    const auto at = [&](double seconds) {
        const TimePoint when{std::chrono::duration_cast<Duration>(std::chrono::duration<double>(seconds))};
        return detail::in_flight(*trace, spans, static_cast<std::size_t>(position_at(*trace, when).step));
    };
    CHECK(at(0.1) == 1);
    CHECK(at(0.4) == 1);
    CHECK(at(0.9) == 0);
}

TEST_CASE("bytes are told as Python writes them, many by their number", "[core][timeline][network]")
{
    CHECK(detail::arrival_words({.label = "data", .peer = "", .task = {}, .future = {}, .bytes = 5, .text = "blue\n"}) == "blue\\n");
    CHECK(detail::arrival_words({.label = "data", .peer = "", .task = {}, .future = {}, .bytes = 3000}) == "3000 bytes");
    CHECK(detail::arrival_words({.label = "data", .peer = "", .task = {}, .future = {}, .bytes = 2, .text = "\x01\x02"}) == "2 bytes");
}

TEST_CASE("each request is named where there is room", "[core][timeline][network]")
{
    const TimelineScene scene = scene_of(*trace_of(together()));
    std::vector<std::string> names;
    for (const Bar& bar : flying(scene)) {
        names.push_back(bar.label);
        CHECK(bar.label_box.x >= bar.box.x);
        CHECK(bar.label_box.right() <= bar.box.right());
    }
    CHECK(names == std::vector<std::string>{"a.org", "b.org", "c.org"});
}

TEST_CASE("refusals of one moment are one cross with a number", "[core][timeline][network]")
{
    EventLoop loop;
    loop.network().set_capacity("a.org", 1);
    loop.network().set_latency("a.org", 1.0);
    const auto trace = loop.trace();
    loop.run_until_complete([]() -> Coro<void> {
        std::vector<Coro<std::string>> all;
        for (int i = 0; i < 6; ++i)
            all.push_back(fetch("a.org"));
        co_await gather(std::move(all));
    }());
    const TimelineScene scene = scene_of(*trace, 1000, 0);
    std::vector<Mark> crosses;
    for (const Mark& mark : scene.marks)
        if (mark.kind == Mark::Kind::Refused && scene.lanes[mark.lane].kind == LaneRow::Kind::Network)
            crosses.push_back(mark);
    int refused = 0;
    for (const Mark& cross : crosses)
        refused += cross.folded;
    CHECK(refused == 5);
    CHECK(crosses.size() < 5);
    CHECK(std::any_of(crosses.begin(), crosses.end(), [](const Mark& m) {
        return m.label == std::to_string(m.folded) + " refused" && m.label_box.width > 0;
    }));
}

TEST_CASE("how far waits overlap is said of each run", "[core][lesson]")
{
    const auto one = trace_of(one_by_one());
    const auto all = trace_of(together());
    const auto alone = trace_of(sleeper(1.0));
    CHECK(overlap_note(*one, spans_of(*one)) == "never more than 1 in flight: each await holds up the next request");
    CHECK(overlap_note(*all, spans_of(*all)) == "up to 3 in flight at once");
    CHECK(overlap_note(*alone, spans_of(*alone)).empty());
}
