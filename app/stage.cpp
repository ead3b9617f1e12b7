#include "app/stage.h"

#include "app/application.h"
#include "core/base/format.h"

#include <QString>

#include <utility>

namespace loopscope::app {
namespace {

template <class T>
std::vector<std::string> namesOf(const std::vector<T>& items)
{
    std::vector<std::string> names;
    for (const T& item : items)
        names.push_back(item.name);
    return names;
}

Result<const Lesson*> findLesson(std::span<const Lesson> lessons, const std::string& id)
{
    for (const Lesson& lesson : lessons)
        if (lesson.id == id)
            return &lesson;
    return noSuchLesson(lessons, id);
}

} // namespace

std::string inQuotes(std::string_view word) { return "\"" + std::string(word) + "\""; }

std::string hintFor(const std::string& typed, const std::vector<std::string>& words)
{
    const std::string nearest = nearest_word(typed, words);
    if (!nearest.empty())
        return "; did you mean " + inQuotes(nearest) + "?";
    return words.size() == 1 ? "; there is only " + inQuotes(words.front()) + "."
                             : "; there are " + format_list(words) + ".";
}

Result<const Variant*> findVariant(const Lesson& lesson, const std::string& name)
{
    if (name.empty())
        return &lesson.variants[lesson.default_variant];
    if (const Variant* variant = find_variant(lesson, name))
        return variant;
    if (lesson.variants.front().recorded)
        return Error{"The recording has one variant, " + inQuotes(lesson.variants.front().name) + ", and not "
                     + inQuotes(name) + "."};
    return Error{"The lesson " + inQuotes(lesson.id) + " has no variant " + inQuotes(name)
                 + hintFor(name, namesOf(lesson.variants))};
}

bool namesRecording(std::string_view word) { return word.ends_with(".loopscope"); }

ui::Sources codeOf(const Stage& stage)
{
    return stage.recording ? stage.recording->sources : sourcesOf(*stage.lesson);
}

Result<Stage> stageOf(std::span<const Lesson> lessons, const std::string& id, const std::vector<std::string>& sets)
{
    if (namesRecording(id)) {
        if (!sets.empty())
            return Error{"A recording is a run as it was; leave out --set, or run its lesson."};
        Result<ui::OpenRecording> opened = ui::openRecording(QString::fromStdString(id));
        if (!opened)
            return opened.error();
        const auto recording = std::make_shared<const ui::OpenRecording>(std::move(*opened));
        return Stage{&recording->lesson, recording->recording.run.values, recording};
    }
    const Result<const Lesson*> lesson = findLesson(lessons, id);
    if (!lesson)
        return lesson.error();
    Result<Values> values = parse_values(**lesson, sets);
    if (!values)
        return values.error();
    return Stage{*lesson, std::move(*values), nullptr};
}

Result<Run> runOf(const Stage& stage, const std::string& variant)
{
    const Result<const Variant*> found = findVariant(*stage.lesson, variant);
    if (!found)
        return found.error();
    return run(*stage.lesson, **found, stage.values);
}

Error noSuchLesson(std::span<const Lesson> lessons, const std::string& id)
{
    std::vector<std::string> ids;
    for (const Lesson& lesson : lessons)
        ids.push_back(lesson.id);
    return Error{"There is no lesson " + inQuotes(id) + hintFor(id, ids)};
}

} // namespace loopscope::app
