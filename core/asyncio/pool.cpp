#include "core/asyncio/event_loop.h"
#include "core/asyncio/limits.h"

#include <mutex>
#include <utility>
#include <vector>

namespace loopscope::detail {

constinit thread_local Pool pool;

namespace {

/// The part of a large block that has not been cut yet.
struct Rest {
    std::byte* next = nullptr;
    std::size_t left = 0;
};

// What threads that have ended leave to the others. A block may outlive the thread that took it, as a
// callback that a worker posted does, so large blocks are never given back; they are used again.
struct Legacy {
    std::mutex mutex;
    std::vector<Rest> rests;
    Pool blocks;
};

Legacy& legacy()
{
    static Legacy& instance = *new Legacy; // threads may end after static objects are gone
    return instance;
}

// Small blocks are cut from large ones, which spares the heap's own bytes beside each.
class Cutter {
public:
    Cutter()
    {
        Legacy& left = legacy();
        const std::lock_guard lock(left.mutex);
        if (!left.rests.empty()) {
            rest_ = left.rests.back();
            left.rests.pop_back();
        }
        for (std::size_t i = 0; i < Pool::classes; ++i)
            inherited_.free[i] = std::exchange(left.blocks.free[i], nullptr);
    }

    ~Cutter()
    {
        Legacy& left = legacy();
        const std::lock_guard lock(left.mutex);
        if (rest_.left > 0)
            left.rests.push_back(rest_);
        for (std::size_t i = 0; i < Pool::classes; ++i) {
            leave(left.blocks.free[i], pool.free[i]);
            leave(left.blocks.free[i], inherited_.free[i]);
        }
        pool = Pool{};
    }

    void* cut(std::size_t index)
    {
        if (FreeBlock* all = std::exchange(inherited_.free[index], nullptr)) {
            pool.free[index] = all->next;
            return all;
        }
        const std::size_t bytes = (index + 1) * Pool::grain;
        if (rest_.left < bytes)
            rest_ = {static_cast<std::byte*>(::operator new(large)), large};
        rest_.left -= bytes;
        return std::exchange(rest_.next, rest_.next + bytes);
    }

private:
    static constexpr std::size_t large = std::size_t{64} << 10;

    static void leave(FreeBlock*& to, FreeBlock* list)
    {
        while (list) {
            FreeBlock* block = std::exchange(list, list->next);
            block->next = std::exchange(to, block);
        }
    }

    Rest rest_;
    Pool inherited_;
};

} // namespace

void* pool_new_block(std::size_t bytes)
{
    const std::size_t index = (bytes - 1) / Pool::grain;
    if (!pool_keeps_blocks || index >= Pool::classes)
        return ::operator new(bytes);
    thread_local Cutter cutter;
    return cutter.cut(index);
}

void pool_borrow(Pool& owner) noexcept { pool = owner; }

void pool_give_back(Pool& owner) noexcept { owner = std::exchange(pool, Pool{}); }

void pool_refuse()
{
    if (EventLoop* loop = running_loop_or_null()) {
        loop->check_limits();
        throw LimitReached("gave up: no more room for coroutines");
    }
}

} // namespace loopscope::detail
