#include "ui/loop_places.h"

#include "core/base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <set>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::LoopView)
};

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

/// Puts each task and callback of one snapshot in its place.
class Sorter {
public:
    Sorter(const RunData& run, const Snapshot& snapshot, const CodePlaces& code, Language language)
        : m_run(run)
        , m_trace(run.trace())
        , m_snapshot(snapshot)
        , m_code(code)
        , m_language(language)
    {
    }

    std::vector<LoopPlace> sorted()
    {
        // The order matters: what stands in one place is left out of the later ones.
        std::vector<LoopPlace> places;
        places.push_back(running());
        places.push_back(ready());
        places.push_back(timers());
        places.push_back(io());
        if (m_trace.resource_count() > 0)
            places.push_back(shared());
        places.push_back(waiting());
        places.push_back(done());
        return places;
    }

private:
    LoopChip chipOf(TaskId task, const QString& detail = {})
    {
        m_placed.insert(task);
        return {.key = u't' + QString::number(task.value),
                .title = QString::fromStdString(m_trace.display_name(task)),
                .detail = detail,
                .color = m_run.colors[task.value - 1],
                .task = task};
    }

    LoopChip chipOf(HandleId handle)
    {
        const HandleInfo& info = m_trace.handle(handle);
        LoopChip chip{.key = u'h' + QString::number(handle.value),
                      .title = text(info.label),
                      .detail = {},
                      .task = info.by};
        switch (info.kind) {
        case CallbackKind::Plain:
            chip.detail = Words::tr("callback");
            break;
        case CallbackKind::SleepEnds:
            chip.detail = Words::tr("sleep is over");
            break;
        case CallbackKind::Done:
            chip.detail = Words::tr("done callback");
            break;
        case CallbackKind::Reader:
            chip.detail = Words::tr("socket is ready");
            break;
        case CallbackKind::Timeout:
            chip.detail = Words::tr("timeout");
            break;
        case CallbackKind::Stop:
            chip.detail = Words::tr("main is done");
            break;
        case CallbackKind::Thread:
            chip.detail = Words::tr("from a thread");
            break;
        case CallbackKind::WakeUp:
            chip.detail = Words::tr("woken by a thread");
            break;
        }
        if (const TaskId waiter = waiterOf(info.future)) {
            chip.task = waiter;
            if (chip.title.isEmpty())
                chip.title = Words::tr("wake %1").arg(QString::fromStdString(m_trace.display_name(waiter)));
        }
        // Of many sleeps and sockets, whose it is tells more than how long or from where.
        const bool isOwned = info.kind == CallbackKind::SleepEnds || info.kind == CallbackKind::Reader
            || info.kind == CallbackKind::Timeout;
        if (chip.task && isOwned)
            chip.title = QString::fromStdString(m_trace.display_name(chip.task));
        if (chip.task)
            chip.color = m_run.colors[chip.task.value - 1];
        if (chip.title.isEmpty())
            chip.title = Words::tr("callback");
        chip.cancelled = std::find(m_snapshot.cancelled_handles.begin(), m_snapshot.cancelled_handles.end(),
                                   handle)
            != m_snapshot.cancelled_handles.end();
        return chip;
    }

    [[nodiscard]] TaskId waiterOf(FutureId future) const
    {
        if (!future)
            return {};
        for (const TaskSnapshot& task : m_snapshot.tasks)
            if (task.state == TaskState::Waiting && task.waiting_on == future)
                return task.id;
        return {};
    }

    [[nodiscard]] bool isPlaced(TaskId task) const { return m_placed.count(task) > 0; }

    LoopPlace running()
    {
        LoopPlace place{.title = Words::tr("RUNNING"), .hint = Words::tr("one task at a time"), .whenEmpty = resting(), .chips = {}};
        if (m_snapshot.running) {
            const TaskSnapshot& task = m_snapshot.task(m_snapshot.running);
            const auto row = m_code.rowOf(m_trace, task, m_language);
            QString detail = row ? Words::tr("line %1").arg(m_code.lineNumber(*row, m_language)) : QString();
            if (task.work)
                detail = *task.work == WorkKind::Blocking ? Words::tr("blocks the thread") : Words::tr("computes");
            LoopChip chip = chipOf(task.id, detail);
            chip.running = true;
            place.chips.push_back(chip);
        } else if (m_snapshot.running_handle) {
            LoopChip chip = chipOf(m_snapshot.running_handle);
            chip.running = true;
            if (chip.task && m_trace.handle(m_snapshot.running_handle).kind != CallbackKind::Plain)
                chip.detail = Words::tr("callback: %1").arg(chip.detail); // it is not the task itself that has its turn
            place.chips.push_back(chip);
        }
        return place;
    }

    [[nodiscard]] QString resting() const
    {
        if (m_snapshot.stuck)
            return Words::tr("stuck: nothing can wake it");
        if (m_snapshot.selecting)
            return m_snapshot.select_until
                ? Words::tr("idle until %1").arg(QString::fromStdString(format_moment(*m_snapshot.select_until)))
                : Words::tr("idle until a socket is ready");
        switch (m_snapshot.phase) {
        case LoopPhase::Created:
            return Words::tr("not started yet");
        case LoopPhase::Stopped:
        case LoopPhase::Closed:
            return Words::tr("the loop has ended");
        case LoopPhase::Running:
        case LoopPhase::CancellingLeftovers:
        case LoopPhase::JoiningThreads:
            break;
        }
        return Words::tr("the loop itself is at work");
    }

    LoopPlace ready()
    {
        LoopPlace place{.title = Words::tr("READY QUEUE"), .hint = Words::tr("first in, first out"), .whenEmpty = Words::tr("empty"), .chips = {}};
        for (const ReadyItem& item : m_snapshot.ready) {
            if (const TaskId* task = std::get_if<TaskId>(&item)) {
                const TaskSnapshot& state = m_snapshot.task(*task);
                place.chips.push_back(chipOf(*task, state.cancelling ? Words::tr("is cancelled")
                                                 : state.started     ? Words::tr("goes on")
                                                                     : Words::tr("starts")));
            } else {
                place.chips.push_back(chipOf(std::get<HandleId>(item)));
            }
        }
        return place;
    }

    LoopPlace timers()
    {
        LoopPlace place{.title = Words::tr("TIMERS"), .hint = Words::tr("soonest first"), .whenEmpty = Words::tr("none"), .chips = {}};
        for (const TimerSnapshot& timer : m_snapshot.pending_timers()) {
            const QString due = Words::tr("due %1").arg(QString::fromStdString(format_moment(timer.deadline)));
            const TaskId sleeper = waiterOf(m_trace.handle(timer.handle).future);
            LoopChip chip = sleeper && !isPlaced(sleeper) ? chipOf(sleeper) : chipOf(timer.handle);
            chip.detail = due;
            place.chips.push_back(chip);
        }
        return place;
    }

    LoopPlace io()
    {
        LoopPlace place{.title = Words::tr("WAITING ON I/O"), .hint = Words::tr("selector"), .whenEmpty = Words::tr("none"), .chips = {}};
        for (const ChannelId channel : m_snapshot.in_flight) {
            const ChannelInfo& info = m_trace.channel(channel);
            const TaskId waiter = waiterOf(info.future);
            if (waiter && !isPlaced(waiter)) {
                place.chips.push_back(chipOf(waiter, text(info.peer)));
            } else {
                place.chips.push_back({.key = u'c' + QString::number(channel.value),
                                       .title = text(info.label),
                                       .detail = text(info.peer),
                                       .color = info.task ? m_run.colors[info.task.value - 1] : -1,
                                       .task = info.task});
            }
        }
        return place;
    }

    /// Tasks that wait at something that tasks share, in the order in which they came.
    LoopPlace shared()
    {
        LoopPlace place{.title = Words::tr("LOCKS AND QUEUES"), .hint = Words::tr("in line"), .whenEmpty = Words::tr("nobody waits"), .chips = {}};
        for (const ResourceSnapshot& resource : m_snapshot.resources)
            for (const WaiterSnapshot& waiter : resource.waiters) {
                const TaskSnapshot& task = m_snapshot.task(waiter.task);
                if (task.state == TaskState::Waiting && !isPlaced(task.id))
                    place.chips.push_back(chipOf(task.id, QString::fromStdString(wait_label(m_trace, task.waiting_on))));
            }
        return place;
    }

    LoopPlace waiting()
    {
        LoopPlace place{.title = Words::tr("WAITING ON TASKS"), .hint = Words::tr("and other futures"), .whenEmpty = Words::tr("none"), .chips = {}};
        for (const TaskSnapshot& task : m_snapshot.tasks)
            if (task.state == TaskState::Waiting && !isPlaced(task.id))
                place.chips.push_back(chipOf(task.id, waitedFor(task.waiting_on)));
        return place;
    }

    /// Of several tasks, how many are done says more than their names, which have no room here.
    [[nodiscard]] QString waitedFor(FutureId on) const
    {
        const std::vector<FutureId>& parts = m_trace.parts(on);
        if (m_trace.future(on).kind != FutureKind::Gather || parts.empty())
            return QString::fromStdString(wait_label(m_trace, on));
        std::size_t done = 0;
        for (const FutureId part : parts) {
            const TaskId task = m_trace.future(part).task;
            const TaskState state = task ? m_snapshot.task(task).state : TaskState::Waiting;
            done += state == TaskState::Finished || state == TaskState::Failed || state == TaskState::Cancelled ? 1 : 0;
        }
        return Words::tr("gather %1/%2 done").arg(done).arg(parts.size());
    }

    LoopPlace done()
    {
        LoopPlace place{.title = Words::tr("DONE"), .hint = {}, .whenEmpty = Words::tr("nothing yet"), .chips = {}};
        for (const TaskLane& lane : m_run.spans.tasks) {
            if (lane.task.value > m_snapshot.tasks.size())
                continue;
            switch (m_snapshot.task(lane.task).state) {
            case TaskState::Finished:
                place.chips.push_back(chipOf(lane.task, u"✓"_s));
                break;
            case TaskState::Failed:
                place.chips.push_back(chipOf(lane.task, Words::tr("failed ✗")));
                break;
            case TaskState::Cancelled:
                place.chips.push_back(chipOf(lane.task, Words::tr("cancelled ⊘")));
                break;
            case TaskState::Ready:
            case TaskState::Running:
            case TaskState::Waiting:
                break;
            }
        }
        // In the order in which they ended.
        const auto endOf = [this](const LoopChip& chip) {
            for (const TaskLane& lane : m_run.spans.tasks)
                if (lane.task == chip.task)
                    return lane.end.step;
            return std::size_t{0};
        };
        std::stable_sort(place.chips.begin(), place.chips.end(),
                         [&](const LoopChip& a, const LoopChip& b) { return endOf(a) < endOf(b); });
        if (!m_snapshot.tasks.empty())
            place.hint = Words::tr("%1 of %2").arg(place.chips.size()).arg(m_snapshot.tasks.size());
        return place;
    }

    const RunData& m_run;
    const Trace& m_trace;
    const Snapshot& m_snapshot;
    const CodePlaces& m_code;
    Language m_language;
    std::set<TaskId> m_placed;
};

} // namespace

QString told(const LoopPlace& place, std::size_t chip)
{
    const LoopChip& here = place.chips[chip];
    QStringList words{here.title, place.title.toLower()};
    if (place.chips.size() > 1)
        words += Words::tr("%1 of %2").arg(chip + 1).arg(place.chips.size());
    if (!here.detail.isEmpty())
        words += here.detail;
    if (here.cancelled)
        words += Words::tr("cancelled");
    return words.join(u", "_s);
}

std::vector<LoopPlace> loopPlaces(const RunData& run, const Snapshot& snapshot, const CodePlaces& code,
                                  Language language)
{
    return Sorter(run, snapshot, code, language).sorted();
}

} // namespace loopscope::ui
