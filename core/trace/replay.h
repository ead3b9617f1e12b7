#pragma once

#include "core/trace/snapshot.h"

#include <cstddef>
#include <memory>
#include <vector>

namespace loopscope {

/// Random access to the states of a finished run.
///
/// Folding from the start for every frame would make scrubbing quadratic, so a Replay keeps one
/// checkpoint every `stride` facts and folds on from there: a seek costs at most stride() folds,
/// whichever way the user drags. The stride doubles as a trace grows, so that the checkpoints stay
/// within 64 MiB and a few thousand, however long the run and however many its tasks.
class Replay {
public:
    /// Shares ownership of `trace`, which must no longer grow. Requires stride > 0.
    explicit Replay(std::shared_ptr<const Trace> trace, std::size_t stride = 128);

    /// The state after the first `step` facts. Requires step <= size().
    [[nodiscard]] Snapshot at(std::size_t step) const;

    /// Facts between two checkpoints now: what was asked for, or more for a large trace.
    [[nodiscard]] std::size_t stride() const { return stride_; }
    [[nodiscard]] std::size_t checkpoint_count() const { return checkpoints_.size(); }

    [[nodiscard]] std::size_t size() const { return trace_->size(); }
    [[nodiscard]] const Trace& trace() const { return *trace_; }
    [[nodiscard]] const std::shared_ptr<const Trace>& shared_trace() const { return trace_; }

private:
    /// Drops every second checkpoint.
    void thin_out();

    std::shared_ptr<const Trace> trace_;
    std::size_t stride_;
    std::vector<Snapshot> checkpoints_; // checkpoints_[i] == at(i * stride_)
};

} // namespace loopscope
