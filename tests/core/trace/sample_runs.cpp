#include "tests/core/trace/sample_runs.h"

#include <array>
#include <utility>

namespace loopscope::samples {
namespace {

Coro<std::size_t> fetch_url(ClientSession session, std::string url)
{
    const Response response = co_await session.get(std::move(url));
    const std::string body = co_await response.text();
    print(body);
    co_return body.size();
}

class Dice {
public:
    explicit Dice(std::uint32_t seed)
        : state_(seed)
    {
    }
    int operator()(int sides)
    {
        state_ = (state_ * 1103515245u + 12345u) & 0x7fffffffu;
        return static_cast<int>((state_ >> 8) % static_cast<std::uint32_t>(sides));
    }

private:
    std::uint32_t state_;
};

struct Stage {
    Dice dice;
    std::vector<Task<void>> tasks;
    std::vector<Ref<TimerHandle>> timers;
    int budget = 40; ///< tasks that may still be made
};

using SharedStage = std::shared_ptr<Stage>;

Coro<void> wander(SharedStage stage, int depth);

Coro<void> inner(SharedStage stage)
{
    co_await sleep(0.1 * stage->dice(3));
    if (stage->dice(9) == 0)
        throw ValueError("unlucky");
}

Task<void> start(const SharedStage& stage, int depth)
{
    --stage->budget;
    Task<void> task = create_task(wander(stage, depth + 1));
    stage->tasks.push_back(task);
    return task;
}

Coro<void> gather_some(SharedStage stage, int depth)
{
    std::vector<Task<void>> children;
    for (int i = stage->dice(3); i >= 0 && stage->budget > 0; --i)
        children.push_back(start(stage, depth));
    const auto together = gather(return_exceptions, std::move(children));
    co_await together;
}

void set_timer(const SharedStage& stage)
{
    EventLoop& loop = get_running_loop();
    const double delay = 0.1 * stage->dice(4);
    stage->timers.push_back(loop.call_later(delay, [] { print("tick"); }, "tick"));
}

Coro<void> wander(SharedStage stage, int depth)
{
    for (int i = stage->dice(6); i >= 0; --i) {
        const int choice = stage->dice(9);
        if (choice == 0) {
            co_await sleep(0);
        } else if (choice <= 2) {
            co_await sleep(0.1 * stage->dice(4));
        } else if (choice == 3) {
            co_await inner(stage);
        } else if (choice == 4) {
            cpu(0.05 * stage->dice(3));
        } else if (choice == 5 && stage->budget > 0 && depth < 4) {
            co_await gather_some(stage, depth);
        } else if (choice == 6 && stage->budget > 0 && depth < 4) {
            start(stage, depth);
        } else if (choice == 7) {
            set_timer(stage);
        } else if (stage->dice(2) == 0 && !stage->tasks.empty()) {
            stage->tasks[static_cast<std::size_t>(stage->dice(static_cast<int>(stage->tasks.size())))].cancel();
        } else if (!stage->timers.empty()) {
            stage->timers[static_cast<std::size_t>(stage->dice(static_cast<int>(stage->timers.size())))]->cancel();
        }
    }
}

std::shared_ptr<const Trace> run_to_the_end(EventLoop& loop, Coro<void> story)
{
    loop.enter_phase(LoopPhase::Running);
    try {
        loop.run_until_complete(std::move(story));
    } catch (const CancelledError&) {
    } catch (const std::exception&) {
    }
    try {
        loop.cancel_leftovers();
    } catch (const std::exception&) { // a task that refuses to end
    }
    loop.close();
    return loop.trace();
}

Coro<void> wander_and_wait(SharedStage stage)
{
    for (int i = 0; i < 6; ++i)
        start(stage, 0);
    co_await sleep(0.5);
    co_await gather_some(stage, 0);
}

} // namespace

std::shared_ptr<const Trace> trace_of(Coro<void> (*story)(EventLoop&))
{
    EventLoop loop;
    return run_to_the_end(loop, story(loop));
}

Coro<void> three_pages(EventLoop& loop)
{
    loop.network().set_latency("https://example.com/a", 1.0);
    loop.network().set_latency("https://example.org/b", 2.0);
    loop.network().set_latency("https://example.net/c", 0.5);
    ClientSession session;
    std::vector<Coro<std::size_t>> pages;
    pages.push_back(fetch_url(session, "https://example.com/a"));
    pages.push_back(fetch_url(session, "https://example.org/b"));
    pages.push_back(fetch_url(session, "https://example.net/c"));
    const auto together = gather(std::move(pages));
    co_await together;
}

std::shared_ptr<const Trace> random_run(std::uint32_t seed)
{
    EventLoop loop;
    const auto stage = std::make_shared<Stage>(Stage{.dice = Dice(seed), .tasks = {}, .timers = {}});
    auto trace = run_to_the_end(loop, wander_and_wait(stage));
    stage->tasks.clear(); // no task may outlive its loop
    stage->timers.clear();
    return trace;
}

Snapshot plain_fold(const Trace& trace, std::size_t step)
{
    Snapshot state;
    while (state.step < step)
        apply(state, trace);
    return state;
}

std::string states_of(const Trace& trace, const Snapshot& state)
{
    constexpr std::array<const char*, 6> words {"ready", "running", "waiting", "finished", "failed", "cancelled"};
    std::string text;
    for (const TaskSnapshot& task : state.tasks) {
        text += text.empty() ? "" : ", ";
        text += trace.display_name(task.id) + " " + words[static_cast<std::size_t>(task.state)];
    }
    return text;
}

} // namespace loopscope::samples
