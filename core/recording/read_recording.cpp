#include "core/base/format.h"
#include "core/recording/fact_check.h"
#include "core/recording/line_reader.h"
#include "core/recording/members.h"
#include "core/recording/recording.h"
#include "core/recording/table_reader.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace loopscope {
namespace {

using recorded::Complaint;
using recorded::LineReader;

constexpr int version = 1;
constexpr std::size_t most_facts = 4'000'000;
constexpr int deepest_outcome = 100;
constexpr std::size_t most_names = 100'000'000; // each is looked for among all tasks

using FactReader = Fact (*)(LineReader&);

template <class F>
Fact read_fact(LineReader& line)
{
    F fact{};
    std::apply([&line](auto&... members) { (line(members), ...); }, recorded::members_of(fact));
    return fact;
}

const std::unordered_map<std::string_view, FactReader>& fact_readers()
{
    static const auto all = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::unordered_map<std::string_view, FactReader>{
            {recorded::word_of_fact(std::type_identity<std::variant_alternative_t<I, Fact>>{}),
             &read_fact<std::variant_alternative_t<I, Fact>>}...};
    }(std::make_index_sequence<std::variant_size_v<Fact>>{});
    return all;
}

/// Takes a recording line by line, as far as it goes.
class Reader {
public:
    /// Gives the first damage. What was read before it can be taken all the same.
    std::optional<Complaint> read(std::string_view text);

    [[nodiscard]] Recording take() &&;

    /// Where the last fact ends that could be taken, in bytes, and how many there are.
    [[nodiscard]] std::size_t whole_until() const { return whole_until_; }
    [[nodiscard]] std::size_t facts() const { return trace_->size(); }
    /// Lines that were read, up to the damage.
    [[nodiscard]] std::size_t lines() const { return number_; }

private:
    void take_line(LineReader& line);
    void take_fact(LineReader& line, std::string_view when);
    void take_parameter(LineReader& line);
    void take_outcome(LineReader& line);
    void take_namesakes(LineReader& line);
    void take_source(LineReader& line);
    void commit(LineReader& line);

    std::shared_ptr<Trace> trace_ = std::make_shared<Trace>();
    recorded::TableReader tables_{*trace_};
    recorded::FactCheck check_{*trace_, tables_};
    Recording recording_;
    RecordedCode* code_ = nullptr; ///< the language whose lines come
    std::vector<std::string> remarks_; ///< about the fact that comes
    bool has_outcome_ = false;
    bool ended_ = false;
    std::optional<Complaint> row_;
    std::size_t number_ = 0;
    std::size_t whole_until_ = 0;
};

std::optional<Complaint> Reader::read(std::string_view text)
{
    std::size_t at = 0;
    while (at < text.size() && !ended_) {
        const std::size_t end = text.find('\n', at);
        std::string_view content = text.substr(at, std::min(end, text.size()) - at);
        if (content.ends_with('\r')) // it came by way of an editor
            content.remove_suffix(1);
        if (end == std::string_view::npos && !content.starts_with("end "))
            break;
        ++number_;
        const std::size_t before = trace_->size();
        LineReader line(content, *trace_);
        take_line(line);
        if (row_)
            return row_;
        if (!line.ok())
            return Complaint{number_, line.complaint()};
        at = std::min(end, text.size() - 1) + 1;
        if (trace_->size() > before)
            whole_until_ = at;
    }
    if (!ended_)
        return Complaint{0, {}};
    if (at < text.size())
        return Complaint{number_ + 1, "it stands behind the end"};
    return std::nullopt;
}

void Reader::take_line(LineReader& line)
{
    const std::string_view word = line.word();
    if (number_ == 1) {
        int format = 0;
        if (word != "loopscope" || line.word() != "recording")
            line.complain("this is no recording");
        line(format);
        if (line.ok() && format != version)
            line.complain("it is of another version");
    } else if (word == "end") {
        std::uint64_t facts = 0;
        line(facts);
        if (facts != trace_->size() || !has_outcome_)
            line.complain("there should be " + std::to_string(facts) + " events before it");
        ended_ = line.ok();
    } else if (word == "outcome") {
        commit(line);
        take_outcome(line);
    } else if (has_outcome_) {
        line.complain("it stands behind the outcome");
    } else if (!word.empty() && word.front() >= '0' && word.front() <= '9') {
        take_fact(line, word);
        return;
    } else if (word == "remark") {
        line(remarks_.emplace_back());
    } else if (word == "namesakes") {
        take_namesakes(line);
    } else if (word == "line") {
        take_source(line);
    } else if (word == "parameter") {
        take_parameter(line);
    } else if (word == "lesson") {
        line(recording_.run.lesson);
        line(recording_.title);
    } else if (word == "question") {
        line(recording_.question);
    } else if (word == "variant") {
        line(recording_.run.variant);
        line(recording_.variant_title);
        line(recording_.variant_summary);
    } else if (word == "python" || word == "c++") {
        code_ = word == "python" ? &recording_.python : &recording_.cpp;
        line(code_->file);
    } else if (!tables_.read(word, line, number_)) {
        line.complain(LineReader::unknown(word));
    }
    line.end();
}

void Reader::commit(LineReader& line)
{
    if (line.ok())
        row_ = tables_.commit();
}

void Reader::take_fact(LineReader& line, std::string_view when)
{
    TraceEvent event;
    LineReader moment(when, *trace_);
    moment(event.when);
    line(event.place);
    const std::string_view word = line.word();
    const auto reader = fact_readers().find(word);
    if (!moment.ok())
        line.complain(moment.complaint());
    if (reader == fact_readers().end())
        line.complain(LineReader::unknown(word));
    if (!line.ok())
        return;
    event.fact = reader->second(line);
    line.end();
    if (trace_->size() >= most_facts)
        line.complain("there are too many events");
    commit(line);
    if (!line.ok() || row_)
        return;
    if (const std::string_view wrong = check_.fault(event); !wrong.empty()) {
        line.complain(std::string(wrong));
        return;
    }
    if (const auto* created = std::get_if<TaskCreated>(&event.fact))
        trace_->set_created(created->task, trace_->size());
    for (std::string& remark : remarks_)
        recording_.remarks.push_back({trace_->size(), std::move(remark)});
    remarks_.clear();
    trace_->append(event.when, event.place, event.fact);
    check_.advance(event.fact);
}

void Reader::take_parameter(LineReader& line)
{
    RecordedParameter parameter;
    line(parameter.name);
    line(parameter.label);
    line(parameter.unit);
    line(parameter.mattered);
    const std::string_view kind = line.word();
    if (recording_.run.values.all().count(parameter.name) > 0)
        line.complain("the same parameter is there already");
    parameter.whole = kind == "whole";
    if (kind == "word") {
        std::string word;
        line(word);
        recording_.run.values.set(parameter.name, std::move(word));
    } else {
        double number = 0;
        if (kind != "number" && kind != "whole")
            line.complain(LineReader::unknown(kind));
        line(number);
        recording_.run.values.set(parameter.name, number);
    }
    recording_.parameters.push_back(std::move(parameter));
}

void Reader::take_source(LineReader& line)
{
    if (!code_) {
        line.complain("it belongs to no file");
        return;
    }
    SourceLine source;
    line(source.file_line);
    line(source.text);
    line(source.mark);
    code_->lines.push_back(std::move(source));
}

// An exception in a group stands behind it, one level deeper.
void Reader::take_outcome(LineReader& line)
{
    Outcome outcome;
    int depth = 0;
    line(depth);
    const std::string_view kind = line.word();
    if (kind == "result") {
        outcome.kind = Outcome::Kind::Result;
    } else if (kind == "exception") {
        outcome.kind = Outcome::Kind::Exception;
        line(outcome.type);
        line(outcome.message);
    } else if (kind == "deadlock") {
        outcome.kind = Outcome::Kind::Deadlock;
    } else if (kind == "gave-up") {
        outcome.kind = Outcome::Kind::GaveUp;
        line(outcome.message);
    } else {
        line.complain(LineReader::unknown(kind));
    }
    while (line.ok() && !line.at_end())
        line(outcome.waiting.emplace_back());
    if (outcome.waiting.size() * trace_->task_count() > most_names)
        line.complain("it names too many tasks");

    if (!has_outcome_ && depth == 0) {
        recording_.run.outcome = std::move(outcome);
        has_outcome_ = true;
        return;
    }
    Outcome* group = &recording_.run.outcome;
    for (int level = 1; level < depth && group; ++level)
        group = group->exceptions.empty() ? nullptr : &group->exceptions.back();
    if (!has_outcome_ || depth < 1 || depth > deepest_outcome || !group)
        line.complain("it is the outcome of nothing");
    else
        group->exceptions.push_back(std::move(outcome));
}

void Reader::take_namesakes(LineReader& line)
{
    std::string coroutine;
    std::uint32_t count = 0;
    line(coroutine);
    line(count);
    commit(line);
    if (line.ok() && !row_)
        trace_->set_namesakes(coroutine, count);
}

Recording Reader::take() &&
{
    recording_.run.trace = std::move(trace_);
    return std::move(recording_);
}

std::string sentence_for(const Complaint& damage, std::size_t lines)
{
    if (damage.line == 0)
        return "The recording breaks off after line " + std::to_string(lines) + " of the file.";
    return "Line " + std::to_string(damage.line) + " of the recording is damaged: " + damage.what + ".";
}

} // namespace

Result<ReadRecording> read_recording(std::string_view text)
{
    if (!text.starts_with("loopscope recording "))
        return Error{"This is not a recording of Loopscope: its first line should be \"loopscope recording 1\"."};
    if (text.size() > most_recording_bytes)
        return Error{"The recording is too large to be shown."};
    const std::string_view first = text.substr(0, text.find_first_of("\r\n"));
    if (first != "loopscope recording " + std::to_string(version))
        return Error{"This recording is of a format that this Loopscope does not know (\"" + std::string(first.substr(0, 40))
                     + "\"); a newer one may."};

    Reader reader;
    const std::optional<Complaint> damage = reader.read(text);
    if (!damage)
        return ReadRecording{std::move(reader).take(), {}};
    std::string sentence = sentence_for(*damage, reader.lines());
    const std::size_t facts = reader.facts();
    if (facts == 0)
        return Error{sentence + " Nothing can be shown of it."};

    // Once more without what stands behind the last whole fact: descriptions of what never happens, or
    // wrong ones.
    Reader whole;
    (void)whole.read(text.substr(0, reader.whole_until()));
    Recording recording = std::move(whole).take();
    recording.run.outcome = {.kind = Outcome::Kind::GaveUp,
                             .type = {},
                             .message = "breaks off after " + format_count(facts, "event") + ": its recording is damaged",
                             .exceptions = {},
                             .waiting = {}};
    return ReadRecording{std::move(recording),
                         sentence + " What happened before is shown: " + format_count(facts, "event") + "."};
}

} // namespace loopscope
