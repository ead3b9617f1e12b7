#include "ui/stretch_card.h"

#include "core/base/format.h"

#include "ui/paint_tools.h"
#include "ui/store.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::StretchCard)
};

constexpr double padding = 9;
constexpr double lineHeight = 17;

QFont fontOf(qsizetype line)
{
    return line == 0 ? codeFont(TextSize::Normal, QFont::DemiBold) : wordFont(TextSize::Small);
}

} // namespace

QStringList stretchLines(const Store& store, const Stretch& stretch)
{
    const StretchNumbers numbers = measure(store.trace(), store.run().spans, stretch);
    QStringList lines{numbers.length == Duration::zero()
                          ? Words::tr("no time passes")
                          : QString::fromStdString(format_duration(numbers.length))};
    if (stretch.to.step > static_cast<double>(store.reached())) {
        lines += Words::tr("has not run yet");
        return lines;
    }
    const QString events = numbers.events == 1 ? Words::tr("1 event") : Words::tr("%1 events").arg(numbers.events);
    const QString switches
        = numbers.switches == 1 ? Words::tr("1 switch") : Words::tr("%1 switches").arg(numbers.switches);
    lines += u"%1, %2"_s.arg(events, switches);
    if (numbers.length > Duration::zero())
        lines += Words::tr("thread busy %1 %")
                     .arg(std::lround(100 * to_seconds(numbers.busy) / to_seconds(numbers.length)));
    return lines;
}

QRectF stretchCardRect(const QStringList& lines, double from, double to, const QRectF& room, const std::vector<QRectF>& words)
{
    double width = 0;
    for (qsizetype i = 0; i < lines.size(); ++i)
        width = std::max(width, widthOf(lines[i], fontOf(i)));
    QRectF card(0, 0, std::ceil(width) + 2 * padding, static_cast<double>(lines.size()) * lineHeight + 2 * padding - 4);
    const double left = (std::max(from, room.left()) + std::min(to, room.right()) - card.width()) / 2;
    card.moveTopLeft({std::clamp(left, room.left() + 6, std::max(room.left() + 6, room.right() - card.width() - 6)),
                      room.top() + 8});
    const auto isFree = [&](const QRectF& place) {
        return place.left() >= room.left() && place.right() <= room.right() && place.bottom() <= room.bottom()
            && std::none_of(words.begin(), words.end(), [&](const QRectF& word) { return word.intersects(place); });
    };
    for (const double x : {card.left(), to + 8, from - 8 - card.width()})
        for (double y = card.top(); y + card.height() <= room.bottom(); y += 4)
            if (const QRectF place(QPointF(x, y), card.size()); isFree(place))
                return place;
    return card;
}

void paintStretchCard(QPainter& painter, const Theme& theme, const QStringList& lines, const QRectF& card)
{
    painter.save();
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    roundedBox(painter, card, 6, theme.raised, theme.accent, 1);
    QRectF line(card.left() + padding, card.top() + padding - 2, card.width() - 2 * padding, lineHeight);
    for (qsizetype i = 0; i < lines.size(); ++i) {
        drawWords(painter, line.adjusted(0, 0, 2, 0), Qt::AlignLeft | Qt::AlignVCenter, lines[i], fontOf(i),
                  i == 0 ? theme.textStrong : theme.text);
        line.translate(0, lineHeight);
    }
    painter.restore();
}

} // namespace loopscope::ui
