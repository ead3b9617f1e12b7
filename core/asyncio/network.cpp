#include "core/asyncio/network.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {
namespace {

class SocketState;

// The selector calls it when the socket is readable.
class Reader final : public Handle {
public:
    Reader(EventLoop& loop, Ref<SocketState> socket) : Handle(loop, CallbackKind::Reader), socket_(std::move(socket)) {}
    void note_ready() override;

protected:
    void call() override;
    [[nodiscard]] std::string_view label() const override;
    [[nodiscard]] FutureBase* about() const override;

private:
    Ref<SocketState> socket_;
};

/// One wait for one socket.
class SocketState final : public WithValue<void, FutureBase> {
public:
    SocketState(EventLoop& loop, std::string label, std::string peer)
        : WithValue(loop, FutureKind::Io), label_(std::move(label)), peer_(std::move(peer))
    {
    }

    [[nodiscard]] std::string label() const override { return label_; }
    [[nodiscard]] std::string_view text() const { return label_; }

    void start(Duration delay, const Where& at)
    {
        if (loop().recording()) {
            const TaskBase* task = loop().current_task();
            const TaskId by = task ? task->task_id() : TaskId{};
            channel_ = loop().trace()->add_channel({.label = label_, .peer = peer_, .task = by, .future = id(), .bytes = 0});
            loop().trace()->set_channel(id(), channel_);
            loop().record(IoStarted{channel_, by}, loop().place(at));
        }
        if (delay == Network::never)
            return; // the selector has nothing to wait for
        const auto reader = make_ref<Reader>(loop(), Ref<SocketState>(this));
        reader_ = reader.get();
        loop().selector().add(loop().now() + delay, reader);
    }

    bool cancel(std::string message) override
    {
        if (!FutureBase::cancel(std::move(message)))
            return false;
        // It was pending, so the socket was not readable yet.
        if (loop().recording())
            loop().record(IoCancelled{channel_});
        if (Handle* reader = std::exchange(reader_, nullptr))
            loop().selector().remove(*reader);
        return true;
    }

    [[nodiscard]] ChannelId channel() const { return channel_; }
    void become_readable()
    {
        reader_ = nullptr;
        if (!done())
            set_result({});
    }

private:
    std::string label_;
    std::string peer_;
    Handle* reader_ = nullptr; ///< while the selector holds it
    ChannelId channel_;
};

void Reader::note_ready() { loop().record(IoReady{socket_->channel(), loop().id_of(*this)}); }
void Reader::call() { socket_->become_readable(); }
std::string_view Reader::label() const { return socket_->text(); }
FutureBase* Reader::about() const { return socket_.get(); }

// "https://example.com/a" is answered by example.com.
std::string host_of(std::string_view url)
{
    if (const auto scheme = url.find("://"); scheme != std::string_view::npos)
        url.remove_prefix(scheme + 3);
    return std::string(url.substr(0, url.find('/')));
}

} // namespace

void Network::set_latency(std::string url, double seconds)
{
    latencies_.insert_or_assign(std::move(url), std::isinf(seconds) ? never : loopscope::seconds(seconds));
}

Network::Place Network::place_for(std::string_view url)
{
    const std::string host = host_of(url);
    const TimePoint now = loop_.now();
    std::vector<std::weak_ptr<const TimePoint>>& unanswered = unanswered_[host];
    std::erase_if(unanswered, [now](const auto& place) {
        const Place held = place.lock();
        return !held || *held <= now;
    });
    const auto own = capacities_.find(host);
    if (unanswered.size() >= (own == capacities_.end() ? capacity_ : own->second))
        return nullptr;
    const Duration delay = latency(url);
    const TimePoint answer = delay == never ? TimePoint{never} : now + delay;
    const Place place = std::make_shared<const TimePoint>(answer);
    unanswered.push_back(place);
    return place;
}

Duration Network::latency(std::string_view url) const
{
    const auto found = latencies_.find(url);
    return found == latencies_.end() ? Duration::zero() : found->second;
}

std::string Network::body(std::string_view url) const
{
    const auto found = bodies_.find(url);
    return found == bodies_.end() ? "page " + std::string(url) : found->second;
}

Future<void> Network::readable(std::string label, std::string peer, Duration delay, Where at)
{
    auto socket = make_ref<SocketState>(loop_, std::move(label), std::move(peer));
    socket->start(delay, at);
    return Future<void>(socket);
}

Network::~Network()
{
    for (const Ref<OpenEnd>& open : open_)
        open->forget();
}

Link Network::link(std::string_view host) const
{
    const auto found = links_.find(host);
    return found == links_.end() ? link_ : found->second;
}

void Network::set_pieces(std::string host, int port, std::vector<TimedPiece> pieces)
{
    remotes_.insert_or_assign({std::move(host), port}, std::move(pieces));
}

Listener* Network::listener(std::string_view host, int port) const
{
    for (const Ref<Listener>& l : listeners_)
        if (l->port() == port && (l->host() == host || l->host().empty() || l->host() == "0.0.0.0"))
            return l.get();
    return nullptr;
}

Ref<Listener> Network::listen(std::string host, int port)
{
    while (port == 0 && listener(host, next_port_))
        ++next_port_;
    if (port == 0)
        port = next_port_++;
    if (listener(host, port))
        throw OSError("[Errno 98] error while attempting to bind on address ('" + host + "', " + std::to_string(port)
                      + "): address already in use");
    return listeners_.emplace_back(make_ref<Listener>(loop_, std::move(host), port));
}

void Network::stop_listening(const Listener& listener)
{
    std::erase_if(listeners_, [&](const Ref<Listener>& l) { return l.get() == &listener; });
}

Ref<Connection> Network::connect(const std::string& host, int port)
{
    const Link link = this->link(host);
    const Duration latency = seconds(link.latency);
    const auto make = [&] {
        return make_ref<Connection>(loop_, link, "client-" + std::to_string(++clients_), host + ":" + std::to_string(port));
    };
    if (Listener* server = listener(host, port)) {
        Ref<Connection> connection = make();
        ChannelId channel;
        if (loop_.recording()) {
            const TaskBase* task = loop_.current_task();
            const TaskId by = task ? task->task_id() : TaskId{};
            channel = loop_.trace()->add_channel({.label = "connection",
                                                  .peer = connection->name(Connection::Side::Client),
                                                  .task = by,
                                                  .future = {},
                                                  .bytes = 0});
            loop_.record(IoStarted{channel, by});
        }
        server->announce(loop_.now() + latency, connection, channel);
        return connection;
    }
    const auto remote = remotes_.find({host, port});
    if (remote == remotes_.end())
        return {};
    Ref<Connection> connection = make();
    connection->make_sink(Connection::Side::Server);
    TimePoint when = loop_.now() + 2 * latency;
    const TimePoint made = when;
    for (const TimedPiece& piece : remote->second) {
        when = std::max(when, made + seconds(piece.when));
        connection->send_at(Connection::Side::Server, when, piece.bytes);
    }
    connection->end_at(Connection::Side::Server, when);
    return connection;
}

ClientResponseError::ClientResponseError(int status, const std::string& reason, const std::string& url)
    : ClientError(std::to_string(status) + ", message='" + reason + "', url='" + url + "'"), status_(status)
{
}

void Response::raise_for_status() const
{
    if (!ok())
        throw ClientResponseError(status_, "Service Unavailable", url_);
}

Coro<std::string> Response::text() const { co_return body_; }

ClientSession::ClientSession() : state_(std::make_shared<State>()) {}

Coro<Response> ClientSession::get(std::string url) const
{
    // The session may be gone before the answer comes: what the request needs is its own.
    const std::shared_ptr<State> state = state_;
    Network& network = get_running_loop().network();
    if (!std::exchange(state->connected, true) && network.connect_cost() > Duration::zero()) {
        const Future<void> connected = network.readable("connect", host_of(url), network.connect_cost());
        co_await connected;
    }
    const Network::Place place = network.place_for(url);
    const Duration delay = place ? network.latency(url) : Duration::zero();
    const Future<void> answer = network.readable(place ? "response" : "refusal", host_of(url), delay);
    co_await answer;
    if (place)
        co_return Response(url, 200, network.body(url));
    co_return Response(url, 503, "Service Unavailable");
}

} // namespace loopscope
