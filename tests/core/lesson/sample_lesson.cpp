#include "tests/core/lesson/sample_lesson.h"

#include <stdexcept>

namespace loopscope::samples {
namespace {

Coro<> nap(double length)
{
    co_await sleep(length);
}

Coro<> one_by_one(int count, double length)
{
    for (int i = 0; i < count; ++i)
        co_await nap(length);
    print("rested");
}

Coro<> together(int count, double length)
{
    std::vector<Coro<>> naps;
    for (int i = 0; i < count; ++i)
        naps.push_back(nap(length));
    co_await gather(std::move(naps));
    print("rested");
}

Coro<> uneven_tasks()
{
    Task<> twice = create_task(one_by_one(2, 1.0));
    Task<> once = create_task(nap(1.5));
    co_await once;
    co_await twice;
}

Coro<> works()
{
    cpu(2.0);
    co_return;
}

Coro<> fails()
{
    co_await nap(1.0);
    throw ValueError("boom");
}

/// One task fails, one is cancelled, and one is left over.
Coro<> loses()
{
    Task<> failing = create_task(fails());
    Task<> cancelled = create_task(nap(2.0));
    Task<> left_over = create_task(nap(3.0));
    co_await sleep(0.2);
    cancelled.cancel();
    co_await sleep(1.3);
}

Coro<> waits_for_ever()
{
    const Future<void> never = get_running_loop().create_future();
    co_await never;
}

Coro<> does_nothing()
{
    co_return;
}

Variant variant(std::string name, std::function<Coro<>(EventLoop&, const Values&)> start)
{
    return {.name = std::move(name), .title = {}, .summary = {}, .start = std::move(start), .functions = {}};
}

Lesson make_lesson()
{
    Lesson lesson;
    lesson.id = "sample";
    lesson.parameters = {
        {.name = "count",
         .label = "naps",
         .unit = {},
         .range = NumberRange{.low = 1, .high = 8, .step = 1, .whole = true},
         .initial = 3.0},
        {.name = "length",
         .label = "length",
         .unit = "s",
         .range = NumberRange{.low = 0.1, .high = 5, .step = 0.1},
         .initial = 1.5},
        {.name = "mode", .label = "mode", .unit = {}, .range = Choices{{"quick", "slow"}}, .initial = "slow"},
    };
    const auto count = [](const Values& v) { return v.whole("count"); };
    const auto length = [](const Values& v) { return v.number("length"); };
    lesson.variants = {
        variant("one-by-one", [=](EventLoop&, const Values& v) { return one_by_one(count(v), length(v)); }),
        variant("together", [=](EventLoop&, const Values& v) { return together(count(v), length(v)); }),
        variant("uneven", [](EventLoop&, const Values&) { return uneven_tasks(); }),
        variant("works", [](EventLoop&, const Values&) { return works(); }),
        variant("fails", [](EventLoop&, const Values&) { return fails(); }),
        variant("loses", [](EventLoop&, const Values&) { return loses(); }),
        variant("stuck", [](EventLoop&, const Values&) { return waits_for_ever(); }),
        variant("nothing", [](EventLoop&, const Values&) { return does_nothing(); }),
    };
    return lesson;
}

} // namespace

const Lesson& lesson()
{
    static const Lesson made = make_lesson();
    return made;
}

Run run_of(std::string_view variant, const std::vector<std::string>& assignments)
{
    const Result<Values> values = parse_values(lesson(), assignments);
    if (!values)
        throw std::invalid_argument(values.error().sentence);
    return run(lesson(), *find_variant(lesson(), variant), *values);
}

} // namespace loopscope::samples
