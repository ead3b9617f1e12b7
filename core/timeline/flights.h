#pragma once

#include "core/trace/channels.h"
#include "core/trace/spans.h"
#include "core/trace/trace.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace loopscope::detail {

/// A request from being sent to its answer, or what a connection carries up to the next arrival.
struct Flight {
    Span span;           ///< of a stream's piece: from where the one before it had arrived
    std::size_t row = 0;
    bool stream = false;
    bool shown = true;   ///< an end of a stream and room in a buffer are no load of the network
};

/// What the lane of the network shows, in the order of RunSpans::network. All that one end of a
/// connection sends lies on one line: bytes come one after another, however early they are known.
struct Flights {
    std::vector<Flight> flights;
    std::size_t rows = 0;
    bool streams = false; ///< there is nothing but streams
};
[[nodiscard]] Flights flights_of(const Trace& trace, const RunSpans& spans);

/// What the bytes of an arrival are: "red", "blue\n" as Python writes it; or how many, "3000 bytes".
[[nodiscard]] std::string arrival_words(const ChannelInfo& channel);

/// Requests, and connections that carry something, after `step` facts.
[[nodiscard]] std::size_t in_flight(const Trace& trace, const RunSpans& spans, std::size_t step);
/// The most there were at once.
[[nodiscard]] std::size_t most_in_flight(const Flights& flights);

} // namespace loopscope::detail
