#include "ui/paragraph.h"

#include "ui/marked_text.h"

#include <QEvent>
#include <QPainter>
#include <QStyle>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr int comfortable = 280; // pixels wide, where nobody says otherwise
constexpr int narrowest = 48;
constexpr int widest = QWIDGETSIZE_MAX;

bool isParagraphEnd(QChar c) { return c == u'\n' || c == u'\r' || c == QChar::ParagraphSeparator; }

} // namespace

Paragraph::Paragraph(QWidget* parent)
    : Paragraph(QString(), parent)
{
}

Paragraph::Paragraph(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setWordWrap(true);
    m_layout.setCacheEnabled(true);
}

void Paragraph::forget() const
{
    m_heights.clear();
    m_words.clear();
    m_width = -1;
}

void Paragraph::forgetOther() const
{
    const Setup setup{text(), textFormat(), textInteractionFlags(), alignment(), margin(), indent(), frameWidth()};
    if (m_setup != setup) {
        m_setup = setup;
        forget();
        read();
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

/// Reads the text into the layout, if it is what QLabel would make a document of.
void Paragraph::read() const
{
    const QString& text = m_setup->text;
    const bool rich = textFormat() == Qt::RichText || (textFormat() == Qt::AutoText && Qt::mightBeRichText(text));
    const bool selectable = textInteractionFlags() & (Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_isOurs = false;
    if (text.isEmpty() || !(rich || selectable) || textFormat() == Qt::MarkdownText || indent() > 0 || frameWidth() != 0)
        return;
    std::optional<MarkedText> words;
    if (rich)
        words = markedText(text);
    else if (std::none_of(text.begin(), text.end(), isParagraphEnd))
        words = MarkedText{text, {}, 0};
    if (!words)
        return;
    const Qt::LayoutDirection direction = words->text.isRightToLeft() ? Qt::RightToLeft : Qt::LeftToRight;
    QTextOption option; // the words decide from which side they are read, and not the window
    option.setTextDirection(direction);
    option.setAlignment(QStyle::visualAlignment(direction, alignment()));
    option.setWrapMode(QTextOption::WordWrap);
    m_isOurs = true;
    m_lineHeight = words->lineHeight;
    m_layout.setText(words->text);
    m_layout.setFont(font());
    m_layout.setFormats(words->marks);
    m_layout.setTextOption(option);
}

// Lines stand as in a QTextDocument: each begins where the one before ends, or in lines of a fixed height at
// four fifths of it.
void Paragraph::layOut(int width) const
{
    m_words.clear();
    m_width = width;
    m_height = 0;
    m_widest = 0;
    m_layout.beginLayout();
    for (QTextLine line = m_layout.createLine(); line.isValid(); line = m_layout.createLine()) {
        line.setLeadingIncluded(true);
        line.setLineWidth(width);
        const double above = m_lineHeight > 0 ? m_lineHeight * 4 / 5 - line.ascent() - std::max(line.leading(), 0.0) : 0;
        line.setPosition({0, m_height + above});
        m_height += m_lineHeight > 0 ? m_lineHeight : line.height();
        m_widest = std::max(m_widest, line.naturalTextWidth());
    }
    m_layout.endLayout();
}

// Words go to the next line where there is no room for them, so lines that fit into less room stay as they are.
bool Paragraph::isLaidOutFor(int width) const
{
    const bool fromTheLeft = m_layout.textOption().alignment() & Qt::AlignLeft;
    return m_width == width
        || (m_width >= 0 && fromTheLeft && m_widest <= width && (width <= m_width || m_layout.lineCount() <= 1));
}

int Paragraph::heightForWidth(int width) const { return std::max(minimumHeight(), heightOfLines(width)); }

int Paragraph::heightOfLines(int width) const
{
    forgetOther();
    const auto wider = m_heights.lower_bound(width);
    if (wider != m_heights.end()
        && (wider->first == width || (wider != m_heights.begin() && std::prev(wider)->second == wider->second)))
        return wider->second; // a narrower one is as high, too
    if (!m_isOurs) {
        const int height = QLabel::heightForWidth(width); // which is no less than the least that is set
        return minimumHeight() > 0 ? height : m_heights[width] = height;
    }
    const QMargins around = contentsMargins() + margin();
    const int room = std::max(0, width - around.left() - around.right());
    if (!isLaidOutFor(room))
        layOut(room);
    const int height = static_cast<int>(std::ceil(m_height)) + around.top() + around.bottom();
    const int narrow = static_cast<int>(std::ceil(m_widest)) + around.left() + around.right();
    if (narrow < width)
        m_heights[narrow] = height; // its lines fit there, too
    if (m_layout.lineCount() <= 1)
        m_heights[widest] = height;
    return m_heights[width] = height;
}

/// Takes the glyphs out of the layout: to paint them is a tenth of what it takes to draw the layout.
void Paragraph::shape() const
{
    const auto add = [this](int from, int to, std::optional<QColor> color) {
        if (from < to)
            m_words.push_back({color, m_layout.glyphRuns(from, to - from)});
    };
    int from = 0;
    for (const QTextLayout::FormatRange& mark : m_layout.formats()) {
        add(from, mark.start, {});
        from = mark.start + mark.length;
        const QBrush brush = mark.format.foreground();
        add(mark.start, from, brush.style() == Qt::NoBrush ? std::nullopt : std::optional(brush.color()));
    }
    add(from, static_cast<int>(m_layout.text().size()), {});
}

void Paragraph::paintEvent(QPaintEvent* event)
{
    forgetOther();
    if (!m_isOurs || hasSelectedText()) {
        QLabel::paintEvent(event);
        return;
    }
    const QRect room = contentsRect() - QMargins(margin(), margin(), margin(), margin());
    if (!isLaidOutFor(room.width()))
        layOut(std::max(0, room.width()));
    if (m_words.empty())
        shape();
    const double spare = room.height() - std::ceil(m_height);
    const double above = alignment() & Qt::AlignTop ? 0 : alignment() & Qt::AlignBottom ? spare : std::max(0.0, spare / 2);
    QPainter painter(this);
    painter.setClipRect(room);
    const QPointF corner(room.left(), room.top() + std::floor(above));
    for (const Words& words : m_words) {
        painter.setPen(words.color.value_or(palette().color(foregroundRole())));
        for (const QGlyphRun& glyphs : words.glyphs)
            painter.drawGlyphRun(corner, glyphs);
    }
}

void Paragraph::changeEvent(QEvent* event)
{
    switch (event->type()) { // the same words in another type
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::ApplicationFontChange:
    case QEvent::ContentsRectChange:
        m_setup.reset();
        break;
    default:
        break;
    }
    QLabel::changeEvent(event);
}

} // namespace loopscope::ui
