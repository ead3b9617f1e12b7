#include "core/asyncio/event_loop.h"
#include "core/base/format.h"
#include "core/lesson/run.h"

#include <optional>

namespace loopscope {
namespace {

Outcome outcome_of(const std::exception_ptr& error)
{
    const ErrorText text = describe_error(error);
    return {.kind = Outcome::Kind::Exception,
            .type = text.type,
            .message = text.message,
            .exceptions = {},
            .waiting = {}};
}

// Steps the loop until it stops; an outcome when it was stopped for another reason.
std::optional<Outcome> run_within(EventLoop& loop, const RunLimits& limits)
{
    for (;;) {
        switch (loop.step()) {
        case EventLoop::Stepped::Stopped:
            return std::nullopt;
        case EventLoop::Stepped::Stuck:
            return Outcome{.kind = Outcome::Kind::Deadlock,
                           .type = {},
                           .message = {},
                           .exceptions = {},
                           .waiting = loop.waiting_names()};
        case EventLoop::Stepped::Ran:
        case EventLoop::Stepped::Passed:
            break;
        }
        std::string why;
        if (loop.trace()->size() > limits.facts)
            why = "gave up after " + format_count(loop.trace()->size(), "event");
        else if (loop.now().since_start > limits.time)
            why = "gave up after " + format_duration(loop.now().since_start) + " of virtual time";
        if (!why.empty())
            return Outcome{.kind = Outcome::Kind::GaveUp,
                           .type = {},
                           .message = why,
                           .exceptions = {},
                           .waiting = loop.waiting_names()};
    }
}

} // namespace

Run run(const Lesson& lesson, const Variant& variant, const Values& values, RunLimits limits)
{
    Run run{.lesson = lesson.id, .variant = variant.name, .values = values, .trace = {}, .outcome = {}};
    EventLoop loop;
    run.trace = loop.trace();
    // What asyncio.run() does, one handle at a time so that the limits can end it.
    try {
        loop.enter_phase(LoopPhase::Running);
        const Task<void> main = loop.create_task(variant.start(loop, values));
        loop.stop_when_done(*main.state());
        std::optional<Outcome> stopped = run_within(loop, limits);
        if (!stopped) {
            if (const std::exception_ptr error = main.error())
                run.outcome = outcome_of(error);
            if (loop.begin_cancelling_leftovers())
                stopped = run_within(loop, limits);
        }
        if (stopped)
            run.outcome = *stopped;
        else
            loop.close();
    } catch (...) {
        run.outcome = outcome_of(std::current_exception());
    }
    return run;
}

} // namespace loopscope
