#pragma once

#include "core/asyncio/waiter.h"
#include "core/base/heapq.h"

#include <cstddef>
#include <deque>
#include <functional>
#include <string>
#include <vector>

namespace loopscope {

namespace detail {

/// What all queues have in common: who waits at which end, and what is unfinished. As
/// asyncio.Queue of CPython 3.13, with shutdown.
class QueueBase {
public:
    QueueBase(const QueueBase&) = delete;
    QueueBase& operator=(const QueueBase&) = delete;
    virtual ~QueueBase() = default;

    [[nodiscard]] virtual std::size_t qsize() const = 0;
    [[nodiscard]] bool empty() const { return qsize() == 0; }
    [[nodiscard]] bool full() const { return maxsize_ > 0 && qsize() >= maxsize_; }
    [[nodiscard]] std::size_t maxsize() const { return maxsize_; }

    /// Says that an item that was got is dealt with. Throws ValueError when there is none.
    void task_done(Where at = Where::current());
    /// Waits until task_done() was called for every item that was put.
    Coro<void> join();
    /// No more items come in; who waits gets QueueShutDown, getters once it is empty. `immediate`
    /// drops what is left.
    void shutdown(bool immediate = false, Where at = Where::current());

protected:
    QueueBase(std::size_t maxsize, std::string name) : maxsize_(maxsize), name_(std::move(name)) {}

    virtual void drop_item() = 0;

    Coro<void> wait_for_room();
    Coro<void> wait_for_item();
    void check_put() const;
    void check_get() const;
    void item_was_put(const Where& at);
    void item_was_taken(const Where& at);

private:
    using Waiters = std::deque<Future<void>>;

    static void wake_next(Waiters& waiters);
    static void wake_all(Waiters& waiters);
    [[nodiscard]] Future<void> make_place(QueueEnd end);
    /// `items` is how many there were before, when the trace first hears of the queue.
    [[nodiscard]] ResourceId id(EventLoop& loop, std::size_t items);

    std::size_t maxsize_;
    std::string name_;
    Waiters getters_;
    Waiters putters_;
    Waiters joiners_;
    std::size_t unfinished_ = 0;
    bool shut_down_ = false;
    TraceNumber<ResourceId> number_;
};

struct FirstIn {
    template <class T>
    static void put(std::deque<T>& items, T item) { items.push_back(std::move(item)); }
    template <class T>
    static T take(std::deque<T>& items)
    {
        T item = std::move(items.front());
        items.pop_front();
        return item;
    }
};

struct LastIn {
    template <class T>
    static void put(std::deque<T>& items, T item) { items.push_back(std::move(item)); }
    template <class T>
    static T take(std::deque<T>& items)
    {
        T item = std::move(items.back());
        items.pop_back();
        return item;
    }
};

template <class T, class Order>
class QueueOf : public QueueBase {
public:
    /// `maxsize` 0 means no limit. `name` is what a trace calls it.
    explicit QueueOf(std::size_t maxsize = 0, std::string name = "queue") : QueueBase(maxsize, std::move(name)) {}

    [[nodiscard]] std::size_t qsize() const override { return items_.size(); }

    /// Waits while the queue is full.
    Coro<void> put(T item)
    {
        co_await wait_for_room();
        put_nowait(std::move(item));
    }
    /// Throws QueueFull.
    void put_nowait(T item, Where at = Where::current())
    {
        check_put();
        Order::put(items_, std::move(item));
        item_was_put(at);
    }
    /// Waits while the queue is empty.
    Coro<T> get()
    {
        co_await wait_for_item();
        co_return get_nowait();
    }
    /// Throws QueueEmpty.
    T get_nowait(Where at = Where::current())
    {
        check_get();
        T item = Order::take(items_);
        item_was_taken(at);
        return item;
    }

private:
    void drop_item() override { (void)Order::take(items_); }

    std::deque<T> items_;
};

/// The smallest first.
struct Smallest {
    template <class T>
    static void put(std::deque<T>& items, T item)
    {
        heapq::push(items, std::move(item), std::less<>{});
    }
    template <class T>
    static T take(std::deque<T>& items)
    {
        return heapq::pop(items, std::less<>{});
    }
};

} // namespace detail

template <class T>
using Queue = detail::QueueOf<T, detail::FirstIn>;
template <class T>
using LifoQueue = detail::QueueOf<T, detail::LastIn>;
/// Requires that items compare with `<`. Equal ones come as Python's heapq gives them.
template <class T>
using PriorityQueue = detail::QueueOf<T, detail::Smallest>;

} // namespace loopscope
