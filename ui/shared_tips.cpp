#include "ui/shared_tips.h"

#include "core/base/format.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <ranges>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::TimelineView)
};

constexpr double reach = 4; // pixels beside a line that still mean it

QString text(const std::string& of) { return QString::fromStdString(of); }

bool contains(const Box& box, QPointF at)
{
    return at.x() >= box.x && at.x() <= box.right() && at.y() >= box.y && at.y() <= box.bottom();
}

/// "main: ", or nothing for what no task did.
QString whose(const Store& store, TaskId task)
{
    return task ? Words::tr("%1: ").arg(text(store.trace().display_name(task))) : QString();
}

/// "0.5 s – 1.2 s", or "since 0.5 s" for what still goes on. Steps as those of a piece of a scene.
QString lasting(const Store& store, std::size_t begin, std::size_t end, bool open)
{
    const auto moment = [&](std::size_t event) {
        return text(format_moment(store.trace().when(std::min(event, store.trace().size() - 1))));
    };
    if (open || end >= store.trace().size())
        return Words::tr("since %1").arg(moment(begin));
    return Words::tr("%1 – %2").arg(moment(begin), moment(end));
}

QString laneTitle(const TimelineScene& scene, std::size_t lane)
{
    return lane < scene.lanes.size() ? text(scene.lanes[lane].title) : QString();
}

QString tipOf(const Store& store, const TimelineScene& scene, const Level& level)
{
    const QString lane = laneTitle(scene, level.lane);
    QString what;
    switch (level.kind) {
    case Level::Kind::Value:
        what = level.label.empty() ? lane : Words::tr("%1 is %2").arg(lane, text(level.label));
        break;
    case Level::Kind::Count:
        what = Words::tr("%1: %2").arg(lane).arg(level.count);
        break;
    case Level::Kind::Waiting:
        what = Words::tr("%1: %n task(s) wait", nullptr, level.count).arg(lane);
        break;
    }
    const QString by = level.task ? Words::tr("set by %1").arg(text(store.trace().display_name(level.task))) : QString();
    const QString when = lasting(store, level.begin, level.end, level.open);
    return what + u'\n' + (by.isEmpty() ? when : Words::tr("%1, %2").arg(by, when));
}

QString tipOf(const Store& store, const Frame& frame)
{
    QString what;
    switch (frame.kind) {
    case Frame::Kind::TaskGroup:
        what = Words::tr("a task group; its block ends when all of its tasks have ended");
        break;
    case Frame::Kind::Timeout:
        what = Words::tr("a block with a time limit");
        break;
    case Frame::Kind::AsyncWith:
        what = Words::tr("a block with something to close at its end");
        break;
    case Frame::Kind::Loop:
        what = Words::tr("the life of the event loop");
        break;
    }
    QString tip = whose(store, frame.task) + what;
    if (!frame.label.empty() && frame.kind != Frame::Kind::Loop)
        tip += u'\n' + text(frame.label);
    return tip + u'\n' + lasting(store, frame.begin, frame.end, frame.open);
}

/// The last of `pieces` (the topmost, the innermost) whose box holds the point; null when none does.
template <class Piece>
const Piece* last_at(const std::vector<Piece>& pieces, QPointF at)
{
    for (const Piece& piece : pieces | std::views::reverse)
        if (contains(piece.box, at) || contains(piece.label_box, at))
            return &piece;
    return nullptr;
}

} // namespace

std::optional<SharedThing> sharedThingAt(const Store& store, const TimelineScene& seen, QPointF at)
{
    for (const Flag& flag : seen.flags)
        if (contains(flag.label_box, at)
            || (std::abs(flag.x - at.x()) <= reach && at.y() >= flag.top && at.y() <= flag.bottom))
            return SharedThing{whose(store, flag.task)
                                   + (flag.expired ? Words::tr("the time limit, which is over: the block is cancelled")
                                      : flag.spare_from < flag.x || flag.label.ends_with("to spare")
                                          ? Words::tr("the time limit, which the block has kept")
                                          : Words::tr("the time limit: it was over, and nobody could look"))
                                   + u'\n' + text(flag.label),
                               flag.task, flag.step};
    for (const Edge& edge : seen.edges)
        if (contains(edge.label_box, at)
            || (std::abs(edge.x - at.x()) <= reach && at.y() >= edge.top && at.y() <= edge.bottom))
            return SharedThing{text(edge.label), {}, edge.step};
    for (const WaitArrow& arrow : seen.wait_arrows) {
        const auto [top, bottom] = std::minmax(arrow.y1, arrow.y2);
        if (at.y() >= top && at.y() <= bottom && at.x() >= arrow.x - reach && at.x() <= arrow.x + arrow.bend + reach)
            return SharedThing{Words::tr("%1 waits for %2, for ever")
                                   .arg(text(store.trace().display_name(arrow.from)),
                                        text(store.trace().display_name(arrow.to))),
                               arrow.from, arrow.step};
    }
    if (const Tail* tail = last_at(seen.tails, at))
        return SharedThing{whose(store, tail->task) + text(tail->label) + u'\n'
                               + Words::tr("nothing that is left can end this wait"),
                           tail->task, tail->step};
    if (const Seat* seat = last_at(seen.seats, at))
        return SharedThing{Words::tr("%1 has a place of %2\n%3")
                               .arg(text(store.trace().display_name(seat->task)), laneTitle(seen, seat->lane),
                                    lasting(store, seat->begin, seat->end, seat->open)),
                           seat->task, seat->begin};
    if (const Level* level = last_at(seen.levels, at))
        return SharedThing{tipOf(store, seen, *level), level->task, level->begin};
    if (const Frame* frame = last_at(seen.frames, at))
        return SharedThing{tipOf(store, *frame), frame->task, frame->begin, true};
    return std::nullopt;
}

} // namespace loopscope::ui
