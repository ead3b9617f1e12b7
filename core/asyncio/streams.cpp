#include "core/asyncio/streams.h"

#include "core/asyncio/sleep.h"
#include "core/asyncio/socket.h"
#include "core/asyncio/waiter.h"

#include <algorithm>
#include <cassert>
#include <deque>

namespace loopscope {
namespace {

constexpr std::size_t most_at_once = std::size_t{256} << 10; ///< bytes that one callback reads
constexpr std::size_t high_water = std::size_t{64} << 10;

Ref<FutureBase> make_future(EventLoop& loop, FutureKind kind, std::string label)
{
    return make_ref<Waiter>(loop, kind, std::move(label));
}

void set_done(const Ref<FutureBase>& future)
{
    if (!future->done())
        static_cast<Waiter&>(*future).set_result({});
}

} // namespace

IncompleteReadError::IncompleteReadError(std::string partial, std::optional<std::size_t> expected)
    : EOFError(std::to_string(partial.size()) + " bytes read on a total of "
               + (expected ? std::to_string(*expected) : std::string("undefined")) + " expected bytes")
    , partial_(std::move(partial))
    , expected_(expected)
{
}

namespace detail {

class ReaderState final : public RefCounted {
public:
    ReaderState(EventLoop& its_loop, std::size_t most, std::string from)
        : loop(its_loop), limit(most), peer(std::move(from))
    {
        if (limit == 0)
            throw ValueError("Limit cannot be <= 0");
    }

    void wake()
    {
        if (const Ref<FutureBase> future = std::exchange(waiter, {}))
            set_done(future);
    }

    void feed_data(std::string_view data);
    void feed_eof()
    {
        eof = true;
        wake();
    }

    void set_exception(std::exception_ptr error)
    {
        exception = error;
        if (const Ref<FutureBase> future = std::exchange(waiter, {}); future && !future->done())
            future->set_exception(error);
    }

    /// Takes from the front of the buffer.
    std::string take(std::size_t n)
    {
        std::string bytes = buffer.substr(0, n);
        buffer.erase(0, n);
        resume_if_room();
        return bytes;
    }

    void resume_if_room();
    void resume();

    EventLoop& loop;
    std::size_t limit;
    std::string peer; ///< empty for one that is fed by hand
    std::string buffer;
    bool eof = false;
    bool paused = false;
    Ref<FutureBase> waiter;
    std::exception_ptr exception;
    Stream* stream = nullptr;
};

class WriterState final : public RefCounted {
public:
    explicit WriterState(Ref<Stream> into) : stream(std::move(into)) {}
    ~WriterState() override;

    Ref<Stream> stream;
};

/// One end of a connection: asyncio's transport and the protocol of its streams in one.
class Stream final : public OpenEnd {
public:
    using Side = Connection::Side;

    Stream(EventLoop& loop, Ref<Connection> connection, Side side, std::size_t limit)
        : loop_(loop)
        , connection_(std::move(connection))
        , side_(side)
        , reader_(make_ref<ReaderState>(loop, limit, peer()))
        , closed_(make_future(loop, FutureKind::Plain, "wait_closed()"))
    {
        reader_->stream = this;
    }
    ~Stream() override { reader_->stream = nullptr; }

    /// In the next iteration, in this order: `made` is called, reading begins, `ready` is done.
    void begin(std::function<void()> made, Ref<FutureBase> ready)
    {
        loop_.network().keep(Ref<OpenEnd>(this));
        const Ref<Stream> self(this);
        loop_.call_soon(std::move(made), "connection made");
        loop_.call_soon([self] { self->watch_reading(); }, "start reading");
        loop_.call_soon([ready] { set_done(ready); }, "connected");
    }

    [[nodiscard]] EventLoop& loop() const { return loop_; }
    [[nodiscard]] const Ref<ReaderState>& reader() const { return reader_; }
    [[nodiscard]] std::string peer() const { return connection_->name(Connection::other(side_)); }
    [[nodiscard]] bool is_closing() const { return closing_; }
    [[nodiscard]] std::size_t buffered() const { return buffer_.size(); }
    [[nodiscard]] const Ref<FutureBase>& closed() const { return closed_; }

    /// A server's end keeps its writer until the connection is lost.
    void keep_writer(Ref<WriterState> writer) { writer_ = std::move(writer); }
    void on_lost(std::function<void()> told) { lost_.push_back(std::move(told)); }

    void write(std::string data, const Where& at);
    void write_eof();
    void close();
    void abort(std::exception_ptr error);
    Coro<void> drain();
    void set_limits(std::size_t high, std::size_t low);

    void pause_reading();
    void resume_reading();

    void forget() override
    {
        writer_ = {};
        lost_.clear();
    }

private:
    void watch_reading();
    void read_ready();
    void write_ready();
    void lose(std::exception_ptr error);
    void pause_if_full();
    void resume_if_low();

    EventLoop& loop_;
    Ref<Connection> connection_;
    Side side_;
    Ref<ReaderState> reader_;
    Ref<FutureBase> closed_;
    Ref<WriterState> writer_;
    std::vector<std::function<void()>> lost_;
    std::string buffer_; ///< to be written
    std::size_t high_ = high_water;
    std::size_t low_ = high_water / 4;
    std::deque<Ref<FutureBase>> drainers_;
    bool full_ = false; ///< pause_writing() of asyncio's protocol
    bool reading_ = true;
    bool eof_ = false;
    bool closing_ = false;
    bool losing_ = false; ///< connection_lost is under way, or was
    bool lost_it_ = false;
};

void ReaderState::feed_data(std::string_view data)
{
    assert(!eof);
    if (data.empty())
        return;
    buffer += data;
    wake();
    if (stream && !paused && buffer.size() > 2 * limit) {
        paused = true;
        stream->pause_reading();
    }
}

void ReaderState::resume_if_room()
{
    if (paused && buffer.size() <= limit)
        resume();
}

void ReaderState::resume()
{
    if (std::exchange(paused, false) && stream)
        stream->resume_reading();
}

WriterState::~WriterState()
{
    if (!stream->is_closing() && !stream->loop().is_closed())
        stream->close();
}

void Stream::watch_reading()
{
    if (closing_ || !reading_)
        return;
    auto handle = make_ref<SocketHandle>(loop_, "the socket of " + peer(), [this] { read_ready(); });
    handle->waiter = [this] { return reader_->waiter.get(); };
    connection_->watch_reading(side_, handle);
}

void Stream::pause_reading()
{
    if (closing_ || !reading_)
        return;
    reading_ = false;
    connection_->watch_reading(side_, {});
}

void Stream::resume_reading()
{
    if (closing_ || reading_)
        return;
    reading_ = true;
    watch_reading();
}

void Stream::read_ready()
{
    if (losing_)
        return;
    const Ref<Stream> alive(this);
    std::optional<std::string> data;
    try {
        data = connection_->receive(side_, most_at_once);
    } catch (const ConnectionResetError&) {
        abort(std::current_exception());
        return;
    }
    if (!data) {
    } else if (!data->empty()) {
        reader_->feed_data(*data);
    } else {
        reader_->feed_eof();
        connection_->watch_reading(side_, {}); // it can still write
    }
    connection_->reading_was_called(side_);
}

void Stream::write(std::string data, const Where& at)
{
    if (eof_)
        throw RuntimeError("Cannot call write() after write_eof()");
    if (data.empty() || losing_)
        return;
    if (buffer_.empty()) {
        try {
            data.erase(0, connection_->send(side_, data, loop_.place(at)));
        } catch (const ConnectionError&) {
            abort(std::current_exception());
            return;
        }
        if (data.empty())
            return;
        connection_->watch_writing(side_, make_ref<SocketHandle>(loop_, "the socket of " + peer(), [this] { write_ready(); }));
    }
    buffer_ += data;
    pause_if_full();
}

void Stream::write_ready()
{
    if (losing_)
        return;
    const Ref<Stream> alive(this);
    try {
        buffer_.erase(0, connection_->send(side_, buffer_));
    } catch (const ConnectionError&) {
        connection_->watch_writing(side_, {});
        abort(std::current_exception());
        return;
    }
    resume_if_low();
    if (!buffer_.empty()) {
        connection_->writing_was_called(side_);
        return;
    }
    connection_->watch_writing(side_, {});
    if (closing_)
        lose({});
    else if (eof_)
        connection_->shut_down_writing(side_);
}

void Stream::write_eof()
{
    if (closing_ || std::exchange(eof_, true))
        return;
    if (buffer_.empty())
        connection_->shut_down_writing(side_);
}

void Stream::close()
{
    if (std::exchange(closing_, true))
        return;
    connection_->watch_reading(side_, {});
    if (!buffer_.empty())
        return;
    losing_ = true;
    const Ref<Stream> self(this);
    loop_.call_soon([self] { self->lose({}); }, "connection lost");
}

void Stream::abort(std::exception_ptr error)
{
    if (losing_)
        return;
    buffer_.clear();
    connection_->watch_writing(side_, {});
    if (!std::exchange(closing_, true))
        connection_->watch_reading(side_, {});
    losing_ = true;
    const Ref<Stream> self(this);
    loop_.call_soon([self, error] { self->lose(error); }, "connection lost");
}

void Stream::lose(std::exception_ptr error)
{
    losing_ = true;
    const Ref<Stream> alive(this);
    if (error)
        reader_->set_exception(error);
    else
        reader_->feed_eof();
    if (!closed_->done()) {
        if (error) {
            closed_->set_exception(error);
            (void)closed_->exception(); // asyncio does not complain when nobody asks
        } else {
            set_done(closed_);
        }
    }
    lost_it_ = true;
    if (full_)
        for (const Ref<FutureBase>& drainer : drainers_) {
            if (drainer->done())
                continue;
            if (error)
                drainer->set_exception(error);
            else
                set_done(drainer);
        }
    connection_->close(side_);
    for (const std::function<void()>& told : std::exchange(lost_, {}))
        told();
    writer_ = {};
    loop_.network().let_go(*this);
}

void Stream::pause_if_full()
{
    if (buffer_.size() > high_)
        full_ = true;
}

void Stream::resume_if_low()
{
    if (!full_ || buffer_.size() > low_)
        return;
    full_ = false;
    for (const Ref<FutureBase>& drainer : drainers_)
        set_done(drainer);
}

void Stream::set_limits(std::size_t high, std::size_t low)
{
    if (high < low)
        throw ValueError("high (" + std::to_string(high) + ") must be >= low (" + std::to_string(low) + ") must be >= 0");
    high_ = high;
    low_ = low;
    pause_if_full();
}

Coro<void> Stream::drain()
{
    const Ref<Stream> alive(this);
    if (reader_->exception)
        std::rethrow_exception(reader_->exception);
    if (closing_) // the connection may be lost in this turn, and a writer in a loop has to hear of it
        co_await sleep(0);
    if (lost_it_)
        throw ConnectionResetError("Connection lost");
    if (!full_)
        co_return;
    const Ref<FutureBase> waiter = make_future(loop_, FutureKind::Plain, "drain()");
    drainers_.push_back(waiter);
    struct Gone {
        Stream& stream;
        const Ref<FutureBase>& waiter;
        ~Gone() { std::erase(stream.drainers_, waiter); }
    } gone{*this, waiter};
    const Future<void> room(waiter);
    co_await room;
}

// The names are asyncio's own, since a trace shows them.
namespace reading {

Coro<void> wait_for_data(Ref<ReaderState> r, std::string function)
{
    if (r->waiter)
        throw RuntimeError(function + "() called while another coroutine is already waiting for incoming data");
    assert(!r->eof);
    r->resume();
    const Ref<FutureBase> waiter
        = make_future(r->loop, FutureKind::Io, r->peer.empty() ? "data" : "data of " + r->peer);
    r->waiter = waiter;
    struct Gone {
        ReaderState& reader;
        ~Gone() { reader.waiter = {}; }
    } gone{*r};
    const Future<void> data(waiter);
    co_await data;
}

Coro<std::string> readuntil(Ref<ReaderState> r, std::string separator)
{
    if (separator.empty())
        throw ValueError("Separator should be at least one-byte string");
    if (r->exception)
        std::rethrow_exception(r->exception);
    std::size_t offset = 0;
    std::size_t found = std::string::npos;
    for (;;) {
        const std::size_t size = r->buffer.size();
        if (size >= offset + separator.size()) {
            found = r->buffer.find(separator, offset);
            if (found != std::string::npos)
                break;
            offset = size + 1 - separator.size();
            if (offset > r->limit)
                throw LimitOverrunError("Separator is not found, and chunk exceed the limit", offset);
        }
        if (r->eof) {
            std::string partial = std::exchange(r->buffer, {});
            throw IncompleteReadError(std::move(partial), std::nullopt);
        }
        co_await wait_for_data(r, "readuntil");
    }
    if (found > r->limit)
        throw LimitOverrunError("Separator is found, but chunk is longer than limit", found);
    co_return r->take(found + separator.size());
}

Coro<std::string> readline(Ref<ReaderState> r)
{
    try {
        std::string line = co_await readuntil(r, "\n");
        co_return line;
    } catch (const IncompleteReadError& e) {
        co_return e.partial();
    } catch (const LimitOverrunError& e) {
        if (r->buffer.compare(e.consumed(), 1, "\n") == 0)
            r->buffer.erase(0, e.consumed() + 1);
        else
            r->buffer.clear();
        r->resume_if_room();
        throw ValueError(e.what());
    }
}

Coro<std::string> read(Ref<ReaderState> r, long n)
{
    if (r->exception)
        std::rethrow_exception(r->exception);
    if (n == 0)
        co_return std::string();
    if (n < 0) {
        std::string all;
        for (;;) {
            const std::string block = co_await read(r, static_cast<long>(r->limit));
            if (block.empty())
                break;
            all += block;
        }
        co_return all;
    }
    if (r->buffer.empty() && !r->eof)
        co_await wait_for_data(r, "read");
    co_return r->take(static_cast<std::size_t>(n));
}

Coro<std::string> readexactly(Ref<ReaderState> r, std::size_t n)
{
    if (r->exception)
        std::rethrow_exception(r->exception);
    while (r->buffer.size() < n) {
        if (r->eof) {
            std::string partial = std::exchange(r->buffer, {});
            throw IncompleteReadError(std::move(partial), n);
        }
        co_await wait_for_data(r, "readexactly");
    }
    co_return r->take(n);
}

Coro<void> drain(Ref<WriterState> writer) { co_await writer->stream->drain(); }

Coro<void> wait_closed(Ref<Stream> stream)
{
    const Future<void> closed(stream->closed());
    co_await closed;
}

} // namespace reading

class ServerState final : public OpenEnd {
public:
    ServerState(EventLoop& loop, ClientConnected connected, Ref<Listener> listener, std::size_t limit)
        : loop_(loop), connected_(std::move(connected)), listener_(std::move(listener)), limit_(limit), port_(listener_->port())
    {
    }

    void begin()
    {
        loop_.network().keep(Ref<OpenEnd>(this));
        listener_->watch(make_ref<SocketHandle>(
            loop_, "the socket that listens at port " + std::to_string(port_), [this] { accept(); }));
    }

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] bool is_serving() const { return static_cast<bool>(listener_); }

    void close()
    {
        const Ref<Listener> listener = std::exchange(listener_, {});
        if (!listener)
            return;
        const Ref<ServerState> alive(this);
        listener->close();
        loop_.network().stop_listening(*listener);
        if (const Ref<FutureBase> forever = std::exchange(forever_, {}))
            forever->cancel();
        if (clients_.empty())
            wake();
    }

    void close_clients()
    {
        for (const Ref<Stream>& client : std::vector(clients_))
            client->close();
    }

    void forget() override { clients_.clear(); }

    std::optional<std::vector<Ref<FutureBase>>> waiters_ = std::vector<Ref<FutureBase>>(); ///< none when all is over
    Ref<FutureBase> forever_;
    [[nodiscard]] EventLoop& loop() const { return loop_; }

private:
    void accept()
    {
        // A task of asyncio's own takes each in; here it is callbacks, a turn for a turn.
        while (const Ref<Connection> connection = listener_->accept()) {
            const Ref<ServerState> self(this);
            loop_.call_soon([self, connection] { self->take_in(connection); }, "accept");
        }
        listener_->was_called();
    }

    void take_in(const Ref<Connection>& connection)
    {
        auto stream = make_ref<Stream>(loop_, connection, Connection::Side::Server, limit_);
        clients_.push_back(stream);
        const Ref<ServerState> self(this);
        stream->on_lost([self, client = stream.get()] { self->detach(*client); });
        stream->begin([self, stream] { self->connection_made(stream); },
                      make_future(loop_, FutureKind::Plain, "accept"));
    }

    void connection_made(const Ref<Stream>& stream)
    {
        auto writer = make_ref<WriterState>(stream);
        stream->keep_writer(writer);
        const std::optional<Task<void>> task = connected_(StreamReader(stream->reader()), StreamWriter(writer));
        if (!task)
            return;
        task->add_done_callback([&loop = loop_, stream](FutureBase& done) {
            if (done.cancelled()) {
                stream->close();
            } else if (const std::exception_ptr error = done.exception()) {
                loop.call_exception_handler({"Unhandled exception in client_connected_cb", error});
                stream->close();
            }
        }, "start_server");
    }

    void detach(const Stream& client)
    {
        std::erase_if(clients_, [&](const Ref<Stream>& c) { return c.get() == &client; });
        if (clients_.empty() && !listener_)
            wake();
    }

    void wake()
    {
        const std::optional<std::vector<Ref<FutureBase>>> waiters = std::exchange(waiters_, std::nullopt);
        if (waiters)
            for (const Ref<FutureBase>& waiter : *waiters)
                set_done(waiter);
        loop_.network().let_go(*this);
    }

    EventLoop& loop_;
    ClientConnected connected_;
    Ref<Listener> listener_;
    std::size_t limit_;
    int port_;
    std::vector<Ref<Stream>> clients_;
};

namespace serving {

Coro<void> wait_closed(Ref<ServerState> server)
{
    if (!server->waiters_)
        co_return;
    const Ref<FutureBase> waiter = make_future(server->loop(), FutureKind::Plain, "wait_closed()");
    server->waiters_->push_back(waiter);
    const Future<void> closed(waiter);
    co_await closed;
}

Coro<void> serve_forever(Ref<ServerState> server)
{
    if (server->forever_)
        throw RuntimeError("server is already being awaited on serve_forever()");
    if (!server->is_serving())
        throw RuntimeError("server is closed");
    const Ref<FutureBase> waiter = make_future(server->loop(), FutureKind::Plain, "serve_forever()");
    server->forever_ = waiter;
    std::exception_ptr cancelled;
    try {
        const Future<void> forever(waiter);
        co_await forever;
    } catch (const CancelledError&) {
        cancelled = std::current_exception();
    }
    server->forever_ = {};
    server->close();
    co_await wait_closed(server);
    if (cancelled)
        std::rethrow_exception(cancelled);
}

} // namespace serving

Coro<Server> serve(ClientConnected connected, std::string host, int port, std::size_t limit)
{
    EventLoop& loop = get_running_loop();
    // CPython looks the address up in a task of its own, gathers that, and lets one iteration pass.
    for (int turn = 0; turn < 3; ++turn)
        co_await sleep(0);
    auto server = make_ref<ServerState>(loop, std::move(connected), loop.network().listen(std::move(host), port), limit);
    server->begin();
    co_await sleep(0);
    co_return Server(server);
}

} // namespace detail

namespace reading = detail::reading;

StreamReader::StreamReader(std::size_t limit)
    : state_(make_ref<detail::ReaderState>(get_running_loop(), limit, std::string()))
{
}
StreamReader::StreamReader(Ref<detail::ReaderState> state) : state_(std::move(state)) {}
StreamReader::StreamReader(const StreamReader&) = default;
StreamReader& StreamReader::operator=(const StreamReader&) = default;
StreamReader::~StreamReader() = default;

Coro<std::string> StreamReader::read(long n) const { return reading::read(state_, n); }
Coro<std::string> StreamReader::readline() const { return reading::readline(state_); }
Coro<std::string> StreamReader::readexactly(std::size_t n) const { return reading::readexactly(state_, n); }
Coro<std::string> StreamReader::readuntil(std::string separator) const { return reading::readuntil(state_, std::move(separator)); }
bool StreamReader::at_eof() const { return state_->eof && state_->buffer.empty(); }
void StreamReader::feed_data(std::string_view data) const { state_->feed_data(data); }
void StreamReader::feed_eof() const { state_->feed_eof(); }
std::exception_ptr StreamReader::exception() const { return state_->exception; }

StreamWriter::StreamWriter(Ref<detail::WriterState> state) : state_(std::move(state)) {}
StreamWriter::StreamWriter(const StreamWriter&) = default;
StreamWriter& StreamWriter::operator=(const StreamWriter&) = default;
StreamWriter::~StreamWriter() = default;

void StreamWriter::write(std::string data, Where at) const { state_->stream->write(std::move(data), at); }
void StreamWriter::writelines(const std::vector<std::string>& lines, Where at) const
{
    std::string data;
    for (const std::string& line : lines)
        data += line;
    write(std::move(data), at);
}
Coro<void> StreamWriter::drain() const { return reading::drain(state_); }
void StreamWriter::write_eof() const { state_->stream->write_eof(); }
void StreamWriter::close() const { state_->stream->close(); }
bool StreamWriter::is_closing() const { return state_->stream->is_closing(); }
Coro<void> StreamWriter::wait_closed() const { return reading::wait_closed(state_->stream); }
void StreamWriter::set_write_buffer_limits(std::size_t high, std::optional<std::size_t> low) const
{
    state_->stream->set_limits(high, low.value_or(high / 4));
}
std::size_t StreamWriter::get_write_buffer_size() const { return state_->stream->buffered(); }
std::string StreamWriter::peername() const { return state_->stream->peer(); }

Server::Server(Ref<detail::ServerState> state) : state_(std::move(state)) {}
Server::Server(const Server&) = default;
Server& Server::operator=(const Server&) = default;
Server::~Server() = default;
int Server::port() const { return state_->port(); }
bool Server::is_serving() const { return state_->is_serving(); }
void Server::close() const { state_->close(); }
void Server::close_clients() const { state_->close_clients(); }
Coro<void> Server::wait_closed() const { return detail::serving::wait_closed(state_); }
Coro<void> Server::serve_forever() const { return detail::serving::serve_forever(state_); }

Coro<Streams> open_connection(std::string host, int port, std::size_t limit)
{
    EventLoop& loop = get_running_loop();
    const Ref<Connection> connection = loop.network().connect(host, port);
    const Duration there_and_back = 2 * seconds(loop.network().link(host).latency);
    const Future<void> connected
        = loop.network().readable("connect", host + ":" + std::to_string(port), there_and_back);
    co_await connected;
    if (!connection)
        throw ConnectionRefusedError("[Errno 111] Connect call failed ('" + host + "', " + std::to_string(port) + ")");
    auto stream = make_ref<detail::Stream>(loop, connection, Connection::Side::Client, limit);
    const Ref<FutureBase> waiter = make_future(loop, FutureKind::Plain, "open_connection()");
    stream->begin([] {}, waiter);
    const Future<void> made(waiter);
    co_await made;
    Streams streams{StreamReader(stream->reader()), StreamWriter(make_ref<detail::WriterState>(stream))};
    co_return streams;
}

} // namespace loopscope
