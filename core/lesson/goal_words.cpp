#include "core/lesson/goal_node.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace loopscope::detail {
namespace {

using Kind = GoalNode::Kind;

struct Word {
    std::string_view name;
    std::string_view words;
    std::string_view unit;
};

constexpr std::array<Word, 20> measure_words = {{
    {"total", "main takes", "s"},
    {"makespan", "the whole run takes", "s"},
    {"busy", "the thread is held for", "s"},
    {"computing", "computing takes", "s"},
    {"idle", "the loop sleeps for", "s"},
    {"waiting", "all waits together take", "s"},
    {"longest_turn", "the longest turn takes", "s"},
    {"switches", "switches:", ""},
    {"passes", "passes of the loop:", ""},
    {"tasks", "tasks:", ""},
    {"timers", "timers:", ""},
    {"requests", "requests:", ""},
    {"peak_requests", "requests at once:", ""},
    {"threads", "threads:", ""},
    {"processes", "processes:", ""},
    {"errors", "failures:", ""},
    {"pending_at_exit", "tasks left over:", ""},
    {"outcome", "the program ends with", ""},
    {"order", "printed in the order", ""},
    {"variant", "the variant is", ""},
}};

const Word* word_for(std::string_view name)
{
    const auto found = std::find_if(measure_words.begin(), measure_words.end(),
                                    [&](const Word& word) { return word.name == name; });
    return found == measure_words.end() ? nullptr : &*found;
}

std::string quoted(std::string text)
{
    if (const auto star = text.find('*'); star != std::string::npos)
        text.replace(star, 1, "…");
    return "“" + text + "”";
}

std::string ordinal(const GoalNode& n)
{
    if (n.kind == Kind::Minus)
        return "last";
    const int number = static_cast<int>(n.number);
    const bool teen = number % 100 >= 11 && number % 100 <= 13;
    const std::string_view end = teen ? "th" : number % 10 == 1 ? "st" : number % 10 == 2 ? "nd" : number % 10 == 3 ? "rd" : "th";
    return std::to_string(number) + std::string(end);
}

std::string printed_text(const GoalNode& call)
{
    const std::string text = quoted(call.parts[0]->text);
    return call.parts.size() < 2 ? text : "the " + ordinal(*call.parts[1]) + " " + text;
}

bool is_call(const GoalNode& node, std::string_view name)
{
    return node.kind == Kind::Call && node.text == name && !node.parts.empty();
}

std::string_view unit_of(const GoalNode& node, const Measures& run)
{
    switch (node.kind) {
    case Kind::Name: {
        if (const Word* word = word_for(node.text))
            return word->unit;
        const Parameter* parameter = find_parameter(run.lesson(), node.text);
        return parameter ? std::string_view(parameter->unit) : std::string_view();
    }
    case Kind::Call:
        for (const std::string_view timed : {"at", "gap", "resume_at"})
            if (node.text == timed)
                return "s";
        if (node.text == "max" || node.text == "min" || node.text == "sum")
            return node.parts.empty() ? std::string_view() : unit_of(*node.parts[0], run);
        return {};
    case Kind::Of:
        return unit_of(*node.parts[1], run);
    case Kind::Binary: {
        if (node.text == "/")
            return {};
        const std::string_view left = unit_of(*node.parts[0], run);
        return left.empty() ? unit_of(*node.parts[1], run) : left;
    }
    case Kind::Minus:
        return unit_of(*node.parts[0], run);
    default:
        return {};
    }
}

std::string with_unit(const std::string& text, std::string_view unit)
{
    return unit.empty() ? text : text + " " + std::string(unit);
}

std::string variant_words(const GoalNode& node, const Measures& run)
{
    const std::string& name = node.parts[0]->parts[0]->text;
    const Variant* variant = find_variant(run.lesson(), name);
    return "“" + (variant ? variant->title : name) + "”";
}

// What a value is called, in front of "at most 3".
std::string subject(const GoalNode& node, const Measures& run)
{
    switch (node.kind) {
    case Kind::Name:
        if (const Word* word = word_for(node.text))
            return std::string(word->words);
        if (const Parameter* parameter = find_parameter(run.lesson(), node.text))
            return parameter->label.empty() ? parameter->name : parameter->label;
        return node.text;
    case Kind::Call:
        if (is_call(node, "at"))
            return printed_text(node) + " at";
        if (is_call(node, "count"))
            return quoted(node.parts[0]->text) + " printed";
        if (is_call(node, "gap"))
            return "pauses of " + node.parts[0]->text + ":";
        if (is_call(node, "peak"))
            return "most in " + node.parts[0]->text + ":";
        if (is_call(node, "facts"))
            return node.parts.size() > 1 ? quoted(node.parts[0]->text) + " for " + node.parts[1]->text + ":"
                                         : quoted(node.parts[0]->text) + ":";
        if (node.text == "max" || node.text == "min") {
            std::string all;
            for (std::size_t i = 0; i < node.parts.size(); ++i)
                all += (i == 0 ? "" : i + 1 == node.parts.size() ? " and " : ", ") + subject(*node.parts[i], run);
            return (node.text == "max" ? "the longest of " : "the shortest of ") + all;
        }
        return node.text;
    case Kind::Of:
        if (node.parts[1]->kind == Kind::Name && node.parts[1]->text == "total")
            return variant_words(node, run);
        return subject(*node.parts[1], run) + " in " + variant_words(node, run);
    case Kind::Binary: {
        const std::string_view sign = node.text == "*" ? " × " : node.text == "/" ? " ÷ " : node.text == "+" ? " + " : " − ";
        return subject(*node.parts[0], run) + std::string(sign) + subject(*node.parts[1], run);
    }
    default:
        return text_of(value_of(node, run));
    }
}

bool is_written_down(const GoalNode& node)
{
    return node.kind == Kind::Number || node.kind == Kind::Text || node.kind == Kind::List;
}

// What stands behind "at most": a number with its unit, or what it is called and worth.
std::string object(const GoalNode& node, std::string_view unit, const Measures& run)
{
    if (is_written_down(node))
        return with_unit(text_of(value_of(node, run)), unit);
    return subject(node, run);
}

std::string times(const GoalNode& node, const Measures& run)
{
    const std::string number = text_of(value_of(node, run));
    return number == "1" ? "once" : number == "0" ? "never" : number == "2" ? "twice" : number + " times";
}

std::string_view comparison(std::string_view sign)
{
    return sign == "<=" ? "at most" : sign == "<" ? "less than" : sign == ">=" ? "at least" : sign == ">" ? "more than"
        : sign == "!=" ? "not" : "";
}

std::string joined(const std::string& left, std::string_view middle, const std::string& right)
{
    return left + " " + (middle.empty() ? "" : std::string(middle) + " ") + right;
}

std::string compared(const GoalNode& node, const Measures& run)
{
    const GoalNode& left = *node.parts[0];
    const GoalNode& right = *node.parts[1];
    const std::string_view unit = unit_of(left, run);
    const bool upper = node.text == "<=" || node.text == "<";
    const bool plain = left.kind == Kind::Name;
    if (plain && left.text == "total" && upper)
        return joined("done", node.text == "<" ? "in less than" : "within", object(right, unit, run));
    if (plain && left.text == "longest_turn" && upper)
        return "no turn longer than " + object(right, unit, run);
    if (right.kind == Kind::Number && right.number == 0 && node.text == "==" && plain) {
        if (left.text == "errors")
            return "nothing fails";
        if (left.text == "pending_at_exit")
            return "no task is left over";
        if (left.text == "processes" || left.text == "threads")
            return "no " + left.text;
    }
    if (is_call(left, "gap") && upper)
        return left.parts[0]->text + " never pauses for more than " + object(right, unit, run);
    if (is_call(left, "count") && node.text == "==" && right.kind == Kind::Number && right.number == 0)
        return quoted(left.parts[0]->text) + " never printed";
    if (is_call(left, "count") && is_written_down(right))
        return joined(subject(left, run), comparison(node.text), times(right, run));
    if (is_call(left, "at") && upper && is_call(right, "at"))
        return printed_text(left) + " before " + printed_text(right);
    if (is_call(left, "at") && node.text == "<=")
        return printed_text(left) + " by " + object(right, unit, run);
    if (is_call(left, "at") && node.text == ">=")
        return printed_text(left) + " not before " + object(right, unit, run);
    if (left.kind == Kind::Of && right.kind == Kind::Of && node.text == "<")
        return subject(left, run) + " is faster than " + subject(right, run);
    const std::string name = subject(left, run);
    const bool has_verb = word_for(left.text) || name.back() == ':' || left.kind == Kind::Call;
    return joined(name, node.text == "==" && !has_verb ? "is" : comparison(node.text), object(right, unit, run));
}

bool is_comparison(const GoalNode& node)
{
    return node.kind == Kind::Binary && (node.text[0] == '<' || node.text[0] == '>' || node.text == "==" || node.text == "!=");
}

} // namespace

std::string words_for(const GoalNode& clause, const Measures& run)
{
    if (is_comparison(clause))
        return compared(clause, run);
    if (clause.kind == Kind::Binary && clause.text == "or")
        return words_for(*clause.parts[0], run) + " or " + words_for(*clause.parts[1], run);
    if (clause.kind == Kind::Not)
        return "not: " + words_for(*clause.parts[0], run);
    if (clause.kind == Kind::Name && clause.text == "all_done")
        return "every task comes to its end";
    return subject(clause, run);
}

std::string worth_of(const GoalNode& clause, const Measures& run)
{
    if (!is_comparison(clause))
        return {};
    const GoalNode& left = *clause.parts[0];
    const GoalValue value = value_of(left, run);
    if (is_call(left, "count"))
        if (const double* number = value.as<double>())
            return *number == 0 ? "never" : *number == 1 ? "once" : text_of(value) + " times";
    if (left.kind == Kind::Name && left.text == "errors")
        if (const double* number = value.as<double>())
            return text_of(value) + (*number == 1 ? " failure" : " failures");
    const std::string text = value.as<Never>() ? std::string("never") : with_unit(text_of(value), unit_of(left, run));
    if (is_call(left, "at") && is_call(*clause.parts[1], "at"))
        return text + " and " + text_of(value_of(*clause.parts[1], run)) + " s";
    return text;
}

} // namespace loopscope::detail
