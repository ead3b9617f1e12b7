#include "core/asyncio/gather.h"

#include <algorithm>
#include <unordered_set>

namespace loopscope {
namespace detail {
namespace {

class ChildDone final : public DoneCallback {
public:
    ChildDone(EventLoop& loop, Ref<GatherBase> gather)
        : DoneCallback(loop, CallbackKind::Done), gather_(std::move(gather))
    {
    }

protected:
    void done(FutureBase& future) override { gather_->count(future); }
    [[nodiscard]] std::string_view label() const override { return "gather"; }

private:
    Ref<GatherBase> gather_;
};

} // namespace

GatherBase::~GatherBase()
{
    if (remembered_)
        loop().release(*this);
}

// The children hold callbacks that hold this gather, which holds the children.
void GatherBase::forget()
{
    remembered_ = false;
    const auto children = std::move(children_);
}

void GatherBase::begin()
{
    loop().remember(*this);
    remembered_ = true;
    // The same awaitable may stand in several slots; it counts once.
    std::vector<FutureBase*> done_already;
    std::unordered_set<FutureBase*> seen;
    const Ref<GatherBase> self(this);
    const bool many = children_.size() > 1;
    for (const Ref<FutureBase>& child : children_) {
        if (many && !seen.insert(child.get()).second)
            continue;
        ++different_;
        if (child->done())
            done_already.push_back(child.get());
        else
            child->add_done_callback(make_ref<ChildDone>(loop(), self));
    }
    for (FutureBase* child : done_already)
        count(*child);
}

void GatherBase::count(FutureBase& child)
{
    if (++finished_ == different_ && std::exchange(remembered_, false))
        loop().release(*this);
    if (done()) {
        if (!child.cancelled())
            (void)child.exception(); // nobody else will look at it
        return;
    }
    if (!keep_errors_) {
        if (child.cancelled()) {
            set_exception(child.cancelled_error());
            return;
        }
        if (std::exception_ptr error = child.exception()) {
            set_exception(std::move(error));
            return;
        }
    }
    if (finished_ < different_)
        return;
    if (cancel_requested_)
        set_exception(children_.back()->cancelled_error()); // the last one's, as in CPython
    else
        collect();
}

bool GatherBase::cancel(std::string message)
{
    if (done())
        return false;
    bool any = false;
    for (const Ref<FutureBase>& child : std::vector(children_))
        any = child->cancel(message) || any;
    cancel_requested_ = cancel_requested_ || any;
    return any;
}

std::string GatherBase::label() const
{
    std::string text = "gather(";
    constexpr std::size_t shown = 3;
    for (std::size_t i = 0; i < children_.size(); ++i) {
        if (i == shown && children_.size() > shown + 1)
            return text + ", … " + std::to_string(children_.size() - shown) + " more)";
        if (i > 0)
            text += ", ";
        text += children_[i]->label();
    }
    return text + ")";
}

} // namespace detail

Ref<FutureBase> gather_all(EventLoop& loop, std::vector<Ref<FutureBase>> children)
{
    return detail::make_gather<None>(loop, std::move(children), true, [](const auto&) { return None{}; }).state();
}

} // namespace loopscope
