#include "core/lesson/progress.h"

#include <algorithm>

namespace loopscope {

void Progress::answered(const std::string& lesson, const std::string& prediction, Answer answer)
{
    Record& record = records_[{lesson, prediction}];
    ++record.asked;
    record.last = answer;
}

const Progress::Record* Progress::record(const std::string& lesson, const std::string& prediction) const
{
    const auto found = records_.find({lesson, prediction});
    return found == records_.end() ? nullptr : &found->second;
}

std::vector<Due> due_in(std::span<const Lesson> lessons, std::size_t index, const Progress& progress)
{
    std::vector<Due> due;
    for (std::size_t earlier = 0; earlier + 2 <= index; ++earlier)
        for (const Prediction& prediction : lessons[earlier].predictions) {
            const Progress::Record* record = progress.record(lessons[earlier].id, prediction.id);
            if (record && record->last == Progress::Answer::Wrong)
                due.push_back({&lessons[earlier], &prediction, record->asked});
        }
    for (const Prediction& prediction : lessons[index].predictions)
        if (!progress.record(lessons[index].id, prediction.id))
            due.push_back({&lessons[index], &prediction, 0});
    return due;
}

std::vector<int> chapters_to_solve(std::span<const Lesson> lessons, const Progress& progress)
{
    std::vector<int> chapters;
    for (const Lesson& lesson : lessons.first(lessons.empty() ? 0 : lessons.size() - 1))
        if (chapters.empty() || chapters.back() != lesson.chapter)
            chapters.push_back(lesson.chapter);
    std::erase_if(chapters, [&](int chapter) {
        return std::any_of(lessons.begin(), lessons.end() - 1, [&](const Lesson& lesson) {
            return lesson.chapter == chapter && progress.is_solved(lesson.id);
        });
    });
    return chapters;
}

std::vector<const Lesson*> missing_before(std::span<const Lesson> lessons, const Lesson& lesson,
                                          const Progress& progress)
{
    std::vector<const Lesson*> missing;
    for (const std::string& id : lesson.needs)
        for (const Lesson& other : lessons) {
            if (other.id != id)
                continue;
            const bool done = std::all_of(other.predictions.begin(), other.predictions.end(), [&](const Prediction& p) {
                return progress.record(other.id, p.id) != nullptr;
            });
            if (!done && !progress.is_solved(other.id))
                missing.push_back(&other);
        }
    return missing;
}

} // namespace loopscope
