#include "ui/compare_view.h"

#include "core/base/format.h"

#include "ui/compare_canvas.h"
#include "ui/compare_question.h"
#include "ui/compare_ruler.h"
#include "ui/controls.h"
#include "ui/difference_model.h"
#include "ui/difference_table.h"
#include "ui/paragraph.h"
#include "ui/picture_texts.h"
#include "ui/predictions.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace loopscope::ui {
namespace {

constexpr int rowHeight = DifferenceTable::rowHeight;
constexpr int smallestTable = 3 * rowHeight + 2;
constexpr int leastPicture = 240;
constexpr int tableHeight = 8 * rowHeight + 6; // the numbers and their heading

/// What a choice of a side stands for: the variants in their order, then the run that was kept.
CompareSide sideAt(const Store& store, int index)
{
    const auto chosen = static_cast<std::size_t>(std::max(0, index));
    if (chosen < store.lesson().variants.size() || !store.kept())
        return {std::min(chosen, store.lesson().variants.size() - 1), false};
    return {store.kept()->variant, true};
}

int indexOf(const Store& store, const CompareSide& side)
{
    return static_cast<int>(side.before ? store.lesson().variants.size() : side.variant);
}

} // namespace

CompareView::CompareView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_head(new QWidget(this))
    , m_first(new Dropdown(m_head))
    , m_second(new Dropdown(m_head))
    , m_swap(new QPushButton(m_head))
    , m_clock(new SteadyLabel(m_head))
    , m_question(new CompareQuestion(store, this))
    , m_canvas(new CompareCanvas(store, this))
    , m_scroll(new QScrollArea(this))
    , m_ruler(new CompareRuler(store, *m_canvas, this))
    , m_verdict(new Paragraph(this))
    , m_difference(new Paragraph(this))
    , m_goThere(new QPushButton(tr("Go there"), this))
    , m_numbers(new DifferenceModel(tr("in numbers"), tr("What both runs come to"), this))
    , m_tasks(new DifferenceModel(tr("task"), tr("How long each task takes, from start to end"), this))
    , m_numberTable(new DifferenceTable(m_numbers, this))
    , m_taskTable(new DifferenceTable(m_tasks, this))
{
    setRole(this, "canvas");
    setAccessibleName(tr("Compare"));
    m_numberTable->setAccessibleName(tr("Both runs in numbers"));
    m_taskTable->setAccessibleName(tr("Both runs task by task"));
    buildHead();
    m_scroll->setWidget(m_canvas);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setMinimumHeight(leastPicture);
    setRole(m_difference, "muted");
    setRole(m_goThere, "link");
    m_goThere->setAccessibleName(tr("Go to the first difference"));
    m_goThere->setToolTip(tr("Go to the first difference  (F)"));
    m_goThere->setFocusPolicy(Qt::TabFocus);

    m_verdict->setTextFormat(Qt::RichText);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_verdict->setContentsMargins(24, 6, 18, 0);
    m_verdict->hide();
    m_ruler->hide();

    auto* difference = new QHBoxLayout;
    difference->setContentsMargins(24, 8, 18, 0);
    difference->addWidget(m_difference, 1);
    difference->addWidget(m_goThere);
    auto* tables = new QHBoxLayout;
    tables->setContentsMargins(18, 8, 18, 10);
    tables->setSpacing(24);
    tables->addWidget(m_numberTable, 1);
    tables->addWidget(m_taskTable, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_questionRoom = new QWidget(this); // without a question it takes none
    auto* question = new QHBoxLayout(m_questionRoom);
    question->setContentsMargins(24, 8, 18, 8);
    question->addWidget(m_question);
    m_questionRoom->hide();
    column->addWidget(m_head);
    column->addWidget(m_questionRoom);
    column->addWidget(m_scroll, 100);
    column->addWidget(m_ruler);
    column->addWidget(m_verdict);
    column->addLayout(difference);
    column->addLayout(tables);
    column->addStretch(1);

    connect(m_canvas, &CompareCanvas::seekRequested, this, &CompareView::seekRequested);
    connect(m_canvas, &CompareCanvas::zoomRequested, this, &CompareView::zoomRequested);
    connect(m_canvas, &CompareCanvas::leastHeightChanged, this, &CompareView::shareRoom);
    connect(m_numberTable, &DifferenceTable::headHeightChanged, this, [this] {
        if (m_store.mode() == Mode::Compare && !isHeld())
            shareRoom();
    });
    connect(m_goThere, &QPushButton::clicked, this, &CompareView::goToDifference);
    connect(&m_store, &Store::lessonChanged, this, &CompareView::refresh);
    connect(&m_store, &Store::runChanged, this, &CompareView::refresh);
    connect(&m_store, &Store::stepChanged, this, &CompareView::refreshClock);
    connect(&m_store, &Store::glideChanged, this, &CompareView::refreshClock);
    connect(&m_store, &Store::themeChanged, this, &CompareView::refresh);
    connect(&m_store.predictions(), &Predictions::changed, this, &CompareView::refresh);
    refresh();
}

bool CompareView::isHeld() const { return m_question->isPut(); }

void CompareView::takeFocus()
{
    isHeld() ? m_question->setFocus() : m_canvas->setFocus();
}

// Nothing of what would answer the question is shown: no total, and nothing that is still to come.
void CompareView::hold()
{
    const bool hadFocus = m_question->isAncestorOf(focusWidget());
    m_question->refresh();
    m_questionRoom->setVisible(isHeld());
    for (QWidget* widget : std::initializer_list<QWidget*>{m_clock, m_scroll, m_difference, m_numberTable, m_taskTable})
        widget->setVisible(!isHeld());
    if (isHeld()) {
        m_goThere->hide();
        m_verdict->hide();
    } else if (hadFocus) {
        m_canvas->setFocus();
    }
}

void CompareView::buildHead()
{
    auto* heading = new QLabel(tr("Compare"), m_head);
    auto* with = new QLabel(tr("with"), m_head);
    setRole(heading, "heading");
    setRole(with, "muted");
    setRole(m_clock, "clock");
    m_first->setAccessibleName(tr("First run, A"));
    m_second->setAccessibleName(tr("Second run, B"));
    setRole(m_swap, "sign");
    m_swap->setText(QStringLiteral("⇄"));
    m_swap->setAccessibleName(tr("Swap the two runs"));
    m_swap->setToolTip(tr("Swap the two runs  (X)"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_first, m_second, m_swap})
        widget->setFocusPolicy(Qt::TabFocus);

    auto* row = new QHBoxLayout(m_head);
    row->setContentsMargins(16, 10, 18, 4);
    row->setSpacing(8);
    row->addWidget(heading);
    row->addSpacing(6);
    row->addWidget(m_first);
    row->addWidget(with);
    row->addWidget(m_second);
    row->addWidget(m_swap);
    row->addStretch(1);
    row->addWidget(m_clock);

    const auto ask = [this] {
        Q_EMIT compareRequested(sideAt(m_store, m_first->currentIndex()), sideAt(m_store, m_second->currentIndex()));
    };
    connect(m_first, &QComboBox::activated, this, ask);
    connect(m_second, &QComboBox::activated, this, ask);
    connect(m_swap, &QPushButton::clicked, this, &CompareView::swapRequested);
}

void CompareView::refreshSides()
{
    QStringList sides;
    for (std::size_t i = 0; i < m_store.lesson().variants.size(); ++i)
        sides += m_store.sideTitle({i, false});
    if (m_store.kept())
        sides += m_store.sideTitle({m_store.kept()->variant, true});
    for (Dropdown* choice : {m_first, m_second}) {
        choice->setArrowColor(themeOf(m_store).textMuted);
        QStringList offered;
        for (int i = 0; i < choice->count(); ++i)
            offered += choice->itemText(i);
        if (offered == sides)
            continue; // a slider moves, and changes none of them
        choice->clear();
        choice->addItems(sides);
        choice->updateGeometry();
    }
    m_first->setCurrentIndex(indexOf(m_store, m_store.comparedSides().first));
    m_second->setCurrentIndex(indexOf(m_store, m_store.comparedSides().second));
}

void CompareView::refresh()
{
    if (m_store.mode() != Mode::Compare)
        return;
    refreshSides();
    hold();
    if (isHeld())
        return;
    const ComparedRuns& runs = m_store.comparison();
    const bool hasBefore = m_store.comparedSides().first.before || m_store.comparedSides().second.before;
    m_goThere->setVisible(runs.numbers.difference.has_value());
    m_difference->setText(runs.numbers.difference
                              ? unbroken(tr("First difference: %1").arg(QString::fromStdString(runs.numbers.difference->sentence)))
                          : hasBefore ? tr("The two runs do not differ: change a value under What if.")
                                      : tr("The two runs do not differ."));
    const QString a = m_store.sideTitle(m_store.comparedSides().first);
    const QString b = m_store.sideTitle(m_store.comparedSides().second);
    m_numbers->set(numberRows(runs.numbers), a, b);
    m_tasks->set(taskRows(runs.tasks), a, b);
    shareRoom();
    refreshClock();
}

// The picture ends with the axis and the verdict. Where it has to scroll, they would be out of sight.
void CompareView::showVerdict(bool pictureScrolls)
{
    m_verdict->setVisible(pictureScrolls);
    m_ruler->setVisible(pictureScrolls && !isHeld());
    if (!pictureScrolls)
        return;
    const CompareWords words = comparisonWords(m_store); // the picture is not laid out yet
    const Theme& look = themeOf(m_store);
    m_verdict->setText(QStringLiteral("<b style=\"color:%1\">%2</b> \u00A0 <span style=\"color:%3\">%4</span>")
                           .arg((words.b_is_better() ? look.ok : look.textStrong).name(),
                                QString::fromStdString(words.verdict).toHtmlEscaped(), look.textMuted.name(),
                                unbroken(QString::fromStdString(words.reason).toHtmlEscaped())));
}

void CompareView::refreshClock()
{
    if (m_store.mode() != Mode::Compare)
        return;
    const auto at = [](TimePoint when) { return tr("t = %1").arg(QString::fromStdString(format_moment(when))); };
    const ComparedRuns& runs = m_store.comparison();
    m_clock->setSteadyText(at(m_store.position().when), {at(std::max(runs.a->spans.end, runs.b->spans.end))});
}

void CompareView::resizeEvent(QResizeEvent*)
{
    if (m_store.mode() == Mode::Compare && !isHeld())
        shareRoom();
}

void CompareView::shareRoom()
{
    m_scroll->setMaximumHeight(m_canvas->tallest());
    constexpr int between = 44; // margins and spacing
    const int words = std::max(m_goThere->sizeHint().height(), m_difference->heightForWidth(m_difference->width()));
    const int rest = height() - m_head->sizeHint().height() - words - between - m_canvas->minimumHeight();
    const int head = m_numberTable->headHeight();
    const int whole = rest >= tableHeight ? tableHeight : head + (rest - head) / rowHeight * rowHeight; // no row is cut
    for (DifferenceTable* table : {m_numberTable, m_taskTable})
        table->setFixedHeight(std::max(whole, smallestTable));
    showVerdict(rest < smallestTable);
}

QRect CompareView::lastRows(const QWidget* in) const
{
    const int below = height() - m_numberTable->geometry().bottom() - 1;
    const int rows = 2 * rowHeight + std::max(0, below);
    return {mapTo(in, QPoint(0, height() - rows)), QSize(width(), rows)};
}

void CompareView::goToDifference()
{
    const ComparedRuns& runs = m_store.comparison();
    if (m_store.mode() != Mode::Compare || isHeld() || !runs.numbers.difference)
        return;
    const auto moment = std::lower_bound(runs.moments.begin(), runs.moments.end(), runs.numbers.difference->when);
    Q_EMIT seekRequested(std::min(runs.moments.size(),
                                  static_cast<std::size_t>(std::distance(runs.moments.begin(), moment)) + 1));
}

} // namespace loopscope::ui
