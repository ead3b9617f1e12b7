#include "app/check.h"

#include "app/run_json.h"
#include "app/stage.h"
#include "core/base/format.h"
#include "core/lesson/check.h"
#include "core/lesson/settings.h"

#include <QDirIterator>
#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QTemporaryDir>

#include <cmath>
#include <vector>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;
using Faults = std::vector<std::string>;

/// Python's half: the twins and their stage, unpacked from the program.
class Twins {
public:
    Twins()
    {
        QDirIterator files(u":/lessons"_s, {u"*.py"_s}, QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            const QString from = files.next();
            const QString to = m_folder.filePath(from.mid(2)); // without ":/"
            QDir().mkpath(QFileInfo(to).path());
            QFile::copy(from, to);
        }
    }

    /// Records of the cases, in their order.
    [[nodiscard]] Result<Json> recordsOf(Json cases) const
    {
        for (Json& one : cases)
            one["file"] = m_folder.filePath(QString::fromStdString(one["file"].get<std::string>())).toStdString();
        QProcess python;
        python.start(interpreter(), {u"-B"_s, u"-W"_s, u"ignore"_s, m_folder.filePath(u"lessons/python/run_twins.py"_s)});
        if (!python.waitForStarted())
            return Error{"There is no python3 on this machine, so the Python twins cannot be checked; install python3."};
        python.write(QByteArray::fromStdString(cases.dump()));
        python.closeWriteChannel();
        constexpr int tenMinutes = 600'000;
        if (!python.waitForFinished(tenMinutes) || python.exitCode() != 0)
            return Error{"python3 said: " + python.readAllStandardError().toStdString()};
        return Json::parse(python.readAllStandardOutput().toStdString());
    }

    [[nodiscard]] static int pythonMinor()
    {
        QProcess python;
        python.start(interpreter(), {u"-c"_s, u"import sys; print(sys.version_info.minor)"_s});
        return python.waitForFinished() ? python.readAllStandardOutput().trimmed().toInt() : 0;
    }

private:
    // The machine's own, or the one that is to be compared with.
    [[nodiscard]] static QString interpreter()
    {
        return qEnvironmentVariable("LOOPSCOPE_PYTHON", u"python3"_s);
    }

    QTemporaryDir m_folder;
};

// Times may differ in the last bit of a double.
bool sameNumber(const Json& a, const Json& b)
{
    return std::abs(a.get<double>() - b.get<double>()) < 1e-6;
}
bool sameLine(const Json& a, const Json& b)
{
    return sameNumber(a["t"], b["t"]) && a["task"] == b["task"] && a["text"] == b["text"];
}
bool sameSwitch(const Json& a, const Json& b) { return sameNumber(a[0], b[0]) && a[1] == b[1]; }

// The first entry in which two lists differ, in a sentence; empty when they do not.
template <class Same>
std::string firstDifference(const char* what, const Json& cpp, const Json& python, Same same)
{
    for (std::size_t i = 0; i < std::max(cpp.size(), python.size()); ++i) {
        if (i < cpp.size() && i < python.size() && same(cpp[i], python[i]))
            continue;
        return std::string(what) + " " + std::to_string(i + 1) + " is "
            + (i < cpp.size() ? cpp[i].dump() : "missing") + " in C++ and "
            + (i < python.size() ? python[i].dump() : "missing") + " in Python.";
    }
    return {};
}

std::string difference(const Json& cpp, const Json& python)
{
    if (std::string text = firstDifference("line", cpp["log"], python["log"], sameLine); !text.empty())
        return text;
    if (std::string text = firstDifference("switch", cpp["switches"], python["switches"], sameSwitch); !text.empty())
        return text;
    if (Json(cpp["outcome"]) != Json(python["outcome"]))
        return "it ends with " + cpp["outcome"].dump() + " in C++ and " + python["outcome"].dump() + " in Python.";
    if (!sameNumber(cpp["total"], python["total"]))
        return "main ends at " + cpp["total"].dump() + " in C++ and at " + python["total"].dump() + " in Python.";
    return {};
}

struct Compared {
    std::size_t runs = 0;
    std::size_t left_out = 0; ///< variants that this Python is too old for
    Faults faults;
};

Result<Compared> comparedWithPython(const Twins& twins, const Lesson& lesson, int minor)
{
    Compared compared;
    Json cases = Json::array();
    std::vector<std::string> names;
    std::vector<Json> cpp;
    for (const Variant& variant : lesson.variants) {
        if (variant.python_minor > minor) {
            ++compared.left_out;
            continue;
        }
        const auto add = [&](const std::string& name, const Values& values, bool as_shown) {
            Json ours = jsonOf(lesson, run(lesson, variant, values));
            cases.push_back({{"file", lesson.python_file},
                             {"variant", variant.name},
                             {"values", ours["parameters"]},
                             {"launch", variant.launch == Launch::Run ? "run" : "run_until_complete"},
                             {"as_shown", as_shown}});
            names.push_back(variant.name + " with " + name);
            cpp.push_back(std::move(ours));
        };
        add("what the story shows", initial_values(lesson), true);
        for (const Setting& setting : settings_of(lesson))
            add(setting.name, setting.values, false);
    }
    const Result<Json> python = twins.recordsOf(std::move(cases));
    if (!python)
        return python.error();
    compared.runs = cpp.size();
    for (std::size_t i = 0; i < cpp.size(); ++i)
        if (const std::string what = difference(cpp[i], (*python)[i]); !what.empty())
            compared.faults.push_back(names[i] + ": " + what);
    return compared;
}

} // namespace

Result<std::string> checkLessons(std::span<const Lesson> lessons, const std::string& id)
{
    const Twins twins;
    const int minor = Twins::pythonMinor();
    std::string said;
    std::string faults;
    bool found = false;
    for (const Lesson& lesson : lessons) {
        if (!id.empty() && lesson.id != id)
            continue;
        found = true;
        Faults all = faults_in_runs(lesson);
        const Faults in_exercises = faults_in_exercises(lesson);
        all.insert(all.end(), in_exercises.begin(), in_exercises.end());
        const Result<Compared> compared = comparedWithPython(twins, lesson, minor);
        if (!compared)
            return compared.error();
        all.insert(all.end(), compared->faults.begin(), compared->faults.end());
        if (all.empty())
            said += lesson.id + ": sound; " + format_count(compared->runs, "run") + " in C++ and in Python 3."
                + std::to_string(minor) + " are the same"
                + (compared->left_out > 0
                       ? ", " + format_count(compared->left_out, "variant") + " too new for it left out"
                       : "")
                + ".\n";
        for (const std::string& fault : all)
            faults += (faults.empty() ? "" : "\n") + lesson.id + ": " + fault;
    }
    if (!found)
        return noSuchLesson(lessons, id);
    if (!faults.empty())
        return Error{faults};
    return said;
}

} // namespace loopscope::app
