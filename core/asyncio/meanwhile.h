#pragma once

#include "core/base/clock.h"

#include <functional>
#include <optional>

namespace loopscope {

/// Who else lives in a loop's virtual time, and has to be asked whenever it passes: threads and
/// processes beside the loop's own. Everything here is called by the loop's thread.
class Meanwhile {
public:
    virtual ~Meanwhile() = default;

    /// Whether somebody has something to do: otherwise time passes by the clock alone.
    [[nodiscard]] virtual bool busy() const = 0;

    /// The loop looks at its selector without sleeping: the others do what takes no time.
    virtual void look_around() = 0;

    /// The loop's thread computes for `span`. It takes longer when it has to share.
    virtual void compute(Duration span) = 0;

    /// The loop's thread sleeps until a moment, for ever when there is none, or until `woken` holds.
    /// It may come back later than that, since it needs the interpreter to go on. False when there
    /// is no moment and nobody will ever wake it.
    [[nodiscard]] virtual bool rest(std::optional<TimePoint> until, const std::function<bool()>& woken) = 0;
};

} // namespace loopscope
