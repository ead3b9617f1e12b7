#pragma once

#include "core/base/result.h"
#include "core/lesson/exercises.h"
#include "core/lesson/goal.h"
#include "core/lesson/run.h"

#include <cstddef>
#include <string>
#include <vector>

namespace loopscope {

/// A variant with values for all of the lesson's parameters.
struct Stage {
    const Variant* variant;
    Values values;
};

/// An Error names what the lesson does not have.
[[nodiscard]] Result<Stage> stage_of(const Lesson& lesson, const Setup& setup);

/// A prediction with the numbers of one run in its place.
struct AskedOption {
    std::string text;
    bool right = false;
    std::string belief;
};
struct Asked {
    Run run;
    std::vector<AskedOption> options;
    Moment decided_by;     ///< the fact that a wrong answer leads to
    std::size_t from = 0;  ///< how many facts have happened when it is put; decided_by is not among them
};

/// Puts a prediction: in round 0 with its own numbers, later with those of `again` in turn. Options
/// that come out the same with these numbers are put once. An Error when an expression does not fit
/// the run, when no option is right or more than one, or when the deciding moment never comes, or comes
/// before the question is put.
[[nodiscard]] Result<Asked> ask(const Lesson& lesson, const Prediction& prediction, std::size_t round = 0);

/// A remark and where it belongs.
struct PlacedRemark {
    std::size_t step = 0;
    std::string text;
};

/// The remarks that speak of this run, in the order of their moments. Leaves out what never comes, or
/// does not fit.
[[nodiscard]] std::vector<PlacedRemark> remarks_for(const Measures& run);

} // namespace loopscope
