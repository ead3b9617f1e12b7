#include "ui/lesson_rows.h"

#include "ui/lesson_model.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QApplication>
#include <QCursor>
#include <QHoverEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int margin = 10;
constexpr int titleLeft = 26; // behind the mark
constexpr int titleRight = 2;
constexpr int crossRoom = 28; // of a recording, at the right
constexpr int besideTitle = 2 * margin + titleLeft + titleRight;

} // namespace

LessonDelegate::LessonDelegate(const Store& store, QListView* list)
    : QStyledItemDelegate(list)
    , m_store(store)
    , m_list(list)
{
}

QSize LessonDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const
{
    if (index.data(IsChapterRole).toBool())
        return {120, chapterHeight};
    const QFont font = wordFont(TextSize::Normal);
    const bool fits = index.data(RecordingIndexRole).toInt() >= 0 // a file's name is one word
        || widthOf(index.data(Qt::DisplayRole).toString(), font) <= m_list->viewport()->width() - besideTitle;
    return {120, fits ? lessonHeight : lessonHeight + static_cast<int>(QFontMetricsF(font).height())};
}

void LessonDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    if (index.data(IsChapterRole).toBool())
        paintChapter(*painter, option.rect, index);
    else
        paintLesson(*painter, option, index);
    painter->restore();
}

QRect LessonDelegate::crossIn(const QRect& row)
{
    return {row.right() - margin - 24, row.top() + (row.height() - 22) / 2, 22, 22};
}

bool LessonDelegate::isOpen(const QModelIndex& index) const
{
    const int recording = index.data(RecordingIndexRole).toInt();
    if (recording >= 0)
        return m_store.recordings()[static_cast<std::size_t>(recording)].get() == m_store.recording();
    return !m_store.recording() && index.data(LessonIndexRole).toInt() == static_cast<int>(m_store.lessonIndex());
}

void LessonDelegate::paintChapter(QPainter& painter, const QRectF& row, const QModelIndex& index) const
{
    const QFont font = wordFont(TextSize::Small, QFont::DemiBold);
    const QRectF words = row.adjusted(margin + 8, 6, -margin, 0);
    painter.setPen(themeOf(m_store).textFaint);
    const QString name = index.data(Qt::DisplayRole).toString().toUpper();
    const QVariant number = index.data(NumberRole);
    const QString title = number.isValid() ? u"%1  %2"_s.arg(number.toInt()).arg(name) : name;
    drawLine(painter, words, Qt::AlignVCenter | Qt::AlignLeft, elidedText(title, font, Qt::ElideRight, words.width()), font);
}

void LessonDelegate::paintLesson(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& look = themeOf(m_store);
    const QRectF row = QRectF(option.rect).adjusted(margin, 1, -margin, -1);
    const bool open = isOpen(index);
    const bool hovered = option.state & QStyle::State_MouseOver && m_list->viewport()->underMouse();
    if (open || hovered) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(open ? look.selected : look.hover);
        painter.drawRoundedRect(row, 6, 6);
    }
    if (option.state & QStyle::State_HasFocus) {
        painter.setPen(look.accent);
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
    if (open) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.playhead);
        painter.drawRoundedRect(QRectF(option.rect.left() + 4, row.top() + 4, 3, row.height() - 8), 1.5, 1.5);
    }
    paintSign(painter, {row.left() + 14, row.top() + lessonHeight / 2.0 - 1}, index, open);

    const bool recording = index.data(RecordingIndexRole).toInt() >= 0;
    QFont font = wordFont(TextSize::Normal, open ? QFont::DemiBold : QFont::Normal);
    const QRectF words = row.adjusted(titleLeft, 0, -titleRight - (recording ? crossRoom : 0), 0);
    const QString title = index.data(Qt::DisplayRole).toString();
    const bool twoLines = row.height() > lessonHeight;
    if (open && !twoLines && widthOf(title, font) > words.width())
        font = wordFont(TextSize::Normal); // the open one is no higher than before: nothing moves
    painter.setFont(font);
    painter.setPen(open ? look.textStrong : look.text);
    if (twoLines)
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, title);
    else // the end of a file's name tells as much as its beginning
        drawLine(painter, words, Qt::AlignVCenter | Qt::AlignLeft,
                 elidedText(title, font, recording ? Qt::ElideMiddle : Qt::ElideRight, words.width()), font);
    if (recording) {
        const QPointF centre = QRectF(crossIn(option.rect)).center();
        painter.setPen(QPen(open || hovered ? look.text : look.textFaint, 1.4, Qt::SolidLine, Qt::RoundCap));
        painter.drawLine(centre + QPointF(-4, -4), centre + QPointF(4, 4));
        painter.drawLine(centre + QPointF(-4, 4), centre + QPointF(4, -4));
    }
}

// How far a lesson is done; for a recording, a page.
void LessonDelegate::paintSign(QPainter& painter, QPointF at, const QModelIndex& index, bool open) const
{
    const Theme& look = themeOf(m_store);
    painter.setBrush(Qt::NoBrush);
    if (index.data(RecordingIndexRole).toInt() >= 0) {
        painter.setPen(QPen(open ? look.playhead : look.textFaint, 1.3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolygon(QPolygonF{at + QPointF(-4, -5.5), at + QPointF(1.5, -5.5), at + QPointF(4.5, -2.5),
                                      at + QPointF(4.5, 5.5), at + QPointF(-4, 5.5)});
    } else if (index.data(SolvedRole).toBool()) {
        painter.setPen(QPen(look.ok, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter.drawPolyline(QPolygonF{{at.x() - 4, at.y()}, {at.x() - 1, at.y() + 3}, {at.x() + 5, at.y() - 4}});
    } else if (open) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(look.playhead);
        painter.drawEllipse(at, 4, 4);
    } else {
        painter.setPen(QPen(look.textFaint, 1.2));
        painter.drawEllipse(at, 3.4, 3.4);
    }
}

// A title that fits one line in one width needs two in another; the list itself relies on how high rows were, also
// when only its bar comes or goes.
void LessonListView::resizeEvent(QResizeEvent* event)
{
    QListView::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        scheduleDelayedItemsLayout();
}

// The row under the pointer is another one then, and no move of the mouse tells so.
void LessonListView::scrollContentsBy(int dx, int dy)
{
    QListView::scrollContentsBy(dx, dy);
    const QPointF global = QCursor::pos();
    const QPointF here = viewport()->mapFromGlobal(global);
    const bool inside = viewport()->underMouse() && QRectF(viewport()->rect()).contains(here);
    QHoverEvent hover(inside ? QEvent::HoverMove : QEvent::HoverLeave, here, global, here);
    QApplication::sendEvent(viewport(), &hover);
}

void LessonListView::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Delete:
        if (currentIndex().data(RecordingIndexRole).toInt() >= 0 && currentIndex().isValid())
            Q_EMIT closeRequested(currentIndex());
        else
            event->ignore();
        break;
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        QListView::keyPressEvent(event);
        break;
    default:
        event->ignore();
    }
}

QModelIndex LessonListView::crossAt(const QPoint& point) const
{
    const QModelIndex index = indexAt(point);
    const bool there = index.isValid() && index.data(RecordingIndexRole).toInt() >= 0
        && LessonDelegate::crossIn(visualRect(index)).contains(point);
    return there ? index : QModelIndex();
}

void LessonListView::mousePressEvent(QMouseEvent* event)
{
    m_pressed = event->button() == Qt::LeftButton ? crossAt(event->position().toPoint()) : QModelIndex();
    if (!m_pressed.isValid()) // to close is not to open
        QListView::mousePressEvent(event);
}

void LessonListView::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_pressed.isValid()) {
        QListView::mouseReleaseEvent(event);
        return;
    }
    const QModelIndex pressed = m_pressed;
    m_pressed = QModelIndex();
    if (crossAt(event->position().toPoint()) == pressed)
        Q_EMIT closeRequested(pressed);
}

} // namespace loopscope::ui
