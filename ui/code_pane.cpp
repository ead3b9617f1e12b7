#include "ui/code_pane.h"

#include "ui/style.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr double rowHeight = 20;
constexpr double numberRight = 42;
constexpr double codeLeft = 54;
constexpr double badgeHeight = 17;
constexpr double badgeGap = 5;
constexpr double badgeMargin = 16; // to the right edge

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

QString textOf(const SourceLine& line)
{
    QString text = QString::fromStdString(line.text);
    text.replace(u'\t', u"    "_s);
    return text;
}

/// "#2" of "fetch_url-2": the colour tells the rest. Other names keep their beginning.
QString briefName(const QString& name)
{
    const qsizetype dash = name.lastIndexOf(u'-');
    return dash >= 0 ? u'#' + name.sliced(dash + 1) : name.left(4);
}

} // namespace

CodePane::CodePane(const Store& store, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_store(store)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::TabFocus);
    setAccessibleName(tr("Code"));
    connect(&m_store, &Store::runChanged, this, &CodePane::refreshCode);
    connect(&m_store, &Store::languageChanged, this, &CodePane::refreshCode);
    connect(&m_store, &Store::stepChanged, this, &CodePane::refreshMoment);
    connect(&m_store, &Store::selectionChanged, viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::themeChanged, viewport(), qOverload<>(&QWidget::update));
    refreshCode();
}

void CodePane::refreshCode()
{
    m_code = CodePlaces(m_store.lesson(), m_store.variant(), m_store.sources());
    m_tokens.clear();
    for (const SourceLine& line : lines())
        m_tokens.push_back(tokensOf(textOf(line), m_store.language()));
    arrange();
    refreshMoment();
}

void CodePane::refreshMoment()
{
    const Snapshot& snapshot = m_store.snapshot();
    const Trace& trace = m_store.trace();
    m_current = m_code.currentRow(trace, snapshot, m_store.language());
    m_badges.assign(lines().size(), {});
    QStringList told;
    for (const TaskSnapshot& task : snapshot.tasks) {
        if (is_over(task.state) || !task.started)
            continue;
        const auto row = m_code.rowOf(trace, task, m_store.language());
        if (!row)
            continue;
        const QString name = QString::fromStdString(trace.display_name(task.id));
        m_badges[*row].push_back({task.id, name, m_store.run().colors[task.id.value - 1],
                                  task.state == TaskState::Running});
        told += tr("%1 at line %2").arg(name).arg(m_code.lineNumber(*row, m_store.language()));
    }
    for (std::vector<Badge>& row : m_badges)
        std::reverse(row.begin(), row.end()); // they are placed from the right, and read from the left
    setAccessibleDescription(told.join(u", "_s));
    showCurrent();
    viewport()->update();
}

void CodePane::arrange()
{
    double widest = 0;
    const QFontMetricsF metrics(codeFont(TextSize::Normal));
    for (const SourceLine& line : lines())
        widest = std::max(widest, metrics.horizontalAdvance(textOf(line)));
    const auto height = static_cast<int>(std::ceil(rowHeight * static_cast<double>(lines().size()))) + 8;
    verticalScrollBar()->setRange(0, std::max(0, height - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(rowHeight));
    horizontalScrollBar()->setRange(0, std::max(0, static_cast<int>(codeLeft + widest) + 6 - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(24);
}

void CodePane::showCurrent()
{
    if (!m_current)
        return;
    const auto top = static_cast<int>(static_cast<double>(*m_current) * rowHeight);
    const int bottom = top + static_cast<int>(rowHeight);
    QScrollBar* bar = verticalScrollBar();
    // A line's room above and below, so that the eye sees where the code comes from and goes to.
    const int margin = static_cast<int>(rowHeight);
    if (top - margin < bar->value())
        bar->setValue(top - margin);
    else if (bottom + margin > bar->value() + viewport()->height())
        bar->setValue(bottom + margin - viewport()->height());
}

void CodePane::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const double scrolled = verticalScrollBar()->value();
    for (std::size_t row = 0; row < lines().size(); ++row) {
        const double y = static_cast<double>(row) * rowHeight - scrolled;
        if (y + rowHeight < 0 || y > viewport()->height())
            continue;
        paintRow(painter, row, y);
        paintBadges(painter, row, y);
    }
    if (lines().empty()) {
        painter.setPen(themeOf(m_store).textFaint);
        painter.drawText(viewport()->rect(), Qt::AlignCenter, tr("No code came with this lesson."));
    }
}

void CodePane::paintRow(QPainter& painter, std::size_t row, double y) const
{
    const Theme& look = themeOf(m_store);
    const bool current = m_current == row;
    if (current) {
        painter.fillRect(QRectF(0, y, viewport()->width(), rowHeight), look.selected);
        painter.fillRect(QRectF(0, y, 3, rowHeight), look.accent);
    }
    painter.setFont(codeFont(TextSize::Normal));
    const double left = codeLeft - horizontalScrollBar()->value();
    const QString text = textOf(lines()[row]);
    const QFontMetricsF metrics(painter.font());
    for (const Token& token : m_tokens[row]) {
        painter.setPen(colorOf(look, token.kind));
        const double x = left + metrics.horizontalAdvance(text.left(token.start));
        painter.drawText(QRectF(x, y, 4000, rowHeight), Qt::AlignVCenter | Qt::AlignLeft,
                         text.sliced(token.start, token.length));
    }
    // The number column stays when the code moves sideways.
    painter.fillRect(QRectF(current ? 3 : 0, y, codeLeft - 8 - (current ? 3 : 0), rowHeight),
                     current ? look.selected : look.panel);
    painter.setFont(codeFont(TextSize::Small));
    painter.setPen(current ? look.textStrong : look.lineNumber);
    painter.drawText(QRectF(0, y, numberRight, rowHeight), Qt::AlignVCenter | Qt::AlignRight,
                     QString::number(m_code.lineNumber(row, m_store.language())));
}

bool CodePane::isBrief(std::size_t row) const
{
    const QFontMetricsF names(wordFont(TextSize::Small, QFont::DemiBold));
    const QFontMetricsF code(codeFont(TextSize::Normal));
    double width = badgeMargin;
    for (const Badge& badge : m_badges[row])
        width += names.horizontalAdvance(badge.name) + 18 + badgeGap;
    const double codeEnd = codeLeft - horizontalScrollBar()->value() + code.horizontalAdvance(textOf(lines()[row]));
    return m_badges[row].size() > 1 && codeEnd + width > viewport()->width();
}

std::vector<QRectF> CodePane::badgeBoxes(std::size_t row, double y) const
{
    const QFontMetricsF metrics(wordFont(TextSize::Small, QFont::DemiBold));
    std::vector<QRectF> boxes;
    double right = viewport()->width() - badgeMargin;
    const bool brief = isBrief(row);
    for (const Badge& badge : m_badges[row]) {
        const QString text = brief ? briefName(badge.name) : badge.name;
        const double width = std::min(metrics.horizontalAdvance(text), 120.0) + (brief ? 12 : 18);
        if (right - width < codeLeft + 40)
            break;
        boxes.emplace_back(right - width, y + (rowHeight - badgeHeight) / 2, width, badgeHeight);
        right -= width + badgeGap;
    }
    return boxes;
}

void CodePane::paintBadges(QPainter& painter, std::size_t row, double y) const
{
    if (m_badges[row].empty())
        return;
    const Theme& look = themeOf(m_store);
    const std::vector<QRectF> boxes = badgeBoxes(row, y);
    if (!boxes.empty()) { // code fades out below badges instead of running into them
        const QColor back = m_current == row ? look.selected : look.panel;
        QColor clear = back;
        clear.setAlpha(0);
        const QRectF under(boxes.back().left() - 26, y, viewport()->width() - boxes.back().left() + 26, rowHeight);
        QLinearGradient fade(under.topLeft(), under.topLeft() + QPointF(24, 0));
        fade.setColorAt(0, clear);
        fade.setColorAt(1, back);
        painter.fillRect(under, fade);
    }
    const QFont font = wordFont(TextSize::Small, QFont::DemiBold);
    painter.setFont(font);
    for (std::size_t i = 0; i < boxes.size(); ++i) {
        const Badge& badge = m_badges[row][i];
        const bool last = i + 1 == boxes.size() && boxes.size() < m_badges[row].size();
        const QColor color = look.task(badge.color);
        const bool selected = badge.task == m_store.selection();
        painter.setBrush(badge.running ? color : look.taskTint(badge.color));
        painter.setPen(QPen(color, selected ? 2.2 : 1.2));
        painter.drawRoundedRect(boxes[i].adjusted(0.5, 0.5, -0.5, -0.5), badgeHeight / 2, badgeHeight / 2);
        painter.setPen(badge.running ? look.onTask : color);
        const QString text = last ? u"+%1"_s.arg(m_badges[row].size() - i)
            : isBrief(row)        ? briefName(badge.name)
                                  : badge.name;
        painter.drawText(boxes[i], Qt::AlignCenter,
                         QFontMetricsF(font).elidedText(text, Qt::ElideRight, boxes[i].width() - 8));
    }
}

void CodePane::resizeEvent(QResizeEvent*)
{
    arrange();
}

const CodePane::Badge* CodePane::badgeAt(QPointF at) const
{
    const double scrolled = verticalScrollBar()->value();
    const auto row = static_cast<std::size_t>(std::max(0.0, at.y() + scrolled) / rowHeight);
    if (row >= m_badges.size())
        return nullptr;
    const std::vector<QRectF> boxes = badgeBoxes(row, static_cast<double>(row) * rowHeight - scrolled);
    for (std::size_t i = 0; i < boxes.size(); ++i)
        if (boxes[i].contains(at))
            return &m_badges[row][i];
    return nullptr;
}

void CodePane::mousePressEvent(QMouseEvent* event)
{
    const Badge* badge = badgeAt(event->position());
    Q_EMIT selectRequested(badge ? badge->task : TaskId{});
}

bool CodePane::viewportEvent(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    if (const Badge* badge = badgeAt(help->pos()))
        QToolTip::showText(help->globalPos(),
                           badge->running ? tr("%1 runs here").arg(badge->name)
                                          : tr("%1 is parked here").arg(badge->name),
                           viewport());
    else
        QToolTip::hideText();
    return true;
}

void CodePane::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down || event->key() == Qt::Key_PageUp
        || event->key() == Qt::Key_PageDown)
        QAbstractScrollArea::keyPressEvent(event);
    else
        event->ignore(); // left, right, Home and End belong to the playhead
}

} // namespace loopscope::ui
