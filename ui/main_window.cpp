#include "ui/main_window.h"

#include "ui/accessible_roles.h"
#include "ui/before_button.h"
#include "ui/challenge_view.h"
#include "ui/compare_canvas.h"
#include "ui/compare_view.h"
#include "ui/fit_to_screen.h"
#include "ui/focus_ring.h"
#include "ui/glossary_dialog.h"
#include "ui/hint.h"
#include "ui/just_now.h"
#include "ui/keyboard.h"
#include "ui/keys_dialog.h"
#include "ui/lesson_foot.h"
#include "ui/lesson_list.h"
#include "ui/listing.h"
#include "ui/loop_game.h"
#include "ui/loop_game_card.h"
#include "ui/loop_view.h"
#include "ui/notice.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/prediction_card.h"
#include "ui/puzzle_dialog.h"
#include "ui/side_column.h"
#include "ui/source_view.h"
#include "ui/style.h"
#include "ui/telling_column.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"
#include "ui/yielding_splitter.h"

#include <QAbstractScrollArea>
#include <QApplication>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr QSize leastWindow(1000, 640);

/// All that the window holds. On a screen where it has no room it is not squeezed further, but scrolls; in a
/// window as large as it should be it never does.
class Page final : public QWidget {
public:
    using QWidget::QWidget;

    QSize minimumSizeHint() const override { return QWidget::minimumSizeHint().boundedTo(leastWindow); }
};

void fill(QSplitter* splitter, std::initializer_list<QWidget*> parts)
{
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    for (QWidget* part : parts)
        splitter->addWidget(part);
}

QSplitter* makeSplitter(Qt::Orientation orientation, std::initializer_list<QWidget*> parts)
{
    auto* splitter = new QSplitter(orientation);
    fill(splitter, parts);
    return splitter;
}

} // namespace

MainWindow::MainWindow(Store& store, QWidget* parent)
    : QMainWindow((installAccessibleRoles(), parent)) // before a widget asks for its role
    , m_store(store)
    , m_player([this]() -> std::optional<std::chrono::milliseconds> {
        return stopsForQuestion() ? std::nullopt : m_store.wayToNext();
    })
    , m_keys(new Keyboard(*this))
    , m_transport(new TransportBar(store, this))
    , m_lessons(new LessonList(store, this))
    , m_timeline(new TimelinePanel(store, this))
    , m_source(new SourceView(store, this))
    , m_justNow(new JustNow(store, this))
    , m_prediction(new PredictionCard(store, this))
    , m_gameCard(new LoopGameCard(store, this))
    , m_foot(new LessonFoot(store, this))
    , m_output(new OutputView(store, this))
    , m_loop(new LoopView(store, this))
    , m_parameters(new ParametersView(store, this))
    , m_challenge(new ChallengeView(store, this))
    , m_compare(new CompareView(store, this))
    , m_before(new BeforeButton(store, this))
{
    setWindowTitle(tr("Loopscope"));
    buildRooms();
    connectIntents();
    connectMarks();
    connectExercises();
    connectComparison();
    connectRecordings();
    connectStore();
    connectKeys();
    showFocus();
    applyTheme();
    applyMode();
    fitOnScreen();
    resize(QSize(1440, 900).boundedTo(roomOnScreen(*this).expandedTo(minimumSize())));
}

void MainWindow::buildRooms()
{
    auto* telling = new TellingColumn(
        m_store, {.justNow = m_justNow, .prediction = m_prediction, .game = m_gameCard, .foot = m_foot, .output = m_output}, this);
    m_lower = makeSplitter(Qt::Horizontal, {m_source, telling});
    constexpr int leastTimeline = 190; // its head, two lanes and the overview
    auto* rows = new YieldingSplitter(leastTimeline, this);
    m_rows = rows;
    fill(m_rows, {m_timeline, m_lower});
    connect(telling, &TellingColumn::heightWanted, rows, &YieldingSplitter::wantLower);
    m_centre = new QStackedWidget(this);
    m_centre->addWidget(m_rows);
    m_centre->addWidget(m_compare);
    m_hint = new Hint(m_timeline);

    // Nothing is to be read in the overview; of a comparison, the last rows of its tables are the least loss.
    auto* notice = new Notice(m_store, [this] {
        return m_store.mode() == Mode::Compare ? m_compare->lastRows(m_centre) : m_timeline->overviewRow(m_centre);
    }, m_centre);
    connect(m_timeline, &TimelinePanel::resized, notice, &Notice::place);
    connect(notice, &Notice::dismissed, &m_store, &Store::clearNotice);

    m_side = new SideColumn({.loop = m_loop, .parameters = m_parameters, .before = m_before, .challenge = m_challenge}, this);
    m_columns = makeSplitter(Qt::Horizontal, {m_lessons, m_centre, m_side});

    auto* all = new Page(this);
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_transport);
    column->addWidget(m_columns, 1);
    auto* page = new QScrollArea(this);
    page->setFrameShape(QFrame::NoFrame);
    page->setFocusPolicy(Qt::NoFocus);
    page->setWidgetResizable(true);
    page->setWidget(all);
    for (QWidget* part : {page->viewport(), static_cast<QWidget*>(all)})
        part->setAutoFillBackground(false); // the window's is the same
    setCentralWidget(page);

    m_columns->setSizes({248, 872, 320});
    m_rows->setSizes({404, 442});
    m_lower->setSizes({542, 329}); // 64 columns of code with a badge behind them
}

// No smaller than that all has room, unless the screen is.
void MainWindow::fitOnScreen()
{
    setMinimumSize(leastWindow.boundedTo(roomOnScreen(*this)));
}

void MainWindow::showFocus()
{
    for (QAbstractScrollArea* area : findChildren<QAbstractScrollArea*>())
        if (area->focusPolicy() & Qt::TabFocus && area->property("role").isNull()) // roles have their look in the style sheet
            new FocusRing(m_store, *area);
    new FocusRing(m_store, m_compare->canvas());
}

void MainWindow::applyTheme()
{
    const Theme& look = themeOf(m_store);
    setPalette(paletteFor(look));
    // Dialogs too: a field has the colour of its placeholder from there, since a style sheet would halve its contrast.
    QApplication::setPalette(paletteFor(look));
    setStyleSheet(styleSheetFor(look));
}

void MainWindow::applyMode()
{
    const bool comparing = m_store.mode() == Mode::Compare;
    m_centre->setCurrentIndex(comparing ? 1 : 0);
    m_loop->setVisible(!comparing);
    m_keys->setContext(comparing ? KeyContext::Comparison : KeyContext::Run);
    if (isVisible() && (comparing || m_compare->isAncestorOf(focusWidget())))
        comparing ? m_compare->takeFocus() : m_timeline->view().setFocus();
    setWindowTitle(tr("%1 – Loopscope").arg(m_store.recording() ? m_store.recording()->name()
                                                               : QString::fromStdString(m_store.lesson().title)));
}

void MainWindow::seek(std::size_t step)
{
    m_player.pause();
    m_store.setStep(step);
}

void MainWindow::goToEvent(std::size_t event, TaskId lane)
{
    if (m_store.mode() != Mode::Run)
        return;
    m_store.selectEvent(event, lane);
    seek(event + 1);
}

void MainWindow::openLesson(std::size_t index)
{
    m_player.pause();
    const bool last = index + 1 == m_store.lessons().size();
    const std::vector<int> chapters = chapters_to_solve(m_store.lessons(), m_store.progress());
    constexpr std::size_t aCourse = 30; // fewer lessons build up to nothing
    if (last && !chapters.empty() && index + 1 >= aCourse && !std::exchange(m_askedForLast, true)) {
        QStringList numbers;
        for (const int chapter : chapters)
            numbers += QString::number(chapter);
        m_store.report(tr("“%1” opens after one challenge solved in each chapter; %2 is left. Choose it again to look "
                          "inside all the same.")
                           .arg(QString::fromStdString(m_store.lessons()[index].title),
                                numbers.size() == 1 ? tr("chapter %1").arg(chapters.front())
                                                    : tr("chapters %1").arg(listed(numbers))));
        return;
    }
    m_store.clearNotice();
    m_store.openLesson(index);
}

void MainWindow::showStage(const Lesson& lesson, const Stage& stage, std::size_t step)
{
    m_player.pause();
    m_store.showStage(lesson, stage, step);
}

void MainWindow::openGlossary()
{
    auto* dialog = new GlossaryDialog(m_store, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    fitOver(*this, *dialog);
    connect(dialog, &GlossaryDialog::lessonRequested, this, &MainWindow::openLesson);
    dialog->open();
}

void MainWindow::openPuzzle()
{
    for (const Puzzle& puzzle : m_store.course().puzzles) {
        if (puzzle.chapter != m_store.lesson().chapter)
            continue;
        auto* dialog = new PuzzleDialog(puzzle, m_store.course().beliefs, this);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        fitOver(*this, *dialog);
        dialog->open();
        return;
    }
}

void MainWindow::togglePlay()
{
    if (m_player.isPlaying()) {
        m_player.pause();
        return;
    }
    if (m_store.step() == m_store.lastStep())
        m_store.setStep(0);
    m_player.start(m_store.glide());
}

void MainWindow::openKeys()
{
    auto* dialog = new KeysDialog(m_store, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    fitOver(*this, *dialog);
    connect(dialog, &KeysDialog::reduceMotionRequested, &m_store, &Store::setReduceMotion);
    dialog->open();
}

// What layouts ask of each other while they are settled comes behind the painting of a frame, which would show
// them half settled and be done again. Two that never agreed would not return from here: none may answer a size
// with another size for ever (see CardStack).
bool MainWindow::event(QEvent* event)
{
    if (event->type() == QEvent::UpdateRequest)
        QCoreApplication::sendPostedEvents(nullptr, QEvent::LayoutRequest);
    return QMainWindow::event(event);
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    fitOnScreen(); // it may be another one than that on which it was made
    m_timeline->view().setFocus();
}

QList<QSplitter*> MainWindow::splitters() const
{
    return {m_columns, m_rows, m_lower, m_side};
}

} // namespace loopscope::ui
