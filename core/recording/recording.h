#pragma once

#include "core/base/result.h"
#include "core/lesson/ask.h"
#include "core/lesson/run.h"
#include "core/lesson/source_text.h"

#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// What a parameter was called in a run; its value is found in Run::values.
struct RecordedParameter {
    std::string name;
    std::string label;
    std::string unit;
    bool whole = false;
    bool mattered = true; ///< to the variant that ran, with these values

    friend bool operator==(const RecordedParameter&, const RecordedParameter&) = default;
};

/// The story of a run in one language, as the code pane showed it.
struct RecordedCode {
    std::string file;
    std::vector<SourceLine> lines;
};

/// A finished run with all that is needed to show it where its lesson is not known.
struct Recording {
    Run run;
    std::string title;    ///< of the lesson
    std::string question; ///< of the lesson
    std::string variant_title;
    std::string variant_summary;
    std::vector<RecordedParameter> parameters; ///< in the lesson's order
    RecordedCode python;
    RecordedCode cpp;
    std::vector<PlacedRemark> remarks;
};

/// A run of one of the lesson's variants, with what is told and shown beside it.
[[nodiscard]] Recording recording_of(const Lesson& lesson, const Run& run, const SourceText& python,
                                     const SourceText& cpp);

/// The recording as a lesson that has this one run: its values are known and cannot be changed, and it
/// asks nothing.
[[nodiscard]] Lesson lesson_of(const Recording& recording);

/// The recording as a text of lines: `loopscope recording 1` is the first and `end` the last, and between
/// them stands one fact a line, each behind the descriptions of what it names first. README.md of this
/// folder has the words. The same recording always gives the same bytes.
[[nodiscard]] std::string write_recording(const Recording& recording);

/// A recording as far as it could be read.
struct ReadRecording {
    Recording recording;
    std::string damage; ///< a sentence that says what is damaged and at which line; empty when nothing is
};

/// Reads what write_recording() wrote, or a part of it: what is whole before a damage is kept, up to the
/// last whole line of a file that breaks off. Whatever the text is, the trace that comes back keeps the
/// promises that states, spans, pictures and sentences rely on. An Error when there is nothing to show.
[[nodiscard]] Result<ReadRecording> read_recording(std::string_view text);

/// No recording is longer, in bytes: a reader of a file asks before it fetches it.
inline constexpr std::size_t most_recording_bytes = std::size_t{256} << 20;

} // namespace loopscope
