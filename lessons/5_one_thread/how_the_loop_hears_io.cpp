// How the loop hears the network.
//
// A loop that sleeps is woken by the operating system: when a timer is due, or when something has
// come for one of its sockets. Bytes that come go into a buffer, and the coroutine that reads goes on
// only when what it asked for is complete.

#include "lessons/catalog.h"
#include "lessons/parameters.h"

#include <string>
#include <vector>

//@ story
#include "core/asyncio.h"

//@ end
namespace loopscope::lessons {
namespace {

using std::string;
using std::vector;

string strip(string line)
{
    while (!line.empty() && (line.back() == '\n' || line.back() == ' '))
        line.pop_back();
    return line;
}

//@ function main
Coro<> main()
{
    Streams streams = co_await open_connection("server", 80); //@ connect
    string line = co_await streams.reader.readline(); //@ readline
    print("got " + strip(line)); //@ got
    streams.writer.close();
}

//@ function listen
Coro<> listen(string host)
{
    Streams streams = co_await open_connection(host, 80); //@ listen connect
    string line = co_await streams.reader.readline(); //@ listen readline
    print("got " + strip(line)); //@ listen got
    streams.writer.close();
}

//@ function main_three_sockets
const vector<string> HOSTS = {"a.example",
                              "b.example",
                              "c.example"};

Coro<> main_three_sockets(vector<string> hosts = HOSTS)
{
    vector<Task<>> tasks;
    for (string host : hosts)
        tasks.push_back(create_task(listen(host))); //@ listen create
    for (Task<> task : tasks)
        co_await task; //@ listen await
}

//@ function remind
Coro<> remind(double delay)
{
    co_await sleep(delay); //@ remind
    print("timer"); //@ reminded
}

//@ function main_timer_and_socket
Coro<> main_timer_and_socket(double delay = 0.4)
{
    Streams streams = co_await open_connection("server", 80); //@ both connect
    Task<> timer = create_task(remind(delay)); //@ both timer
    string line = co_await streams.reader.readline(); //@ both readline
    print("got " + strip(line)); //@ both got
    streams.writer.close();
    co_await timer; //@ both await
}

//@ function main_polling
Coro<> main_polling(double period = 0.05)
{
    Streams streams = co_await open_connection("server", 80); //@ poll connect
    Task<string> line = create_task(streams.reader.readline()); //@ poll readline
    while (!line.done())
        co_await sleep(period); //@ poll
    print("got " + strip(line.result())); //@ poll got
    streams.writer.close();
}
//@ end

// A line in three pieces, with the newline in one of them.
void set_stage(EventLoop& loop, const Values& values)
{
    vector<Network::TimedPiece> pieces = {{values.number("arrival_1"), "red "},
                                          {values.number("arrival_2"), "green "},
                                          {values.number("arrival_3"), "blue"}};
    pieces[static_cast<std::size_t>(values.whole("newline") - 1)].bytes += "\n";
    loop.network().set_pieces("server", 80, pieces);
}

Coro<> start_one_socket(EventLoop& loop, const Values& values)
{
    set_stage(loop, values);
    return main();
}

// The same arrivals, each at a socket of its own.
Coro<> start_three_sockets(EventLoop& loop, const Values& values)
{
    loop.network().set_pieces("a.example", 80, {{values.number("arrival_1"), "red\n"}});
    loop.network().set_pieces("b.example", 80, {{values.number("arrival_2"), "green\n"}});
    loop.network().set_pieces("c.example", 80, {{values.number("arrival_3"), "blue\n"}});
    return main_three_sockets();
}

Coro<> start_timer_and_socket(EventLoop& loop, const Values& values)
{
    set_stage(loop, values);
    return main_timer_and_socket(values.number("timer"));
}

Coro<> start_polling(EventLoop& loop, const Values& values)
{
    set_stage(loop, values);
    return main_polling(values.number("period"));
}

Parameter arrival(int number, double initial)
{
    return in_seconds("arrival_" + std::to_string(number), "piece " + std::to_string(number) + " at",
                      {.low = 0.1, .high = 2.0, .step = 0.1}, initial);
}

vector<Parameter> parameters()
{
    return {arrival(1, 0.3),
            arrival(2, 0.5),
            arrival(3, 0.9),
            how_many("newline", "newline in piece", {1, 3}, 3),
            in_seconds("timer", "timer", {.low = 0.1, .high = 2.0, .step = 0.1}, 0.4),
            in_seconds("period", "ask every", {.low = 0.03, .high = 0.5, .step = 0.01}, 0.05)};
}

vector<Prediction> predictions()
{
    return {
        {.id = "line",
         .question = "Three pieces come, and the newline is in the last. When does `main` go on after "
                     "`readline`?",
         .setup = {.variant = "one-socket"},
         .answer = "at(\"got*\")",
         .options = {{.text = "{} s",
                      .value = "arrival_1",
                      .belief = "The first bytes that come end the wait, whatever was asked for."},
                     {.text = "{} s",
                      .value = "arrival_2",
                      .belief = "The first bytes end the sleep, and the next ones end the await."},
                     {.text = "{} s", .value = "arrival_3"},
                     {.text = "{} s",
                      .value = "arrival_1 + arrival_2 + arrival_3",
                      .belief = "Each piece is sent only after the one before was read, so their times add up."}},
         .decided_by = "printed(\"got*\")",
         .because = "Each piece woke the loop, which put it into the reader's buffer. Only the last one completed the "
                    "line, so only now could `main` go on.",
         .again = {{"arrival_1=0.2", "arrival_2=0.7", "arrival_3=1.1"},
                   {"arrival_1=0.4", "arrival_2=0.8", "arrival_3=1.6"}}},
        {.id = "sleep",
         .question = "A timer and the first piece are both to come, and nothing is ready. For how long does the loop "
                     "sleep in its selector?",
         .setup = {.variant = "timer-and-socket"},
         .answer = "at(fact(\"select returned\", 2)) - at(fact(\"select entered\", 2))",
         .options = {{.text = "{} s: until the timer is due",
                      .value = "timer",
                      .belief = "The loop sleeps until its timer is due and looks at its sockets then."},
                     {.text = "{} s: until the data comes",
                      .value = "arrival_1",
                      .belief = "Only data ends the sleep; a timer has its turn once the loop is awake."},
                     {.text = "Not at all: it keeps asking both", .value = "0", .belief = "M29"}},
         .decided_by = "fact(\"select returned\", 2)",
         .because = "One call waits for the nearest timer and for every socket. It returns at the first of "
                    "them, and the loop has no iteration before.",
         .again = {{"timer=0.2"}, {"arrival_1=0.2", "timer=0.7"}},
         .asked_at = "fact(\"select entered\", 2)"},
        {.id = "polling",
         .question = "`main` asks for the line again and again instead of awaiting it. When does it have the "
                     "line, compared with the first variant?",
         .setup = {.variant = "polling", .sets = {"period=0.2"}},
         .answer = "at(\"got*\") < runs(one-socket).at(\"got*\")",
         .options = {{.text = "Sooner", .value = "true", .belief = "Whoever asks more often gets an answer sooner."},
                     {.text = "No sooner", .value = "false"}},
         .decided_by = "printed(\"got*\")",
         .because = "Asking brings no data. `main` learns of the line at the next time it asks, and every "
                    "time before that was for nothing.",
         .again = {{"period=0.05"}, {"period=0.35"}}},
    };
}

} // namespace

Lesson how_the_loop_hears_io()
{
    const vector<string> one_line = {"arrival_1", "arrival_2", "arrival_3", "newline"};
    const auto and_also = [&](const string& name) {
        vector<string> names = one_line;
        names.push_back(name);
        return names;
    };
    return {
        .number = 18,
        .chapter = 5,
        .chapter_title = "One thread for all",
        .id = "how-the-loop-hears-io",
        .title = "How the loop hears the network",
        .question = "How does a sleeping loop know that data came?",
        .text = "A socket is the program's end of a connection. Whatever comes there is kept by the operating system "
                "until somebody reads it. Here a server sends a stream, bytes that come piece by piece: a line of text "
                "in three pieces, at the times that you choose. The newline, which ends the line, is in one of them. "
                "`readline` reads a line, up to its newline. When nothing is ready, the loop goes to sleep in its "
                "selector. That is one call to the operating system, which knows all of the loop's sockets and is told "
                "when the nearest timer is due.",
        .takeaway = "A loop with nothing to do sleeps in one call to the operating system, and the nearest "
                    "timer or the first data for any of its sockets ends that sleep.",
        .cpp_file = "lessons/5_one_thread/how_the_loop_hears_io.cpp",
        .python_file = "lessons/5_one_thread/how_the_loop_hears_io.py",
        .parameters = parameters(),
        .variants = {{.name = "one-socket",
                      .title = "One socket",
                      .summary = "Each piece wakes the loop, but only the one with the newline lets `main` go on.",
                      .start = start_one_socket,
                      .functions = {"main"},
                      .parameters = one_line},
                     {.name = "three-sockets",
                      .title = "Three sockets",
                      .summary = "Three connections, and one selector that sleeps for all of them.",
                      .start = start_three_sockets,
                      .functions = {"listen", "main_three_sockets"},
                      .parameters = {"arrival_1", "arrival_2", "arrival_3"}},
                     {.name = "timer-and-socket",
                      .title = "A timer and a socket",
                      .summary = "Whichever comes first ends the sleep.",
                      .start = start_timer_and_socket,
                      .functions = {"remind", "main_timer_and_socket"},
                      .parameters = and_also("timer")},
                     {.name = "polling",
                      .title = "Asking again and again",
                      .summary = "The same line, but `main` keeps asking for it instead of awaiting it.",
                      .start = start_polling,
                      .functions = {"main_polling"},
                      .parameters = and_also("period")}},
        .default_variant = 0,
        .compare = {"one-socket", "polling"},
        .predictions = predictions(),
        .challenge = {.task = "Get the line at 0.5 s, with the pieces coming at 0.3, 0.5 and 0.9 s as they do "
                              "now.",
                      .goal = "at(\"got*\") == 0.5 and arrival_1 == 0.3 and arrival_2 == 0.5 and arrival_3 == 0.9",
                      .begins = {.variant = "one-socket"},
                      .passes = {.variant = "one-socket", .sets = {"newline=2"}},
                      .hint = "What makes a line complete?",
                      .variants = {"one-socket"}},
        .remarks = {{.variant = "one-socket",
                     .moment = "fact(\"I/O ready\", 2)",
                     .text = "The first piece is here, and the operating system ends the loop's sleep. Nobody "
                             "asked for it in between."},
                    {.variant = "one-socket",
                     .moment = "fact(\"task suspended\", main, 4)",
                     .text = "`main` had a turn, but inside `readline`: no newline is in the buffer, so it waits "
                             "again, and the next line of your code has to wait too."},
                    {.variant = "one-socket",
                     .moment = "printed(\"got*\")",
                     .text = "The newline came, so the line is complete. Of all the turns since `readline` "
                             "began, this is the only one that goes on with your own code."},
                    {.variant = "three-sockets",
                     .moment = "fact(\"I/O ready\", 4)",
                     .text = "One of three sockets has something to read. That ends the one sleep that was for "
                             "all of them, and wakes the task that reads this socket."},
                    {.variant = "timer-and-socket",
                     .moment = "fact(\"timer fired\", 1)",
                     .text = "Here it was the timer that ended the sleep."},
                    {.variant = "timer-and-socket",
                     .moment = "printed(\"got*\")",
                     .text = "Here it was the socket that ended the sleep."},
                    {.variant = "polling",
                     .moment = "fact(\"timer fired\", 1)",
                     .text = "The loop wakes only because `main` wants to ask for the line. Until the line is "
                             "complete, every such iteration is for nothing."},
                    {.variant = "polling",
                     .moment = "printed(\"got*\")",
                     .text = "`main` asks, and the line is there: never before it is complete, and usually a little "
                             "later."}},
        .needs = {"meet-the-loop", "tasks-make-overlap"},
    };
}

} // namespace loopscope::lessons
