#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace loopscope {

/// Memory for coroutine frames, futures and handles: freed blocks are kept by size and given out
/// again, since a loop makes and drops the same few sizes all the time. One pool a thread. Under
/// AddressSanitizer every block comes from the heap, so that a use after free is seen.
[[nodiscard]] void* pool_allocate(std::size_t bytes);
void pool_release(void* block, std::size_t bytes) noexcept;

/// Bytes that this thread has taken and not given back.
[[nodiscard]] std::size_t pool_in_use() noexcept;
/// From this many bytes on, frames are refused: a program that makes coroutines for ever would take
/// the whole machine. Everything else is small and goes on, so that the program can be ended.
void pool_set_limit(std::size_t bytes) noexcept;
inline constexpr std::size_t pool_unlimited = static_cast<std::size_t>(-1);
[[nodiscard]] bool pool_is_full() noexcept;
/// pool_allocate for a coroutine's frame. Throws LimitReached when the limit is met.
[[nodiscard]] void* pool_allocate_frame(std::size_t bytes);

namespace detail {

#if defined(__SANITIZE_ADDRESS__)
inline constexpr bool pool_keeps_blocks = false;
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
inline constexpr bool pool_keeps_blocks = false;
#else
inline constexpr bool pool_keeps_blocks = true;
#endif
#else
inline constexpr bool pool_keeps_blocks = true;
#endif

struct FreeBlock {
    FreeBlock* next;
};

// Without constructor and destructor, so that finding it costs no more than an address; pool.cpp sees
// to what is left when its thread ends.
struct Pool {
    static constexpr std::size_t grain = 16;
    static constexpr std::size_t classes = 64; // blocks up to 1 KiB

    FreeBlock* free[classes] = {};
    std::size_t in_use = 0;
    std::size_t limit = pool_unlimited;
};
extern constinit thread_local Pool pool;

[[nodiscard]] void* pool_new_block(std::size_t bytes);
void pool_refuse();

/// Takes over another thread's pool while that thread stands still, until it is given back: what one
/// of the two takes, the other may release.
void pool_borrow(Pool& owner) noexcept;
void pool_give_back(Pool& owner) noexcept;

} // namespace detail

inline void* pool_allocate(std::size_t bytes)
{
    detail::Pool& mine = detail::pool;
    mine.in_use += bytes;
    const std::size_t index = (bytes - 1) / detail::Pool::grain;
    if (detail::pool_keeps_blocks && index < detail::Pool::classes) [[likely]]
        if (detail::FreeBlock* block = mine.free[index]) [[likely]] {
            mine.free[index] = block->next;
            return block;
        }
    return detail::pool_new_block(bytes);
}

inline void pool_release(void* block, std::size_t bytes) noexcept
{
    detail::Pool& mine = detail::pool;
    mine.in_use -= bytes;
    const std::size_t index = (bytes - 1) / detail::Pool::grain;
    if (!detail::pool_keeps_blocks || index >= detail::Pool::classes) {
        ::operator delete(block);
        return;
    }
    auto* freed = static_cast<detail::FreeBlock*>(block);
    freed->next = mine.free[index];
    mine.free[index] = freed;
}

inline std::size_t pool_in_use() noexcept { return detail::pool.in_use; }
inline void pool_set_limit(std::size_t bytes) noexcept { detail::pool.limit = bytes; }
inline bool pool_is_full() noexcept { return detail::pool.in_use > detail::pool.limit; }

inline void* pool_allocate_frame(std::size_t bytes)
{
    if (pool_is_full()) [[unlikely]]
        detail::pool_refuse();
    return pool_allocate(bytes);
}

/// An object that is shared by counting, within one thread.
class RefCounted {
public:
    RefCounted() = default;
    RefCounted(const RefCounted&) = delete;
    RefCounted& operator=(const RefCounted&) = delete;
    virtual ~RefCounted() = default;

    void retain() { ++references_; }
    void release()
    {
        if (--references_ == 0)
            delete this;
    }

    static void* operator new(std::size_t bytes) { return pool_allocate(bytes); }
    static void operator delete(void* block, std::size_t bytes) noexcept { pool_release(block, bytes); }

private:
    std::uint32_t references_ = 0;
};

/// Shares a RefCounted.
template <class T>
class Ref {
public:
    Ref() = default;
    explicit Ref(T* object) : object_(object) { if (object_) object_->retain(); }
    Ref(const Ref& other) : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
        requires std::is_convertible_v<U*, T*>
    Ref(const Ref<U>& other) : Ref(other.get()) {}
    Ref& operator=(Ref other) noexcept
    {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() { if (object_) object_->release(); }

    friend void swap(Ref& a, Ref& b) noexcept { std::swap(a.object_, b.object_); }

    [[nodiscard]] T* get() const { return object_; }
    T* operator->() const { return object_; }
    T& operator*() const { return *object_; }
    explicit operator bool() const { return object_ != nullptr; }
    friend bool operator==(const Ref& a, const Ref& b) { return a.object_ == b.object_; }

private:
    T* object_ = nullptr;
};

template <class T, class... Args>
[[nodiscard]] Ref<T> make_ref(Args&&... args)
{
    return Ref<T>(new T(std::forward<Args>(args)...));
}

} // namespace loopscope
