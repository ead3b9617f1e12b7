#include "ui/paint_scene.h"

#include "ui/paint_tools.h"

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr std::size_t arrowsThatStayCalm = 24; ///< with more of them they step back

QColor wallColor(const Theme& theme) { return faded(theme.wall, theme.isDark ? 0.10 : 0.07); }

/// What lies behind the lanes: every other one is lighter.
const QColor& behindLane(std::size_t lane, const Theme& theme) { return lane % 2 == 0 ? theme.canvasAlt : theme.canvas; }

QColor laid(const QColor& over, const QColor& under)
{
    const auto mix = [part = static_cast<double>(over.alphaF())](int a, int b) {
        return static_cast<int>(a * part + b * (1 - part) + 0.5);
    };
    return {mix(over.red(), under.red()), mix(over.green(), under.green()), mix(over.blue(), under.blue())};
}

/// What lies behind words: their lane, and the wall and the frames around them. A plate of another colour would
/// be a patch.
QColor behindWords(const TimelineScene& scene, std::size_t lane, const Box& words, const Theme& theme)
{
    QColor behind = behindLane(lane, theme);
    const double y = words.y + words.height / 2;
    const auto holds = [&](const Box& box) { // all of them: what only crosses them would make a sign of their plate
        return box.contains(words.x, y) && box.contains(words.right(), y);
    };
    for (const Wall& wall : scene.walls)
        if (holds(wall.box))
            behind = laid(wallColor(theme), behind);
    for (const Frame& frame : scene.frames)
        if (holds(frame.box))
            behind = laid(frameFill(frame, theme), behind);
    return behind;
}

/// The number of the lane in which words stand.
std::size_t laneOf(const TimelineScene& scene, const Box& words)
{
    const LaneRow* lane = scene.lane_at(words.y + words.height / 2);
    return lane ? static_cast<std::size_t>(lane - scene.lanes.data()) : 0;
}

bool touches(const QRectF& exposed, const Box& box, double slack = 4)
{
    return exposed.isEmpty()
        || (box.right() >= exposed.left() - slack && box.x <= exposed.right() + slack
            && box.bottom() >= exposed.top() - slack && box.y <= exposed.bottom() + slack);
}

Box boxAround(const Arrow& arrow)
{
    const double left = std::min(arrow.x1, arrow.x2) - 26;
    const double top = std::min(arrow.y1, arrow.y2);
    return {left, top, std::max(arrow.x1, arrow.x2) + 4 - left, std::max(arrow.y1, arrow.y2) - top};
}

Box boxAround(const Mark& mark)
{
    const bool words = mark.label_box.width > 0;
    const double left = std::min(mark.x - mark.radius, words ? mark.label_box.x : mark.x);
    const double right = std::max(mark.x + mark.radius, words ? mark.label_box.right() : mark.x);
    return {left - 8, mark.y - 9, right - left + 16, 18};
}

void paintBackground(QPainter& painter, const TimelineScene& scene, const Theme& theme, const QRectF& exposed)
{
    const Unsmoothed sharp(painter);
    painter.fillRect(exposed.isEmpty() ? QRectF(0, 0, scene.width, scene.height) : exposed, theme.canvas);
    for (std::size_t i = 0; i < scene.lanes.size(); ++i)
        if (touches(exposed, scene.lanes[i].box))
            fillCrisp(painter, rectOf(scene.lanes[i].box), behindLane(i, theme));
}

void paintWalls(QPainter& painter, const TimelineScene& scene, const Theme& theme)
{
    for (const Wall& wall : scene.walls) {
        const QRectF rect = crisp(painter, rectOf(wall.box));
        fillCrisp(painter, rect, wallColor(theme));
        verticalLine(painter, rect.left() + 0.5, rect.top(), rect.bottom(), faded(theme.wall, 0.55));
        verticalLine(painter, rect.right() - 0.5, rect.top(), rect.bottom(), faded(theme.wall, 0.55));
    }
}

/// Points right at what is folded, down at what is open.
void paintFold(QPainter& painter, QPointF middle, bool open, const QColor& color)
{
    const QPointF right[] = {middle + QPointF(-3, -5), middle + QPointF(4, 0), middle + QPointF(-3, 5)};
    const QPointF down[] = {middle + QPointF(-5, -3), middle + QPointF(5, -3), middle + QPointF(0, 4)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    painter.drawPolygon(open ? down : right, 3);
}

void paintLabel(QPainter& painter, const TimelineScene& scene, const LaneRow& lane, const Theme& theme)
{
    const QRectF box = rectOf(lane.box);
    const double middle = lane.middle();
    const double tick = std::min(26.0, box.height() * 0.52);
    if (lane.kind == LaneRow::Kind::Group)
        paintFold(painter, {scene.label_inset + 2, middle}, lane.open, theme.textMuted);
    else
        roundedBox(painter, crisp(painter, {scene.label_inset, middle - tick / 2, 4, tick}), 2, theme.task(lane.color));

    const double x = scene.label_inset + 12;
    const double width = scene.label_width - x - 8;
    const bool group = lane.kind == LaneRow::Kind::Group;
    const bool two = !lane.subtitle.empty() && box.height() >= 36;
    const double title = two ? middle - 8.5 : middle;
    drawWords(painter, {x, title - 8, width, 16}, Qt::AlignLeft | Qt::AlignVCenter, textOf(group && !two ? lane.title + " ×" + std::to_string(lane.group_size) : lane.title),
              wordFont(TextSize::Normal, QFont::DemiBold), theme.textStrong);
    if (two)
        drawWords(painter, {x, middle + 0.5, width, 16}, Qt::AlignLeft | Qt::AlignVCenter, textOf(lane.subtitle),
                  wordFont(TextSize::Small), theme.textMuted);
}

/// The lanes of values, queues and places.
void paintShared(QPainter& painter, const TimelineScene& scene, const Theme& theme, const QRectF& exposed)
{
    for (const Limit& limit : scene.limits)
        paintLimit(painter, limit, theme);
    for (const Level& level : scene.levels)
        if (touches(exposed, level.box, 20))
            paintLevel(painter, level, theme, behindLane(level.lane, theme));
    for (const Seat& seat : scene.seats)
        if (touches(exposed, seat.box))
            paintSeat(painter, seat, theme);
}

// An arrow never strikes a word through: arrows lie over the bars and under the words.
void paintArrows(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneParts& parts)
{
    constexpr double plain = 0.75;
    const double opacity = parts.selected || scene.arrows.size() > arrowsThatStayCalm ? 0.3 : plain;
    const auto isStrong = [&](const Arrow& arrow) {
        return (parts.selected && (arrow.to_task == parts.selected || arrow.from_task == parts.selected))
            || (parts.moment && arrow.to_step == *parts.moment);
    };
    for (const bool strong : {false, true})
        for (const Arrow& arrow : scene.arrows)
            if (isStrong(arrow) == strong && touches(parts.exposed, boxAround(arrow)))
                paintArrow(painter, arrow, theme, strong,
                           strong ? 1 : arrow.kind == Cause::Kind::Cancel ? plain : opacity);
}

void paintShapes(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneParts& parts)
{
    const QRectF& exposed = parts.exposed;
    {
        const Unsmoothed sharp(painter);
        paintWalls(painter, scene, theme);
        for (const Frame& frame : scene.frames)
            if (touches(exposed, frame.box))
                paintFrame(painter, frame, theme);
    }
    for (const Flag& flag : scene.flags)
        paintFlagPole(painter, flag, theme);
    for (const Edge& edge : scene.edges)
        paintEdgeLine(painter, edge, theme);
    for (const Pass& pass : scene.passes)
        paintPass(painter, pass, theme);
    for (const Density& density : scene.densities)
        if (touches(exposed, scene.lanes[density.lane].box))
            paintDensity(painter, scene, density, theme);
    {
        const Unsmoothed sharp(painter);
        for (const Bar& bar : scene.bars)
            if (touches(exposed, bar.box))
                paintBar(painter, bar, theme, behindLane(bar.lane, theme));
    }
    paintShared(painter, scene, theme, exposed);
    paintArrows(painter, scene, theme, parts);
}

void paintWords(QPainter& painter, const TimelineScene& scene, const Theme& theme, const QRectF& exposed)
{
    for (const Bar& bar : scene.bars)
        if (touches(exposed, bar.label_box))
            paintBarLabel(painter, bar, theme, behindWords(scene, bar.lane, bar.label_box, theme));
    for (const Mark& mark : scene.marks)
        if (touches(exposed, boxAround(mark)))
            paintMark(painter, mark, theme,
                      mark.label_box.width > 0 ? behindWords(scene, mark.lane, mark.label_box, theme) : behindLane(mark.lane, theme));
    for (const Frame& frame : scene.frames)
        if (touches(exposed, frame.label_box))
            paintFrameTitle(painter, frame, theme, behindWords(scene, laneOf(scene, frame.label_box), frame.label_box, theme));
    for (const Bracket& bracket : scene.brackets)
        if (touches(exposed, bracket.box, 12))
            paintBracket(painter, bracket, theme, behindLane(bracket.lane, theme));
    for (const Flag& flag : scene.flags)
        paintFlag(painter, flag, theme, behindWords(scene, laneOf(scene, flag.label_box), flag.label_box, theme));
    for (const Edge& edge : scene.edges)
        paintEdgeWords(painter, edge, theme, behindWords(scene, 0, edge.label_box, theme));
    for (const Tail& tail : scene.tails)
        paintTail(painter, tail, theme, behindLane(tail.lane, theme));
    for (const WaitArrow& arrow : scene.wait_arrows)
        paintWaitArrow(painter, arrow, theme, theme.canvas);
}

} // namespace

void paintGrid(QPainter& painter, const TimelineScene& scene, const Theme& theme, double top, double bottom)
{
    const Unsmoothed sharp(painter);
    for (const Tick& tick : scene.ticks)
        verticalLine(painter, tick.x, top, bottom, theme.grid);
}

void paintTickTexts(QPainter& painter, const std::vector<Tick>& ticks, const QRectF& row, const Theme& theme)
{
    const QFont font = codeFont(TextSize::Small);
    for (const Tick& tick : ticks) {
        const double half = widthOf(textOf(tick.text), font) / 2 + 1;
        drawWords(painter, {tick.x - half, row.top(), 2 * half, row.height()}, Qt::AlignCenter, textOf(tick.text), font,
                  theme.textMuted);
    }
}

void paintEndsOver(QPainter& painter, const TimelineScene& scene, const Theme& theme, double playhead)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    for (const Mark& mark : scene.marks) {
        const bool ends = mark.kind == Mark::Kind::Finished || mark.kind == Mark::Kind::Failed || mark.kind == Mark::Kind::Cancelled;
        if (!ends || std::abs(mark.x - playhead) > mark.radius + 1)
            continue;
        Mark sign = mark;
        sign.label_box = {};
        paintMark(painter, sign, theme, behindLane(mark.lane, theme));
    }
    painter.restore();
}

void paintScene(QPainter& painter, const TimelineScene& scene, const Theme& theme, const SceneParts& parts)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    if (parts.background) {
        paintBackground(painter, scene, theme, parts.exposed);
        paintGrid(painter, scene, theme, scene.ruler_height, scene.height);
    }
    if (parts.shapes)
        paintShapes(painter, scene, theme, parts);
    if (parts.words)
        paintWords(painter, scene, theme, parts.exposed);
    if (parts.labels)
        for (const LaneRow& lane : scene.lanes)
            if (touches(parts.exposed, {0, lane.box.y, scene.label_width, lane.box.height}))
                paintLabel(painter, scene, lane, theme);
    // A ruler of facts has no unit of its own.
    if (parts.ruler && scene.ruler_height > 0 && !scene.ticks.empty() && scene.ticks.front().text.starts_with('#'))
        drawWords(painter, {scene.label_inset + 12, 0, scene.label_width - scene.label_inset - 30, scene.ruler_height - 4},
                  Qt::AlignLeft | Qt::AlignVCenter, QStringLiteral("event number"), wordFont(TextSize::Small), theme.textMuted);
    if (parts.ruler && scene.ruler_height > 0)
        paintTickTexts(painter, scene.ticks, {0, 0, scene.width, scene.ruler_height - 4}, theme);
    painter.restore();
}

} // namespace loopscope::ui
