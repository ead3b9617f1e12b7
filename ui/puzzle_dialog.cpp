#include "ui/puzzle_dialog.h"

#include "ui/code_lines_delegate.h"
#include "ui/style.h"
#include "ui/theme.h"

#include <QAction>
#include <QGridLayout>
#include <QGuiApplication>
#include <QLabel>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>

#include <algorithm>
#include <random>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int aroundLine = 36; // frame, padding and scroll bar beside a line of code
constexpr int aroundGiven = 24; // padding and frame of code that is given
constexpr int widestLine = 470; // two lists lie side by side in the narrowest window; a longer line wraps

/// Lines of code that can be moved. While there is none it says what belongs here.
class LineList final : public QListWidget {
public:
    LineList(const QString& name, const QString& whenEmpty, QWidget* parent)
        : QListWidget(parent)
        , m_whenEmpty(whenEmpty)
    {
        setRole(this, "lines");
        setAccessibleName(name);
        setFont(codeFont(TextSize::Normal));
        setDragDropMode(QAbstractItemView::DragDrop);
        setDefaultDropAction(Qt::MoveAction);
        setItemDelegate(new CodeLinesDelegate(this));
        setResizeMode(QListView::Adjust); // lines wrap anew
        setTextElideMode(Qt::ElideNone);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setMinimumHeight(150);
    }

protected:
    void paintEvent(QPaintEvent* event) override
    {
        QListWidget::paintEvent(event);
        if (count() > 0)
            return;
        QPainter painter(viewport());
        painter.setFont(wordFont(TextSize::Normal));
        painter.setPen(QGuiApplication::palette().color(QPalette::PlaceholderText));
        painter.drawText(viewport()->rect().adjusted(16, 12, -16, -12), Qt::AlignCenter | Qt::TextWordWrap, m_whenEmpty);
    }

private:
    QString m_whenEmpty;
};

/// Code that stands above or below the lines that are put in.
QLabel* makeGiven(const std::string& code, QWidget* parent)
{
    auto* given = new QLabel(parent);
    given->setTextFormat(Qt::PlainText);
    QString text = QString::fromStdString(code);
    while (text.startsWith(u'\n'))
        text.remove(0, 1);
    while (text.endsWith(u'\n'))
        text.chop(1);
    given->setText(text);
    given->setFont(codeFont(TextSize::Normal));
    setRole(given, "given");
    const auto lines = static_cast<int>(given->text().count(u'\n')) + 1;
    given->setMinimumHeight(lines * QFontMetrics(codeFont(TextSize::Normal)).lineSpacing() + aroundGiven);
    given->setVisible(!text.isEmpty());
    return given;
}

} // namespace

PuzzleDialog::PuzzleDialog(const Puzzle& puzzle, std::span<const Belief> beliefs, QWidget* parent)
    : QDialog(parent)
    , m_puzzle(puzzle)
    , m_beliefs(beliefs)
    , m_pool(new LineList(tr("Lines"), tr("No line is left."), this))
    , m_program(new LineList(tr("Your program"), tr("Drop the lines here."), this))
    , m_verdict(new QLabel(this))
{
    setWindowTitle(tr("Puzzle of chapter %1").arg(puzzle.chapter));
    auto* task = new QLabel(richText(puzzle.task), this);
    task->setWordWrap(true);
    setRole(task, "sentence");
    auto* how = new QLabel(tr("Move the lines that belong into the program, in their order: drag them, or press Enter. "
                              "Some lines do not belong. Alt+↑ and Alt+↓ move a line within the program."),
                           this);
    how->setWordWrap(true);
    setRole(how, "muted");
    QLabel* before = makeGiven(puzzle.before, this);
    QLabel* after = makeGiven(puzzle.after, this);
    m_verdict->setWordWrap(true);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_verdict->hide(); // until there is one

    std::vector<std::string> lines = puzzle.lines;
    for (const Distractor& distractor : puzzle.distractors)
        lines.push_back(distractor.line);
    std::shuffle(lines.begin(), lines.end(), std::mt19937(static_cast<std::uint32_t>(puzzle.chapter)));
    for (const std::string& line : lines)
        m_pool->addItem(QString::fromStdString(line));
    m_pool->setCurrentRow(0);
    int widest = 0;
    const QFontMetrics code(codeFont(TextSize::Normal));
    for (const std::string& line : lines)
        widest = std::max(widest, code.horizontalAdvance(QString::fromStdString(line)) + aroundLine);
    for (QListWidget* list : {m_pool, m_program})
        list->setMinimumWidth(std::clamp(widest, 320, widestLine));

    auto* checkIt = new QPushButton(tr("Check"), this);
    auto* close = new QPushButton(tr("Close"), this);
    checkIt->setAutoDefault(false);
    close->setAutoDefault(false);
    connect(checkIt, &QPushButton::clicked, this, &PuzzleDialog::check);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    for (const auto& [from, to] : {std::pair(m_pool, m_program), std::pair(m_program, m_pool)}) // Enter, double click
        connect(from, &QListWidget::itemActivated, this, [this, from = from, to = to] { move(from, to); });
    for (const auto& [key, by] : {std::pair(Qt::ALT | Qt::Key_Up, -1), std::pair(Qt::ALT | Qt::Key_Down, 1)}) {
        auto* action = new QAction(m_program);
        action->setShortcut(key);
        action->setShortcutContext(Qt::WidgetShortcut);
        connect(action, &QAction::triggered, this, [this, by] { shift(by); });
        m_program->addAction(action);
    }

    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(20, 18, 20, 16);
    grid->setSpacing(10);
    grid->addWidget(task, 0, 0, 1, 2);
    grid->addWidget(how, 1, 0, 1, 2);
    // What is given is how the program begins and ends, so the lines that are put in stand between.
    grid->addWidget(new QLabel(tr("Lines"), this), 2, 0);
    grid->addWidget(new QLabel(tr("Your program"), this), 2, 1);
    grid->addWidget(m_pool, 3, 0, 3, 1);
    grid->addWidget(before, 3, 1);
    grid->addWidget(m_program, 4, 1);
    grid->addWidget(after, 5, 1);
    grid->setRowStretch(4, 1);
    grid->addWidget(m_verdict, 6, 0, 1, 2);
    grid->addWidget(close, 7, 0, Qt::AlignLeft);
    grid->addWidget(checkIt, 7, 1, Qt::AlignRight);
    m_pool->setFocus();
}

// Its words wrap, and a dialog is opened without asking how high that makes it.
void PuzzleDialog::showEvent(QShowEvent* event)
{
    QDialog::showEvent(event);
    if (const int needed = layout()->totalHeightForWidth(width()); needed > height())
        resize(width(), needed);
}

void PuzzleDialog::move(QListWidget* from, QListWidget* to)
{
    if (from->currentRow() < 0)
        return;
    to->addItem(from->takeItem(from->currentRow()));
    to->setCurrentRow(to->count() - 1);
}

void PuzzleDialog::shift(int by)
{
    const int row = m_program->currentRow();
    const int to = row + by;
    if (row < 0 || to < 0 || to >= m_program->count())
        return;
    m_program->insertItem(to, m_program->takeItem(row));
    m_program->setCurrentRow(to);
}

void PuzzleDialog::check()
{
    const auto say = [this](const QString& words, const char* role) {
        setRole(m_verdict, role);
        m_verdict->setStyleSheet(u" "_s); // looks at the role anew
        m_verdict->setText(words);
        m_verdict->show();
    };
    std::vector<std::string> lines;
    for (int row = 0; row < m_program->count(); ++row)
        lines.push_back(m_program->item(row)->text().toStdString());
    m_solved = lines == m_puzzle.lines;
    if (m_solved)
        return say(tr("✓ That is it."), "right");
    for (const Distractor& distractor : m_puzzle.distractors)
        if (std::find(lines.begin(), lines.end(), distractor.line) != lines.end())
            return say(tr("“%1” does not belong. Perhaps you believe: %2")
                           .arg(QString::fromStdString(distractor.line).trimmed(),
                                richText(believed(m_beliefs, distractor.belief))),
                       "wrong");
    for (std::size_t i = 0; i < std::min(lines.size(), m_puzzle.lines.size()); ++i)
        if (lines[i] != m_puzzle.lines[i])
            return say(tr("Up to line %1 it is right; “%2” is not the next one.")
                           .arg(i)
                           .arg(QString::fromStdString(lines[i]).trimmed()),
                       "wrong");
    say(tr("So far it is right, but a line is missing."), "wrong");
}

} // namespace loopscope::ui
