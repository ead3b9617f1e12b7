#include "ui/transport_bar.h"

#include "ui/controls.h"
#include "ui/marks_buttons.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>
#include <array>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int shortestTitle = 90; // a shorter one tells nothing; the list of lessons has it too
constexpr int shortestList = 110; // of variants
constexpr int longestTitle = 300; // beyond that it is the title that gives way
constexpr std::array speeds{0.25, 0.5, 1.0, 2.0, 4.0};

} // namespace

TransportBar::TransportBar(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_brand(new QLabel(u"Loopscope"_s, this)) // a name is the same in every language
    , m_lesson(new ElidedLabel(this))
    , m_first(makeGlyphButton(tr("First event"), tr("Home"), this))
    , m_back(makeGlyphButton(tr("Step back"), u"←"_s, this))
    , m_play(makeGlyphButton(tr("Play"), tr("Space"), this))
    , m_forward(makeGlyphButton(tr("Step forward"), u"→"_s, this))
    , m_last(makeGlyphButton(tr("Last event"), tr("End"), this))
    , m_stepBy(new Dropdown(this))
    , m_speed(new Dropdown(this))
    , m_marks(new MarksButtons(store, this))
    , m_variants(new SegmentedControl(this))
    , m_export(new QPushButton(tr("Export…"), this))
    , m_theme(makeGlyphButton(tr("Dark or light"), tr("Ctrl+T"), this))
    , m_help(makeGlyphButton(tr("Keys and settings"), u"?"_s, this))
{
    setRole(this, "bar");
    setAccessibleName(tr("Transport"));

    setRole(m_brand, "brand");
    setRole(m_lesson, "lesson");
    setRole(m_play, "play");

    m_stepBy->setPrefix(tr("Step by  "));
    m_stepBy->setAccessibleName(tr("Step by"));
    m_stepBy->addItems({tr("Event"), tr("Switch"), tr("Iteration")});
    m_stepBy->setFixedWidth(m_stepBy->sizeHint().width()); // a task's name must not move the others
    m_stepBy->addItem(tr("Follow"));
    m_stepBy->setFocusPolicy(Qt::TabFocus);
    m_speed->setAccessibleName(tr("Speed of playback"));
    m_speed->setToolTip(tr("Speed of playback"));
    for (const double speed : speeds)
        m_speed->addItem(tr("%1×").arg(speed));
    m_speed->setFocusPolicy(Qt::TabFocus);
    m_variants->setName(tr("Variant"));
    m_export->setToolTip(tr("Save this picture as PNG, SVG or PDF  (Ctrl+E)"));
    m_export->setAccessibleName(tr("Export"));
    m_export->setFocusPolicy(Qt::TabFocus);

    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(4);
    for (QToolButton* button : {m_first, m_back, m_play, m_forward, m_last})
        buttons->addWidget(button);

    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 10, 16, 10);
    row->setSpacing(8);
    row->addWidget(m_brand);
    row->addSpacing(10);
    row->addWidget(m_lesson, 100);
    row->addStretch(1);
    row->addLayout(buttons);
    row->addWidget(m_stepBy);
    row->addWidget(m_speed);
    row->addSpacing(4); // what is marked is not the transport
    row->addWidget(m_marks);
    row->addSpacing(4);
    row->addWidget(m_variants);
    row->addSpacing(4);
    row->addWidget(m_export);
    row->addWidget(m_theme);
    row->addWidget(m_help);
    m_help->setText(u"?"_s);

    connect(m_first, &QToolButton::clicked, this, &TransportBar::firstRequested);
    connect(m_back, &QToolButton::clicked, this, &TransportBar::backRequested);
    connect(m_play, &QToolButton::clicked, this, &TransportBar::playRequested);
    connect(m_forward, &QToolButton::clicked, this, &TransportBar::forwardRequested);
    connect(m_last, &QToolButton::clicked, this, &TransportBar::lastRequested);
    connect(m_stepBy, &QComboBox::activated, this,
            [this](int index) { Q_EMIT stepByRequested(static_cast<StepBy>(index)); });
    connect(m_speed, &QComboBox::activated, this,
            [this](int index) { Q_EMIT speedRequested(speeds[static_cast<std::size_t>(index)]); });
    connect(m_variants, &SegmentedControl::chosen, this, [this](int index) {
        const auto chosen = static_cast<std::size_t>(index);
        if (chosen < m_store.lesson().variants.size())
            Q_EMIT variantRequested(chosen);
        else
            Q_EMIT compareRequested();
    });
    connect(m_export, &QPushButton::clicked, this, &TransportBar::exportRequested);
    connect(m_theme, &QToolButton::clicked, this, &TransportBar::themeToggleRequested);

    connect(m_help, &QToolButton::clicked, this, &TransportBar::helpRequested);

    connect(&m_store, &Store::lessonChanged, this, &TransportBar::refreshLesson);
    connect(&m_store, &Store::runChanged, this, &TransportBar::refreshChoice);
    connect(&m_store, &Store::runChanged, this, &TransportBar::refreshPlayback);
    connect(&m_store, &Store::stepChanged, this, &TransportBar::refreshPlayback);
    connect(&m_store, &Store::playbackChanged, this, &TransportBar::refreshPlayback);
    connect(&m_store.predictions(), &Predictions::changed, this, &TransportBar::refreshPlayback);
    for (auto signal : {&Store::runChanged, &Store::stepChanged, &Store::selectionChanged, &Store::playbackChanged})
        connect(&m_store, signal, this, &TransportBar::refreshFollowed);
    connect(&m_store, &Store::themeChanged, this, &TransportBar::refreshTheme);
    refreshLesson();
    refreshFollowed();
    refreshTheme();
}

void TransportBar::refreshLesson()
{
    const Lesson& lesson = m_store.lesson();
    const QString title = QString::fromStdString(lesson.title);
    const OpenRecording* recording = m_store.recording();
    m_lesson->setFullText(!recording      ? tr("%1  %2").arg(lesson.number).arg(title)
                              : title.isEmpty() ? recording->name()
                                                : tr("%1 · %2").arg(recording->name(), title));
    QList<SegmentedControl::Item> items;
    for (const Variant& variant : lesson.variants)
        items.append({QString::fromStdString(variant.title),
                      tr("%1  (%2)").arg(plainText(variant.summary)).arg(items.size() + 1)});
    if (!recording)
        items.append({tr("Compare"), tr("Two variants on one axis of time  (C)")});
    m_variants->setItems(items);
    shareOut();
    refreshChoice();
}

void TransportBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    shareOut();
}

void TransportBar::shareOut()
{
    // Which lesson this is comes first; for that the variants become a list, and then the program's own
    // name goes, which stands on the window's frame too.
    m_lesson->show();
    m_brand->show();
    m_variants->setMaximumWidth(QWIDGETSIZE_MAX);
    const int wanted = std::min(m_lesson->sizeHint().width(), longestTitle);
    const int others = layout()->sizeHint().width() - m_variants->sizeHint().width() - m_lesson->sizeHint().width();
    m_variants->setCompact(others + m_variants->fullWidth() + wanted > width());
    const int room = width() - others - m_variants->sizeHint().width();
    m_brand->setVisible(room >= wanted);
    const int withoutBrand = room + (m_brand->isHidden() ? m_brand->sizeHint().width() + layout()->spacing() : 0);
    // A list of variants tells the chosen one's whole name on hover, so it can be short.
    const int list = m_variants->sizeHint().width();
    const int shorter = m_variants->isCompact() ? std::clamp(list - (wanted - withoutBrand), std::min(list, shortestList), list) : list;
    if (shorter < list)
        m_variants->setMaximumWidth(shorter);
    m_lesson->setVisible(withoutBrand + list - shorter >= std::min(wanted, shortestTitle));
}

void TransportBar::refreshChoice()
{
    const bool comparing = m_store.mode() == Mode::Compare;
    m_variants->setCurrent(static_cast<int>(comparing ? m_store.lesson().variants.size()
                                                      : m_store.variantIndex()));
    m_stepBy->setEnabled(!comparing); // a comparison goes from moment to moment
    refreshPlayback();
}

void TransportBar::refreshPlayback()
{
    // A comparison that waits for an answer shows nothing that could be stepped through.
    const bool held = m_store.mode() == Mode::Compare && m_store.predictions().wouldSpoil();
    const bool atStart = held || m_store.step() == 0;
    const bool atEnd = held || m_store.step() == m_store.lastStep();
    m_play->setEnabled(!held);
    m_first->setEnabled(!atStart);
    m_back->setEnabled(!atStart);
    m_forward->setEnabled(!atEnd);
    m_last->setEnabled(!atEnd);

    const Theme& theme = themeOf(m_store);
    const Glyph glyph = m_store.isPlaying() ? Glyph::Pause : Glyph::Play;
    setIconOf(m_play, QString::number(static_cast<int>(glyph)) + theme.onPlayhead.name() + theme.textFaint.name(),
              [&] { return glyphIcon(glyph, theme.onPlayhead, theme.textFaint); });
    const QString name = m_store.isPlaying() ? tr("Pause") : tr("Play");
    m_play->setAccessibleName(name);
    m_play->setToolTip(tr("%1  (Space)").arg(name));

    m_stepBy->setCurrentIndex(static_cast<int>(m_store.stepBy()));
    for (std::size_t i = 0; i < speeds.size(); ++i)
        if (speeds[i] == m_store.speed())
            m_speed->setCurrentIndex(static_cast<int>(i));
}

void TransportBar::refreshFollowed()
{
    constexpr int follow = static_cast<int>(StepBy::Task);
    const TaskId task = m_store.mode() == Mode::Run ? m_store.followed() : TaskId{};
    const QString name = task ? QString::fromStdString(m_store.trace().display_name(task)) : tr("a task");
    const bool following = m_store.stepBy() == StepBy::Task;
    const bool chosen = static_cast<bool>(m_store.selection());
    if (const QString text = tr("Follow %1").arg(name); m_stepBy->itemText(follow) != text) // at most steps it is
        m_stepBy->setItemText(follow, text);
    const QString stops = tr("Stops where %1 runs, waits, is woken and ends").arg(name);
    if (const QString tip = chosen ? stops : stops + u'\n' + tr("No task is selected: select one to follow that.");
        m_stepBy->itemData(follow, Qt::ToolTipRole).toString() != tip)
        m_stepBy->setItemData(follow, tip, Qt::ToolTipRole);
    m_stepBy->setPrefix(following ? QString() : tr("Step by  "));
    m_stepBy->setToolTip(following ? tr("A step goes to where %1 runs, waits, is woken or ends. Select another task to "
                                        "follow that one; T goes back to single events.")
                                         .arg(name)
                                   : tr("How far one step goes  (T follows the selected task)"));
}

void TransportBar::refreshTheme()
{
    const Theme& theme = themeOf(m_store);
    m_first->setIcon(glyphIcon(Glyph::First, theme.textStrong, theme.textFaint));
    m_back->setIcon(glyphIcon(Glyph::Back, theme.textStrong, theme.textFaint));
    m_forward->setIcon(glyphIcon(Glyph::Forward, theme.textStrong, theme.textFaint));
    m_last->setIcon(glyphIcon(Glyph::Last, theme.textStrong, theme.textFaint));
    m_theme->setIcon(glyphIcon(Glyph::Theme, theme.textStrong, theme.textFaint));
    m_stepBy->setArrowColor(theme.textMuted);
    m_speed->setArrowColor(theme.textMuted);
    m_variants->setArrowColor(theme.textMuted);
    refreshPlayback();
}

} // namespace loopscope::ui
