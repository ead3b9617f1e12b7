#pragma once

#include "core/trace/trace.h"

#include <tuple>
#include <type_traits>

/// What stands in a line of a recording, in its order: reading and writing both go through this, so that
/// they cannot disagree.
namespace loopscope::recorded {

/// The members of a fact, whatever it is. Requires at most three.
template <class F>
constexpr auto members_of(F& fact)
{
    using Plain = std::remove_const_t<F>;
    if constexpr (std::is_empty_v<Plain>) {
        return std::tie();
    } else if constexpr (requires { Plain{{}, {}, {}}; }) {
        auto& [a, b, c] = fact;
        return std::tie(a, b, c);
    } else if constexpr (requires { Plain{{}, {}}; }) {
        auto& [a, b] = fact;
        return std::tie(a, b);
    } else {
        auto& [a] = fact;
        return std::tie(a);
    }
}

/// The columns of a table. What follows from the facts, or from another table, is left out.
template <class I>
constexpr auto columns_of(I& i)
{
    using Plain = std::remove_const_t<I>;
    if constexpr (std::is_same_v<Plain, TaskInfo>)
        return std::tie(i.name, i.coroutine, i.future, i.parent);
    else if constexpr (std::is_same_v<Plain, FutureInfo>)
        return std::tie(i.kind, i.label, i.task, i.channel, i.resource, i.end);
    else if constexpr (std::is_same_v<Plain, HandleInfo>)
        return std::tie(i.kind, i.label, i.deadline, i.future, i.by);
    else if constexpr (std::is_same_v<Plain, ChannelInfo>)
        return std::tie(i.label, i.peer, i.task, i.future, i.bytes, i.text);
    else if constexpr (std::is_same_v<Plain, ResourceInfo>)
        return std::tie(i.kind, i.label, i.capacity, i.lock, i.count, i.unfinished, i.shut_down);
    else if constexpr (std::is_same_v<Plain, ScopeInfo>)
        return std::tie(i.kind, i.task);
    else if constexpr (std::is_same_v<Plain, WatchInfo>)
        return std::tie(i.label);
    else if constexpr (std::is_same_v<Plain, WorkerInfo>)
        return std::tie(i.kind, i.name, i.pool, i.shares_gil);
    else if constexpr (std::is_same_v<Plain, CallInfo>)
        return std::tie(i.pool, i.task, i.future);
}

} // namespace loopscope::recorded
