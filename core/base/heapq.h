#pragma once

#include <cstddef>
#include <utility>

/// Python's heapq, move for move. The order in which it gives out equal items is part of what a
/// program on CPython does, so std::push_heap and its sisters, which choose another, will not do.
/// Rules: of two equal children the right one comes up; an item that sinks goes all the way down
/// to a leaf first and then rises again.
namespace loopscope::heapq {

namespace detail {

template <class Heap, class Less>
void rise(Heap& heap, std::size_t start, std::size_t i, Less less)
{
    auto item = std::move(heap[i]);
    while (i > start) {
        const std::size_t parent = (i - 1) / 2;
        if (!less(item, heap[parent]))
            break;
        heap[i] = std::move(heap[parent]);
        i = parent;
    }
    heap[i] = std::move(item);
}

template <class Heap, class Less>
void sink(Heap& heap, std::size_t i, Less less)
{
    const std::size_t start = i;
    const std::size_t size = heap.size();
    auto item = std::move(heap[i]);
    for (std::size_t child = 2 * i + 1; child < size; child = 2 * i + 1) {
        if (child + 1 < size && !less(heap[child], heap[child + 1]))
            ++child;
        heap[i] = std::move(heap[child]);
        i = child;
    }
    heap[i] = std::move(item);
    rise(heap, start, i, less);
}

} // namespace detail

template <class Heap, class Less>
void push(Heap& heap, typename Heap::value_type item, Less less)
{
    heap.push_back(std::move(item));
    detail::rise(heap, 0, heap.size() - 1, less);
}

/// Takes the smallest item off. Requires a heap that is not empty.
template <class Heap, class Less>
typename Heap::value_type pop(Heap& heap, Less less)
{
    auto last = std::move(heap.back());
    heap.pop_back();
    if (heap.empty())
        return last;
    auto top = std::exchange(heap.front(), std::move(last));
    detail::sink(heap, 0, less);
    return top;
}

template <class Heap, class Less>
void heapify(Heap& heap, Less less)
{
    for (std::size_t i = heap.size() / 2; i-- > 0;)
        detail::sink(heap, i, less);
}

} // namespace loopscope::heapq
