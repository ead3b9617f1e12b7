#include "core/asyncio/runner.h"

namespace loopscope {

Runner::~Runner()
{
    try {
        close();
    } catch (...) { // a leftover that can never end: the loop's destructor takes its frames away
    }
}

EventLoop& Runner::get_loop()
{
    if (closed_)
        throw RuntimeError("Runner is closed");
    if (!loop_) {
        loop_ = std::make_unique<EventLoop>(options_.recording);
        loop_->set_debug(options_.debug);
    }
    return *loop_;
}

void Runner::enter()
{
    if (running_loop_or_null())
        throw RuntimeError("Runner.run() cannot be called from a running event loop");
    EventLoop& loop = get_loop();
    if (!std::exchange(running_phase_, true))
        loop.enter_phase(LoopPhase::Running);
}

void Runner::close()
{
    if (std::exchange(closed_, true) || !loop_)
        return;
    loop_->cancel_leftovers();
    loop_->join_threads();
    loop_->close();
}

void detail::check_no_loop_runs()
{
    if (running_loop_or_null())
        throw RuntimeError("asyncio.run() cannot be called from a running event loop");
}

} // namespace loopscope
