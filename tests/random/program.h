#pragma once

#include "core/asyncio/coro.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

// Random programs over the whole of the API. A program is data, so that CPython can run it too.
namespace loopscope::tests::random_programs {

struct World;
struct Instruction;
struct Step;
using Body = std::vector<Step>;

/// One step of a program: an instruction and its operands, which mean what that makes of them.
struct Step {
    const Instruction* instruction = nullptr;
    int a = 0;
    int b = 0;
    double t = 0;
    std::vector<Body> parts;
};

/// What a step can be.
struct Instruction {
    std::string_view name;
    /// The Python 3 from which on CPython does this as 3.13 does, in all programs.
    int since;
    int fewest_parts;
    int most_parts;
    /// The step has to outlive the coroutine.
    Coro<void> (*run)(std::shared_ptr<World> world, const Step& step);
};
[[nodiscard]] const std::vector<Instruction>& instructions();

/// The program of a seed: the same everywhere, out of what Python 3.`minor` does alike.
[[nodiscard]] Body make_program(std::uint32_t seed, int minor);

/// Requires that the program outlives the coroutine.
[[nodiscard]] Coro<void> run_steps(const Body& program);

[[nodiscard]] nlohmann::json as_json(const Body& program);

} // namespace loopscope::tests::random_programs
