#include "ui/picture_texts.h"

#include "core/base/format.h"
#include "core/timeline/layout.h"
#include "core/trace/stats.h"

#include <QCoreApplication>
#include <QStringList>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Pictures)
};

std::string titleOf(const Lesson& lesson, const std::string& variant)
{
    const Variant* found = find_variant(lesson, variant);
    return found ? found->title : variant;
}

QString valueText(const Parameter& parameter, const Values& values)
{
    QString value;
    if (std::holds_alternative<Choices>(parameter.range)) {
        value = QString::fromStdString(values.word(parameter.name));
    } else {
        value = QString::fromStdString(format_number(values.number(parameter.name)));
        if (!parameter.unit.empty())
            value += u' ' + QString::fromStdString(parameter.unit);
    }
    // "time limit 1 s" reads as it is; "model asyncio" does not.
    const bool hasUnit = !std::holds_alternative<Choices>(parameter.range) && !parameter.unit.empty();
    return QString::fromStdString(parameter.label) + (hasUnit ? u" "_s : u": "_s) + value;
}

bool sameValue(const Parameter& parameter, const Values& a, const Values& b)
{
    return std::holds_alternative<Choices>(parameter.range) ? a.word(parameter.name) == b.word(parameter.name)
                                                            : a.number(parameter.name) == b.number(parameter.name);
}

int idlePercent(const RunStats& stats)
{
    return stats.makespan.count() > 0
        ? static_cast<int>(std::lround(100.0 * to_seconds(stats.idle) / to_seconds(stats.makespan)))
        : 0;
}

/// Of one run, those values that the other one has otherwise.
QString differingText(const Lesson& lesson, const Run& run, const Run& other)
{
    if (run.values == other.values)
        return {};
    QStringList told;
    for (const Parameter& parameter : lesson.parameters) {
        const Variant* variant = find_variant(lesson, run.variant);
        if (variant && matters(*variant, parameter, run.values) && !sameValue(parameter, run.values, other.values))
            told += valueText(parameter, run.values);
    }
    return told.join(u" · "_s);
}

/// How long it took, which is what most lessons ask.
QString totalText(const Run& run, const RunStats& stats)
{
    if (run.outcome.kind == Outcome::Kind::Deadlock)
        return Words::tr("never ends");
    return QString::fromStdString(format_duration(stats.total));
}

QString asideText(const Run& run, const RunStats& stats)
{
    if (stats.makespan == Duration::zero())
        return Words::tr("all at one moment");
    QStringList told;
    // What is left when main is done still takes time.
    if (run.outcome.kind != Outcome::Kind::Deadlock && stats.makespan > stats.total)
        told += Words::tr("closed after %1").arg(QString::fromStdString(format_duration(stats.makespan)));
    told += Words::tr("loop idle %1 %").arg(idlePercent(stats));
    return told.join(u" · "_s);
}

/// The values that both runs have; those in which they differ stand at the heads of the two.
QString sharedText(const Lesson& lesson, const Run& a, const Run& b)
{
    const auto told = [&](const Run& run) {
        return valuesText(lesson, {a.variant, b.variant}, run.values).split(u" · "_s, Qt::SkipEmptyParts);
    };
    QStringList shared = told(a);
    const QStringList other = told(b);
    shared.removeIf([&](const QString& value) { return !other.contains(value); });
    return shared.join(u" · "_s);
}

} // namespace

QString valuesText(const Lesson& lesson, const std::vector<std::string>& variants, const Values& values)
{
    QStringList told;
    for (const Parameter& parameter : lesson.parameters) {
        const bool toldOf = std::any_of(variants.begin(), variants.end(), [&](const std::string& name) {
            const Variant* variant = find_variant(lesson, name);
            // What was recorded cannot be changed, and is told all the same.
            return variant && (variant->recorded ? matters(*variant, parameter) : matters(*variant, parameter, values));
        });
        if (!toldOf)
            continue;
        told += valueText(parameter, values);
    }
    return told.join(u" · "_s);
}

QString changedText(const Lesson& lesson, const Variant& variant, const Values& values)
{
    const Values first = initial_values(lesson);
    QStringList told;
    for (const Parameter& parameter : lesson.parameters)
        if (matters(variant, parameter, values) && values.all().at(parameter.name) != first.all().at(parameter.name))
            told += valueText(parameter, values);
    return told.join(u" · "_s);
}

RunPicture pictureOf(const Lesson& lesson, const Run& run)
{
    const RunSpans spans = spans_of(*run.trace);
    const RunStats stats = stats_of(*run.trace, spans);
    const QString values = valuesText(lesson, {run.variant}, run.values);
    const QString variant = QString::fromStdString(titleOf(lesson, run.variant));
    return {.title = QString::fromStdString(lesson.title),
            .subtitle = values.isEmpty() ? variant : u"%1 · %2"_s.arg(variant, values),
            .caption = {},
            .total = totalText(run, stats),
            .aside = asideText(run, stats),
            .trace = run.trace,
            .blend = fitting_blend(*run.trace, spans),
            .until = std::nullopt};
}

QString momentText(TimePoint when)
{
    return Words::tr("t = %1").arg(QString::fromStdString(format_moment(when)));
}

void tellMoment(RunPicture& picture, RunPosition at)
{
    picture.moment = momentText(at.when);
    picture.event = Words::tr("event %1 of %2").arg(static_cast<std::size_t>(at.step)).arg(picture.trace->size());
}

void tellDamage(RunPicture& picture, const OpenRecording& recording)
{
    if (recording.damage.isEmpty())
        return;
    const QString told = Words::tr("from a damaged file: the first %1 of the run")
                             .arg(QString::fromStdString(format_count(picture.trace->size(), "event")));
    picture.subtitle = picture.subtitle.isEmpty() ? told : picture.subtitle + u" · "_s + told;
}

CompareWords wordsOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& numbers)
{
    return wordsOf(lesson, a, QString::fromStdString(titleOf(lesson, a.variant)), b,
                   QString::fromStdString(titleOf(lesson, b.variant)), numbers);
}

CompareWords wordsOf(const Lesson& lesson, const Run& a, const QString& titleA, const Run& b, const QString& titleB,
                     const Comparison& numbers)
{
    CompareWords words;
    const auto heading = [&](const QString& title, const Run& run, const Run& other) {
        const QString own = differingText(lesson, run, other);
        return (own.isEmpty() ? title : u"%1 · %2"_s.arg(title, own)).toStdString();
    };
    words.title_a = heading(titleA, a, b);
    words.title_b = heading(titleB, b, a);
    words.by_time = numbers.same_outcome;
    words.total_a = format_duration(numbers.a.total);
    words.total_b = format_duration(numbers.b.total);
    words.seconds_a = to_seconds(numbers.a.total);
    words.seconds_b = to_seconds(numbers.b.total);
    words.verdict = numbers.verdict;
    words.note_a = numbers.note_a;
    words.note_b = numbers.note_b;
    words.reason = numbers.reason;
    const int idleA = idlePercent(numbers.a);
    const int idleB = idlePercent(numbers.b);
    words.aside = (idleA == idleB ? Words::tr("loop idle %1 % in both").arg(idleA)
                                  : Words::tr("loop idle %1 % and %2 %").arg(idleA).arg(idleB))
                      .toStdString();
    if (numbers.difference)
        words.difference = {numbers.difference->step_a, numbers.difference->step_b};
    return words;
}

ComparisonPicture pictureOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& numbers)
{
    return {.title = QString::fromStdString(lesson.title),
            .subtitle = sharedText(lesson, a, b),
            .a = a.trace,
            .b = b.trace,
            .words = wordsOf(lesson, a, b, numbers)};
}

CompareWords comparisonWords(const Store& store)
{
    const ComparedRuns& runs = store.comparison();
    const auto [a, b] = store.comparedSides();
    return wordsOf(store.lesson(), runs.a->run, store.sideTitle(a), runs.b->run, store.sideTitle(b), runs.numbers);
}

ComparisonPicture comparisonPicture(const Store& store)
{
    const ComparedRuns& runs = store.comparison();
    ComparisonPicture picture = pictureOf(store.lesson(), runs.a->run, runs.b->run, runs.numbers);
    picture.words = comparisonWords(store);
    return picture;
}

} // namespace loopscope::ui
