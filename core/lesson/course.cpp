#include "core/lesson/course.h"

namespace loopscope {

const Belief* find_belief(std::span<const Belief> beliefs, std::string_view code)
{
    for (const Belief& belief : beliefs)
        if (belief.code == code)
            return &belief;
    return nullptr;
}

std::string believed(std::span<const Belief> beliefs, const std::string& belief)
{
    const Belief* known = find_belief(beliefs, belief);
    return known ? known->believed : belief;
}

std::string program_of(const Puzzle& puzzle, const std::vector<std::string>& lines)
{
    std::string text = puzzle.before;
    for (const std::string& line : lines)
        text += line + "\n";
    return text + puzzle.after;
}

} // namespace loopscope
