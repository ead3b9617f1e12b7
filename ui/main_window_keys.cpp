#include "ui/main_window.h"

#include "core/trace/cause_hops.h"

#include "ui/hint.h"
#include "ui/keyboard.h"
#include "ui/lesson_list.h"
#include "ui/prediction_card.h"
#include "ui/search_bar.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_state.h"
#include "ui/timeline_view.h"

#include <QKeyEvent>
#include <QLineEdit>

// What keys do. Which keys they are, and what the list of them says, stands in keys.cpp.

namespace loopscope::ui {
namespace {

constexpr double zoomStep = 1.25;
constexpr double panStep = 0.12; // of the width

} // namespace

void MainWindow::connectKeys()
{
    connect(m_keys, &Keyboard::failed, this,
            [this](const QString& why) { m_store.reportError(tr("That key led to a fault: %1").arg(why)); });
    m_keys->on(KeyId::StepBack, [this] {
        m_player.pause();
        m_store.stepBack();
    });
    m_keys->on(KeyId::StepForward, [this] {
        m_player.pause();
        m_store.stepForward();
    });
    m_keys->on(KeyId::Play, [this] { togglePlay(); });
    m_keys->on(KeyId::First, [this] { seek(0); });
    m_keys->on(KeyId::Last, [this] { seek(m_store.lastStep()); });
    connectLookKeys();
    connectMarkKeys();

    m_keys->onCounted(KeyId::Variant, [this](std::size_t variant) {
        if (m_prediction->chooseByNumber(variant + 1))
            return; // numbers are printed beside the answers
        if (variant < m_store.lesson().variants.size()) {
            m_player.pause();
            m_store.chooseVariant(variant);
        }
    });
    m_keys->on(KeyId::Compare, [this] {
        m_player.pause();
        m_store.compare();
    });
    m_keys->on(KeyId::SearchRun, [this] { m_timeline->search().open(); });
    m_keys->on(KeyId::SearchLessons, [this] {
        m_lessons->search().setFocus();
        m_lessons->search().selectAll();
    });
    m_keys->on(KeyId::Clear, [this] {
        if (!m_store.notice().isEmpty())
            m_store.clearNotice();
        else if (m_store.mode() == Mode::Compare)
            return leaveComparison();
        else if (m_store.timeline().stretch())
            m_store.timeline().setStretch({});
        else
            m_store.select({});
        m_timeline->view().setFocus();
    });
    m_keys->on(KeyId::Glossary, [this] { openGlossary(); });
    m_keys->on(KeyId::BeTheLoop, [this] { startLoopGame(); });

    m_keys->on(KeyId::Export, [this] { openExport(); });
    m_keys->on(KeyId::ToggleTheme, [this] { m_store.setDark(!m_store.isDark()); });
    m_keys->on(KeyId::Undo, [this] { m_undo.undo(); });
    m_keys->on(KeyId::Redo, [this] { m_undo.redo(); });
    m_keys->on(KeyId::KeyList, [this] { openKeys(); });
    m_keys->on(KeyId::Quit, [this] { close(); });
}

void MainWindow::connectLookKeys()
{
    m_keys->on(KeyId::ZoomIn, [this] { zoomBy(zoomStep); });
    m_keys->on(KeyId::ZoomOut, [this] { zoomBy(1 / zoomStep); });
    m_keys->on(KeyId::PanLeft, [this] { panBy(-panStep); });
    m_keys->on(KeyId::PanRight, [this] { panBy(panStep); });
    m_keys->on(KeyId::ShowAll, [this] { m_store.setZoom({}); });
    m_keys->on(KeyId::FocusSelection, [this] { m_timeline->view().focusSelection(); });
    m_keys->on(KeyId::ZoomBack, [this] { m_timeline->zoomBack(); });
    m_keys->on(KeyId::ZoomForward, [this] { m_timeline->zoomForward(); });
    m_keys->on(KeyId::MarkSpan, [this] {
        if (m_store.mode() != Mode::Run || m_timeline->view().markSpan())
            return;
        const TaskId task = m_store.selection();
        m_hint->say(task ? tr("%1 has no bar at this moment that could be marked.")
                               .arg(QString::fromStdString(m_store.trace().display_name(task)))
                         : tr("The event loop has no bar at this moment that could be marked. Select a task for one of its own."));
    });
    m_keys->on(KeyId::PinLane, [this] { m_timeline->view().pinLane(); });
    connectFollowKeys();
}

void MainWindow::connectFollowKeys()
{
    const auto go = [this](std::size_t step, TaskId task) {
        m_store.select(task);
        seek(step);
        m_timeline->view().reveal();
    };
    const auto hop = [this, go](std::optional<CauseHop> to, const QString& otherwise) {
        to ? go(to->step, to->task) : m_hint->say(otherwise);
    };
    m_keys->on(KeyId::HopBack, [this, hop] {
        hop(hop_back(m_store.run().spans, m_store.step(), m_store.selection()),
            tr("Nothing before this moment led to it: here is where it begins."));
    });
    m_keys->on(KeyId::HopOn, [this, hop] {
        hop(hop_on(m_store.run().spans, m_store.step(), m_store.selection()),
            tr("What happens here has no effect further on."));
    });
    const auto along = [this, go](std::optional<std::size_t> step, bool forward) {
        const TaskId task = m_store.selection();
        if (step)
            go(*step, task);
        else if (task)
            m_hint->say((forward ? tr("Nothing happens to %1 after this moment.") : tr("Nothing happens to %1 before this moment."))
                            .arg(QString::fromStdString(m_store.trace().display_name(task))));
        else
            m_hint->say(forward ? tr("Nothing happens on the loop's lane after this moment.")
                                : tr("Nothing happens on the loop's lane before this moment."));
    };
    m_keys->on(KeyId::NextOnLane, [this, along] {
        along(next_on_lane(m_store.run().spans, m_store.selection(), m_store.step()), true);
    });
    m_keys->on(KeyId::PreviousOnLane, [this, along] {
        along(previous_on_lane(m_store.run().spans, m_store.selection(), m_store.step()), false);
    });
    connect(&m_timeline->search(), &SearchBar::hitRequested, this, [go](const SearchHit& hit) { go(hit.step, hit.task); });
    connect(&m_timeline->search(), &SearchBar::closed, this, [this] { m_timeline->view().setFocus(); });
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (!pressGameKey(*event) && !m_keys->press(*event))
        QMainWindow::keyPressEvent(event);
}

} // namespace loopscope::ui
