#pragma once

#include "core/lesson/run.h"
#include "core/asyncio/event_loop.h"

#include <memory>
#include <string>
#include <vector>

namespace loopscope::tests {

/// A small program that has run to its end.
struct Ran {
    std::shared_ptr<const Trace> trace;
    Outcome outcome;
};

/// Runs `main` as asyncio.run() would.
inline Ran run_main(const std::function<Coro<void>()>& main, RunLimits limits = {})
{
    EventLoop loop;
    Ran ran{loop.trace(), {}};
    ran.outcome = run_program(loop, main, limits);
    return ran;
}

/// What was printed, in order: "1.5 fetch_url-1: got A"; without a task "1.5 -: text".
inline std::vector<std::string> printed(const Trace& trace)
{
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        if (const auto* note = std::get_if<Noted>(&event.fact)) {
            std::string t = std::to_string(to_seconds(event.when));
            t.erase(t.find_last_not_of('0') + 1);
            if (t.back() == '.')
                t.pop_back();
            const std::string who = note->worker ? std::string(trace.worker(note->worker).name)
                : note->task                     ? trace.display_name(note->task)
                                                 : "-";
            lines.push_back(t + " " + who + ": " + std::string(note->text));
        }
    }
    return lines;
}

/// Whose steps ran, in order.
inline std::vector<std::string> steps_of(const Trace& trace)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        const TraceEvent event = trace[i];
        if (const auto* step = std::get_if<TaskStepped>(&event.fact))
            names.push_back(trace.display_name(step->task));
    }
    return names;
}

/// How many facts of one kind a trace holds.
template <class F>
std::size_t count_of(const Trace& trace)
{
    std::size_t count = 0;
    for (std::size_t i = 0; i < trace.size(); ++i)
        count += std::holds_alternative<F>(trace[i].fact) ? 1 : 0;
    return count;
}

} // namespace loopscope::tests
