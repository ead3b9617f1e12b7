#include "core/trace/await_tree.h"

#include "core/base/format.h"
#include "core/trace/fact_groups.h"
#include "core/trace/waits_for.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace loopscope {
namespace {

constexpr std::size_t deepest = 100; ///< tasks below each other; what waits still deeper begins anew

std::string_view kind_word(ResourceKind kind)
{
    switch (kind) {
    case ResourceKind::Lock: return "lock";
    case ResourceKind::Event: return "event";
    case ResourceKind::Condition: return "condition";
    case ResourceKind::Semaphore: return "semaphore";
    case ResourceKind::Barrier: return "barrier";
    case ResourceKind::Queue: return "queue";
    }
    return "resource";
}

std::string_view over_word(TaskState state)
{
    return state == TaskState::Failed ? "failed" : state == TaskState::Cancelled ? "cancelled" : "finished";
}

/// "2nd in line"; nothing for whoever comes first.
std::string place_in_line(std::size_t before)
{
    const std::size_t n = before + 1;
    if (n == 1)
        return {};
    const std::string_view ending = n % 100 / 10 == 1 ? "th" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : n % 10 == 1 ? "st" : "th";
    return std::to_string(n) + std::string(ending) + " in line";
}

std::string joined(const std::string& a, const std::string& b) { return a.empty() ? b : b.empty() ? a : a + ", " + b; }

} // namespace

/// Builds the tree of one moment.
class AwaitTreeMaker {
public:
    AwaitTreeMaker(const AwaitTrees& trees, const Snapshot& state)
        : trees_(trees)
        , trace_(trees.trace_)
        , state_(state)
        , shown_(state.tasks.size() + 1, false)
    {
    }

    AwaitTree made() &&
    {
        std::vector<bool> awaited(state_.tasks.size() + 1, false);
        for (const TaskSnapshot& task : state_.tasks)
            for (const Link& link : links_of(task))
                if (link.task != task.id)
                    awaited[link.task.value] = true;
        for (const TaskSnapshot& task : state_.tasks)
            if (!is_over(task.state) && !awaited[task.id.value])
                add_root(task.id);
        for (const TaskSnapshot& task : state_.tasks) // what hangs together in a circle, or too deep
            if (!is_over(task.state) && !shown_[task.id.value])
                add_root(task.id);
        std::sort(tree_.pending.begin(), tree_.pending.end(),
                  [](const AwaitNode& a, const AwaitNode& b) { return a.id < b.id; });
        for (const TaskSnapshot& task : state_.tasks)
            if (is_over(task.state))
                tree_.over.push_back(over_node(task));
        for (AwaitNode& root : tree_.pending)
            mark_circle(root, false);
        return std::move(tree_);
    }

private:
    using Kind = AwaitNode::Kind;

    /// A task that another one needs before it can go on, through what it waits for.
    struct Link {
        TaskId task;
        std::string words;    ///< "awaits b", "waits for the lock, which b holds"
        bool needed = true; ///< nobody else could bring it
    };
    struct Step {
        TaskId task;
        Link next; ///< the link that is followed from it
    };

    [[nodiscard]] std::string name(TaskId task) const { return trace_.display_name(task); }
    [[nodiscard]] bool is_pending(TaskId task) const
    {
        return task && task.value <= state_.tasks.size() && !is_over(state_.task(task).state);
    }

    // ---- who needs whom ----

    [[nodiscard]] std::vector<Link> links_of(const TaskSnapshot& task) const
    {
        std::vector<Link> links;
        if (task.state == TaskState::Waiting && task.waiting_on)
            add_links(links, task, task.waiting_on, {}, true);
        return links;
    }

    void add_links(std::vector<Link>& links, const TaskSnapshot& task, FutureId on, const std::string& through, bool needed) const
    {
        const FutureInfo& wait = trace_.future(on);
        const auto add = [&](TaskId to, const std::string& words, bool is_needed) {
            if (is_pending(to))
                links.push_back({to, words, needed && is_needed});
        };
        if (wait.task) {
            add(wait.task, through.empty() ? "awaits " + name(wait.task) : "awaits " + through + " and so " + name(wait.task), true);
        } else if (wait.resource) {
            const std::vector<TaskId> owners = holders(wait.resource);
            const std::string what = "the " + title_of(wait.resource);
            const bool lock = trace_.resource(wait.resource).kind == ResourceKind::Lock;
            for (const TaskId owner : owners) {
                const bool itself = owner == task.id;
                add(owner,
                    lock ? "waits for " + what + ", which " + (itself ? "it holds itself" : name(owner) + " holds")
                         : "waits for a place of " + what + ", where " + (itself ? "it has one itself" : name(owner) + " has one"),
                    owners.size() == 1);
            }
        } else if (wait.kind == FutureKind::Group) {
            for (const TaskId member : members(task.id))
                add(member, "waits for the end of its task group and so of " + name(member), true);
        } else {
            const bool any = wait.kind == FutureKind::Wait; // the first of several may do
            const std::string label = wait_label_of(on);
            for (const FutureId part : trace_.parts(on))
                add_links(links, task, part, through.empty() ? label : through, needed && !any);
        }
    }

    [[nodiscard]] std::vector<TaskId> holders(ResourceId id) const
    {
        const ResourceSnapshot* resource = state_.resource(id);
        if (!resource)
            return {};
        if (const auto* lock = std::get_if<LockSnapshot>(&resource->state))
            return is_pending(lock->owner) ? std::vector{lock->owner} : std::vector<TaskId>();
        if (!std::holds_alternative<SemaphoreSnapshot>(resource->state))
            return {};
        std::vector<TaskId> found = trees_.holders(id, state_.step);
        std::erase_if(found, [&](TaskId task) { return !is_pending(task); });
        return found;
    }

    /// Those of the innermost task group that the task is in, over or not.
    [[nodiscard]] std::vector<TaskId> members(TaskId task) const
    {
        const auto group = std::find_if(state_.scopes.rbegin(), state_.scopes.rend(), [&](const ScopeSnapshot& scope) {
            const ScopeInfo& info = trace_.scope(scope.id);
            return info.kind == ScopeKind::TaskGroup && info.task == task;
        });
        return group == state_.scopes.rend() ? std::vector<TaskId>() : group->tasks;
    }

    // ---- nodes ----

    void add_root(TaskId task) { tree_.pending.push_back(task_node(task)); }

    AwaitNode over_node(const TaskSnapshot& task) const
    {
        return {.kind = Kind::Task, .id = task.id.value, .title = name(task.id), .detail = std::string(over_word(task.state)),
                .place = PlaceId::None, .task = task.id, .state = task.state, .children = {}};
    }

    AwaitNode task_node(TaskId id)
    {
        const TaskSnapshot& task = state_.task(id);
        if (is_over(task.state))
            return over_node(task);
        AwaitNode node{.kind = Kind::Task, .id = id.value, .title = name(id), .detail = detail_of(task),
                       .place = task.place, .task = id, .state = task.state, .children = {}};
        const auto on_path = std::find_if(path_.begin(), path_.end(), [&](const Step& step) { return step.task == id; });
        if (on_path != path_.end()) {
            close_circle(on_path);
            node.closes_circle = true;
            node.elsewhere = true;
            return node;
        }
        if (shown_[id.value] || path_.size() == deepest) {
            node.elsewhere = true;
            return node;
        }
        shown_[id.value] = true;
        if (task.state == TaskState::Waiting && task.waiting_on) {
            path_.push_back({id, {}});
            links_[id] = links_of(task);
            add_frames(node, task);
            path_.pop_back();
        }
        return node;
    }

    /// The coroutines that the task awaits directly, outermost first, and in the last what it waits for.
    void add_frames(AwaitNode& root, const TaskSnapshot& task)
    {
        AwaitNode* inner = &root;
        std::uint32_t depth = 0;
        for (const PlaceId place : trace_.stack(task.stack)) {
            if (!is_program_line(trace_, place))
                continue;
            if (depth++ == 0) {
                root.place = place; // the task's own coroutine
                continue;
            }
            const std::string& function = trace_.place(place).function;
            inner->children.push_back({.kind = Kind::Coroutine, .id = depth - 1,
                                       .title = function.empty() ? "a coroutine" : function + "()", .detail = {},
                                       .place = place, .task = task.id, .state = {}, .children = {}});
            inner = &inner->children.back();
        }
        inner->children.push_back(wait_node(task.waiting_on, task.id));
    }

    AwaitNode wait_node(FutureId on, TaskId waiter)
    {
        const FutureInfo& wait = trace_.future(on);
        if (wait.task && wait.task.value <= state_.tasks.size())
            return follow(waiter, wait.task);
        AwaitNode node{.kind = Kind::Future, .id = on.value, .title = wait_label_of(on), .detail = {}, .place = PlaceId::None,
                       .task = waiter, .state = {}, .children = {}};
        if (wait.resource) {
            node.kind = Kind::Resource;
            node.title = title_at(wait);
            node.detail = detail_at(wait, waiter);
            for (const TaskId holder : holders(wait.resource))
                node.children.push_back(follow(waiter, holder));
            return node;
        }
        switch (wait.kind) {
        case FutureKind::Sleep:
            node.kind = Kind::Timer;
            node.detail = deadline_of(on);
            break;
        case FutureKind::Io:
            node.kind = Kind::Socket;
            if (wait.channel)
                node.detail = std::string(trace_.channel(wait.channel).peer);
            break;
        case FutureKind::Thread:
        case FutureKind::Process:
            node.kind = Kind::Worker;
            node.title = wait.call ? "a function's result" : "the end of all threads";
            node.detail = worker_of(wait.call);
            break;
        case FutureKind::Group: {
            const std::vector<TaskId> tasks = members(waiter);
            node.title = "task group";
            node.detail = ended(static_cast<std::size_t>(std::count_if(tasks.begin(), tasks.end(), [&](TaskId t) { return !is_pending(t); })),
                                tasks.size());
            for (const TaskId member : tasks)
                node.children.push_back(follow(waiter, member));
            break;
        }
        case FutureKind::Plain: node.detail = "not filled yet"; break;
        case FutureKind::Task:
        case FutureKind::Gather:
        case FutureKind::Wait:
        case FutureKind::Shield:
        case FutureKind::Lock:
        case FutureKind::Event:
        case FutureKind::Condition:
        case FutureKind::Semaphore:
        case FutureKind::Barrier:
        case FutureKind::Queue: add_parts(node, on, waiter); break;
        }
        return node;
    }

    void add_parts(AwaitNode& node, FutureId whole, TaskId waiter)
    {
        std::size_t tasks = 0;
        std::size_t over = 0;
        for (const FutureId part : trace_.parts(whole)) {
            node.children.push_back(wait_node(part, waiter));
            const std::optional<TaskState> state = node.children.back().state;
            tasks += state ? 1 : 0;
            over += state && is_over(*state) ? 1 : 0;
        }
        if (tasks > 0)
            node.detail = ended(over, tasks);
    }

    [[nodiscard]] static std::string ended(std::size_t over, std::size_t all)
    {
        return std::to_string(over) + " of " + std::to_string(all) + (all == 1 ? " has ended" : " have ended");
    }

    AwaitNode follow(TaskId from, TaskId to)
    {
        if (!path_.empty() && path_.back().task == from) {
            const std::vector<Link>& links = links_[from];
            const auto link = std::find_if(links.begin(), links.end(), [&](const Link& l) { return l.task == to; });
            path_.back().next = link != links.end() ? *link : Link{to, "waits for " + name(to), false};
        }
        return task_node(to);
    }

    // ---- words ----

    [[nodiscard]] std::string wait_label_of(FutureId on) const
    {
        const FutureInfo& future = trace_.future(on);
        if (!future.label.empty())
            return std::string(future.label);
        switch (future.kind) {
        case FutureKind::Sleep: return "sleep";
        case FutureKind::Gather: return "gather()";
        case FutureKind::Io: return "socket";
        case FutureKind::Wait: return "wait()";
        case FutureKind::Shield: return "shield()";
        case FutureKind::Group: return "task group";
        case FutureKind::Queue: return "queue";
        case FutureKind::Plain:
        case FutureKind::Task:
        case FutureKind::Lock:
        case FutureKind::Event:
        case FutureKind::Condition:
        case FutureKind::Semaphore:
        case FutureKind::Barrier:
        case FutureKind::Thread:
        case FutureKind::Process: return "future";
        }
        return "future";
    }

    /// "lock", "queue orders".
    [[nodiscard]] std::string title_of(ResourceId id) const
    {
        const std::string_view kind = kind_word(trace_.resource(id).kind);
        const std::string label = trace_.display_name(id);
        return label.find(kind) != std::string::npos ? label : std::string(kind) + " " + label;
    }

    [[nodiscard]] std::string title_at(const FutureInfo& wait) const
    {
        const std::string title = title_of(wait.resource);
        switch (wait.end) {
        case QueueEnd::Get: return "item of " + title;
        case QueueEnd::Put: return "room in " + title;
        case QueueEnd::Join: return "join() of " + title;
        case QueueEnd::None: break;
        }
        return title;
    }

    [[nodiscard]] std::string detail_at(const FutureInfo& wait, TaskId waiter) const
    {
        const ResourceSnapshot* resource = state_.resource(wait.resource);
        if (!resource)
            return {};
        const ResourceInfo& info = trace_.resource(wait.resource);
        const auto words = Overloaded{
            [&](const LockSnapshot& lock) { return lock.owner ? "held by " + (lock.owner == waiter ? "itself" : name(lock.owner)) : std::string("free"); },
            [](const EventSnapshot& event) { return std::string(event.set ? "set" : "not set"); },
            [](const ConditionSnapshot&) { return std::string("not notified"); },
            [&](const SemaphoreSnapshot& semaphore) {
                return std::to_string(semaphore.free) + " of " + std::to_string(info.capacity) + " free";
            },
            [&](const BarrierSnapshot& barrier) {
                return std::to_string(barrier.inside) + " of " + std::to_string(info.capacity) + " there";
            },
            [&](const QueueSnapshot& queue) {
                if (wait.end == QueueEnd::Join)
                    return format_count(queue.unfinished, "item") + " unfinished";
                return queue.items == 0 ? std::string("empty") : (wait.end == QueueEnd::Put ? "full, " : "") + format_count(queue.items, "item");
            },
        };
        std::size_t before = 0; // at the same end of it
        for (const WaiterSnapshot& other : resource->waiters) {
            if (other.task == waiter)
                break;
            before += other.end == wait.end ? 1 : 0;
        }
        const bool in_turn = info.kind == ResourceKind::Lock || info.kind == ResourceKind::Semaphore
            || wait.end == QueueEnd::Get || wait.end == QueueEnd::Put;
        return joined(std::visit(words, resource->state), in_turn ? place_in_line(before) : std::string());
    }

    [[nodiscard]] std::string deadline_of(FutureId on) const
    {
        for (const TimerSnapshot& timer : state_.timers)
            if (!timer.cancelled && trace_.handle(timer.handle).future == on)
                return "due at " + format_moment(timer.deadline);
        return "due"; // the timer has fired, and its callback stands in the queue
    }

    [[nodiscard]] std::string worker_of(CallId call) const
    {
        if (!call)
            return {};
        for (const WorkerSnapshot& worker : state_.workers)
            if (worker.call == call)
                return "runs in " + std::string(trace_.worker(worker.id).name)
                    + (worker.state == WorkerState::WaitingForGil ? ", which waits for the interpreter" : "");
        const auto queued = std::find_if(state_.queued_calls.begin(), state_.queued_calls.end(),
                                         [&](const QueuedCallSnapshot& c) { return c.call == call; });
        return queued != state_.queued_calls.end() ? "waits for a free worker" : "has ended";
    }

    [[nodiscard]] std::string detail_of(const TaskSnapshot& task) const
    {
        std::string words;
        switch (task.state) {
        case TaskState::Ready: words = task.started ? "ready" : "ready, not begun"; break;
        case TaskState::Running:
            words = !task.work ? "running" : *task.work == WorkKind::Blocking ? "blocks the thread" : "computes";
            break;
        case TaskState::Waiting: words = "suspended"; break;
        case TaskState::Finished:
        case TaskState::Failed:
        case TaskState::Cancelled: words = over_word(task.state); break;
        }
        if (task.cancelling)
            words += ", asked to stop";
        for (const ScopeSnapshot& scope : state_.scopes)
            if (scope.deadline && !scope.expired && trace_.scope(scope.id).task == task.id)
                words += ", time limit " + format_moment(*scope.deadline);
        return words;
    }

    // ---- circles ----

    void close_circle(std::vector<Step>::iterator begin)
    {
        const bool sure = std::all_of(begin, path_.end(), [](const Step& step) { return step.next.needed; });
        if (!sure && !state_.stuck)
            return;
        std::vector<Step> ring(begin, path_.end()); // told from the task that was made first
        std::rotate(ring.begin(),
                    std::min_element(ring.begin(), ring.end(), [](const Step& a, const Step& b) { return a.task < b.task; }),
                    ring.end());
        std::vector<std::string> clauses;
        for (const Step& step : ring) {
            in_circle_.insert(step.task);
            clauses.push_back(name(step.task) + " " + step.next.words);
        }
        tree_.circles.push_back(joined_clauses(clauses));
    }

    /// Marks what leads from a task of a circle to the next one; true when the node is part of it.
    bool mark_circle(AwaitNode& node, bool waiter_is_in)
    {
        const bool is_task = node.kind == Kind::Task;
        const bool is_in = is_task ? in_circle_.count(node.task) > 0 : waiter_is_in;
        bool leads_on = node.elsewhere;
        for (AwaitNode& child : node.children)
            leads_on |= mark_circle(child, is_in);
        node.in_circle = is_in && leads_on;
        node.closes_circle = node.closes_circle && is_in;
        return node.in_circle;
    }

    const AwaitTrees& trees_;
    const Trace& trace_;
    const Snapshot& state_;
    AwaitTree tree_;
    std::vector<bool> shown_;       ///< by task
    std::vector<Step> path_;        ///< tasks from the root to where we are
    std::map<TaskId, std::vector<Link>> links_; ///< of the tasks on the path
    std::set<TaskId> in_circle_;
};

AwaitTrees::AwaitTrees(const Trace& trace)
    : trace_(trace)
{
    bool has_semaphore = false;
    for (std::uint32_t i = 1; i <= trace.resource_count(); ++i)
        has_semaphore |= trace.resource({i}).kind == ResourceKind::Semaphore;
    if (!has_semaphore)
        return;
    const std::vector<TaskId> actors = actors_of(trace);
    for (std::size_t step = 0; step < trace.size(); ++step) {
        const Fact fact = trace[step].fact;
        if (const auto* taken = std::get_if<ResourceAcquired>(&fact))
            places_.push_back({step, taken->resource, taken->task, 1});
        else if (const auto* given = std::get_if<ResourceReleased>(&fact); given && actors[step])
            places_.push_back({step, given->resource, actors[step], -1});
    }
}

std::vector<TaskId> AwaitTrees::holders(ResourceId semaphore, std::size_t step) const
{
    std::map<TaskId, int> held;
    for (const PlaceChange& change : places_) {
        if (change.step >= step)
            break;
        if (change.semaphore == semaphore)
            held[change.task] += change.by;
    }
    std::vector<TaskId> tasks;
    for (const auto& [task, count] : held)
        if (count > 0)
            tasks.push_back(task);
    return tasks;
}

AwaitTree AwaitTrees::at(const Snapshot& state) const { return AwaitTreeMaker(*this, state).made(); }

} // namespace loopscope
