#pragma once

#include "ui/main_window.h"
#include "ui/store.h"

#include <QSize>

#include <functional>
#include <string_view>
#include <vector>

namespace loopscope::app {

/// A window over the whole course, to be photographed or looked at by a test.
struct Room {
    ui::Store& store;
    ui::MainWindow& window;

    void open(std::string_view lesson, std::string_view variant = {});
    /// To a part of the run, from 0 to 1.
    void goTo(double part);
};

/// One state of the window: its name, and how to get there from a lesson that was just opened.
struct WindowState {
    const char* name;
    std::function<void(Room)> show;
};

/// Every state that a person can bring the window into and that looks different.
[[nodiscard]] const std::vector<WindowState>& windowStates();

/// A shown window with a state of its own; nothing moves in it by itself.
class StagedWindow {
public:
    StagedWindow(const WindowState& state, QSize size, bool dark = true);

    [[nodiscard]] ui::Store& store() { return m_store; }
    [[nodiscard]] ui::MainWindow& window() { return m_window; }

    /// The dialogs and lists that are open over it.
    [[nodiscard]] QList<QWidget*> windowsOver() const;

private:
    ui::Store m_store;
    ui::MainWindow m_window;
};

} // namespace loopscope::app
