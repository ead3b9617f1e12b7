#include "ui/main_window.h"

#include "ui/challenge_view.h"
#include "ui/hint.h"
#include "ui/just_now.h"
#include "ui/lesson_list.h"
#include "ui/loop_view.h"
#include "ui/output_view.h"
#include "ui/parameters_view.h"
#include "ui/source_view.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_state.h"
#include "ui/timeline_view.h"
#include "ui/transport_bar.h"

#include <QUndoCommand>

#include <utility>

// The road of the intents: what views ask for is led to the store.

namespace loopscope::ui {
namespace {

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
        setObsolete(m_after == m_before); // a drag that was taken back
        return true;
    }

private:
    Store& m_store;
    Values m_before;
    Values m_after;
    int m_gesture;
};

} // namespace

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
    connect(m_transport, &TransportBar::stepByRequested, this, [this](StepBy by) {
        by == StepBy::Task ? follow(true) : m_store.setStepBy(by);
    });
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
    connect(m_timeline, &TimelinePanel::seekRequested, this, &MainWindow::seek);
    connect(m_timeline, &TimelinePanel::selectRequested, store, &Store::select);
    connect(m_timeline, &TimelinePanel::eventRequested, this, &MainWindow::goToEvent);
    connect(m_timeline, &TimelinePanel::zoomRequested, store, &Store::setZoom);
    TimelineState* timeline = &m_store.timeline();
    connect(m_timeline, &TimelinePanel::stretchRequested, timeline, &TimelineState::setStretch);
    connect(m_timeline, &TimelinePanel::pinRequested, timeline, &TimelineState::togglePin);
    connect(m_timeline, &TimelinePanel::groupRequested, timeline, &TimelineState::toggleGroup);
    connect(m_timeline, &TimelinePanel::blendRequested, store, &Store::setBlend);
    connect(m_source, &SourceView::languageRequested, store, &Store::setLanguage);
    connect(m_source, &SourceView::selectRequested, store, &Store::select);
    connect(m_output, &OutputView::seekRequested, this, &MainWindow::seek);
    connect(m_output, &OutputView::selectRequested, store, &Store::select);
    connect(m_output, &OutputView::eventRequested, this, [this](std::size_t event) { goToEvent(event); });
    connect(m_justNow, &JustNow::seekRequested, this, &MainWindow::seek);
    connect(m_loop, &LoopView::selectRequested, store, &Store::select);
    connect(m_parameters, &ParametersView::valuesRequested, this, &MainWindow::changeValues);
    connect(m_parameters, &ParametersView::resetRequested, this, [this] {
        m_undo.push(new ChangeValues(m_store, initial_values(m_store.lesson()), tr("Reset"), -1));
    });

    connect(&m_player, &Player::glided, store, &Store::setGlide);
    connect(&m_player, &Player::arrived, this, [this] {
        if (m_store.playOn())
            m_player.pause();
    });
    connect(&m_player, &Player::playingChanged, store, &Store::setPlaying);
}

void MainWindow::changeValues(const Values& values, const QString& parameter, int gesture)
{
    if (!(values == m_store.values()))
        m_undo.push(new ChangeValues(m_store, values, tr("Change of %1").arg(parameter), gesture));
}

void MainWindow::connectStore()
{
    connect(&m_store, &Store::lessonChanged, this, [this] {
        m_undo.clear(); // the values before belong to another lesson
    });
    connect(&m_store, &Store::runChanged, this, &MainWindow::applyMode);
    for (const auto changed : {&Store::runChanged, &Store::stepChanged, &Store::selectionChanged})
        connect(&m_store, changed, m_hint, &Hint::forget); // it spoke of another moment
    connect(&m_store, &Store::themeChanged, this, &MainWindow::applyTheme);
    connect(&m_store, &Store::playbackChanged, this, [this] {
        m_player.setSpeed(m_store.speed());
        m_player.setReduceMotion(m_store.reducesMotion());
    });
    m_player.setSpeed(m_store.speed());
    m_player.setReduceMotion(m_store.reducesMotion());
}

} // namespace loopscope::ui
