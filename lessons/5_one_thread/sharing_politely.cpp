// Computing politely.
//
// A long computation that is cut into pieces, with an await between them, lets the others have their
// turns. They wait for pieces still, and each cut costs a little.

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

//@ story
Coro<> heartbeat(double period)
{
    while (true) {
        print("tick"); //@ tick
        co_await sleep(period); //@ until next
    }
}

//@ function crunch_whole
Coro<> crunch_whole()
{
    cpu(1.0); //@ whole
    print("crunched"); //@ whole crunched
    co_return;
}

//@ function main_one_piece
Coro<> main_one_piece(double beat = 0.1)
{
    Task<> pulse = create_task(heartbeat(beat)); //@ one pulse
    co_await create_task(crunch_whole()); //@ one crunch
    co_await sleep(1.5 * beat); //@ one rest
}

//@ function crunch
Coro<> crunch(int pieces, double cut)
{
    for (int i = 0; i < pieces; ++i) {
        cpu(1.0 / pieces + cut); //@ piece
        co_await sleep(0); //@ others first
    }
    print("crunched"); //@ crunched
}

//@ function main
Coro<> main(int n = 10, double cut = 0.002, double beat = 0.1)
{
    Task<> pulse = create_task(heartbeat(beat)); //@ pulse
    co_await create_task(crunch(n, cut)); //@ crunch
    co_await sleep(1.5 * beat); //@ rest
}

//@ function main_2
Coro<> main_2(int n = 10, double cut = 0.002, double beat = 0.1)
{
    Task<> pulse = create_task(heartbeat(beat)); //@ two pulse
    co_await gather(crunch(n, cut), crunch(n, cut)); //@ two crunch
    co_await sleep(1.5 * beat); //@ two rest
}
//@ end

Coro<> start_one_piece(EventLoop&, const Values& values) { return main_one_piece(values.number("period")); }

auto in_pieces(Coro<> (*story)(int, double, double))
{
    return [story](EventLoop&, const Values& values) {
        return story(values.whole("pieces"), values.number("overhead"), values.number("period"));
    };
}

vector<Parameter> parameters()
{
    return {how_many("pieces", "pieces", {1, 100}, 10),
            in_seconds("overhead", "cost of a cut", {.low = 0, .high = 0.005, .step = 0.001}, 0.002),
            in_seconds("period", "heartbeat", {.low = 0.05, .high = 0.5, .step = 0.05}, 0.1)};
}

vector<Prediction> predictions()
{
    return {
        {.id = "gap",
         .question = "The heartbeat is to tick every 0.1 s, and cuts cost nothing here. How far apart are two ticks at "
                     "most while the pieces are computed?",
         .setup = {.variant = "pieces", .sets = {"overhead=0"}},
         .answer = "gap(heartbeat)",
         .options = {{.text = "{} s, as it should be", .value = "period",
                      .belief = "A little `await` makes computing free."},
                     {.text = "{} s: two pieces", .value = "2 / pieces",
                      .belief = "A task whose timer is due runs right after the piece that is being computed."},
                     {.text = "{} s: three pieces", .value = "3 / pieces"}},
         .decided_by = "printed(tick, 2)",
         .because = "By the end of the first piece the timer was due. The second piece already stood in the ready "
                    "queue, before the timer's callback, and the third before the turn that this callback brought.",
         .again = {{"overhead=0", "pieces=5"}, {"overhead=0", "pieces=4"}}},
        {.id = "overhead",
         .question = "In one piece the computation takes 1.0 s. When is it done if it is cut into pieces, and each cut "
                     "has its cost?",
         .setup = {.variant = "pieces", .sets = {"pieces=100", "overhead=0.002"}},
         .answer = "at(crunched)",
         .options = {{.text = "after {} s, as ever", .value = "1", .belief = "A little `await` makes computing free."},
                     {.text = "after {} s", .value = "1 + overhead",
                      .belief = "To be polite costs something once, however often the computation gives way."},
                     {.text = "after {} s", .value = "1 + pieces * overhead"}},
         .decided_by = "printed(crunched)",
         .because = "Each piece has paid for its own cut. More pieces mean shorter gaps for the others and a longer "
                    "way to the end for this task.",
         .again = {{"pieces=50", "overhead=0.004"}, {"pieces=20", "overhead=0.005"}}},
    };
}

} // namespace

Lesson sharing_politely()
{
    return {
        .number = 17,
        .chapter = 5,
        .chapter_title = "One thread for all",
        .id = "sharing-politely",
        .title = "Computing politely",
        .question = "Can a long computation share the loop?",
        .text = "Two tasks share the thread: a heartbeat that is to tick every 0.1 s, and a computation that needs 1.0 "
                "s. A task that computes keeps the thread until it awaits something that is not done. `await sleep(0)` "
                "is the shortest such wait: it sends the task to the end of the ready queue, the line of those who may "
                "run, and everybody in front has a turn. So the computation can be cut into pieces with `sleep(0)` "
                "between them. Each cut costs a little, because the loop has to go round once more. Watch how far the "
                "ticks are apart.",
        .takeaway = "A computation can share the loop in pieces: the others wait for up to three of them, and each "
                    "cut costs time.",
        .cpp_file = "lessons/5_one_thread/sharing_politely.cpp",
        .python_file = "lessons/5_one_thread/sharing_politely.py",
        .parameters = parameters(),
        .variants = {{.name = "one-piece",
                      .title = "In one piece",
                      .summary = "The computation holds the thread until it is done.",
                      .start = start_one_piece,
                      .functions = {"crunch_whole", "main_one_piece"},
                      .parameters = {"period"}},
                     {.name = "pieces",
                      .title = "In pieces",
                      .summary = "After each piece the others may go first.",
                      .start = in_pieces(main),
                      .functions = {"crunch", "main"}},
                     {.name = "two-crunchers",
                      .title = "Two of them",
                      .summary = "Two computations, each polite: the heartbeat waits for the pieces of both.",
                      .start = in_pieces(main_2),
                      .functions = {"crunch", "main_2"}}},
        .default_variant = 1,
        .compare = {"one-piece", "pieces"},
        .predictions = predictions(),
        .challenge = {.task = "Have ticks at most 0.17 s apart, and the computation done within 1.12 s, with a "
                              "heartbeat of 0.1 s and cuts of 0.002 s.",
                      .goal = "gap(heartbeat) <= 0.17 and at(crunched) <= 1.12 and overhead == 0.002 and period == 0.1",
                      .begins = {.variant = "pieces"},
                      .passes = {.variant = "pieces", .sets = {"pieces=50"}},
                      .hint = "A tick that is due may have to wait for three pieces; and how many cuts does 1.12 s pay "
                              "for?",
                      .variants = {"pieces"}},
        .remarks = {{.variant = "one-piece",
                     .moment = "printed(crunched)",
                     .text = "The next tick has long been due, but nobody else had a turn. Only now can the loop look "
                             "at its timers."},
                    {.variant = "pieces",
                     .moment = "fact(\"task yielded\", \"crunch\")",
                     .text = "The computation steps aside, and is ready again at once. Before the next piece the loop "
                             "looks for timers that are due."},
                    {.variant = "pieces",
                     .moment = "printed(tick, 2)",
                     .text = "A tick has to get past up to three pieces: the one in which its timer falls due, the one "
                             "that is in the ready queue already, and the one before the turn that the timer brought."},
                    {.variant = "pieces",
                     .moment = "printed(crunched)",
                     .text = "What the computation took beyond 1.0 s is the price of its cuts."},
                    {.variant = "two-crunchers",
                     .moment = "printed(tick, 2)",
                     .text = "Wherever the heartbeat would have waited for one piece, it now waits for one of each "
                             "computation."}},
        .needs = {"blocking-freezes-everyone"},
    };
}

} // namespace loopscope::lessons
