#pragma once

#include "core/asyncio/network.h"

#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace loopscope {

/// The stream ended before all that was asked for had come.
class IncompleteReadError : public EOFError {
public:
    /// `expected`: how many bytes were asked for, if it was a number.
    IncompleteReadError(std::string partial, std::optional<std::size_t> expected);
    [[nodiscard]] std::string type() const override { return "IncompleteReadError"; }
    /// What had come, which is not in the stream any more.
    [[nodiscard]] const std::string& partial() const { return partial_; }
    [[nodiscard]] std::optional<std::size_t> expected() const { return expected_; }

private:
    std::string partial_;
    std::optional<std::size_t> expected_;
};

/// No separator within the reader's limit. What was read stays in the stream.
class LimitOverrunError : public Exception {
public:
    LimitOverrunError(std::string message, std::size_t consumed)
        : Exception(std::move(message)), consumed_(consumed)
    {
    }
    [[nodiscard]] std::string type() const override { return "LimitOverrunError"; }
    /// How many bytes would have to be read to go on.
    [[nodiscard]] std::size_t consumed() const { return consumed_; }

private:
    std::size_t consumed_;
};

namespace detail {
class ReaderState;
class ServerState;
class Stream;
class WriterState;
}

/// Bytes as they come in. As asyncio.StreamReader; copies share the stream. One coroutine at a time
/// may wait for data: a second one gets RuntimeError. What is buffered already is given without
/// letting go of the turn.
class StreamReader {
public:
    /// A stream that somebody feeds by hand. Throws ValueError when the limit is zero. Requires a
    /// running loop.
    explicit StreamReader(std::size_t limit = default_limit);
    explicit StreamReader(Ref<detail::ReaderState> state);
    StreamReader(const StreamReader&);
    StreamReader& operator=(const StreamReader&);
    ~StreamReader();

    static constexpr std::size_t default_limit = std::size_t{64} << 10;

    /// Up to `n` bytes and at least one; all until the end of the stream when n is below zero. Empty at
    /// the end of the stream.
    [[nodiscard]] Coro<std::string> read(long n = -1) const;
    /// A line with its newline; without one, or empty, at the end of the stream. Throws ValueError when
    /// the line is longer than the limit.
    [[nodiscard]] Coro<std::string> readline() const;
    /// Exactly `n` bytes. Throws IncompleteReadError when the stream ends before.
    [[nodiscard]] Coro<std::string> readexactly(std::size_t n) const;
    /// All up to the separator, with it. Throws IncompleteReadError and LimitOverrunError.
    [[nodiscard]] Coro<std::string> readuntil(std::string separator = "\n") const;
    /// The stream has ended and nothing is left in the buffer.
    [[nodiscard]] bool at_eof() const;

    void feed_data(std::string_view data) const;
    void feed_eof() const;
    [[nodiscard]] std::exception_ptr exception() const;

private:
    Ref<detail::ReaderState> state_;
};

/// Bytes on their way out. As asyncio.StreamWriter; copies share it, and when the last one of a
/// client's goes away the stream is closed, as CPython 3.13 does.
class StreamWriter {
public:
    explicit StreamWriter(Ref<detail::WriterState> state);
    StreamWriter(const StreamWriter&);
    StreamWriter& operator=(const StreamWriter&);
    ~StreamWriter();

    /// Never waits: what the network does not take at once is buffered. Throws RuntimeError after
    /// write_eof().
    void write(std::string data, Where at = Where::current()) const;
    void writelines(const std::vector<std::string>& lines, Where at = Where::current()) const;
    /// Waits while more is buffered than the high-water mark, until it is below the low one. Throws
    /// ConnectionResetError when the connection is lost.
    [[nodiscard]] Coro<void> drain() const;
    /// No more will be written; the other end reads the end of the stream.
    void write_eof() const;
    [[nodiscard]] bool can_write_eof() const { return true; }
    /// Closes the stream when all that is buffered is gone.
    void close() const;
    [[nodiscard]] bool is_closing() const;
    [[nodiscard]] Coro<void> wait_closed() const;

    /// transport.set_write_buffer_limits(): 64 KiB and a quarter of it unless set.
    void set_write_buffer_limits(std::size_t high, std::optional<std::size_t> low = {}) const;
    /// transport.get_write_buffer_size()
    [[nodiscard]] std::size_t get_write_buffer_size() const;
    /// Who is at the other end: "example.com:80".
    [[nodiscard]] std::string peername() const;

private:
    Ref<detail::WriterState> state_;
};

/// What open_connection() gives.
struct Streams {
    Streams(StreamReader r, StreamWriter w) : reader(std::move(r)), writer(std::move(w)) {}

    StreamReader reader;
    StreamWriter writer;
};

/// Connects to a server of this program, or to a host that Network::set_pieces() describes. Throws
/// ConnectionRefusedError when nobody listens there. Simplified: names cost nothing to look up.
[[nodiscard]] Coro<Streams> open_connection(std::string host, int port, std::size_t limit = StreamReader::default_limit);

/// As asyncio.Server. Copies share it.
class Server {
public:
    explicit Server(Ref<detail::ServerState> state);
    Server(const Server&);
    Server& operator=(const Server&);
    ~Server();

    [[nodiscard]] int port() const;
    [[nodiscard]] bool is_serving() const;
    /// Takes no more connections; those it has go on.
    void close() const;
    /// Closes the connections that it has.
    void close_clients() const;
    /// Until it is closed and all its connections are.
    [[nodiscard]] Coro<void> wait_closed() const;
    /// Until it is closed, or the task that waits is cancelled.
    [[nodiscard]] Coro<void> serve_forever() const;

private:
    Ref<detail::ServerState> state_;
};

namespace detail {
/// What is done with a new connection; a task, if it is a coroutine.
using ClientConnected = std::function<std::optional<Task<void>>(StreamReader, StreamWriter)>;
Coro<Server> serve(ClientConnected connected, std::string host, int port, std::size_t limit);
}

/// Listens on a port, 0 for a free one. `handler(reader, writer)` is called for each connection; a
/// coroutine becomes a task. Throws OSError when the port is in use.
template <class Handler>
[[nodiscard]] Coro<Server> start_server(Handler handler, std::string host, int port,
                                        std::size_t limit = StreamReader::default_limit)
{
    detail::ClientConnected connected
        = [handler = std::move(handler)](StreamReader reader, StreamWriter writer) -> std::optional<Task<void>> {
        if constexpr (std::is_void_v<std::invoke_result_t<const Handler&, StreamReader, StreamWriter>>) {
            handler(std::move(reader), std::move(writer));
            return std::nullopt;
        } else {
            return create_task(handler(std::move(reader), std::move(writer)));
        }
    };
    return detail::serve(std::move(connected), std::move(host), port, limit);
}

} // namespace loopscope
