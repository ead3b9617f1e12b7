#include "lessons/catalog.h"

#include <array>

namespace loopscope::lessons {

std::span<const Lesson> catalog()
{
    static const std::array lessons{
        tasks_make_overlap(),
        when_a_task_starts(),
        lost_tasks(),
        gather_three_urls(),
    };
    return lessons;
}

} // namespace loopscope::lessons
