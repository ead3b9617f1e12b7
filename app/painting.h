#pragma once

#include <QGuiApplication>

#include <memory>

namespace loopscope::app {

/// Drawing needs Qt's fonts and images, but neither a window nor a display: while one of these
/// lives, both are there.
class Painting {
public:
    Painting()
    {
        if (!QCoreApplication::instance())
            m_application = std::make_unique<QGuiApplication>(m_argc, m_argv);
    }

private:
    char m_name[10] = "loopscope";
    char m_option[10] = "-platform";
    char m_platform[10] = "offscreen";
    char* m_argv[4] = {m_name, m_option, m_platform, nullptr};
    int m_argc = 3;
    std::unique_ptr<QGuiApplication> m_application;
};

} // namespace loopscope::app
