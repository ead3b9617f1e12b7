#pragma once

#include "core/recording/words.h"

#include <charconv>
#include <concepts>
#include <optional>
#include <string>
#include <string_view>

namespace loopscope::recorded {

/// Puts values behind each other in lines, with a space between two. What LineReader reads.
class LineWriter {
public:
    explicit LineWriter(std::string& out) : out_(out) {}

    LineWriter& word(std::string_view word)
    {
        begin();
        out_ += word;
        return *this;
    }

    void end()
    {
        out_ += '\n';
        inside_ = false;
    }

    /// In quotes, with what would break the line or the quotes as an escape.
    LineWriter& operator()(std::string_view text);
    LineWriter& operator()(const std::string& text) { return (*this)(std::string_view(text)); }
    LineWriter& operator()(bool yes) { return word(yes ? "yes" : "no"); }
    LineWriter& operator()(std::integral auto number) { return spelled(number); }
    /// The shortest decimal that is this number and no other.
    LineWriter& operator()(double number) { return spelled(number); }
    LineWriter& operator()(Duration span) { return spelled(span.count()); }
    LineWriter& operator()(TimePoint when) { return spelled(when.since_start.count()); }
    LineWriter& operator()(std::optional<TimePoint> when) { return when ? (*this)(*when) : word("-"); }
    template <class Tag>
    LineWriter& operator()(Id<Tag> id)
    {
        return named(letter<Tag>, id.value);
    }
    LineWriter& operator()(PlaceId id) { return named('p', static_cast<std::uint32_t>(id)); }
    LineWriter& operator()(StackId id) { return named('k', static_cast<std::uint32_t>(id)); }
    template <class E>
        requires requires { words_of(E{}); }
    LineWriter& operator()(E value)
    {
        return word(words_of(E{})[static_cast<std::size_t>(value)]);
    }

private:
    void begin()
    {
        if (inside_)
            out_ += ' ';
        inside_ = true;
    }

    LineWriter& spelled(auto number)
    {
        char digits[32];
        const auto written = std::to_chars(std::begin(digits), std::end(digits), number);
        return word({digits, static_cast<std::size_t>(written.ptr - digits)});
    }

    LineWriter& named(char kind, std::uint32_t number)
    {
        if (number == 0)
            return word("-");
        begin();
        out_ += kind;
        inside_ = false;
        spelled(number);
        return *this;
    }

    std::string& out_;
    bool inside_ = false;
};

} // namespace loopscope::recorded
