#include "core/base/where.h"

#include <string_view>

namespace loopscope {

std::string function_name(const char* signature)
{
    std::string_view s = signature;
    if (const auto with = s.find(" [with "); with != std::string_view::npos) // GCC's template list
        s = s.substr(0, with);

    // The name ends at the parenthesis of the parameters: the first one outside <…>, not counting
    // "(anonymous namespace)" and "operator()".
    int angle = 0;
    std::size_t end = s.size();
    for (std::size_t i = 0; i < s.size(); ++i) {
        if (s[i] == '<')
            ++angle;
        else if (s[i] == '>' && i > 0 && s[i - 1] != '-')
            --angle;
        else if (s[i] == '(' && angle == 0) {
            if (s.substr(i).starts_with("(anonymous namespace)")) {
                i += std::string_view("(anonymous namespace)").size() - 1;
                continue;
            }
            end = i;
            break;
        }
    }
    s = s.substr(0, end);
    // Template arguments of the function itself do not belong to its plain name.
    if (!s.empty() && s.back() == '>') {
        int depth = 0;
        for (std::size_t i = s.size(); i-- > 0;) {
            if (s[i] == '>')
                ++depth;
            else if (s[i] == '<' && --depth == 0) {
                s = s.substr(0, i);
                break;
            }
        }
    }
    const auto start = s.find_last_of(" :*&");
    return std::string(start == std::string_view::npos ? s : s.substr(start + 1));
}

} // namespace loopscope
