#include "core/timeline/flights.h"

#include "core/base/format.h"
#include "core/timeline/layout_parts.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>

namespace loopscope::detail {
Flights flights_of(const Trace& trace, const RunSpans& spans)
{
    Flights all;
    all.flights.reserve(spans.network.size());
    const std::set<std::string_view> senders = senders_of(trace, spans.network);
    const auto is_line = [&](const ChannelInfo& channel) { // also the connecting that comes before the bytes
        return is_stream(channel) || (channel.label == "connect" && senders.contains(channel.peer));
    };
    std::vector<Span> requests;
    std::vector<std::size_t> places;
    struct Line {
        std::size_t row = 0;
        std::size_t free_from = 0; ///< step of its last arrival
        TimePoint free_at;
        bool used = false;
    };
    std::map<std::string_view, Line> lines;
    for (const Span& span : spans.network) {
        const ChannelInfo& channel = trace.channel(span.channel);
        Flight flight{.span = span, .row = 0, .stream = is_line(channel), .shown = is_load(channel)};
        if (flight.stream) {
            const auto [line, is_new] = lines.try_emplace(channel.peer, Line{.row = lines.size(), .free_at = {}});
            flight.row = line->second.row;
            if (flight.shown) {
                Line& l = line->second;
                if (l.used && l.free_from > flight.span.begin) {
                    flight.span.begin = std::min(l.free_from, flight.span.end);
                    flight.span.from = std::min(std::max(flight.span.from, l.free_at), flight.span.to);
                }
                l.used = true;
                l.free_from = std::max(l.free_from, flight.span.end);
                l.free_at = std::max(l.free_at, flight.span.to);
            }
        } else {
            places.push_back(all.flights.size());
            requests.push_back(span);
        }
        all.flights.push_back(flight);
    }
    const std::vector<std::size_t> rows = rows_of(requests);
    all.rows = lines.size();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        all.flights[places[i]].row = lines.size() + rows[i];
        all.rows = std::max(all.rows, lines.size() + rows[i] + 1);
    }
    all.streams = requests.empty() && !lines.empty();
    return all;
}

std::string arrival_words(const ChannelInfo& channel)
{
    if (channel.label == "reset")
        return "reset";
    std::string words;
    for (const char c : channel.text) {
        if (c == '\n')
            words += "\\n";
        else if (c == '\r')
            words += "\\r";
        else if (static_cast<unsigned char>(c) < 0x20)
            return format_count(channel.bytes, "byte");
        else
            words += c;
    }
    while (!words.empty() && words.back() == ' ')
        words.pop_back();
    return words.empty() ? format_count(channel.bytes, "byte") : words;
}

std::size_t in_flight(const Trace& trace, const RunSpans& spans, std::size_t step)
{
    std::size_t requests = 0;
    std::vector<std::string_view> busy; // ends of connections that send something
    for (const Span& span : spans.network) {
        if (span.begin >= step || span.end < step)
            continue;
        const ChannelInfo& channel = trace.channel(span.channel);
        if (!is_stream(channel))
            ++requests;
        else if (is_load(channel) && std::find(busy.begin(), busy.end(), channel.peer) == busy.end())
            busy.push_back(channel.peer);
    }
    return requests + busy.size();
}

std::size_t most_in_flight(const Flights& flights)
{
    std::vector<std::pair<std::size_t, int>> edges;
    for (const Flight& flight : flights.flights)
        if (flight.shown) {
            edges.emplace_back(flight.span.begin, 1);
            edges.emplace_back(flight.span.end, -1);
        }
    std::sort(edges.begin(), edges.end());
    int now = 0;
    int most = 0;
    for (const auto& [step, change] : edges)
        most = std::max(most, now += change);
    return static_cast<std::size_t>(most);
}

} // namespace loopscope::detail
