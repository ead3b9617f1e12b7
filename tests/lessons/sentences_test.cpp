#include "core/asyncio.h"
#include "core/base/format.h"
#include "core/lesson/run.h"
#include "core/trace/explain.h"
#include "core/trace/origins.h"
#include "core/trace/snapshot.h"
#include "core/trace/spans.h"
#include "lessons/catalog.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <algorithm>
#include <functional>
#include <iostream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

namespace loopscope::tests {
namespace {

using Faults = std::vector<std::string>;

/// What is asked of one fact's words.
struct Told {
    const Trace& trace;
    std::size_t index;
    const Snapshot& after;
    TraceEvent event;
    Explanation words;
    std::string own; ///< the sentence without what the program itself says
};

/// Goes through all facts of a run with their words.
void for_every_fact(const Trace& trace, const std::function<void(const Told&)>& check)
{
    const RunSpans spans = spans_of(trace);
    Snapshot after;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        apply(after, trace);
        Told told{trace, i, after, trace[i], explain(trace, i, after, spans.causes), {}};
        std::string own = told.words.sentence;
        const auto leave_out = [&](const std::string& before, std::string_view text) {
            const std::string words = before + std::string(text);
            if (const std::size_t at = text.empty() ? std::string::npos : own.find(words); at != std::string::npos)
                own.replace(at, words.size(), before + "…");
        };
        if (const auto* noted = std::get_if<Noted>(&told.event.fact))
            leave_out("“", noted->text);
        if (const auto* changed = std::get_if<ValueChanged>(&told.event.fact))
            leave_out(" to ", changed->text);
        if (const auto* failed = std::get_if<TaskFailed>(&told.event.fact))
            leave_out(": ", failed->message);
        if (const auto* failed = std::get_if<CallbackFailed>(&told.event.fact))
            leave_out(": ", failed->message);
        told.own = own;
        check(told);
    }
}

/// The lines of the files that the program consists of.
class Files {
public:
    bool has_code_at(const std::string& file, std::size_t line)
    {
        auto found = lines_.find(file);
        if (found == lines_.end()) {
            std::istringstream text(project_file(file));
            std::vector<std::string> lines;
            for (std::string next; std::getline(text, next);)
                lines.push_back(next);
            found = lines_.emplace(file, std::move(lines)).first;
        }
        return line >= 1 && line <= found->second.size()
            && found->second[line - 1].find_first_not_of(" \t") != std::string::npos;
    }

private:
    std::map<std::string, std::vector<std::string>> lines_;
};

std::set<std::string> names_in(const Told& told)
{
    std::set<std::string> names;
    for (const TaskSnapshot& task : told.after.tasks)
        names.insert(told.trace.display_name(task.id));
    for (std::uint32_t i = 1; i <= told.trace.resource_count(); ++i)
        names.insert(told.trace.display_name(ResourceId{i}));
    for (std::uint32_t i = 1; i <= told.trace.worker_count(); ++i)
        names.insert(std::string(told.trace.worker({i}).name));
    for (std::uint32_t i = 1; i <= told.trace.watch_count(); ++i)
        names.insert(std::string(told.trace.watch({i}).label));
    for (std::uint32_t i = 1; i <= told.trace.future_count(); ++i)
        names.insert(std::string(told.trace.future({i}).label));
    for (std::uint32_t i = 1; i <= told.trace.handle_count(); ++i)
        names.insert(std::string(told.trace.handle({i}).label));
    for (std::uint32_t i = 1; i <= told.trace.channel_count(); ++i)
        names.insert(std::string(told.trace.channel({i}).peer));
    return names;
}

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern)
{
    std::vector<std::string> found;
    for (std::sregex_iterator it(text.begin(), text.end(), pattern), end; it != end; ++it)
        found.push_back((*it)[1].str());
    return found;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What the record says in numbers and the sentence therefore has to say.
std::vector<std::string> numbers_of(const Told& told)
{
    const TimePoint now = told.event.when;
    const bool beside = told.trace.worker_count() > 0; // they may make it take longer
    std::vector<std::string> words;
    std::visit(Overloaded{
                   [&](const IterationBegan& f) { words = {"Iteration " + std::to_string(f.number)}; },
                   [&](const SelectEntered& f) {
                       if (f.until)
                           words = {format_duration(*f.until - now), format_moment(*f.until)};
                   },
                   [&](const SelectReturned&) { words = {format_moment(now)}; },
                   [&](const TimerScheduled& f) { words = {format_moment(told.trace.handle(f.handle).deadline)}; },
                   [&](const TimerFired& f) {
                       const TimePoint deadline = told.trace.handle(f.handle).deadline;
                       const bool cancelled = holds(told.words.headline, "cancelled");
                       if (!cancelled && now > deadline && deadline > TimePoint{})
                           words = {format_duration(now - deadline) + " late"};
                   },
                   [&](const WorkBegan& f) {
                       words = {format_duration(f.span)};
                       if (!beside)
                           words.push_back(format_moment(now + f.span));
                   },
                   [&](const WorkerWorkBegan& f) { words = {format_duration(f.span)}; },
                   [&](const SlowTurnReported& f) { words = {format_duration(f.span)}; },
                   [&](const DeadlineSet& f) {
                       if (f.when)
                           words = {format_moment(*f.when)};
                   },
                   [&](const ItemPut& f) { words = {format_count(f.items, "item")}; },
                   [&](const ItemTaken& f) { words = {f.items == 0 ? "empty" : format_count(f.items, "item")}; },
                   [&](const ItemDone& f) { words = {f.unfinished == 0 ? "last one" : std::to_string(f.unfinished)}; },
                   [&](const TaskFailed& f) { words = {std::string(f.type), std::string(f.message)}; },
                   [&](const CallbackFailed& f) { words = {std::string(f.type), std::string(f.message)}; },
                   [&](const Noted& f) { words = {"“" + std::string(f.text) + "”"}; },
                   [&](const ValueChanged& f) { words = {std::string(f.text), std::string(told.trace.watch(f.watch).label)}; },
                   [&](const TaskSuspended& f) {
                       for (const TimerSnapshot& timer : told.after.pending_timers())
                           if (told.trace.handle(timer.handle).future == f.on)
                               words = {format_moment(timer.deadline)};
                   },
                   [](const auto&) {},
               },
               told.event.fact);
    return words;
}

/// Names that a sentence about this fact has to give.
std::vector<std::string> subjects_of(const Told& told)
{
    std::vector<std::string> names;
    std::visit(
        [&](const auto& f) {
            if constexpr (requires { { f.task } -> std::convertible_to<TaskId>; })
                if (f.task)
                    names.push_back(told.trace.display_name(f.task));
            if constexpr (requires { { f.parent } -> std::convertible_to<TaskId>; })
                if (f.parent)
                    names.push_back(told.trace.display_name(f.parent));
            if constexpr (requires { { f.resource } -> std::convertible_to<ResourceId>; })
                names.push_back(told.trace.display_name(f.resource));
            if constexpr (requires { { f.queue } -> std::convertible_to<ResourceId>; })
                names.push_back(told.trace.display_name(f.queue));
            if constexpr (requires { { f.worker } -> std::convertible_to<WorkerId>; })
                if (f.worker)
                    names.push_back(std::string(told.trace.worker(f.worker).name));
        },
        told.event.fact);
    return names;
}

Faults faults_in(const Told& told, Files& files)
{
    static const std::regex numbered("\\b([A-Za-z_]+-\\d+)\\b");
    static const std::regex line("\\bline (\\d+)");
    static const std::regex more("(\\d+) more");
    Faults faults;
    const std::string& own = told.own;
    const auto say = [&](const std::string& what) { faults.push_back(what + ": " + told.words.sentence); };

    if (told.words.headline.empty())
        say("no headline");
    if (told.words.sentence.size() < 12)
        say("no sentence");
    if (!told.words.sentence.empty() && own.back() != '.')
        say("no full stop");
    for (const char* bad : {"%", "{", "}", "“”", "\"\"", "''", "?", "  ", " ,", " .", "..", "()()", "the the ", "the a ", "a a ", " of ,"})
        if (holds(own, bad))
            say(std::string("“") + bad + "”");
    // Coroutines that only C++ has, or only asyncio's inside.
    for (const char* hidden : {"async_with()", "try_finally()", "wait_base()", "take_result()", "resume()", "wait_for_item()",
                               "wait_for_room()", "wait_for_coroutine()", "await_future()", "arrive()",
                               "wait_for_the_others()", "wait_for_data()", "hat stands there"})
        if (holds(own, hidden) || holds(told.words.headline, hidden))
            say(std::string("“") + hidden + "”");
    for (const std::string& text : {told.words.headline, told.words.context})
        for (const char* bad : {"%1", "{}", "  ", "?"})
            if (holds(text, bad) && !std::holds_alternative<ValueChanged>(told.event.fact))
                say("in “" + text + "”");

    const std::set<std::string> names = names_in(told);
    for (const std::string& name : all_matches(own + " " + told.words.context, numbered))
        if (names.count(name) == 0)
            say("nobody is called “" + name + "”");
    for (const std::string& number : numbers_of(told))
        if (!holds(told.words.sentence, number))
            say("does not say “" + number + "”");
    for (const std::string& name : subjects_of(told))
        if (!holds(told.words.sentence, name))
            say("does not name “" + name + "”");

    for (const std::string& number : all_matches(own, line)) {
        const auto n = static_cast<std::size_t>(std::stoul(number));
        bool known = false;
        for (std::size_t place = 1; place < told.trace.place_count(); ++place) {
            const Place& p = told.trace.place(static_cast<PlaceId>(place));
            known |= p.line == n && is_program_line(told.trace, static_cast<PlaceId>(place)) && files.has_code_at(p.file, n);
        }
        if (!known)
            say("nothing stands at line " + number);
    }

    // Who is still suspended: all that are, but for the one that the sentence speaks of.
    if (!told.words.context.empty()) {
        std::size_t suspended = 0;
        std::size_t named = 0;
        for (const TaskSnapshot& task : told.after.tasks) {
            const std::string name = told.trace.display_name(task.id);
            if (std::regex_search(told.words.context, std::regex("(^|[ ,])" + std::regex_replace(name, std::regex("[^A-Za-z0-9_]"), "\\$&") + "([ ,]|$)"))) {
                ++named;
                if (task.state != TaskState::Waiting)
                    say(name + " is not suspended, as “" + told.words.context + "” says");
            }
            suspended += task.state == TaskState::Waiting ? 1 : 0;
        }
        const std::vector<std::string> rest = all_matches(told.words.context, more);
        named += rest.empty() ? 0 : std::stoul(rest.front());
        if (named != suspended && named + 1 != suspended)
            say("miscounts: " + told.words.context);
    }
    return faults;
}

std::string kind_of(const Fact& fact) { return std::to_string(fact.index()) + " " + std::string(fact_name(fact)); }

} // namespace

TEST_CASE("every fact of every lesson has a sentence without gaps, whose names, lines and numbers are those of the record",
          "[lessons][sentences]")
{
    Files files;
    std::size_t facts = 0;
    std::set<std::size_t> kinds;
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << " " << variant.name);
            const Run shown = run(lesson, variant, initial_values(lesson));
            Faults faults;
            for_every_fact(*shown.trace, [&](const Told& told) {
                ++facts;
                kinds.insert(told.event.fact.index());
                const Faults found = faults_in(told, files);
                faults.insert(faults.end(), found.begin(), found.end());
            });
            CHECK(faults == Faults{});
        }
    CHECK(facts > 1000);
    CHECK(kinds.size() > 55);
}

TEST_CASE("a stream has one socket, however much is on its way to it, and it becomes writable first", "[lessons][sentences]")
{
    std::vector<std::string> sleeps;
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants)
            if (lesson.id == "how-the-loop-hears-io" && variant.name == "one-socket") {
                const Run shown = run(lesson, variant, initial_values(lesson));
                for_every_fact(*shown.trace, [&](const Told& told) {
                    if (std::holds_alternative<SelectEntered>(told.event.fact))
                        sleeps.push_back(told.words.sentence);
                });
            }
    REQUIRE(sleeps.size() >= 2);
    CHECK(sleeps.front()
          == "Nothing is ready, so the loop would sleep in the selector until the socket of server:80 is writable, but it "
             "need not: there is something already.");
    for (std::size_t i = 1; i < sleeps.size(); ++i)
        CHECK(sleeps[i] == "Nothing is ready, so the loop sleeps in the selector until the socket of server:80 is readable.");
}

namespace {

// What no lesson does.

Coro<void> nap(double delay) { co_await sleep(delay); }

Coro<void> a_callback_that_throws()
{
    EventLoop& loop = get_running_loop();
    loop.call_soon([] { throw ValueError("boom"); }, "bad");
    co_await sleep(0.1);
}

Coro<void> many_cancelled_timers()
{
    std::vector<Task<void>> naps;
    for (int i = 0; i < 150; ++i)
        naps.push_back(create_task(nap(10.0)));
    co_await sleep(0.1);
    for (const Task<void>& task : naps)
        task.cancel();
    co_await sleep(0.1);
}

Coro<void> waits_at(Condition& condition)
{
    auto block = [&]() -> Coro<void> { co_await condition.wait(); };
    co_await async_with(condition, block());
}

Coro<void> an_event_and_a_condition()
{
    Event event;
    event.set();
    event.clear();
    Condition condition;
    const Task<void> waiter = create_task(waits_at(condition), "waiter");
    co_await sleep(0.1);
    auto block = [&]() -> Coro<void> {
        condition.notify();
        co_return;
    };
    co_await async_with(condition, block());
    co_await waiter;
}

Coro<void> arrives(Barrier& barrier)
{
    try {
        co_await barrier.wait();
    } catch (const BrokenBarrierError&) {
    }
}

Coro<void> a_barrier()
{
    Barrier barrier(2);
    const Task<void> a = create_task(arrives(barrier), "a");
    const Task<void> b = create_task(arrives(barrier), "b");
    co_await gather(a, b);
    const Task<void> c = create_task(arrives(barrier), "c");
    co_await sleep(0.1);
    co_await barrier.abort();
    co_await c;
}

Coro<void> a_call_given_up()
{
    ThreadPoolExecutor pool(1);
    EventLoop& loop = get_running_loop();
    const auto first = loop.run_in_executor(pool, block, 1.0);
    const auto second = loop.run_in_executor(pool, block, 1.0);
    co_await sleep(0.1);
    second.cancel();
    co_await first;
}

} // namespace

TEST_CASE("what no lesson does has good sentences as well, so that every kind of fact is told somewhere", "[lessons][sentences]")
{
    std::set<std::size_t> kinds;
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            const Run shown = run(lesson, variant, initial_values(lesson));
            for (std::size_t i = 0; i < shown.trace->size(); ++i)
                kinds.insert((*shown.trace)[i].fact.index());
        }
    Files files;
    for (Coro<void> (*story)() : {a_callback_that_throws, many_cancelled_timers, an_event_and_a_condition, a_barrier, a_call_given_up}) {
        Faults faults;
        for_every_fact(*run_main(story).trace, [&](const Told& told) {
            kinds.insert(told.event.fact.index());
            const Faults found = faults_in(told, files);
            faults.insert(faults.end(), found.begin(), found.end());
        });
        CHECK(faults == Faults{});
    }
    std::vector<std::size_t> untold;
    for (std::size_t i = 0; i < std::variant_size_v<Fact>; ++i)
        if (kinds.count(i) == 0)
            untold.push_back(i);
    CHECK(untold == std::vector<std::size_t>{});
}

TEST_CASE("every fact of a turn leads back to the start of the program, cause by cause", "[lessons][sentences]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            INFO(lesson.id << " " << variant.name);
            const Run shown = run(lesson, variant, initial_values(lesson));
            const Trace& trace = *shown.trace;
            const Origins origins(trace, spans_of(trace).causes);
            for (std::size_t i = 0; i < trace.size(); ++i) {
                if (const auto from = origins.of(i))
                    REQUIRE(*from < i);
                if (const auto to = origins.led_to(i))
                    REQUIRE(*to > i);
                const Fact fact = trace[i].fact;
                if (std::holds_alternative<TaskWoken>(fact) || std::holds_alternative<TaskStepped>(fact)
                    || std::holds_alternative<TimerFired>(fact) || std::holds_alternative<IoReady>(fact)) {
                    INFO(i << ' ' << fact_name(fact));
                    REQUIRE(origins.of(i));
                }
            }
        }
}

TEST_CASE("the sentences of all lessons, to be read", "[.sentences]")
{
    std::set<std::string> said;
    std::set<std::size_t> kinds;
    for (const Lesson& lesson : lessons::catalog())
        for (const Variant& variant : lesson.variants) {
            const Run shown = run(lesson, variant, initial_values(lesson));
            std::cout << "\n# " << lesson.id << ' ' << variant.name << '\n';
            for_every_fact(*shown.trace, [&](const Told& told) {
                kinds.insert(told.event.fact.index());
                if (said.insert(told.words.sentence).second)
                    std::cout << kind_of(told.event.fact) << " | " << told.words.headline << " | " << told.words.sentence << " | "
                              << told.words.context << '\n';
            });
        }
    std::cout << "\n# facts that no lesson produces:";
    for (std::size_t i = 0; i < std::variant_size_v<Fact>; ++i)
        if (kinds.count(i) == 0)
            std::cout << ' ' << i;
    std::cout << '\n';
}

} // namespace loopscope::tests
