#pragma once

#include "core/asyncio/event_loop.h"

#include <map>
#include <string>
#include <string_view>

namespace loopscope {

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

private:
    EventLoop& loop_;
    std::map<std::string, Duration, std::less<>> latencies_;
    std::map<std::string, std::string, std::less<>> bodies_;
    Duration connect_cost_{0};
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
