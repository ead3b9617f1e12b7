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

} // namespace

void saveChoices(QSettings& settings, const Store& store)
{
    settings.setValue(u"lesson"_s, QString::fromStdString(store.lessons()[store.lessonIndex()].id));
    if (!store.recording())
        settings.setValue(u"variant"_s, QString::fromStdString(store.variant().name));
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
        store.openLesson(i);
        for (std::size_t k = 0; k < store.lesson().variants.size(); ++k)
            if (store.lesson().variants[k].name == variant)
                store.chooseVariant(k);
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
