#include "ui/event_anchor.h"

#include "core/trace/explain.h"

#include "ui/moment_models.h"

namespace loopscope::ui {
namespace {

/// Whether two facts look the same but for their time.
struct Likeness {
    std::string_view kind;
    TaskId task;
    std::uint32_t line;

    [[nodiscard]] bool operator()(const Trace& trace, const TraceEvent& event) const
    {
        return taskOf(event.fact) == task && trace.place(event.place).line == line && fact_name(event.fact) == kind;
    }
};

} // namespace

EventAnchor anchorOf(const Trace& trace, std::size_t step)
{
    if (step == 0)
        return {};
    const TraceEvent event = trace[step - 1];
    const TaskId task = taskOf(event.fact);
    EventAnchor anchor{.kind = std::string(fact_name(event.fact)),
                       .who = task ? trace.display_name(task) : std::string(),
                       .line = trace.place(event.place).line,
                       .nth = 0,
                       .when = event.when};
    const Likeness alike{anchor.kind, task, anchor.line};
    for (std::size_t i = 0; i + 1 < step; ++i)
        anchor.nth += alike(trace, trace[i]) ? 1 : 0;
    return anchor;
}

AnchoredStep stepOf(const Trace& trace, const EventAnchor& anchor)
{
    if (anchor.kind.empty())
        return {};
    const TaskId task = anchor.who.empty() ? TaskId{} : taskNamed(trace, anchor.who);
    if (task || anchor.who.empty()) {
        const Likeness alike{anchor.kind, task, anchor.line};
        std::size_t nth = 0;
        for (std::size_t i = 0; i < trace.size(); ++i)
            if (alike(trace, trace[i]) && nth++ == anchor.nth)
                return {i + 1, Fit::Same};
    }
    if (anchor.when > trace.end_time())
        return {trace.size(), Fit::Lost};
    std::size_t step = 0;
    while (step < trace.size() && trace.when(step) <= anchor.when)
        ++step;
    return {step, Fit::Moment};
}

TaskId taskNamed(const Trace& trace, const std::string& name)
{
    for (std::uint32_t id = 1; id <= trace.task_count(); ++id)
        if (trace.display_name(TaskId{id}) == name)
            return TaskId{id};
    return {};
}

} // namespace loopscope::ui
