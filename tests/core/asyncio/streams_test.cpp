#include "core/asyncio.h"
#include "core/trace/explain.h"
#include "core/trace/replay.h"
#include "core/trace/spans.h"
#include "tests/support/catch.h"
#include "tests/support/run_scenario.h"

#include <algorithm>
#include <random>
#include <string>
#include <vector>

// Texts, orders and numbers of turns are those of the same programs on CPython, over its loopback.

namespace loopscope::tests {
namespace {

using lines = std::vector<std::string>;

lines texts_of(const Trace& trace)
{
    lines texts;
    for (const Note& note : notes_of(trace))
        texts.emplace_back(note.text);
    return texts;
}

/// Every fact has its state and its words, and a replay gives the same.
void check_trace(const Trace& trace)
{
    const RunSpans spans = spans_of(trace);
    Snapshot state;
    for (std::size_t i = 0; i < trace.size(); ++i) {
        apply(state, trace);
        REQUIRE(!explain(trace, i, state, spans.causes).sentence.empty());
    }
}

Ran run_on(const std::function<void(Network&)>& stage, const std::function<Coro<void>()>& main)
{
    EventLoop loop;
    stage(loop.network());
    Ran ran{loop.trace(), {}};
    ran.outcome = run_program(loop, main);
    check_trace(*ran.trace);
    return ran;
}

Coro<void> echo(StreamReader reader, StreamWriter writer)
{
    print("handler begins");
    const std::string line = co_await reader.readline();
    print("server got " + line);
    writer.write("echo " + line);
    co_await writer.drain();
    print("drained");
    writer.close();
    co_await writer.wait_closed();
    print("server closed");
}

int turns = 0;

Coro<void> count_turns()
{
    for (;;) {
        ++turns;
        co_await sleep(0);
    }
}

std::string counted(std::string what, int before) { return what + " " + std::to_string(turns - before); }

Coro<void> echo_client()
{
    turns = 0;
    const Task<void> counter = create_task(count_turns());
    co_await sleep(0);
    int before = turns;
    const Server server = co_await start_server(echo, "127.0.0.1", 0);
    print(counted("start_server", before));
    before = turns;
    Streams streams = co_await open_connection("127.0.0.1", server.port());
    print(counted("open_connection", before));
    const auto& [reader, writer] = streams;
    before = turns;
    writer.write("hi\n");
    co_await writer.drain();
    print(counted("drain", before));
    const std::string line = co_await reader.readline();
    print("client got " + line);
    before = turns;
    const std::string rest = co_await reader.read();
    print(counted("read '" + rest + "'", before));
    CHECK(reader.at_eof());
    before = turns;
    writer.close();
    co_await writer.wait_closed();
    print(counted("wait_closed", before));
    counter.cancel();
    server.close();
    co_await server.wait_closed();
}

TEST_CASE("an echo over the network takes CPython's turns", "[core][streams]")
{
    const Ran ran = run_main(echo_client);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace)
          == lines{"start_server 4", "handler begins", "open_connection 4", "drain 0", "server got hi\n", "drained",
                   "server closed", "client got echo hi\n", "read '' 1", "wait_closed 2"});
    check_trace(*ran.trace);
}

TEST_CASE("latency is paid twice to connect, and once for each message", "[core][streams]")
{
    const Ran ran = run_on([](Network& network) { network.set_link("far.example", {.latency = 0.1}); }, []() -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const Server server = co_await start_server(echo, "far.example", 80);
        Streams streams = co_await open_connection("far.example", 80);
        print("connected at " + std::to_string(loop.time()));
        streams.writer.write("hi\n");
        const std::string line = co_await streams.reader.readline();
        print(line + " at " + std::to_string(loop.time()));
        streams.writer.close();
        co_await streams.writer.wait_closed();
    });
    CHECK(ran.outcome == Outcome());
    CHECK(printed(*ran.trace)
          == lines{"0.1 echo: handler begins", "0.2 main: connected at 0.200000", "0.3 echo: server got hi\n",
                   "0.3 echo: drained", "0.3 echo: server closed", "0.4 main: echo hi\n at 0.400000"});
}

TEST_CASE("readline goes on only with the piece that has the newline", "[core][streams][lesson18]")
{
    const auto read_a_line = []() -> Coro<void> {
        const Streams streams = co_await open_connection("example.com", 7);
        const std::string line = co_await streams.reader.readline();
        print(line);
    };
    const auto with_newline_in = [&](int piece) {
        return run_on(
            [piece](Network& network) {
                std::vector<Network::TimedPiece> pieces{{0.3, "one "}, {0.5, "two "}, {0.9, "three"}};
                pieces[static_cast<std::size_t>(piece - 1)].bytes += "\n";
                network.set_pieces("example.com", 7, pieces);
            },
            read_a_line);
    };
    CHECK(printed(*with_newline_in(3).trace) == lines{"0.9 main: one two three\n"});
    CHECK(printed(*with_newline_in(2).trace) == lines{"0.5 main: one two \n"});
    CHECK(printed(*with_newline_in(1).trace) == lines{"0.3 main: one \n"});
}

TEST_CASE("what is buffered already is read without letting go of the turn", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const StreamReader reader;
        reader.feed_data("one\ntwo\nthree");
        const Task<void> other = create_task(count_turns());
        turns = 0;
        const std::string one = co_await reader.readline();
        const std::string two = co_await reader.readuntil("\n");
        const std::string th = co_await reader.readexactly(2);
        const std::string r = co_await reader.read(1);
        const std::string none = co_await reader.read(0);
        CHECK(turns == 0);
        CHECK((one == "one\n" && two == "two\n" && th == "th" && r == "r" && none.empty()));
        CHECK(!reader.at_eof());
        reader.feed_eof();
        const std::string rest = co_await reader.read();
        CHECK(rest == "ee");
        CHECK(reader.at_eof());
        const std::string nothing = co_await reader.readline();
        CHECK(nothing.empty());
        other.cancel();
    };
    CHECK(run_main(main).outcome == Outcome());
}

TEST_CASE("a stream that ends too early says what had come", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const StreamReader reader;
        reader.feed_data("abc");
        reader.feed_eof();
        try {
            (void)co_await reader.readexactly(5);
        } catch (const IncompleteReadError& e) {
            print(e.type() + ": " + e.what());
            CHECK(e.partial() == "abc");
            CHECK(e.expected() == std::size_t{5});
        }
        try {
            (void)co_await reader.readuntil("x");
        } catch (const EOFError& e) {
            print(e.what());
        }
    };
    CHECK(texts_of(*run_main(main).trace)
          == lines{"IncompleteReadError: 3 bytes read on a total of 5 expected bytes",
                   "0 bytes read on a total of undefined expected bytes"});
}

TEST_CASE("lines beyond the limit are refused", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const StreamReader lined(4);
        lined.feed_data("abcdefgh\nij\n");
        try {
            (void)co_await lined.readline();
        } catch (const ValueError& e) {
            print(e.what());
        }
        const std::string next = co_await lined.readline();
        print(next);
        const StreamReader endless(4);
        endless.feed_data("abcdefgh");
        try {
            (void)co_await endless.readuntil();
        } catch (const LimitOverrunError& e) {
            print(std::string(e.what()) + " " + std::to_string(e.consumed()));
        }
        CHECK_THROWS_AS(StreamReader(0), ValueError);
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace)
          == lines{"Separator is found, but chunk is longer than limit", "ij\n",
                   "Separator is not found, and chunk exceed the limit 8"});
}

Coro<void> read_as(std::string name, StreamReader reader)
{
    try {
        const std::string line = co_await reader.readline();
        print(name + " " + line);
    } catch (const RuntimeError& e) {
        print(name + " " + e.what());
    }
}

TEST_CASE("two readers at once are an error of the second", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const StreamReader reader;
        const auto both = gather(read_as("a", reader), read_as("b", reader));
        co_await sleep(0.01);
        reader.feed_data("x\n");
        co_await both;
    };
    CHECK(texts_of(*run_main(main).trace)
          == lines{"b readuntil() called while another coroutine is already waiting for incoming data", "a x\n"});
}

TEST_CASE("nobody listens: the connection is refused after the way there and back", "[core][streams]")
{
    const Ran ran = run_on([](Network& network) { network.set_link({.latency = 0.2}); }, []() -> Coro<void> {
        try {
            (void)co_await open_connection("127.0.0.1", 1);
        } catch (const ConnectionRefusedError& e) {
            print(e.what());
        }
    });
    CHECK(printed(*ran.trace) == lines{"0.4 main: [Errno 111] Connect call failed ('127.0.0.1', 1)"});
}

TEST_CASE("a port has one server", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const Server first = co_await start_server(echo, "127.0.0.1", 8888);
        try {
            (void)co_await start_server(echo, "127.0.0.1", 8888);
        } catch (const OSError& e) {
            print(e.what());
        }
        first.close();
        CHECK(!first.is_serving());
        const Server second = co_await start_server(echo, "127.0.0.1", 8888);
        CHECK(second.is_serving());
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace)
          == lines{"[Errno 98] error while attempting to bind on address ('127.0.0.1', 8888): address already in use"});
}

Coro<void> read_slowly(StreamReader reader, StreamWriter writer)
{
    std::size_t total = 0;
    for (;;) {
        const std::string part = co_await reader.read(20'000);
        if (part.empty())
            break;
        total += part.size();
        co_await sleep(0.1);
    }
    print("read " + std::to_string(total));
    writer.close();
}

TEST_CASE("drain holds a writer back when the reader is slow", "[core][streams]")
{
    const auto write_much = [](bool drains) -> Coro<void> {
        EventLoop& loop = get_running_loop();
        const Server server = co_await start_server(read_slowly, "127.0.0.1", 80, 10'000);
        Streams streams = co_await open_connection("127.0.0.1", 80);
        std::size_t most = 0;
        for (int i = 0; i < 50; ++i) {
            streams.writer.write(std::string(10'000, 'x'));
            most = std::max(most, streams.writer.get_write_buffer_size());
            if (drains)
                co_await streams.writer.drain();
        }
        print(std::string(most > 80'000 ? "much" : "little") + " was buffered");
        print(loop.time() > 1 ? "written in time with the reader" : "written at once");
        streams.writer.close();
        co_await streams.writer.wait_closed();
        server.close();
        co_await server.wait_closed();
        print(loop.time() > 2 ? "slowly" : "quickly");
    };
    const auto small_buffers = [](Network& network) { network.set_link({.buffer = 30'000}); };
    const Ran drained = run_on(small_buffers, [&] { return write_much(true); });
    CHECK(drained.outcome == Outcome());
    CHECK(texts_of(*drained.trace)
          == lines{"little was buffered", "written in time with the reader", "read 500000", "slowly"});
    const Ran heaped = run_on(small_buffers, [&] { return write_much(false); });
    CHECK(texts_of(*heaped.trace) == lines{"much was buffered", "written at once", "read 500000", "slowly"});
}

Coro<void> take_all(StreamReader reader, StreamWriter writer)
{
    EventLoop& loop = get_running_loop();
    const std::string all = co_await reader.read();
    print(std::to_string(all.size()) + " bytes by " + std::to_string(loop.time()));
    writer.close();
}

TEST_CASE("a line of limited bandwidth takes its time", "[core][streams]")
{
    const Ran ran = run_on([](Network& network) { network.set_link({.latency = 0.1, .bandwidth = 100'000}); },
                           []() -> Coro<void> {
                               const Server server = co_await start_server(take_all, "127.0.0.1", 80);
                               Streams streams = co_await open_connection("127.0.0.1", 80);
                               streams.writer.write(std::string(50'000, 'x'));
                               streams.writer.write_eof();
                               CHECK_THROWS_AS(streams.writer.write("more"), RuntimeError);
                               const std::string end = co_await streams.reader.read();
                               CHECK(end.empty());
                           });
    CHECK(ran.outcome == Outcome());
    // 0.2 to connect, 0.5 for the bytes to leave, 0.1 for the last of them to arrive.
    CHECK(printed(*ran.trace) == lines{"0.8 take_all: 50000 bytes by 0.800000"});
}

Coro<void> hang_up(StreamReader, StreamWriter writer)
{
    co_await sleep(0.1);
    writer.close(); // with what came still unread
}

TEST_CASE("a peer that closes with bytes unread resets the connection", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const Server server = co_await start_server(hang_up, "127.0.0.1", 80, 2);
        Streams streams = co_await open_connection("127.0.0.1", 80);
        streams.writer.write(std::string(1000, 'x'));
        co_await sleep(0.05);
        streams.writer.write(std::string(1000, 'x')); // its reader is full: this stays in the socket
        try {
            (void)co_await streams.reader.read();
        } catch (const ConnectionResetError& e) {
            print(e.what());
        }
        try {
            streams.writer.write("more");
            co_await streams.writer.drain();
        } catch (const ConnectionResetError& e) {
            print(e.what());
        }
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(printed(*ran.trace)
          == lines{"0.1 main: [Errno 104] Connection reset by peer", "0.1 main: [Errno 104] Connection reset by peer"});
    check_trace(*ran.trace);
}

TEST_CASE("after close a stream is over for both sides of it", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const auto sleep_on = [](StreamReader, StreamWriter) -> Coro<void> { co_await sleep(1); };
        const Server server = co_await start_server(sleep_on, "127.0.0.1", 80);
        Streams streams = co_await open_connection("127.0.0.1", 80);
        const auto& [reader, writer] = streams;
        writer.write("abc");
        writer.close();
        writer.close();
        CHECK(writer.is_closing());
        co_await writer.wait_closed();
        co_await writer.wait_closed();
        print("closed");
        try {
            co_await writer.drain();
        } catch (const ConnectionResetError& e) {
            print(e.what());
        }
        const std::string rest = co_await reader.read();
        CHECK(rest.empty());
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace) == lines{"closed", "Connection lost"});
}

Coro<void> fail_at_once(StreamReader, StreamWriter)
{
    co_await sleep(0.1);
    throw ValueError("handler failed");
}

TEST_CASE("a handler that fails closes its connection and tells the loop", "[core][streams]")
{
    EventLoop loop;
    lines told;
    loop.set_exception_handler([&](EventLoop&, const ExceptionContext& context) { told.push_back(context.message); });
    const auto main = []() -> Coro<void> {
        const Server server = co_await start_server(fail_at_once, "127.0.0.1", 80);
        Streams streams = co_await open_connection("127.0.0.1", 80);
        const std::string all = co_await streams.reader.read();
        CHECK(all.empty());
    };
    CHECK(run_program(loop, main) == Outcome());
    CHECK(told == lines{"Unhandled exception in client_connected_cb"});
    CHECK(loop.time() == Approx(0.1));
}

TEST_CASE("a client whose writer is dropped is closed", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const Server server = co_await start_server(take_all, "127.0.0.1", 80);
        {
            Streams streams = co_await open_connection("127.0.0.1", 80);
            streams.writer.write("bye");
        }
        co_await sleep(0.1);
    };
    CHECK(texts_of(*run_main(main).trace) == lines{"3 bytes by 0.000000"});
}

TEST_CASE("serve_forever ends with the server or with its task", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const Server server = co_await start_server(echo, "127.0.0.1", 80);
        const Task<void> forever = create_task(server.serve_forever());
        co_await sleep(0.1);
        forever.cancel();
        try {
            co_await forever;
        } catch (const CancelledError&) {
            print("cancelled");
        }
        CHECK(!server.is_serving());
        try {
            (void)co_await open_connection("127.0.0.1", 80);
        } catch (const ConnectionRefusedError&) {
            print("refused");
        }
    };
    const Ran ran = run_main(main);
    CHECK(ran.outcome == Outcome());
    CHECK(texts_of(*ran.trace) == lines{"cancelled", "refused"});
}

TEST_CASE("a program that waits for bytes that nobody sends is stuck, and leaves nothing behind", "[core][streams]")
{
    const auto main = []() -> Coro<void> {
        const auto silent = [](StreamReader reader, StreamWriter) -> Coro<void> { (void)co_await reader.read(); };
        const Server server = co_await start_server(silent, "127.0.0.1", 80);
        Streams streams = co_await open_connection("127.0.0.1", 80);
        (void)co_await streams.reader.readline();
    };
    CHECK(run_main(main).outcome.kind == Outcome::Kind::Deadlock);
}

Coro<void> repeat(StreamReader reader, StreamWriter writer)
{
    for (;;) {
        const std::string part = co_await reader.read(1000);
        if (part.empty())
            break;
        writer.write(part);
        co_await writer.drain();
    }
    writer.close();
}

Coro<void> send_all(StreamWriter writer, std::string text, std::uint32_t seed)
{
    std::mt19937 dice(seed);
    for (std::size_t sent = 0; sent < text.size();) {
        const std::size_t size = 1 + dice() % 5000;
        writer.write(text.substr(sent, size));
        sent += size;
        if (dice() % 2 == 0)
            co_await writer.drain();
        if (dice() % 4 == 0) {
            const double pause = 0.001 * static_cast<double>(dice() % 20);
            co_await sleep(pause);
        }
    }
    writer.write_eof();
}

Coro<void> one_client(std::uint32_t seed)
{
    std::mt19937 dice(seed);
    std::string text(dice() % 60'000, ' ');
    for (char& c : text)
        c = static_cast<char>('a' + dice() % 26);
    Streams streams = co_await open_connection("127.0.0.1", 80);
    streams.writer.set_write_buffer_limits(1 + dice() % 20'000);
    const Task<void> sender = create_task(send_all(streams.writer, text, seed));
    std::string back;
    for (;;) {
        const std::string part = co_await streams.reader.read(static_cast<long>(1 + dice() % 3000));
        if (part.empty())
            break;
        back += part;
    }
    co_await sender;
    streams.writer.close();
    co_await streams.writer.wait_closed();
    CHECK(back == text);
}

TEST_CASE("whatever buffers and lines are like, bytes arrive whole and in order", "[core][streams]")
{
    for (std::uint32_t seed = 1; seed <= 40; ++seed) {
        CAPTURE(seed);
        std::mt19937 dice(seed);
        const Link link{.latency = 0.001 * static_cast<double>(dice() % 50),
                        .bandwidth = dice() % 2 == 0 ? 0.0 : 1000.0 * static_cast<double>(1 + dice() % 1000),
                        .buffer = 1 + dice() % 10'000};
        const int clients = 1 + static_cast<int>(dice() % 3);
        const Ran ran = run_on([&](Network& network) { network.set_link(link); }, [seed, clients]() -> Coro<void> {
            const Server server = co_await start_server(repeat, "127.0.0.1", 80);
            std::vector<Coro<void>> all;
            for (int i = 0; i < clients; ++i)
                all.push_back(one_client(seed * 10 + static_cast<std::uint32_t>(i)));
            const auto together = gather(std::move(all));
            co_await together;
            server.close();
            co_await server.wait_closed();
        });
        REQUIRE(ran.outcome == Outcome());
        Snapshot last;
        while (last.step < ran.trace->size())
            apply(last, *ran.trace);
        CHECK(last.in_flight.empty());
    }
}

} // namespace
} // namespace loopscope::tests
