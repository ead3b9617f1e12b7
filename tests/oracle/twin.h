#pragma once

#include "core/asyncio.h"

#include <cstddef>
#include <exception>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope::oracle {

/// A program written for CPython's asyncio, said again with ours. `name` is that of its expectation
/// file without ".json".
struct Twin {
    std::string_view name;
    Coro<void> (*main)();
};

// One list a file, in the order of the numbers; a new twin is one function and one line.
std::vector<Twin> loop_twins();          // 001 to 014
std::vector<Twin> task_twins();          // 015 to 045
std::vector<Twin> cancel_twins();        // 046 to 069
std::vector<Twin> group_twins();         // 070 to 078
std::vector<Twin> sync_twins();          // 079 to 104
std::vector<Twin> generator_twins();     // 105 to 115
std::vector<Twin> pattern_twins();       // 116 to 127
std::vector<Twin> stress_twins();        // 128 to 130
std::vector<Twin> application_twins();   // 131 to 138
std::vector<Twin> version_twins();       // what depends on the version of Python, as 3.13 has it

/// All lists in one.
std::vector<Twin> all_twins();

/// Notes a text with the moment and the task, as the oracle's log() does.
inline void log(std::string_view text) { print(text); }
/// Lets time pass without yielding.
inline void busy(double seconds) { cpu(seconds); }

/// A boolean as Python writes it.
inline std::string truth(bool value) { return value ? "True" : "False"; }

/// How many requests to cancel it the running task has got.
inline std::string requests() { return std::to_string(get_running_loop().current_task()->cancelling()); }

/// A `finally` that does not await: `what` is done when the block is left, whichever way.
template <class F>
class Finally {
public:
    explicit Finally(F what) : what_(std::move(what)) {}
    Finally(const Finally&) = delete;
    Finally& operator=(const Finally&) = delete;
    ~Finally() { what_(); }

private:
    F what_;
};

/// `except* E`: takes the exceptions of type E out of a group and says how many they were; throws
/// what is left as a group.
template <class E>
std::size_t take_out(const ExceptionGroup& group)
{
    const auto parts = group.split<E>();
    if (parts.second)
        std::rethrow_exception(parts.second);
    try {
        if (parts.first)
            std::rethrow_exception(parts.first);
    } catch (const ExceptionGroup& taken) {
        return taken.exceptions().size();
    }
    return 0;
}

} // namespace loopscope::oracle
