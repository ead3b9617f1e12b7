#pragma once

#include "ui/main_window.h"
#include "ui/store.h"

#include <QSettings>
#include <QTimer>

namespace loopscope::app {

/// The texts of a lesson in both languages, as they were built into the program: what is shown is
/// what runs.
[[nodiscard]] ui::Sources sourcesOf(const Lesson& lesson);

/// The program with its window: brings catalog, store and window together, and remembers what was
/// chosen from one start to the next. Requires a QApplication that lives longer.
class Application final {
public:
    Application();
    ~Application();
    Application(const Application&) = delete;
    Application& operator=(const Application&) = delete;

    void show();
    /// Opens a recording beside the course.
    void open(ui::OpenRecording recording) { m_store.openRecording(std::move(recording)); }

    [[nodiscard]] ui::Store& store() { return m_store; }
    [[nodiscard]] ui::MainWindow& window() { return m_window; }

private:
    QSettings m_settings;
    ui::Store m_store;
    ui::MainWindow m_window;
    QTimer m_saves;
};

} // namespace loopscope::app
