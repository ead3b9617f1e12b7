#include "core/asyncio/ref.h"

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

Pool& pool()
{
    thread_local Pool instance;
    return instance;
}

} // namespace

void* pool_allocate(std::size_t bytes)
{
    const std::size_t index = (bytes - 1) / grain;
    if (!LOOPSCOPE_POOL || index >= classes)
        return ::operator new(bytes);
    FreeBlock*& head = pool().free[index];
    if (!head)
        return ::operator new((index + 1) * grain);
    return std::exchange(head, head->next);
}

void pool_release(void* block, std::size_t bytes) noexcept
{
    const std::size_t index = (bytes - 1) / grain;
    if (!LOOPSCOPE_POOL || index >= classes) {
        ::operator delete(block);
        return;
    }
    auto* freed = static_cast<FreeBlock*>(block);
    FreeBlock*& head = pool().free[index];
    freed->next = head;
    head = freed;
}

} // namespace loopscope
