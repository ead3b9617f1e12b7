#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace loopscope {

/// What went wrong, in a sentence that says what was attempted, on what, and what to do.
struct Error {
    std::string sentence;

    friend bool operator==(const Error&, const Error&) = default;
};

/// A value, or the reason why there is none. For what the outside world gets wrong; broken
/// preconditions are asserts, and asyncio's own errors are exceptions.
template <class T>
class Result {
public:
    Result(T value) : data_(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : data_(std::in_place_index<1>, std::move(error)) {}

    [[nodiscard]] explicit operator bool() const { return data_.index() == 0; }

    /// Requires a value.
    [[nodiscard]] const T& value() const { assert(*this); return *std::get_if<0>(&data_); }
    [[nodiscard]] T& value() { assert(*this); return *std::get_if<0>(&data_); }
    [[nodiscard]] const T& operator*() const { return value(); }
    [[nodiscard]] T& operator*() { return value(); }
    [[nodiscard]] const T* operator->() const { return &value(); }
    [[nodiscard]] T* operator->() { return &value(); }

    /// Requires an error.
    [[nodiscard]] const Error& error() const { assert(!*this); return *std::get_if<1>(&data_); }

private:
    std::variant<T, Error> data_;
};

} // namespace loopscope
