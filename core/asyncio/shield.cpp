#include "core/asyncio/shield.h"

namespace loopscope::detail {

void ShieldState::begin()
{
    const Ref<ShieldState> self(this);
    on_inner_ = inner_->add_done_callback([self](FutureBase& inner) { self->inner_done(inner); }, "shield");
    loop().remember(*this);
    add_done_callback(
        [](FutureBase& outer) {
            auto& shield = static_cast<ShieldState&>(outer);
            if (!shield.inner_->done())
                shield.forget();
        },
        "shield");
}

void ShieldState::inner_done(FutureBase& inner)
{
    loop().release(*this);
    const Ref<DoneCallback> alive = std::exchange(on_inner_, {});
    if (cancelled()) {
        if (!inner.cancelled())
            (void)inner.exception(); // nobody else will look at it
        return;
    }
    if (inner.cancelled())
        cancel();
    else if (std::exception_ptr error = inner.exception())
        set_exception(std::move(error));
    else
        finish(State::Finished);
}

void ShieldState::forget()
{
    loop().release(*this);
    const Ref<ShieldState> self(this);
    if (const Ref<DoneCallback> callback = std::exchange(on_inner_, {}))
        inner_->remove_done_callback(callback);
}

} // namespace loopscope::detail
