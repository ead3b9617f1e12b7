#include "ui/compare_view.h"

#include "core/base/format.h"

#include "ui/compare_canvas.h"
#include "ui/controls.h"
#include "ui/style.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace loopscope::ui {
namespace {

/// What is worth a column when two runs stand below each other, with its name.
std::vector<std::pair<QString, QString>> figures(const RunStats& stats)
{
    const auto duration = [](Duration span) { return QString::fromStdString(format_duration(span)); };
    return {{CompareView::tr("total"), duration(stats.total)},
            {CompareView::tr("busy"), duration(stats.busy)},
            {CompareView::tr("idle"), duration(stats.idle)},
            {CompareView::tr("waiting"), duration(stats.waiting)},
            {CompareView::tr("switches"), QString::number(stats.switches)},
            {CompareView::tr("tasks"), QString::number(stats.tasks)},
            {CompareView::tr("peak in flight"), QString::number(stats.peak_in_flight)}};
}

} // namespace

CompareView::CompareView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_first(new Dropdown(this))
    , m_second(new Dropdown(this))
    , m_clock(new QLabel(this))
    , m_canvas(new CompareCanvas(store, this))
    , m_difference(new ElidedLabel(this))
    , m_goThere(new QPushButton(tr("Go there"), this))
    , m_numbers(new QGridLayout)
{
    setRole(this, "canvas");
    setAccessibleName(tr("Compare"));
    auto* heading = new QLabel(tr("Compare"), this);
    auto* with = new QLabel(tr("with"), this);
    setRole(heading, "heading");
    setRole(with, "muted");
    setRole(m_clock, "clock");
    setRole(m_difference, "muted");
    setRole(m_goThere, "link");
    m_first->setAccessibleName(tr("First variant"));
    m_second->setAccessibleName(tr("Second variant"));
    m_goThere->setAccessibleName(tr("Go to the first difference"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_first, m_second, m_goThere})
        widget->setFocusPolicy(Qt::TabFocus);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(16, 10, 18, 4);
    head->setSpacing(10);
    head->addWidget(heading);
    head->addSpacing(6);
    head->addWidget(m_first);
    head->addWidget(with);
    head->addWidget(m_second);
    head->addStretch(1);
    head->addWidget(m_clock);

    auto* difference = new QHBoxLayout;
    difference->setContentsMargins(24, 8, 18, 0);
    difference->addWidget(m_difference);
    difference->addWidget(m_goThere);
    difference->addStretch(1);
    m_numbers->setContentsMargins(24, 10, 24, 18);
    m_numbers->setHorizontalSpacing(18);
    m_numbers->setVerticalSpacing(5);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addLayout(head);
    column->addWidget(m_canvas, 100);
    column->addLayout(difference);
    column->addLayout(m_numbers);
    column->addStretch(1);

    const auto ask = [this] {
        Q_EMIT compareRequested(static_cast<std::size_t>(m_first->currentIndex()),
                                static_cast<std::size_t>(m_second->currentIndex()));
    };
    connect(m_first, &QComboBox::activated, this, ask);
    connect(m_second, &QComboBox::activated, this, ask);
    connect(m_canvas, &CompareCanvas::seekRequested, this, &CompareView::seekRequested);
    connect(m_goThere, &QPushButton::clicked, this, [this] {
        const ComparedRuns& runs = m_store.comparison();
        if (!runs.numbers.difference)
            return;
        const auto moment = std::lower_bound(runs.moments.begin(), runs.moments.end(),
                                             runs.numbers.difference->when);
        Q_EMIT seekRequested(
            std::min(runs.moments.size(),
                     static_cast<std::size_t>(std::distance(runs.moments.begin(), moment)) + 1));
    });
    connect(&m_store, &Store::lessonChanged, this, &CompareView::refreshLesson);
    connect(&m_store, &Store::runChanged, this, &CompareView::refresh);
    connect(&m_store, &Store::stepChanged, this, &CompareView::refreshClock);
    connect(&m_store, &Store::glideChanged, this, &CompareView::refreshClock);
    connect(&m_store, &Store::themeChanged, this, &CompareView::refresh);
    refreshLesson();
}

void CompareView::refreshLesson()
{
    for (Dropdown* choice : {m_first, m_second}) {
        choice->clear();
        for (const Variant& variant : m_store.lesson().variants)
            choice->addItem(QString::fromStdString(variant.title));
    }
    refresh();
}

void CompareView::refresh()
{
    if (m_store.mode() != Mode::Compare)
        return;
    m_first->setCurrentIndex(static_cast<int>(m_store.comparedVariants().first));
    m_second->setCurrentIndex(static_cast<int>(m_store.comparedVariants().second));
    m_first->setArrowColor(themeOf(m_store).textMuted);
    m_second->setArrowColor(themeOf(m_store).textMuted);
    const Comparison& numbers = m_store.comparison().numbers;
    m_goThere->setVisible(numbers.difference.has_value());
    m_difference->setFullText(numbers.difference
                              ? tr("First difference: %1").arg(QString::fromStdString(numbers.difference->sentence))
                              : tr("The two runs do not differ."));
    refreshNumbers();
    refreshClock();
}

void CompareView::refreshClock()
{
    if (m_store.mode() == Mode::Compare)
        m_clock->setText(tr("t = %1").arg(QString::fromStdString(format_moment(m_store.position().when))));
}

void CompareView::refreshNumbers()
{
    const ComparedRuns& runs = m_store.comparison();
    const std::vector<std::pair<QString, QString>> a = figures(runs.numbers.a);
    const std::vector<std::pair<QString, QString>> b = figures(runs.numbers.b);
    const auto set = [this](int row, int column, const QString& text, const char* role) {
        QLayoutItem* item = m_numbers->itemAtPosition(row, column);
        QLabel* label = item ? static_cast<QLabel*>(item->widget()) : nullptr;
        if (!label) {
            label = new QLabel(this);
            setRole(label, role);
            m_numbers->addWidget(label, row, column);
        }
        label->setText(text);
    };
    const Lesson& lesson = m_store.lesson();
    const auto [first, second] = m_store.comparedVariants();
    set(1, 0, QString::fromStdString(lesson.variants[first].title), "muted");
    set(2, 0, QString::fromStdString(lesson.variants[second].title), "muted");
    for (int i = 0; i < static_cast<int>(a.size()); ++i) {
        set(0, i + 1, a[static_cast<std::size_t>(i)].first, "small");
        set(1, i + 1, a[static_cast<std::size_t>(i)].second, "clock");
        set(2, i + 1, b[static_cast<std::size_t>(i)].second, "clock");
    }
}

} // namespace loopscope::ui
