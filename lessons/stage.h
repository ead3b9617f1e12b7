#pragma once

#include "core/asyncio.h"

#include <string>
#include <vector>

namespace loopscope::lessons {

// What stories lean on and do not show, as lessons/python/stage.py for the twins. Awaits in here count
// for the line of the story that leads to them.

/// Asks a server, whose answer comes after `delay` seconds: `await http(1.0)`. Answers of the same
/// moment come in the order of the questions.
[[nodiscard]] inline Future<void> http(double delay, Where at = Where::current())
{
    return get_running_loop().network().readable("answer", "server", seconds(delay), at);
}

/// "a, b, c": `", ".join(texts)`.
[[nodiscard]] inline std::string join(const std::vector<std::string>& texts)
{
    std::string joined;
    for (const std::string& text : texts)
        joined += (joined.empty() ? "" : ", ") + text;
    return joined;
}

/// A connection that is opened and closed: `async with Session()`.
class Session {
public:
    Coro<void> aenter() { co_await sleep(0.2); }
    Coro<bool> aexit(std::exception_ptr)
    {
        co_await sleep(0.1);
        co_return false;
    }
};

} // namespace loopscope::lessons
