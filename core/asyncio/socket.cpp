#include "core/asyncio/socket.h"

#include "core/asyncio/event_loop.h"
#include "core/asyncio/recorder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {
namespace {

constexpr std::size_t longest_told = 16; ///< bytes that a trace keeps as they are, so that pictures can show them
constexpr std::size_t piece_size = std::size_t{16} << 10; ///< of what a limited line carries at once

} // namespace

SocketHandle::SocketHandle(EventLoop& loop, std::string label, std::function<void()> callback)
    : Handle(loop, CallbackKind::Reader), label_(std::move(label)), callback_(std::move(callback))
{
}

void SocketHandle::note_ready()
{
    const std::vector<ChannelId> come = news();
    for (std::size_t i = 0; i + 1 < come.size(); ++i)
        loop().record(BytesArrived{come[i]});
    if (FutureBase* future = waiter ? waiter() : nullptr)
        loop().trace()->set_channel_future(come.back(), future->id());
    loop().record(IoReady{come.back(), loop().id_of(*this)});
}

Connection::Connection(EventLoop& loop, const Link& link, std::string client, std::string server)
    : loop_(loop), latency_(seconds(link.latency)), bandwidth_(link.bandwidth), buffer_(std::max<std::size_t>(link.buffer, 1))
{
    end(Side::Client).name = std::move(client);
    end(Side::Server).name = std::move(server);
}

Connection::~Connection()
{
    if (loop_.is_closed())
        return; // and its selector with it
    for (const Side side : {Side::Client, Side::Server}) {
        watch_reading(side, {});
        watch_writing(side, {});
    }
}

ChannelId Connection::start_channel(Side from, TaskId task, std::string_view label, std::string_view bytes, PlaceId place)
{
    if (!loop_.recording())
        return {};
    const ChannelId channel = loop_.trace()->add_channel({.label = label,
                                                          .peer = end(from).name,
                                                          .task = task,
                                                          .future = {},
                                                          .bytes = static_cast<std::uint32_t>(bytes.size()),
                                                          .text = bytes.size() <= longest_told ? bytes : std::string_view{}});
    loop_.record(IoStarted{channel, task}, place);
    return channel;
}

void Connection::forget(ChannelId channel)
{
    if (channel && loop_.recording())
        loop_.record(IoCancelled{channel});
}

std::vector<ChannelId> Connection::arrivals(Side side)
{
    End& to = end(side);
    std::vector<ChannelId> come;
    for (Piece& piece : to.incoming)
        if (piece.arrives <= loop_.now() && !std::exchange(piece.told, true))
            come.push_back(piece.channel);
    if (to.reset_at && *to.reset_at <= loop_.now() && to.last_told != to.reset_channel)
        come.push_back(to.reset_channel);
    if (come.empty()) // what was not read last time
        come.push_back(to.last_told);
    to.last_told = come.back();
    return come;
}

void Connection::check_reset(const End& e) const
{
    if (e.reset_at && *e.reset_at <= loop_.now())
        throw ConnectionResetError("[Errno 104] Connection reset by peer");
}

std::size_t Connection::waiting_to_leave(Side side) const
{
    std::size_t bytes = 0;
    for (const Chunk& chunk : end(side).backlog)
        bytes += chunk.bytes.size();
    for (const Piece& piece : end(other(side)).incoming)
        if (piece.leaves > loop_.now())
            bytes += piece.bytes.size();
    return bytes;
}

std::size_t Connection::send(Side side, std::string_view bytes, PlaceId place)
{
    End& from = end(side);
    check_reset(from);
    if (from.shut)
        throw BrokenPipeError("[Errno 32] Broken pipe");
    const std::size_t waiting = waiting_to_leave(side);
    const std::size_t taken = std::min(bytes.size(), buffer_ > waiting ? buffer_ - waiting : 0);
    if (taken == 0)
        return 0;
    from.backlog.push_back({std::string(bytes.substr(0, taken)), current_task_id(loop_), place, false});
    pump(side);
    return taken;
}

void Connection::shut_down_writing(Side side)
{
    if (std::exchange(end(side).shut, true))
        return;
    end(side).backlog.push_back({{}, current_task_id(loop_), PlaceId::None, true});
    pump(side);
}

void Connection::pump(Side side)
{
    End& from = end(side);
    End& to = end(other(side));
    while (!from.backlog.empty()) {
        Chunk& chunk = from.backlog.front();
        const std::size_t room = to.closed || to.sink ? chunk.bytes.size() : buffer_ - std::min(buffer_, to.unread);
        std::size_t size = std::min(chunk.bytes.size(), room);
        if (bandwidth_ > 0)
            size = std::min(size, piece_size);
        if (size == 0 && !chunk.last)
            break; // until the other end reads
        const TimePoint leaves = std::max(loop_.now(), from.line_free)
            + (bandwidth_ > 0 ? seconds(static_cast<double>(size) / bandwidth_) : Duration::zero());
        from.line_free = leaves;
        const TimePoint arrives = leaves + latency_;
        if (to.closed && !chunk.last) {
            reset(side, arrives + latency_);
        } else if (!to.sink && !to.closed) {
            const ChannelId channel = start_channel(side, chunk.task, chunk.last ? "end" : "data",
                                                    std::string_view(chunk.bytes).substr(0, size), chunk.place);
            to.incoming.push_back({leaves, arrives, chunk.bytes.substr(0, size), channel, chunk.last, false});
            to.unread += size;
        }
        chunk.bytes.erase(0, size);
        if (chunk.bytes.empty())
            from.backlog.pop_front();
    }
    arm_reader(other(side));
    arm_writer(side);
}

std::optional<std::string> Connection::receive(Side side, std::size_t most)
{
    End& to = end(side);
    check_reset(to);
    std::string bytes;
    bool ended = false;
    while (!to.incoming.empty() && to.incoming.front().arrives <= loop_.now() && bytes.size() < most) {
        Piece& piece = to.incoming.front();
        if (piece.last) { // stays, and is found again and again
            ended = true;
            break;
        }
        const std::size_t size = std::min(piece.bytes.size(), most - bytes.size());
        bytes.append(piece.bytes, 0, size);
        piece.bytes.erase(0, size);
        to.unread -= size;
        if (piece.bytes.empty())
            to.incoming.pop_front();
    }
    if (!bytes.empty())
        pump(other(side));
    else if (!ended)
        return std::nullopt;
    return bytes;
}

void Connection::reset(Side side, TimePoint when)
{
    End& e = end(side);
    if (e.closed || (e.reset_at && *e.reset_at <= when))
        return;
    e.reset_at = when;
    e.reset_channel = start_channel(other(side), {}, "reset");
    arm_reader(side);
    arm_writer(side);
}

void Connection::close(Side side)
{
    End& mine = end(side);
    if (std::exchange(mine.closed, true))
        return;
    watch_reading(side, {});
    watch_writing(side, {});
    std::optional<TimePoint> told; // when the other end hears that bytes were not read
    for (const Piece& piece : mine.incoming) {
        if (!piece.last)
            told = std::min(told.value_or(TimePoint{Duration::max()}), std::max(piece.arrives, loop_.now()) + latency_);
        if (!piece.told)
            forget(piece.channel);
    }
    mine.incoming.clear();
    mine.unread = 0;
    if (told)
        reset(other(side), *told);
    shut_down_writing(side);
}

void Connection::send_at(Side side, TimePoint when, std::string bytes)
{
    End& to = end(other(side));
    const ChannelId channel = start_channel(side, {}, "data", bytes);
    to.unread += bytes.size();
    to.incoming.push_back({when, when, std::move(bytes), channel, false, false});
    arm_reader(other(side));
}

void Connection::end_at(Side side, TimePoint when)
{
    end(side).shut = true;
    end(other(side)).incoming.push_back({when, when, {}, start_channel(side, {}, "end"), true, false});
    arm_reader(other(side));
}

void Connection::watch_reading(Side side, Ref<SocketHandle> reader)
{
    End& e = end(side);
    if (e.reader) {
        if (std::exchange(e.reader_armed, false))
            loop_.selector().remove(*e.reader);
        e.reader->cancel(); // it may stand in the ready queue
    }
    e.reader = std::move(reader);
    if (e.reader)
        e.reader->news = [this, side] { return arrivals(side); };
    arm_reader(side);
}

void Connection::watch_writing(Side side, Ref<SocketHandle> writer)
{
    End& e = end(side);
    if (e.writer) {
        if (std::exchange(e.writer_armed, false))
            loop_.selector().remove(*e.writer);
        e.writer->cancel();
    }
    if (e.writer_channel)
        forget(std::exchange(e.writer_channel, {}));
    e.writer = std::move(writer);
    if (e.writer)
        e.writer->news = [this, side] { return std::vector{std::exchange(end(side).writer_channel, {})}; };
    watch_for_room(side);
}

void Connection::watch_for_room(Side side)
{
    End& e = end(side);
    if (!e.writer)
        return;
    e.writer_channel = start_channel(other(side), current_task_id(loop_), "room");
    arm_writer(side);
}

void Connection::reading_was_called(Side side)
{
    end(side).reader_armed = false;
    arm_reader(side);
}

void Connection::writing_was_called(Side side)
{
    end(side).writer_armed = false;
    if (!end(side).writer_channel)
        watch_for_room(side);
}

std::optional<TimePoint> Connection::readable_at(const End& e) const
{
    std::optional<TimePoint> when = e.reset_at;
    if (!e.incoming.empty() && (!when || e.incoming.front().arrives < *when))
        when = e.incoming.front().arrives;
    return when;
}

std::optional<TimePoint> Connection::writable_at(Side side) const
{
    const End& e = end(side);
    std::optional<TimePoint> when = e.reset_at;
    const auto sooner = [&](TimePoint t) { when = when ? std::min(*when, t) : t; };
    if (waiting_to_leave(side) < buffer_) {
        sooner(loop_.now());
        return when;
    }
    for (const Piece& piece : end(other(side)).incoming)
        if (piece.leaves > loop_.now())
            sooner(piece.leaves);
    return when;
}

void Connection::arm_reader(Side side)
{
    End& e = end(side);
    if (!e.reader)
        return;
    const std::optional<TimePoint> when = readable_at(e);
    if (!when || (e.reader_armed && e.reader_at <= *when))
        return;
    if (e.reader_armed)
        loop_.selector().remove(*e.reader);
    e.reader_armed = true;
    e.reader_at = *when;
    loop_.selector().add(*when, e.reader);
}

void Connection::arm_writer(Side side)
{
    End& e = end(side);
    if (!e.writer)
        return;
    const std::optional<TimePoint> when = writable_at(side);
    if (!when || (e.writer_armed && e.writer_at <= *when))
        return;
    if (e.writer_armed)
        loop_.selector().remove(*e.writer);
    e.writer_armed = true;
    e.writer_at = *when;
    loop_.selector().add(*when, e.writer);
}

void Listener::announce(TimePoint when, Ref<Connection> connection, ChannelId channel)
{
    const auto behind = std::upper_bound(coming_.begin(), coming_.end(), when,
                                         [](TimePoint t, const Coming& c) { return t < c.when; });
    coming_.insert(behind, {when, std::move(connection), channel, false});
    arm();
}

Ref<Connection> Listener::accept()
{
    if (coming_.empty() || coming_.front().when > loop_.now())
        return {};
    Ref<Connection> connection = std::move(coming_.front().connection);
    coming_.pop_front();
    return connection;
}

void Listener::watch(Ref<SocketHandle> reader)
{
    reader_ = std::move(reader);
    reader_->news = [this] {
        std::vector<ChannelId> come;
        for (Coming& c : coming_)
            if (c.when <= loop_.now() && !std::exchange(c.told, true))
                come.push_back(c.channel);
        return come;
    };
    arm();
}

void Listener::was_called()
{
    armed_at_.reset();
    arm();
}

void Listener::arm()
{
    if (!reader_ || coming_.empty() || (armed_at_ && *armed_at_ <= coming_.front().when))
        return;
    if (armed_at_)
        loop_.selector().remove(*reader_);
    armed_at_ = coming_.front().when;
    loop_.selector().add(*armed_at_, reader_);
}

void Listener::close()
{
    if (reader_) {
        if (armed_at_)
            loop_.selector().remove(*reader_);
        reader_->cancel();
    }
    reader_ = {};
    armed_at_.reset();
    for (const Coming& c : coming_)
        c.connection->close(Connection::Side::Server);
    coming_.clear();
}

} // namespace loopscope
