#pragma once

#include "core/base/ids.h"
#include "core/timeline/scene.h"

#include <QString>

#include <cstddef>
#include <functional>
#include <vector>

namespace loopscope::ui {

/// A task at a line of the code.
struct CodeBadge {
    TaskId task;
    QString name;
    ColorSlot color = -1;
    bool running = false;

    friend bool operator==(const CodeBadge&, const CodeBadge&) = default;
};

/// Where a badge stands and what it says.
struct BadgeBox {
    double left = 0;
    double width = 0;
    QString text;
    std::size_t first = 0; ///< index of the badge
    std::size_t count = 1; ///< more than one where only their number found room

    friend bool operator==(const BadgeBox&, const BadgeBox&) = default;
};

/// Puts the badges of one line between `left`, where its code ends, and `right`, beginning there:
/// with their names where these fit, else with short ones, and at last with a number for those that
/// found no room. No box begins left of `left`.
[[nodiscard]] std::vector<BadgeBox> layOutBadges(const std::vector<CodeBadge>& badges, double left, double right,
                                                 const std::function<double(const QString&)>& widthOf);

} // namespace loopscope::ui
