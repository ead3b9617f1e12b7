#pragma once

#include "core/lesson/course.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace loopscope {

/// What a person answered and solved.
class Progress {
public:
    enum class Answer { Right, Wrong, Unsure }; ///< Unsure: "I don't know", which costs nothing

    /// The answers to one prediction.
    struct Record {
        std::size_t asked = 0; ///< how often it was answered: the round in which it is put next
        Answer last = Answer::Unsure;

        friend bool operator==(const Record&, const Record&) = default;
    };
    using Key = std::pair<std::string, std::string>; ///< id of the lesson, of the prediction

    void answered(const std::string& lesson, const std::string& prediction, Answer answer);
    void solved(const std::string& lesson) { solved_.insert(lesson); }

    /// Null when it was never answered.
    [[nodiscard]] const Record* record(const std::string& lesson, const std::string& prediction) const;
    [[nodiscard]] bool is_solved(const std::string& lesson) const { return solved_.count(lesson) > 0; }

    [[nodiscard]] const auto& records() const { return records_; }
    [[nodiscard]] const auto& solved_lessons() const { return solved_; }

    /// For who reads a saved one back.
    void restore(Key key, Record record) { records_.insert_or_assign(std::move(key), record); }

    friend bool operator==(const Progress&, const Progress&) = default;

private:
    std::map<Key, Record> records_;
    std::set<std::string> solved_;
};

/// A prediction that is due.
struct Due {
    const Lesson* lesson = nullptr; ///< the one it belongs to, which may be an earlier one
    const Prediction* prediction = nullptr;
    std::size_t round = 0; ///< for ask(): its own numbers at first, others when it comes back

    [[nodiscard]] bool returns() const { return round > 0; }
};

/// What is asked in the lesson at `index`: first what was answered wrongly two lessons before or
/// earlier and not rightly since, with other numbers; then the lesson's own that nobody has answered.
[[nodiscard]] std::vector<Due> due_in(std::span<const Lesson> lessons, std::size_t index, const Progress& progress);

/// Chapters in which no challenge is solved yet: the last lesson opens when there is none, itself
/// aside. A person may look into any lesson; this says what should come first.
[[nodiscard]] std::vector<int> chapters_to_solve(std::span<const Lesson> lessons, const Progress& progress);

/// Lessons that this one builds on and whose predictions have not all been answered.
[[nodiscard]] std::vector<const Lesson*> missing_before(std::span<const Lesson> lessons, const Lesson& lesson,
                                                        const Progress& progress);

} // namespace loopscope
