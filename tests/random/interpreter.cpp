#include "core/asyncio.h"
#include "tests/random/program.h"

#include <array>
#include <exception>
#include <optional>
#include <string>
#include <utility>

// What each instruction means, one coroutine for each; random_program.py says the same in Python, in
// the same order.
namespace loopscope::tests::random_programs {

/// What the tasks of a program share.
struct World {
    std::vector<Task<int>> tasks;
    std::vector<Ref<Handle>> timers;
    std::array<Future<int>, 2> futures{get_running_loop().create_future<int>(),
                                       get_running_loop().create_future<int>()};
    std::array<std::shared_ptr<Lock>, 2> locks{std::make_shared<Lock>("lock-0"), std::make_shared<Lock>("lock-1")};
    Semaphore semaphore{1};
    BoundedSemaphore bounded{2};
    std::array<Event, 2> events{Event("event-0"), Event("event-1")};
    Condition condition_of_lock{locks[0]};
    Condition condition_alone;
    Queue<int> small{1, "small"};
    Queue<int> endless{0, "endless"};
    LifoQueue<int> lifo{2, "lifo"};
    PriorityQueue<int> priority{2, "priority"};
    Barrier barrier{2};
    ContextVar<int> variable{"variable", 0};

    [[nodiscard]] Semaphore& semaphore_of(int a) { return a % 2 == 0 ? semaphore : bounded; }
    [[nodiscard]] Event& event(int a) { return events[a % 2 == 0 ? 0 : 1]; }
    [[nodiscard]] Future<int>& future(int a) { return futures[a % 2 == 0 ? 0 : 1]; }
    [[nodiscard]] Lock& lock(int a) { return *locks[a % 2 == 0 ? 0 : 1]; }
    [[nodiscard]] Condition& condition(int a) { return a % 2 == 0 ? condition_of_lock : condition_alone; }

    /// One of those that were started; none while there are none, and for an eager task that has not
    /// come back yet to who started it.
    [[nodiscard]] Task<int> task(int number) const
    {
        return tasks.empty() ? Task<int>() : tasks[static_cast<std::size_t>(number) % tasks.size()];
    }
    /// The same, but never the running one.
    [[nodiscard]] Task<int> other_task(int number) const
    {
        const Task<int> one = task(number);
        return one && &one.base() == get_running_loop().current_task() ? Task<int>() : one;
    }

    template <class F>
    auto with_queue(int a, F f)
    {
        switch (a % 4) {
        case 0:
            return f(small);
        case 1:
            return f(endless);
        case 2:
            return f(lifo);
        default:
            return f(priority);
        }
    }
};

namespace {

using W = std::shared_ptr<World>;
using std::to_string;

std::string truth(bool value) { return value ? "True" : "False"; }

std::string told(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const ExceptionGroup& group) {
        std::string text;
        for (const std::exception_ptr& inner : group.exceptions())
            text += (text.empty() ? "" : ", ") + told(inner);
        return "ExceptionGroup(" + text + ")";
    } catch (const CancelledError& cancelled) {
        return "CancelledError(" + cancelled.message() + ")";
    } catch (...) {
        return describe_error(error).type;
    }
}

std::string told(const std::vector<int>& results)
{
    std::string text;
    for (const int result : results)
        text += (text.empty() ? "" : ", ") + to_string(result);
    return text;
}
std::string told(const std::vector<Gathered<int>>& results)
{
    std::string text;
    for (const Gathered<int>& result : results)
        text += (text.empty() ? "" : ", ") + (result ? to_string(*result.value) : told(result.error));
    return text;
}

Coro<void> body(W w, const Body& steps)
{
    for (const Step& step : steps)
        co_await step.instruction->run(w, step);
}

Coro<int> task(W w, const Body& steps, int number)
{
    print("begins");
    try {
        co_await body(w, steps);
    } catch (...) {
        print("ends with " + told(std::current_exception()));
        throw;
    }
    print("ends");
    co_return number;
}

Task<int> spawn_task(const W& w, const Body& steps)
{
    const Task<int> made = create_task(task(w, steps, static_cast<int>(w->tasks.size())));
    w->tasks.push_back(made);
    return made;
}

std::vector<Task<int>> spawn_parts(const W& w, const Step& s)
{
    std::vector<Task<int>> made;
    for (const Body& part : s.parts)
        made.push_back(spawn_task(w, part));
    return made;
}

// ---- time and tasks ----

Coro<void> do_sleep(W, const Step& s) { co_await sleep(s.t); }

Coro<void> do_busy(W, const Step& s)
{
    cpu(s.t);
    co_return;
}

Coro<void> do_note(W, const Step& s)
{
    print("note " + to_string(s.a));
    co_return;
}

Coro<void> do_spawn(W w, const Step& s)
{
    spawn_task(w, s.parts[0]);
    co_return;
}

Coro<void> do_spawn_eagerly(W w, const Step& s)
{
    const std::size_t number = w->tasks.size();
    w->tasks.emplace_back();
    // The task may start others before it is known here.
    const Task<int> made =
        get_running_loop().create_task(task(w, s.parts[0], static_cast<int>(number)), eager_start);
    w->tasks[number] = made;
    co_return;
}

Coro<void> do_join(W w, const Step& s)
{
    if (const Task<int> other = w->other_task(s.a)) {
        const int result = co_await other;
        print("got " + to_string(result));
    }
}

Coro<void> do_cancel(W w, const Step& s)
{
    if (const Task<int> other = w->task(s.a))
        print("cancel " + truth(other.cancel("for " + to_string(s.b))));
    co_return;
}

Coro<void> do_cancel_later(W w, const Step& s)
{
    if (const Task<int> other = w->task(s.a))
        w->timers.emplace_back(get_running_loop().call_later(s.t, [task = other] { task.cancel(); }));
    co_return;
}

Coro<void> do_cancel_itself(W, const Step&)
{
    get_running_loop().current_task()->cancel();
    co_return;
}

Coro<void> do_uncancel(W, const Step&)
{
    print("uncancel " + to_string(get_running_loop().current_task()->uncancel()));
    co_return;
}

Coro<void> do_watch(W w, const Step& s)
{
    if (const Task<int> other = w->task(s.a))
        other.add_done_callback([a = s.a](FutureBase&) { print("watched " + to_string(a)); });
    co_return;
}

// ---- what tasks share ----

Coro<void> do_lock(W w, const Step& s) { co_await async_with(w->lock(s.a), body(w, s.parts[0])); }
Coro<void> do_semaphore(W w, const Step& s) { co_await async_with(w->semaphore_of(s.a), body(w, s.parts[0])); }
Coro<void> do_take(W w, const Step& s) { co_await w->semaphore_of(s.a).acquire(); }
Coro<void> do_give(W w, const Step& s)
{
    w->semaphore_of(s.a).release();
    co_return;
}

Coro<void> do_event_set(W w, const Step& s)
{
    w->event(s.a).set();
    co_return;
}
Coro<void> do_event_clear(W w, const Step& s)
{
    w->event(s.a).clear();
    co_return;
}
Coro<void> do_event_wait(W w, const Step& s) { co_await w->event(s.a).wait(); }

Coro<void> do_condition_wait(W w, const Step& s)
{
    auto waiting = [&]() -> Coro<void> {
        co_await w->condition(s.a).wait();
        print("notified");
    };
    co_await async_with(w->condition(s.a), waiting());
}
Coro<void> do_condition_notify(W w, const Step& s)
{
    auto notifying = [&]() -> Coro<void> {
        w->condition(s.a).notify(static_cast<std::size_t>(s.b));
        co_await body(w, s.parts[0]);
    };
    co_await async_with(w->condition(s.a), notifying());
}

Coro<void> do_put(W w, const Step& s)
{
    auto put = [&s](auto& queue) { return queue.put(s.b); };
    co_await w->with_queue(s.a, put);
}
Coro<void> do_get(W w, const Step& s)
{
    auto get = [](auto& queue) { return queue.get(); };
    const int item = co_await w->with_queue(s.a, get);
    print("item " + to_string(item));
}
Coro<void> do_put_nowait(W w, const Step& s)
{
    try {
        w->with_queue(s.a, [&s](auto& queue) { queue.put_nowait(s.b); });
    } catch (const QueueFull&) {
        print("full");
    }
    co_return;
}
Coro<void> do_get_nowait(W w, const Step& s)
{
    try {
        const int item = w->with_queue(s.a, [](auto& queue) { return queue.get_nowait(); });
        print("item " + to_string(item));
    } catch (const QueueEmpty&) {
        print("empty");
    }
    co_return;
}
Coro<void> do_item_done(W w, const Step& s)
{
    w->with_queue(s.a, [](auto& queue) { queue.task_done(); });
    co_return;
}
Coro<void> do_queue_join(W w, const Step& s)
{
    auto join = [](auto& queue) { return queue.join(); };
    co_await w->with_queue(s.a, join);
}
Coro<void> do_queue_shutdown(W w, const Step& s)
{
    w->with_queue(s.a, [&s](auto& queue) { queue.shutdown(s.b % 2 == 1); });
    co_return;
}

Coro<void> do_barrier(W w, const Step&)
{
    const int party = co_await w->barrier.wait();
    print("party " + to_string(party));
}
Coro<void> do_barrier_reset(W w, const Step&) { co_await w->barrier.reset(); }

Coro<void> do_future_wait(W w, const Step& s)
{
    const Future<int> future = w->future(s.a);
    const int result = co_await future;
    print("result " + to_string(result));
}
Coro<void> do_future_set(W w, const Step& s)
{
    if (!w->future(s.a).done())
        w->future(s.a).set_result(s.b);
    co_return;
}
Coro<void> do_future_fail(W w, const Step& s)
{
    if (!w->future(s.a).done())
        w->future(s.a).set_exception(ValueError("future " + to_string(s.b)));
    co_return;
}
Coro<void> do_future_cancel(W w, const Step& s)
{
    print("cancel " + truth(w->future(s.a).cancel()));
    co_return;
}
Coro<void> do_future_renew(W w, const Step& s)
{
    w->future(s.a) = get_running_loop().create_future<int>();
    co_return;
}

// ---- limits of time ----

Coro<void> do_timeout(W w, const Step& s)
{
    const std::optional<double> none;
    Timeout limit = s.b == 1 ? timeout(none) : timeout(s.t);
    auto limited = [&]() -> Coro<void> {
        if (s.b == 2)
            limit.reschedule(get_running_loop().time() + 2 * s.t);
        co_await body(w, s.parts[0]);
    };
    try {
        co_await async_with(limit, limited());
    } catch (const TimeoutError&) {
        print("time is over " + truth(limit.expired()));
    }
}

Coro<void> do_wait_for(W w, const Step& s)
{
    try {
        const int result = co_await wait_for(task(w, s.parts[0], s.b), s.t);
        print("in time " + to_string(result));
    } catch (const TimeoutError&) {
        print("too late");
    }
}

Coro<void> do_wait_for_task(W w, const Step& s)
{
    const Task<int> other = w->other_task(s.a);
    if (!other)
        co_return;
    try {
        const int result = co_await wait_for(other, s.t);
        print("in time " + to_string(result));
    } catch (const TimeoutError&) {
        print("too late");
    }
}

// ---- several at once ----

Coro<void> do_gather(W w, const Step& s)
{
    std::vector<Coro<int>> children;
    for (std::size_t n = 0; n < s.parts.size(); ++n)
        children.push_back(task(w, s.parts[n], static_cast<int>(n)));
    if (s.b % 2 == 1) {
        const auto results = co_await gather(return_exceptions, std::move(children));
        print("gathered " + told(results));
    } else {
        const auto results = co_await gather(std::move(children));
        print("gathered " + told(results));
    }
}

Coro<void> do_gather_tasks(W w, const Step& s)
{
    std::vector<Task<int>> children{w->task(s.a), w->task(s.b)};
    if (!children[0] || !children[1])
        co_return;
    const auto results = co_await gather(return_exceptions, std::move(children));
    print("gathered " + told(results));
}

Coro<void> do_wait(W w, const Step& s)
{
    static constexpr std::array modes{ReturnWhen::AllCompleted, ReturnWhen::FirstCompleted,
                                      ReturnWhen::FirstException};
    std::optional<double> limit;
    if (s.a % 2 == 1)
        limit = s.t;
    Coro<Waited<Task<int>>> waiting = wait(spawn_parts(w, s), limit, modes[static_cast<std::size_t>(s.b) % 3]);
    const Waited<Task<int>> waited = co_await std::move(waiting);
    print(to_string(waited.done.size()) + " done, " + to_string(waited.pending.size()) + " pending");
}

Coro<void> do_as_completed(W w, const Step& s)
{
    std::optional<double> limit;
    if (s.a % 2 == 1)
        limit = s.t;
    AsCompleted<Task<int>> ending = as_completed(spawn_parts(w, s), limit);
    while (!ending.empty()) {
        const int result = co_await ending.next();
        print("completed " + to_string(result));
    }
}

Coro<void> do_shield(W w, const Step& s)
{
    const Future<int> shielded = shield(spawn_task(w, s.parts[0]));
    const int result = co_await shielded;
    print("shielded " + to_string(result));
}

Coro<void> do_shield_task(W w, const Step& s)
{
    const Task<int> other = w->task(s.a);
    if (!other)
        co_return;
    const Future<int> shielded = shield(other);
    const int result = co_await shielded;
    print("shielded " + to_string(result));
}

Coro<void> do_group(W w, const Step& s)
{
    TaskGroup group;
    auto block = [&]() -> Coro<void> {
        for (std::size_t n = 1; n < s.parts.size(); ++n)
            w->tasks.push_back(group.create_task(task(w, s.parts[n], static_cast<int>(w->tasks.size()))));
        co_await body(w, s.parts[0]);
    };
    co_await async_with(group, block());
    print("group ends");
}

// ---- exceptions ----

bool catches(int which, const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const ValueError&) {
        return which == 0 || which == 3;
    } catch (const CancelledError&) {
        return which == 1;
    } catch (const TimeoutError&) {
        return which == 2 || which == 3;
    } catch (const std::exception&) {
        return which == 3;
    } catch (...) {
        return false;
    }
}

Coro<void> do_try_except(W w, const Step& s)
{
    std::exception_ptr error;
    try {
        co_await body(w, s.parts[0]);
    } catch (...) {
        error = std::current_exception();
    }
    if (!error)
        co_return;
    if (!catches(s.b % 4, error))
        std::rethrow_exception(error);
    print("caught " + told(error));
    co_await body(w, s.parts[1]);
}

Coro<void> do_try_finally(W w, const Step& s)
{
    auto clean_up = [&]() -> Coro<void> { return body(w, s.parts[1]); };
    co_await try_finally(body(w, s.parts[0]), clean_up);
}

Coro<void> do_fail(W, const Step& s)
{
    throw ValueError("fail " + to_string(s.a));
    co_return;
}

// ---- callbacks, generators, context ----

Coro<void> do_call_soon(W w, const Step& s)
{
    w->timers.push_back(get_running_loop().call_soon([a = s.a] { print("callback " + to_string(a)); }));
    co_return;
}

Coro<void> do_call_later(W w, const Step& s)
{
    w->timers.emplace_back(get_running_loop().call_later(s.t, [a = s.a] { print("callback " + to_string(a)); }));
    co_return;
}

Coro<void> do_call_bad(W, const Step&)
{
    get_running_loop().call_soon([] {
        print("bad callback");
        throw ValueError("callback");
    });
    co_return;
}

Coro<void> do_cancel_callback(W w, const Step& s)
{
    if (!w->timers.empty())
        w->timers[static_cast<std::size_t>(s.a) % w->timers.size()]->cancel();
    co_return;
}

std::string told_end(const std::exception_ptr& error)
{
    try {
        std::rethrow_exception(error);
    } catch (const GeneratorExit&) {
        return "GeneratorExit";
    } catch (...) {
        return told(error);
    }
}

AsyncGenerator<int> items(int count, double pause)
{
    try {
        for (int item = 0; item < count; ++item) {
            co_await sleep(pause);
            co_yield item;
        }
    } catch (...) {
        print("generator ends with " + told_end(std::current_exception()));
        throw;
    }
    print("generator ends");
}

Coro<void> do_generator(W w, const Step& s)
{
    AsyncGenerator<int> source = items(s.b, s.t);
    auto consuming = [&]() -> Coro<void> {
        while (const std::optional<int> item = co_await source.next()) {
            print("item " + to_string(*item));
            co_await body(w, s.parts[0]);
            if (*item == s.a)
                break;
        }
    };
    co_await async_with(source, consuming());
}

Coro<void> do_variable_set(W w, const Step& s)
{
    w->variable.set(s.a);
    co_return;
}
Coro<void> do_variable_get(W w, const Step&)
{
    print("variable " + to_string(w->variable.get()));
    co_return;
}

} // namespace

// With 3.12 came a wait_for() that awaits inline, a gather() that is done at once when its children are,
// and eager tasks; with 3.13 groups that take their requests back, notifications that are not lost,
// uncancel() before delivery, and queues that shut down.
const std::vector<Instruction>& instructions()
{
    static const std::vector<Instruction> all{
        {"sleep", 11, 0, 0, do_sleep},
        {"busy", 11, 0, 0, do_busy},
        {"note", 11, 0, 0, do_note},
        {"spawn", 11, 1, 1, do_spawn},
        {"spawn_eagerly", 13, 1, 1, do_spawn_eagerly},
        {"join", 11, 0, 0, do_join},
        {"cancel", 11, 0, 0, do_cancel},
        {"cancel_later", 11, 0, 0, do_cancel_later},
        {"cancel_itself", 11, 0, 0, do_cancel_itself},
        {"uncancel", 13, 0, 0, do_uncancel},
        {"watch", 11, 0, 0, do_watch},
        {"lock", 11, 1, 1, do_lock},
        {"semaphore", 11, 1, 1, do_semaphore},
        {"take", 11, 0, 0, do_take},
        {"give", 11, 0, 0, do_give},
        {"event_set", 11, 0, 0, do_event_set},
        {"event_clear", 11, 0, 0, do_event_clear},
        {"event_wait", 11, 0, 0, do_event_wait},
        {"condition_wait", 13, 0, 0, do_condition_wait},
        {"condition_notify", 13, 1, 1, do_condition_notify},
        {"put", 11, 0, 0, do_put},
        {"get", 11, 0, 0, do_get},
        {"put_nowait", 11, 0, 0, do_put_nowait},
        {"get_nowait", 11, 0, 0, do_get_nowait},
        {"item_done", 11, 0, 0, do_item_done},
        {"queue_join", 11, 0, 0, do_queue_join},
        {"queue_shutdown", 13, 0, 0, do_queue_shutdown},
        {"barrier", 11, 0, 0, do_barrier},
        {"barrier_reset", 11, 0, 0, do_barrier_reset},
        {"future_wait", 11, 0, 0, do_future_wait},
        {"future_set", 11, 0, 0, do_future_set},
        {"future_fail", 11, 0, 0, do_future_fail},
        {"future_cancel", 11, 0, 0, do_future_cancel},
        {"future_renew", 11, 0, 0, do_future_renew},
        {"timeout", 11, 1, 1, do_timeout},
        {"wait_for", 12, 1, 1, do_wait_for},
        {"wait_for_task", 12, 0, 0, do_wait_for_task},
        {"gather", 11, 1, 3, do_gather},
        {"gather_tasks", 12, 0, 0, do_gather_tasks},
        {"wait", 11, 1, 3, do_wait},
        {"as_completed", 11, 1, 3, do_as_completed},
        {"shield", 11, 1, 1, do_shield},
        {"shield_task", 11, 0, 0, do_shield_task},
        {"group", 13, 2, 4, do_group},
        {"try_except", 11, 2, 2, do_try_except},
        {"try_finally", 11, 2, 2, do_try_finally},
        {"fail", 11, 0, 0, do_fail},
        {"call_soon", 11, 0, 0, do_call_soon},
        {"call_later", 11, 0, 0, do_call_later},
        {"call_bad", 11, 0, 0, do_call_bad},
        {"cancel_callback", 11, 0, 0, do_cancel_callback},
        {"generator", 11, 1, 1, do_generator},
        {"variable_set", 11, 0, 0, do_variable_set},
        {"variable_get", 11, 0, 0, do_variable_get},
    };
    return all;
}

Coro<void> run_steps(const Body& program)
{
    const W world = std::make_shared<World>();
    co_await body(world, program);
}

} // namespace loopscope::tests::random_programs
