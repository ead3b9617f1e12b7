#pragma once

#include "core/trace/telling.h"

#include <string>
#include <vector>

namespace loopscope {

/// One thing that a task needs from another before it can go on.
struct Need {
    TaskId from;
    std::string words; ///< "waits for the lock, which b holds"
};

/// "a waits for b, and b waits for c".
[[nodiscard]] std::string joined_clauses(const std::vector<std::string>& clauses);

/// Who waits for whom in a program that is stuck. Part of insights_of().
class WaitsFor {
public:
    /// Requires a telling of a moment at which nothing is ready.
    explicit WaitsFor(const Telling& telling);

    /// Tasks each of which waits for the next, and the last for the first.
    struct Circle {
        std::vector<TaskId> tasks;
        std::string words; ///< "a waits for the lock, which b holds, and b awaits a"
    };
    /// No task is in two of them.
    [[nodiscard]] std::vector<Circle> circles() const;

    /// Tasks that wait, though not for one in a circle, not even in the end.
    [[nodiscard]] std::vector<TaskId> outside(const std::vector<Circle>& circles) const;

    /// What the task waits for, whoever could bring it: "waits for an item of the queue, which
    /// nobody is left to put".
    [[nodiscard]] std::string words_for(TaskId task) const;

    /// Whether it waits for something that no task has to bring.
    [[nodiscard]] bool is_root(TaskId task) const { return needs(task).empty(); }

private:
    [[nodiscard]] const std::vector<Need>& needs(TaskId task) const { return needs_[task.value - 1]; }
    [[nodiscard]] std::vector<Need> needs_of(const TaskSnapshot& task) const;
    void add_parts(std::vector<Need>& needs, FutureId whole, const std::string& name) const;
    [[nodiscard]] std::vector<TaskId> holders(ResourceId semaphore) const;
    [[nodiscard]] bool pending(TaskId task) const;
    [[nodiscard]] std::string resource_words(const FutureInfo& wait) const;

    const Telling& t_;
    std::vector<std::vector<Need>> needs_; ///< by task
};

} // namespace loopscope
