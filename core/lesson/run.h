#pragma once

#include "core/asyncio/limits.h"
#include "core/base/result.h"
#include "core/lesson/lesson.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

/// How a run ended, with the meanings of the oracle's expectation files.
struct Outcome {
    enum class Kind { Result, Exception, Deadlock, GaveUp } kind = Kind::Result;
    std::string type;                 ///< of an exception, Python's name
    std::string message;              ///< of an exception, or why it gave up
    std::vector<Outcome> exceptions;  ///< what an ExceptionGroup holds
    std::vector<std::string> waiting; ///< names of the tasks a deadlock left, in order of creation

    friend bool operator==(const Outcome&, const Outcome&) = default;
};

/// Where a scenario that never ends is stopped. What it recorded stays viewable.
using RunLimits = Limits;

/// What asyncio.run() does with `main`, one handle at a time: runs it as the first task, cancels
/// what is left when it ends, waits for that, and closes the loop. Never throws for what the program
/// does. With Launch::RunUntilComplete it does no more than run_until_complete() and close(). Requires
/// a recording loop that has not run anything.
[[nodiscard]] Outcome run_program(EventLoop& loop, const std::function<Coro<void>()>& main, RunLimits limits = {},
                                  Launch launch = Launch::Run);

/// A finished run: the truth that every view is computed from.
struct Run {
    std::string lesson;  ///< id
    std::string variant; ///< name
    Values values;
    std::shared_ptr<const Trace> trace;
    Outcome outcome;
};

/// "ended normally", "ended with ValueError: boom", "is stuck: main and worker-1 wait for ever": with the
/// names that lanes have.
[[nodiscard]] std::string describe(const Run& run);

/// Runs a scenario on a fresh loop until it ends or meets a limit. Never throws for what the
/// scenario does; the outcome says it. A recorded variant gives the run that was recorded. Requires a variant of this lesson and values for all its
/// parameters.
[[nodiscard]] Run run(const Lesson& lesson, const Variant& variant, const Values& values, RunLimits limits = {});

/// Takes over "NAME=VALUE" texts on top of the initial values; an unknown name or a value out of
/// range is an Error that names the nearest right word or the range.
[[nodiscard]] Result<Values> parse_values(const Lesson& lesson, const std::vector<std::string>& assignments);

/// A text that was printed.
struct Note {
    std::size_t step = 0; ///< index of its fact
    TimePoint when;
    TaskId task; ///< none for a plain callback
    std::string_view text;
};

[[nodiscard]] std::vector<Note> notes_of(const Trace& trace);

} // namespace loopscope
