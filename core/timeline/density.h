#pragma once

#include <cstddef>
#include <vector>

namespace loopscope {

/// What the tasks of a folded group do, in columns of equal width: there are too many for bars.
struct Density {
    struct Column {
        double waiting = 0; ///< tasks that wait here, on average over the column …
        double ready = 0;   ///< … or stand in the queue
        double running = 0; ///< part of the column in which one of them has the thread, 0 to 1
        std::size_t step = 0; ///< facts before the column's left edge
    };

    std::size_t lane = 0; ///< in TimelineScene::lanes
    double x = 0;         ///< of the first column
    double column = 2;    ///< width of one
    double most = 0;      ///< the most that wait or are ready in one column of the whole picture
    std::vector<Column> columns;
};

} // namespace loopscope
