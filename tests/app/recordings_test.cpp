// Recordings on the command line: written, and in the place of a lesson.

#include "tests/support/catch.h"

#include "app/command_line.h"
#include "lessons/catalog.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

#include <algorithm>
#include <sstream>
#include <string>
#include <vector>

namespace loopscope::app {
namespace {

using nlohmann::json;

struct Finished {
    int exit = -1;
    std::string out;
    std::string err;
};

/// The command line, without a process of its own.
Finished command(const std::vector<std::string>& arguments)
{
    std::ostringstream out;
    std::ostringstream err;
    const int exit = runCommandLine(lessons::catalog(), arguments, out, err);
    return {exit, out.str(), err.str()};
}

std::string refusal(const std::vector<std::string>& arguments)
{
    const Finished done = command(arguments);
    CHECK(done.exit == 2);
    CHECK(done.out.empty());
    CHECK(std::count(done.err.begin(), done.err.end(), '\n') == 1);
    return done.err.substr(0, done.err.find('\n'));
}

struct Folder {
    std::string path(const char* name) const { return dir.filePath(QString::fromLatin1(name)).toStdString(); }
    /// A recording of the lesson that everybody begins with.
    std::string recorded() const
    {
        const Finished done = command({"record", "gather-three-urls", "--variant", "sequential", "--set", "latency_a=0.5",
                                       "-o", path("run.loopscope")});
        CHECK(done.err.empty());
        CHECK(done.exit == 0);
        CHECK(done.out.starts_with("Wrote " + path("run.loopscope") + ": "));
        return path("run.loopscope");
    }

    QTemporaryDir dir;
};

std::string bytesOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    return file.open(QIODevice::ReadOnly) ? file.readAll().toStdString() : std::string();
}

TEST_CASE("run says of a recording what it says of the lesson", "[app][recording]")
{
    const Folder folder;
    const std::string file = folder.recorded();
    const std::vector<std::string> lesson{"run", "gather-three-urls", "--variant", "sequential", "--set", "latency_a=0.5"};
    CHECK(command({"run", file}).out == command(lesson).out);
    std::vector<std::string> asJson = lesson;
    asJson.emplace_back("--json");
    CHECK(command({"run", file, "--json"}).out == command(asJson).out);
    CHECK(json::parse(command({"run", file, "--variant", "sequential", "--json"}).out)["parameters"]["latency_a"] == 0.5);
}

TEST_CASE("export draws a recording as it draws the lesson", "[app][recording]")
{
    const Folder folder;
    const std::string file = folder.recorded();
    const auto drawn = [&](std::vector<std::string> arguments, const char* name) {
        arguments.insert(arguments.begin(), "export");
        arguments.insert(arguments.end(), {"--code", "--at", "1.2", "-o", folder.path(name)});
        const Finished done = command(arguments);
        CHECK(done.err.empty());
        CHECK(done.exit == 0);
        return bytesOf(folder.path(name));
    };
    const std::string lesson
        = drawn({"gather-three-urls", "--variant", "sequential", "--set", "latency_a=0.5"}, "lesson.svg");
    CHECK_FALSE(lesson.empty());
    CHECK(lesson.find(">t = 1.200 s<") != std::string::npos); // a moment says which one it is
    CHECK(drawn({file}, "recording.svg") == lesson);
}

TEST_CASE("a recording of a recording is the same", "[app][recording]")
{
    const Folder folder;
    const std::string file = folder.recorded();
    CHECK(command({"record", file, "-o", folder.path("again.loopscope")}).exit == 0);
    CHECK(bytesOf(folder.path("again.loopscope")) == bytesOf(file));
}

TEST_CASE("what is left of a damaged recording is told and drawn", "[app][recording]")
{
    const Folder folder;
    const std::string text = bytesOf(folder.recorded());
    QFile half(QString::fromStdString(folder.path("half.loopscope")));
    REQUIRE(half.open(QIODevice::WriteOnly));
    half.write(text.data(), static_cast<qint64>(text.size() * 3 / 4));
    half.close();
    const Finished done = command({"run", folder.path("half.loopscope")});
    CHECK(done.exit == 0);
    CHECK(done.out.find("events: its recording is damaged") != std::string::npos);
    CHECK(command({"export", folder.path("half.loopscope"), "-o", folder.path("half.svg")}).exit == 0);
}

TEST_CASE("what cannot be done with a recording is said in one sentence", "[app][recording]")
{
    const Folder folder;
    const std::string file = folder.recorded();
    CHECK(refusal({"run", folder.path("missing.loopscope")})
          == "Could not open “missing.loopscope”: there is no such file.");
    CHECK(refusal({"run", file, "--set", "pages=2"})
          == "A recording is a run as it was; leave out --set, or run its lesson.");
    CHECK(refusal({"run", file, "--variant", "gather"})
          == "The recording has one variant, \"sequential\", and not \"gather\".");
    CHECK(refusal({"export", file, "--compare", "gather", "-o", folder.path("a.svg")})
          == "A recording is one run; leave out --compare and --before.");
    CHECK(refusal({"record", "gather-three-urls"}) == "record needs a file to write: -o FILE.loopscope.");
    CHECK(refusal({"record", "gather-three-urls", "-o", folder.path("run.txt")})
          == "record needs a file to write: -o FILE.loopscope.");
    CHECK(refusal({"record"}).starts_with("record needs a lesson, for example: loopscope record "));
    CHECK(refusal({"record", "gather-tree-urls", "-o", folder.path("a.loopscope")}).find("gather-three-urls") != std::string::npos);
    CHECK(refusal({"record", "gather-three-urls", "-o", folder.path("none/a.loopscope")}).starts_with("Could not write "));
    CHECK(refusal({"open"}) == "open needs a recording, for example: loopscope open run.loopscope");
}

TEST_CASE("the program opens its window only on what is a recording", "[app][recording]")
{
    const Folder folder;
    QFile notes(QString::fromStdString(folder.path("notes.loopscope")));
    REQUIRE(notes.open(QIODevice::WriteOnly));
    notes.write("To do\n");
    notes.close();
    const auto start = [&](const QStringList& words) {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"})
            environment.remove(QString::fromLatin1(name));
        process.setProcessEnvironment(environment);
        process.start(QStringLiteral(LOOPSCOPE_EXECUTABLE), words);
        CHECK(process.waitForFinished(300'000));
        CHECK(process.exitCode() == 2);
        CHECK(process.readAllStandardOutput().isEmpty());
        return process.readAllStandardError().toStdString();
    };
    const QString file = QString::fromStdString(folder.path("notes.loopscope"));
    for (const QStringList& words : {QStringList{file}, QStringList{QStringLiteral("open"), file}})
        CHECK(start(words)
              == "Could not open “notes.loopscope”: This is not a recording of Loopscope: its first line should be "
                 "\"loopscope recording 1\".\n");
    // A whole one would be shown, if there were a display.
    CHECK(start({QString::fromStdString(folder.recorded())}).starts_with("There is no display to open the window on"));
}

} // namespace
} // namespace loopscope::app
