#include "ui/paragraph.h"

#include <QAbstractTextDocumentLayout>
#include <QEvent>
#include <QPainter>
#include <QStyle>
#include <QTextBlock>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr int comfortable = 280; // pixels wide, where nobody says otherwise
constexpr int narrowest = 48;
constexpr int widest = QWIDGETSIZE_MAX;

} // namespace

Paragraph::Paragraph(QWidget* parent)
    : Paragraph(QString(), parent)
{
}

Paragraph::Paragraph(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setWordWrap(true);
    m_document.setUndoRedoEnabled(false);
    m_document.setDocumentMargin(0);
}

void Paragraph::forgetOther() const
{
    if (const QString now = text(); now != m_measured || now.isEmpty()) {
        m_measured = now;
        m_heights.clear();
        m_written = false;
    }
}

QSize Paragraph::sizeHint() const
{
    return {comfortable, heightForWidth(width() > narrowest ? width() : comfortable)};
}

QSize Paragraph::minimumSizeHint() const
{
    const QMargins around = contentsMargins();
    return {narrowest, fontMetrics().lineSpacing() + around.top() + around.bottom()};
}

// As QLabel decides it; what it measures and paints without a document needs none.
bool Paragraph::isDocument() const
{
    const bool rich = textFormat() == Qt::RichText || (textFormat() == Qt::AutoText && Qt::mightBeRichText(m_measured));
    const bool selectable = textInteractionFlags() & (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return !m_measured.isEmpty() && (rich || selectable) && textFormat() != Qt::MarkdownText && indent() <= 0
        && frameWidth() == 0;
}

/// Lays the text out in this width of its own.
void Paragraph::layOut(int width) const
{
    if (!m_written) {
        m_written = true;
        m_document.clear();
        m_document.setDefaultFont(font());
        QTextOption option;
        option.setTextDirection(layoutDirection());
        option.setAlignment(QStyle::visualAlignment(layoutDirection(), alignment()));
        option.setWrapMode(QTextOption::WordWrap);
        m_document.setDefaultTextOption(option);
        m_document.setTextWidth(width); // while it is empty: then its text is laid out once
        if (textFormat() == Qt::RichText || (textFormat() == Qt::AutoText && Qt::mightBeRichText(m_measured)))
            m_document.setHtml(m_measured);
        else
            m_document.setPlainText(m_measured);
    }
    if (width != static_cast<int>(m_document.textWidth()))
        m_document.setTextWidth(width);
}

// Words go to the next line where there is no room for them, so lines that fit into less room stay as they are.
bool Paragraph::isLaidOutFor(int width) const
{
    const bool fromTheLeft = QStyle::visualAlignment(layoutDirection(), alignment()) & Qt::AlignLeft;
    const bool narrower = width <= static_cast<int>(m_document.textWidth());
    return m_written && fromTheLeft && m_document.idealWidth() <= width && (narrower || isUnbroken());
}

// A paragraph that needs no second line.
bool Paragraph::isUnbroken() const
{
    for (QTextBlock block = m_document.begin(); block.isValid(); block = block.next())
        if (block.layout()->lineCount() > 1) // the block itself counts lines for plain text only
            return false;
    return true;
}

int Paragraph::heightForWidth(int width) const
{
    forgetOther();
    const auto wider = m_heights.lower_bound(width);
    if (wider != m_heights.end()
        && (wider->first == width || (wider != m_heights.begin() && std::prev(wider)->second == wider->second)))
        return wider->second; // a narrower one is as high, too
    if (!isDocument())
        return m_heights[width] = QLabel::heightForWidth(width);
    const QMargins around = contentsMargins() + margin();
    layOut(std::max(0, width - around.left() - around.right()));
    const int height = std::max(static_cast<int>(std::ceil(m_document.size().height())) + around.top() + around.bottom(),
                                minimumHeight());
    const int narrow = static_cast<int>(std::ceil(m_document.idealWidth())) + around.left() + around.right();
    if (narrow < width)
        m_heights[narrow] = height; // its lines fit there, too
    if (isUnbroken())
        m_heights[widest] = height;
    return m_heights[width] = height;
}

void Paragraph::paintEvent(QPaintEvent* event)
{
    forgetOther();
    if (!isDocument() || hasSelectedText()) {
        QLabel::paintEvent(event);
        return;
    }
    const QRect room = contentsRect() - QMargins(margin(), margin(), margin(), margin());
    if (!isLaidOutFor(room.width()))
        layOut(std::max(0, room.width()));
    const double spare = room.height() - m_document.size().height();
    const double above = alignment() & Qt::AlignTop ? 0 : alignment() & Qt::AlignBottom ? spare : std::max(0.0, spare / 2);
    QPainter painter(this);
    painter.translate(room.left(), room.top() + std::floor(above));
    painter.setClipRect(QRectF(0, 0, room.width(), room.height()));
    QAbstractTextDocumentLayout::PaintContext look;
    look.palette = palette();
    look.palette.setColor(QPalette::Text, palette().color(foregroundRole()));
    m_document.documentLayout()->draw(&painter, look);
}

void Paragraph::changeEvent(QEvent* event)
{
    switch (event->type()) { // the same words in another type
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::ApplicationFontChange:
    case QEvent::ContentsRectChange:
        m_measured.clear();
        m_heights.clear();
        m_written = false;
        break;
    default:
        break;
    }
    QLabel::changeEvent(event);
}

} // namespace loopscope::ui
