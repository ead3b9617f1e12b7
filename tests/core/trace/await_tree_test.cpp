#include "tests/core/trace/sample_runs.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include "core/trace/await_tree.h"
#include "core/trace/replay.h"

namespace loopscope {
namespace {

void add(std::string& text, const std::vector<AwaitNode>& nodes, std::size_t depth)
{
    for (const AwaitNode& node : nodes) {
        text += std::string(2 * depth, ' ') + node.title + (node.detail.empty() ? "" : " · " + node.detail)
            + (node.elsewhere ? " ↑" : "") + (node.in_circle ? " ↻" : "") + "\n";
        add(text, node.children, depth + 1);
    }
}

/// The tree at a moment as indented text: "↑" stands for "elsewhere", "↻" for "in a circle".
std::string tree_of(const Trace& trace, std::size_t step)
{
    const AwaitTree tree = AwaitTrees(trace).at(Replay(std::shared_ptr<const Trace>(&trace, [](auto*) {})).at(step));
    std::string text;
    add(text, tree.pending, 0);
    if (!tree.over.empty())
        text += "--\n";
    add(text, tree.over, 0);
    for (const std::string& circle : tree.circles)
        text += "! " + circle + "\n";
    return text;
}

/// The tree when the loop first slept, or at the last fact before a moment.
std::string asleep_at(const Trace& trace, double seconds)
{
    std::size_t step = 0;
    while (step < trace.size() && to_seconds(trace.when(step)) <= seconds)
        ++step;
    // The last state of the moment in which nobody runs any more.
    return tree_of(trace, step);
}

std::size_t stuck_at(const Trace& trace) { return samples::all<LoopStuck>(trace).at(0) + 1; }

Coro<void> nap(double delay) { co_await sleep(delay); }
Coro<void> long_nap() { co_await nap(2.0); }

Coro<void> waits_for_two()
{
    const Task<void> a = create_task(nap(1.0), "a");
    const Task<void> b = create_task(long_nap(), "b");
    co_await gather(a, b);
}

Coro<void> holds(Lock& lock, double time)
{
    auto block = [&]() -> Coro<void> { co_await sleep(time); };
    co_await async_with(lock, block());
}

Coro<void> waits_in_line()
{
    Lock lock;
    const Task<void> a = create_task(holds(lock, 2.0), "a");
    const Task<void> b = create_task(holds(lock, 1.0), "b");
    const Task<void> c = create_task(holds(lock, 1.0), "c");
    co_await gather(a, b, c);
}

Coro<void> takes_both(Lock& first, Lock& second)
{
    auto inner = []() -> Coro<void> { co_return; };
    auto outer = [&]() -> Coro<void> {
        co_await sleep(0.1);
        co_await async_with(second, inner());
    };
    co_await async_with(first, outer());
}

Coro<void> embraces()
{
    Lock left;
    Lock right;
    const Task<void> a = create_task(takes_both(left, right), "a");
    const Task<void> b = create_task(takes_both(right, left), "b");
    co_await gather(a, b);
}

} // namespace

TEST_CASE("a task stands below the one that waits for it, with the coroutine and the timer that it waits in", "[core][await]")
{
    const auto trace = tests::run_main(waits_for_two).trace;
    CHECK(tree_of(*trace, 0).empty());
    CHECK(asleep_at(*trace, 0.5)
          == "main · suspended\n"
             "  gather(a, b) · 0 of 2 have ended\n"
             "    a · suspended\n"
             "      sleep 1.0 s · due at 1.000 s\n"
             "    b · suspended\n"
             "      nap()\n"
             "        sleep 2.0 s · due at 2.000 s\n");
    CHECK(asleep_at(*trace, 1.5)
          == "main · suspended\n"
             "  gather(a, b) · 1 of 2 have ended\n"
             "    a · finished\n"
             "    b · suspended\n"
             "      nap()\n"
             "        sleep 2.0 s · due at 2.000 s\n"
             "--\n"
             "a · finished\n");
}

TEST_CASE("a task that several wait for is told in full once", "[core][await]")
{
    const auto trace = tests::run_main(waits_in_line).trace;
    CHECK(asleep_at(*trace, 0.5)
          == "main · suspended\n"
             "  gather(a, b, c) · 0 of 3 have ended\n"
             "    a · suspended\n"
             "      holds()\n" // the block is a coroutine of its own
             "        sleep 2.0 s · due at 2.000 s\n"
             "    b · suspended\n"
             "      lock · held by a\n"
             "        a · suspended ↑\n"
             "    c · suspended\n"
             "      lock · held by a, 2nd in line\n"
             "        a · suspended ↑\n");
}

TEST_CASE("a circle is marked all the way round and told in words", "[core][await]")
{
    const auto trace = tests::run_main(embraces).trace;
    CHECK(tree_of(*trace, stuck_at(*trace))
          == "main · suspended\n"
             "  gather(a, b) · 0 of 2 have ended\n"
             "    a · suspended ↻\n"
             "      takes_both() ↻\n"
             "        lock-2 · held by b ↻\n"
             "          b · suspended ↻\n"
             "            takes_both() ↻\n"
             "              lock-1 · held by a ↻\n"
             "                a · suspended ↑ ↻\n"
             "    b · suspended ↑ ↻\n"
             "! a waits for the lock-2, which b holds, and b waits for the lock-1, which a holds\n");
}

TEST_CASE("brothers of one kind have numbers of their own, at every moment of random programs", "[core][await]")
{
    for (std::uint32_t seed = 1; seed <= 20; ++seed) {
        const auto trace = samples::random_run(seed);
        const AwaitTrees trees(*trace);
        Snapshot state;
        while (state.step < trace->size()) {
            apply(state, *trace);
            const AwaitTree tree = trees.at(state);
            std::size_t pending = 0;
            std::vector<std::pair<const AwaitNode*, int>> open;
            for (const AwaitNode& root : tree.pending)
                open.push_back({&root, 0});
            while (!open.empty()) {
                const AwaitNode* node = open.back().first;
                open.pop_back();
                if (node->kind == AwaitNode::Kind::Task && !node->elsewhere && !is_over(*node->state))
                    ++pending;
                for (const AwaitNode& child : node->children) {
                    for (const AwaitNode& other : node->children)
                        if (&other != &child)
                            REQUIRE((other.kind != child.kind || other.id != child.id));
                    open.push_back({&child, 0});
                }
            }
            std::size_t expected = 0;
            for (const TaskSnapshot& task : state.tasks)
                expected += is_over(task.state) ? 0 : 1;
            REQUIRE(pending == expected);
            REQUIRE(tree.over.size() + pending == state.tasks.size());
        }
    }
}

} // namespace loopscope
