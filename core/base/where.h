#pragma once

#include <bit>
#include <cstdint>
#include <source_location>
#include <string>

namespace loopscope {

/// A place in a source file, as it is recorded at the call.
///
/// It wraps std::source_location, which both GCC and clang make one pointer to static data: cheap
/// to keep in a coroutine frame, and its address tells two places apart without comparing text.
using Where = std::source_location;

/// The pointer alone. As a default argument, `= __builtin_source_location()`, it takes no room in the
/// frame of a coroutine that awaits, where GCC keeps a Where.
using WherePointer = decltype(__builtin_source_location());
[[nodiscard]] inline Where where_of(WherePointer at) { return std::bit_cast<Where>(at); }

/// A place as a reader of a trace gets it: file below the project root, line from 1, and the
/// function's plain name ("fetch_url").
struct Place {
    std::string file;
    std::uint32_t line = 0;
    std::string function;

    friend bool operator==(const Place&, const Place&) = default;
};

/// The plain name in a compiler's signature: "fetch_url" of
/// "loopscope::Coro<int> loopscope::{anonymous}::fetch_url(std::string)".
[[nodiscard]] std::string function_name(const char* signature);

} // namespace loopscope
