#pragma once

#include "core/asyncio.h"

#include <string_view>
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

} // namespace loopscope::oracle
