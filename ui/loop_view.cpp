#include "ui/loop_view.h"

#include "ui/controls.h"
#include "ui/paint_tools.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int margin = 14;
constexpr int titleHeight = 38; // above the places, does not scroll
constexpr int headHeight = 20;
constexpr int padding = 6;
constexpr int chipHeight = 26;
constexpr int chipGap = 5;
constexpr int emptyHeight = 38;
constexpr int placeGap = 11;
constexpr int lineHeight = 22; // of a place that is empty, where there is little room
constexpr int lineGap = 3;
constexpr int travelTime = 170; // milliseconds

QString boxKey(std::size_t place)
{
    return u"place %1"_s.arg(place);
}

QRectF headOf(const QRectF& box) { return {box.x() + 2, box.y() - headHeight, box.width() - 4, headHeight - 5}; }

QRectF between(const QRectF& from, const QRectF& to, double part)
{
    const auto mix = [part](double a, double b) { return a + (b - a) * part; };
    return {mix(from.x(), to.x()), mix(from.y(), to.y()), mix(from.width(), to.width()),
            mix(from.height(), to.height())};
}

} // namespace

LoopView::LoopView(const Store& store, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_store(store)
    , m_heading(new QLabel(tr("Event loop"), this))
    , m_iteration(new ElidedLabel(this))
{
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    setRole(m_heading, "heading");
    setRole(m_iteration, "code");
    m_iteration->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    setViewportMargins(0, titleHeight, 0, 0);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Event loop"));
    m_travel.setDuration(travelTime);
    m_travel.setEasingCurve(QEasingCurve::OutCubic);
    m_travel.setStartValue(0.0);
    m_travel.setEndValue(1.0);
    connect(&m_travel, &QVariantAnimation::valueChanged, viewport(), qOverload<>(&QWidget::update));

    connect(&m_store, &Store::runChanged, this, &LoopView::refreshRun);
    connect(&m_store, &Store::stepChanged, this, &LoopView::refresh);
    connect(&m_store, &Store::languageChanged, this, &LoopView::refresh);
    connect(&m_store, &Store::selectionChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, viewport(), qOverload<>(&QWidget::update));
    refreshRun();
}

// What stood in another run does not travel into this one.
void LoopView::refreshRun()
{
    const bool travels = m_travel.state() == QAbstractAnimation::Running;
    m_travel.stop();
    const QHash<QString, QRectF> before = m_target;
    const bool others = take();
    arrange();
    const TaskId selected = std::exchange(m_shownSelection, m_store.selection());
    if (!others && !travels && m_target == before && selected == m_shownSelection)
        return; // a slider moves, and at this moment all stands as it stood
    viewport()->update();
    tell();
}

bool LoopView::take()
{
    m_iteration->setFullText(tr("iteration %1").arg(m_store.snapshot().iteration));
    std::vector<LoopPlace> places = loopPlaces(m_store.run(), m_store.snapshot(), m_store.code(), m_store.language());
    if (places == m_places)
        return false;
    m_places = std::move(places);
    return true;
}

void LoopView::refresh()
{
    if (!take())
        return;
    QHash<QString, QRectF> from;
    for (auto it = m_target.cbegin(); it != m_target.cend(); ++it)
        from.insert(it.key(), shownRect(it.key()));
    arrange();
    m_from = std::move(from);
    m_travel.stop();
    if (!m_store.reducesMotion() && !m_from.isEmpty() && isVisible())
        m_travel.start();
    viewport()->update();

    tell();
}

/// What a screen reader hears: the chip that keys act on first, then who stands where.
void LoopView::tell()
{
    QStringList words;
    for (const LoopPlace& place : m_places) {
        QStringList names;
        for (std::size_t i = 0; i < place.chips.size(); ++i) {
            names += place.chips[i].title;
            if (hasFocus() && place.chips[i].key == m_current)
                words.prepend(told(place, i));
        }
        words += u"%1: %2"_s.arg(place.title.toLower(), names.isEmpty() ? place.whenEmpty : names.join(u", "_s));
    }
    setAccessibleDescription(words.join(u". "_s));
}

// Who runs is always in a box: it is the first thing to look for.
bool LoopView::isLine(std::size_t place) const
{
    return m_compact && place > 0 && m_places[place].chips.empty();
}

void LoopView::arrange()
{
    m_target.clear();
    const int boxes = static_cast<int>(m_places.size()) * (headHeight + emptyHeight + placeGap);
    const int tasks = static_cast<int>(m_store.trace().task_count());
    m_compact = boxes + std::max(0, tasks - 1) * (chipHeight + chipGap) > viewport()->height();
    const double width = viewport()->width() - 2 * margin;
    double y = 2;
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        const LoopPlace& place = m_places[i];
        if (isLine(i)) {
            m_target.insert(boxKey(i), QRectF(margin, y, width, lineHeight));
            y += lineHeight + lineGap;
            continue;
        }
        y += headHeight;
        const auto count = static_cast<double>(place.chips.size());
        const double height = count == 0
            ? emptyHeight
            : 2 * padding + count * chipHeight + (count - 1) * chipGap;
        m_target.insert(boxKey(i), QRectF(margin, y, width, height));
        double chipY = y + padding;
        for (const LoopChip& chip : place.chips) {
            m_target.insert(chip.key, QRectF(margin + padding, chipY, width - 2 * padding, chipHeight));
            chipY += chipHeight + chipGap;
        }
        y += height + (m_compact ? placeGap - lineGap : placeGap);
    }
    m_contentHeight = static_cast<int>(y);
    verticalScrollBar()->setRange(0, std::max(0, m_contentHeight - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(chipHeight);
}

QRectF LoopView::shownRect(const QString& key) const
{
    const QRectF target = m_target.value(key);
    if (m_travel.state() != QAbstractAnimation::Running || !m_from.contains(key))
        return target;
    return between(m_from.value(key), target, m_travel.currentValue().toDouble());
}

QRectF LoopView::chipRect(const QString& key) const
{
    return m_target.value(key).translated(0, -verticalScrollBar()->value());
}

// What would be cut through its letters is not begun.
double LoopView::lastWhole() const
{
    const double end = verticalScrollBar()->value() + viewport()->height();
    double last = 0;
    const auto reach = [&](double edge) {
        if (edge <= end)
            last = std::max(last, edge);
    };
    for (std::size_t i = 0; i < m_places.size(); ++i) {
        reach(m_target.value(boxKey(i)).bottom() + 1);
        for (const LoopChip& chip : m_places[i].chips)
            reach(m_target.value(chip.key).bottom() + chipGap / 2.0);
    }
    return last > verticalScrollBar()->value() ? last : end;
}

void LoopView::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), themeOf(m_store).window); // it is opaque: nobody paints below
    painter.setRenderHint(QPainter::Antialiasing);
    painter.translate(0, -verticalScrollBar()->value());
    const QRectF inView = QRectF(viewport()->rect()).translated(0, verticalScrollBar()->value()).adjusted(-4, -4, 4, 4);
    if (m_travel.state() != QAbstractAnimation::Running)
        painter.setClipRect(QRectF(0, 0, viewport()->width(), lastWhole()));

    for (std::size_t i = 0; i < m_places.size(); ++i)
        if (shownRect(boxKey(i)).adjusted(0, -40, 0, 0).intersects(inView))
            paintPlace(painter, i);
    // Chips come after all boxes: on their way they pass over them.
    for (const LoopPlace& place : m_places)
        for (const LoopChip& chip : place.chips)
            if (const QRectF box = shownRect(chip.key); box.intersects(inView))
                paintChip(painter, chip, box);
}

// The name of a place, and beside it a hint, which gives way and is told on hover.
void LoopView::paintHead(QPainter& painter, const LoopPlace& place, const QRectF& head, const QString& hint) const
{
    const Theme& look = themeOf(m_store);
    const QFont titleFont = wordFont(TextSize::Small, QFont::DemiBold);
    const QFont hintFont = wordFont(TextSize::Small);
    const QString title = elidedText(place.title, titleFont, Qt::ElideRight, head.width());
    painter.setPen(look.textFaint);
    drawLine(painter, head, Qt::AlignLeft | Qt::AlignBottom, title, titleFont);
    const double room = head.width() - shapedText(title, titleFont).width() - 10;
    painter.setPen(look.textMuted);
    if (room > 24)
        drawLine(painter, head, Qt::AlignRight | Qt::AlignBottom, elidedText(hint, hintFont, Qt::ElideRight, room), hintFont);
}

void LoopView::paintPlace(QPainter& painter, std::size_t index) const
{
    const Theme& look = themeOf(m_store);
    const LoopPlace& place = m_places[index];
    const QRectF box = shownRect(boxKey(index));
    if (isLine(index)) {
        paintHead(painter, place, box.adjusted(2, 0, -2, -5), place.whenEmpty);
        return;
    }
    paintHead(painter, place, headOf(box), place.hint);
    roundedBox(painter, box, 8, look.field, look.line, 1, Alike::Often);
    if (place.chips.empty()) {
        painter.setPen(look.textFaint);
        const QFont font = wordFont(TextSize::Normal);
        const QRectF words = box.adjusted(8, 0, -8, 0);
        if (widthOf(place.whenEmpty, font) <= words.width()) {
            drawLine(painter, words, Qt::AlignCenter, place.whenEmpty, font);
        } else {
            painter.setFont(font);
            painter.drawText(words, Qt::AlignCenter | Qt::TextWordWrap, place.whenEmpty);
        }
    }
}

void LoopView::paintChip(QPainter& painter, const LoopChip& chip, const QRectF& box) const
{
    const Theme& look = themeOf(m_store);
    const QColor color = look.task(chip.color);
    const bool selected = chip.task && chip.task == m_store.selection();
    const QRectF edge = box.adjusted(1, 1, -1, -1);
    const QColor fill = chip.running ? color : selected ? look.taskTint(chip.color) : look.raised;
    const double width = selected ? 2.4 : 1.4;
    if (chip.key.startsWith(u'h')) {
        painter.setBrush(fill);
        painter.setPen(QPen(color, width, Qt::DashLine));
        painter.drawRoundedRect(edge, 6, 6);
    } else {
        const double half = width / 2;
        roundedBox(painter, edge.adjusted(-half, -half, half, half), 6, fill, color, width, Alike::Often);
    }

    if (hasFocus() && chip.key == m_current) {
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(look.accent, 1.2));
        painter.drawRoundedRect(box.adjusted(-2, -2, 2, 2), 8, 8);
    }

    const QRectF words = box.adjusted(11, 0, -11, 0);
    QFont titleFont = wordFont(TextSize::Normal, QFont::DemiBold);
    titleFont.setStrikeOut(chip.cancelled);
    const QFont detailFont = codeFont(TextSize::Small);
    const double detailWidth = shapedText(chip.detail, detailFont).width();
    // The name comes first: the detail gives way, and is cut when both do not fit.
    const double titleWidth = std::min(shapedText(chip.title, titleFont).width(), words.width() * 0.62);
    const double titleRoom = detailWidth + 12 < words.width() - titleWidth ? words.width() - detailWidth - 10 : titleWidth + 1;
    painter.setPen(chip.running ? look.onTask : look.textStrong);
    drawLine(painter, words, Qt::AlignVCenter | Qt::AlignLeft, elidedText(chip.title, titleFont, Qt::ElideRight, titleRoom),
             titleFont);
    painter.setPen(chip.running ? look.onTask : look.textMuted);
    drawLine(painter, words, Qt::AlignVCenter | Qt::AlignRight,
             elidedText(chip.detail, detailFont, Qt::ElideMiddle, words.width() - titleWidth - 10), detailFont);
}

void LoopView::showEvent(QShowEvent* event)
{
    QAbstractScrollArea::showEvent(event);
    Q_EMIT shownChanged();
}

void LoopView::hideEvent(QHideEvent* event)
{
    QAbstractScrollArea::hideEvent(event);
    Q_EMIT shownChanged();
}

void LoopView::resizeEvent(QResizeEvent*)
{
    const int left = margin + 2;
    const int heading = std::min(m_heading->sizeHint().width(), width() - 2 * left);
    m_heading->setGeometry(left, 8, heading, titleHeight - 10);
    m_iteration->setGeometry(left + heading + 8, 8, std::max(0, width() - 2 * left - heading - 8), titleHeight - 10);
    m_travel.stop();
    arrange();
}

const LoopChip* LoopView::chipAt(const QPointF& at, QString* words) const
{
    const QPointF inContent = at + QPointF(0, verticalScrollBar()->value());
    for (const LoopPlace& place : m_places)
        for (std::size_t i = 0; i < place.chips.size(); ++i)
            if (m_target.value(place.chips[i].key).contains(inContent)) {
                if (words)
                    *words = told(place, i);
                return &place.chips[i];
            }
    return nullptr;
}

void LoopView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const LoopChip* chip = chipAt(event->position(), nullptr);
    const TaskId task = chip ? chip->task : TaskId{};
    setCurrent(chip ? chip->key : QString());
    Q_EMIT selectRequested(task);
}

bool LoopView::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        QString words;
        const QPointF inContent = help->pos() + QPointF(0, verticalScrollBar()->value());
        for (std::size_t i = 0; i < m_places.size(); ++i)
            if (headOf(m_target.value(boxKey(i))).contains(inContent))
                words = m_places[i].hint.isEmpty() ? m_places[i].title : m_places[i].title + u": "_s + m_places[i].hint;
        if (chipAt(help->pos(), &words) || !words.isEmpty())
            QToolTip::showText(help->globalPos(), words, viewport());
        else
            QToolTip::hideText();
        return true;
    }
    return QAbstractScrollArea::viewportEvent(event);
}

void LoopView::setCurrent(const QString& key)
{
    m_current = key;
    tell();
    viewport()->update();
}

void LoopView::moveCurrent(int by)
{
    QStringList keys;
    for (const LoopPlace& place : m_places)
        for (const LoopChip& chip : place.chips)
            keys += chip.key;
    if (keys.isEmpty())
        return;
    const qsizetype here = keys.indexOf(m_current);
    setCurrent(keys[here < 0 ? (by > 0 ? 0 : keys.size() - 1) : std::clamp<qsizetype>(here + by, 0, keys.size() - 1)]);
    const QRectF chip = m_target.value(m_current);
    QScrollBar* bar = verticalScrollBar();
    if (chip.top() - headHeight < bar->value())
        bar->setValue(static_cast<int>(chip.top()) - headHeight);
    else if (chip.bottom() + padding > bar->value() + viewport()->height())
        bar->setValue(static_cast<int>(chip.bottom()) + padding - viewport()->height());
}

void LoopView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    tell();
    viewport()->update();
}

void LoopView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    tell();
    viewport()->update();
}

void LoopView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
        moveCurrent(-1);
        break;
    case Qt::Key_Down:
        moveCurrent(1);
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        for (const LoopPlace& place : m_places)
            for (const LoopChip& chip : place.chips)
                if (chip.key == m_current) {
                    const TaskId task = chip.task;
                    Q_EMIT selectRequested(task);
                    return;
                }
        break;
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QAbstractScrollArea::keyPressEvent(event);
        break;
    default:
        event->ignore(); // left, right, Home and End belong to the playhead
    }
}

} // namespace loopscope::ui
