#include "core/base/format.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <numeric>

namespace loopscope {
namespace {

std::string fixed(double value, int decimals)
{
    std::array<char, 352> text{}; // the longest double has 309 digits before the point
    const auto done = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, decimals);
    return {text.data(), done.ptr};
}

std::string trimmed(std::string text)
{
    if (text.find('.') == std::string::npos)
        return text;
    while (text.back() == '0')
        text.pop_back();
    if (text.back() == '.')
        text.pop_back();
    return text == "-0" ? "0" : text;
}

// Times show at least one decimal in seconds, so that a wait does not read like a count.
std::string at_least_one_decimal(std::string text)
{
    return text.find('.') == std::string::npos ? text + ".0" : text;
}

} // namespace

std::string format_number(double value) { return trimmed(fixed(value, 6)); }

std::string format_duration(Duration span)
{
    const auto us = span.count();
    const auto size = us < 0 ? -us : us;
    if (us == 0)
        return "0 s";
    if (size < 1000)
        return std::to_string(us) + " µs";
    if (size < 100'000)
        return trimmed(fixed(static_cast<double>(us) / 1e3, 3)) + " ms";
    return at_least_one_decimal(trimmed(fixed(static_cast<double>(us) / 1e6, 3))) + " s";
}

std::string format_moment(TimePoint when) { return fixed(to_seconds(when), 3) + " s"; }

std::string format_count(std::size_t count, std::string_view noun)
{
    std::string text = std::to_string(count) + " " + std::string(noun);
    if (count == 1)
        return text;
    const auto ends = [&](std::string_view tail) { return noun.ends_with(tail); };
    if (ends("ch") || ends("sh") || ends("s") || ends("x"))
        return text + "es";
    if (ends("y") && noun.size() > 1 && std::string_view("aeiou").find(noun[noun.size() - 2]) == std::string_view::npos) {
        text.pop_back();
        return text + "ies";
    }
    return text + "s";
}

std::string format_list(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t i = 0; i < words.size(); ++i) {
        if (i > 0)
            text += i + 1 == words.size() ? " and " : ", ";
        text += words[i];
    }
    return text;
}

std::string nearest_word(std::string_view typed, const std::vector<std::string>& candidates)
{
    const auto distance = [](std::string_view a, std::string_view b) {
        std::vector<std::size_t> row(b.size() + 1);
        std::iota(row.begin(), row.end(), std::size_t{0});
        for (std::size_t i = 0; i < a.size(); ++i) {
            std::size_t diagonal = row[0];
            row[0] = i + 1;
            for (std::size_t j = 0; j < b.size(); ++j) {
                const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
            }
        }
        return row.back();
    };
    std::string best;
    std::size_t best_distance = 0;
    for (const std::string& word : candidates) {
        std::size_t d = distance(typed, word);
        // A beginning or a part of the word is what people type most.
        if (!typed.empty() && word.find(typed) != std::string::npos)
            d = std::min<std::size_t>(d, 1);
        if (best.empty() || d < best_distance) {
            best = word;
            best_distance = d;
        }
    }
    const std::size_t limit = std::max<std::size_t>(2, std::max(typed.size(), best.size()) / 2);
    return best_distance <= limit ? best : std::string();
}

} // namespace loopscope
