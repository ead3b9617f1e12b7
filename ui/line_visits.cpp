#include "ui/line_visits.h"

#include "core/trace/snapshot.h"

#include "ui/moment_models.h"

#include <algorithm>

namespace loopscope::ui {

LineVisits::LineVisits(const Trace& trace, std::string_view file)
{
    const auto lineOf = [&](PlaceId place) {
        return place != PlaceId::None && trace.place(place).file == file ? trace.place(place).line : 0u;
    };
    Snapshot state;
    LineVisit last;
    std::vector<std::size_t> turnOf(trace.task_count() + 1, 0);
    std::vector<std::uint32_t> parkedAt(trace.task_count() + 1, 0);
    for (std::size_t i = 0; i < trace.size(); ++i) {
        apply(state, trace);
        const TraceEvent event = trace[i];
        const TaskId task = state.running ? state.running : taskOf(event.fact);
        std::uint32_t line = lineOf(event.place);
        if (state.running) {
            const TaskSnapshot& running = state.task(state.running);
            if (running.stack != StackId::Empty)
                line = lineOf(trace.innermost_in(running.stack, file));
            else if (lineOf(running.place) != 0 || line == 0)
                line = lineOf(running.place);
        }
        const bool begins = std::holds_alternative<TaskStepped>(event.fact);
        if (begins)
            turnOf[task.value] = i;
        else if (std::holds_alternative<CallbackRan>(event.fact))
            turnOf[0] = i;
        if (const auto* suspended = std::get_if<TaskSuspended>(&event.fact))
            parkedAt[suspended->task.value] = lineOf(trace.innermost_in(suspended->stack, file));
        if (line == 0) {
            last = {};
            continue;
        }
        if (begins || line != last.line || task != last.task) {
            // A wake is recorded at the line of whoever woke, and is no visit of the woken task.
            if (!state.running && std::holds_alternative<TaskWoken>(event.fact))
                continue;
            last = {.event = i,
                    .line = line,
                    .task = task,
                    .goesOn = begins && task.value < parkedAt.size() && parkedAt[task.value] == line,
                    .turn = turnOf[task.value]};
            m_visits.push_back(last);
        }
    }
}

std::optional<LineVisit> LineVisits::next(std::uint32_t line, std::size_t step) const
{
    for (const LineVisit& visit : m_visits)
        if (visit.line == line && visit.event + 1 > step)
            return visit;
    return std::nullopt;
}

std::optional<LineVisit> LineVisits::previous(std::uint32_t line, std::size_t step) const
{
    for (auto visit = m_visits.rbegin(); visit != m_visits.rend(); ++visit)
        if (visit->line == line && visit->event + 1 < step)
            return *visit;
    return std::nullopt;
}

std::optional<LineVisit> LineVisits::at(std::size_t event) const
{
    const auto found = std::lower_bound(m_visits.begin(), m_visits.end(), event,
                                        [](const LineVisit& visit, std::size_t e) { return visit.event < e; });
    return found != m_visits.end() && found->event == event ? std::optional(*found) : std::nullopt;
}

std::vector<LineVisits::Turns> LineVisits::turns(std::uint32_t line, std::size_t step) const
{
    std::vector<Turns> told;
    std::vector<std::pair<TaskId, std::size_t>> counted;
    for (const LineVisit& visit : m_visits) {
        if (visit.line != line || visit.event >= step)
            continue;
        const std::pair<TaskId, std::size_t> turn{visit.task, visit.turn};
        if (std::find(counted.begin(), counted.end(), turn) != counted.end())
            continue;
        counted.push_back(turn);
        const auto of = std::find_if(told.begin(), told.end(), [&](const Turns& t) { return t.task == visit.task; });
        if (of == told.end())
            told.push_back({visit.task, 1});
        else
            ++of->turns;
    }
    return told;
}

} // namespace loopscope::ui
