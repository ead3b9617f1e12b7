#pragma once

#include <concepts>

namespace loopscope {

/// One of several facts, for a visitor that has the same to say to each of them. Naming those that
/// a fold ignores, rather than catching all that is left, keeps a new fact from being ignored by
/// mistake.
template <class F, class... Facts>
concept OneOf = (std::same_as<F, Facts> || ...);

} // namespace loopscope
