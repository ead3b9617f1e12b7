#pragma once

#include "core/asyncio/event_loop.h"
#include "core/asyncio/socket.h"

#include <cstddef>
#include <map>
#include <memory>
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

    /// How long `url` takes to answer, in seconds; 0 unless set. Infinity: it never does.
    void set_latency(std::string url, double seconds);
    /// What `url` answers; "page URL" unless set.
    void set_body(std::string url, std::string body) { bodies_[std::move(url)] = std::move(body); }
    /// What a new ClientSession spends on its connection before its first answer, in seconds.
    void set_connect_cost(double seconds) { connect_cost_ = loopscope::seconds(seconds); }

    /// How many requests `host` works on at a time; any number, unless set. A request that comes while
    /// so many are unanswered is refused: its answer, which takes no time, has the status 503,
    /// "Service Unavailable". A place is free again at the moment of the answer, whether or not the
    /// program has read it by then, or when the client gives up and the host notices the closed
    /// connection: as soon as the cancelled task has its turn.
    void set_capacity(std::string host, std::size_t requests) { capacities_.insert_or_assign(std::move(host), requests); }
    /// The same for each host that has no capacity of its own.
    void set_capacity(std::size_t requests) { capacity_ = requests; }

    /// A place at a host. Whoever waits for the answer holds it; the host forgets it when it is let
    /// go, or when the answer is due.
    using Place = std::shared_ptr<const TimePoint>;
    /// Sends a request to a url, to be answered after its latency. Null when its host refuses.
    [[nodiscard]] Place place_for(std::string_view url);

    /// Of what never happens.
    static constexpr Duration never = Duration::max();
    [[nodiscard]] Duration latency(std::string_view url) const;
    [[nodiscard]] std::string body(std::string_view url) const;
    [[nodiscard]] Duration connect_cost() const { return connect_cost_; }

    /// A future that is done when a socket becomes readable after `delay`, or `never`. `label` says what is
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
    std::size_t capacity_ = static_cast<std::size_t>(-1); ///< of a host: no limit
    std::map<std::string, std::size_t, std::less<>> capacities_;
    std::map<std::string, std::vector<std::weak_ptr<const TimePoint>>, std::less<>> unanswered_; ///< by host
    Link link_;
    std::map<std::string, Link, std::less<>> links_;
    std::map<std::pair<std::string, int>, std::vector<TimedPiece>> remotes_;
    std::vector<Ref<Listener>> listeners_;
    std::vector<Ref<OpenEnd>> open_;
    int next_port_ = 49152; ///< the first that no service owns
    int clients_ = 0;
};

/// What goes wrong with a request, by aiohttp's names.
class ClientError : public Exception {
public:
    using Exception::Exception;
    [[nodiscard]] std::string type() const override { return "ClientError"; }
};

/// The answer says that the request failed.
class ClientResponseError : public ClientError {
public:
    ClientResponseError(int status, const std::string& reason, const std::string& url);
    [[nodiscard]] std::string type() const override { return "ClientResponseError"; }
    [[nodiscard]] int status() const { return status_; }

private:
    int status_;
};

/// What a request gives once the answer has begun to arrive.
class Response {
public:
    Response(std::string url, int status, std::string body) : url_(std::move(url)), status_(status), body_(std::move(body)) {}

    /// 200, or 503 when the host had too much to do.
    [[nodiscard]] int status() const { return status_; }
    [[nodiscard]] bool ok() const { return status_ < 400; }
    /// Throws ClientResponseError unless ok().
    void raise_for_status() const;

    /// The body. It came with the answer, so that this await does not let go of the turn.
    [[nodiscard]] Coro<std::string> text() const;

private:
    std::string url_;
    int status_;
    std::string body_;
};

/// An HTTP client as aiohttp has it: made once, used for many requests. Copies share it.
class ClientSession {
public:
    /// Requires a running loop.
    ClientSession();

    /// Waits for the answer of `url`; the loop is free meanwhile. The first request of a session
    /// waits for its connection too, when the network says that this costs time. A refused request
    /// is no exception: its response says so, as raise_for_status() does.
    [[nodiscard]] Coro<Response> get(std::string url) const;

private:
    struct State {
        bool connected = false;
    };
    std::shared_ptr<State> state_;
};

} // namespace loopscope
