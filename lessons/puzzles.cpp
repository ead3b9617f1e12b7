#include "lessons/catalog.h"

#include <array>
#include <string>

namespace loopscope::lessons {
namespace {

// Every program begins and ends alike.
constexpr const char* main_begins = "async def main():\n";
constexpr const char* main_runs = "\nasyncio.run(main())\n";

Puzzle waiting()
{
    return {.chapter = 1,
            .task = "Print `first`, `second` and `last`: two by callbacks, as soon as the loop is free, and `last` "
                    "one second later.",
            .before = std::string("import asyncio, time\n\n") + main_begins,
            .lines = {"    loop = asyncio.get_running_loop()",
                      "    loop.call_soon(print, \"first\")",
                      "    loop.call_soon(print, \"second\")",
                      "    await asyncio.sleep(1.0)",
                      "    print(\"last\")"},
            .after = main_runs,
            .distractors = {{"    time.sleep(1.0)", 3, "M9"},
                            {"    loop.call_later(0.5, print, \"first\")", 1,
                             "A callback with a delay still runs before those that are added after it."}},
            .prints = {"0 first", "0 second", "1 last"},
            .total = 1.0};
}

Puzzle coroutines()
{
    return {.chapter = 2,
            .task = "Greet Ann after one second and Bob after two, and then say bye.",
            .before = std::string("import asyncio\n\nasync def greet(name):\n    await asyncio.sleep(1.0)\n"
                                  "    print(\"hi\", name)\n\n")
                + main_begins,
            .lines = {"    greeting = greet(\"Ann\")", "    await greeting", "    await greet(\"Bob\")",
                      "    print(\"bye\")"},
            .after = main_runs,
            .distractors = {{"    greet(\"Bob\")", 2, "M1"}, {"    await greeting", 2, "M28"}},
            .prints = {"1 hi Ann", "2 hi Bob", "2 bye"},
            .total = 2.0};
}

Puzzle tasks()
{
    return {.chapter = 3,
            .task = "Do both jobs within two seconds: a needs two, b needs one. Say end when both are done.",
            .before = std::string("import asyncio\n\nasync def job(name, seconds):\n    await asyncio.sleep(seconds)\n"
                                  "    print(name)\n\n")
                + main_begins,
            .lines = {"    first = asyncio.create_task(job(\"a\", 2.0))", "    await job(\"b\", 1.0)",
                      "    await first", "    print(\"end\")"},
            .after = main_runs,
            .distractors = {{"    first = job(\"a\", 2.0)", 0, "M1"},
                            {"    first = await asyncio.create_task(job(\"a\", 2.0))", 0, "M6"}},
            .prints = {"1 b", "2 a", "2 end"},
            .total = 2.0};
}

Puzzle many_at_once()
{
    return {.chapter = 4,
            .task = "Fetch three pages together and print those that came, although one of them fails.",
            .before = std::string("import asyncio\n\nasync def page(name, seconds):\n    await asyncio.sleep(seconds)\n"
                                  "    if name == \"B\":\n        raise ValueError(name)\n    return name\n\n")
                + main_begins,
            .lines = {"    jobs = [page(\"A\", 1.0), page(\"B\", 0.5), page(\"C\", 2.0)]",
                      "    results = await asyncio.gather(*jobs, return_exceptions=True)",
                      "    pages = [r for r in results if isinstance(r, str)]", "    print(*pages)"},
            .after = main_runs,
            .distractors = {{"    results = await asyncio.gather(*jobs)", 1,
                             "`gather` leaves out what fails and gives the rest."},
                            {"    results = [await job for job in jobs]", 1, "M2"}},
            .prints = {"2 A C"},
            .total = 2.0};
}

Puzzle one_thread()
{
    return {.chapter = 5,
            .task = "In a session, save two pages, each as soon as it has come, and say so; say closed when the "
                    "session is closed.",
            .before = std::string("import asyncio, contextlib\n\n@contextlib.asynccontextmanager\n"
                                  "async def session():\n    await asyncio.sleep(0.2)\n    yield\n\n"
                                  "async def pages():\n    for name in \"AB\":\n        await asyncio.sleep(0.5)\n"
                                  "        yield name\n\nasync def save(page):\n    await asyncio.sleep(0.4)\n\n")
                + main_begins,
            .lines = {"    async with session():", "        async for page in pages():", "            await save(page)",
                      "            print(\"saved\", page)", "    print(\"closed\")"},
            .after = main_runs,
            .distractors = {{"            save(page)", 2, "M1"},
                            {"        for page in pages():", 1, "A plain `for` can wait for each of its rounds."}},
            .prints = {"1.1 saved A", "2 saved B", "2 closed"},
            .total = 2.0};
}

Puzzle leaving_the_loop()
{
    return {.chapter = 6,
            .task = "Let a thread read for a second, show after half a second that the loop still answers, and then "
                    "print what was read.",
            .before = std::string("import asyncio, time\n\ndef read():\n    time.sleep(1.0)\n    return \"data\"\n\n")
                + main_begins,
            .lines = {"    reading = asyncio.to_thread(read)", "    task = asyncio.create_task(reading)",
                      "    await asyncio.sleep(0.5)", "    print(\"still here\")", "    print(await task)"},
            .after = main_runs,
            .distractors = {{"    reading = read()", 0,
                             "A blocking function that is called in a coroutine gives something to await."},
                            {"    time.sleep(0.5)", 2, "M9"}},
            .prints = {"0.5 still here", "1 data"},
            .total = 1.0};
}

Puzzle stopping()
{
    return {.chapter = 7,
            .task = "Give the page one second, and say too slow when that was not enough.",
            .before = std::string("import asyncio, time\n\nasync def fetch(seconds):\n    await asyncio.sleep(seconds)\n\n")
                + main_begins,
            .lines = {"    try:", "        async with asyncio.timeout(1.0):", "            await fetch(3.0)",
                      "    except TimeoutError:", "        print(\"too slow\")"},
            .after = main_runs,
            .distractors = {{"    except asyncio.CancelledError:", 3,
                             "Outside its block a timeout shows itself as `CancelledError`."},
                            {"            time.sleep(3.0)", 2, "M20"}},
            .prints = {"1 too slow"},
            .total = 1.0};
}

Puzzle sharing()
{
    return {.chapter = 8,
            .task = "Two tasks withdraw 30 and 50 from 100 and print what is left. At the end that is to be 20.",
            .before = "import asyncio\n\nbalance = 100\nlock = asyncio.Lock()\n\nasync def saved(value):\n"
                      "    await asyncio.sleep(0.1)\n    return value\n\nasync def withdraw(amount):\n"
                      "    global balance\n",
            .lines = {"    async with lock:", "        left = balance - amount", "        balance = await saved(left)",
                      "    print(balance)"},
            .after = std::string("\n") + main_begins + "    await asyncio.gather(withdraw(30), withdraw(50))\n"
                + main_runs,
            .distractors = {{"    if not lock.locked():", 0, "To see that a lock is free is as good as to take it."},
                            {"    if await lock.acquire():", 0,
                             "A lock is given back by itself when its block ends, however it was taken."}},
            .prints = {"0.1 70", "0.2 20"},
            .total = 0.2};
}

} // namespace

std::span<const Puzzle> puzzles()
{
    static const std::array all{waiting(),    coroutines(),       tasks(),    many_at_once(),
                                one_thread(), leaving_the_loop(), stopping(), sharing()};
    return all;
}

} // namespace loopscope::lessons
