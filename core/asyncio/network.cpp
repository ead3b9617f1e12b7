#include "core/asyncio/network.h"

#include <utility>

namespace loopscope {
namespace {

class SocketState;

// The selector calls it when the socket is readable.
class Reader final : public Handle {
public:
    Reader(EventLoop& loop, Ref<SocketState> socket) : Handle(loop, CallbackKind::Reader), socket_(std::move(socket)) {}

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
            channel_ = loop().trace()->add_channel({.label = label_, .peer = peer_, .task = by, .future = id()});
            loop().trace()->set_channel(id(), channel_);
            loop().record(IoStarted{channel_, by}, loop().place(at));
        }
        const auto reader = make_ref<Reader>(loop(), Ref<SocketState>(this));
        reader_ = reader.get();
        loop().selector().add(loop().now() + delay, reader);
    }

    bool cancel(std::string message) override
    {
        if (!FutureBase::cancel(std::move(message)))
            return false;
        if (Handle* reader = std::exchange(reader_, nullptr)) {
            if (loop().recording())
                loop().record(IoCancelled{channel_});
            loop().selector().remove(*reader);
        }
        return true;
    }

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
    const Future<void> answer = network.readable("response", host_of(url), network.latency(url));
    co_await answer;
    co_return Response(network.body(url));
}

} // namespace loopscope
