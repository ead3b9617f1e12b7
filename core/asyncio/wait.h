#pragma once

#include "core/asyncio/gather.h"
#include "core/asyncio/queue.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace loopscope {

enum class ReturnWhen { AllCompleted, FirstCompleted, FirstException };

namespace detail {
Coro<void> wait_base(std::vector<Ref<FutureBase>> futures, std::optional<double> timeout, ReturnWhen when);
}

/// What wait() gives: futures in the order of the arguments.
template <class F>
struct Waited {
    std::vector<F> done;
    std::vector<F> pending;
};

/// Waits for several futures or tasks; throws none of their errors and cancels none of them, not
/// even after `timeout` seconds. Throws ValueError for none at all. As asyncio.wait, which takes no
/// coroutines either.
template <class F>
    requires std::is_base_of_v<Future<typename F::value_type>, F>
Coro<Waited<F>> wait(std::vector<F> futures, std::optional<double> timeout = {},
                     ReturnWhen when = ReturnWhen::AllCompleted)
{
    if (futures.empty())
        throw ValueError("Set of Tasks/Futures is empty.");
    std::vector<Ref<FutureBase>> states;
    for (const F& f : futures) {
        bool known = false;
        for (const Ref<FutureBase>& s : states)
            known = known || s == f.state();
        if (!known)
            states.push_back(f.state());
    }
    Coro<void> waiting = detail::wait_base(std::move(states), timeout, when);
    co_await std::move(waiting);
    Waited<F> result;
    for (const F& f : futures)
        (f.done() ? result.done : result.pending).push_back(f);
    co_return result;
}

/// Gives futures in the order in which they end. As asyncio.as_completed; `next()` is its plain
/// form, `next_future()` the form of `async for`, which gives the very futures.
template <class F>
class AsCompleted {
public:
    using value_type = typename F::value_type;

    AsCompleted(std::vector<F> futures, std::optional<double> timeout)
        : state_(std::make_shared<State>(get_running_loop()))
    {
        for (const F& f : futures) {
            bool known = false;
            for (const F& other : state_->todo)
                known = known || other == f;
            if (!known)
                state_->todo.push_back(f);
        }
        state_->left = state_->todo.size();
        if (state_->left == 0)
            return;
        // Callbacks and timer keep the state, also when nobody asks for more: the timer has to be
        // cancelled with the last that ends, since it has its place in the heap.
        const std::shared_ptr<State> state = state_;
        for (const F& f : state->todo) {
            FutureBase* which = f.state().get();
            state->callbacks.push_back(f.add_done_callback(
                [state, which](FutureBase&) { state->completed(which); }, "as_completed"));
        }
        if (timeout)
            state->timer = state->loop.call_later(
                *timeout, [state] { state->timed_out(); }, "as_completed timeout");
        state->loop.remember(*state);
    }

    [[nodiscard]] bool empty() const { return state_->left == 0; }

    /// The next that ends. Throws TimeoutError when the time is over. Requires !empty().
    Coro<F> next_future()
    {
        --state_->left;
        return take(state_);
    }
    /// The result of the next that ends, or its error. Requires !empty().
    Coro<value_type> next()
    {
        --state_->left;
        return take_result(state_);
    }

private:
    struct State final : EventLoop::Forgetful {
        explicit State(EventLoop& l) : loop(l) {}
        State(const State&) = delete;
        State& operator=(const State&) = delete;

        void completed(FutureBase* which)
        {
            const auto it = std::find_if(todo.begin(), todo.end(),
                                         [&](const F& f) { return f.state().get() == which; });
            if (it == todo.end())
                return; // the time was over first
            const F future = *it;
            todo.erase(it);
            done.put_nowait(future);
            if (!todo.empty())
                return;
            if (timer)
                timer->cancel();
            let_go();
        }
        void timed_out()
        {
            for (const F& f : todo) {
                for (const Ref<DoneCallback>& c : callbacks)
                    f.remove_done_callback(c);
                done.put_nowait(std::nullopt);
            }
            let_go();
        }
        // The loop ends first.
        void forget() override { let_go(); }

        // What is still to come holds callbacks that hold this state, and so does the timer.
        void let_go()
        {
            loop.release(*this);
            const auto futures = std::exchange(todo, {});
            const auto listeners = std::exchange(callbacks, {});
            const auto alarm = std::exchange(timer, {});
        }

        EventLoop& loop;
        std::vector<F> todo;
        std::vector<Ref<DoneCallback>> callbacks;
        Queue<std::optional<F>> done{0, "as_completed"};
        std::size_t left = 0;
        Ref<TimerHandle> timer;
    };

    static Coro<F> take(std::shared_ptr<State> state)
    {
        std::optional<F> future = co_await state->done.get();
        if (!future)
            throw TimeoutError();
        co_return *future;
    }
    static Coro<value_type> take_result(std::shared_ptr<State> state)
    {
        std::optional<F> future = co_await state->done.get();
        if (!future)
            throw TimeoutError();
        if constexpr (std::is_void_v<value_type>)
            future->result();
        else
            co_return future->result();
    }

    std::shared_ptr<State> state_;
};

template <class F>
    requires std::is_base_of_v<Future<typename F::value_type>, F>
[[nodiscard]] AsCompleted<F> as_completed(std::vector<F> futures, std::optional<double> timeout = {})
{
    return AsCompleted<F>(std::move(futures), timeout);
}
template <class T>
[[nodiscard]] AsCompleted<Task<T>> as_completed(std::vector<Coro<T>> coroutines, std::optional<double> timeout = {},
                                                Where at = Where::current())
{
    std::vector<Task<T>> tasks;
    for (Coro<T>& c : coroutines)
        tasks.push_back(get_running_loop().create_task(std::move(c), {}, at));
    return AsCompleted<Task<T>>(std::move(tasks), timeout);
}

} // namespace loopscope
