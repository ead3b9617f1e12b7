#pragma once

#include "core/asyncio/event_loop.h"
#include "core/asyncio/socket.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace loopscope {

/// A stream or a server that is open.
class OpenEnd : public RefCounted {
public:
    /// The loop goes away: lets go of all that may hold this.
    virtual void forget() = 0;
};

/// A network on the stage: which host answers after how long. A lesson sets it up before its story
/// begins; requests are sockets of the loop's selector that become readable when the answer is due.
class Network {
public:
    explicit Network(EventLoop& loop) : loop_(loop) {}

    /// How long `url` takes to answer, in seconds; 0 unless set.
    void set_latency(std::string url, double seconds) { latencies_[std::move(url)] = loopscope::seconds(seconds); }
    /// What `url` answers; "page URL" unless set.
    void set_body(std::string url, std::string body) { bodies_[std::move(url)] = std::move(body); }
    /// What a new ClientSession spends on its connection before its first answer, in seconds.
    void set_connect_cost(double seconds) { connect_cost_ = loopscope::seconds(seconds); }

    [[nodiscard]] Duration latency(std::string_view url) const;
    [[nodiscard]] std::string body(std::string_view url) const;
    [[nodiscard]] Duration connect_cost() const { return connect_cost_; }

    /// A future that is done when a socket becomes readable after `delay`. `label` says what is
    /// awaited ("response"), `peer` from whom.
    [[nodiscard]] Future<void> readable(std::string label, std::string peer, Duration delay, Where at = Where::current());

    // ---- for streams ----

    /// What lies between the program and `host`; and for hosts that have nothing of their own.
    void set_link(std::string host, Link link) { links_.insert_or_assign(std::move(host), link); }
    void set_link(Link link) { link_ = link; }
    [[nodiscard]] Link link(std::string_view host) const;

    /// Bytes that a host outside the program sends, `when` seconds after a connection is made.
    struct TimedPiece {
        double when = 0;
        std::string bytes;
    };
    /// Such a host: who connects gets these pieces, and then the end of the stream.
    void set_pieces(std::string host, int port, std::vector<TimedPiece> pieces);

    /// A program begins to listen; port 0 takes a free one. Throws OSError when the port is in use.
    [[nodiscard]] Ref<Listener> listen(std::string host, int port);
    void stop_listening(const Listener& listener);
    /// The connection that a program opens, which has to wait two latencies before it is made; null
    /// when nobody listens.
    [[nodiscard]] Ref<Connection> connect(const std::string& host, int port);

    /// Keeps a stream or a server alive while it is open, as a loop keeps what its selector watches.
    void keep(Ref<OpenEnd> open) { open_.push_back(std::move(open)); }
    void let_go(const OpenEnd& open)
    {
        std::erase_if(open_, [&](const Ref<OpenEnd>& o) { return o.get() == &open; });
    }
    ~Network();

private:
    [[nodiscard]] Listener* listener(std::string_view host, int port) const;

    EventLoop& loop_;
    std::map<std::string, Duration, std::less<>> latencies_;
    std::map<std::string, std::string, std::less<>> bodies_;
    Duration connect_cost_{0};
    Link link_;
    std::map<std::string, Link, std::less<>> links_;
    std::map<std::pair<std::string, int>, std::vector<TimedPiece>> remotes_;
    std::vector<Ref<Listener>> listeners_;
    std::vector<Ref<OpenEnd>> open_;
    int next_port_ = 49152; ///< the first that no service owns
    int clients_ = 0;
};

/// What a request gives once the answer has begun to arrive.
class Response {
public:
    explicit Response(std::string body) : body_(std::move(body)) {}

    /// The body. It came with the answer, so that this await does not let go of the turn.
    [[nodiscard]] Coro<std::string> text() const;

private:
    std::string body_;
};

/// An HTTP client as aiohttp has it: made once, used for many requests. Copies share it.
class ClientSession {
public:
    /// Requires a running loop.
    ClientSession();

    /// Waits for the answer of `url`; the loop is free meanwhile. The first request of a session
    /// waits for its connection too, when the network says that this costs time.
    [[nodiscard]] Coro<Response> get(std::string url) const;

private:
    struct State {
        bool connected = false;
    };
    std::shared_ptr<State> state_;
};

} // namespace loopscope
