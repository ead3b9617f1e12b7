#define CATCH_CONFIG_RUNNER // version 2 compiles its runner here; version 3 links it
#include "tests/support/catch.h"

#include <QApplication>
#include <QStandardPaths>

/// A QApplication around all tests of this executable: without a screen unless told
/// otherwise, and with settings of its own, so that no test reads or changes the user's.
int main(int argc, char* argv[])
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QStandardPaths::setTestModeEnabled(true);
    QApplication application(argc, argv);
    return Catch::Session().run(argc, argv);
}
