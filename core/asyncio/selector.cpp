#include "core/asyncio/selector.h"

#include <algorithm>

namespace loopscope {

bool SimulatedSelector::select(std::optional<Duration> timeout, std::vector<Ref<Handle>>& ready)
{
    std::optional<TimePoint> until;
    if (timeout)
        until = clock_.now() + *timeout;
    if (!waiting_.empty())
        until = until ? std::min(*until, waiting_.front().when) : waiting_.front().when;
    if (!sleep(until))
        return false;

    auto rest = waiting_.begin();
    for (; rest != waiting_.end() && rest->when <= clock_.now(); ++rest)
        ready.push_back(std::move(rest->reader));
    waiting_.erase(waiting_.begin(), rest);
    return true;
}

bool SimulatedSelector::sleep(std::optional<TimePoint> until)
{
    if (others_ && others_->busy()) {
        if (until && *until <= clock_.now())
            others_->look_around();
        else
            return others_->rest(until, [this] { return !waiting_.empty() && waiting_.front().when <= clock_.now(); });
    } else if (!until) {
        return false;
    } else {
        clock_.advance(*until - clock_.now());
    }
    return true;
}

void SimulatedSelector::add(TimePoint when, Ref<Handle> reader)
{
    const auto behind = std::upper_bound(waiting_.begin(), waiting_.end(), when,
                                         [](TimePoint t, const Entry& e) { return t < e.when; });
    waiting_.insert(behind, Entry{when, next_number_++, std::move(reader)});
}

void SimulatedSelector::remove(const Handle& reader)
{
    std::erase_if(waiting_, [&](const Entry& e) { return e.reader.get() == &reader; });
}

} // namespace loopscope
