#pragma once

#include "core/asyncio/coro.h"

#include <memory>
#include <optional>
#include <utility>

namespace loopscope {

/// Thrown inside an async generator that is closed, at the co_yield where it stands. Like
/// CancelledError no std::exception; a generator lets it pass.
class GeneratorExit { };

/// An `async def` with `yield`: gives values on demand and may await between them. It has no task
/// of its own but runs in its consumer's, while that awaits the next item.
///
///     AsyncGenerator<int> items = count_to(3);
///     while (std::optional<int> item = co_await items.next()) { … }
///
/// Left early, it stays suspended; aclose() runs its clean-up. Thrown away without aclose() it is
/// destroyed where it stands, and what it would still have awaited is not.
///
/// Give a value that is an aggregate a name before it is yielded: GCC 12 destroys such temporaries
/// twice.
template <class T>
class [[nodiscard]] AsyncGenerator {
public:
    class promise_type;

    AsyncGenerator(AsyncGenerator&& other) noexcept : promise_(std::exchange(other.promise_, nullptr))
    {
        if (promise_)
            promise_->owner = this;
    }
    AsyncGenerator& operator=(AsyncGenerator&&) = delete;
    ~AsyncGenerator()
    {
        if (promise_)
            promise_->handle().destroy();
    }

    /// The next value, or none at the end. Throws what the generator throws, after which it is over.
    [[nodiscard]] Coro<std::optional<T>> next() { return resume(*promise_, false); }

    /// Ends it: GeneratorExit is thrown where it stands, so that its clean-up runs and may await.
    Coro<void> aclose() { return close(*promise_); }

    // As a context manager it is Python's contextlib.aclosing().
    Coro<void> aenter() { co_return; }
    Coro<bool> aexit(std::exception_ptr)
    {
        co_await aclose();
        co_return false;
    }

private:
    explicit AsyncGenerator(promise_type& promise) : promise_(&promise) { promise.owner = this; }

    // Hands the task's turn to the generator and takes it back at the next co_yield or its end.
    class Turn {
    public:
        explicit Turn(promise_type& generator) : generator_(generator) {}
        [[nodiscard]] bool await_ready() const noexcept { return generator_.over; }
        template <class P>
        void await_suspend(std::coroutine_handle<P> consumer)
        {
            generator_.outer_known = false;
            detail::enter_coroutine(consumer.promise(), generator_);
        }
        void await_resume()
        {
            if (generator_.over && !generator_.awaiter)
                return;
            detail::leave_coroutine(generator_, generator_.error != nullptr,
                                    generator_.over ? detail::Leaving::End : detail::Leaving::Yield);
            generator_.awaiter = nullptr;
        }

    private:
        promise_type& generator_;
    };
    struct TurnOf {
        promise_type& generator;
        [[nodiscard]] Turn operator co_await() const { return Turn(generator); }
    };

    static Coro<std::optional<T>> resume(promise_type& generator, bool closing)
    {
        generator.value.reset();
        generator.closing = closing;
        const TurnOf turn{generator};
        co_await turn;
        if (generator.error)
            std::rethrow_exception(std::exchange(generator.error, nullptr));
        co_return std::move(generator.value);
    }

    static Coro<void> close(promise_type& generator)
    {
        if (generator.over)
            co_return;
        if (!generator.started) { // nothing of it ran, so there is nothing to clean up
            generator.over = true;
            co_return;
        }
        std::optional<T> more;
        try {
            more = co_await resume(generator, true);
        } catch (const GeneratorExit&) {
        }
        if (more)
            throw RuntimeError("async generator ignored GeneratorExit");
    }

    promise_type* promise_;
};

template <class T>
class AsyncGenerator<T>::promise_type final : public detail::PromiseAwaits {
public:
    explicit promise_type(Where made = Where::current()) : PromiseAwaits(made) {}
    promise_type(const promise_type&) = delete;
    promise_type& operator=(const promise_type&) = delete;
    // A task that is thrown away destroys all frames that it was in, this one too.
    ~promise_type() { owner->promise_ = nullptr; }

    AsyncGenerator get_return_object(Where made = Where::current())
    {
        static_assert(alignof(promise_type) <= 2 * sizeof(void*));
        made_at = made;
        return AsyncGenerator(*this);
    }

    struct Yield {
        promise_type& generator;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept { detail::go_on(*generator.awaiter); }
        void await_resume() const
        {
            if (generator.closing)
                throw GeneratorExit();
        }
    };

    Yield yield_value(T item, Where at = Where::current())
    {
        awaits_at = at;
        started = true;
        value.emplace(std::move(item));
        return {*this};
    }
    // It stays where it ends: the object that gives the values destroys it.
    struct End {
        promise_type& generator;
        [[nodiscard]] bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept
        {
            generator.over = true;
            detail::go_on(*generator.awaiter);
        }
        void await_resume() const noexcept {}
    };
    [[nodiscard]] End final_suspend() noexcept { return {*this}; }
    void return_void() noexcept { value.reset(); }
    void unhandled_exception() noexcept { error = std::current_exception(); }

    std::optional<T> value;
    std::exception_ptr error;
    AsyncGenerator* owner = nullptr;
    bool closing = false;
    bool started = false;
    bool over = false;
};

} // namespace loopscope
