#include "core/recording/line_reader.h"

#include "core/recording/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace loopscope::recorded {
namespace {

// Far behind any deadline that a program sets, and near enough that two moments can be subtracted.
constexpr std::int64_t farthest = 4'000'000'000'000'000'000;

template <class N>
bool parse(std::string_view digits, N& number)
{
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return !digits.empty() && read.ec == std::errc() && read.ptr == digits.data() + digits.size();
}

int digit(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

} // namespace

std::string LineReader::unknown(std::string_view word)
{
    // A word of ours is short; what is not may be anything.
    const bool printable = std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7f; });
    if (word.empty())
        return "a word is missing";
    return printable && word.size() <= 30 ? "\"" + std::string(word) + "\" is not known there"
                                          : std::string("something stands there that is no word");
}

std::string_view LineReader::word()
{
    if (!ok())
        return {};
    const std::size_t end = std::min(rest_.find(' '), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
    if (word.empty())
        complain("it ends too early");
    return word;
}

void LineReader::operator()(std::string& text)
{
    text.clear();
    if (!ok())
        return;
    if (!rest_.starts_with('"')) {
        complain("a text in quotes is missing");
        return;
    }
    rest_.remove_prefix(1);
    while (!rest_.empty() && rest_.front() != '"') {
        std::size_t length = utf8_length(rest_);
        if (rest_.front() == '\\') {
            const char escape = rest_.size() > 1 ? rest_[1] : '\0';
            const int high = rest_.size() > 3 ? digit(rest_[2]) : -1;
            const int low = rest_.size() > 3 ? digit(rest_[3]) : -1;
            length = 2;
            if (escape == 'n')
                text += '\n';
            else if (escape == 't')
                text += '\t';
            else if (escape == '"' || escape == '\\')
                text += escape;
            else if (escape == 'x' && high >= 0 && low >= 0) {
                text += static_cast<char>(high * 16 + low);
                length = 4;
            } else {
                length = 0;
            }
        } else if (length > 0) {
            text += rest_.substr(0, length);
        }
        if (length == 0) {
            complain("its text is garbled");
            return;
        }
        rest_.remove_prefix(length);
    }
    if (rest_.empty()) {
        complain("the quotes around its text are not closed");
        return;
    }
    rest_.remove_prefix(1);
    if (rest_.starts_with(' '))
        rest_.remove_prefix(1);
    else if (!rest_.empty())
        complain("something stands behind the quotes");
}

void LineReader::operator()(bool& yes)
{
    const std::string_view found = word();
    yes = found == "yes";
    if (!yes && found != "no")
        complain(unknown(found));
}

template <class N>
void LineReader::whole(N& number, const char* what)
{
    number = {};
    if (!parse(word(), number))
        complain(std::string(what) + " is missing");
}
template void LineReader::whole(int&, const char*);
template void LineReader::whole(std::uint32_t&, const char*);
template void LineReader::whole(std::uint64_t&, const char*);

void LineReader::operator()(double& number)
{
    number = 0;
    if (!parse(word(), number) || !std::isfinite(number)) {
        number = 0;
        complain("a number is missing");
    }
}

void LineReader::operator()(Duration& span)
{
    std::int64_t count = 0;
    whole(count, "a length of time");
    if (count < 0 || count > farthest)
        complain("its length of time is out of range");
    span = Duration{count};
}

void LineReader::operator()(TimePoint& when)
{
    std::int64_t count = 0;
    whole(count, "a moment");
    if (count < -farthest || count > farthest)
        complain("its moment is out of range");
    when = TimePoint{Duration{count}};
}

void LineReader::operator()(std::optional<TimePoint>& when)
{
    when.reset();
    if (rest_ == "-" || rest_.starts_with("- ")) {
        word();
        return;
    }
    (*this)(when.emplace());
}

std::uint32_t LineReader::named(char kind, std::uint32_t most)
{
    const std::string_view found = word();
    if (found == "-")
        return 0;
    std::uint32_t number = 0;
    if (found.empty() || found.front() != kind || !parse(found.substr(1), number) || number == 0 || number > most) {
        complain(found.empty() ? std::string("it ends too early")
                               : std::string("a number such as ") + kind + "1 is missing");
        return 0;
    }
    return number;
}

} // namespace loopscope::recorded
