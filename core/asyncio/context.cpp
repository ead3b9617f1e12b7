#include "core/asyncio/context.h"

#include "core/asyncio/machine.h"

namespace loopscope {

Ref<ContextMap>& current_context()
{
    if (EventLoop* loop = running_loop_or_null())
        return loop->context();
    if (const Machine::Worker* worker = Machine::current())
        return worker->machine().loop().context(); // the worker's own, while it has the turn
    thread_local Ref<ContextMap> of_this_thread;
    return of_this_thread;
}

namespace detail {

ContextScope::ContextScope(Ref<ContextMap> context) : entered_(static_cast<bool>(context))
{
    if (entered_)
        outer_ = std::exchange(current_context(), std::move(context));
}

ContextScope::~ContextScope()
{
    if (entered_)
        current_context() = std::move(outer_);
}

Ref<ContextMap> copy_context()
{
    auto copy = make_ref<ContextMap>();
    if (const Ref<ContextMap>& current = current_context())
        copy->values = current->values;
    return copy;
}

} // namespace detail
} // namespace loopscope
