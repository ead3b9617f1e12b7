#include "ui/timeline_tips.h"

#include "core/base/format.h"
#include "core/trace/explain.h"

#include "ui/loop_game.h"

#include <QCoreApplication>

#include <algorithm>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::TimelineView)
};

QString sentence(const Store& store, std::size_t fact)
{
    return QString::fromStdString(explain(store.trace(), fact, store.game().outlook()).sentence);
}

} // namespace

QString tipOf(const Store& store, const Bar& bar)
{
    const Trace& trace = store.trace();
    if (bar.folded > 1)
        return Words::tr("%1 steps, too short to draw apart: zoom in").arg(bar.folded);

    QString what;
    switch (bar.kind) {
    case SpanKind::Ready:
        what = Words::tr("ready: waits for its turn");
        break;
    case SpanKind::Running:
        what = Words::tr("running");
        break;
    case SpanKind::Computing:
        what = Words::tr("computing: holds the thread");
        break;
    case SpanKind::Blocking:
        what = Words::tr("blocking: holds the thread and only waits");
        break;
    case SpanKind::Waiting:
        what = Words::tr("suspended");
        break;
    case SpanKind::Selecting:
        what = Words::tr("asleep in the selector: nothing to do");
        break;
    case SpanKind::InFlight:
        what = Words::tr("request on its way");
        break;
    case SpanKind::StartingUp:
        what = Words::tr("the process starts up");
        break;
    case SpanKind::WaitingForGil:
        what = Words::tr("waits for the interpreter");
        break;
    case SpanKind::Queued:
        what = Words::tr("queued: waits for a free worker");
        break;
    case SpanKind::Sending:
        what = Words::tr("arguments on their way to a process");
        break;
    }
    QString who = bar.task ? QString::fromStdString(trace.display_name(bar.task)) + Words::tr(": ") : QString();
    QString tip = who + what;
    if (!bar.label.empty())
        tip += u'\n' + QString::fromStdString(bar.label);
    const QString from = QString::fromStdString(format_moment(bar.from));
    if (bar.end < std::max(store.step(), store.reached()))
        tip += Words::tr("\n%1 – %2").arg(from, QString::fromStdString(format_moment(bar.to)));
    else
        tip += Words::tr("\nsince %1").arg(from);
    return tip;
}

QString tipOf(const Store& store, const Arrow& arrow)
{
    const bool atCause = store.step() == arrow.from_step + 1;
    return Words::tr("Cause: %1").arg(sentence(store, arrow.from_step)) + u'\n'
        + Words::tr("Effect: %1").arg(sentence(store, arrow.to_step)) + u'\n'
        + (atCause ? Words::tr("A click goes on to the effect.") : Words::tr("A click goes to the cause."));
}

QString tipOf(const LaneRow& lane, bool onPin, bool pinned)
{
    if (onPin)
        return pinned ? Words::tr("Take the pin out (P)") : Words::tr("Pin: the lane stays on top (P)");
    if (lane.kind == LaneRow::Kind::Group)
        return lane.open ? Words::tr("A click folds these tasks into one lane")
                         : Words::tr("A click shows these %1 tasks one by one").arg(lane.group_size);
    return QString::fromStdString(lane.subtitle.empty() ? lane.title : lane.title + ": " + lane.subtitle);
}

} // namespace loopscope::ui
