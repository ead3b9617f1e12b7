#include "ui/lesson_list.h"

#include "core/base/format.h"

#include "ui/controls.h"
#include "ui/drawn_icon.h"
#include "ui/lesson_model.h"
#include "ui/lesson_rows.h"
#include "ui/listing.h"
#include "ui/paragraph.h"
#include "ui/style.h"
#include "ui/text_scroll.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int footMargin = 14;
constexpr int footSpacing = 6;

QLabel* makeParagraph(const char* role, QWidget* parent)
{
    auto* label = new Paragraph(parent);
    setRole(label, role);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

LessonList::LessonList(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_search(new QLineEdit(this))
    , m_filter(new LessonFilter(this))
    , m_list(new LessonListView(this))
    , m_nothing(new QLabel(tr("No lesson has these words.\nTry another one."), this))
    , m_open(new QPushButton(tr("Open a recording…"), this))
    , m_save(makeGlyphButton(tr("Save this run as a recording"), tr("Ctrl+S"), this))
{
    m_nothing->setWordWrap(true);
    setRole(this, "side");
    setMinimumWidth(180);
    m_search->setPlaceholderText(tr("Search lessons"));
    m_search->setAccessibleName(tr("Search lessons"));
    m_search->setClearButtonEnabled(true);
    m_search->setFocusPolicy(Qt::ClickFocus);
    m_filter->setSourceModel(new LessonModel(m_store, this));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new LessonDelegate(m_store, m_list));
    m_list->setAccessibleName(tr("Lessons"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust); // a narrow list gives long titles a second line
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_nothing->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    setRole(m_nothing, "muted");
    m_nothing->hide();

    auto* upper = new QWidget(this);
    auto* upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(4);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(14, 14, 14, 2);
    searchRow->addWidget(m_search);
    upperColumn->addLayout(searchRow);
    upperColumn->addWidget(m_list, 1);
    upperColumn->addWidget(m_nothing, 1);

    auto* split = new QSplitter(Qt::Vertical, this);
    split->setHandleWidth(1);
    split->addWidget(upper);
    split->addWidget(buildAbout());
    split->setStretchFactor(0, 2); // a low window takes from both
    split->setStretchFactor(1, 1);
    // A short list leaves its room to the text; a long one takes two thirds.
    const int rows = m_filter->rowCount();
    split->setSizes({std::clamp(70 + rows * LessonDelegate::chapterHeight, 170, 560), 300});
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(split, 1);
    column->addWidget(buildFoot());
    connectList();
    refresh();
}

QListView& LessonList::list() { return *m_list; }

QWidget* LessonList::buildAbout()
{
    auto* about = new QWidget(this);
    m_section = new QLabel(about);
    setRole(m_section, "section");
    m_question = makeParagraph("heading", about);
    m_needs = makeParagraph("small", about);
    m_text = makeParagraph("muted", about);
    m_takeaway = makeParagraph("plain", about);
    auto* column = new QVBoxLayout(about);
    column->setContentsMargins(18, 14, 14, 14);
    column->setSpacing(8);
    for (QLabel* label : {m_section, m_question, m_needs, m_text, m_takeaway})
        column->addWidget(label);
    column->addStretch(1);
    auto* scroll = new TextScroll(tr("About this lesson"), this);
    scroll->setWidget(about);
    return scroll;
}

QWidget* LessonList::buildFoot()
{
    auto* foot = new QWidget(this);
    m_open->setToolTip(tr("A run that was saved as a file; it can be dropped on the window, too  (Ctrl+O)"));
    m_open->setAccessibleName(tr("Open a recording"));
    auto* row = new QHBoxLayout(foot);
    row->setContentsMargins(footMargin, 8, footMargin, 12);
    row->setSpacing(footSpacing);
    row->addWidget(m_open, 1);
    row->addWidget(m_save);
    m_open->setFocusPolicy(Qt::TabFocus);
    refreshIcons();
    connect(&m_store, &Store::themeChanged, this, &LessonList::refreshIcons);
    connect(m_open, &QPushButton::clicked, this, &LessonList::openRequested);
    connect(m_save, &QToolButton::clicked, this, &LessonList::saveRequested);
    connect(&m_store, &Store::runChanged, this, [this] { m_save->setEnabled(m_store.mode() == Mode::Run); });
    return foot;
}

void LessonList::connectList()
{
    connect(m_list, &QListView::clicked, this, &LessonList::open);
    connect(m_list, &QListView::activated, this, &LessonList::open);
    connect(m_list, &LessonListView::closeRequested, this, [this](const QModelIndex& index) {
        Q_EMIT closeRequested(static_cast<std::size_t>(index.data(RecordingIndexRole).toInt()));
    });
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& search) {
        m_filter->setSearch(search);
        showFound();
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this] {
        for (int row = 0; row < m_filter->rowCount(); ++row)
            if (const QModelIndex index = m_filter->index(row, 0); !index.data(IsChapterRole).toBool()) {
                open(index);
                return;
            }
    });
    connect(&m_store, &Store::recordingsChanged, this, &LessonList::showFound);
    connect(&m_store, &Store::lessonChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::lessonChanged, this, &LessonList::showOpen);
    connect(&m_store, &Store::lessonChanged, this, &LessonList::refresh);
    connect(&m_store, &Store::lessonChanged, this, &LessonList::revealOpen);
    connect(&m_store, &Store::progressChanged, this, &LessonList::refresh);
    connect(&m_store, &Store::themeChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::runChanged, this, &LessonList::refreshTakeaway);
    connect(&m_store, &Store::stepChanged, this, &LessonList::refreshTakeaway);
}

void LessonList::open(const QModelIndex& index)
{
    const int lesson = index.data(LessonIndexRole).toInt();
    const int recording = index.data(RecordingIndexRole).toInt();
    if (lesson >= 0)
        Q_EMIT lessonRequested(static_cast<std::size_t>(lesson));
    else if (recording >= 0)
        Q_EMIT recordingRequested(static_cast<std::size_t>(recording));
}

// A search that hides what is open has been answered.
void LessonList::showOpen()
{
    const auto isOpen = [this](const QModelIndex& index) {
        return !m_store.recording() && index.data(LessonIndexRole).toInt() == static_cast<int>(m_store.lessonIndex());
    };
    for (int row = 0; row < m_filter->rowCount(); ++row)
        if (m_store.recording() || isOpen(m_filter->index(row, 0)))
            return;
    m_search->clear();
}

void LessonList::showFound()
{
    const bool found = m_filter->rowCount() > 0;
    m_list->setVisible(found);
    m_nothing->setVisible(!found);
}

void LessonList::refreshIcons()
{
    const Theme& look = themeOf(m_store);
    m_save->setIcon(drawnIcon(drawSave, look.textStrong, look.textFaint));
}

// A narrow list has room for the verb alone.
void LessonList::fitFoot()
{
    const QString whole = tr("Open a recording…");
    constexpr int padding = 28; // of the button
    const int room = width() - footMargin * 2 - footSpacing - m_save->sizeHint().width();
    const bool fits = m_open->fontMetrics().horizontalAdvance(whole) + padding <= room;
    m_open->setText(fits ? whole : tr("Open…"));
}

void LessonList::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    fitFoot();
}

// What is open stands somewhere in a long list, a recording at its end.
void LessonList::revealOpen()
{
    for (int row = 0; row < m_filter->rowCount(); ++row) {
        const QModelIndex index = m_filter->index(row, 0);
        const int recording = index.data(RecordingIndexRole).toInt();
        const bool open = recording >= 0
            ? m_store.recordings()[static_cast<std::size_t>(recording)].get() == m_store.recording()
            : !m_store.recording() && index.data(LessonIndexRole).toInt() == static_cast<int>(m_store.lessonIndex());
        if (!open || index.data(IsChapterRole).toBool())
            continue;
        const bool inView = m_list->viewport()->rect().contains(m_list->visualRect(index));
        m_list->setCurrentIndex(index);
        m_list->scrollTo(index, inView ? QAbstractItemView::EnsureVisible : QAbstractItemView::PositionAtCenter);
    }
}

void LessonList::showEvent(QShowEvent* event)
{
    QWidget::showEvent(event);
    QMetaObject::invokeMethod(this, &LessonList::revealOpen, Qt::QueuedConnection); // when the list has its height
}

void LessonList::refresh()
{
    m_section->setText(m_store.recording() ? tr("THIS RECORDING") : tr("THIS LESSON"));
    if (m_store.recording()) {
        refreshRecording(*m_store.recording());
        return;
    }
    const Lesson& lesson = m_store.lesson();
    m_question->setText(richText(lesson.question));
    m_text->setText(richText(lesson.versions.empty() ? lesson.text : lesson.text + " " + lesson.versions));
    m_takeaway->setText(richText(lesson.takeaway));
    QStringList before;
    for (const Lesson* needed : missing_before(m_store.lessons(), lesson, m_store.progress()))
        before += tr("“%1”").arg(QString::fromStdString(needed->title));
    m_needs->setText(richText(tr("Builds on %1.").arg(listed(before)).toStdString()));
    m_needs->setVisible(!before.empty());
    refreshTakeaway();
}

void LessonList::refreshRecording(const OpenRecording& recording)
{
    const Lesson& lesson = recording.lesson;
    const Variant& variant = lesson.variants.front();
    const RunData& run = m_store.run();
    const QString of = QString::fromStdString(variant.title.empty() ? variant.name : variant.title);
    const QString events = QString::fromStdString(format_count(run.trace().size(), "event"));
    const QString tasks = QString::fromStdString(format_count(run.stats.tasks, "task"));
    const QString length = QString::fromStdString(format_duration(run.stats.total));
    const QString told = recording.damage.isEmpty()
        ? tr("It %1 after %2: %3 in %4.").arg(QString::fromStdString(describe(run.run)), length, events, tasks)
        : tr("The file is damaged: its first %1 of %2 are shown, up to %3.").arg(events, tasks, length);
    m_question->setText(richText(lesson.title.empty() ? recording.name().toStdString() : lesson.title));
    m_needs->setText(richText(of.toStdString()));
    m_needs->setVisible(!of.isEmpty());
    m_text->setText(richText(told.toStdString()));
    m_takeaway->hide();
    revealOpen();
}

// The sentence to take home is the answer: it waits until the run has been seen.
void LessonList::refreshTakeaway()
{
    const bool seen = m_store.mode() == Mode::Compare || m_store.reached() >= m_store.trace().size();
    m_takeaway->setVisible(seen && !m_store.recording());
}

} // namespace loopscope::ui
