#pragma once

#include "core/asyncio/meanwhile.h"
#include "core/asyncio/ref.h"
#include "core/asyncio/side_stack.h"
#include "core/trace/trace_event.h"

#include <array>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace loopscope {

class ContextMap;
class EventLoop;
class TaskBase;

/// The computer on the stage: cores, threads, processes, and Python's interpreter lock.
///
/// With the lock (the GIL of an ordinary build) one thread at a time runs Python code, the loop's own
/// being one of them. A thread lets go of it while it blocks, while the loop sleeps in its selector,
/// and when it has held it for a switch interval while others wanted it; it then goes to the end of
/// the line. A free-threaded build has no lock, and a process an interpreter of its own: what
/// computes at the same time shares the cores evenly.
///
/// Simplified: code between two calls of cpu() and block() takes no time and is not interrupted. What
/// workers do at a moment comes before the loop's thread goes on at that moment. A thread that is
/// started runs ahead of whoever started it until it needs time, as CPython's Thread.start() in
/// practice does; one that is idle begins when the loop's thread lets go. A look at the selector that
/// does not sleep keeps the interpreter, since nobody would be quick enough to take it.
class Machine final : public Meanwhile {
    struct Thread {
        enum class State {
            Starting,  ///< a process that is not up yet
            Idle,      ///< until wake()
            Waiting,   ///< for the interpreter
            Running,   ///< its code has the turn
            Computing, ///< has the interpreter, if it needs it, and a share of the cores
            Resting,   ///< blocked, until a moment
            Over,
        };

        WorkerId id; ///< none for the loop's thread
        bool shares_gil = true;
        State state = State::Idle;
        std::uint64_t number = 0; ///< of the wait or work in progress: what began first ends first
        double remaining = 0;     ///< microseconds still to compute; 0 when it is to run code
        TimePoint since;          ///< when it asked for the interpreter, or got it
        std::optional<TimePoint> until; ///< while Resting
    };

public:
    /// A thread or process that is not the loop's own.
    class Worker : public Thread {
    public:
        Worker(Machine& machine, WorkerKind kind);
        ~Worker();

        [[nodiscard]] Machine& machine() const { return machine_; }
        [[nodiscard]] WorkerKind kind() const { return kind_; }

    private:
        friend class Machine;

        Machine& machine_;
        WorkerKind kind_;
        PlaceId place_ = PlaceId::None; ///< of the work in progress
        WorkKind work_ = WorkKind::Computing;
        Ref<ContextMap> context_; ///< while others have the turn
        std::unique_ptr<SideStack> stack_;
    };

    /// Whoever owns workers.
    class Guest {
    public:
        virtual ~Guest() = default;
        /// The machine goes away, and the workers are gone already.
        virtual void forget_machine() = 0;
    };

    explicit Machine(EventLoop& loop);
    /// Unwinds the functions that workers are in the middle of.
    ~Machine() override;

    // ---- the stage; to be set before the first worker starts ----

    /// How many threads and processes can compute at the same time; 8 unless set. Requires cores > 0.
    void set_cores(int cores);
    [[nodiscard]] int cores() const { return cores_; }
    /// A build of Python without the interpreter lock.
    void set_free_threaded(bool free_threaded);
    [[nodiscard]] bool free_threaded() const { return !gil_; }
    /// sys.setswitchinterval(): how long a thread may keep the interpreter that others want; 0.005
    /// unless set. Requires seconds > 0.
    void set_switch_interval(double seconds);
    /// What processes cost whose executor does not say it itself: seconds until they can take calls,
    /// and seconds for the arguments of one call; 0.1 and 0.001 unless set.
    void set_process_costs(double start_up, double transfer);
    [[nodiscard]] Duration start_up() const { return start_up_; }
    [[nodiscard]] Duration transfer() const { return transfer_; }

    // ---- for executors ----

    /// `body` runs on the worker, and when it returns the worker is over. A process takes `start_up`
    /// before it does anything.
    Worker& start_worker(WorkerKind kind, std::string_view name, std::uint32_t pool, Duration start_up,
                         std::function<void(Worker&)> body);
    /// Called by a worker's body: nothing to do until wake().
    void idle(Worker& worker);
    /// An idle worker has something to do.
    void wake(Worker& worker);
    /// `what` happens at `when`, before anything else of that moment.
    void at(TimePoint when, std::function<void()> what);
    /// `what` is called whenever time is about to pass; it says whether it did something that has to
    /// be dealt with at this moment.
    void before_time_passes(std::function<bool()> what);
    /// Something waits for before_time_passes().
    void note_pending(int change) { pending_ += change; }
    /// A number for a new pool, from 1.
    [[nodiscard]] std::uint32_t next_pool() { return ++pools_; }
    /// A number for the name of a pool of threads, or of a process, from 0.
    [[nodiscard]] std::uint32_t next_name(WorkerKind kind) { return names_[static_cast<std::size_t>(kind)]++; }
    /// Keeps a pool alive as long as its workers.
    void keep(std::shared_ptr<Guest> pool) { guests_.push_back(std::move(pool)); }
    /// The loop's thread blocks until `over` holds.
    void block_until(const std::function<bool()>& over);

    // ---- for the functions that workers run ----

    /// The worker on whose stack this is called; null on the loop's own thread.
    [[nodiscard]] static Worker* current();
    /// The worker computes, or blocks, for `span`.
    void work(Worker& worker, WorkKind kind, Duration span, PlaceId place);

    /// Whose code has the turn; none for the loop's own thread.
    [[nodiscard]] WorkerId running() const { return running_; }
    [[nodiscard]] EventLoop& loop() const { return loop_; }

    // ---- Meanwhile ----

    [[nodiscard]] bool busy() const override;
    void look_around() override;
    void compute(Duration span) override;
    [[nodiscard]] bool rest(std::optional<TimePoint> until, const std::function<bool()>& woken) override;

private:
    using State = Thread::State;
    enum class Lived {
        Turn,    ///< the loop's thread can go on
        Nothing, ///< nothing will ever happen again
        Limit,   ///< the program is to be stopped
    };
    struct Alarm {
        TimePoint when;
        std::function<void()> what;
    };

    Lived live();
    void do_what_is_due();
    /// One thing that takes no time and needs no interpreter, or brings a worker to ask for it.
    bool do_one_thing();
    bool ring_alarm();
    bool end_work();
    bool pass_interpreter();
    bool prepare_for_time();
    bool pass_time();
    [[nodiscard]] std::optional<TimePoint> next_moment() const;
    [[nodiscard]] std::optional<TimePoint> end_of_slice() const;
    [[nodiscard]] bool has_core(const Thread& thread) const;
    /// How much of a core everybody who computes gets, up to 1.
    [[nodiscard]] double share() const;
    void progress(Duration span);

    void ask(Thread& thread);
    void run_code(Worker& worker);
    void run_ahead(Worker& worker);
    void release(Thread& thread);
    void tell_holder();
    [[nodiscard]] TimePoint now() const;
    [[nodiscard]] bool over_limit() const;
    void back_to_the_loop();

    template <class F>
    void for_all(F f) const;

    EventLoop& loop_;
    int cores_ = 8;
    bool gil_ = true;
    Duration switch_interval_{5000};
    Duration start_up_{100'000};
    Duration transfer_{1000};

    Thread loop_thread_;
    const std::function<bool()>* woken_ = nullptr; ///< while the loop's thread rests
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::shared_ptr<Guest>> guests_;
    std::deque<Alarm> alarms_; ///< by time, then in the order in which they were set
    std::vector<std::function<bool()>> preparations_;
    int pending_ = 0;

    Thread* holder_;           ///< of the interpreter
    Thread* told_ = nullptr;   ///< whom the trace knows as its holder
    std::deque<Thread*> line_; ///< who waits for it
    std::deque<Worker*> runnable_; ///< who may run code without it
    WorkerId running_;
    std::uint64_t last_number_ = 0;
    std::uint32_t pools_ = 0;
    std::array<std::uint32_t, 2> names_{};
};

} // namespace loopscope
