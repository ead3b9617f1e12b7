#pragma once

#include "core/timeline/layout.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope::detail {

/// Characters as a person counts them: code points of UTF-8.
[[nodiscard]] std::size_t char_count(std::string_view text);

/// The first `count` characters, the last of which is an ellipsis when something was cut off.
[[nodiscard]] std::string cut_to(std::string_view text, std::size_t count);

/// The same, but a number with its unit is kept whole or left out: "sleep 0.1 s" is never "sleep 0.…". Empty
/// when nothing of it may stay.
[[nodiscard]] std::string cut_before_number(std::string_view text, std::size_t count);

/// What may be written on a span, the most telling wording first. `with_host` adds from whom an
/// answer is awaited.
[[nodiscard]] std::vector<std::string> wordings(const Trace& trace, const Span& span, bool with_host);

/// What a call in another thread or process is called: "call 3"; "the call" when there is but one.
[[nodiscard]] std::string call_name(const Trace& trace, CallId call);

/// The hosts that each task talks to, by id - 1, in the order of its first request to each.
[[nodiscard]] std::vector<std::vector<std::string_view>> hosts_of(const Trace& trace);

/// The second line of a lane's title.
[[nodiscard]] std::string loop_subtitle(const RunSpans& spans);
/// Of a task its host, where hosts tell the lanes apart, or else the coroutine that it runs, where its title
/// does not say it.
[[nodiscard]] std::string task_subtitle(const Trace& trace, const TaskLane& lane, const std::string& title,
                                        const std::vector<std::vector<std::string_view>>& hosts);
/// A process by its number: what Python calls it is too long for a title, and says how it was started.
[[nodiscard]] std::string worker_title(const Trace& trace, WorkerId worker);
[[nodiscard]] std::string worker_subtitle(const Trace& trace, WorkerId worker);
/// How many there are after `step` facts, or else the most there were at once.
[[nodiscard]] std::string calls_subtitle(const RunSpans& spans, std::optional<std::size_t> step = {});
[[nodiscard]] std::string network_subtitle(const Trace& trace, const RunSpans& spans, std::optional<std::size_t> step = {});

} // namespace loopscope::detail
