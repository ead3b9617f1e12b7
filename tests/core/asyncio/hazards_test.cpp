#include "core/asyncio.h"
#include "tests/support/catch.h"

#include <coroutine>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

// GCC 12 destroys some temporaries twice when their expression holds a co_await (GCC PR 101367 and
// relatives), and loses its way in other places. Each test writes one such expression in two ways: the careful one has to be right with
// every compiler, and of the other it is written down which compilers get it wrong, at every level of
// optimisation. When a test fails because a compiler has learnt better, its row may go from the table
// in CONTRIBUTING.md.
namespace loopscope::tests {
namespace {

#if defined(__GNUC__) && !defined(__clang__) && __GNUC__ < 13
constexpr bool is_gcc_12 = true;
#else
constexpr bool is_gcc_12 = false;
#endif

/// Counts how often it is made and destroyed, and holds nothing, so that a destructor that runs twice
/// does no harm.
struct Counted {
    static inline int made = 0;
    static inline int destroyed = 0;

    Counted() { ++made; }
    Counted(const Counted&) { ++made; }
    Counted(Counted&&) noexcept { ++made; }
    Counted& operator=(const Counted&) = default;
    Counted& operator=(Counted&&) = default;
    ~Counted() { ++destroyed; }
};

/// By how many the destructions are more than the objects; 0 is right.
template <class Action>
int surplus_of(Action action)
{
    Counted::made = Counted::destroyed = 0;
    action();
    CHECK(Counted::made > 0);
    return Counted::destroyed - Counted::made;
}
template <class Program>
int surplus(Program program)
{
    return surplus_of([program] {
        EventLoop loop(EventLoop::Recording::Off);
        loop.run_until_complete(program());
    });
}

struct Aggregate {
    Counted member;
    int port = 80;
};

struct Constructed {
    Constructed(Counted c, int p) : member(std::move(c)), port(p) {}

    Counted member;
    int port;
};

Coro<int> number(int n)
{
    co_await sleep(0);
    co_return n;
}

template <class F>
Coro<int> call(F f)
{
    co_await sleep(0);
    co_return f();
}
template <class T>
Coro<int> port_of(T endpoint)
{
    co_await sleep(0);
    co_return endpoint.port;
}
Coro<int> count(std::vector<Counted> items)
{
    co_await sleep(0);
    co_return static_cast<int>(items.size());
}
Coro<std::pair<Counted, int>> pair_of_results()
{
    co_await sleep(0);
    std::pair<Counted, int> result;
    co_return result;
}

// ---- a temporary lambda that captures something with a destructor ----

Coro<void> temporary_lambda()
{
    const Counted held;
    (void)co_await call([held] { return 1; });
}
Coro<void> named_lambda()
{
    const Counted held;
    auto function = [held] { return 1; };
    (void)co_await call(function);
}

// ---- a temporary aggregate ----

Coro<void> temporary_aggregate() { (void)co_await port_of(Aggregate{.member = Counted(), .port = 443}); }
Coro<void> named_aggregate()
{
    const Aggregate endpoint{.member = Counted(), .port = 443};
    (void)co_await port_of(endpoint);
}
Coro<void> temporary_with_a_constructor() { (void)co_await port_of(Constructed(Counted(), 443)); }

// ---- an awaiter ----

// The smallest coroutine there is, since Coro only takes awaiters that an awaitable gives. `Passed`
// says how its await_transform hands an awaiter on.
enum class Passed { ByValue, ByReference };

template <Passed passed>
struct Bare {
    struct promise_type {
        Bare get_return_object() { return {std::coroutine_handle<promise_type>::from_promise(*this)}; }
        std::suspend_always initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept {}

        template <class A>
            requires(passed == Passed::ByValue)
        std::remove_cvref_t<A> await_transform(A&& awaiter)
        {
            return std::forward<A>(awaiter);
        }
        template <class A>
            requires(passed == Passed::ByReference)
        A& await_transform(A& awaiter)
        {
            return awaiter;
        }
    };

    std::coroutine_handle<promise_type> handle;
};

struct AggregateAwaiter {
    Counted member;
    const void** seen_at = nullptr;

    [[nodiscard]] bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const noexcept
    {
        if (seen_at)
            *seen_at = this;
    }
    void await_resume() const noexcept {}
};
struct ConstructedAwaiter : AggregateAwaiter {
    explicit ConstructedAwaiter(Counted c, const void** seen = nullptr) : AggregateAwaiter{std::move(c), seen} {}
};

Bare<Passed::ByValue> aggregate_awaiter() { co_await AggregateAwaiter{Counted()}; }
Bare<Passed::ByValue> awaiter_with_a_constructor() { co_await ConstructedAwaiter(Counted()); }

template <Passed passed>
Bare<passed> awaits_a_name(bool& suspended_itself)
{
    const void* seen = nullptr;
    ConstructedAwaiter awaiter(Counted(), &seen);
    co_await awaiter;
    suspended_itself = seen == &awaiter;
}

template <Passed passed>
void run_bare(Bare<passed> coroutine)
{
    while (!coroutine.handle.done())
        coroutine.handle.resume();
    coroutine.handle.destroy();
}

// ---- an await as the condition of an if or a while, in a coroutine that has no variable ----

// Says that it was asked; the answer is no.
struct Question {
    explicit Question(bool& a) : asked(&a) {}

    bool* asked;

    [[nodiscard]] bool await_ready() const noexcept
    {
        *asked = true;
        return false;
    }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    [[nodiscard]] bool await_resume() const noexcept { return false; }
};

// What GCC 12 makes of it suspends once more before it begins and does not end, or is a trap: no test may
// fall into it.
#if !defined(__GNUC__) || defined(__clang__) || __GNUC__ > 12
#define LOOPSCOPE_AWAIT_IN_CONDITION
Bare<Passed::ByValue> await_in_a_condition(bool& asked)
{
    while (co_await Question(asked)) {
    }
}
#endif
Bare<Passed::ByValue> await_with_a_name(bool& asked)
{
    while (const bool more = co_await Question(asked))
        (void)more;
}

// Whether the first turn of the coroutine comes as far as its first await.
bool begins(Bare<Passed::ByValue> (*coroutine)(bool&))
{
    bool asked = false;
    const std::coroutine_handle<> handle = coroutine(asked).handle;
    handle.resume();
    handle.destroy();
    return asked;
}

// ---- temporaries in the branches of a condition, or in the braces of another ----

struct Wrapped {
    explicit Wrapped(int n = 0) : value(n) {}

    Counted member;
    int value;
};
struct Pair {
    Wrapped first;
    Wrapped second;
};
Coro<void> temporaries_in_branches(bool yes)
{
    const Wrapped w = yes ? Wrapped{co_await number(1)} : Wrapped{};
    (void)w;
}
Coro<void> named_in_branches(bool yes)
{
    int n = 0;
    if (yes)
        n = co_await number(1);
    const Wrapped w{n};
    (void)w;
}
Coro<void> braces_in_braces()
{
    const Pair p{Wrapped{co_await number(1)}, Wrapped{co_await number(2)}};
    (void)p;
}
Coro<void> named_parts()
{
    const int first = co_await number(1);
    const int second = co_await number(2);
    const Pair p{Wrapped{first}, Wrapped{second}};
    (void)p;
}

// ---- a list of initial values ----

// GCC 12 does not compile this at all: "array used as initializer".
#if !defined(__GNUC__) || defined(__clang__) || __GNUC__ > 12
#define LOOPSCOPE_LIST_IN_AWAIT
Coro<void> list_in_the_call() { (void)co_await count({Counted(), Counted()}); }
#endif
Coro<void> vector_first()
{
    std::vector<Counted> items{Counted(), Counted()};
    (void)co_await count(std::move(items));
}

// ---- structured bindings ----

Coro<void> bindings_of_an_await()
{
    auto [counted, n] = co_await pair_of_results();
    (void)counted;
    (void)n;
}
Coro<void> bindings_of_a_name()
{
    auto result = co_await pair_of_results();
    auto& [counted, n] = result;
    (void)counted;
    (void)n;
}

// ---- co_yield ----

AsyncGenerator<Aggregate> yields_temporaries()
{
    co_yield Aggregate{.member = Counted(), .port = 1};
    co_yield Aggregate{.member = Counted(), .port = 2};
}
AsyncGenerator<Aggregate> yields_names()
{
    Aggregate first{.member = Counted(), .port = 1};
    co_yield std::move(first);
    const Aggregate second{.member = Counted(), .port = 2};
    co_yield second;
}
AsyncGenerator<Constructed> yields_constructed()
{
    co_yield Constructed(Counted(), 1);
    co_yield Constructed(Counted(), 2);
}
template <class T>
Coro<void> consume(AsyncGenerator<T> items)
{
    while (const std::optional<T> item = co_await items.next())
        co_await sleep(0);
}

TEST_CASE("a lambda that captures is named before it goes into an expression with co_await", "[core][hazards]")
{
    CHECK(surplus(named_lambda) == 0);
    CHECK(surplus(temporary_lambda) == (is_gcc_12 ? 1 : 0));
}

TEST_CASE("an aggregate is named, or has a constructor", "[core][hazards]")
{
    CHECK(surplus(named_aggregate) == 0);
    CHECK(surplus(temporary_with_a_constructor) == 0);
    CHECK(surplus(temporary_aggregate) == (is_gcc_12 ? 1 : 0));
}

TEST_CASE("an awaiter has a constructor", "[core][hazards]")
{
    CHECK(surplus_of([] { run_bare(awaiter_with_a_constructor()); }) == 0);
    CHECK(surplus_of([] { run_bare(aggregate_awaiter()); }) == (is_gcc_12 ? 1 : 0));
}

TEST_CASE("an awaiter that await_transform gives as a reference is the one that suspends", "[core][hazards]")
{
    bool itself = false;
    CHECK(surplus_of([&] { run_bare(awaits_a_name<Passed::ByReference>(itself)); }) == 0);
    CHECK(itself == !is_gcc_12); // which suspends a copy
}

TEST_CASE("an await that decides an if or a while has a name", "[core][hazards]")
{
    CHECK(begins(await_with_a_name));
#ifdef LOOPSCOPE_AWAIT_IN_CONDITION
    CHECK(begins(await_in_a_condition));
#endif
}

TEST_CASE("a branch that awaits is an if, not a conditional expression", "[core][hazards]")
{
    for (const bool yes : {true, false}) {
        CAPTURE(yes);
        CHECK(surplus([yes] { return named_in_branches(yes); }) == 0);
        CHECK(surplus([yes] { return temporaries_in_branches(yes); }) == (is_gcc_12 ? 1 : 0));
    }
}

TEST_CASE("what is awaited inside braces is awaited before", "[core][hazards]")
{
    CHECK(surplus(named_parts) == 0);
    CHECK(surplus(braces_in_braces) == (is_gcc_12 ? 2 : 0));
}

TEST_CASE("a list of arguments is made before the call that is awaited", "[core][hazards]")
{
    CHECK(surplus(vector_first) == 0);
#ifdef LOOPSCOPE_LIST_IN_AWAIT
    CHECK(surplus(list_in_the_call) == 0);
#endif
}

// Here the table is more careful than any of these compilers asks for.
TEST_CASE("structured bindings take an awaited result apart", "[core][hazards]")
{
    CHECK(surplus(bindings_of_a_name) == 0);
    CHECK(surplus(bindings_of_an_await) == 0);
}

TEST_CASE("an aggregate that is yielded has a name, or a constructor", "[core][hazards]")
{
    CHECK(surplus([] { return consume(yields_names()); }) == 0);
    CHECK(surplus([] { return consume(yields_constructed()); }) == 0);
    CHECK(surplus([] { return consume(yields_temporaries()); }) == (is_gcc_12 ? 2 : 0));
}

} // namespace
} // namespace loopscope::tests
