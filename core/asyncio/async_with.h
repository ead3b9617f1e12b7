#pragma once

#include "core/asyncio/coro.h"

#include <exception>
#include <functional>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace loopscope {

// `async with` for C++: a destructor cannot await, so the block is a coroutine of its own, run
// inside the same task. A context manager has
//     Coro<void> aenter();
//     Coro<bool> aexit(std::exception_ptr error);   // true: the error is used up
// The block is often a lambda that captures what lies around it; give it a name first, since a
// lambda must live as long as the coroutine it made:
//     auto block = [&]() -> Coro<void> { … };
//     co_await async_with(lock, block());

namespace detail {

/// In Python a block that is not entered is no coroutine that somebody forgot to await.
template <class T>
class MaybeNotEntered {
public:
    explicit MaybeNotEntered(Coro<T>& block) : block_(block) {}
    MaybeNotEntered(const MaybeNotEntered&) = delete;
    MaybeNotEntered& operator=(const MaybeNotEntered&) = delete;
    ~MaybeNotEntered() { block_.close(); }

private:
    Coro<T>& block_;
};

} // namespace detail

/// Enters `manager`, awaits `block`, and leaves, whichever way the block ended.
template <class Manager>
Coro<void> async_with(Manager& manager, Coro<void> block)
{
    const detail::MaybeNotEntered<void> guard(block);
    co_await manager.aenter();
    std::exception_ptr error;
    try {
        co_await std::move(block);
    } catch (...) {
        error = std::current_exception();
    }
    const bool used_up = co_await manager.aexit(error);
    if (error && !used_up)
        std::rethrow_exception(error);
}

/// The same for a block with a result. Requires a manager that uses up no error.
template <class Manager, class T>
    requires(!std::is_void_v<T>)
Coro<T> async_with(Manager& manager, Coro<T> block)
{
    const detail::MaybeNotEntered<T> guard(block);
    co_await manager.aenter();
    std::exception_ptr error;
    std::optional<T> result;
    try {
        result.emplace(co_await std::move(block));
    } catch (...) {
        error = std::current_exception();
    }
    co_await manager.aexit(error);
    if (error)
        std::rethrow_exception(error);
    co_return std::move(*result);
}

/// `try: block finally: clean_up`. The clean-up is called when the block has ended, and may be a
/// coroutine function, so that it awaits. What it throws replaces what the block threw.
template <class T, class CleanUp>
Coro<T> try_finally(Coro<T> block, CleanUp clean_up)
{
    std::exception_ptr error;
    if constexpr (std::is_void_v<T>) {
        try {
            co_await std::move(block);
        } catch (...) {
            error = std::current_exception();
        }
        if constexpr (std::is_void_v<std::invoke_result_t<CleanUp&>>) {
            clean_up();
        } else {
            Coro<void> ending = clean_up();
            co_await std::move(ending);
        }
        if (error)
            std::rethrow_exception(error);
    } else {
        std::optional<T> result;
        try {
            result.emplace(co_await std::move(block));
        } catch (...) {
            error = std::current_exception();
        }
        if constexpr (std::is_void_v<std::invoke_result_t<CleanUp&>>) {
            clean_up();
        } else {
            Coro<void> ending = clean_up();
            co_await std::move(ending);
        }
        if (error)
            std::rethrow_exception(error);
        co_return std::move(*result);
    }
}

/// Calls what was pushed, the last first, when its block ends; each may await. As
/// contextlib.AsyncExitStack.
class AsyncExitStack {
public:
    /// `callback` gets nothing and cannot use up an error.
    void push_async_callback(std::function<Coro<void>()> callback)
    {
        exits_.push_back([callback = std::move(callback)](std::exception_ptr) { return call(callback); });
    }
    void callback(std::function<void()> callback)
    {
        exits_.push_back([callback = std::move(callback)](std::exception_ptr) { return call_plain(callback); });
    }
    /// Enters a context manager, and leaves it with the block. Requires that it lives till then.
    template <class Manager>
    Coro<void> enter_async_context(Manager& manager)
    {
        co_await manager.aenter();
        exits_.push_back([&manager](std::exception_ptr error) { return manager.aexit(error); });
    }

    Coro<void> aenter() { co_return; }
    Coro<bool> aexit(std::exception_ptr error)
    {
        const bool had_error = error != nullptr;
        bool replaced = false;
        while (!exits_.empty()) {
            auto exit = std::move(exits_.back());
            exits_.pop_back();
            try {
                Coro<bool> leaving = exit(error);
                const bool used_up = co_await std::move(leaving);
                if (used_up) {
                    error = nullptr;
                    replaced = false;
                }
            } catch (...) {
                error = std::current_exception();
                replaced = true;
            }
        }
        if (replaced)
            std::rethrow_exception(error);
        co_return had_error && !error;
    }

private:
    static Coro<bool> call(std::function<Coro<void>()> callback)
    {
        Coro<void> running = callback();
        co_await std::move(running);
        co_return false;
    }
    static Coro<bool> call_plain(std::function<void()> callback)
    {
        callback();
        co_return false;
    }

    std::vector<std::function<Coro<bool>(std::exception_ptr)>> exits_;
};

} // namespace loopscope
