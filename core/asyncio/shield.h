#pragma once

#include "core/asyncio/event_loop.h"

#include <utility>

namespace loopscope {

namespace detail {

class ShieldState final : public FutureBase, private EventLoop::Forgetful {
public:
    ShieldState(EventLoop& loop, Ref<FutureBase> inner)
        : FutureBase(loop, FutureKind::Shield), inner_(std::move(inner))
    {
    }

    [[nodiscard]] std::string label() const override { return "shield(" + inner_->label() + ")"; }
    [[nodiscard]] std::vector<Ref<FutureBase>> parts() const override { return {inner_}; }
    [[nodiscard]] void* value() override { return inner_->value(); }

    /// Begins to listen. Requires that the inner one is pending.
    void begin();

private:
    void inner_done(FutureBase& inner);
    void forget() override;

    Ref<FutureBase> inner_;
    Ref<DoneCallback> on_inner_; ///< holds this shield; gone when either is done
};

} // namespace detail

/// Awaits `inner` so that cancelling the awaiter does not cancel it: the caller gets its
/// CancelledError at once, and the inner work goes on. As asyncio.shield.
template <class F>
    requires std::is_base_of_v<Future<typename F::value_type>, F>
[[nodiscard]] Future<typename F::value_type> shield(F inner)
{
    if (inner.done())
        return inner;
    auto outer = make_ref<detail::ShieldState>(get_running_loop(), inner.state());
    outer->begin();
    return Future<typename F::value_type>(outer);
}
template <class T>
[[nodiscard]] Future<T> shield(Coro<T> inner, Where at = Where::current())
{
    return shield(get_running_loop().create_task(std::move(inner), {}, at));
}

} // namespace loopscope
