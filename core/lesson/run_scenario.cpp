#include "core/asyncio/event_loop.h"
#include "core/asyncio/exception_group.h"
#include "core/lesson/run.h"

#include <optional>

namespace loopscope {
namespace {

Outcome outcome_of(const std::exception_ptr& error)
{
    const ErrorText text = describe_error(error);
    Outcome outcome{.kind = Outcome::Kind::Exception,
                    .type = text.type,
                    .message = text.message,
                    .exceptions = {},
                    .waiting = {}};
    try {
        std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        for (const std::exception_ptr& e : group.exceptions())
            outcome.exceptions.push_back(outcome_of(e));
    } catch (...) { // only a group holds others
    }
    return outcome;
}

// Steps the loop until it stops; an outcome when it was stopped for another reason.
std::optional<Outcome> run_within(EventLoop& loop)
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
        if (const std::string why = loop.limit_met(); !why.empty())
            return Outcome{.kind = Outcome::Kind::GaveUp,
                           .type = {},
                           .message = why,
                           .exceptions = {},
                           .waiting = loop.waiting_names()};
    }
}

} // namespace

Outcome run_program(EventLoop& loop, const std::function<Coro<void>()>& main, RunLimits limits, Launch launch)
{
    Outcome outcome;
    try {
        loop.set_limits(limits);
        loop.enter_phase(LoopPhase::Running);
        const Task<void> task = loop.create_task(main());
        loop.stop_when_done(*task.state());
        std::optional<Outcome> stopped = run_within(loop);
        if (!stopped) {
            if (const std::exception_ptr error = task.error())
                outcome = outcome_of(error);
            if (launch == Launch::Run && loop.begin_cancelling_leftovers())
                stopped = run_within(loop);
            if (launch == Launch::Run && !stopped && loop.begin_joining_threads())
                stopped = run_within(loop);
        }
        if (stopped)
            outcome = *stopped;
        else
            loop.close();
    } catch (...) {
        outcome = outcome_of(std::current_exception());
    }
    return outcome;
}

Run run(const Lesson& lesson, const Variant& variant, const Values& values, RunLimits limits)
{
    if (variant.recorded)
        return *variant.recorded;
    EventLoop loop;
    Run run{.lesson = lesson.id, .variant = variant.name, .values = values, .trace = loop.trace(), .outcome = {}};
    run.outcome = run_program(loop, [&] { return variant.start(loop, values); }, limits, variant.launch);
    return run;
}

} // namespace loopscope
