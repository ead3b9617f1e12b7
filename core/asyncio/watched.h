#pragma once

#include "core/asyncio/recorder.h"
#include "core/base/format.h"
#include "core/base/where.h"

#include <concepts>
#include <string>
#include <string_view>
#include <utility>

namespace loopscope {

/// A value as Python prints it: "True", "2", "0.5", "[1, 2]", "None" for an empty optional. A type
/// of one's own has a `std::string to_text(const T&)` beside it.
template <class T>
[[nodiscard]] std::string text_of(const T& value)
{
    if constexpr (std::same_as<T, bool>) {
        return value ? "True" : "False";
    } else if constexpr (std::same_as<T, char>) {
        return std::string(1, value);
    } else if constexpr (std::integral<T>) {
        return std::to_string(value);
    } else if constexpr (std::floating_point<T>) {
        return format_number(static_cast<double>(value));
    } else if constexpr (std::convertible_to<const T&, std::string_view>) {
        return std::string(std::string_view(value));
    } else if constexpr (requires { { to_text(value) } -> std::convertible_to<std::string>; }) {
        return to_text(value);
    } else if constexpr (requires { value.has_value(); *value; }) {
        return value.has_value() ? text_of(*value) : "None";
    } else {
        static_assert(requires { value.begin() != value.end(); }, "give the type a to_text()");
        std::string list;
        for (const auto& item : value)
            list += (list.empty() ? "" : ", ") + text_of(item);
        return "[" + list + "]";
    }
}

/// A variable of the program that each assignment writes down: what it is worth can be seen at every
/// step of the run.
///
///     Watched<int> balance("balance", 100);
///     const int seen = balance;
///     co_await sleep(1);
///     balance = seen - 60; // whatever others did meanwhile is lost
template <class T>
class Watched {
public:
    /// What is assigned, with the line that does it.
    struct Assigned {
        template <std::convertible_to<T> U>
        Assigned(U&& u, Where where = Where::current()) // implicit, as the assignment is
            : value(std::forward<U>(u)), at(where)
        {
        }

        T value;
        Where at;
    };

    explicit Watched(std::string name, T value = {}, Where at = Where::current())
        : name_(std::move(name)), value_(std::move(value))
    {
        note(at);
    }
    Watched(const Watched&) = delete;

    /// Takes over the value, as between plain variables.
    Watched& operator=(const Watched& other) { return *this = Assigned(other.value_); }
    Watched& operator=(Assigned assigned)
    {
        value_ = std::move(assigned.value);
        note(assigned.at);
        return *this;
    }
    Watched& operator+=(Assigned more) { return *this = Assigned(value_ + more.value, more.at); }
    Watched& operator-=(Assigned less) { return *this = Assigned(value_ - less.value, less.at); }

    operator const T&() const { return value_; } // implicit: it is read like the variable it stands for
    [[nodiscard]] const T& value() const { return value_; }
    [[nodiscard]] const std::string& name() const { return name_; }

private:
    void note(const Where& at)
    {
        EventLoop* loop = recording_loop();
        if (!loop)
            return;
        const WatchId id = number_.in(*loop, [&](Trace& trace) { return trace.add_watch({.label = name_}); });
        loop->record(ValueChanged{id, text_of(value_)}, loop->place(at));
    }

    std::string name_;
    T value_;
    TraceNumber<WatchId> number_;
};

} // namespace loopscope
