#pragma once

#include "core/trace/trace.h"

namespace loopscope {

/// Whether a channel is part of a stream rather than a request of its own: bytes that come, its end, room in
/// a buffer, or a connection that breaks.
[[nodiscard]] inline bool is_stream(const ChannelInfo& channel)
{
    return channel.label == "data" || channel.label == "end" || channel.label == "room" || channel.label == "reset";
}

/// Whether it carries what a reader would see travel: an end of a stream and room in a buffer do not.
[[nodiscard]] inline bool is_load(const ChannelInfo& channel) { return channel.label != "end" && channel.label != "room"; }

} // namespace loopscope
