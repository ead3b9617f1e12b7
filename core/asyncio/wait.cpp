#include "core/asyncio/wait.h"

#include "core/asyncio/waiter.h"

namespace loopscope::detail {
namespace {

std::string wait_name(const std::vector<Ref<FutureBase>>& futures, ReturnWhen when)
{
    if (futures.size() == 1)
        return "wait(" + futures.front()->label() + ")";
    const std::string number = std::to_string(futures.size());
    switch (when) {
    case ReturnWhen::FirstCompleted:
        return "wait(first of " + number + ")";
    case ReturnWhen::FirstException:
        return "wait(first error of " + number + ")";
    case ReturnWhen::AllCompleted:
        break;
    }
    return "wait(" + number + ")";
}

} // namespace

Coro<void> wait_base(std::vector<Ref<FutureBase>> futures, std::optional<double> timeout, ReturnWhen when)
{
    EventLoop& loop = get_running_loop();
    const Future<void> waiter = make_waiter(FutureKind::Wait, wait_name(futures, when));
    note_parts(waiter, futures);
    const auto release = [waiter] {
        if (!waiter.done())
            waiter.set_result();
    };
    Ref<TimerHandle> timer;
    if (timeout)
        timer = loop.call_later(*timeout, release, "wait timeout");

    std::size_t left = futures.size();
    const auto count = [&left, &timer, release, when](FutureBase& future) {
        --left;
        const bool enough = left == 0 || when == ReturnWhen::FirstCompleted
            || (when == ReturnWhen::FirstException && !future.cancelled() && future.exception());
        if (!enough)
            return;
        if (timer)
            timer->cancel();
        release();
    };
    std::vector<Ref<DoneCallback>> callbacks;
    for (const Ref<FutureBase>& future : futures)
        callbacks.push_back(future->add_done_callback(count, "wait"));

    std::exception_ptr error;
    try {
        co_await waiter;
    } catch (...) {
        error = std::current_exception();
    }
    if (timer)
        timer->cancel();
    // A callback that stands in the ready queue already cannot be removed; it must find that this
    // wait is over, since what it counts in is going away.
    for (std::size_t i = 0; i < futures.size(); ++i)
        if (futures[i]->remove_done_callback(callbacks[i]) == 0)
            callbacks[i]->disarm();
    if (error)
        std::rethrow_exception(error);
}

} // namespace loopscope::detail
