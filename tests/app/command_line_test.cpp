#include "tests/support/catch.h"

#include <nlohmann/json.hpp>

#include <QFile>
#include <QImage>
#include <QProcess>
#include <QProcessEnvironment>
#include <QTemporaryDir>

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

/// Runs the program itself, as a shell on a machine without a display would.
Finished loopscope(const std::vector<std::string>& arguments)
{
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "XDG_RUNTIME_DIR"})
        environment.remove(QString::fromLatin1(name));
    process.setProcessEnvironment(environment);
    QStringList words;
    for (const std::string& argument : arguments)
        words += QString::fromStdString(argument);
    process.start(QStringLiteral(LOOPSCOPE_EXECUTABLE), words);
    if (!process.waitForFinished(300'000) || process.exitStatus() != QProcess::NormalExit)
        return {};
    return {process.exitCode(), process.readAllStandardOutput().toStdString(),
            process.readAllStandardError().toStdString()};
}

json parsed(const std::vector<std::string>& arguments)
{
    const Finished done = loopscope(arguments);
    REQUIRE(done.exit == 0);
    REQUIRE(done.err.empty());
    return json::parse(done.out);
}

/// The one sentence of a command that is refused.
std::string refusal(const std::vector<std::string>& arguments)
{
    const Finished done = loopscope(arguments);
    CHECK(done.exit == 2);
    CHECK(done.out.empty());
    CHECK(std::count(done.err.begin(), done.err.end(), '\n') == 1);
    return done.err.substr(0, done.err.find('\n'));
}

QByteArray bytesOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

double total(std::vector<std::string> arguments)
{
    arguments.insert(arguments.begin(), "run");
    arguments.emplace_back("--json");
    return parsed(arguments)["total"].get<double>();
}

TEST_CASE("run gives the totals that the lessons promise", "[app]")
{
    CHECK(total({"gather-three-urls"}) == 2.0);
    CHECK(total({"gather-three-urls", "--variant", "gather"}) == 2.0);
    CHECK(total({"gather-three-urls", "--variant", "sequential"}) == 4.5);
    CHECK(total({"gather-three-urls", "--variant", "session-per-request", "--set", "connect=0.3"}) == 2.3);
    CHECK(total({"tasks-make-overlap", "--variant", "sequential"}) == 3.0);
    CHECK(total({"tasks-make-overlap", "--variant", "tasks"}) == 2.0);
    CHECK(total({"tasks-make-overlap", "--variant", "trap"}) == 3.0);
    CHECK(total({"tasks-make-overlap", "--variant", "half"}) == 2.0);
}

TEST_CASE("run --json has the fields of the oracle's files and statistics", "[app]")
{
    const json run = parsed({"run", "gather-three-urls", "--set", "pages=2", "--set", "latency_b=0.5", "--json"});
    CHECK(run["lesson"] == "gather-three-urls");
    CHECK(run["variant"] == "gather");
    CHECK(run["parameters"]["pages"] == 2);
    CHECK(run["parameters"]["latency_b"] == 0.5);
    CHECK(run["parameters"]["latency_a"] == 1.0);
    CHECK(run["outcome"] == json{{"kind", "result"}, {"value", nullptr}});
    CHECK(run["total"] == 1.0);
    CHECK(run["log"]
          == json::array({{{"t", 0.5}, {"task", "Task-3"}, {"text", "got B"}},
                          {{"t", 1.0}, {"task", "Task-2"}, {"text", "got A"}},
                          {{"t", 1.0}, {"task", "Task-1"}, {"text", "pages: A, B"}}}));
    CHECK(run["switches"]
          == json::array({{0.0, "Task-1"}, {0.0, "Task-2"}, {0.0, "Task-3"}, {0.5, "Task-3"}, {1.0, "Task-2"},
                          {1.0, "Task-1"}}));
    CHECK(run["stats"]["tasks"] == 3);
    CHECK(run["stats"]["switches"] == 6);
    CHECK(run["stats"]["idle"] == 1.0);
    CHECK(run["stats"]["busy"] == 0.0);
    CHECK(run["stats"]["peak_in_flight"] == 2);
    CHECK(run["stats"]["per_task"][0]["shown_as"] == "main");
}

TEST_CASE("run prints who said what and when", "[app]")
{
    const Finished done = loopscope({"run", "gather-three-urls"});
    CHECK(done.exit == 0);
    CHECK(done.err.empty());
    CHECK(done.out
          == "Three pages at once · gather\n\n"
             "  1.000 s  fetch_url-1  got A\n"
             "  1.500 s  fetch_url-3  got C\n"
             "  2.000 s  fetch_url-2  got B\n"
             "  2.000 s  main         pages: A, B, C\n\n"
             "2.0 s, ended normally; 4 tasks, 8 turns, the loop slept for 2.0 s of it.\n");
}

TEST_CASE("list knows all lessons with their variants and parameters", "[app]")
{
    const json lessons = parsed({"list", "--json"})["lessons"];
    REQUIRE(lessons.size() >= 2);
    const auto found = std::find_if(lessons.begin(), lessons.end(),
                                    [](const json& lesson) { return lesson["id"] == "tasks-make-overlap"; });
    REQUIRE(found != lessons.end());
    CHECK((*found)["default_variant"] == "tasks");
    CHECK((*found)["variants"][0]["name"] == "sequential");
    CHECK((*found)["variants"][0]["parameters"] == json::array({"job_a", "job_b"}));
    CHECK((*found)["parameters"][0]
          == json{{"name", "job_a"}, {"label", "job a"}, {"unit", "s"}, {"initial", 1.0}, {"low", 0.1}, {"high", 5.0},
                  {"step", 0.1}});
    CHECK((*found)["parameters"][3]["choices"] == json::array({"await", "at-once", "later"}));

    const Finished text = loopscope({"list"});
    CHECK(text.exit == 0);
    for (const std::string word : {"gather-three-urls", "* gather", "session-per-request", "latency_j", "connect"})
        CHECK(text.out.find(word) != std::string::npos);
}

TEST_CASE("compare gives both totals, the ratio and the first difference", "[app]")
{
    const json both = parsed({"compare", "gather-three-urls", "sequential", "gather", "--json"});
    CHECK(both["a"]["variant"] == "sequential");
    CHECK(both["a"]["total"] == 4.5);
    CHECK(both["b"]["total"] == 2.0);
    CHECK(both["ratio"] == 2.25);
    CHECK(both["verdict"] == "2.25× faster");
    CHECK(both["first_difference"]["t"] == 0.0);
    CHECK(both["first_difference"]["sentence"]
          == "At 0.0 s main awaits fetch_url directly in sequential, while in gather it creates the task fetch_url-1.");

    const json same = parsed({"compare", "gather-three-urls", "gather", "gather", "--json"});
    CHECK(same["ratio"] == 1.0);
    CHECK(same["first_difference"].is_null());

    const Finished text = loopscope({"compare", "gather-three-urls", "gather", "session-per-request", "--set",
                                     "connect=0.3"});
    CHECK(text.exit == 0);
    for (const std::string word : {"2.0 s", "2.3 s", "1.15× slower", "fetch_alone-1"})
        CHECK(text.out.find(word) != std::string::npos);
}

TEST_CASE("what is not known is refused with the nearest right word", "[app]")
{
    CHECK(refusal({"run", "gather-tree-urls"})
          == "There is no lesson \"gather-tree-urls\"; did you mean \"gather-three-urls\"?");
    CHECK(refusal({"run", "gather-three-urls", "--variant", "sequentail"})
          == "The lesson \"gather-three-urls\" has no variant \"sequentail\"; did you mean \"sequential\"?");
    CHECK(refusal({"run", "gather-three-urls", "--set", "conect=0.3"})
          == "The lesson \"gather-three-urls\" has no parameter \"conect\"; did you mean \"connect\"?");
    CHECK(refusal({"run", "gather-three-urls", "--set", "connect=1.5"})
          == "\"connect\" takes a number from 0 to 1 s, not \"1.5\".");
    CHECK(refusal({"run", "tasks-make-overlap", "--set", "mode_a=latter"})
          == "\"mode_a\" takes one of \"await\", \"at-once\" and \"later\", not \"latter\"; did you mean \"later\"?");
    CHECK(refusal({"compare", "gather-three-urls", "sequential", "gathr"})
          == "The lesson \"gather-three-urls\" has no variant \"gathr\"; did you mean \"gather\"?");
    CHECK(refusal({"rum", "gather-three-urls"}) == "There is no command \"rum\"; did you mean \"run\"?");
    CHECK(refusal({"run", "gather-three-urls", "--varaint=gather"})
          == "run has no option \"--varaint\"; did you mean \"--variant\"?");
    CHECK(refusal({"--hlep"}) == "There is no option \"--hlep\"; did you mean \"--help\"?");
}

TEST_CASE("a command line that is not complete says what is missing", "[app]")
{
    CHECK(refusal({"run"}) == "run needs a lesson, for example: loopscope run waiting-is-not-working");
    CHECK(refusal({"compare", "gather-three-urls", "gather"})
          == "compare needs a lesson and two variants, for example: loopscope compare waiting-is-not-working "
             "sequential overlapped");
    CHECK(refusal({"run", "gather-three-urls", "--variant"}) == "--variant needs a value behind it.");
    CHECK(refusal({"run", "gather-three-urls", "--set", "connect"}) == "\"connect\" sets nothing: write NAME=VALUE.");
    CHECK(refusal({"export", "gather-three-urls"})
          == "export needs a file to write: -o FILE.png, .svg, .pdf, .gif or .webp.");
}

TEST_CASE("a command line with too much says what is too much", "[app]")
{
    CHECK(refusal({"list", "gather-three-urls"})
          == "list has no use for \"gather-three-urls\"; \"loopscope list --help\" shows what it takes.");
    CHECK(refusal({"run", "gather-three-urls", "--variant", "gather", "--variant", "gather"})
          == "--variant can be given only once.");
    CHECK(refusal({"--json", "list"}) == "--json stands behind the command: loopscope list --json");
    CHECK(refusal({"list", "run"}) == "list has no use for \"run\"; \"loopscope list --help\" shows what it takes.");
}

TEST_CASE("each --set takes one assignment, before or behind the lesson", "[app]")
{
    CHECK(total({"--set", "latency_b=1", "--set", "latency_c=1", "gather-three-urls"}) == 1.0);
    CHECK(total({"gather-three-urls", "--set", "latency_b=1", "--set", "latency_c=1"}) == 1.0);
}

TEST_CASE("every command has --help and --version", "[app]")
{
    for (const std::vector<std::string>& command :
         std::vector<std::vector<std::string>>{{}, {"list"}, {"run"}, {"compare"}, {"export"}}) {
        std::vector<std::string> help = command;
        help.emplace_back("--help");
        const Finished helped = loopscope(help);
        CHECK(helped.exit == 0);
        CHECK(helped.err.empty());
        CHECK(helped.out.find("Usage: loopscope" + (command.empty() ? "" : " " + command[0])) != std::string::npos);
        CHECK(helped.out.find("--version") != std::string::npos);

        std::vector<std::string> version = command;
        version.emplace_back("--version");
        const Finished told = loopscope(version);
        CHECK(told.exit == 0);
        CHECK(told.out.substr(0, 10) == "loopscope ");
    }
}

TEST_CASE("export writes each format, without a display and without a word too many", "[app]")
{
    const QTemporaryDir folder;
    const auto wrote = [&](const char* name, std::vector<std::string> options) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        options.insert(options.begin(), {"export", "gather-three-urls"});
        options.insert(options.end(), {"-o", path.toStdString()});
        const Finished done = loopscope(options);
        CHECK(done.exit == 0);
        CHECK(done.err.empty());
        CHECK(done.out == "Wrote " + path.toStdString() + ".\n");
        return bytesOf(path);
    };
    const QImage image = QImage::fromData(wrote("run.png", {"--size", "800x500"}));
    CHECK(image.size() == QSize(800, 500));
    CHECK(QImage::fromData(wrote("two.png", {"--compare", "sequential,gather", "--size", "900x600"})).size()
          == QSize(900, 600));
    CHECK(wrote("run.svg", {"--variant", "sequential", "--theme", "print"}).contains("<svg"));
    CHECK(wrote("run.pdf", {"--theme", "dark"}).startsWith("%PDF"));
    CHECK(wrote("part.svg", {"--until", "1.2"}) != wrote("whole.svg", {}));
    CHECK(wrote("again.svg", {"--until", "1.2"}) == wrote("part.svg", {"--until", "1.2"}));
    CHECK(wrote("moment.svg", {"--step", "31"}).contains("not run yet"));
    CHECK(wrote("span.svg", {"--from", "0.5", "--to", "1.5s"}) != wrote("whole.svg", {}));
    CHECK(wrote("words.svg", {"--title", "Mine", "--caption", "And below", "--no-legend"}).contains("And below"));
    CHECK(wrote("code.svg", {"--code", "--step", "31"}).contains("async"));
    CHECK(wrote("cpp.svg", {"--code=c++"}).contains("co_await"));
    CHECK(wrote("pair.svg", {"--variant", "sequential", "--compare", "gather"})
          == wrote("both.svg", {"--compare", "sequential,gather"}));
    CHECK(wrote("before.svg", {"--before", "latency_b=1"}).contains(", before"));
    CHECK(QImage::fromData(wrote("fine.png", {"--size", "800x500", "--dpi", "192"})).size() == QSize(1600, 1000));
    CHECK(QImage::fromData(wrote("a4.png", {"--size", "a4"})).size() == QSize(1123, 794));
    CHECK(wrote("dark.png", {"--theme", "dark"}) != wrote("light.png", {"--theme", "light"}));
}

TEST_CASE("export plays a span as an animation", "[app]")
{
    const QTemporaryDir folder;
    for (const char* name : {"a.gif", "a.webp"}) {
        const QString path = folder.filePath(QString::fromLatin1(name));
        const Finished done = loopscope({"export", "gather-three-urls", "--from", "0.9", "--to", "1.1", "--size", "480x300",
                                         "--speed", "4", "-o", path.toStdString()});
        CHECK(done.exit == 0);
        CHECK(done.out.rfind("Wrote " + path.toStdString() + ": ", 0) == 0);
        CHECK(done.out.find(" pictures, ") != std::string::npos);
        CHECK((bytesOf(path).startsWith("GIF89a") || bytesOf(path).mid(8, 4) == "WEBP"));
    }
    const QString both = folder.filePath(QStringLiteral("both.gif"));
    const Finished done = loopscope({"export", "gather-three-urls", "--compare", "sequential,gather", "--from", "1.8", "--to",
                                     "2.1", "--size", "480x300", "--speed", "4", "-o", both.toStdString()});
    CHECK(done.exit == 0);
    CHECK(bytesOf(both).startsWith("GIF89a"));
}

TEST_CASE("export refuses what it cannot draw or write", "[app]")
{
    const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("a.png")).toStdString();
    const auto refused = [&](std::vector<std::string> options) {
        options.insert(options.begin(), {"export", "gather-three-urls"});
        return refusal(options);
    };
    CHECK(refused({"-o", file, "--theme", "prnit"}) == "There is no theme \"prnit\"; did you mean \"print\"?");
    for (const std::string size : {"10", "10x10", "800x", "x600", "axb", "800x600x3", "99999x99999", "-800x600"})
        CHECK(refused({"-o", file, "--size=" + size})
              == "A size is WIDTHxHEIGHT, from 320x200 to 16384x16384, or in millimetres (297x210mm), or slide, or a4; "
                 "not \"" + size + "\".");
    for (const std::string moment : {"-1", "soon", "nan", "1m", "1e300"})
        CHECK(refused({"-o", file, "--until=" + moment})
              == "--at takes a moment in seconds, such as 1.5, not \"" + moment + "\".");
    CHECK(refused({"-o", file, "--compare", "sequential,"})
          == "--compare takes two variants with a comma between them, such as sequential,gather, not \"sequential,\".");
    CHECK(refused({"-o", file, "--compare", "gather", "--before", "latency_b=1"})
          == "Choose one of --compare and --before: a picture shows two runs at the most.");
    CHECK(refused({"-o", file, "--at", "1", "--step", "3"})
          == "Choose one of --at and --step: both say up to where the run is shown.");
    CHECK(refused({"-o", file, "--step", "x"}).rfind("--step takes a whole number from 0 to ", 0) == 0);
    CHECK(refused({"-o", file, "--from", "2", "--to", "1"}) == "--to has to come after --from, and is 1.");
    CHECK(refused({"-o", file, "--from", "200"}).rfind("--from lies behind the end: the run is over at ", 0) == 0);
    CHECK(refused({"-o", file, "--dpi", "10"}) == "--dpi takes dots per inch, from 48 to 1200, not \"10\".");
    CHECK(refused({"-o", file, "--speed", "2"})
          == "--speed is that of an animation; give the file the ending .gif or .webp.");
    CHECK(refused({"-o", file, "--code=rust"}) == "--code is python or c++, not \"rust\".");
    CHECK(refused({"-o", file, "--before", "latency_x=1"}).find("latency") != std::string::npos);
    const std::string svg = folder.filePath(QStringLiteral("a.svg")).toStdString();
    CHECK(refused({"-o", svg, "--dpi", "300"})
          == "--dpi is for pictures made of dots; SVG and PDF are sharp at any size.");
    const std::string webp = folder.filePath(QStringLiteral("a.webp")).toStdString();
    CHECK(refused({"-o", webp, "--at", "1"}) == "An animation plays a span; choose it with --from and --to.");
    CHECK(refused({"-o", file, "--compare", "sequential,gathr"})
          == "The lesson \"gather-three-urls\" has no variant \"gathr\"; did you mean \"gather\"?");
    CHECK(refused({"-o", file, "--variant", "gather", "--compare", "sequential,gather"})
          == "Choose one of --variant and --compare: a picture shows one run or two.");
    CHECK_FALSE(QFile::exists(QString::fromStdString(file)));

    const std::string bmp = folder.filePath(QStringLiteral("a.bmp")).toStdString();
    CHECK(refused({"-o", bmp})
          == "Could not write \"" + bmp + "\": its name must end in .png, .svg or .pdf, or for an animation in .gif or .webp.");
    const std::string nowhere = folder.filePath(QStringLiteral("no/a.png")).toStdString();
    CHECK(refused({"-o", nowhere}) == "Could not write \"" + nowhere + "\": the folder does not exist.");
}

TEST_CASE("check proves lessons, in C++ and under Python", "[app]")
{
    const Finished done = loopscope({"check", "gather-three-urls"});
    CHECK(done.exit == 0);
    CHECK(done.err.empty());
    CHECK(done.out.rfind("gather-three-urls: sound; ", 0) == 0);
    CHECK(refusal({"check", "gather-three-url"})
          == "There is no lesson \"gather-three-url\"; did you mean \"gather-three-urls\"?");
}

TEST_CASE("sheet draws every variant of every lesson and a page that shows them", "[app]")
{
    const QTemporaryDir folder;
    const QString to = folder.filePath(QStringLiteral("sheet"));
    const Finished done = loopscope({"sheet", "-o", to.toStdString()});
    REQUIRE(done.exit == 0);
    CHECK(done.err.empty());
    const std::string page = bytesOf(to + QStringLiteral("/index.html")).toStdString();
    for (const json& lesson : parsed({"list", "--json"})["lessons"])
        for (const json& variant : lesson["variants"]) {
            const std::string name
                = lesson["id"].get<std::string>() + "." + variant["name"].get<std::string>() + ".svg";
            INFO(name);
            CHECK(bytesOf(to + QStringLiteral("/") + QString::fromStdString(name)).startsWith("<?xml"));
            CHECK(page.find("src=\"" + name + "\"") != std::string::npos);
        }
    CHECK(refusal({"sheet"}) == "sheet needs a folder to write into, for example: loopscope sheet -o pictures");
}

} // namespace
} // namespace loopscope::app
