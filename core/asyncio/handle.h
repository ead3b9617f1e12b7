#pragma once

#include "core/asyncio/ref.h"
#include "core/trace/trace_event.h"

#include <string_view>

namespace loopscope {

class ContextMap;
class EventLoop;
class FutureBase;

/// A callback in the ready queue. Cancelled, it keeps its place and its turn passes without a call,
/// as in CPython.
class Handle : public RefCounted {
public:
    /// Captures the context variables as they are now.
    Handle(EventLoop& loop, CallbackKind kind);
    ~Handle() override;

    virtual void cancel();
    [[nodiscard]] bool cancelled() const { return cancelled_; }
    [[nodiscard]] EventLoop& loop() const { return *loop_; }

    /// Says in the trace that the selector found it ready. Only for handles that a selector gives out,
    /// and only while the loop records.
    virtual void note_ready() {}

protected:
    /// Called once, in the handle's turn. May throw; the loop reports it to the exception handler.
    virtual void call() = 0;

    /// What a trace calls it.
    [[nodiscard]] virtual std::string_view label() const { return {}; }
    /// When it is due, for timers.
    [[nodiscard]] virtual TimePoint deadline() const { return {}; }
    /// The future that the call fills or looks at, if any.
    [[nodiscard]] virtual FutureBase* about() const { return nullptr; }

private:
    friend class EventLoop;

    EventLoop* loop_;
    Ref<ContextMap> context_;
    HandleId id_; ///< given when it is recorded
    CallbackKind kind_;
    bool cancelled_ = false;
    bool queued_ = false; ///< stands in the ready queue
};

/// A callback in the timer heap.
class TimerHandle : public Handle {
public:
    TimerHandle(EventLoop& loop, CallbackKind kind, TimePoint when) : Handle(loop, kind), when_(when) {}

    void cancel() override;
    [[nodiscard]] TimePoint when() const { return when_; }

protected:
    [[nodiscard]] TimePoint deadline() const override { return when_; }

private:
    friend class EventLoop;

    TimePoint when_;
    bool in_heap_ = false;
};

} // namespace loopscope
