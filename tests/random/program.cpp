#include "tests/random/program.h"

#include <algorithm>

namespace loopscope::tests::random_programs {
namespace {

/// The same throws everywhere, which the standard library's distributions do not promise.
class Dice {
public:
    explicit Dice(std::uint32_t seed) : state_(seed) {}

    /// A number from 0 to sides - 1. As splitmix64.
    int roll(int sides)
    {
        state_ += 0x9e3779b97f4a7c15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        z ^= z >> 31;
        return static_cast<int>((z >> 33) % static_cast<std::uint64_t>(sides));
    }

private:
    std::uint64_t state_;
};

class Writer {
public:
    Writer(std::uint32_t seed, int minor) : dice_(seed)
    {
        for (const Instruction& instruction : instructions())
            if (instruction.since <= minor)
                known_.push_back(&instruction);
    }

    // Some tasks first, so that the other instructions find some.
    Body main()
    {
        Body body;
        const int tasks = 2 + dice_.roll(3);
        for (int i = 0; i < tasks; ++i)
            body.push_back(step(named("spawn"), deepest));
        while (left_ > 0)
            body.push_back(step(any(deepest), deepest));
        return body;
    }

private:
    static constexpr int deepest = 3;

    const Instruction& named(std::string_view name) const
    {
        return **std::find_if(known_.begin(), known_.end(), [&](const Instruction* i) { return i->name == name; });
    }

    const Instruction& any(int depth)
    {
        // Half of all steps let time pass or the others go: nothing meets in a program that never waits.
        if (const int common = dice_.roll(6); common < 3)
            return named(common < 2 ? "sleep" : "note");
        for (;;) {
            const Instruction& chosen = *known_[static_cast<std::size_t>(dice_.roll(static_cast<int>(known_.size())))];
            if (chosen.most_parts == 0 || (depth > 0 && left_ > 0))
                return chosen;
        }
    }

    Step step(const Instruction& instruction, int depth)
    {
        --left_;
        Step made;
        made.instruction = &instruction;
        made.a = dice_.roll(8);
        made.b = dice_.roll(4);
        made.t = 0.25 * dice_.roll(4); // few different times, so that many meet
        const int more = instruction.most_parts - instruction.fewest_parts;
        const int parts = instruction.fewest_parts + (more > 0 ? dice_.roll(more + 1) : 0);
        for (int i = 0; i < parts; ++i)
            made.parts.push_back(body(depth - 1));
        return made;
    }

    Body body(int depth)
    {
        Body made;
        const int steps = 1 + dice_.roll(4);
        for (int i = 0; i < steps; ++i)
            made.push_back(step(any(depth), depth));
        return made;
    }

    Dice dice_;
    std::vector<const Instruction*> known_;
    int left_ = 60; ///< steps, about
};

} // namespace

Body make_program(std::uint32_t seed, int minor)
{
    return Writer(seed, minor).main();
}

nlohmann::json as_json(const Body& program)
{
    nlohmann::json steps = nlohmann::json::array();
    for (const Step& step : program) {
        nlohmann::json made = {{"do", step.instruction->name}, {"a", step.a}, {"b", step.b}, {"t", step.t}};
        for (const Body& part : step.parts)
            made["parts"].push_back(as_json(part));
        steps.push_back(std::move(made));
    }
    return steps;
}

} // namespace loopscope::tests::random_programs
