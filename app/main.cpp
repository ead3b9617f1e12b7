#include "app/application.h"
#include "app/command_line.h"
#include "app/stage.h"

#include "ui/guarded_application.h"

#include <QHashFunctions>
#include <QIcon>

#include <cstdio>
#include <utility>
#include <vector>

namespace {

using loopscope::ui::OpenRecording;

using namespace Qt::StringLiterals;

/// Whether there is something to open a window on. Elsewhere than on Unix there always is.
bool hasDisplay()
{
#if defined(Q_OS_UNIX) && !defined(Q_OS_DARWIN)
    return !qEnvironmentVariableIsEmpty("DISPLAY") || !qEnvironmentVariableIsEmpty("WAYLAND_DISPLAY")
        || !qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM");
#else
    return true;
#endif
}

/// Whether the arguments are for the command line rather than for Qt, whose own ("-style fusion")
/// have one dash and more than one letter.
bool isCommand(const char* argument)
{
    return argument[0] != '-' || argument[1] == '-' || argument[1] == '\0' || argument[2] == '\0';
}

/// The files that are to be opened: those of `open`, or recordings alone.
std::vector<QString> filesToOpen(int argc, char** argv)
{
    const bool verb = argc > 2 && std::string_view(argv[1]) == "open";
    std::vector<QString> files;
    for (int i = verb ? 2 : 1; i < argc; ++i) {
        if (argv[i][0] == '-' || !(verb || loopscope::app::namesRecording(argv[i])))
            return {};
        files.push_back(QString::fromLocal8Bit(argv[i]));
    }
    return files;
}

/// A window on the lessons, and on these recordings beside them.
int openWindow(int argc, char** argv, std::vector<OpenRecording> recordings = {})
{
    if (!hasDisplay()) {
        std::fputs("There is no display to open the window on; \"loopscope list\" names the lessons and "
                   "\"loopscope export LESSON -o picture.svg\" draws one without a display.\n",
                   stderr);
        return 2;
    }
    loopscope::ui::GuardedApplication application(argc, argv);
    QApplication::setStyle(u"Fusion"_s); // the same on every desktop; the theme does the rest
    QApplication::setOrganizationName(u"Loopscope"_s);
    QApplication::setApplicationName(u"Loopscope"_s);
    QApplication::setDesktopFileName(u"loopscope"_s);
    QApplication::setApplicationVersion(QString::fromLatin1(LOOPSCOPE_VERSION));
    QApplication::setWindowIcon(QIcon(u":/icons/loopscope.svg"_s));
    loopscope::app::Application loopscope;
    QObject::connect(&application, &loopscope::ui::GuardedApplication::faulted, &loopscope.store(),
                     &loopscope::ui::Store::reportError);
    for (OpenRecording& recording : recordings)
        loopscope.open(std::move(recording));
    loopscope.show();
    return QApplication::exec();
}

int openRecordings(int argc, char** argv, const std::vector<QString>& files)
{
    std::vector<OpenRecording> recordings;
    for (const QString& file : files) {
        loopscope::Result<OpenRecording> opened = loopscope::ui::openRecording(file);
        if (!opened) {
            std::fprintf(stderr, "%s\n", opened.error().sentence.c_str());
            return 2;
        }
        recordings.push_back(std::move(*opened));
    }
    return openWindow(argc, argv, std::move(recordings));
}

// A program without a session has no runtime folder, and Qt says so at each start. Standard error
// belongs to the one sentence that a command may end with.
void leaveOutRuntimeFolder(QtMsgType, const QMessageLogContext&, const QString& message)
{
    if (!message.startsWith("QStandardPaths: XDG_RUNTIME_DIR"_L1))
        std::fprintf(stderr, "%s\n", message.toLocal8Bit().constData());
}

} // namespace

int main(int argc, char** argv)
{
    // Qt embeds a PDF's fonts in the order of a hash table; with the usual random seed the same
    // picture would have other bytes each time.
    QHashSeed::setDeterministicGlobalSeed();
    if (argc == 1 || !isCommand(argv[1]))
        return openWindow(argc, argv);
    if (const std::vector<QString> files = filesToOpen(argc, argv); !files.empty())
        return openRecordings(argc, argv, files);
    // Pictures are drawn without a window, so no display is needed for them.
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    qInstallMessageHandler(leaveOutRuntimeFolder);
    return loopscope::app::runCommandLine(argc, argv);
}
