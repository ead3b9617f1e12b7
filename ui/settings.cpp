#include "ui/settings.h"

#include "ui/marks_settings.h"

#include <QMainWindow>
#include <QSettings>
#include <QSplitter>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString splitterKey(qsizetype index)
{
    return u"window/splitter%1"_s.arg(index);
}

// Each answer is "lesson/prediction" with how often it was asked, and the last answer.
void saveProgress(QSettings& settings, const Progress& progress)
{
    QVariantMap answers;
    for (const auto& [key, record] : progress.records())
        answers.insert(QString::fromStdString(key.first + '/' + key.second),
                       u"%1 %2"_s.arg(record.asked).arg(static_cast<int>(record.last)));
    settings.setValue(u"answers"_s, answers);
    QStringList solved;
    for (const std::string& lesson : progress.solved_lessons())
        solved += QString::fromStdString(lesson);
    settings.setValue(u"solved"_s, solved);
}

Progress restoredProgress(const QSettings& settings)
{
    Progress progress;
    const QVariantMap answers = settings.value(u"answers"_s).toMap();
    for (auto it = answers.begin(); it != answers.end(); ++it) {
        const QStringList key = it.key().split(u'/');
        const QStringList record = it.value().toString().split(u' ');
        if (key.size() != 2 || record.size() != 2)
            continue;
        const int last = std::clamp(record[1].toInt(), 0, 2);
        progress.restore({key[0].toStdString(), key[1].toStdString()},
                         {.asked = record[0].toULongLong(), .last = static_cast<Progress::Answer>(last)});
    }
    for (const QString& lesson : settings.value(u"solved"_s).toStringList())
        progress.solved(lesson.toStdString());
    return progress;
}

/// What differs from the lesson's own values, as the command line writes it.
QStringList valuesOf(const Store& store)
{
    QStringList sets;
    for (const Parameter& parameter : store.lesson().parameters) {
        const auto value = store.values().all().find(parameter.name);
        if (value == store.values().all().end() || value->second == parameter.initial)
            continue;
        const auto* number = std::get_if<double>(&value->second);
        sets += QString::fromStdString(parameter.name) + u'='
            + (number ? QString::number(*number, 'g', 12) : QString::fromStdString(std::get<std::string>(value->second)));
    }
    return sets;
}

/// The moment at which the run stood, what had been seen of it, and the part of the axis in view.
void restorePosition(const QSettings& settings, Store& store, const std::string& lesson)
{
    if (store.lesson().id != lesson)
        return;
    store.setStep(settings.value(u"step"_s).toULongLong());
    store.setReached(settings.value(u"reached"_s).toULongLong());
    const QStringList ends = settings.value(u"zoom"_s).toString().split(u' ');
    if (ends.size() != 2)
        return;
    const Zoom zoom{std::clamp(ends[0].toDouble(), 0.0, 1.0), std::clamp(ends[1].toDouble(), 0.0, 1.0)};
    if (zoom.high - zoom.low > 1e-6)
        store.setZoom(zoom);
}

} // namespace

void saveChoices(QSettings& settings, const Store& store)
{
    settings.setValue(u"lesson"_s, QString::fromStdString(store.lessons()[store.lessonIndex()].id));
    for (const QString& key : {u"values"_s, u"step"_s, u"reached"_s, u"zoom"_s})
        settings.remove(key); // those of another run would be wrong
    if (!store.recording()) {
        settings.setValue(u"variant"_s, QString::fromStdString(store.variant().name));
        settings.setValue(u"values"_s, valuesOf(store));
        if (store.mode() == Mode::Run) {
            settings.setValue(u"step"_s, QVariant::fromValue<qulonglong>(store.step()));
            settings.setValue(u"reached"_s, QVariant::fromValue<qulonglong>(store.reached()));
            settings.setValue(u"zoom"_s, u"%1 %2"_s.arg(store.zoom().low, 0, 'g', 12).arg(store.zoom().high, 0, 'g', 12));
        }
    }
    settings.setValue(u"language"_s, store.language() == Language::Python ? u"python"_s : u"c++"_s);
    settings.setValue(u"dark"_s, store.isDark());
    settings.setValue(u"reduceMotion"_s, store.reducesMotion());
    settings.setValue(u"speed"_s, store.speed());
    settings.setValue(u"stepBy"_s, static_cast<int>(store.stepBy()));
    settings.setValue(u"blend"_s, store.blend());
    saveProgress(settings, store.progress());
    settings.setValue(u"marks"_s, marksAsText(store.allMarks()));
}

void restoreChoices(const QSettings& settings, Store& store)
{
    const std::string lesson = settings.value(u"lesson"_s).toString().toStdString();
    const std::string variant = settings.value(u"variant"_s).toString().toStdString();
    for (std::size_t i = 0; i < store.lessons().size(); ++i) {
        if (store.lessons()[i].id != lesson)
            continue;
        Setup setup{variant, {}};
        for (const QString& value : settings.value(u"values"_s).toStringList())
            setup.sets.push_back(value.toStdString());
        Result<Stage> stage = stage_of(store.lessons()[i], setup);
        if (!stage) // the lesson has other parameters by now
            stage = stage_of(store.lessons()[i], {variant, {}});
        if (stage)
            store.showStage(store.lessons()[i], *stage);
        else
            store.openLesson(i);
    }
    if (settings.value(u"language"_s).toString() == u"c++")
        store.setLanguage(Language::Cpp);
    store.setDark(settings.value(u"dark"_s, store.isDark()).toBool());
    store.setReduceMotion(settings.value(u"reduceMotion"_s, store.reducesMotion()).toBool());
    const double speed = settings.value(u"speed"_s, store.speed()).toDouble();
    if (speed > 0)
        store.setSpeed(std::clamp(speed, 0.25, 4.0));
    store.setStepBy(static_cast<StepBy>(std::clamp(settings.value(u"stepBy"_s, 0).toInt(), 0, 3)));
    store.setBlend(settings.value(u"blend"_s, store.blend()).toDouble());
    store.setProgress(restoredProgress(settings));
    store.restoreMarks(marksFromText(settings.value(u"marks"_s).toString()));
    restorePosition(settings, store, lesson);
}

void saveShape(QSettings& settings, const QMainWindow& window, const QList<QSplitter*>& splitters)
{
    settings.setValue(u"window/geometry"_s, window.saveGeometry());
    for (qsizetype i = 0; i < splitters.size(); ++i)
        settings.setValue(splitterKey(i), splitters[i]->saveState());
}

bool restoreShape(const QSettings& settings, QMainWindow& window, const QList<QSplitter*>& splitters)
{
    if (!window.restoreGeometry(settings.value(u"window/geometry"_s).toByteArray()))
        return false;
    for (qsizetype i = 0; i < splitters.size(); ++i)
        splitters[i]->restoreState(settings.value(splitterKey(i)).toByteArray());
    return true;
}

} // namespace loopscope::ui
