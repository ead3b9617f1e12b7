#include "core/lesson/progress.h"
#include "tests/support/catch.h"

namespace loopscope::tests {
namespace {

using Answer = Progress::Answer;

std::vector<Lesson> four_lessons()
{
    std::vector<Lesson> lessons(4);
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        lessons[i].id = std::string(1, static_cast<char>('a' + i));
        lessons[i].chapter = static_cast<int>(i) / 2 + 1;
        lessons[i].predictions.resize(2);
        lessons[i].predictions[0].id = "one";
        lessons[i].predictions[1].id = "two";
    }
    lessons[3].needs = {"a", "c"};
    return lessons;
}

std::vector<std::string> names(const std::vector<Due>& due)
{
    std::vector<std::string> all;
    for (const Due& d : due)
        all.push_back(d.lesson->id + " " + d.prediction->id + (d.returns() ? " again " + std::to_string(d.round) : ""));
    return all;
}

using Names = std::vector<std::string>;

TEST_CASE("a lesson asks what nobody has answered yet", "[progress]")
{
    const std::vector<Lesson> lessons = four_lessons();
    Progress progress;
    CHECK(names(due_in(lessons, 0, progress)) == Names{"a one", "a two"});
    progress.answered("a", "one", Answer::Right);
    CHECK(names(due_in(lessons, 0, progress)) == Names{"a two"});
    progress.answered("a", "two", Answer::Unsure); // costs nothing, and does not come back
    CHECK(names(due_in(lessons, 0, progress)) == Names{});
    CHECK(names(due_in(lessons, 2, progress)) == Names{"c one", "c two"});
}

TEST_CASE("what was missed returns two lessons later, with other numbers, until it is known", "[progress]")
{
    const std::vector<Lesson> lessons = four_lessons();
    Progress progress;
    progress.answered("a", "two", Answer::Wrong);
    CHECK(names(due_in(lessons, 1, progress)) == Names{"b one", "b two"});
    CHECK(names(due_in(lessons, 2, progress)) == Names{"a two again 1", "c one", "c two"});
    progress.answered("a", "two", Answer::Wrong);
    CHECK(names(due_in(lessons, 3, progress)) == Names{"a two again 2", "d one", "d two"});
    progress.answered("a", "two", Answer::Right);
    CHECK(names(due_in(lessons, 3, progress)) == Names{"d one", "d two"});
}

TEST_CASE("the last lesson opens after one challenge solved in each chapter", "[progress]")
{
    const std::vector<Lesson> lessons = four_lessons();
    Progress progress;
    CHECK(chapters_to_solve(lessons, progress) == std::vector{1, 2});
    progress.solved("b");
    CHECK(chapters_to_solve(lessons, progress) == std::vector{2});
    progress.solved("d"); // itself does not count
    CHECK(chapters_to_solve(lessons, progress) == std::vector{2});
    progress.solved("c");
    CHECK(chapters_to_solve(lessons, progress).empty());
}

TEST_CASE("a lesson names those before it that were not done", "[progress]")
{
    const std::vector<Lesson> lessons = four_lessons();
    Progress progress;
    CHECK(missing_before(lessons, lessons[3], progress).size() == 2);
    progress.solved("a");
    progress.answered("c", "one", Answer::Wrong);
    CHECK(missing_before(lessons, lessons[3], progress).size() == 1);
    progress.answered("c", "two", Answer::Right);
    CHECK(missing_before(lessons, lessons[3], progress).empty());
}

} // namespace
} // namespace loopscope::tests
