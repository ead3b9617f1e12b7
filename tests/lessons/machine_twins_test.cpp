#include "core/asyncio.h"
#include "tests/lessons/record.h"
#include "tests/support/catch.h"

#include <memory>
#include <string>
#include <vector>

// The machine on the stage is modelled twice, here and in lessons/python/virtual_machine.py, where
// CPython's own futures and call_soon_threadsafe() carry what workers have to say.

namespace loopscope::tests {
namespace {

/// The same throws in both languages.
class Dice {
public:
    explicit Dice(int seed) : state_(static_cast<std::uint64_t>(seed)) {}

    int operator()(int sides)
    {
        state_ = (state_ * 1103515245 + 12345) % (std::uint64_t{1} << 31);
        return static_cast<int>((state_ >> 16) % static_cast<std::uint64_t>(sides));
    }

private:
    std::uint64_t state_;
};

Coro<> heart()
{
    for (;;) {
        print("tick");
        co_await sleep(0.013);
    }
}

Coro<> mixture(std::shared_ptr<Dice> dice)
{
    EventLoop& loop = get_running_loop();
    const auto roll = [dice](int sides) { return (*dice)(sides); };
    ThreadPoolExecutor threads(1 + roll(4));
    ProcessPoolExecutor processes(1 + roll(3));
    const auto work = [&loop, roll](bool posts) {
        const int rounds = roll(5);
        for (int i = 0; i < rounds; ++i) {
            const int what = roll(5);
            if (what < 2)
                cpu(0.001 * roll(40));
            else if (what == 2)
                block(0.001 * roll(60));
            else if (what == 3 && posts)
                loop.call_soon_threadsafe([] { print("posted"); });
            else
                print("at work");
        }
        if (roll(6) == 0)
            throw ValueError("unlucky");
    };

    Task<> beat = create_task(heart());
    std::vector<Future<void>> calls;
    const int rounds = 5 + roll(10);
    for (int i = 0; i < rounds; ++i) {
        const int kind = roll(6);
        if (kind == 0) {
            calls.push_back(loop.run_in_executor(threads, work, true));
        } else if (kind == 1) {
            calls.push_back(loop.run_in_executor(processes, work, false));
        } else if (kind == 2) {
            cpu(0.001 * roll(30));
        } else if (kind == 3) {
            block(0.001 * roll(30));
        } else if (kind == 4) {
            if (!calls.empty())
                calls[static_cast<std::size_t>(roll(static_cast<int>(calls.size())))].cancel();
        } else {
            const double pause = 0.001 * roll(30);
            co_await sleep(pause);
        }
    }
    for (const Future<void>& call : calls) {
        try {
            co_await call;
            print("done");
        } catch (const ValueError& error) {
            print(error.what());
        } catch (const CancelledError&) {
            print("cancelled");
        }
    }
    threads.shutdown();
    processes.shutdown();
    co_await sleep(0.01);
    beat.cancel();
}

Coro<> call_back(bool safe)
{
    EventLoop& loop = get_running_loop();
    const auto answer = [] { print("called back"); };
    const auto work = [&loop, answer, safe] {
        block(0.2);
        if (safe)
            loop.call_soon_threadsafe(answer);
        else
            loop.call_soon(answer);
        block(5.0);
    };
    const auto thread = loop.run_in_executor(nullptr, work);
    co_await sleep(0.8);
}

Coro<> posted()
{
    EventLoop& loop = get_running_loop();
    const auto post = [&loop](double after, std::string text) {
        block(after);
        loop.call_soon_threadsafe([text] { print(text); });
    };
    loop.call_later(0.03, [] { print("timer"); });
    const auto one = loop.run_in_executor(nullptr, post, 0.05, std::string("posted 1"));
    const auto two = loop.run_in_executor(nullptr, post, 0.1, std::string("posted 2"));
    loop.call_soon([] { print("soon"); });
    co_await sleep(0);
    block(0.2);
    print("blocked");
    const auto both = gather(one, two);
    co_await both;
    print("end");
}

Coro<> given_up()
{
    EventLoop& loop = get_running_loop();
    ThreadPoolExecutor pool(1);
    const auto work = [](int n) {
        print("begin " + std::to_string(n));
        block(0.1);
        print("end " + std::to_string(n));
        return n;
    };
    std::vector<Future<int>> calls;
    for (int n = 0; n < 3; ++n)
        calls.push_back(loop.run_in_executor(pool, work, n));
    co_await sleep(0.05);
    calls[0].cancel();
    calls[1].cancel();
    const int last = co_await calls[2];
    print("got " + std::to_string(last));
    pool.shutdown();
    try {
        (void)loop.run_in_executor(pool, work, 9);
    } catch (const RuntimeError& e) {
        print(e.what());
    }
}

Coro<> outlived()
{
    const auto work = [] {
        block(0.5);
        print("the thread is done");
    };
    try {
        Timeout limit = timeout(0.2);
        co_await async_with(limit, to_thread(work));
    } catch (const TimeoutError&) {
        print("too late");
    }
}

Coro<> stuck()
{
    EventLoop& loop = get_running_loop();
    ThreadPoolExecutor pool(1);
    const auto call = loop.run_in_executor(pool, block, 1.0);
    const Future<void> never = loop.create_future<void>();
    co_await never;
}

Coro<> free_threads()
{
    std::vector<Coro<>> all;
    for (int i = 0; i < 6; ++i)
        all.push_back(to_thread(cpu, 1.0));
    const auto together = gather(std::move(all));
    co_await together;
    print("computed");
}

Variant variant_of(std::string name, std::function<Coro<>(EventLoop&, const Values&)> start)
{
    return {.name = std::move(name), .title = {}, .summary = {}, .start = std::move(start), .functions = {}};
}

Variant plain(std::string name, Coro<> (*story)())
{
    return variant_of(std::move(name), [story](EventLoop&, const Values&) { return story(); });
}

Lesson machine_programs()
{
    Lesson programs;
    programs.id = "machine-programs";
    programs.python_file = "tests/lessons/machine_programs.py";
    programs.parameters = {{.name = "seed",
                            .label = {},
                            .unit = {},
                            .range = NumberRange{.low = 1, .high = 1000, .step = 1, .whole = true},
                            .initial = 1.0}};
    programs.variants = {
        variant_of("mixture",
                   [](EventLoop& loop, const Values& values) {
                       auto roll = std::make_shared<Dice>(values.whole("seed"));
                       Machine& machine = loop.machine();
                       machine.set_cores(1 + (*roll)(4));
                       machine.set_free_threaded((*roll)(2) == 0);
                       machine.set_switch_interval(0.001 * (1 + (*roll)(8)));
                       const double start_up = 0.01 * (*roll)(5);
                       machine.set_process_costs(start_up, 0.001 * (*roll)(3));
                       return mixture(roll);
                   }),
        variant_of("call-back-safe", [](EventLoop&, const Values&) { return call_back(true); }),
        variant_of("call-back-unsafe", [](EventLoop&, const Values&) { return call_back(false); }),
        variant_of("free-threads",
                   [](EventLoop& loop, const Values&) {
                       loop.machine().set_cores(4);
                       loop.machine().set_free_threaded(true);
                       return free_threads();
                   }),
        plain("posted", posted),
        plain("given-up", given_up),
        plain("outlived", outlived),
        plain("stuck", stuck),
    };
    return programs;
}

TEST_CASE("programs with threads and processes do in Python what they do here", "[lessons][twins]")
{
    const Lesson programs = machine_programs();
    std::vector<TwinCase> cases;
    const auto add = [&](const Variant& variant, int seed) {
        Values values = initial_values(programs);
        values.set("seed", seed);
        cases.push_back({.lesson = &programs, .variant = &variant, .values = std::move(values)});
    };
    for (const Variant& variant : programs.variants)
        add(variant, 1);
    for (int seed = 2; seed <= 150; ++seed)
        add(programs.variants.front(), seed);

    const std::vector<Record> python = python_records(cases);
    REQUIRE(python.size() == cases.size());
    for (std::size_t i = 0; i < cases.size(); ++i) {
        INFO(cases[i].variant->name << " with seed " << cases[i].values.whole("seed"));
        const Record cpp = record_of(run(programs, *cases[i].variant, cases[i].values));
        CHECK(cpp.log == python[i].log);
        CHECK(cpp.switches == python[i].switches);
        CHECK(cpp.outcome == python[i].outcome);
        CHECK(cpp.total == python[i].total);
    }
}

} // namespace
} // namespace loopscope::tests
