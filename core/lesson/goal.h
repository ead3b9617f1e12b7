#pragma once

#include "core/base/clock.h"
#include "core/base/result.h"
#include "core/lesson/run.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loopscope {

struct RunSpans;
struct RunStats;

// A small language over the record of a run. Challenges, predictions, remarks and tests say in it
// what is asked of a run:
//
//     count("saved") == 3 and total <= 1.05 and pending_at_exit == 0
//     runs(sequential).total / runs(overlapped).total < 1.2
//     order == [A, C, B, D]
//
// Values are numbers (times in seconds), texts, true and false, lists, moments, and `never` for what
// did not happen. Operators, from the loosest: or, and, not, comparisons (== != < <= > >=, with a
// tolerance of a microsecond; nothing is earlier or later than `never`), + -, * /, a minus sign. A
// minus between two values has a space on each side, for "on-loop" is a name. In a list, and where a
// function takes a name or a text, a single word needs no quotes.
//
// Names. First of the measures of a run:
//
//     total             when main ended; never, if it did not
//     makespan          first fact to last fact
//     busy, computing   how long somebody held the thread; … and used it
//     idle, waiting     how long the loop slept; sum of all tasks' waits
//     longest_turn      how long one turn held the thread at most
//     switches, passes  steps of tasks; iterations of the loop
//     tasks, timers     how many were made
//     requests          how many requests and connections were begun
//     peak_requests     … and in flight together at most
//     threads, processes   how many were started by executors
//     errors            tasks and callbacks that failed
//     pending_at_exit   tasks that were not over when main ended, main aside
//     all_done          main ended, and nothing was pending then
//     outcome           "result", "deadlock", "gave up", or the exception's name
//     order             all that was printed, in order
//     variant           the name of the variant
//
// then the lesson's parameters, then variables that the program watches, with their last values.
//
// Functions; [] may be left out, `text` may hold * for any characters, a task goes by the name that
// the window shows or, for all tasks of a coroutine together, by the coroutine's; n counts from 1,
// and from the end when negative:
//
//     count(text)             how often it was printed
//     order(text)             what was printed and is like it, in order
//     at(text, [n])           when it was printed; at(moment) when that was
//     gap(task)               largest time between two of its prints
//     peak(name)              most items in a queue, most holders of a lock or semaphore, or the
//                             greatest value of a watched variable
//     value(name, [t])        a watched variable; at time t, or at the end
//     state(task, t)          "not made", ready, running, waiting, finished, failed or cancelled,
//                             after all that happened at time t
//     running(t)              tasks made and not over, main aside, after all that happened at time t
//     resume_at(task, [n])    when its n-th turn after a wait began
//     passes(from, to)        iterations that began after `from` and before `to`
//     facts(name, [task])     how many facts of this name (core/trace/explain.h: "task cancelled"),
//                             of this task
//     fact(name, [task], [n]) the moment of one
//     printed(text, [n])      the moment at which it was printed
//     last_fact()             the moment of the last fact
//     max(…) min(…) sum(…)    of numbers, or of a list
//     ceil(number)
//     length(list)            also of a text
//     item(list, n)           never, when there are fewer
//     if(condition, a, b)
//     runs(variant).x         x of another variant's run with the same parameters; a measure, a
//                             variable or a function

/// A moment of a run: the fact with this index.
struct Moment {
    std::size_t step = 0;
    TimePoint when;

    friend bool operator==(const Moment&, const Moment&) = default;
};

/// What did not happen.
struct Never {
    friend bool operator==(const Never&, const Never&) = default;
};

struct GoalValue {
    using List = std::vector<GoalValue>;
    std::variant<Never, bool, double, std::string, Moment, List> data;

    GoalValue() = default;
    template <class T>
        requires(!std::same_as<std::remove_cvref_t<T>, GoalValue>)
    GoalValue(T&& value) : data(std::forward<T>(value)) // implicit: a value is what it holds
    {
    }

    template <class T>
    [[nodiscard]] const T* as() const { return std::get_if<T>(&data); }
};

/// Equal within the language's tolerance.
[[nodiscard]] bool same(const GoalValue& a, const GoalValue& b);

/// For people: "2.05" (three decimals at most), "A, C, B", "never", "yes".
[[nodiscard]] std::string text_of(const GoalValue& value);

class Measures;
struct GoalNode;

/// One part of a goal that must hold.
struct Clause {
    std::string text;  ///< as it was written: "total <= 2.05"
    bool holds = false;
    std::string found; ///< what its sides are worth: "3", "3 against 2.5"; empty when it has none
    std::string words; ///< in short words: "done within 2.05 s"
    std::string worth; ///< of what it is about, in the words' unit: "3 s"; empty where a number says nothing
    std::vector<std::string> variants; ///< whose runs it measures, too: of each `runs(variant)` in it, once
};

/// An expression of the language, ready to be asked of any run.
class Goal {
public:
    /// An Error says where it stopped to make sense, with the nearest right word if there is one:
    /// "Column 9: ...".
    [[nodiscard]] static Result<Goal> parse(std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }

    /// An Error when the expression does not fit the run: an unknown name, a text where a number is
    /// needed, a division by zero.
    [[nodiscard]] Result<GoalValue> of(const Measures& run) const;

    /// Whether it holds. An Error also when it is not a matter of yes or no.
    [[nodiscard]] Result<bool> holds(const Measures& run) const;

    /// The parts that `and` joins, each by itself: why a goal does not hold yet.
    [[nodiscard]] Result<std::vector<Clause>> clauses(const Measures& run) const;

private:
    Goal(std::string text, std::shared_ptr<const GoalNode> root) : text_(std::move(text)), root_(std::move(root)) {}

    std::string text_;
    std::shared_ptr<const GoalNode> root_;
};

/// What a goal may ask of one run. Computes what is asked for, once.
class Measures {
public:
    /// Requires that lesson and run belong together; `lesson` outlives this.
    Measures(const Lesson& lesson, const Run& run);
    /// The same for whoever has the spans, numbers and notes of that run already.
    Measures(const Lesson& lesson, Run run, RunSpans spans, RunStats stats, std::vector<Note> notes);
    ~Measures();
    Measures(Measures&&) noexcept;

    [[nodiscard]] const Lesson& lesson() const;
    [[nodiscard]] const Run& run() const;

    struct Parts;
    [[nodiscard]] const Parts& parts() const { return *parts_; }

private:
    Measures(const Lesson& lesson, const Run& run, const RunSpans& spans);

    std::unique_ptr<Parts> parts_;
};

} // namespace loopscope
