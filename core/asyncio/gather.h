#pragma once

#include "core/asyncio/event_loop.h"

#include <tuple>
#include <vector>

namespace loopscope {

/// One slot of a gather that keeps errors: a result, or what the child failed with.
template <class T>
struct Gathered {
    std::optional<ValueOf<T>> value;
    std::exception_ptr error;

    [[nodiscard]] explicit operator bool() const { return error == nullptr; }
};

/// Asks gather() for errors in place of results: asyncio's return_exceptions=True.
struct ReturnExceptions {};
inline constexpr ReturnExceptions return_exceptions{};

namespace detail {

/// asyncio's _GatheringFuture, as of CPython 3.13: done when all its children are, or when the
/// first of them fails. Cancelling it cancels the children.
class GatherBase : public FutureBase, private EventLoop::Forgetful {
public:
    GatherBase(EventLoop& loop, std::vector<Ref<FutureBase>> children, bool keep_errors)
        : FutureBase(loop, FutureKind::Gather), children_(std::move(children)), keep_errors_(keep_errors)
    {
    }

    ~GatherBase() override;

    bool cancel(std::string message = {}) override;
    [[nodiscard]] std::string label() const override;
    [[nodiscard]] std::vector<Ref<FutureBase>> parts() const override { return children_; }

    /// Begins to listen; children that are done already count at once.
    void begin();
    /// `child` is done.
    void count(FutureBase& child);

protected:
    /// All children are done: make the list of results and set it.
    virtual void collect() = 0;

    std::vector<Ref<FutureBase>> children_;
    bool keep_errors_;

private:
    void forget() override;

    std::size_t different_ = 0; ///< children without repetition
    std::size_t finished_ = 0;
    bool cancel_requested_ = false;
    bool remembered_ = false; ///< by the loop, while children are still to come
};

template <class Results, class Base, class Collect>
class GatherState final : public WithValue<Results, Base> {
public:
    GatherState(EventLoop& loop, std::vector<Ref<FutureBase>> children, bool keep_errors, Collect collect)
        : WithValue<Results, Base>(loop, std::move(children), keep_errors), collect_(collect)
    {
    }

private:
    void collect() override { this->set_result(collect_(this->children_)); }

    Collect collect_;
};

template <class T>
ValueOf<T> value_of(const Ref<FutureBase>& child)
{
    return *static_cast<ValueOf<T>*>(child->value());
}

template <class T>
Gathered<T> gathered_from(FutureBase& child)
{
    Gathered<T> slot;
    if (child.cancelled())
        slot.error = std::make_exception_ptr(CancelledError(child.cancel_message()));
    else if ((slot.error = child.exception()) == nullptr)
        slot.value = *static_cast<ValueOf<T>*>(child.value());
    return slot;
}

template <class Results, class Collect>
Future<Results> make_gather(EventLoop& loop, std::vector<Ref<FutureBase>> children, bool keep_errors, Collect collect)
{
    const bool none = children.empty();
    auto state = make_ref<GatherState<Results, GatherBase, Collect>>(loop, std::move(children), keep_errors, collect);
    if (none)
        state->set_result(Results());
    else
        state->begin();
    return Future<Results>(state);
}

template <class T>
Ref<FutureBase> ensure_future(EventLoop& loop, Coro<T>&& coroutine, const Where& at)
{
    return loop.create_task(std::move(coroutine), {}, at).state();
}
/// Like awaiting it, this uses a named coroutine up.
template <class T>
Ref<FutureBase> ensure_future(EventLoop& loop, Coro<T>& coroutine, const Where& at)
{
    return loop.create_task(std::move(coroutine), {}, at).state();
}
template <class F>
    requires std::is_base_of_v<Future<typename F::value_type>, F>
Ref<FutureBase> ensure_future(EventLoop&, const F& future, const Where&)
{
    return future.state();
}

template <class A>
using AwaitedType = typename std::remove_cvref_t<A>::value_type;

template <class A>
std::vector<Ref<FutureBase>> ensure_futures(EventLoop& loop, std::vector<A>&& awaitables, const Where& at)
{
    std::vector<Ref<FutureBase>> children;
    children.reserve(awaitables.size());
    for (A& a : awaitables)
        children.push_back(ensure_future(loop, std::move(a), at));
    return children;
}

template <class First, class... Rest>
inline constexpr bool all_same = (std::is_same_v<First, Rest> && ...);

} // namespace detail

/// Waits for all, with their errors kept to themselves: what the end of a program does with the
/// tasks that are left. Requires at least one child.
[[nodiscard]] Ref<FutureBase> gather_all(EventLoop& loop, std::vector<Ref<FutureBase>> children);

/// The results of all, in the order of the arguments, whatever the order in which they end.
/// Coroutines become tasks at once. The first failure becomes the gather's own, while the other
/// children go on.
template <class A>
auto gather(std::vector<A> awaitables, Where at = Where::current())
{
    using V = ValueOf<detail::AwaitedType<A>>;
    EventLoop& loop = get_running_loop();
    auto children = detail::ensure_futures(loop, std::move(awaitables), at);
    return detail::make_gather<std::vector<V>>(loop, std::move(children), false, [](const auto& done) {
        std::vector<V> results;
        results.reserve(done.size());
        for (const Ref<FutureBase>& child : done)
            results.push_back(detail::value_of<V>(child));
        return results;
    });
}

/// The same with an error in the place of a result that is none.
template <class A>
auto gather(ReturnExceptions, std::vector<A> awaitables, Where at = Where::current())
{
    using T = detail::AwaitedType<A>;
    EventLoop& loop = get_running_loop();
    auto children = detail::ensure_futures(loop, std::move(awaitables), at);
    return detail::make_gather<std::vector<Gathered<T>>>(loop, std::move(children), true, [](const auto& done) {
        std::vector<Gathered<T>> results;
        results.reserve(done.size());
        for (const Ref<FutureBase>& child : done)
            results.push_back(detail::gathered_from<T>(*child));
        return results;
    });
}

/// For a fixed number of awaitables: a vector when all have one type of result, else a tuple.
template <class A, class... Rest>
    requires requires { typename detail::AwaitedType<A>; }
auto gather(A&& first, Rest&&... rest)
{
    using T = detail::AwaitedType<A>;
    EventLoop& loop = get_running_loop();
    const Where at = Where::current();
    std::vector<Ref<FutureBase>> children;
    children.reserve(1 + sizeof...(Rest));
    children.push_back(detail::ensure_future(loop, std::forward<A>(first), at));
    (children.push_back(detail::ensure_future(loop, std::forward<Rest>(rest), at)), ...);
    if constexpr (detail::all_same<T, detail::AwaitedType<Rest>...>) {
        return detail::make_gather<std::vector<ValueOf<T>>>(loop, std::move(children), false, [](const auto& done) {
            std::vector<ValueOf<T>> results;
            for (const Ref<FutureBase>& child : done)
                results.push_back(detail::value_of<T>(child));
            return results;
        });
    } else {
        using Results = std::tuple<ValueOf<T>, ValueOf<detail::AwaitedType<Rest>>...>;
        return detail::make_gather<Results>(loop, std::move(children), false, [](const auto& done) {
            return [&]<std::size_t... I>(std::index_sequence<I...>) {
                return Results(*static_cast<std::tuple_element_t<I, Results>*>(done[I]->value())...);
            }(std::make_index_sequence<std::tuple_size_v<Results>>{});
        });
    }
}

} // namespace loopscope
