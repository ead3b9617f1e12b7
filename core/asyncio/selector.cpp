#include "core/asyncio/selector.h"

#include <algorithm>

namespace loopscope {

bool SimulatedSelector::select(std::optional<Duration> timeout, std::vector<Ref<Handle>>& ready)
{
    if (waiting_.empty()) {
        if (!timeout)
            return false;
        clock_.advance(*timeout);
        return true;
    }
    const Duration until_first = std::max(Duration::zero(), waiting_.front().when - clock_.now());
    clock_.advance(timeout ? std::min(*timeout, until_first) : until_first);

    auto rest = waiting_.begin();
    for (; rest != waiting_.end() && rest->when <= clock_.now(); ++rest)
        ready.push_back(std::move(rest->reader));
    waiting_.erase(waiting_.begin(), rest);
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
