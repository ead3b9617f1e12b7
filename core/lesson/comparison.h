#pragma once

#include "core/lesson/run.h"
#include "core/trace/stats.h"

#include <optional>
#include <string>

namespace loopscope {

/// The first moment at which two runs are not the same.
struct Difference {
    TimePoint when;
    std::size_t step_a = 0; ///< index of the fact in run A
    std::size_t step_b = 0;
    std::string sentence;   ///< "At 0.0 s main suspends in A, while in B it creates fetch-1."
};

/// Two runs side by side, in numbers and words.
struct Comparison {
    RunStats a;
    RunStats b;
    double ratio = 1; ///< total of A over total of B; above 1 when B is quicker
    /// Both came to their end, and as many tasks failed, were cancelled or were left over in the one as in
    /// the other: only then is the quicker one the better one.
    bool same_outcome = true;
    std::optional<Difference> difference;
    std::string verdict; ///< "2.25× faster"; "different outcomes" when that is what they have
    /// How much waiting of each run goes on at the same time: "never more than 1 in flight: each await
    /// holds up the next request". Empty where nothing waits, or only one does.
    std::string note_a, note_b;
    std::string reason;  ///< "4.5 s is the sum of the waits; 2.0 s is the longest of them."
};

/// What the words of a comparison call its two runs.
struct RunNames {
    std::string a;
    std::string b;
};

/// Compares two runs and calls them by their variants, or A and B when that is the same one.
[[nodiscard]] Comparison compare(const Run& a, const Run& b);
[[nodiscard]] Comparison compare(const Run& a, const Run& b, const RunNames& names);

/// Whether the run came to its end without an exception, so that its time is worth comparing.
[[nodiscard]] bool succeeded(const Run& run);

} // namespace loopscope
