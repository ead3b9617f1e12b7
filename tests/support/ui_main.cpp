#define CATCH_CONFIG_RUNNER // version 2 compiles its runner here; version 3 links it
#include "tests/support/catch.h"

#include <QApplication>
#include <QDeadlineTimer>
#include <QStandardPaths>

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

/// A QApplication around all tests of this executable: without a screen unless told
/// otherwise, and with settings of its own, so that no test reads or changes the user's.
int main(int argc, char* argv[])
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    const int failed = Catch::Session().run(argc, argv);
    // A player that was stopped sleeps for the rest of its frame; a process that ends meanwhile leaves
    // that coroutine behind, which a leak checker would report.
    QDeadlineTimer frame(sanitized ? 50 : 0);
    while (!frame.hasExpired())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    return failed;
}
