#include "app/stage.h"

#include "core/base/format.h"

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
    return Error{"The lesson " + inQuotes(lesson.id) + " has no variant " + inQuotes(name)
                 + hintFor(name, namesOf(lesson.variants))};
}

Result<Stage> stageOf(std::span<const Lesson> lessons, const std::string& id, const std::vector<std::string>& sets)
{
    const Result<const Lesson*> lesson = findLesson(lessons, id);
    if (!lesson)
        return lesson.error();
    Result<Values> values = parse_values(**lesson, sets);
    if (!values)
        return values.error();
    return Stage{*lesson, std::move(*values)};
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
