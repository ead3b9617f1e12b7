#include "ui/code_pane.h"

#include "ui/code_note.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QGuiApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QScreen>
#include <QScrollBar>
#include <QToolTip>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr double dotColumn = 19;    // left of the line numbers
constexpr double ringColumn = 13;   // between the numbers and the code
constexpr double badgeGap = 7;      // behind the code
constexpr double badgeMargin = 9;  // to the right edge

QString textOf(const SourceLine& line)
{
    QString text = QString::fromStdString(line.text);
    text.replace(u'\t', u"    "_s);
    return text;
}

} // namespace

CodePane::CodePane(const Store& store, QWidget* parent)
    : QAbstractScrollArea(parent)
    , m_store(store)
{
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // code fits the width, see layOutCode()
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);   // decided in arrange()
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Code"));
    viewport()->setMouseTracking(true);
    viewport()->setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&m_store, &Store::runChanged, this, &CodePane::refreshCode);
    connect(&m_store, &Store::languageChanged, this, &CodePane::refreshCode);
    connect(&m_store, &Store::stepChanged, this, &CodePane::refreshMoment);
    connect(&m_store, &Store::selectionChanged, this, &CodePane::refreshSelection);
    connect(&m_store, &Store::marksChanged, this, &CodePane::updateRows);
    connect(&m_store, &Store::themeChanged, viewport(), qOverload<>(&QWidget::update));
    refreshCode();
}

void CodePane::refreshCode()
{
    if (m_store.mode() == Mode::Compare)
        return; // the comparison lies over it; when that is left, the run is told anew
    m_runNumber = m_store.runNumber();
    m_texts.clear();
    m_tokens.clear();
    for (const SourceLine& line : lines()) {
        m_texts.push_back({textOf(line), false});
        m_tokens.push_back(tokensOf(m_texts.back().text, m_store.language()));
    }
    if (const auto note = codeNote(lines(), m_store.lesson(), m_store.variant(), m_store.run().run.values, m_store.language())) {
        m_texts[note->row].text += note->text;
        m_texts[note->row].breaks = true;
        m_tokens[note->row] = tokensOf(m_texts[note->row].text, m_store.language());
    }
    m_cursor = std::min(m_cursor, lines().empty() ? 0 : lines().size() - 1);
    m_hoveredGutter.reset();
    arrange();
    refreshMoment();
    refreshSelection();
}

void CodePane::refreshMoment()
{
    if (m_store.mode() == Mode::Compare)
        return;
    const Snapshot& snapshot = m_store.snapshot();
    const Trace& trace = m_store.trace();
    m_current = m_store.code().currentRow(trace, snapshot, m_store.language());
    m_badges.assign(lines().size(), {});
    for (const TaskSnapshot& task : snapshot.tasks) {
        if (is_over(task.state) || !task.started)
            continue;
        const auto row = m_store.code().rowOf(trace, task, m_store.language());
        if (row)
            m_badges[*row].push_back({task.id, QString::fromStdString(trace.display_name(task.id)),
                                      m_store.run().colors[task.id.value - 1], task.state == TaskState::Running});
    }
    for (std::vector<Badge>& row : m_badges) {
        std::reverse(row.begin(), row.end()); // they are placed from the right, and read from the left
        // Where room ends, who waits is folded and never who runs.
        std::stable_partition(row.begin(), row.end(), [](const Badge& badge) { return badge.running; });
    }
    if (m_current) {
        if (!hasFocus())
            m_cursor = *m_current;
        show(*m_current);
    }
    describe();
    updateRows();
}

void CodePane::refreshSelection()
{
    m_selectedRow.reset();
    if (const auto event = m_store.selectedEvent(); event && m_store.mode() == Mode::Run) {
        const Trace& trace = m_store.trace();
        m_selectedRow = m_store.code().row(trace, trace[*event].place, m_store.language());
        const TaskId task = m_store.selection();
        if (!m_selectedRow && task) {
            const Snapshot then = m_store.run().replay.at(*event + 1);
            if (task.value <= then.tasks.size())
                m_selectedRow = m_store.code().rowOf(trace, then.task(task), m_store.language());
        }
    }
    updateRows();
}

bool CodePane::isFold(std::size_t row) const
{
    return row > 0 && lines()[row].file_line > lines()[row - 1].file_line + 1;
}

std::optional<bool> CodePane::stopAt(std::size_t row) const
{
    const auto line = m_store.code().cppLine(row, m_store.language());
    const auto stop = line ? m_store.marks().find(Breakpoint::atLine(*line)) : std::nullopt;
    return stop ? std::optional(m_store.marks().breakpoints[*stop].on) : std::nullopt;
}

CodePane::RowLook CodePane::lookOf(std::size_t row, double left) const
{
    const TaskId selection = m_store.selection();
    const bool holdsIt = std::any_of(m_badges[row].begin(), m_badges[row].end(),
                                     [&](const Badge& badge) { return badge.task == selection; });
    return {.text = m_texts[row].text,
            .line = m_layout.lines[row],
            .fontSize = m_layout.fontSize,
            .number = m_store.code().lineNumber(row, m_store.language()),
            .badges = m_badges[row],
            .selection = holdsIt ? selection : TaskId{},
            .codeLeft = left,
            .stop = stopAt(row),
            .fold = isFold(row),
            .current = m_current == row,
            .selected = m_selectedRow == row,
            .cursor = hasFocus() && m_cursor == row,
            .hovered = m_hoveredGutter == row};
}

// A step changes two or three rows, a new value one: to paint all would be most of what a step costs here.
void CodePane::updateRows()
{
    std::vector<RowLook> looks;
    if (m_runNumber != m_store.runNumber() || m_texts.size() != lines().size() || m_badges.size() != lines().size()
        || m_layout.lines.size() != lines().size()) { // refreshCode() is on its way
        m_looks.clear();
        viewport()->update();
        return;
    }
    looks.reserve(m_texts.size());
    const double left = codeLeft();
    for (std::size_t row = 0; row < m_texts.size(); ++row)
        looks.push_back(lookOf(row, left));
    const bool inPlace = std::equal(looks.begin(), looks.end(), m_looks.begin(), m_looks.end(),
                                    [](const RowLook& a, const RowLook& b) { return a.line.y == b.line.y; });
    for (std::size_t row = 0; inPlace && row < looks.size(); ++row)
        if (looks[row] != m_looks[row])
            viewport()->update(rowRect(row).toAlignedRect());
    if (!inPlace)
        viewport()->update();
    m_looks = std::move(looks);
}

void CodePane::describe()
{
    QStringList told;
    if (hasFocus() && m_cursor < lines().size())
        told += tr("Line %1: %2").arg(m_store.code().lineNumber(m_cursor, m_store.language())).arg(m_texts[m_cursor].text.trimmed());
    for (std::size_t row = 0; row < m_badges.size(); ++row)
        for (const Badge& badge : m_badges[row])
            told += tr("%1 at line %2").arg(badge.name).arg(m_store.code().lineNumber(row, m_store.language()));
    setAccessibleDescription(told.join(u", "_s));
}

QFont CodePane::font(double size) const
{
    QFont font = codeFont(TextSize::Normal);
    const QScreen* screen = QGuiApplication::primaryScreen();
    font.setPointSizeF(size * 72.0 / (screen ? screen->logicalDotsPerInchY() : 96.0)); // halves of a pixel, too
    return font;
}

double CodePane::numberRight() const
{
    const std::uint32_t last = lines().empty() ? 1 : lines().back().file_line;
    const auto digits = std::max(2, static_cast<int>(QString::number(last).size()));
    return dotColumn + shapedText(QString(digits, u'0'), codeFont(TextSize::Small)).width();
}

double CodePane::codeLeft() const
{
    return numberRight() + ringColumn;
}

void CodePane::arrange()
{
    std::vector<CodeLineText> texts = m_texts;
    for (const LineVisit& visit : m_store.lineVisits().all())
        if (const auto row = m_store.code().rowOfLine(visit.line, m_store.language()))
            texts[*row].holdsBadges = true;
    const QSize room = contentsRect().size();
    if (texts != m_arranged || room != m_arrangedIn) {
        m_arranged = std::move(texts);
        m_arrangedIn = room;
        // Whether a bar is needed is decided here: were it left to the scroll area, narrower code could
        // need the bar that makes it narrower, and wider code none, for ever.
        const int bar = verticalScrollBar()->sizeHint().width();
        m_layout = layoutIn(room.width());
        m_needsBar = contentHeight() > room.height();
        if (m_needsBar)
            m_layout = layoutIn(room.width() - bar);
        m_codeFont = font(m_layout.fontSize);
    }
    setVerticalScrollBarPolicy(m_needsBar ? Qt::ScrollBarAlwaysOn : Qt::ScrollBarAlwaysOff); // comes back here through a resize
    verticalScrollBar()->setRange(0, std::max(0, contentHeight() - viewport()->height()));
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setSingleStep(static_cast<int>(m_layout.rowHeight));
}

CodeLayout CodePane::layoutIn(int width) const
{
    double measured = largestCode; // a font is costly to find, and each size is asked for many texts in a row
    QFont inSize = font(measured);
    return layOutCode(m_arranged, width - codeLeft() - badgeMargin, [&](const QString& text, double size) {
        if (size != measured)
            inSize = font(measured = size);
        return widthOf(text, inSize); // most lines stay when a value changes
    });
}

int CodePane::contentHeight() const
{
    return static_cast<int>(std::ceil(m_layout.height)) + 8;
}

void CodePane::show(std::size_t row)
{
    // A line's room above and below, so that the eye sees where the code comes from and goes to.
    const int margin = static_cast<int>(m_layout.rowHeight);
    const int top = static_cast<int>(m_layout.lines[row].y);
    const int bottom = static_cast<int>(m_layout.bottom(row));
    QScrollBar* bar = verticalScrollBar();
    if (top - margin < bar->value())
        bar->setValue(top - margin);
    else if (bottom + margin > bar->value() + viewport()->height())
        bar->setValue(bottom + margin - viewport()->height());
}

QRectF CodePane::rowRect(std::size_t row) const
{
    const double y = m_layout.lines[row].y;
    return {0, y - verticalScrollBar()->value(), static_cast<double>(viewport()->width()), m_layout.bottom(row) - y};
}

QRectF CodePane::gutterRect(std::size_t row) const
{
    QRectF gutter = rowRect(row);
    gutter.setWidth(numberRight() + 4);
    return gutter;
}

double CodePane::codeEnd(std::size_t row) const
{
    return codeLeft() + m_layout.lines[row].pieces.back().end;
}

std::optional<std::size_t> CodePane::rowAt(QPointF at) const
{
    const double y = at.y() + verticalScrollBar()->value();
    if (lines().empty() || y < 0 || y >= m_layout.height)
        return std::nullopt;
    return m_layout.lineAt(y);
}

std::vector<BadgeBox> CodePane::badgeBoxes(std::size_t row) const
{
    const QFont names = wordFont(TextSize::Small, QFont::DemiBold);
    return layOutBadges(m_badges[row], codeEnd(row) + badgeGap, viewport()->width() - badgeMargin,
                        [&](const QString& text) { return shapedText(text, names).width(); });
}

QRectF CodePane::badgeRect(std::size_t row, const BadgeBox& box) const
{
    const double height = m_layout.rowHeight - 3;
    return {box.left, rowRect(row).bottom() - m_layout.rowHeight + 1.5, box.width, height};
}

std::vector<QRectF> CodePane::badgeRects(std::size_t row) const
{
    std::vector<QRectF> rects;
    for (const BadgeBox& box : badgeBoxes(row))
        rects.push_back(badgeRect(row, box));
    return rects;
}

const CodePane::Badge* CodePane::badgeAt(QPointF at) const
{
    const auto row = rowAt(at);
    if (!row)
        return nullptr;
    for (const BadgeBox& box : badgeBoxes(*row))
        if (badgeRect(*row, box).contains(at))
            return &m_badges[*row][box.first];
    return nullptr;
}

std::optional<std::uint32_t> CodePane::lineForKeys() const
{
    const auto row = hasFocus() ? std::optional(m_cursor) : m_current;
    return row && *row < lines().size() ? m_store.code().cppLine(*row, m_store.language()) : std::nullopt;
}

TaskId CodePane::taskAt(QPointF at) const
{
    const Badge* badge = viewport()->rect().contains(at.toPoint()) ? badgeAt(at) : nullptr;
    return badge ? badge->task : TaskId{};
}

std::optional<std::uint32_t> CodePane::lineAt(QPointF at) const
{
    const auto row = rowAt(at);
    return row ? m_store.code().cppLine(*row, m_store.language()) : std::nullopt;
}

void CodePane::resizeEvent(QResizeEvent*)
{
    if (m_runNumber != m_store.runNumber()) // else refreshCode() is on its way
        return;
    arrange();
    updateRows();
}

void CodePane::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF at = event->position();
    if (const Badge* badge = badgeAt(at)) {
        Q_EMIT selectRequested(badge->task);
        return;
    }
    const auto row = rowAt(at);
    if (!row) {
        Q_EMIT selectRequested({});
        return;
    }
    moveCursor(*row);
    if (gutterRect(*row).contains(at)) {
        if (const auto line = m_store.code().cppLine(*row, m_store.language()))
            Q_EMIT breakpointRequested(*line);
        return;
    }
    goAlong(*row, !(event->modifiers() & Qt::ShiftModifier));
}

void CodePane::mouseMoveEvent(QMouseEvent* event)
{
    const auto row = rowAt(event->position());
    const auto hovered = row && gutterRect(*row).contains(event->position()) && m_store.code().cppLine(*row, m_store.language())
        ? row
        : std::nullopt;
    if (hovered == m_hoveredGutter)
        return;
    m_hoveredGutter = hovered;
    viewport()->setCursor(hovered ? Qt::PointingHandCursor : Qt::ArrowCursor);
    updateRows();
}

void CodePane::goAlong(std::size_t row, bool forward)
{
    const auto line = m_store.code().cppLine(row, m_store.language());
    if (!line || m_store.mode() != Mode::Run)
        return;
    const LineVisits& visits = m_store.lineVisits();
    if (const auto visit = forward ? visits.next(*line, m_store.step()) : visits.previous(*line, m_store.step()))
        Q_EMIT eventRequested(visit->event);
}

void CodePane::moveCursor(std::size_t row)
{
    m_cursor = row;
    describe();
    updateRows();
}

QString CodePane::turnsTip(std::size_t row) const
{
    const auto line = m_store.code().cppLine(row, m_store.language());
    const QString number = tr("Line %1").arg(m_store.code().lineNumber(row, m_store.language()));
    // What lies in the fog must not be counted: it would tell what is to come.
    const auto turns = line ? m_store.lineVisits().turns(*line, m_store.reached()) : std::vector<LineVisits::Turns>{};
    if (turns.empty())
        return line ? tr("%1: nothing happened here so far").arg(number) : QString();
    std::size_t all = 0;
    QStringList who;
    for (const LineVisits::Turns& of : turns) {
        all += of.turns;
        const QString name = of.task ? QString::fromStdString(m_store.trace().display_name(of.task)) : tr("a callback");
        who += of.turns == 1 ? name : tr("%1 ×%2").arg(name).arg(of.turns);
    }
    constexpr qsizetype most = 8;
    if (who.size() > most)
        who = who.first(most) << tr("…");
    const QString ran = all == 1 ? tr("%1: so far it ran in one turn, of %2").arg(number, who.join(u", "_s))
                                 : tr("%1: so far it ran in %2 turns: %3").arg(number).arg(all).arg(who.join(u", "_s));
    return ran + tr("\nClick: its next moment.  Shift+click: the one before.");
}

QString CodePane::tipAt(QPointF at) const
{
    if (const Badge* badge = badgeAt(at)) {
        const auto row = *rowAt(at);
        QStringList names;
        for (const BadgeBox& box : badgeBoxes(row))
            if (badgeRect(row, box).contains(at))
                for (std::size_t i = box.first; i < box.first + box.count; ++i)
                    names += m_badges[row][i].name;
        if (names.size() > 1)
            return tr("At this line: %1").arg(names.join(u", "_s));
        return badge->running ? tr("%1 runs here").arg(badge->name) : tr("%1 is parked here").arg(badge->name);
    }
    const auto row = rowAt(at);
    if (!row)
        return {};
    if (!gutterRect(*row).contains(at))
        return turnsTip(*row);
    const auto line = m_store.code().cppLine(*row, m_store.language());
    if (!line)
        return tr("The run records nothing at this line, so it cannot stop here.");
    return m_store.marks().find(Breakpoint::atLine(*line)) ? tr("Do not stop at this line any more  (F9)")
                                                           : tr("Stop whenever the run comes to this line  (F9)");
}

bool CodePane::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::Leave && m_hoveredGutter) {
        m_hoveredGutter.reset();
        updateRows();
    }
    if (event->type() != QEvent::ToolTip)
        return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const QString tip = tipAt(help->pos());
    if (tip.isEmpty())
        QToolTip::hideText();
    else
        QToolTip::showText(help->globalPos(), tip, viewport());
    return true;
}

void CodePane::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    describe();
    updateRows();
}

void CodePane::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    describe();
    updateRows();
}

void CodePane::keyPressEvent(QKeyEvent* event)
{
    const auto last = lines().empty() ? 0 : lines().size() - 1;
    const auto page = static_cast<std::size_t>(std::max(1.0, viewport()->height() / m_layout.rowHeight - 1));
    const auto go = [&](std::size_t row) {
        if (lines().empty())
            return;
        moveCursor(row);
        show(row);
    };
    switch (event->key()) {
    case Qt::Key_Up:
        go(m_cursor - std::min<std::size_t>(m_cursor, 1));
        break;
    case Qt::Key_Down:
        go(std::min(m_cursor + 1, last));
        break;
    case Qt::Key_PageUp:
        go(m_cursor - std::min(m_cursor, page));
        break;
    case Qt::Key_PageDown:
        go(std::min(m_cursor + page, last));
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_cursor < lines().size())
            goAlong(m_cursor, !(event->modifiers() & Qt::ShiftModifier));
        break;
    default:
        event->ignore(); // left, right, Home and End belong to the playhead, F9 to the window
    }
}

} // namespace loopscope::ui
