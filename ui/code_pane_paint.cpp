#include "ui/code_pane.h"

#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr double dotMiddle = 9.5;
constexpr double dotRadius = 4.5;
constexpr double dotColumnLeft = 4;

QColor colorOf(const Theme& look, TokenKind kind)
{
    switch (kind) {
    case TokenKind::Plain:
        return look.codeText;
    case TokenKind::Keyword:
        return look.codeKeyword;
    case TokenKind::Call:
        return look.codeFunction;
    case TokenKind::Text:
        return look.codeString;
    case TokenKind::Number:
        return look.codeNumber;
    case TokenKind::Comment:
        return look.codeComment;
    }
    return look.codeText;
}

} // namespace

void CodePane::paintEvent(QPaintEvent* event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), themeOf(m_store).panel); // it is opaque: nobody paints below
    if (m_runNumber != m_store.runNumber()) { // refreshCode() is on its way
        m_looks.clear();
        return;
    }
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t row = 0; row < lines().size(); ++row) {
        const QRectF box = rowRect(row);
        if (!event->region().intersects(box.toAlignedRect()))
            continue;
        paintRow(painter, row);
        paintGutter(painter, row);
        paintBadges(painter, row);
    }
    if (lines().empty()) {
        painter.setPen(themeOf(m_store).textFaint);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No code came with this lesson."));
    }
}

void CodePane::paintRow(QPainter& painter, std::size_t row) const
{
    const Theme& look = themeOf(m_store);
    const QRectF box = rowRect(row);
    if (m_current == row) {
        painter.fillRect(box, look.selected);
        painter.fillRect(QRectF(0, box.top(), 3, box.height()), look.accent);
    }
    if (hasFocus() && m_cursor == row) {
        painter.setPen(QPen(look.lineStrong, 1, Qt::DotLine));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(box.adjusted(codeLeft() - 3.5, 0.5, -2.5, -0.5));
    }
    const QString& text = m_texts[row].text;
    double y = box.top();
    for (const CodePiece& piece : m_layout.lines[row].pieces) {
        for (const Token& token : m_tokens[row]) {
            const qsizetype from = std::max(token.start, piece.start);
            const qsizetype to = std::min(token.start + token.length, piece.start + piece.length);
            if (from >= to)
                continue;
            painter.setPen(colorOf(look, token.kind));
            const double x = codeLeft() + piece.x + shapedText(text.sliced(piece.start, from - piece.start), m_codeFont).width();
            drawLine(painter, QRectF(x, y, 0, m_layout.rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                     text.sliced(from, to - from), m_codeFont);
        }
        y += m_layout.rowHeight;
    }
}

void CodePane::paintGutter(QPainter& painter, std::size_t row) const
{
    const Theme& look = themeOf(m_store);
    const QRectF box(0, rowRect(row).top(), codeLeft(), m_layout.rowHeight);
    const double middle = box.center().y();
    painter.setPen(m_current == row ? look.textStrong : look.lineNumber);
    drawLine(painter, QRectF(0, box.top(), numberRight(), box.height()), Qt::AlignVCenter | Qt::AlignRight,
             QString::number(m_store.code().lineNumber(row, m_store.language())), codeFont(TextSize::Small));
    if (isFold(row)) {
        painter.setPen(QPen(look.textFaint, 1, Qt::DotLine));
        painter.drawLine(QPointF(dotColumnLeft, box.top() + 0.5), QPointF(codeLeft() - 4, box.top() + 0.5));
    }
    if (m_selectedRow == row) {
        painter.setPen(QPen(look.accent, 1.8));
        painter.setBrush(Qt::NoBrush);
        painter.drawEllipse(QPointF((numberRight() + codeLeft()) / 2, middle), 3.2, 3.2);
    }
    if (const std::optional<bool> on = stopAt(row)) {
        painter.setPen(QPen(look.error, 1.5));
        painter.setBrush(*on ? QBrush(look.error) : QBrush(Qt::NoBrush));
        painter.drawEllipse(QPointF(dotMiddle, middle), dotRadius - 0.7, dotRadius - 0.7);
    } else if (m_hoveredGutter == row) {
        QColor hint = look.error;
        hint.setAlphaF(0.4f);
        painter.setPen(Qt::NoPen);
        painter.setBrush(hint);
        painter.drawEllipse(QPointF(dotMiddle, middle), dotRadius, dotRadius);
    }
}

void CodePane::paintBadges(QPainter& painter, std::size_t row) const
{
    if (m_badges[row].empty())
        return;
    const Theme& look = themeOf(m_store);
    const QFont names = wordFont(TextSize::Small, QFont::DemiBold);
    for (const BadgeBox& box : badgeBoxes(row)) {
        const Badge& badge = m_badges[row][box.first];
        const QRectF rect = badgeRect(row, box);
        const QColor color = box.count > 1 ? look.textMuted : look.task(badge.color);
        const bool runs = badge.running && box.count == 1;
        const bool selected = std::any_of(m_badges[row].begin() + static_cast<std::ptrdiff_t>(box.first),
                                          m_badges[row].begin() + static_cast<std::ptrdiff_t>(box.first + box.count),
                                          [this](const Badge& b) { return b.task == m_store.selection(); });
        painter.setBrush(runs ? color : box.count > 1 ? look.raised : look.taskTint(badge.color));
        painter.setPen(QPen(color, selected ? 2.2 : 1.2));
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), rect.height() / 2, rect.height() / 2);
        painter.setPen(runs ? look.onTask : color);
        drawLine(painter, rect, Qt::AlignCenter, elidedText(box.text, names, Qt::ElideRight, rect.width() - 6), names);
    }
}

} // namespace loopscope::ui
