#include "ui/main_window.h"

#include "ui/keyboard.h"
#include "ui/lesson_list.h"
#include "ui/timeline_panel.h"
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
        if (variant < m_store.lesson().variants.size()) {
            m_player.pause();
            m_store.chooseVariant(variant);
        }
    });
    m_keys->on(KeyId::Compare, [this] {
        m_player.pause();
        m_store.compare();
    });
    m_keys->on(KeyId::SearchLessons, [this] {
        m_lessons->search().setFocus();
        m_lessons->search().selectAll();
    });
    m_keys->on(KeyId::Clear, [this] {
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
}

void MainWindow::keyPressEvent(QKeyEvent* event)
{
    if (!pressGameKey(*event) && !m_keys->press(*event))
        QMainWindow::keyPressEvent(event);
}

} // namespace loopscope::ui
