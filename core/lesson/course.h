#pragma once

#include "core/lesson/lesson.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

/// Something that learners often believe. Wrong answers name these by their code.
struct Belief {
    std::string code;     ///< "M7"
    std::string believed; ///< a sentence: what is believed
    std::string so;       ///< a sentence: what is so
    std::string lesson;   ///< id of the lesson that shows it
};

/// A word of the field.
struct Term {
    std::string word;     ///< "task": as a text would use it, in the singular
    std::string meaning;  ///< one or two sentences
    std::string lesson;   ///< id of the lesson that introduces it
    std::string official; ///< what the documentation of Python calls it: "asyncio.Task"; may be empty
};

/// A line that looks as if it belonged into a puzzle's program.
struct Distractor {
    std::string line;
    std::size_t instead_of = 0; ///< index of the right line whose place it would take
    std::string belief;         ///< code of a belief, or a sentence: who puts it there believes this
};

/// The end of a chapter: lines of a Python program to be put in order, some of which do not belong.
struct Puzzle {
    int chapter = 0;
    std::string task;               ///< what the program shall do, so that one order is right
    std::string before;             ///< Python that stands above the lines; ends with a line end, or empty
    std::vector<std::string> lines; ///< in the right order, with their indentation
    std::string after;              ///< Python that stands below them; runs main() at its end
    std::vector<Distractor> distractors;
    std::vector<std::string> prints; ///< what the right program prints, and when: "1.5 tea"
    double total = 0;                ///< seconds until main ends
};

/// All that is taught.
struct Course {
    std::span<const Lesson> lessons;
    std::span<const Belief> beliefs;
    std::span<const Term> glossary;
    std::span<const Puzzle> puzzles; ///< one for each chapter
};

/// Null when there is no such belief.
[[nodiscard]] const Belief* find_belief(std::span<const Belief> beliefs, std::string_view code);

/// A sentence for what an option or a distractor names: the belief of its code, or itself.
[[nodiscard]] std::string believed(std::span<const Belief> beliefs, const std::string& belief);

/// A puzzle's program with these lines.
[[nodiscard]] std::string program_of(const Puzzle& puzzle, const std::vector<std::string>& lines);

} // namespace loopscope
