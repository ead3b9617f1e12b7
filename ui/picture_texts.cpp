#include "ui/picture_texts.h"

#include "core/base/format.h"

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

int idlePercent(const RunStats& stats)
{
    return stats.makespan.count() > 0
        ? static_cast<int>(std::lround(100.0 * to_seconds(stats.idle) / to_seconds(stats.makespan)))
        : 0;
}

} // namespace

QString valuesText(const Lesson& lesson, const std::vector<std::string>& variants, const Values& values)
{
    QStringList told;
    for (const Parameter& parameter : lesson.parameters) {
        const bool toldOf = std::any_of(variants.begin(), variants.end(), [&](const std::string& name) {
            const Variant* variant = find_variant(lesson, name);
            return variant && matters(*variant, parameter, values);
        });
        if (!toldOf)
            continue;
        QString value;
        if (std::holds_alternative<Choices>(parameter.range)) {
            value = QString::fromStdString(values.word(parameter.name));
        } else {
            value = QString::fromStdString(format_number(values.number(parameter.name)));
            if (!parameter.unit.empty())
                value += u' ' + QString::fromStdString(parameter.unit);
        }
        told += QString::fromStdString(parameter.label) + u' ' + value;
    }
    return told.join(u" · "_s);
}

RunPicture pictureOf(const Lesson& lesson, const Run& run)
{
    const QString values = valuesText(lesson, {run.variant}, run.values);
    const QString variant = QString::fromStdString(titleOf(lesson, run.variant));
    return {.title = QString::fromStdString(lesson.title),
            .subtitle = values.isEmpty() ? variant : u"%1 · %2"_s.arg(variant, values),
            .caption = {},
            .trace = run.trace,
            .blend = 0,
            .until = std::nullopt};
}

CompareWords wordsOf(const Lesson& lesson, const Run& a, const Run& b, const Comparison& numbers)
{
    CompareWords words;
    words.title_a = titleOf(lesson, a.variant);
    words.title_b = titleOf(lesson, b.variant);
    words.total_a = format_duration(numbers.a.total);
    words.total_b = format_duration(numbers.b.total);
    words.seconds_a = to_seconds(numbers.a.total);
    words.seconds_b = to_seconds(numbers.b.total);
    words.verdict = numbers.verdict;
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
            .subtitle = valuesText(lesson, {a.variant, b.variant}, a.values),
            .a = a.trace,
            .b = b.trace,
            .words = wordsOf(lesson, a, b, numbers)};
}

} // namespace loopscope::ui
