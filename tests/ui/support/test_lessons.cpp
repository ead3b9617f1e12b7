#include "tests/ui/support/test_lessons.h"

#include "core/asyncio.h"

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

namespace loopscope::tests {
namespace {

//@ story
//@ function job
Coro<void> job(std::string name, double seconds)
{
    co_await sleep(seconds); //@ sleep
    print(name + " done"); //@ done
}

//@ function one_by_one
Coro<void> one_by_one(double a, double b)
{
    co_await job("a", a); //@ first
    co_await job("b", b); //@ second
}

//@ function together
Coro<void> together(double a, double b)
{
    auto first = create_task(job("a", a)); //@ create a
    auto second = create_task(job("b", b)); //@ create b
    co_await first; //@ await a
    co_await second; //@ await b
}
//@ end

Coro<void> page()
{
    ClientSession session;
    Response response = co_await session.get("a.example");
    std::string body = co_await response.text();
    print("got " + body);
}

Coro<void> worker(int number)
{
    for (int i = 0; i < 3; ++i)
        co_await sleep(0.01 * (1 + (number * 7 + i * 3) % 50));
}

Coro<void> crowd(int count)
{
    std::vector<Task<void>> all;
    for (int i = 0; i < count; ++i)
        all.push_back(create_task(worker(i), "worker-" + std::to_string(i + 1)));
    all.push_back(create_task(job("log", 0.2), "logger"));
    for (Task<void>& task : all)
        co_await task;
}

constexpr const char* python = R"(#@ story
import asyncio
#@ function job
async def job(name, seconds):
    await asyncio.sleep(seconds)  #@ sleep
    print(name, "done")  #@ done

#@ function one_by_one
async def main(a, b):
    await job("a", a)  #@ first
    await job("b", b)  #@ second

#@ function together
async def main(a, b):
    first = asyncio.create_task(job("a", a))  #@ create a
    second = asyncio.create_task(job("b", b))  #@ create b
    await first  #@ await a
    await second  #@ await b
)";

Parameter seconds_parameter(std::string name, std::string label, double initial)
{
    return {.name = std::move(name),
            .label = std::move(label),
            .unit = "s",
            .range = NumberRange{.low = 0.1, .high = 5.0, .step = 0.1, .whole = false},
            .initial = initial};
}

Lesson waits()
{
    Lesson lesson;
    lesson.number = 1;
    lesson.chapter = 1;
    lesson.chapter_title = "Waiting";
    lesson.id = "waits";
    lesson.title = "Two waits";
    lesson.question = "How long do two waits take?";
    lesson.text = "A wait of `a` and one of `b`.";
    lesson.takeaway = "Together they take as long as the longer one.";
    lesson.cpp_file = "tests/ui/support/test_lessons.cpp";
    lesson.python_file = "waits.py";
    lesson.parameters.push_back(seconds_parameter("a", "wait a", 1.0));
    lesson.parameters.push_back(seconds_parameter("b", "wait b", 2.0));
    lesson.parameters.push_back({.name = "count",
                                 .label = "count",
                                 .unit = "",
                                 .range = NumberRange{.low = 1, .high = 5, .step = 1, .whole = true},
                                 .initial = 2.0});
    lesson.parameters.push_back({.name = "mode",
                                 .label = "mode",
                                 .unit = "",
                                 .range = Choices{{"less", "more"}},
                                 .initial = std::string("less")});
    lesson.parameters.push_back(seconds_parameter("extra", "extra", 0.5));
    lesson.parameters.back().shown = [](const Values& values) { return values.word("mode") == "more"; };
    lesson.variants.push_back({.name = "one-by-one",
                               .title = "One by one",
                               .summary = "The second waits for the first.",
                               .start = [](EventLoop&, const Values& v) { return one_by_one(v.number("a"), v.number("b")); },
                               .functions = {"job", "one_by_one"}});
    lesson.variants.push_back({.name = "together",
                               .title = "Together",
                               .summary = "Both at once.",
                               .start = [](EventLoop&, const Values& v) { return together(v.number("a"), v.number("b")); },
                               .functions = {"job", "together"}});
    lesson.compare = {"one-by-one", "together"};
    return lesson;
}

Lesson requests()
{
    Lesson lesson;
    lesson.number = 2;
    lesson.chapter = 2;
    lesson.chapter_title = "The network";
    lesson.id = "requests";
    lesson.title = "One page";
    lesson.question = "Who waits for a page?";
    lesson.cpp_file = "tests/ui/support/test_lessons.cpp";
    lesson.python_file = "requests.py";
    lesson.variants.push_back({.name = "page",
                               .title = "A page",
                               .summary = "One request.",
                               .start = [](EventLoop& loop, const Values&) {
                                   loop.network().set_latency("a.example", 1.0);
                                   return page();
                               },
                               .functions = {}});
    lesson.compare = {"page", "page"};
    return lesson;
}

} // namespace

std::span<const Lesson> testLessons()
{
    static const std::vector<Lesson> lessons{waits(), requests()};
    return lessons;
}

std::span<const Lesson> crowdedLessons(int count)
{
    static std::vector<Lesson> lessons;
    Lesson lesson;
    lesson.number = 1;
    lesson.chapter = 1;
    lesson.chapter_title = "Many";
    lesson.id = "crowd";
    lesson.title = "A crowd";
    lesson.question = "How many can sleep at once?";
    lesson.cpp_file = "tests/ui/support/test_lessons.cpp";
    lesson.python_file = "crowd.py";
    lesson.variants.push_back({.name = "crowd",
                               .title = "A crowd",
                               .summary = "Many sleep.",
                               .start = [count](EventLoop&, const Values&) { return crowd(count); },
                               .functions = {}});
    lesson.compare = {"crowd", "crowd"};
    lessons = {std::move(lesson)};
    return lessons;
}

ui::Sources testSources(const Lesson& lesson)
{
    std::ifstream file(std::string(LOOPSCOPE_SOURCE_DIR) + "/" + lesson.cpp_file);
    std::ostringstream text;
    text << file.rdbuf();
    return {.python = SourceText(python), .cpp = SourceText(text.str())};
}

} // namespace loopscope::tests
