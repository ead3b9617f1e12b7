#include "ui/compared_runs.h"

#include "ui/store.h"

#include <algorithm>
#include <iterator>

namespace loopscope::ui {
namespace {

std::vector<TimePoint> momentsOf(const Trace& trace)
{
    std::vector<TimePoint> moments;
    for (std::size_t i = 0; i < trace.size(); i = trace.end_of_moment(i))
        moments.push_back(trace.when(i));
    return moments;
}

} // namespace

std::vector<TimePoint> momentsOf(const Trace& a, const Trace& b)
{
    const std::vector<TimePoint> ofA = momentsOf(a);
    const std::vector<TimePoint> ofB = momentsOf(b);
    std::vector<TimePoint> both;
    std::set_union(ofA.begin(), ofA.end(), ofB.begin(), ofB.end(), std::back_inserter(both));
    return both;
}

ComparedRuns::ComparedRuns(std::shared_ptr<const RunData> first, std::shared_ptr<const RunData> second,
                           const RunNames& names)
    : a(std::move(first))
    , b(std::move(second))
    , numbers(loopscope::compare(a->run, b->run, names))
    , tasks(task_differences(a->trace(), a->spans, b->trace(), b->spans))
    , moments(momentsOf(a->trace(), b->trace()))
{
}

} // namespace loopscope::ui
