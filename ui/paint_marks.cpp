#include "ui/paint_marks.h"

#include "ui/paint_tools.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>

namespace loopscope::ui {
namespace {

constexpr double flagWidth = 9;
constexpr double flagHeight = 7;
constexpr double poleHeight = 13;
constexpr double reach = 5; // pixels beside a flag that still hit it

QRectF flagBox(const TimelineScene& scene, const PlacedBookmark& bookmark)
{
    const double x = scene.axis.x(static_cast<double>(bookmark.step));
    return {x, scene.ruler_height - poleHeight, flagWidth, poleHeight};
}

bool isInView(const TimelineScene& scene, double x)
{
    return x >= scene.label_width - 1 && x <= scene.width;
}

} // namespace

void paintSelectedEvent(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::size_t event, TaskId task)
{
    const double x = scene.axis.x(static_cast<double>(event + 1));
    if (!isInView(scene, x))
        return;
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    QPen dotted(theme.accent, 1.2, Qt::CustomDashLine);
    dotted.setDashPattern({2, 3});
    painter.setPen(dotted);
    painter.drawLine(QPointF(x, scene.ruler_height), QPointF(x, scene.height));
    for (const LaneRow& lane : scene.lanes)
        if (task ? lane.kind == LaneRow::Kind::Task && lane.task == task : lane.kind == LaneRow::Kind::Loop) {
            const QPointF middle(x, lane.box.y + lane.box.height / 2);
            painter.setPen(QPen(theme.canvas, 4)); // keeps the ring apart from bars of any colour
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(middle, 5.5, 5.5);
            painter.setPen(QPen(theme.accent, 2));
            painter.drawEllipse(middle, 5.5, 5.5);
        }
    painter.restore();
}

void paintRulerMarks(QPainter& painter, const TimelineScene& scene, const Theme& theme,
                     std::span<const PlacedBookmark> bookmarks)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const PlacedBookmark& bookmark : bookmarks) {
        const QRectF box = flagBox(scene, bookmark);
        if (bookmark.fit == Fit::Lost || !isInView(scene, box.x()))
            continue;
        verticalLine(painter, box.x(), box.top(), box.bottom(), theme.accent, 1.5);
        const std::array<QPointF, 4> flag{box.topLeft(), QPointF(box.right(), box.top()),
                                          QPointF(box.right() - 3, box.top() + flagHeight / 2),
                                          QPointF(box.right(), box.top() + flagHeight)};
        QPolygonF shape(QList<QPointF>(flag.begin(), flag.end()));
        shape.append(QPointF(box.left(), box.top() + flagHeight));
        painter.setPen(QPen(theme.accent, 1.2));
        painter.setBrush(bookmark.fit == Fit::Same ? theme.accent : theme.canvas);
        painter.drawPolygon(shape);
    }
    painter.restore();
}

const PlacedBookmark* rulerMarkAt(const TimelineScene& scene, std::span<const PlacedBookmark> bookmarks, QPointF at)
{
    for (const PlacedBookmark& bookmark : bookmarks) {
        const QRectF box = flagBox(scene, bookmark);
        if (bookmark.fit != Fit::Lost && isInView(scene, box.x())
            && box.adjusted(-reach, -2, reach, 2).contains(at))
            return &bookmark;
    }
    return nullptr;
}

QString noteText(const PlacedBookmark& bookmark)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("Bookmarks", text); };
    const QString note = bookmark.note.isEmpty() ? tr("Bookmark without a note") : bookmark.note;
    switch (bookmark.fit) {
    case Fit::Same:
        return note;
    case Fit::Moment:
        return tr("%1\nThis run has no such event; the flag stands where this run was by then.").arg(note);
    case Fit::Lost:
        return tr("%1\nThis run was over before.").arg(note);
    }
    return note;
}

} // namespace loopscope::ui
