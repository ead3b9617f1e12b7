#pragma once

#include "core/trace/snapshot.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace loopscope {

/// One thing in the tree of who waits for whom: a task, and below it what it waits for.
struct AwaitNode {
    enum class Kind : std::uint8_t {
        Task,
        Coroutine, ///< one that the task awaits directly, and that waits in its turn
        Future,    ///< a gather, a future, the end of a group
        Resource,  ///< a lock, queue or the like; below it, who holds it
        Timer,
        Socket,
        Worker,    ///< a call in another thread or process
    };

    Kind kind = Kind::Task;
    /// The task's number, or the future's; of a coroutine, how deep it stands. Brothers differ in
    /// their kind or in this, and keep both as long as they stand there.
    std::uint32_t id = 0;
    std::string title;  ///< "fetch-1", "fetch()", "sleep 1.0 s", "lock"
    std::string detail; ///< "suspended", "due at 1.000 s", "held by b"
    PlaceId place = PlaceId::None;  ///< the program's line where it stands, if it has one
    TaskId task;                    ///< the task itself, or the one that waits
    std::optional<TaskState> state; ///< of a task
    bool in_circle = false; ///< part of a circle of tasks each of which waits for the next
    bool closes_circle = false; ///< the task at which the circle began, named again at its end
    bool elsewhere = false; ///< the task stands in another place of the tree, with what it waits for
    std::vector<AwaitNode> children;

    friend bool operator==(const AwaitNode&, const AwaitNode&) = default;
};

struct AwaitTree {
    std::vector<AwaitNode> pending; ///< tasks that nobody waits for, or in a circle; as they were made
    std::vector<AwaitNode> over;    ///< tasks that have ended, as they were made
    /// "a waits for the lock, which b holds, and b awaits a", one for each circle.
    std::vector<std::string> circles;

    friend bool operator==(const AwaitTree&, const AwaitTree&) = default;
};

/// Who waits for whom at any moment of one run.
///
/// A task stands below the one that waits for it, and, when several do, below the first; the others
/// only name it. A circle is told when each of its waits needs the next one: not where another could
/// bring what is waited for, unless the program is stuck and nobody will.
class AwaitTrees {
public:
    /// Goes through the trace once. It must outlive this and no longer grow.
    explicit AwaitTrees(const Trace& trace);

    /// Requires a state of this trace.
    [[nodiscard]] AwaitTree at(const Snapshot& state) const;

private:
    friend class AwaitTreeMaker;

    /// A task took a place of a semaphore, or gave one back.
    struct PlaceChange {
        std::size_t step;
        ResourceId semaphore;
        TaskId task;
        int by;
    };

    /// Tasks that have a place of the semaphore after so many facts, in the order of their numbers.
    [[nodiscard]] std::vector<TaskId> holders(ResourceId semaphore, std::size_t step) const;

    const Trace& trace_;
    std::vector<PlaceChange> places_; ///< in the order of their facts
};

} // namespace loopscope
