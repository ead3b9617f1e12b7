#include "core/trace/waits_for.h"

#include "core/base/format.h"

#include <algorithm>
#include <map>

namespace loopscope {

std::string joined_clauses(const std::vector<std::string>& clauses)
{
    std::string words;
    for (std::size_t i = 0; i < clauses.size(); ++i)
        words += (i == 0 ? "" : i + 1 == clauses.size() ? ", and " : ", ") + clauses[i];
    return words;
}

WaitsFor::WaitsFor(const Telling& telling)
    : t_(telling)
{
    for (const TaskSnapshot& task : t_.after().tasks)
        needs_.push_back(needs_of(task));
}

bool WaitsFor::pending(TaskId task) const { return task && !is_over(t_.after().task(task).state); }

/// Tasks that took a place of the semaphore and have not given one back.
std::vector<TaskId> WaitsFor::holders(ResourceId semaphore) const
{
    std::map<TaskId, int> places;
    Snapshot state; // who releases is who runs
    while (state.step <= t_.index()) {
        const Fact fact = t_.trace()[state.step].fact;
        if (const auto* taken = std::get_if<ResourceAcquired>(&fact); taken && taken->resource == semaphore)
            ++places[taken->task];
        else if (const auto* given = std::get_if<ResourceReleased>(&fact); given && given->resource == semaphore)
            --places[state.running];
        apply(state, t_.trace());
    }
    std::vector<TaskId> tasks;
    for (const auto& [task, count] : places)
        if (count > 0 && pending(task))
            tasks.push_back(task);
    return tasks;
}

void WaitsFor::add_parts(std::vector<Need>& needs, FutureId whole, const std::string& name) const
{
    for (const FutureId part : t_.trace().parts(whole)) {
        const TaskId task = t_.trace().future(part).task;
        if (pending(task))
            needs.push_back({task, "awaits " + name + " and so " + t_.name(task)});
        else if (!task)
            add_parts(needs, part, name);
    }
}

std::vector<Need> WaitsFor::needs_of(const TaskSnapshot& task) const
{
    std::vector<Need> needs;
    if (task.state != TaskState::Waiting)
        return needs;
    const FutureInfo& wait = t_.trace().future(task.waiting_on);
    const std::string what = t_.awaited(task.waiting_on);
    if (pending(wait.task)) {
        needs.push_back({wait.task, "awaits " + what});
    } else if (wait.kind == FutureKind::Lock && wait.resource) {
        const auto& lock = std::get<LockSnapshot>(t_.after().resource(wait.resource)->state);
        if (pending(lock.owner))
            needs.push_back({lock.owner, "waits for " + what + ", which "
                                             + (lock.owner == task.id ? "it holds itself" : t_.name(lock.owner) + " holds")});
    } else if (wait.kind == FutureKind::Semaphore && wait.resource) {
        for (const TaskId holder : holders(wait.resource))
            needs.push_back({holder, "waits for a place of " + what + ", where "
                                         + (holder == task.id ? "it has one itself" : t_.name(holder) + " has one")});
    } else if (wait.kind == FutureKind::Group) {
        const auto& scopes = t_.after().scopes;
        const auto group = std::find_if(scopes.rbegin(), scopes.rend(), [&](const ScopeSnapshot& scope) {
            const ScopeInfo& info = t_.trace().scope(scope.id);
            return info.kind == ScopeKind::TaskGroup && info.task == task.id;
        });
        if (group != scopes.rend())
            for (const TaskId member : group->tasks)
                if (pending(member))
                    needs.push_back({member, "waits for the end of its task group and so of " + t_.name(member)});
    } else {
        add_parts(needs, task.waiting_on, what);
    }
    return needs;
}

std::vector<WaitsFor::Circle> WaitsFor::circles() const
{
    enum class Mark { New, OnPath, Done };
    std::vector<Mark> marks(needs_.size(), Mark::New);
    std::vector<Circle> found;

    struct Step {
        TaskId task;
        std::size_t next = 0; ///< need to follow next
    };
    for (std::size_t start = 0; start < needs_.size(); ++start) {
        std::vector<Step> path;
        const auto enter = [&](TaskId task) {
            marks[task.value - 1] = Mark::OnPath;
            path.push_back({task});
        };
        if (marks[start] == Mark::New)
            enter({static_cast<std::uint32_t>(start + 1)});
        while (!path.empty()) {
            Step& here = path.back();
            if (here.next == needs(here.task).size()) {
                marks[here.task.value - 1] = Mark::Done;
                path.pop_back();
                continue;
            }
            const TaskId to = needs(here.task)[here.next++].from;
            if (marks[to.value - 1] == Mark::New) {
                enter(to);
            } else if (marks[to.value - 1] == Mark::OnPath) {
                const auto begin
                    = std::find_if(path.begin(), path.end(), [&](const Step& step) { return step.task == to; });
                std::vector<Step> ring(begin, path.end()); // told from the task that was made first
                std::rotate(ring.begin(),
                            std::min_element(ring.begin(), ring.end(),
                                             [](const Step& a, const Step& b) { return a.task < b.task; }),
                            ring.end());
                Circle circle;
                std::vector<std::string> clauses;
                for (const Step& step : ring) {
                    circle.tasks.push_back(step.task);
                    clauses.push_back(t_.name(step.task) + " " + needs(step.task)[step.next - 1].words);
                }
                circle.words = joined_clauses(clauses);
                found.push_back(std::move(circle));
                for (const Step& step : path) // none of them is in another circle
                    marks[step.task.value - 1] = Mark::Done;
                path.clear();
            }
        }
    }
    return found;
}

std::vector<TaskId> WaitsFor::outside(const std::vector<Circle>& circles) const
{
    std::vector<bool> caught(needs_.size(), false);
    for (const Circle& circle : circles)
        for (const TaskId task : circle.tasks)
            caught[task.value - 1] = true;
    for (bool more = true; more;) {
        more = false;
        for (std::size_t i = 0; i < needs_.size(); ++i)
            for (const Need& need : needs_[i])
                if (!caught[i] && caught[need.from.value - 1])
                    caught[i] = more = true;
    }
    std::vector<TaskId> rest;
    for (const TaskSnapshot& task : t_.after().tasks)
        if (task.state == TaskState::Waiting && !caught[task.id.value - 1])
            rest.push_back(task.id);
    return rest;
}

std::string WaitsFor::words_for(TaskId task) const
{
    if (!needs(task).empty())
        return needs(task).front().words;
    const FutureId on = t_.after().task(task).waiting_on;
    const FutureInfo& wait = t_.trace().future(on);
    if (wait.resource)
        return resource_words(wait);
    if (wait.kind == FutureKind::Plain)
        return "waits for " + t_.awaited(on) + (wait.label.empty() || wait.label == "future" ? " that" : ", which")
            + " nobody is left to fill";
    return "awaits " + t_.awaited(on) + ", which nothing can end";
}

std::string WaitsFor::resource_words(const FutureInfo& wait) const
{
    const std::string what = t_.resource(wait.resource);
    const ResourceSnapshot& resource = *t_.after().resource(wait.resource);
    switch (t_.trace().resource(wait.resource).kind) {
    case ResourceKind::Lock: {
        const TaskId owner = std::get<LockSnapshot>(resource.state).owner;
        return "waits for " + what
            + (owner ? ", which " + t_.name(owner) + " has not released before its end" : ", which nobody is left to release");
    }
    case ResourceKind::Event: return "waits for " + what + ", which nobody is left to set";
    case ResourceKind::Condition: return "waits at " + what + ", which nobody is left to notify";
    case ResourceKind::Semaphore: return "waits for a place of " + what + ", which nobody is left to give back";
    case ResourceKind::Barrier: {
        const auto inside = std::get<BarrierSnapshot>(resource.state).inside;
        return "waits at " + what + ", where " + std::to_string(inside) + " of "
            + std::to_string(t_.trace().resource(wait.resource).capacity) + " parties are and nobody is left to join";
    }
    case ResourceKind::Queue: break;
    }
    switch (wait.end) {
    case QueueEnd::Put: return "waits for room in " + what + ", from which nobody is left to take an item";
    case QueueEnd::Join: {
        const auto unfinished = std::get<QueueSnapshot>(resource.state).unfinished;
        return "waits in join() for " + format_count(unfinished, "item") + " of " + what
            + ", for which nobody is left to call task_done()";
    }
    case QueueEnd::Get:
    case QueueEnd::None: break;
    }
    return "waits for an item of " + what + ", into which nobody is left to put one";
}

} // namespace loopscope
