#include "ui/main_window.h"

#include "core/base/format.h"

#include "ui/challenge_view.h"
#include "ui/code_pane.h"
#include "ui/compare_canvas.h"
#include "ui/compare_view.h"
#include "ui/export_dialog.h"
#include "ui/glossary_dialog.h"
#include "ui/just_now.h"
#include "ui/keys_dialog.h"
#include "ui/lesson_list.h"
#include "ui/loop_view.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/picture_texts.h"
#include "ui/predict_view.h"
#include "ui/puzzle_dialog.h"
#include "ui/source_view.h"
#include "ui/style.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"

#include <QAction>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QUndoCommand>
#include <QVBoxLayout>

#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr double zoomStep = 1.25;
constexpr double panStep = 0.12; // of the width

/// A change of the values that can be taken back; the moves of one drag are one change.
class ChangeValues final : public QUndoCommand {
public:
    ChangeValues(Store& store, Values after, const QString& what, int gesture)
        : QUndoCommand(what)
        , m_store(store)
        , m_before(store.values())
        , m_after(std::move(after))
        , m_gesture(gesture)
    {
    }

    int id() const override { return 1; }
    void redo() override { m_store.setValues(m_after); }
    void undo() override { m_store.setValues(m_before); }

    bool mergeWith(const QUndoCommand* next) override
    {
        const auto& later = *static_cast<const ChangeValues*>(next);
        if (later.m_gesture != m_gesture)
            return false;
        m_after = later.m_after;
        return true;
    }

private:
    Store& m_store;
    Values m_before;
    Values m_after;
    int m_gesture;
};

QSplitter* makeSplitter(Qt::Orientation orientation, std::initializer_list<QWidget*> parts)
{
    auto* splitter = new QSplitter(orientation);
    splitter->setHandleWidth(1);
    splitter->setChildrenCollapsible(false);
    for (QWidget* part : parts)
        splitter->addWidget(part);
    return splitter;
}

} // namespace

MainWindow::MainWindow(Store& store, QWidget* parent)
    : QMainWindow(parent)
    , m_store(store)
    , m_player([&store] { return store.wayToNext(); })
    , m_transport(new TransportBar(store, this))
    , m_lessons(new LessonList(store, this))
    , m_timeline(new TimelinePanel(store, this))
    , m_source(new SourceView(store, this))
    , m_justNow(new JustNow(store, this))
    , m_output(new OutputView(store, this))
    , m_loop(new LoopView(store, this))
    , m_parameters(new ParametersView(store, this))
    , m_challenge(new ChallengeView(store, this))
    , m_compare(new CompareView(store, this))
{
    setWindowTitle(tr("Loopscope"));
    buildRooms();
    connectIntents();
    connectStore();
    addShortcuts();
    applyTheme();
    applyMode();
    setMinimumSize(1000, 640);
    resize(1440, 900);
}

void MainWindow::buildRooms()
{
    auto* telling = new QWidget(this);
    setRole(telling, "side");
    telling->setMinimumWidth(270);
    auto* tellingColumn = new QVBoxLayout(telling);
    tellingColumn->setContentsMargins(0, 12, 0, 0);
    tellingColumn->setSpacing(10);
    auto* card = new QHBoxLayout;
    card->setContentsMargins(14, 0, 14, 0);
    card->addWidget(m_justNow);
    tellingColumn->addLayout(card);
    tellingColumn->addWidget(m_output, 1);

    m_lower = makeSplitter(Qt::Horizontal, {m_source, telling});
    m_rows = makeSplitter(Qt::Vertical, {m_timeline, m_lower});
    m_centre = new QStackedWidget(this);
    m_centre->addWidget(m_rows);
    m_centre->addWidget(m_compare);

    m_notice = new QFrame(this);
    m_noticeText = new QLabel(m_notice);
    m_noticeText->setWordWrap(true);
    m_noticeText->setAccessibleName(tr("Notice"));
    auto* dismiss = new QPushButton(tr("Dismiss"), m_notice);
    setRole(dismiss, "link");
    dismiss->setFocusPolicy(Qt::TabFocus);
    auto* noticeRow = new QHBoxLayout(m_notice);
    noticeRow->setContentsMargins(14, 6, 10, 6);
    noticeRow->addWidget(m_noticeText, 1);
    noticeRow->addWidget(dismiss);
    m_notice->hide();
    connect(dismiss, &QPushButton::clicked, &m_store, &Store::clearNotice);

    auto* middle = new QWidget(this);
    auto* middleColumn = new QVBoxLayout(middle);
    middleColumn->setContentsMargins(0, 0, 0, 0);
    middleColumn->setSpacing(0);
    middleColumn->addWidget(m_notice);
    middleColumn->addWidget(m_centre, 1);

    auto* whatIf = new QWidget(this);
    setRole(whatIf, "side");
    auto* whatIfColumn = new QVBoxLayout(whatIf);
    whatIfColumn->setContentsMargins(0, 0, 0, 0);
    whatIfColumn->setSpacing(0);
    whatIfColumn->addWidget(m_parameters, 1);
    whatIfColumn->addWidget(m_challenge);
    m_side = makeSplitter(Qt::Vertical, {m_loop, whatIf});
    setRole(m_side, "side");
    m_side->setMinimumWidth(230);
    m_side->setStretchFactor(0, 3);
    m_side->setStretchFactor(1, 2);
    m_columns = makeSplitter(Qt::Horizontal, {m_lessons, middle, m_side});

    auto* all = new QWidget(this);
    auto* column = new QVBoxLayout(all);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_transport);
    column->addWidget(m_columns, 1);
    setCentralWidget(all);

    m_columns->setSizes({248, 872, 320});
    m_rows->setSizes({404, 442});
    m_lower->setSizes({530, 341});
    m_side->setSizes({450, 395});
}

void MainWindow::connectIntents()
{
    Store* store = &m_store;
    connect(m_transport, &TransportBar::firstRequested, this, [this] { seek(0); });
    connect(m_transport, &TransportBar::lastRequested, this, [this] { seek(m_store.lastStep()); });
    connect(m_transport, &TransportBar::backRequested, this, [this] {
        m_player.pause();
        m_store.stepBack();
    });
    connect(m_transport, &TransportBar::forwardRequested, this, [this] {
        m_player.pause();
        m_store.stepForward();
    });
    connect(m_transport, &TransportBar::playRequested, this, &MainWindow::togglePlay);
    connect(m_transport, &TransportBar::stepByRequested, store, &Store::setStepBy);
    connect(m_transport, &TransportBar::speedRequested, store, &Store::setSpeed);
    connect(m_transport, &TransportBar::variantRequested, this, [this](std::size_t index) {
        m_player.pause();
        m_store.chooseVariant(index);
    });
    connect(m_transport, &TransportBar::compareRequested, this, [this] {
        m_player.pause();
        m_store.compare();
    });
    connect(m_transport, &TransportBar::exportRequested, this, &MainWindow::openExport);
    connect(m_transport, &TransportBar::helpRequested, this, &MainWindow::openKeys);
    connect(m_transport, &TransportBar::themeToggleRequested, this, [this] { m_store.setDark(!m_store.isDark()); });

    connect(m_lessons, &LessonList::lessonRequested, this, [this](std::size_t index) {
        openLesson(index);
        m_timeline->view().setFocus();
    });
    PredictView& questions = m_output->questions();
    connect(&questions, &PredictView::answered, store, &Store::answer);
    connect(&questions, &PredictView::stageRequested, this, &MainWindow::showStage);
    connect(&questions, &PredictView::puzzleRequested, this, &MainWindow::openPuzzle);
    connect(m_challenge, &ChallengeView::stageRequested, this, &MainWindow::showStage);
    connect(m_timeline, &TimelinePanel::seekRequested, this, &MainWindow::seek);
    connect(m_timeline, &TimelinePanel::selectRequested, store, &Store::select);
    connect(m_timeline, &TimelinePanel::zoomRequested, store, &Store::setZoom);
    connect(m_timeline, &TimelinePanel::blendRequested, store, &Store::setBlend);
    connect(m_source, &SourceView::languageRequested, store, &Store::setLanguage);
    connect(m_source, &SourceView::selectRequested, store, &Store::select);
    connect(m_output, &OutputView::seekRequested, this, &MainWindow::seek);
    connect(m_output, &OutputView::selectRequested, store, &Store::select);
    connect(m_output, &OutputView::lastRequested, this, [this] { seek(m_store.lastStep()); });
    connect(m_loop, &LoopView::selectRequested, store, &Store::select);
    connect(m_compare, &CompareView::compareRequested, store, &Store::compareVariants);
    connect(m_compare, &CompareView::seekRequested, this, &MainWindow::seek);
    connect(m_parameters, &ParametersView::valuesRequested, this,
            [this](const Values& values, const QString& parameter, int gesture) {
                if (!(values == m_store.values()))
                    m_undo.push(new ChangeValues(m_store, values, tr("Change of %1").arg(parameter), gesture));
            });
    connect(m_parameters, &ParametersView::resetRequested, this, [this] {
        m_undo.push(new ChangeValues(m_store, initial_values(m_store.lesson()), tr("Reset"), -1));
    });

    connect(&m_player, &Player::glided, store, &Store::setGlide);
    connect(&m_player, &Player::arrived, this, [this] { m_store.setStep(m_store.step() + 1); });
    connect(&m_player, &Player::playingChanged, store, &Store::setPlaying);
}

void MainWindow::connectStore()
{
    connect(&m_store, &Store::lessonChanged, this, [this] {
        m_undo.clear(); // the values before belong to another lesson
    });
    connect(&m_store, &Store::runChanged, this, &MainWindow::applyMode);
    connect(&m_store, &Store::themeChanged, this, &MainWindow::applyTheme);
    connect(&m_store, &Store::noticeChanged, this, &MainWindow::showNotice);
    connect(&m_store, &Store::playbackChanged, this, [this] {
        m_player.setSpeed(m_store.speed());
        m_player.setReduceMotion(m_store.reducesMotion());
    });
    m_player.setSpeed(m_store.speed());
    m_player.setReduceMotion(m_store.reducesMotion());
    showNotice();
}

void MainWindow::addShortcuts()
{
    const auto add = [this](const QString& name, const QList<QKeySequence>& keys, auto slot) {
        auto* action = new QAction(name, this);
        action->setShortcuts(keys);
        connect(action, &QAction::triggered, this, slot);
        addAction(action);
    };
    add(tr("Export"), {Qt::CTRL | Qt::Key_E}, [this] { openExport(); });
    add(tr("Dark or light"), {Qt::CTRL | Qt::Key_T}, [this] { m_store.setDark(!m_store.isDark()); });
    add(tr("Undo"), {QKeySequence::Undo}, [this] { m_undo.undo(); });
    add(tr("Redo"), {Qt::CTRL | Qt::SHIFT | Qt::Key_Z, Qt::CTRL | Qt::Key_Y}, [this] { m_undo.redo(); });
    add(tr("Quit"), {QKeySequence::Quit, Qt::CTRL | Qt::Key_Q}, [this] { close(); });
}

void MainWindow::applyTheme()
{
    const Theme& look = themeOf(m_store);
    setPalette(paletteFor(look));
    setStyleSheet(styleSheetFor(look));
    showNotice();
}

void MainWindow::applyMode()
{
    const bool comparing = m_store.mode() == Mode::Compare;
    m_centre->setCurrentIndex(comparing ? 1 : 0);
    m_loop->setVisible(!comparing);
    if (isVisible() && (comparing || m_compare->isAncestorOf(focusWidget())))
        (comparing ? static_cast<QWidget*>(&m_compare->canvas()) : &m_timeline->view())->setFocus();
    setWindowTitle(tr("%1 – Loopscope").arg(QString::fromStdString(m_store.lesson().title)));
}

void MainWindow::showNotice()
{
    m_noticeText->setText(m_store.notice());
    m_notice->setProperty("role", m_store.noticeIsError() ? u"notice-error"_s : u"notice"_s);
    m_notice->setStyleSheet(styleSheet().isEmpty() ? QString() : u" "_s); // looks at the role anew
    m_notice->setVisible(!m_store.notice().isEmpty());
}

void MainWindow::seek(std::size_t step)
{
    m_player.pause();
    m_store.setStep(step);
}

void MainWindow::openLesson(std::size_t index)
{
    m_player.pause();
    const bool last = index + 1 == m_store.lessons().size();
    const std::vector<int> chapters = chapters_to_solve(m_store.lessons(), m_store.progress());
    constexpr std::size_t aCourse = 30; // fewer lessons build up to nothing
    if (last && !chapters.empty() && index + 1 >= aCourse && !std::exchange(m_askedForLast, true)) {
        std::vector<std::string> numbers;
        for (const int chapter : chapters)
            numbers.push_back(std::to_string(chapter));
        m_store.report(tr("“%1” opens after one challenge solved in each chapter; %2 is left. Choose it again to look "
                          "inside all the same.")
                           .arg(QString::fromStdString(m_store.lessons()[index].title),
                                numbers.size() == 1 ? tr("chapter %1").arg(chapters.front())
                                                    : tr("chapters %1").arg(QString::fromStdString(format_list(numbers)))));
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

void MainWindow::openExport()
{
    m_player.pause();
    ExportSubject subject;
    const Lesson& lesson = m_store.lesson();
    if (m_store.mode() == Mode::Compare) {
        const ComparedRuns& runs = m_store.comparison();
        subject.picture = pictureOf(lesson, runs.a->run, runs.b->run, runs.numbers);
        subject.suggestedName = QString::fromStdString(lesson.id + '-' + runs.a->run.variant + '-' + runs.b->run.variant);
    } else {
        RunPicture picture = pictureOf(lesson, m_store.run().run);
        picture.blend = m_store.blend();
        subject.picture = picture;
        if (m_store.step() < m_store.lastStep())
            subject.moment = m_store.position().when;
        subject.suggestedName = QString::fromStdString(lesson.id + '-' + m_store.variant().name);
    }
    auto* dialog = new ExportDialog(std::move(subject), themeOf(m_store).name, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog] { m_store.report(tr("Saved as %1").arg(dialog->writtenFile())); });
    dialog->open();
}

void MainWindow::openKeys()
{
    auto* dialog = new KeysDialog(m_store, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &KeysDialog::reduceMotionRequested, &m_store, &Store::setReduceMotion);
    dialog->open();
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (!handleKey(*event))
        QMainWindow::keyPressEvent(event);
}

bool MainWindow::handleKey(const QKeyEvent& event)
{
    if (event.modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        return false;
    const bool running = m_store.mode() == Mode::Run;
    switch (event.key()) {
    case Qt::Key_Left:
        m_player.pause();
        m_store.stepBack();
        return true;
    case Qt::Key_Right:
        m_player.pause();
        m_store.stepForward();
        return true;
    case Qt::Key_Space:
        if (!event.isAutoRepeat())
            togglePlay();
        return true;
    case Qt::Key_Home:
        seek(0);
        return true;
    case Qt::Key_End:
        seek(m_store.lastStep());
        return true;
    case Qt::Key_Plus:
    case Qt::Key_Equal:
    case Qt::Key_W:
        if (running)
            m_timeline->view().zoomAtPointer(zoomStep);
        return true;
    case Qt::Key_Minus:
    case Qt::Key_S:
        if (running)
            m_timeline->view().zoomAtPointer(1 / zoomStep);
        return true;
    case Qt::Key_A:
        if (running)
            m_timeline->view().panBy(-panStep);
        return true;
    case Qt::Key_D:
        if (running)
            m_timeline->view().panBy(panStep);
        return true;
    case Qt::Key_0:
        m_store.setZoom({});
        return true;
    case Qt::Key_C:
        m_player.pause();
        m_store.compare();
        return true;
    case Qt::Key_G:
        openGlossary();
        return true;
    case Qt::Key_Question:
        openKeys();
        return true;
    case Qt::Key_Slash:
        m_lessons->search().setFocus();
        m_lessons->search().selectAll();
        return true;
    case Qt::Key_Escape:
        m_store.select({});
        m_timeline->view().setFocus();
        return true;
    default:
        break;
    }
    if (event.key() >= Qt::Key_1 && event.key() <= Qt::Key_9) {
        const auto variant = static_cast<std::size_t>(event.key() - Qt::Key_1);
        if (variant < m_store.lesson().variants.size()) {
            m_player.pause();
            m_store.chooseVariant(variant);
        }
        return true;
    }
    return false;
}

void MainWindow::showEvent(QShowEvent* event)
{
    QMainWindow::showEvent(event);
    m_timeline->view().setFocus();
}

QList<QSplitter*> MainWindow::splitters() const
{
    return {m_columns, m_rows, m_lower, m_side};
}

} // namespace loopscope::ui
