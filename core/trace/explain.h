#pragma once

#include "core/trace/snapshot.h"
#include "core/trace/spans.h"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// What a fact is called in a list: "task woken", "timer fired".
[[nodiscard]] std::string_view fact_name(const Fact& fact);

/// A fact in plain words: what happened, to whom, why, and what follows. "The timer of sleep 1.0 s
/// is due, so its callback joins the ready queue behind main; fetch-1 will be woken by it."
struct Explanation {
    std::string headline; ///< "I/O ready → fetch-1 will wake"
    std::string sentence;
    std::string context;  ///< who is still suspended; may be empty

    friend bool operator==(const Explanation&, const Explanation&) = default;
};

/// What a line of the program is called, "line 12"; empty leaves the line out. A window that shows
/// the program in another language than the one that ran names that one's lines.
using LineNamer = std::function<std::string(PlaceId)>;

/// Whether the words say what follows from a fact. Who is to tell that sees them without.
enum class Outlook { Told, LeftOut };

/// Requires index < trace.size(), `after` to be the state after that fact (after.step == index + 1)
/// and `causes` to be those of this trace's spans. Folds nothing again, so that a window may ask at
/// each step of a long run.
[[nodiscard]] Explanation explain(const Trace& trace, std::size_t index, const Snapshot& after,
                                  const std::vector<Cause>& causes, const LineNamer& line_name = {},
                                  Outlook outlook = Outlook::Told);

/// The same, folding the trace first. Requires index < trace.size().
[[nodiscard]] Explanation explain(const Trace& trace, std::size_t index, Outlook outlook = Outlook::Told);

} // namespace loopscope
