#pragma once

#include "core/recording/line_reader.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

namespace loopscope::recorded {

/// What is wrong with a line, as the end of a sentence.
struct Complaint {
    std::size_t line = 0;
    std::string what;
};

/// A task with what the trace keeps beside its description.
struct TaskRow : TaskInfo {
    std::uint32_t ordinal = 0;
};
struct PartsRow {
    FutureId whole;
    std::vector<FutureId> parts;
};

/// Takes the rows of a trace's tables out of a recording. A row may name what is described only behind
/// it, so rows wait until a fact is to come; then all that they name has to be known, or they are not
/// let into the trace.
class TableReader {
public:
    /// The trace outlives this, and nobody else adds to its tables.
    explicit TableReader(Trace& trace) : trace_(trace) {}

    /// Whether a line that begins with `word` is a row; the rest of the line is taken then.
    [[nodiscard]] bool read(std::string_view word, LineReader& line, std::size_t number);

    /// Lets the rows that wait into the trace; a complaint when one is not what a trace may hold.
    [[nodiscard]] std::optional<Complaint> commit();

    /// Awaits inside each other. Requires a stack of the trace.
    [[nodiscard]] std::uint32_t depth(StackId id) const { return depths_[static_cast<std::size_t>(id)]; }

private:
    template <class Row>
    struct Waiting {
        std::size_t line;
        Row row;
    };
    template <class Row>
    using Rows = std::vector<Waiting<Row>>;

    template <class IdType, class Row>
    void take(LineReader& line, std::size_t number);
    void take_columns(LineReader& line, TaskRow& row) const;
    void take_columns(LineReader& line, Place& row) const;
    void take_columns(LineReader& line, Trace::StackNode& row) const;
    void take_columns(LineReader& line, auto& row) const;
    void take_parts(LineReader& line, std::size_t number);

    // How many of a table the trace has, by the kind of row.
    [[nodiscard]] std::size_t known(const Place*) const { return trace_.place_count() - 1; }
    [[nodiscard]] std::size_t known(const Trace::StackNode*) const { return trace_.stack_count() - 1; }
    [[nodiscard]] std::size_t known(const TaskRow*) const { return trace_.task_count(); }
    [[nodiscard]] std::size_t known(const FutureInfo*) const { return trace_.future_count(); }
    [[nodiscard]] std::size_t known(const HandleInfo*) const { return trace_.handle_count(); }
    [[nodiscard]] std::size_t known(const ChannelInfo*) const { return trace_.channel_count(); }
    [[nodiscard]] std::size_t known(const ResourceInfo*) const { return trace_.resource_count(); }
    [[nodiscard]] std::size_t known(const ScopeInfo*) const { return trace_.scope_count(); }
    [[nodiscard]] std::size_t known(const WatchInfo*) const { return trace_.watch_count(); }
    [[nodiscard]] std::size_t known(const WorkerInfo*) const { return trace_.worker_count(); }
    [[nodiscard]] std::size_t known(const CallInfo*) const { return trace_.call_count(); }
    [[nodiscard]] bool has(TaskId id) const { return id.value <= trace_.task_count(); }
    [[nodiscard]] bool has(FutureId id) const { return id.value <= trace_.future_count(); }

    // Lets a row in; what is wrong with it is said by fault() when all are there.
    void add(const Place& row) { trace_.restore_place(row); }
    void add(const TaskRow& row) { trace_.restore_task(row, row.ordinal); }
    void add(const FutureInfo& row) { trace_.add_future(row); }
    void add(const HandleInfo& row) { trace_.add_handle(row); }
    void add(const ChannelInfo& row) { trace_.add_channel(row); }
    void add(const ResourceInfo& row) { trace_.add_resource(row); }
    void add(const ScopeInfo& row) { trace_.add_scope(row); }
    void add(const WatchInfo& row) { trace_.add_watch(row); }
    void add(const WorkerInfo& row) { trace_.add_worker(row); }
    [[nodiscard]] std::string add_stack(const Trace::StackNode& row);
    [[nodiscard]] std::string add_call(const CallInfo& row);
    [[nodiscard]] std::string add_parts(const PartsRow& row);

    // What is wrong with the n-th row of a table; empty when nothing is.
    [[nodiscard]] std::string fault(const TaskRow& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const FutureInfo& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const HandleInfo& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const ChannelInfo& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const ResourceInfo& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const ScopeInfo& row, std::size_t n) const;
    [[nodiscard]] std::string fault(const auto&, std::size_t) const { return {}; }

    template <class Row>
    [[nodiscard]] Rows<Row>& rows()
    {
        return std::get<Rows<Row>>(waiting_);
    }

    Trace& trace_;
    std::tuple<Rows<Place>, Rows<Trace::StackNode>, Rows<TaskRow>, Rows<FutureInfo>, Rows<HandleInfo>, Rows<ChannelInfo>,
               Rows<ResourceInfo>, Rows<ScopeInfo>, Rows<WatchInfo>, Rows<WorkerInfo>, Rows<CallInfo>, Rows<PartsRow>>
        waiting_;
    bool some_wait_ = false;

    std::unordered_set<std::string> places_; ///< a recording has each once
    std::vector<std::uint32_t> depths_{0};   ///< by stack
    std::vector<std::uint32_t> sizes_;       ///< by future - 1: how many it comes to with the parts of its parts
    std::vector<bool> is_part_;              ///< by future - 1
};

} // namespace loopscope::recorded
