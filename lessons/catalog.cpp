#include "lessons/catalog.h"

#include <array>

namespace loopscope::lessons {

std::span<const Lesson> catalog()
{
    static const std::array lessons{
        waiting_is_not_working(),
        meet_the_loop(),
        who_owns_the_loop(),
        calling_is_not_running(),
        await_pauses_me(),
        await_may_not_switch(),
        awaitables_three_kinds(),
        tasks_make_overlap(),
        when_a_task_starts(),
        lost_tasks(),
        gather_three_urls(),
        when_one_fails(),
        task_groups(),
        first_one_wins(),
        concurrent_not_parallel(),
        blocking_freezes_everyone(),
        sharing_politely(),
        how_the_loop_hears_io(),
        async_for_is_in_order(),
        blocking_io_to_threads(),
        cpu_and_the_gil(),
        cpu_to_processes(),
        when_not_asyncio(),
        timeouts(),
        cancel_is_a_request(),
        lost_update(),
        limit_the_crowd(),
        queues_and_backpressure(),
        everyone_is_waiting(),
        build_a_crawler(),
    };
    return lessons;
}

Course course() { return {.lessons = catalog(), .beliefs = beliefs(), .glossary = glossary(), .puzzles = puzzles()}; }

} // namespace loopscope::lessons
