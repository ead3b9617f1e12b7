#include "core/asyncio/machine.h"

#include "core/asyncio/context.h"
#include "core/asyncio/event_loop.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <exception>
#include <utility>

namespace loopscope {
namespace {

thread_local Machine::Worker* current_worker = nullptr;

// Shares of a core are fractions, so what is left of a computation may miss zero by a rounding.
constexpr double nothing_left = 0.01; // microseconds

} // namespace

Machine::Worker::Worker(Machine& machine, WorkerKind kind) : machine_(machine), kind_(kind) {}
Machine::Worker::~Worker() = default;

Machine::Machine(EventLoop& loop) : loop_(loop), holder_(&loop_thread_) { loop_thread_.state = State::Running; }

Machine::~Machine()
{
    for (const auto& worker : workers_)
        worker->stack_.reset();
    for (const auto& guest : guests_)
        guest->forget_machine();
}

void Machine::set_cores(int cores)
{
    assert(cores > 0);
    cores_ = cores;
}

void Machine::set_free_threaded(bool free_threaded)
{
    assert(workers_.empty());
    gil_ = !free_threaded;
    loop_thread_.shares_gil = gil_;
}

void Machine::set_switch_interval(double seconds)
{
    switch_interval_ = loopscope::seconds(seconds);
    assert(switch_interval_ > Duration::zero());
}

void Machine::set_process_costs(double start_up, double transfer)
{
    start_up_ = loopscope::seconds(start_up);
    transfer_ = loopscope::seconds(transfer);
}

TimePoint Machine::now() const { return loop_.now(); }
bool Machine::over_limit() const { return loop_.is_beyond_limits(); }
Machine::Worker* Machine::current() { return current_worker; }

template <class F>
void Machine::for_all(F f) const
{
    f(loop_thread_);
    for (const auto& worker : workers_)
        f(static_cast<const Thread&>(*worker));
}

Machine::Worker& Machine::start_worker(WorkerKind kind, std::string_view name, std::uint32_t pool, Duration start_up,
                                       std::function<void(Worker&)> body)
{
    auto made = std::make_unique<Worker>(*this, kind);
    Worker& worker = *made;
    worker.id = WorkerId{static_cast<std::uint32_t>(workers_.size() + 1)};
    worker.shares_gil = gil_ && kind == WorkerKind::Thread;
    worker.stack_ = std::make_unique<SideStack>([&worker, body = std::move(body)] {
        current_worker = &worker;
        body(worker);
    });
    workers_.push_back(std::move(made));
    if (loop_.recording()) {
        loop_.trace()->add_worker({.kind = kind, .name = name, .pool = pool, .shares_gil = worker.shares_gil});
        loop_.record(WorkerStarted{worker.id});
    }
    if (kind == WorkerKind::Process) {
        worker.state = State::Starting;
        at(now() + start_up, [this, &worker] {
            if (loop_.recording())
                loop_.record(WorkerReady{worker.id});
            ask(worker);
        });
    } else if (running_) {
        ask(worker);
    } else {
        run_ahead(worker);
    }
    return worker;
}

void Machine::idle(Worker& worker)
{
    worker.state = State::Idle;
    worker.stack_->pause();
}

void Machine::wake(Worker& worker)
{
    if (worker.state == State::Idle)
        ask(worker);
}

void Machine::at(TimePoint when, std::function<void()> what)
{
    const auto behind = std::upper_bound(alarms_.begin(), alarms_.end(), when,
                                         [](TimePoint t, const Alarm& a) { return t < a.when; });
    alarms_.insert(behind, Alarm{when, std::move(what)});
}

void Machine::before_time_passes(std::function<bool()> what) { preparations_.push_back(std::move(what)); }

void Machine::block_until(const std::function<bool()>& over)
{
    if (loop_.recording() && told_ == &loop_thread_)
        loop_.record(GilReleased{});
    while (!over() && rest(std::nullopt, over) && !over_limit()) { }
}

void Machine::work(Worker& worker, WorkKind kind, Duration span, PlaceId place)
{
    if (std::uncaught_exceptions() == 0)
        loop_.check_limits();
    if (loop_.recording())
        loop_.record(WorkerWorkBegan{worker.id, kind, std::max(span, Duration::zero())}, place);
    worker.place_ = place;
    worker.work_ = kind;
    worker.number = ++last_number_;
    if (kind == WorkKind::Blocking) {
        worker.state = State::Resting;
        worker.until = now() + std::max(span, Duration::zero());
        worker.stack_->pause();
    } else if (span > Duration::zero()) {
        worker.state = State::Computing;
        worker.remaining = static_cast<double>(span.count());
        worker.stack_->pause();
    } else if (loop_.recording()) {
        loop_.record(WorkerWorkEnded{worker.id, kind}, place);
    }
}

bool Machine::busy() const
{
    return pending_ > 0 || !alarms_.empty()
        || std::any_of(workers_.begin(), workers_.end(),
                       [](const auto& w) { return w->state != State::Idle && w->state != State::Over; });
}

void Machine::look_around()
{
    while (!over_limit()) {
        if (do_one_thing())
            continue;
        const auto wants_code
            = std::find_if(line_.begin(), line_.end(), [](const Thread* t) { return t->remaining == 0; });
        if (wants_code == line_.end())
            return;
        Worker& worker = static_cast<Worker&>(**wants_code);
        line_.erase(wants_code);
        run_ahead(worker);
    }
}

void Machine::compute(Duration span)
{
    if (span <= Duration::zero())
        return;
    loop_thread_.state = State::Computing;
    loop_thread_.remaining = static_cast<double>(span.count());
    loop_thread_.number = ++last_number_;
    [[maybe_unused]] const Lived lived = live();
    back_to_the_loop();
}

bool Machine::rest(std::optional<TimePoint> until, const std::function<bool()>& woken)
{
    if (gil_) {
        holder_ = nullptr;
        if (told_ == &loop_thread_)
            told_ = nullptr; // a trace shows it by the sleep itself
    }
    loop_thread_.state = State::Resting;
    loop_thread_.until = until;
    woken_ = &woken;
    const Lived lived = live();
    woken_ = nullptr;
    back_to_the_loop();
    return lived != Lived::Nothing;
}

void Machine::back_to_the_loop()
{
    if (gil_ && holder_ != &loop_thread_) { // only when the program is to be stopped, or is stuck
        std::erase(line_, &loop_thread_);
        holder_ = &loop_thread_;
    }
    loop_thread_.state = State::Running;
    loop_thread_.remaining = 0;
}

Machine::Lived Machine::live()
{
    for (;;) {
        do_what_is_due();
        if (loop_thread_.state == State::Running)
            return Lived::Turn;
        if (over_limit())
            return Lived::Limit;
        if (prepare_for_time())
            continue;
        if (!pass_time())
            return Lived::Nothing;
    }
}

void Machine::do_what_is_due()
{
    while (!over_limit()) {
        if (do_one_thing() || pass_interpreter())
            continue;
        if (loop_thread_.state == State::Computing && has_core(loop_thread_) && loop_thread_.remaining < nothing_left)
            loop_thread_.state = State::Running;
        const bool wakes = loop_thread_.state == State::Resting
            && ((loop_thread_.until && *loop_thread_.until <= now()) || (*woken_)());
        if (!wakes)
            return;
        loop_thread_.remaining = 0;
        if (!gil_) {
            loop_thread_.state = State::Running;
            return;
        }
        ask(loop_thread_);
    }
}

bool Machine::do_one_thing()
{
    if (ring_alarm() || end_work())
        return true;
    if (runnable_.empty())
        return false;
    Worker& worker = *runnable_.front();
    runnable_.pop_front();
    run_code(worker);
    return true;
}

bool Machine::ring_alarm()
{
    if (alarms_.empty() || alarms_.front().when > now())
        return false;
    const std::function<void()> what = std::move(alarms_.front().what);
    alarms_.pop_front();
    what();
    return true;
}

bool Machine::end_work()
{
    Worker* first = nullptr;
    for (const auto& worker : workers_) {
        const bool ends = (worker->state == State::Resting && *worker->until <= now())
            || (worker->state == State::Computing && has_core(*worker) && worker->remaining < nothing_left);
        if (ends && (!first || worker->number < first->number))
            first = worker.get();
    }
    if (!first)
        return false;
    if (loop_.recording())
        loop_.record(WorkerWorkEnded{first->id, first->work_}, first->place_);
    first->remaining = 0;
    if (first->state == State::Computing) // it goes on with what it has
        run_code(*first);
    else
        ask(*first);
    return true;
}

bool Machine::pass_interpreter()
{
    if (!gil_ || holder_ || line_.empty())
        return false;
    Thread& next = *line_.front();
    line_.pop_front();
    holder_ = &next;
    const bool waited = next.since < now();
    next.since = now();
    if (waited)
        tell_holder();
    if (&next == &loop_thread_)
        next.state = next.remaining > 0 ? State::Computing : State::Running;
    else if (next.remaining > 0)
        next.state = State::Computing;
    else
        run_code(static_cast<Worker&>(next));
    return loop_thread_.state != State::Running;
}

bool Machine::prepare_for_time()
{
    bool did_something = false;
    for (const std::function<bool()>& prepare : preparations_)
        did_something = prepare() || did_something;
    return did_something;
}

bool Machine::has_core(const Thread& thread) const { return !thread.shares_gil || holder_ == &thread; }

double Machine::share() const
{
    int computing = 0;
    for_all([&](const Thread& t) { computing += t.state == State::Computing && has_core(t); });
    return computing <= cores_ ? 1.0 : static_cast<double>(cores_) / computing;
}

std::optional<TimePoint> Machine::end_of_slice() const
{
    if (!gil_ || !holder_ || holder_->state != State::Computing || line_.empty())
        return std::nullopt;
    return std::max(holder_->since, line_.front()->since) + switch_interval_;
}

std::optional<TimePoint> Machine::next_moment() const
{
    std::optional<TimePoint> next;
    const auto consider = [&](std::optional<TimePoint> moment) {
        if (moment && (!next || *moment < *next))
            next = moment;
    };
    const double each = share();
    for_all([&](const Thread& t) {
        if (t.state == State::Resting)
            consider(t.until);
        else if (t.state == State::Computing && has_core(t))
            consider(now() + Duration{static_cast<std::int64_t>(std::ceil(t.remaining / each - nothing_left))});
    });
    if (!alarms_.empty())
        consider(alarms_.front().when);
    consider(end_of_slice());
    return next;
}

bool Machine::pass_time()
{
    const std::optional<TimePoint> next = next_moment();
    if (!next)
        return false;
    // The loop's own holding is worth a word only when somebody wants what it holds.
    if (gil_ && holder_ && (holder_ != &loop_thread_ || !line_.empty()))
        tell_holder();
    const std::optional<TimePoint> slice = end_of_slice();
    progress(std::max(*next - now(), Duration::zero()));
    if (slice && *slice <= now() && holder_->remaining >= nothing_left) {
        Thread& tired = *std::exchange(holder_, nullptr);
        ask(tired);
    }
    return true;
}

void Machine::progress(Duration span)
{
    const double each = share() * static_cast<double>(span.count());
    const auto go_on = [&](Thread& t) {
        if (t.state == State::Computing && has_core(t))
            t.remaining = std::max(t.remaining - each, 0.0);
    };
    go_on(loop_thread_);
    for (const auto& worker : workers_)
        go_on(*worker);
    loop_.clock().advance(span);
    if (span > Duration::zero())
        loop_.calls_in_turn_ = 0;
}

void Machine::ask(Thread& thread)
{
    if (!thread.shares_gil) {
        runnable_.push_back(&static_cast<Worker&>(thread));
        thread.state = State::Running;
        return;
    }
    thread.state = State::Waiting;
    thread.since = now();
    line_.push_back(&thread);
}

void Machine::run_code(Worker& worker)
{
    worker.state = State::Running;
    const WorkerId outer = std::exchange(running_, worker.id);
    TaskBase* const task = std::exchange(loop_.current_task_, nullptr); // what it does, no task does
    std::swap(loop_.context_, worker.context_);
    worker.stack_->resume();
    std::swap(loop_.context_, worker.context_);
    loop_.current_task_ = task;
    running_ = outer;
    if (worker.stack_->over())
        worker.state = State::Over;
    if (worker.state != State::Computing)
        release(worker);
}

void Machine::run_ahead(Worker& worker)
{
    if (worker.shares_gil)
        holder_ = &worker;
    run_code(worker);
    if (!worker.shares_gil)
        return;
    if (worker.state == State::Computing)
        ask(worker);
    holder_ = &loop_thread_;
}

void Machine::release(Thread& thread)
{
    if (holder_ != &thread)
        return;
    holder_ = nullptr;
    if (told_ != &thread)
        return;
    told_ = nullptr;
    if (loop_.recording())
        loop_.record(GilReleased{thread.id});
}

void Machine::tell_holder()
{
    if (told_ == holder_)
        return;
    told_ = holder_;
    if (loop_.recording())
        loop_.record(GilTaken{holder_->id});
}

} // namespace loopscope
