#pragma once

#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <set>
#include <string_view>
#include <vector>

namespace loopscope {

/// Whether a channel is part of a stream rather than a request of its own: bytes that come, its end, room in
/// a buffer, or a connection that breaks.
[[nodiscard]] inline bool is_stream(const ChannelInfo& channel)
{
    return channel.label == "data" || channel.label == "end" || channel.label == "room" || channel.label == "reset";
}

/// Whether it carries what a reader would see travel: an end of a stream and room in a buffer do not.
[[nodiscard]] inline bool is_load(const ChannelInfo& channel) { return channel.label != "end" && channel.label != "room"; }

/// The peers of streams among these spans of the network: those that send bytes.
[[nodiscard]] inline std::set<std::string_view> senders_of(const Trace& trace, const std::vector<Span>& network)
{
    std::set<std::string_view> senders;
    for (const Span& span : network)
        if (const ChannelInfo& channel = trace.channel(span.channel); is_stream(channel))
            senders.insert(channel.peer);
    return senders;
}

} // namespace loopscope
