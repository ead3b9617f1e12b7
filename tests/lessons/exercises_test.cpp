#include "core/lesson/check.h"
#include "lessons/catalog.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

TEST_CASE("every prediction, challenge and remark of every lesson is true of its runs", "[lessons]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        if (lesson.predictions.empty() && lesson.challenge.goal.empty())
            continue; // its exercises are not written yet
        INFO(lesson.id);
        CHECK(faults_in_exercises(lesson) == std::vector<std::string>{});
    }
}

} // namespace
} // namespace loopscope::tests
