#include "core/lesson/goal.h"

#include "core/base/format.h"
#include "core/lesson/goal_node.h"
#include "core/lesson/measures.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace loopscope {
namespace detail {
namespace {

using Kind = GoalNode::Kind;
using List = GoalValue::List;

constexpr double tolerance = 1e-6; // seconds: the grid of the clock

std::string_view kind_of(const GoalValue& value)
{
    constexpr std::string_view kinds[] = {"never", "yes or no", "a number", "a text", "a moment", "a list"};
    return kinds[value.data.index()];
}

[[noreturn]] void wrong(const GoalNode& node, const std::string& sentence) { throw GoalProblem{node.begin, sentence}; }

bool as_bool(const GoalNode& node, const Measures& run)
{
    const GoalValue value = value_of(node, run);
    if (const bool* yes = value.as<bool>())
        return *yes;
    wrong(node, "here stands " + std::string(kind_of(value)) + ", where a yes or no is needed.");
}

// Nothing for what never happened.
std::optional<double> as_number(const GoalNode& node, const GoalValue& value)
{
    if (const double* number = value.as<double>())
        return *number;
    if (value.as<Never>())
        return std::nullopt;
    wrong(node, "here stands " + std::string(kind_of(value)) + ", where a number is needed.");
}

GoalValue ordered(const GoalNode& node, const Measures& run)
{
    const std::optional<double> a = as_number(*node.parts[0], value_of(*node.parts[0], run));
    const std::optional<double> b = as_number(*node.parts[1], value_of(*node.parts[1], run));
    if (!a || !b)
        return false;
    if (node.text == "<")
        return *a < *b - tolerance;
    if (node.text == "<=")
        return *a <= *b + tolerance;
    if (node.text == ">")
        return *a > *b + tolerance;
    return *a >= *b - tolerance;
}

GoalValue calculated(const GoalNode& node, const Measures& run)
{
    const std::optional<double> a = as_number(*node.parts[0], value_of(*node.parts[0], run));
    const std::optional<double> b = as_number(*node.parts[1], value_of(*node.parts[1], run));
    if (!a || !b)
        return Never{};
    if (node.text == "+")
        return *a + *b;
    if (node.text == "-")
        return *a - *b;
    if (node.text == "*")
        return *a * *b;
    if (*b == 0)
        wrong(*node.parts[1], "this is 0, and nothing can be divided by it.");
    return *a / *b;
}

GoalValue binary(const GoalNode& node, const Measures& run)
{
    if (node.text == "and") // both sides, so that a mistake in the second is found at once
        return static_cast<bool>(static_cast<int>(as_bool(*node.parts[0], run)) & static_cast<int>(as_bool(*node.parts[1], run)));
    if (node.text == "or")
        return static_cast<bool>(static_cast<int>(as_bool(*node.parts[0], run)) | static_cast<int>(as_bool(*node.parts[1], run)));
    if (node.text == "==")
        return same(value_of(*node.parts[0], run), value_of(*node.parts[1], run));
    if (node.text == "!=")
        return !same(value_of(*node.parts[0], run), value_of(*node.parts[1], run));
    if (node.text[0] == '<' || node.text[0] == '>')
        return ordered(node, run);
    return calculated(node, run);
}

GoalValue named(const GoalNode& node, const Measures& run)
{
    if (node.text == "never")
        return Never{};
    if (node.text == "true" || node.text == "false")
        return node.text == "true";
    const Measures::Parts& parts = run.parts();
    if (std::optional<GoalValue> value = measure(parts, node.text))
        return *std::move(value);
    const auto& values = parts.run.values.all();
    if (const auto found = values.find(node.text); found != values.end())
        return std::visit([](const auto& value) { return GoalValue(value); }, found->second);
    if (std::optional<GoalValue> value = watched_value(parts, node.text))
        return *std::move(value);

    std::vector<std::string> words = goal_measures();
    for (const auto& [name, value] : values)
        words.push_back(name);
    for (std::uint32_t i = 1; i <= parts.trace().watch_count(); ++i)
        words.emplace_back(parts.trace().watch(WatchId{i}).label);
    const auto& functions = goal_functions();
    if (std::find(functions.begin(), functions.end(), node.text) != functions.end())
        wrong(node, "\"" + node.text + "\" is a function; write " + node.text + "(...).");
    const std::string near = nearest_word(node.text, words);
    wrong(node, "there is no measure, parameter or watched variable \"" + node.text + "\""
                    + (near.empty() ? ". A text stands in quotes." : "; did you mean \"" + near + "\"?"));
}

/// The arguments of a call, as its function wants them.
class Arguments {
public:
    Arguments(const GoalNode& call, const Measures& run) : call_(call), run_(run) {}

    [[nodiscard]] std::size_t count() const { return call_.parts.size(); }
    [[nodiscard]] const GoalNode& node(std::size_t i) const { return *call_.parts[i]; }
    [[nodiscard]] std::size_t at(std::size_t i) const { return i < count() ? node(i).begin : call_.begin; }
    [[nodiscard]] const Measures& run() const { return run_; }
    [[nodiscard]] const Measures::Parts& parts() const { return run_.parts(); }

    [[nodiscard]] bool is_word(std::size_t i) const
    {
        return i < count() && (node(i).kind == Kind::Name || node(i).kind == Kind::Text);
    }
    [[nodiscard]] const std::string& word(std::size_t i) const
    {
        if (!is_word(i))
            wrong(node(i), "here stands a name or a text in quotes.");
        return node(i).text;
    }
    [[nodiscard]] GoalValue value(std::size_t i) const { return value_of(node(i), run_); }
    [[nodiscard]] double number(std::size_t i) const
    {
        if (const std::optional<double> number = as_number(node(i), value(i)))
            return *number;
        wrong(node(i), "this never happened, so it is no number.");
    }
    [[nodiscard]] TimePoint moment(std::size_t i) const
    {
        const double when = number(i);
        constexpr double century = 3.2e9; // seconds; no run is longer, and microseconds still fit
        if (!(std::abs(when) <= century))
            wrong(node(i), "this is no time of a run.");
        return TimePoint{seconds(when)};
    }
    /// 1 when it is left out.
    [[nodiscard]] int ordinal(std::size_t i) const
    {
        if (i >= count())
            return 1;
        const double n = number(i);
        if (n != std::floor(n) || n == 0 || std::abs(n) > 1e6)
            wrong(node(i), "which one is a whole number: 1 for the first, -1 for the last.");
        return static_cast<int>(n);
    }

    /// All arguments, or the items of the only one.
    [[nodiscard]] std::vector<double> numbers() const
    {
        List values;
        for (std::size_t i = 0; i < count(); ++i)
            values.push_back(value(i));
        if (values.size() == 1)
            if (const List* list = values.front().as<List>())
                values = List(*list);
        std::vector<double> numbers;
        for (const GoalValue& v : values)
            if (const std::optional<double> number = as_number(call_, v))
                numbers.push_back(*number);
        return numbers;
    }

private:
    const GoalNode& call_;
    const Measures& run_;
};

GoalValue at(const Arguments& a)
{
    const GoalValue moment = a.is_word(0) ? nth_print(a.parts(), a.word(0), a.ordinal(1)) : a.value(0);
    if (const Moment* m = moment.as<Moment>())
        return to_seconds(m->when);
    if (moment.as<Never>())
        return Never{};
    wrong(a.node(0), "here stands a text that is printed, or a moment.");
}

GoalValue fact(const Arguments& a)
{
    const bool of_task = a.is_word(1);
    const std::vector<Moment> all = facts_named(a.parts(), a.word(0), of_task ? a.word(1) : "", a.at(of_task ? 1 : 0));
    const Moment* found = nth(all, a.ordinal(of_task ? 2 : 1));
    return found ? GoalValue(*found) : GoalValue();
}

GoalValue item(const Arguments& a)
{
    const GoalValue value = a.value(0);
    const List* list = value.as<List>();
    if (!list)
        wrong(a.node(0), "here stands " + std::string(kind_of(value)) + ", where a list is needed.");
    const GoalValue* found = nth(*list, a.ordinal(1));
    return found ? *found : GoalValue();
}

GoalValue length(const Arguments& a)
{
    const GoalValue value = a.value(0);
    if (const List* list = value.as<List>())
        return static_cast<double>(list->size());
    if (const std::string* text = value.as<std::string>())
        return static_cast<double>(text->size());
    wrong(a.node(0), "here stands " + std::string(kind_of(value)) + ", where a list or a text is needed.");
}

GoalValue last_fact(const Arguments& a)
{
    const Trace& trace = a.parts().trace();
    return trace.empty() ? GoalValue() : GoalValue(Moment{trace.size() - 1, trace.end_time()});
}

struct Function {
    std::string name;
    std::size_t fewest;
    std::size_t most;
    GoalValue (*call)(const Arguments&);
};

GoalValue runs(const Arguments& a)
{
    wrong(a.node(0), "runs(" + a.word(0) + ") is a whole run; ask it for something: runs(" + a.word(0) + ").total.");
}

const std::vector<Function>& functions()
{
    constexpr std::size_t any = 1000;
    static const std::vector<Function> all = {
        {"count", 1, 1,
         [](const Arguments& a) {
             return GoalValue(static_cast<double>(prints_like(a.parts(), a.word(0)).size()));
         }},
        {"order", 1, 1, [](const Arguments& a) { return GoalValue(prints_like(a.parts(), a.word(0))); }},
        {"at", 1, 2, at},
        {"printed", 1, 2, [](const Arguments& a) { return nth_print(a.parts(), a.word(0), a.ordinal(1)); }},
        {"gap", 1, 1, [](const Arguments& a) { return largest_gap(a.parts(), a.word(0), a.at(0)); }},
        {"peak", 1, 1, [](const Arguments& a) { return peak_of(a.parts(), a.word(0), a.at(0)); }},
        {"value", 1, 2,
         [](const Arguments& a) {
             const auto until = a.count() > 1 ? std::optional(a.moment(1)) : std::nullopt;
             if (std::optional<GoalValue> value = watched_value(a.parts(), a.word(0), until))
                 return *std::move(value);
             wrong(a.node(0), "this run watches no variable \"" + a.word(0) + "\".");
         }},
        {"state", 2, 2, [](const Arguments& a) { return state_of(a.parts(), a.word(0), a.moment(1), a.at(0)); }},
        {"running", 1, 1, [](const Arguments& a) { return GoalValue(tasks_alive(a.parts(), a.moment(0))); }},
        {"resume_at", 1, 2,
         [](const Arguments& a) { return nth_resume(a.parts(), a.word(0), a.ordinal(1), a.at(0)); }},
        {"passes", 2, 2,
         [](const Arguments& a) { return GoalValue(passes_between(a.parts(), a.moment(0), a.moment(1))); }},
        {"facts", 1, 2,
         [](const Arguments& a) {
             const std::string task = a.count() > 1 ? a.word(1) : std::string();
             return GoalValue(static_cast<double>(facts_named(a.parts(), a.word(0), task, a.at(a.count() - 1)).size()));
         }},
        {"fact", 1, 3, fact},
        {"last_fact", 0, 0, last_fact},
        {"max", 1, any,
         [](const Arguments& a) {
             const std::vector<double> all_of = a.numbers();
             return all_of.empty() ? GoalValue() : GoalValue(*std::max_element(all_of.begin(), all_of.end()));
         }},
        {"min", 1, any,
         [](const Arguments& a) {
             const std::vector<double> all_of = a.numbers();
             return all_of.empty() ? GoalValue() : GoalValue(*std::min_element(all_of.begin(), all_of.end()));
         }},
        {"sum", 1, any,
         [](const Arguments& a) {
             double sum = 0;
             for (const double number : a.numbers())
                 sum += number;
             return GoalValue(sum);
         }},
        {"ceil", 1, 1, [](const Arguments& a) { return GoalValue(std::ceil(a.number(0) - tolerance)); }},
        {"length", 1, 1, length},
        {"item", 2, 2, item},
        {"if", 3, 3, [](const Arguments& a) { return as_bool(a.node(0), a.run()) ? a.value(1) : a.value(2); }},
        {"runs", 1, 1, runs},
    };
    return all;
}

GoalValue called(const GoalNode& node, const Measures& run)
{
    const auto& all = functions();
    const auto found = std::find_if(all.begin(), all.end(), [&](const Function& f) { return f.name == node.text; });
    const std::size_t count = node.parts.size();
    if (count < found->fewest || count > found->most) {
        const std::string needs = found->fewest == found->most ? std::to_string(found->fewest)
            : count < found->fewest                            ? "at least " + std::to_string(found->fewest)
                                                               : "at most " + std::to_string(found->most);
        wrong(node, node.text + "() takes " + needs + " of what stands between its parentheses, not "
                        + std::to_string(count) + ".");
    }
    return found->call(Arguments(node, run));
}

// What another variant's run with the same parameters answers.
GoalValue of_other(const GoalNode& node, const Measures& run)
{
    const GoalNode& call = *node.parts[0];
    if (call.parts.size() != 1 || (call.parts[0]->kind != Kind::Name && call.parts[0]->kind != Kind::Text))
        wrong(call, "runs() takes the name of a variant.");
    const Measures::Parts& parts = run.parts();
    const std::string& name = call.parts[0]->text;
    const Variant* variant = find_variant(*parts.lesson, name);
    if (!variant) {
        std::vector<std::string> names;
        for (const Variant& v : parts.lesson->variants)
            names.push_back(v.name);
        const std::string near = nearest_word(name, names);
        wrong(*call.parts[0], "the lesson has no variant \"" + name + "\""
                                  + (near.empty() ? "." : "; did you mean \"" + near + "\"?"));
    }
    if (name == parts.run.variant)
        return value_of(*node.parts[1], run);
    std::unique_ptr<Measures>& other = parts.others[name];
    if (!other)
        other = std::make_unique<Measures>(*parts.lesson, loopscope::run(*parts.lesson, *variant, parts.run.values));
    return value_of(*node.parts[1], *other);
}

} // namespace

const std::vector<std::string>& goal_functions()
{
    static const std::vector<std::string> names = [] {
        std::vector<std::string> all;
        for (const Function& function : functions())
            all.push_back(function.name);
        return all;
    }();
    return names;
}

GoalValue value_of(const GoalNode& node, const Measures& run)
{
    switch (node.kind) {
    case Kind::Number:
        return node.number;
    case Kind::Text:
        return node.text;
    case Kind::Name:
        return named(node, run);
    case Kind::List: {
        List list;
        for (const auto& part : node.parts)
            list.push_back(part->kind == Kind::Name ? GoalValue(part->text) : value_of(*part, run));
        return list;
    }
    case Kind::Call:
        return called(node, run);
    case Kind::Of:
        return of_other(node, run);
    case Kind::Not:
        return !as_bool(*node.parts[0], run);
    case Kind::Minus: {
        const std::optional<double> number = as_number(*node.parts[0], value_of(*node.parts[0], run));
        return number ? GoalValue(-*number) : GoalValue();
    }
    case Kind::Binary:
        return binary(node, run);
    }
    return {};
}

} // namespace detail

namespace {

Error error_of(const detail::GoalProblem& problem)
{
    return Error{"Column " + std::to_string(problem.at + 1) + ": " + problem.sentence};
}

void add_clauses(std::vector<const GoalNode*>& clauses, const GoalNode& node)
{
    if (node.kind == GoalNode::Kind::Binary && node.text == "and") {
        add_clauses(clauses, *node.parts[0]);
        add_clauses(clauses, *node.parts[1]);
    } else {
        clauses.push_back(&node);
    }
}

void add_variants(std::vector<std::string>& variants, const GoalNode& node)
{
    if (node.kind == GoalNode::Kind::Of)
        if (const std::string& name = node.parts[0]->parts[0]->text; std::find(variants.begin(), variants.end(), name) == variants.end())
            variants.push_back(name);
    for (const auto& part : node.parts)
        add_variants(variants, *part);
}

bool is_plain(const GoalNode& node)
{
    return node.kind == GoalNode::Kind::Number || node.kind == GoalNode::Kind::Text
        || node.kind == GoalNode::Kind::List;
}

} // namespace

bool same(const GoalValue& a, const GoalValue& b)
{
    if (a.data.index() != b.data.index()) {
        // What was printed is a text, also when it is a number.
        const auto reads_as = [](const GoalValue& number, const GoalValue& text) {
            const double* value = number.as<double>();
            const std::string* printed = text.as<std::string>();
            return value && printed && format_number(*value) == *printed;
        };
        return reads_as(a, b) || reads_as(b, a);
    }
    if (const double* x = a.as<double>())
        return std::abs(*x - *b.as<double>()) <= detail::tolerance;
    if (const GoalValue::List* x = a.as<GoalValue::List>()) {
        const GoalValue::List& y = *b.as<GoalValue::List>();
        return std::equal(x->begin(), x->end(), y.begin(), y.end(), same);
    }
    if (const bool* x = a.as<bool>())
        return *x == *b.as<bool>();
    if (const std::string* x = a.as<std::string>())
        return *x == *b.as<std::string>();
    if (const Moment* x = a.as<Moment>())
        return *x == *b.as<Moment>();
    return true; // never is never
}

std::string text_of(const GoalValue& value)
{
    return std::visit(Overloaded{
                          [](const Never&) { return std::string("never"); },
                          [](bool yes) { return std::string(yes ? "yes" : "no"); },
                          [](double number) { return format_number(std::round(number * 1000) / 1000); },
                          [](const std::string& text) { return text; },
                          [](const Moment& moment) { return format_moment(moment.when); },
                          [](const GoalValue::List& list) {
                              std::string text;
                              for (const GoalValue& item : list)
                                  text += (text.empty() ? "" : ", ") + text_of(item);
                              return text.empty() ? std::string("nothing") : text;
                          },
                      },
                      value.data);
}

Result<Goal> Goal::parse(std::string_view text)
{
    try {
        return Goal(std::string(text), detail::parse_goal(text));
    } catch (const detail::GoalProblem& problem) {
        return error_of(problem);
    }
}

Result<GoalValue> Goal::of(const Measures& run) const
{
    try {
        return detail::value_of(*root_, run);
    } catch (const detail::GoalProblem& problem) {
        return error_of(problem);
    }
}

Result<bool> Goal::holds(const Measures& run) const
{
    const Result<GoalValue> value = of(run);
    if (!value)
        return value.error();
    if (const bool* yes = value->as<bool>())
        return *yes;
    return Error{"\"" + text_ + "\" is " + std::string(detail::kind_of(*value)) + ", not a matter of yes or no."};
}

Result<std::vector<Clause>> Goal::clauses(const Measures& run) const
{
    std::vector<const GoalNode*> nodes;
    add_clauses(nodes, *root_);
    std::vector<Clause> clauses;
    try {
        for (const GoalNode* node : nodes) {
            const auto written = [&](const GoalNode& part) { return text_.substr(part.begin, part.end - part.begin); };
            Clause clause{.text = written(*node),
                          .holds = detail::as_bool(*node, run),
                          .found = {},
                          .words = detail::words_for(*node, run),
                          .worth = detail::worth_of(*node, run),
                          .variants = {}};
            add_variants(clause.variants, *node);
            if (node->kind == GoalNode::Kind::Binary && node->text != "or") {
                clause.found = text_of(detail::value_of(*node->parts[0], run));
                if (!is_plain(*node->parts[1]))
                    clause.found += " against " + text_of(detail::value_of(*node->parts[1], run));
            }
            clauses.push_back(std::move(clause));
        }
    } catch (const detail::GoalProblem& problem) {
        return error_of(problem);
    }
    return clauses;
}

} // namespace loopscope
