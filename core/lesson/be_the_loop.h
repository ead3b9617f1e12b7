#pragma once

#include "core/trace/snapshot.h"

#include <cstddef>
#include <string>
#include <vector>

namespace loopscope {

// "Be the loop": at each switch a person says what runs next, and only what the loop's rules allow is
// taken. A switch is a moment at which nobody has the thread and the loop is about to give a turn, or
// to fall asleep in its selector.

/// Something that a person may say runs next.
struct Pick {
    enum class Kind {
        Task,     ///< a task in the ready queue
        Callback, ///< a callback in the ready queue
        Timer,    ///< sleep until this timer is due
        Io,       ///< sleep until this socket is ready
        Waiting,  ///< a task that waits for something else: never allowed, often believed
        Sleep,    ///< sleep in the selector, whatever wakes the loop
    };
    Kind kind = Kind::Sleep;
    TaskId task = {};       ///< of Task and Waiting
    HandleId handle = {};   ///< of Callback and Timer
    ChannelId channel = {}; ///< of Io

    friend bool operator==(const Pick&, const Pick&) = default;
};

/// A pick in words.
struct PickChoice {
    Pick pick;
    TaskId about = {};  ///< whose turn, timer or request it is; none for what is nobody's
    std::string name;   ///< "fetch-2"
    std::string detail; ///< "ready"; "timer, due at 0.9 s"

    friend bool operator==(const PickChoice&, const PickChoice&) = default;
};

struct PickVerdict {
    bool right = false;
    std::string rule; ///< one sentence: why, or which rule forbids it
};

/// The steps of a run at which there is something to pick, in order: so many facts have happened.
[[nodiscard]] std::vector<std::size_t> switches_of(const Trace& trace);

/// All that may be picked, not in the order of the queue: tasks, callbacks, timers, sockets, those who
/// wait for something else, and sleep. Requires a state at one of switches_of().
[[nodiscard]] std::vector<PickChoice> picks_at(const Snapshot& now, const Trace& trace);

/// Whether the loop does that. While something is ready, that is the front of the ready queue; then
/// it is to sleep, for which what will wake it stands as well. Requires a state at one of
/// switches_of() and one of its picks.
[[nodiscard]] PickVerdict judge_pick(const Snapshot& now, const Trace& trace, const Pick& pick);

} // namespace loopscope
