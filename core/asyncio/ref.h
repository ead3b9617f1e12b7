#pragma once

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace loopscope {

/// Memory for coroutine frames, futures and handles: freed blocks are kept by size and given out
/// again, since a loop makes and drops the same few sizes all the time. One pool a thread. Under
/// AddressSanitizer every block comes from the heap, so that a use after free is seen.
[[nodiscard]] void* pool_allocate(std::size_t bytes);
void pool_release(void* block, std::size_t bytes) noexcept;

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
