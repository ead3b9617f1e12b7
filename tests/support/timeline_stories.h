#pragma once

#include "core/asyncio.h"
#include "core/timeline/layout.h"
#include "core/trace/spans.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace loopscope::tests {

// Small programs whose timelines are easy to say in numbers. Real runs of the loop, so that a
// layout is tested on what it will get.

inline Coro<std::string> fetch(std::string url)
{
    ClientSession session;
    Response response = co_await session.get(url);
    std::string body = co_await response.text();
    print("got " + url);
    co_return body;
}

inline Coro<void> together()
{
    std::vector<Coro<std::string>> all;
    all.push_back(fetch("a.org"));
    all.push_back(fetch("b.org"));
    all.push_back(fetch("c.org"));
    auto pages = co_await gather(std::move(all));
    print(std::to_string(pages.size()) + " pages");
}

inline Coro<void> one_by_one()
{
    const std::string a = co_await fetch("a.org");
    const std::string b = co_await fetch("b.org");
    const std::string c = co_await fetch("c.org");
    print("3 pages");
}

inline Coro<void> sleeper(double seconds) { co_await sleep(seconds); }

inline Coro<void> hog()
{
    cpu(0.3);
    co_await sleep(0.1);
    block(0.4);
}

inline Coro<void> fails()
{
    co_await sleep(0.1);
    throw ValueError("boom");
}

/// Lasts one second: a task that computes and blocks, one that is cancelled, one that fails.
inline Coro<void> trouble()
{
    Task<void> holds = create_task(hog(), "hog");
    Task<void> stopped = create_task(sleeper(5.0), "stopped");
    Task<void> failing = create_task(fails(), "failing");
    Task<void> calm = create_task(sleeper(1.0), "calm");
    co_await holds;
    stopped.cancel();
    co_await calm;
}

inline Coro<void> crowd(int tasks)
{
    std::vector<Coro<void>> all;
    for (int i = 0; i < tasks; ++i)
        all.push_back(sleeper(1.0));
    co_await gather(std::move(all));
}

inline Coro<void> turns(int count)
{
    for (int i = 0; i < count; ++i)
        co_await sleep(0.0);
}

inline Coro<void> long_life(int naps)
{
    for (int i = 0; i < naps; ++i)
        co_await sleep(0.001);
}

/// Runs a story; a.org answers after 1.0 s, b.org after 2.0 s, c.org after 1.5 s.
inline std::shared_ptr<const Trace> trace_of(Coro<void> story)
{
    EventLoop loop;
    loop.network().set_latency("a.org", 1.0);
    loop.network().set_latency("b.org", 2.0);
    loop.network().set_latency("c.org", 1.5);
    std::shared_ptr<const Trace> trace = loop.trace();
    loop.run_until_complete(std::move(story));
    return trace;
}

/// A scene with the measures there are before a typeface is known.
inline TimelineScene scene_of(const Trace& trace, double width = 1000, double blend = 0, LayoutMetrics metrics = {})
{
    const TimeScale scale(trace.end_time(), trace.size(), axis_width(width, metrics), blend);
    return layout(trace, spans_of(trace), scale, metrics);
}

} // namespace loopscope::tests
