#pragma once

#include <string>
#include <vector>

namespace loopscope {

// What a lesson asks of a person. All of it is data: expressions are texts in the goal language
// (core/lesson/goal.h) about the record of a run, so that a right answer is never written down by
// hand, and a question can be asked again with other numbers.

/// The run that an exercise speaks of: a variant, with these "NAME=VALUE" texts on top of the
/// lesson's initial values.
struct Setup {
    std::string variant; ///< empty: the lesson's own choice
    std::vector<std::string> sets = {};

    friend bool operator==(const Setup&, const Setup&) = default;
};

/// One answer to choose.
struct Option {
    /// What stands on the card; "{}" in it becomes the value: "{} s". Backquotes mark code.
    std::string text;
    /// Expression. The option is right when it is worth what the prediction's answer is.
    std::string value;
    /// What a person believes who chooses it though it is wrong: "M7" of lessons/beliefs.h, or a
    /// sentence of its own. Empty only for the option that is meant to be right.
    std::string belief = {};
};

/// A question about a run, to be answered before it is seen.
struct Prediction {
    std::string id;       ///< "total": unique in the lesson, for scripts and for a person's progress
    std::string question; ///< one question
    Setup setup = {};
    std::string answer; ///< expression: what is right
    std::vector<Option> options; ///< at least two; exactly one is right with each setup
    /// Expression for a moment: the fact that decides it, to which a wrong answer leads.
    std::string decided_by;
    std::string because; ///< one or two sentences that are true at that moment
    /// Sets that take the place of setup.sets when it is asked again; at least one.
    std::vector<std::vector<std::string>> again = {};
    /// Expression for a moment: the question is put behind this fact, while what follows is not run
    /// yet; it comes before the one that decides. Empty: before the first step.
    std::string asked_at = {};
};

/// Something to achieve by turning knobs or by choosing another variant.
struct Challenge {
    std::string task;   ///< "Get all three pages within 2.0 s."
    std::string goal;   ///< expression; false with `begins` and true with `passes`
    Setup begins = {};
    Setup passes = {};  ///< one way to do it
    std::string hint = {}; ///< one sentence for who is stuck
    /// Only variants of this list may be chosen; empty means all.
    std::vector<std::string> variants = {};
};

/// Words for a fact of a run that the plain sentence cannot know: why it matters in this lesson.
struct Remark {
    std::string variant; ///< in which variant; empty: in all
    std::string moment;  ///< expression for a moment; nothing is said when it never comes
    std::string text;    ///< one or two sentences
};

} // namespace loopscope
