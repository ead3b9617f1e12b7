#pragma once

#include "core/recording/words.h"

#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace loopscope::recorded {

/// Takes values off the front of a line. The first that is not as it should be is kept as a complaint,
/// and from then on nothing is taken any more; so a line is read to its end, and asked once.
class LineReader {
public:
    /// Texts are interned in `trace`, which outlives this.
    LineReader(std::string_view line, Trace& trace) : rest_(line), trace_(trace) {}

    /// What is wrong with the line, as the end of a sentence; empty when nothing is.
    [[nodiscard]] const std::string& complaint() const { return complaint_; }
    [[nodiscard]] bool ok() const { return complaint_.empty(); }
    [[nodiscard]] bool at_end() const { return rest_.empty(); }
    void complain(std::string what)
    {
        if (ok())
            complaint_ = std::move(what);
    }
    /// Complains when something is left.
    void end()
    {
        if (!at_end())
            complain("it has more than belongs there");
    }

    /// What stands before the next space.
    std::string_view word();

    void operator()(std::string& text);
    void operator()(std::string_view& text)
    {
        std::string own;
        (*this)(own);
        text = trace_.intern(own);
    }
    void operator()(bool& yes);
    template <std::integral N>
    void operator()(N& number)
    {
        whole(number, "a whole number");
    }
    void operator()(double& number);
    void operator()(Duration& span);
    void operator()(TimePoint& when);
    void operator()(std::optional<TimePoint>& when);
    template <class Tag>
    void operator()(Id<Tag>& id)
    {
        id.value = named(letter<Tag>, std::numeric_limits<std::uint32_t>::max());
    }
    void operator()(PlaceId& id) { id = static_cast<PlaceId>(named('p', 0xffff)); }
    void operator()(StackId& id) { id = static_cast<StackId>(named('k', std::numeric_limits<std::uint32_t>::max())); }
    template <class E>
        requires requires { words_of(E{}); }
    void operator()(E& value)
    {
        const std::string_view found = word();
        std::size_t number = 0;
        for (const std::string_view known : words_of(E{})) {
            if (known == found) {
                value = static_cast<E>(number);
                return;
            }
            ++number;
        }
        complain(unknown(found));
    }

    [[nodiscard]] static std::string unknown(std::string_view word);

private:
    template <class N>
    void whole(N& number, const char* what);
    std::uint32_t named(char kind, std::uint32_t most);

    std::string_view rest_;
    Trace& trace_;
    std::string complaint_;
};

} // namespace loopscope::recorded
