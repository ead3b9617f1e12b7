#include "ui/parameters_view.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/number_slider.h"
#include "ui/paragraph.h"
#include "ui/picture_texts.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QResizeEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int valueWidth = 40;   // of "1.25 s"
constexpr int stepperWidth = 34; // of a count between its two buttons
constexpr int leastSlider = 56; // that a hand can still set
constexpr int besideSlider = 6; // between label, slider and value
constexpr std::size_t leastRows = 3; // where there is room for hardly any
constexpr double mostSteps = 12; // a count with more values is easier to drag than to press

QString labelOf(const Parameter& parameter)
{
    return QString::fromStdString(parameter.label.empty() ? parameter.name : parameter.label);
}

QString valueText(const Parameter& parameter, double value)
{
    const QString number = QString::fromStdString(format_number(value));
    return parameter.unit.empty() ? number : u"%1 %2"_s.arg(number, QString::fromStdString(parameter.unit));
}

/// Those of a range that have the most digits.
QStringList widestTexts(const Parameter& parameter, const NumberRange& range)
{
    QStringList texts;
    for (const int step : {0, 1, range.last_step() - 1, range.last_step()})
        texts += valueText(parameter, range.number_at(step));
    return texts;
}

} // namespace

struct ParametersView::Row {
    const Parameter* parameter = nullptr;
    QWidget* box = nullptr;
    QGridLayout* grid = nullptr; // of what can stand on one line or on two
    QLabel* label = nullptr;
    SteadyLabel* value = nullptr;
    NumberSlider* slider = nullptr;
    QToolButton* less = nullptr;
    QToolButton* more = nullptr;
    SegmentedControl* choices = nullptr;
};

ParametersView::ParametersView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_reset(new QPushButton(tr("Reset"), this))
    , m_column(nullptr)
{
    setRole(this, "side");
    setAccessibleName(tr("What if"));
    auto* section = new QLabel(tr("WHAT IF"), this);
    setRole(section, "section");
    setRole(m_reset, "link");
    m_reset->setFocusPolicy(Qt::TabFocus);
    m_reset->setAccessibleName(tr("Reset all values"));
    m_reset->setToolTip(tr("Back to the values that the lesson begins with"));

    auto* head = new QHBoxLayout;
    head->setContentsMargins(14, 10, 10, 2);
    head->addWidget(section);
    head->addStretch(1);
    head->addWidget(m_reset);
    m_head = head;

    auto* scroll = new QScrollArea(this);
    m_scroll = scroll;
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    m_body = new QWidget(scroll);
    m_column = new QVBoxLayout(m_body);
    m_column->setContentsMargins(14, 2, 14, 8);
    m_column->setSpacing(9);
    m_fixed = new Paragraph(m_body);
    setRole(m_fixed, "muted");
    m_fixed->setTextFormat(Qt::RichText);
    m_openLesson = new QPushButton(tr("Open its lesson"), m_body);
    setRole(m_openLesson, "link");
    m_openLesson->setFocusPolicy(Qt::TabFocus);
    m_column->addWidget(m_fixed);
    m_column->addWidget(m_openLesson, 0, Qt::AlignLeft);
    m_column->addStretch(1);
    scroll->setWidget(m_body);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(scroll, 1);

    connect(m_openLesson, &QPushButton::clicked, this, [this] {
        if (const auto lesson = lessonOfRecording())
            Q_EMIT lessonRequested(*lesson);
    });
    connect(m_reset, &QPushButton::clicked, this, &ParametersView::resetRequested);
    connect(&m_store, &Store::lessonChanged, this, &ParametersView::rebuild);
    connect(&m_store, &Store::runChanged, this, &ParametersView::refresh);
    connect(&m_store, &Store::themeChanged, this, &ParametersView::refresh);
    rebuild();
}

ParametersView::~ParametersView() = default;

void ParametersView::addToHead(QWidget* widget)
{
    m_head->insertWidget(m_head->indexOf(m_reset), widget);
}

void ParametersView::rebuild()
{
    for (const Row& row : m_rows)
        delete row.box;
    m_rows.clear();
    refreshFixed();
    if (m_store.recording()) {
        m_reset->hide();
        Q_EMIT rowsChanged();
        return;
    }
    for (const Parameter& parameter : m_store.lesson().parameters) {
        if (const auto* choices = std::get_if<Choices>(&parameter.range)) {
            addChoices(parameter, *choices);
            continue;
        }
        const auto& range = std::get<NumberRange>(parameter.range);
        if (range.whole && (range.high - range.low) / range.step <= mostSteps)
            addStepper(parameter, range);
        else
            addNumber(parameter, range);
    }
    arrange();
    refresh();
    Q_EMIT rowsChanged();
}

// What leaves a slider, beside the longest value, as much as a hand needs.
int ParametersView::widestLabel() const
{
    const QMargins around = m_column->contentsMargins();
    const int room = width() - around.left() - around.right() - m_scroll->verticalScrollBar()->sizeHint().width();
    return room - leastSlider - valueRoom() - 2 * besideSlider;
}

// All sliders end at the same place, too.
int ParametersView::valueRoom() const
{
    int room = valueWidth;
    for (const Row& row : m_rows) {
        if (!row.slider)
            continue;
        row.value->ensurePolished(); // of a lesson that has just been opened: else it has another type yet
        for (const QString& text : widestTexts(*row.parameter, std::get<NumberRange>(row.parameter->range)))
            room = std::max(room, static_cast<int>(std::ceil(widthOf(text, row.value->font()))));
    }
    return room;
}

// In one line all sliders begin at the same place, behind the longest label; one that is too long for that
// keeps a line of its own.
void ParametersView::arrange()
{
    const int widest = widestLabel();
    const int values = valueRoom();
    const auto standsInLine = [&](const Row& row) {
        return m_compact && (!row.slider || row.label->sizeHint().width() <= widest);
    };
    int labels = 0;
    for (const Row& row : m_rows)
        if (row.slider && standsInLine(row))
            labels = std::max(labels, row.label->sizeHint().width());
    for (const Row& row : m_rows) {
        if (!row.grid)
            continue;
        const bool inLine = standsInLine(row);
        QWidget* by = row.slider ? static_cast<QWidget*>(row.slider) : row.choices;
        for (QWidget* part : {static_cast<QWidget*>(row.label), by, static_cast<QWidget*>(row.value)})
            if (part)
                row.grid->removeWidget(part);
        row.label->setFixedWidth(inLine && row.slider ? labels : QWIDGETSIZE_MAX);
        row.label->setMinimumWidth(inLine && row.slider ? labels : 0);
        row.grid->addWidget(row.label, 0, 0);
        if (inLine) {
            row.grid->addWidget(by, 0, 1);
        } else {
            row.grid->addWidget(by, 1, 0, 1, 3);
        }
        if (row.value) {
            row.value->setLeastWidth(inLine ? values : 0);
            row.grid->addWidget(row.value, 0, 2);
        }
    }
    m_column->setSpacing(m_compact ? 4 : 9);
}

void ParametersView::setCompact(bool compact)
{
    if (std::exchange(m_compact, compact) != compact)
        arrange();
}

void ParametersView::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (m_compact && event->size().width() != event->oldSize().width())
        arrange();
}

// As they are now it is known; for the other way of arranging them it is near enough to decide by.
int ParametersView::heightOf(std::size_t rows, bool compact) const
{
    constexpr int sliderLine = 22;
    constexpr int choicesLine = 34;
    constexpr int labelLine = 18;
    const int gap = compact ? 4 : 9;
    const QMargins around = m_column->contentsMargins();
    int height = m_head->sizeHint().height() + layout()->spacing() + around.top() + around.bottom();
    const int room = width() - around.left() - around.right();
    if (!m_fixed->isHidden()) // a recording has this, and no rows
        height += m_fixed->heightForWidth(room) + gap;
    if (!m_openLesson->isHidden())
        height += m_openLesson->sizeHint().height() + gap;
    for (const Row& row : m_rows) {
        if (row.box->isHidden() || rows == 0)
            continue;
        --rows;
        const int other = (row.choices ? choicesLine : sliderLine) + (compact ? 0 : labelLine);
        height += (compact == m_compact || !row.grid ? row.box->sizeHint().height() : other) + gap;
    }
    return height;
}

int ParametersView::fullHeight(bool compact) const { return heightOf(m_rows.size(), compact); }

int ParametersView::leastHeight(bool compact) const
{
    return heightOf(leastRows, compact) - (m_rows.size() > leastRows ? m_column->contentsMargins().bottom() : 0);
}

int ParametersView::wholeRows(int height) const
{
    if (height >= fullHeight(m_compact))
        return fullHeight(m_compact);
    int whole = 0;
    for (std::size_t rows = leastRows; rows < m_rows.size(); ++rows)
        if (const int its = heightOf(rows, m_compact) - m_column->contentsMargins().bottom(); rows == leastRows || its <= height)
            whole = its;
    return whole > 0 ? whole : height;
}

std::optional<std::size_t> ParametersView::lessonOfRecording() const
{
    const auto lessons = m_store.lessons();
    const auto found = std::find_if(lessons.begin(), lessons.end(),
                                    [&](const Lesson& lesson) { return lesson.id == m_store.lesson().id; });
    return found == lessons.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - lessons.begin()));
}

// What happened cannot be changed; so a recording tells its values instead.
void ParametersView::refreshFixed()
{
    const bool recording = m_store.recording() != nullptr;
    const QString values = recording
        ? valuesText(m_store.lesson(), {m_store.variant().name}, m_store.values()).replace(u" · "_s, u", "_s)
        : QString();
    const QString why = tr("A recording is a run as it was; nothing in it can be changed.");
    m_fixed->setText(richText((values.isEmpty() ? why : tr("%1 It ran with: %2.").arg(why, values)).toStdString()));
    m_fixed->setVisible(recording);
    m_openLesson->setVisible(recording && lessonOfRecording());
    m_openLesson->setToolTip(tr("To run it with other values"));
}

void ParametersView::addNumber(const Parameter& parameter, const NumberRange& range)
{
    Row row{.parameter = &parameter, .box = new QWidget(m_body)};
    auto* label = new QLabel(labelOf(parameter), row.box);
    row.value = new SteadyLabel(row.box);
    setRole(row.value, "code");
    row.slider = new NumberSlider(range, row.box);
    row.slider->setAccessibleName(labelOf(parameter));
    row.slider->setToolTip(tr("%1, from %2 to %3").arg(labelOf(parameter), valueText(parameter, range.low),
                                                      valueText(parameter, range.high)));
    label->setBuddy(row.slider);

    row.label = label;
    row.value->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    row.grid = new QGridLayout(row.box);
    row.grid->setContentsMargins(0, 0, 0, 0);
    row.grid->setHorizontalSpacing(besideSlider);
    row.grid->setVerticalSpacing(1);
    row.grid->setColumnStretch(1, 1);
    m_column->insertWidget(m_column->count() - 1, row.box);

    connect(row.slider, &QSlider::sliderPressed, this, [this] {
        ++m_gesture;
        m_dragging = true;
    });
    connect(row.slider, &QSlider::sliderReleased, this, [this] { m_dragging = false; });
    connect(row.slider, &QSlider::valueChanged, this, [this, name = parameter.name, range](int position) {
        request(name, range.number_at(position));
    });
    m_rows.push_back(row);
}

void ParametersView::addStepper(const Parameter& parameter, const NumberRange& range)
{
    Row row{.parameter = &parameter, .box = new QWidget(m_body)};
    auto* label = new QLabel(labelOf(parameter), row.box);
    row.less = new QToolButton(row.box);
    row.more = new QToolButton(row.box);
    row.value = new SteadyLabel(row.box);
    setRole(row.value, "clock");
    row.value->setAlignment(Qt::AlignCenter);
    row.value->setLeastWidth(stepperWidth);
    row.less->setText(u"−"_s);
    row.more->setText(u"+"_s);
    row.less->setAccessibleName(tr("Less: %1").arg(labelOf(parameter)));
    row.more->setAccessibleName(tr("More: %1").arg(labelOf(parameter)));
    setRole(row.less, "stepper");
    setRole(row.more, "stepper");

    auto* words = new QHBoxLayout(row.box);
    words->setContentsMargins(0, 0, 0, 2);
    words->setSpacing(4);
    words->addWidget(label);
    words->addStretch(1);
    words->addWidget(row.less);
    words->addWidget(row.value);
    words->addWidget(row.more);
    m_column->insertWidget(m_column->count() - 1, row.box);

    for (const auto& [button, by] : {std::pair(row.less, -1), std::pair(row.more, 1)}) {
        button->setFocusPolicy(Qt::TabFocus);
        button->setAutoRepeat(true);
        connect(button, &QToolButton::clicked, this, [this, name = parameter.name, range, by = by] {
            const int step = range.step_of(m_store.values().number(name)) + by;
            if (step >= 0 && step <= range.last_step())
                request(name, range.number_at(step));
        });
    }
    m_rows.push_back(row);
}

void ParametersView::addChoices(const Parameter& parameter, const Choices& choices)
{
    Row row{.parameter = &parameter, .box = new QWidget(m_body)};
    auto* label = new QLabel(labelOf(parameter), row.box);
    row.choices = new SegmentedControl(row.box);
    row.choices->setName(labelOf(parameter));
    QList<SegmentedControl::Item> items;
    for (const std::string& word : choices.words)
        items.append({QString::fromStdString(word), {}});
    row.choices->setItems(items);

    row.label = label;
    row.grid = new QGridLayout(row.box);
    row.grid->setContentsMargins(0, 0, 0, 2);
    row.grid->setHorizontalSpacing(8);
    row.grid->setVerticalSpacing(5);
    row.grid->setColumnStretch(1, 1);
    m_column->insertWidget(m_column->count() - 1, row.box);

    connect(row.choices, &SegmentedControl::chosen, this,
            [this, name = parameter.name, words = choices.words](int index) {
                request(name, words[static_cast<std::size_t>(index)]);
            });
    m_rows.push_back(row);
}

void ParametersView::request(const std::string& name, std::variant<double, std::string> value)
{
    if (!m_dragging)
        ++m_gesture;
    Values values = m_store.values();
    std::visit([&](auto&& chosen) { values.set(name, chosen); }, std::move(value));
    Q_EMIT valuesRequested(values, QString::fromStdString(name), m_gesture);
}

bool ParametersView::matters(const Parameter& parameter) const
{
    if (m_store.mode() != Mode::Compare)
        return loopscope::matters(m_store.variant(), parameter, m_store.values());
    const auto [a, b] = m_store.comparedVariants();
    const auto& variants = m_store.lesson().variants;
    return loopscope::matters(variants[a], parameter, m_store.values())
        || loopscope::matters(variants[b], parameter, m_store.values());
}

void ParametersView::refresh()
{
    if (m_store.recording())
        return;
    const Values& values = m_store.values();
    bool others = false;
    for (const Row& row : m_rows) {
        const Parameter& parameter = *row.parameter;
        others = others || row.box->isHidden() == matters(parameter);
        row.box->setVisible(matters(parameter));
        if (row.choices) {
            const std::vector<std::string>& words = std::get<Choices>(parameter.range).words;
            const auto found = std::find(words.begin(), words.end(), values.word(parameter.name));
            row.choices->setCurrent(static_cast<int>(std::distance(words.begin(), found)));
            row.choices->setArrowColor(themeOf(m_store).textMuted);
            continue;
        }
        const auto& range = std::get<NumberRange>(parameter.range);
        const double value = values.number(parameter.name);
        row.value->setSteadyText(valueText(parameter, value), widestTexts(parameter, range));
        if (row.slider) {
            const QSignalBlocker quiet(row.slider);
            row.slider->setNumber(value);
        } else {
            row.less->setEnabled(value > range.low);
            row.more->setEnabled(value < range.high);
            for (QToolButton* button : {row.less, row.more})
                button->setAccessibleDescription(row.value->text());
        }
    }
    m_reset->setEnabled(!(values == initial_values(m_store.lesson())));
    m_reset->setVisible(!m_rows.empty());
    if (others)
        Q_EMIT rowsChanged();
}

} // namespace loopscope::ui
