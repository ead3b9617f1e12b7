#pragma once

#include "core/asyncio/event_loop.h"

#include <any>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace loopscope {

/// The values of context variables at one moment. Never changed once it is shared: setting a
/// variable makes a new map, so that copying a context is copying a reference.
class ContextMap : public RefCounted {
public:
    std::map<const void*, std::any> values;
};

/// The variables of what runs in this thread: of the running loop's turn, or of the call that a
/// worker runs.
[[nodiscard]] Ref<ContextMap>& current_context();

namespace detail {

/// While it lives, the variables of this thread are these; without any, they stay as they are.
class ContextScope {
public:
    explicit ContextScope(Ref<ContextMap> context);
    ContextScope(const ContextScope&) = delete;
    ContextScope& operator=(const ContextScope&) = delete;
    ~ContextScope();

private:
    bool entered_;
    Ref<ContextMap> outer_;
};

/// A copy that nobody shares: it goes to another thread.
[[nodiscard]] Ref<ContextMap> copy_context();

} // namespace detail

/// A value for each task: an awaited coroutine shares its caller's, while create_task, call_soon,
/// call_later and add_done_callback copy what is set at the call.
template <class T>
class ContextVar {
public:
    explicit ContextVar(std::string name) : name_(std::move(name)) {}
    ContextVar(std::string name, T initial) : name_(std::move(name)), initial_(std::move(initial)) {}
    ContextVar(const ContextVar&) = delete;
    ContextVar& operator=(const ContextVar&) = delete;

    /// Throws LookupError when it is neither set nor has an initial value.
    [[nodiscard]] T get() const
    {
        if (const ContextMap* map = current_context().get())
            if (const auto found = map->values.find(this); found != map->values.end())
                return std::any_cast<T>(found->second);
        if (!initial_)
            throw LookupError(name_);
        return *initial_;
    }

    void set(T value) const
    {
        Ref<ContextMap>& current = current_context();
        auto changed = make_ref<ContextMap>();
        if (current)
            changed->values = current->values;
        changed->values.insert_or_assign(this, std::move(value));
        current = changed;
    }

    [[nodiscard]] const std::string& name() const { return name_; }

private:
    std::string name_;
    std::optional<T> initial_;
};

} // namespace loopscope
