#include "ui/compare_ruler.h"

#include "ui/compare_canvas.h"
#include "ui/paint_tools.h"
#include "ui/style.h"

#include <QMouseEvent>
#include <QPainter>

namespace loopscope::ui {
namespace {

constexpr int rulerHeight = 24;

} // namespace

CompareRuler::CompareRuler(const Store& store, CompareCanvas& canvas, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_canvas(canvas)
{
    setAccessibleName(tr("Axis of time"));
    setFixedHeight(rulerHeight);
    setCursor(Qt::SplitHCursor);
    connect(&m_store, &Store::runChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::scaleChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::stepChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::glideChanged, this, qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, this, qOverload<>(&QWidget::update));
}

void CompareRuler::paintEvent(QPaintEvent*)
{
    if (m_store.mode() != Mode::Compare)
        return;
    const Theme& look = themeOf(m_store);
    QPainter painter(this);
    painter.setRenderHints(QPainter::Antialiasing | QPainter::TextAntialiasing);
    painter.setPen(look.line);
    painter.drawLine(QPointF(0, 0.5), QPointF(width(), 0.5));
    paintTickTexts(painter, m_canvas.scene().ticks, QRectF(0, 0, m_canvas.width(), height()), look);
    const double x = m_canvas.playheadX();
    if (m_store.step() == m_store.lastStep() || x < m_canvas.scene().a.timeline.label_width - 1)
        return;
    painter.setPen(Qt::NoPen);
    painter.setBrush(look.playhead);
    painter.drawPolygon(QPolygonF({QPointF(x, 0), QPointF(x + 6, 8), QPointF(x - 6, 8)}));
}

void CompareRuler::mousePressEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton && m_store.mode() == Mode::Compare)
        m_canvas.seekTo(event->position().x());
}

void CompareRuler::mouseMoveEvent(QMouseEvent* event)
{
    if (event->buttons() & Qt::LeftButton && m_store.mode() == Mode::Compare)
        m_canvas.seekTo(event->position().x());
}

} // namespace loopscope::ui
