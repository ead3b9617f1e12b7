#pragma once

#include "core/asyncio/handle.h"
#include "core/base/clock.h"

#include <array>
#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace loopscope {

class EventLoop;

/// What lies between two hosts. Bytes leave one after the other at `bandwidth` and arrive `latency`
/// later, each way.
struct Link {
    double latency = 0;   ///< seconds
    double bandwidth = 0; ///< bytes a second; 0 for no limit
    /// Bytes that one end takes before they leave, and as many that the other keeps before they are
    /// read; a program that writes more is told to wait.
    std::size_t buffer = std::size_t{64} << 10;
};

/// Called by the loop when a socket is ready.
class SocketHandle final : public Handle {
public:
    SocketHandle(EventLoop& loop, std::string label, std::function<void()> callback);

    /// What has come, for the trace: at least one channel each time. Set by what the handle watches.
    std::function<std::vector<ChannelId>()> news;
    /// The future that a task awaits because of it, null when none does.
    std::function<FutureBase*()> waiter;

    void note_ready() override;

protected:
    void call() override { callback_(); }
    [[nodiscard]] std::string_view label() const override { return label_; }

private:
    std::string label_;
    std::function<void()> callback_;
};

/// A connection of the simulated network: two ends with the buffers of an operating system. What a
/// program does with an end is what it does with a non-blocking socket.
class Connection final : public RefCounted {
public:
    enum class Side : std::uint8_t { Client, Server };
    static constexpr Side other(Side side) { return side == Side::Client ? Side::Server : Side::Client; }

    /// The names are what each end calls itself.
    Connection(EventLoop& loop, const Link& link, std::string client, std::string server);
    ~Connection() override;

    /// How many of these bytes fit; the rest has to wait for writability. `place` is the program's line.
    /// Throws ConnectionResetError and BrokenPipeError.
    std::size_t send(Side side, std::string_view bytes, PlaceId place = PlaceId::None);
    /// At most `most` bytes that have arrived, empty at the end of the stream, nothing when there are
    /// none yet. Throws ConnectionResetError.
    [[nodiscard]] std::optional<std::string> receive(Side side, std::size_t most);
    /// No more bytes come from this end.
    void shut_down_writing(Side side);
    /// The program lets go of this end. What it sent is still delivered, unless it leaves bytes unread,
    /// of which the other end is told by a reset.
    void close(Side side);

    /// `reader` is called each time there is something to receive; null for nobody any more.
    void watch_reading(Side side, Ref<SocketHandle> reader);
    /// `writer` is called each time there is room for more bytes.
    void watch_writing(Side side, Ref<SocketHandle> writer);
    /// To be called by the handles, which the selector gives out once: it is asked again.
    void reading_was_called(Side side);
    void writing_was_called(Side side);

    /// This end is no program: bytes sent to it vanish.
    void make_sink(Side side) { end(side).sink = true; }
    /// Bytes that this end, which is no program, sends at a moment; in order.
    void send_at(Side side, TimePoint when, std::string bytes);
    void end_at(Side side, TimePoint when);

    [[nodiscard]] const std::string& name(Side side) const { return end(side).name; }

private:
    struct Piece {
        TimePoint leaves;
        TimePoint arrives;
        std::string bytes; ///< none for the end of the stream
        ChannelId channel;
        bool last = false;
        bool told = false; ///< the selector has spoken of it
    };
    /// Bytes that the program has sent and the network has not taken.
    struct Chunk {
        std::string bytes;
        TaskId task;
        PlaceId place = PlaceId::None;
        bool last = false;
    };
    struct End {
        std::string name;
        std::deque<Piece> incoming; ///< to this end, by arrival
        std::size_t unread = 0;     ///< bytes in them
        std::deque<Chunk> backlog;  ///< from this end
        TimePoint line_free;        ///< when the line has taken what it was given
        std::optional<TimePoint> reset_at;
        bool shut = false;
        bool closed = false;
        bool sink = false;
        Ref<SocketHandle> reader, writer;
        bool reader_armed = false, writer_armed = false; ///< the selector has it
        TimePoint reader_at, writer_at;
        ChannelId reset_channel, writer_channel, last_told;
    };

    [[nodiscard]] End& end(Side side) { return ends_[static_cast<std::size_t>(side)]; }
    [[nodiscard]] const End& end(Side side) const { return ends_[static_cast<std::size_t>(side)]; }
    [[nodiscard]] std::size_t waiting_to_leave(Side side) const;
    [[nodiscard]] std::optional<TimePoint> readable_at(const End& e) const;
    [[nodiscard]] std::optional<TimePoint> writable_at(Side side) const;
    void check_reset(const End& e) const;
    /// Gives the line what the other end has room for.
    void pump(Side side);
    void reset(Side side, TimePoint when);
    void arm_reader(Side side);
    void arm_writer(Side side);
    [[nodiscard]] ChannelId start_channel(Side from, TaskId task, std::string_view label, std::string_view bytes = {},
                                          PlaceId place = PlaceId::None);
    void forget(ChannelId channel);
    [[nodiscard]] std::vector<ChannelId> arrivals(Side side);
    void watch_for_room(Side side);

    EventLoop& loop_;
    Duration latency_;
    double bandwidth_;
    std::size_t buffer_;
    std::array<End, 2> ends_;
};

/// A port on which a program listens.
class Listener final : public RefCounted {
public:
    Listener(EventLoop& loop, std::string host, int port) : loop_(loop), host_(std::move(host)), port_(port) {}

    [[nodiscard]] const std::string& host() const { return host_; }
    [[nodiscard]] int port() const { return port_; }

    /// A connection that will have come in at `when`.
    void announce(TimePoint when, Ref<Connection> connection, ChannelId channel);
    /// One that has come in, null when there is none.
    [[nodiscard]] Ref<Connection> accept();
    /// `reader` is called each time there is one.
    void watch(Ref<SocketHandle> reader);
    void was_called();
    /// Who has come and was not accepted is turned away.
    void close();

private:
    struct Coming {
        TimePoint when;
        Ref<Connection> connection;
        ChannelId channel;
        bool told;
    };

    void arm();

    EventLoop& loop_;
    std::string host_;
    int port_;
    std::deque<Coming> coming_;
    Ref<SocketHandle> reader_;
    std::optional<TimePoint> armed_at_; ///< while the selector has it
};

} // namespace loopscope
