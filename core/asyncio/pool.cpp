#include "core/asyncio/ref.h"

#include "core/asyncio/event_loop.h"

#include <array>
#include <new>

namespace loopscope {
namespace {

#if defined(__SANITIZE_ADDRESS__)
#define LOOPSCOPE_POOL 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LOOPSCOPE_POOL 0
#endif
#endif
#ifndef LOOPSCOPE_POOL
#define LOOPSCOPE_POOL 1
#endif

constexpr std::size_t grain = 32;
constexpr std::size_t classes = 32; // blocks up to 1 KiB

struct FreeBlock {
    FreeBlock* next;
};

// Blocks go back to the heap only when the thread ends; a run that was large keeps what it used.
struct Pool {
    std::array<FreeBlock*, classes> free{};
    std::size_t in_use = 0;
    std::size_t limit = pool_unlimited;

    ~Pool()
    {
        for (FreeBlock*& head : free)
            while (head) {
                FreeBlock* block = head;
                head = block->next;
                ::operator delete(block);
            }
    }
};

thread_local Pool* borrowed = nullptr;

Pool& pool()
{
    if (borrowed) [[unlikely]]
        return *borrowed;
    thread_local Pool instance;
    return instance;
}

} // namespace

void* pool_allocate(std::size_t bytes)
{
    Pool& mine = pool();
    mine.in_use += bytes;
    const std::size_t index = (bytes - 1) / grain;
    if (!LOOPSCOPE_POOL || index >= classes)
        return ::operator new(bytes);
    FreeBlock*& head = mine.free[index];
    if (!head)
        return ::operator new((index + 1) * grain);
    return std::exchange(head, head->next);
}

void pool_release(void* block, std::size_t bytes) noexcept
{
    Pool& mine = pool();
    mine.in_use -= bytes;
    const std::size_t index = (bytes - 1) / grain;
    if (!LOOPSCOPE_POOL || index >= classes) {
        ::operator delete(block);
        return;
    }
    auto* freed = static_cast<FreeBlock*>(block);
    FreeBlock*& head = mine.free[index];
    freed->next = head;
    head = freed;
}

void pool_borrow(void* pool) noexcept { borrowed = static_cast<Pool*>(pool); }
void* pool_here() noexcept { return &pool(); }
std::size_t pool_in_use() noexcept { return pool().in_use; }
void pool_set_limit(std::size_t bytes) noexcept { pool().limit = bytes; }
bool pool_is_full() noexcept { return pool().in_use > pool().limit; }

void* pool_allocate_frame(std::size_t bytes)
{
    if (EventLoop* loop = pool_is_full() ? running_loop_or_null() : nullptr) [[unlikely]] {
        loop->check_limits();
        throw LimitReached("gave up: no more room for coroutines");
    }
    return pool_allocate(bytes);
}

} // namespace loopscope
