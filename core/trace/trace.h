#pragma once

#include "core/base/where.h"
#include "core/trace/pack.h"
#include "core/trace/trace_event.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// What does not change about a task.
struct TaskInfo {
    std::string_view name;      ///< the one it was given (the last, if renamed); empty for "Task-2"
    std::string_view coroutine; ///< plain name of the function it drives
    FutureId future;       ///< the same object, seen as a future
    TaskId parent;         ///< the task that created it; none when a callback or nobody did
    std::size_t created = 0; ///< index of its TaskCreated
};

/// What does not change about a future.
struct FutureInfo {
    FutureKind kind = FutureKind::Plain;
    QueueEnd end = QueueEnd::None; ///< set when it waits at a queue
    ResourceId resource = {}; ///< set when it is one task's wait at something that tasks share
    std::string_view label; ///< what a wait for it is called: "sleep 1.0 s", "gather 3", "response"
    TaskId task;            ///< set when the future is a task
    ChannelId channel;      ///< set when it waits for a socket
    CallId call = {};       ///< set when it waits for a call in another thread or process
};

struct HandleInfo {
    CallbackKind kind = CallbackKind::Plain;
    std::string_view label;
    TimePoint deadline;  ///< for timers
    FutureId future;     ///< the future that the callback fills or looks at, if any
    TaskId by;           ///< the task that set it, if any
};

struct ChannelInfo {
    std::string_view label; ///< what is done: "connect", "response"
    std::string_view peer;  ///< with whom: "example.com"
    TaskId task;            ///< the task that started it
    FutureId future;        ///< what a waiter awaits
    std::uint32_t bytes = 0; ///< of a stream: how many are on their way
    std::string_view text = {}; ///< … and what they are, when it is a word or two
};

/// What does not change about a lock, queue or the like, and how it stood when the trace first heard
/// of it: before its first fact, or the first wait at it.
struct ResourceInfo {
    ResourceKind kind = ResourceKind::Lock;
    std::string_view label;     ///< the name it was given
    std::uint32_t capacity = 0; ///< places of a semaphore, parties of a barrier, a queue's maxsize
    ResourceId lock = {};       ///< a condition's
    /// Free places of a lock or semaphore, 1 for a set event, parties at a barrier, a queue's items.
    std::uint32_t count = 0;
    std::uint32_t unfinished = 0; ///< items of a queue
    bool shut_down = false;       ///< the queue; or the barrier is broken
};

struct ScopeInfo {
    ScopeKind kind = ScopeKind::TaskGroup;
    TaskId task; ///< runs the block
};

struct WatchInfo {
    std::string_view label; ///< what the program calls the variable
};

/// What does not change about a thread or process of an executor.
struct WorkerInfo {
    WorkerKind kind = WorkerKind::Thread;
    std::string_view name; ///< "asyncio_0", as Python calls it
    std::uint32_t pool = 0; ///< workers of one executor share it; from 1
    bool shares_gil = true; ///< it needs the interpreter lock that the loop's thread needs
};

/// A function handed to an executor.
struct CallInfo {
    std::uint32_t pool = 0;
    TaskId task;     ///< the task that asked for it; none when a callback did
    FutureId future; ///< what a waiter awaits
};

/// A packed fact. Rows are an implementation matter of Trace; they stand in the header because the
/// recorder writes them inline.
struct TraceRow {
    std::uint32_t subject;
    std::uint8_t kind; ///< index of the fact in the Fact variant
    std::uint8_t flags;
    std::uint16_t place;
    std::uint64_t argument;
};
static_assert(sizeof(TraceRow) == 16);

/// Append-only record of all facts of one run: packed in 16-byte rows inside, spoken as
/// TraceEvents outside. Const once the run has ended, then shared as shared_ptr<const Trace>.
class Trace {
public:
    Trace();
    Trace(const Trace&) = delete;
    Trace& operator=(const Trace&) = delete;

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] bool empty() const { return size_ == 0; }

    /// The fact at `index`. Requires index < size().
    [[nodiscard]] TraceEvent operator[](std::size_t index) const;

    /// When the fact at `index` happened, without unpacking it. Requires index < size().
    [[nodiscard]] TimePoint when(std::size_t index) const;

    /// The index of the first fact that happened later than the one at `index`; size() when none
    /// did. Requires index < size().
    [[nodiscard]] std::size_t end_of_moment(std::size_t index) const;

    /// The moment of the last fact; the start for an empty trace.
    [[nodiscard]] TimePoint end_time() const;

    /// Descriptions. Each requires an id that occurs in this trace.
    [[nodiscard]] const TaskInfo& task(TaskId id) const { return tasks_[id.value - 1]; }
    [[nodiscard]] const FutureInfo& future(FutureId id) const { return futures_[id.value - 1]; }
    /// The futures that one stands for, or waits for: the children of a gather, what wait() waits
    /// for, what a shield covers. Empty for any other.
    [[nodiscard]] const std::vector<FutureId>& parts(FutureId id) const;
    [[nodiscard]] const HandleInfo& handle(HandleId id) const { return handles_[id.value - 1]; }
    [[nodiscard]] const ChannelInfo& channel(ChannelId id) const { return channels_[id.value - 1]; }
    [[nodiscard]] const WorkerInfo& worker(WorkerId id) const { return workers_[id.value - 1]; }
    [[nodiscard]] const CallInfo& call(CallId id) const { return calls_[id.value - 1]; }

    [[nodiscard]] const ResourceInfo& resource(ResourceId id) const { return resources_[id.value - 1]; }
    [[nodiscard]] const ScopeInfo& scope(ScopeId id) const { return scopes_[id.value - 1]; }
    [[nodiscard]] const WatchInfo& watch(WatchId id) const { return watches_[id.value - 1]; }

    /// What a person calls a resource: its label, numbered when several of one kind share it
    /// ("queue-2").
    [[nodiscard]] std::string display_name(ResourceId id) const;

    /// What asyncio calls a task: the name it was given, or "Task-2".
    [[nodiscard]] std::string task_name(TaskId id) const;

    /// What a person calls a task: "main" for the main one, a name of its own as it is, and for an
    /// unnamed one its coroutine's name, numbered when several share it ("fetch_url-1").
    [[nodiscard]] std::string display_name(TaskId id) const;

    [[nodiscard]] std::size_t task_count() const { return tasks_.size(); }
    [[nodiscard]] std::size_t future_count() const { return futures_.size(); }
    [[nodiscard]] std::size_t handle_count() const { return handles_.size(); }
    [[nodiscard]] std::size_t channel_count() const { return channels_.size(); }
    [[nodiscard]] std::size_t resource_count() const { return resources_.size(); }
    [[nodiscard]] std::size_t scope_count() const { return scopes_.size(); }
    [[nodiscard]] std::size_t watch_count() const { return watches_.size(); }
    [[nodiscard]] std::size_t worker_count() const { return workers_.size(); }
    [[nodiscard]] std::size_t call_count() const { return calls_.size(); }

    /// Which one a task is among those of its coroutine that have no name of their own, from 1; 0 when
    /// it has one.
    [[nodiscard]] std::uint32_t ordinal(TaskId id) const { return ordinals_[id.value - 1]; }
    /// How many tasks of a coroutine are told apart by their ordinals.
    [[nodiscard]] std::uint32_t namesakes(std::string_view coroutine) const;

    /// The place with this number; an empty one for PlaceId::None.
    [[nodiscard]] const Place& place(PlaceId id) const { return places_[static_cast<std::size_t>(id)]; }
    [[nodiscard]] std::size_t place_count() const { return places_.size(); }

    /// One await of a stack: where it stands, and the stack that it stands in.
    struct StackNode {
        StackId outer;
        PlaceId place;
    };
    /// The innermost await of a stack. Requires one that is not empty.
    [[nodiscard]] const StackNode& stack_node(StackId id) const { return stacks_[static_cast<std::size_t>(id)]; }
    /// How many stacks there are, with the empty one.
    [[nodiscard]] std::size_t stack_count() const { return stacks_.size(); }

    /// The awaits on the way to a suspension, outermost first.
    [[nodiscard]] std::vector<PlaceId> stack(StackId id) const;

    /// The innermost place of a stack that lies in `file`; None if there is none. The wait itself
    /// often happens inside a core header, while a reader wants the line of the lesson.
    [[nodiscard]] PlaceId innermost_in(StackId id, std::string_view file) const;

    // ---- writing; used by Recorder and by the readers of recordings ----

    /// Appends a fact. The moments of successive calls must not decrease.
    void append(TimePoint when, PlaceId place, const Fact& fact);
    template <class F>
    void append(TimePoint when, PlaceId place, const F& fact)
    {
        const packing::Packed p = packing::packer([this](std::string_view t) { return intern_id(t); })(fact);
        append_row(when, {p.subject, packing::kind_of<F>, p.flags, static_cast<std::uint16_t>(place), p.argument});
    }

    /// The same without packing, for the recorder's fast paths.
    void append_row(TimePoint when, TraceRow row)
    {
        if (when != last_when_ || size_ == 0)
            note_time(when);
        if ((size_ & chunk_mask) == 0)
            add_chunk();
        tail_[size_ & chunk_mask] = row;
        ++size_;
    }

    TaskId add_task(TaskInfo info);
    FutureId add_future(FutureInfo info);
    HandleId add_handle(HandleInfo info);
    ChannelId add_channel(ChannelInfo info);
    ResourceId add_resource(ResourceInfo info);
    ScopeId add_scope(ScopeInfo info);
    WatchId add_watch(WatchInfo info);
    WorkerId add_worker(WorkerInfo info);
    /// Tells the future which call it waits for, too.
    CallId add_call(CallInfo info);
    void rename_task(TaskId id, std::string_view name);

    void set_task_future(TaskId id, FutureId future) { tasks_[id.value - 1].future = future; }
    void set_channel_future(ChannelId id, FutureId future) { channels_[id.value - 1].future = future; }
    void set_channel(FutureId id, ChannelId channel) { futures_[id.value - 1].channel = channel; }
    void set_parts(FutureId id, std::vector<FutureId> parts) { parts_.insert_or_assign(id, std::move(parts)); }
    /// The future is a wait at `resource`.
    void set_resource(FutureId id, ResourceId resource, QueueEnd end)
    {
        futures_[id.value - 1].resource = resource;
        futures_[id.value - 1].end = end;
    }

    /// The one copy of a text in this trace.
    std::string_view intern(std::string_view text);
    std::uint32_t intern_id(std::string_view text)
    {
        // Literals and texts that this trace holds already are looked up by where they stand; what
        // stands there may have changed.
        const RecentText& recent = recent_texts_[slot_of(text.data())];
        const bool same = recent.at == text.data() && recent.text.size() == text.size()
            && (recent.text.data() == text.data() || recent.text == text);
        return same ? recent.id : look_up_text(text);
    }
    PlaceId intern_place(const Where& where)
    {
        const void* address = address_of(where);
        const RecentPlace& recent = recent_places_[slot_of(address)];
        return recent.address == address ? recent.id : look_up_place(where);
    }
    /// The plain name of the function that a place lies in, interned; the place is not.
    [[nodiscard]] std::string_view function_at(const Where& where) { return texts_[function_text(where)]; }
    /// Appends a CoroutineEntered with the name of the function that `made` lies in.
    void append_entered(TimePoint when, PlaceId place, TaskId task, const Where& made)
    {
        append_row(when, {task.value, packing::kind_of<CoroutineEntered>, 0, static_cast<std::uint16_t>(place),
                          function_text(made)});
    }
    PlaceId intern_place(Place place);
    /// The stack that has `place` as its innermost entry, inside `outer`.
    StackId intern_stack(StackId outer, PlaceId place)
    {
        const std::uint64_t key = static_cast<std::uint64_t>(outer) << 16 | static_cast<std::uint64_t>(place);
        const RecentStack& recent = recent_stacks_[key % recent_stacks_.size()];
        return recent.key == key ? recent.id : look_up_stack(key);
    }

    // What a recording knows of a finished run, where the recorder found it out piece by piece.

    /// The task with the ordinal that it had; its number follows from the order.
    TaskId restore_task(TaskInfo info, std::uint32_t ordinal);
    void set_created(TaskId id, std::size_t index) { tasks_[id.value - 1].created = index; }
    void set_namesakes(std::string_view coroutine, std::uint32_t count) { unnamed_of(coroutine) = count; }
    /// Without a look at those there are: a recording has each place once. Requires fewer than 0x10000.
    PlaceId restore_place(Place place);

    /// Bytes held by rows, names, places and stacks.
    [[nodiscard]] std::size_t memory() const;

private:
    static constexpr std::size_t chunk_rows = 4096;
    static constexpr std::size_t chunk_mask = chunk_rows - 1;

    struct TimeMark {
        std::size_t row; ///< first row at this moment
        TimePoint when;
    };

    // What was looked up last, by the lower bits of an address or a number: a loop names the same few
    // places and texts at every turn.
    static constexpr std::size_t recent_count = 256;
    struct RecentPlace {
        const void* address = nullptr;
        PlaceId id = PlaceId::None;
    };
    struct RecentFunction {
        const void* address = nullptr;
        std::uint32_t text = 0; ///< its plain name
    };
    struct RecentStack {
        std::uint64_t key = ~std::uint64_t{0};
        StackId id = StackId::Empty;
    };
    struct RecentText {
        const char* at = nullptr; ///< where it was asked for
        std::string_view text;    ///< this trace's own
        std::uint32_t id = 0;
    };
    [[nodiscard]] static std::size_t slot_of(const void* address)
    {
        const auto bits = reinterpret_cast<std::uintptr_t>(address);
        return (bits >> 3 ^ bits >> 11) % recent_count;
    }
    [[nodiscard]] static const void* address_of(const Where& where)
    {
        static_assert(sizeof(Where) == sizeof(const void*), "a place interns by its address");
        return std::bit_cast<const void*>(where);
    }
    PlaceId look_up_place(const Where& where);
    [[nodiscard]] std::uint32_t function_text(const Where& where)
    {
        const void* address = address_of(where);
        const RecentFunction& recent = recent_functions_[slot_of(address)];
        return recent.address == address ? recent.text : look_up_function(where);
    }
    std::uint32_t look_up_function(const Where& where);
    StackId look_up_stack(std::uint64_t key);
    std::uint32_t look_up_text(std::string_view text);

    std::uint32_t& unnamed_of(std::string_view coroutine);
    void note_time(TimePoint when);
    void add_chunk();
    [[nodiscard]] const TraceRow& row(std::size_t index) const;

    std::vector<std::unique_ptr<TraceRow[]>> chunks_;
    TraceRow* tail_ = nullptr;
    std::size_t size_ = 0;
    TimePoint last_when_;
    std::vector<TimeMark> times_;

    std::vector<TaskInfo> tasks_;
    std::vector<std::uint32_t> ordinals_; ///< among the unnamed tasks of one coroutine; 0 when named
    std::vector<std::uint32_t> unnamed_; ///< how many, by their coroutine's text
    std::vector<FutureInfo> futures_;
    std::unordered_map<FutureId, std::vector<FutureId>> parts_;
    std::vector<HandleInfo> handles_;
    std::vector<ChannelInfo> channels_;
    std::vector<ResourceInfo> resources_;
    std::vector<ScopeInfo> scopes_;
    std::vector<WatchInfo> watches_;
    std::vector<WorkerInfo> workers_;
    std::vector<CallInfo> calls_;

    std::deque<std::string> texts_; // stable addresses: views point into it
    std::unordered_map<std::string_view, std::uint32_t> text_ids_;
    std::vector<Place> places_;
    std::unordered_map<const void*, PlaceId> places_by_address_;
    std::array<RecentPlace, recent_count> recent_places_;
    std::unordered_map<const void*, std::uint32_t> functions_by_address_; ///< texts
    std::array<RecentFunction, recent_count> recent_functions_;
    std::array<RecentStack, recent_count> recent_stacks_;
    std::array<RecentText, recent_count> recent_texts_;
    std::vector<StackNode> stacks_;
    std::unordered_map<std::uint64_t, StackId> stack_ids_;
};

} // namespace loopscope
