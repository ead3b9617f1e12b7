#pragma once

#include "core/asyncio/coro.h"
#include "core/lesson/exercises.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace loopscope {

class EventLoop;
struct Run;

/// A number that a learner may change, in steps from the low end. Times are seconds.
struct NumberRange {
    double low = 0;
    double high = 1;
    double step = 0.1;
    bool whole = false; ///< counts, not measures

    /// Which step of the range a number is nearest to; that of the low end is 0.
    [[nodiscard]] int step_of(double number) const;
    [[nodiscard]] int last_step() const { return step_of(high); }
    /// The number at that step, within the range, with no more than six decimals: 3 steps of 0.1 are 0.3.
    [[nodiscard]] double number_at(int step_number) const;
};

/// One word of several.
struct Choices {
    std::vector<std::string> words;
};

/// What a lesson lets a person change. Its name is what the command line and goals call it.
struct Parameter {
    std::string name;  ///< "latency_a": lower case, digits and _, unique in the lesson
    std::string label; ///< "example.com": what stands beside the slider
    std::string unit;  ///< "s", or empty
    std::variant<NumberRange, Choices> range;
    std::variant<double, std::string> initial;
    /// Shown only while this holds for the other values; empty means always.
    std::function<bool(const class Values&)> shown = {};
};

/// The chosen value of each parameter of one lesson. Comparable, so that a run knows what it
/// belongs to.
class Values {
public:
    /// Requires a parameter of this name and kind.
    [[nodiscard]] double number(std::string_view name) const;
    [[nodiscard]] int whole(std::string_view name) const;
    [[nodiscard]] const std::string& word(std::string_view name) const;

    void set(std::string_view name, double value) { values_.insert_or_assign(std::string(name), value); }
    void set(std::string_view name, std::string value) { values_.insert_or_assign(std::string(name), std::move(value)); }

    [[nodiscard]] const auto& all() const { return values_; }
    friend bool operator==(const Values&, const Values&) = default;

private:
    std::map<std::string, std::variant<double, std::string>, std::less<>> values_;
};

/// What brings a program to life.
enum class Launch {
    Run,              ///< asyncio.run(main()): what is left when main ends is cancelled and awaited
    RunUntilComplete, ///< new_event_loop(), run_until_complete(main()), close(): what is left is dropped
};

/// One way to do the lesson's work.
struct Variant {
    std::string name;    ///< "gather": what the command line calls it
    std::string title;   ///< "All at once": what the window calls it
    std::string summary; ///< one sentence
    /// Sets the stage (hosts, latencies) and returns the story's main coroutine, not yet running.
    std::function<Coro<void>(EventLoop&, const Values&)> start;
    /// The functions of the story that this variant runs, in the source's order: the code pane
    /// shows these and leaves out the others. The same names in both languages.
    std::vector<std::string> functions;
    /// The parameters that matter to it; empty means all. Setting another one changes nothing.
    std::vector<std::string> parameters = {};
    Launch launch = Launch::Run;
    /// The first Python 3 that can run the twin: 12 for what came with 3.12.
    int python_minor = 11;
    /// How the run ends when that is what the variant shows: "deadlock", or an exception's name as
    /// Python has it. Empty: as it should.
    std::string ends = {};
    /// A run that was recorded once: it is shown as it was, and `start` is never called. Null for a
    /// variant that runs.
    std::shared_ptr<const Run> recorded = {};
};

/// A lesson as plain data. Its values live in lessons/, its type here, so that ui never needs them.
struct Lesson {
    int number = 0;         ///< place in the curriculum, from 1
    int chapter = 0;
    std::string chapter_title;
    std::string id;         ///< "gather-three-urls"
    std::string title;      ///< "Three pages at once"
    std::string question;   ///< the one question it opens with
    std::string text;       ///< at most 120 words, needed to start
    std::string takeaway;   ///< one sentence to take home
    std::string cpp_file;   ///< "lessons/4_many_at_once/gather_three_urls.cpp", below the project root
    std::string python_file;
    std::vector<Parameter> parameters;
    std::vector<Variant> variants; ///< the plainest first; at least one
    std::size_t default_variant = 0;
    /// The two variants that a comparison opens with.
    std::pair<std::string, std::string> compare;
    std::vector<Prediction> predictions = {};
    Challenge challenge = {};
    std::vector<Remark> remarks = {};
    std::vector<std::string> needs = {}; ///< ids of lessons that should come before
    /// Empty, or why a reader of an older Python sees something else: "Task groups came with 3.11."
    std::string versions = {};
};

/// The values every parameter begins with.
[[nodiscard]] Values initial_values(const Lesson& lesson);

/// Null when the lesson has no such variant.
[[nodiscard]] const Variant* find_variant(const Lesson& lesson, std::string_view name);
[[nodiscard]] const Parameter* find_parameter(const Lesson& lesson, std::string_view name);

/// Whether setting the parameter could change a run of the variant, whatever the other values are.
[[nodiscard]] bool matters(const Variant& variant, const Parameter& parameter);

/// The same with these values for the others: a fourth page's latency does not matter to three.
[[nodiscard]] bool matters(const Variant& variant, const Parameter& parameter, const Values& values);

} // namespace loopscope
