#pragma once

#include "core/asyncio.h"
#include "core/lesson/lesson.h"

#include <span>
#include <vector>

namespace loopscope::tests {

/// A lesson of programs that share something: `embrace` ends in a deadlock of two locks, `many` has
/// 20 000 turns.
inline std::span<const Lesson> sharingLessons()
{
    struct Story {
        static Coro<void> takes(Lock& first, Lock& second)
        {
            auto inner = []() -> Coro<void> { co_return; };
            auto outer = [&]() -> Coro<void> {
                co_await sleep(0.1);
                co_await async_with(second, inner());
            };
            co_await async_with(first, outer());
        }
        static Coro<void> embrace()
        {
            Lock left("left");
            Lock right("right");
            const Task<void> a = create_task(takes(left, right), "a");
            const Task<void> b = create_task(takes(right, left), "b");
            co_await gather(a, b);
        }
        static Coro<void> many()
        {
            for (int i = 0; i < 20'000; ++i)
                co_await sleep(0);
        }
    };
    static const std::vector<Lesson> lessons = [] {
        Lesson lesson;
        lesson.number = 1;
        lesson.chapter = 1;
        lesson.chapter_title = "Sharing";
        lesson.id = "sharing";
        lesson.title = "Sharing";
        lesson.question = "Who waits for whom?";
        lesson.cpp_file = "tests/ui/support/test_lessons.cpp";
        lesson.python_file = "sharing.py";
        lesson.variants.push_back({.name = "embrace", .title = "Embrace", .summary = "Two locks.",
                                   .start = [](EventLoop&, const Values&) { return Story::embrace(); }, .functions = {}});
        lesson.variants.push_back({.name = "many", .title = "Many", .summary = "Many turns.",
                                   .start = [](EventLoop&, const Values&) { return Story::many(); }, .functions = {}});
        lesson.compare = {"embrace", "many"};
        return std::vector<Lesson>{lesson};
    }();
    return lessons;
}

} // namespace loopscope::tests
