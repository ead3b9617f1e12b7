#pragma once

#include "core/lesson/course.h"

#include <span>

namespace loopscope::lessons {

/// All lessons, in the order of the curriculum. They live as long as the program.
[[nodiscard]] std::span<const Lesson> catalog();

/// What learners often believe: M1 to M31.
[[nodiscard]] std::span<const Belief> beliefs();

/// The words that lessons use, in the order in which they introduce them.
[[nodiscard]] std::span<const Term> glossary();

/// One puzzle for the end of each chapter.
[[nodiscard]] std::span<const Puzzle> puzzles();

/// All of it together.
[[nodiscard]] Course course();

// One function a lesson, each in a file of its own.
[[nodiscard]] Lesson waiting_is_not_working();
[[nodiscard]] Lesson meet_the_loop();
[[nodiscard]] Lesson who_owns_the_loop();
[[nodiscard]] Lesson calling_is_not_running();
[[nodiscard]] Lesson await_pauses_me();
[[nodiscard]] Lesson await_may_not_switch();
[[nodiscard]] Lesson awaitables_three_kinds();
[[nodiscard]] Lesson tasks_make_overlap();
[[nodiscard]] Lesson when_a_task_starts();
[[nodiscard]] Lesson lost_tasks();
[[nodiscard]] Lesson gather_three_urls();
[[nodiscard]] Lesson when_one_fails();
[[nodiscard]] Lesson task_groups();
[[nodiscard]] Lesson first_one_wins();
[[nodiscard]] Lesson concurrent_not_parallel();
[[nodiscard]] Lesson blocking_freezes_everyone();
[[nodiscard]] Lesson sharing_politely();
[[nodiscard]] Lesson how_the_loop_hears_io();
[[nodiscard]] Lesson async_for_is_in_order();
[[nodiscard]] Lesson blocking_io_to_threads();
[[nodiscard]] Lesson cpu_and_the_gil();
[[nodiscard]] Lesson cpu_to_processes();
[[nodiscard]] Lesson when_not_asyncio();
[[nodiscard]] Lesson timeouts();
[[nodiscard]] Lesson cancel_is_a_request();
[[nodiscard]] Lesson lost_update();
[[nodiscard]] Lesson limit_the_crowd();
[[nodiscard]] Lesson queues_and_backpressure();
[[nodiscard]] Lesson everyone_is_waiting();
[[nodiscard]] Lesson build_a_crawler();

} // namespace loopscope::lessons
