#define CATCH_CONFIG_RUNNER // version 2 compiles its runner here; version 3 links it
#include "tests/support/catch.h"
#include "tests/support/faults.h"

#include "ui/guarded_application.h"

#include <QDeadlineTimer>
#include <QStandardPaths>

#include <cstdio>

#if defined(__SANITIZE_ADDRESS__)
constexpr bool sanitized = true;
#else
constexpr bool sanitized = false;
#endif

QStringList& loopscope::tests::faults()
{
    static QStringList all;
    return all;
}

/// A QApplication around all tests of this executable: without a screen unless told
/// otherwise, and with settings of its own, so that no test reads or changes the user's.
int main(int argc, char* argv[])
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    using loopscope::ui::GuardedApplication;
    GuardedApplication application(argc, argv);
    QObject::connect(&application, &GuardedApplication::faulted, &application,
                     [](const QString& why) { loopscope::tests::faults() += why; });
    const int failed = Catch::Session().run(argc, argv);
    // A player that was stopped sleeps for the rest of its frame; a process that ends meanwhile leaves
    // that coroutine behind, which a leak checker would report.
    QDeadlineTimer frame(sanitized ? 50 : 0);
    while (!frame.hasExpired())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents, 10);
    for (const QString& fault : loopscope::tests::faults())
        std::fprintf(stderr, "A fault that no test expected: %s\n", fault.toLocal8Bit().constData());
    return failed != 0 ? failed : loopscope::tests::faults().isEmpty() ? 0 : 1;
}
