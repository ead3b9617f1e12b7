#include "ui/run_search.h"

#include "core/trace/explain.h"
#include "core/trace/subject.h"

#include "ui/code_places.h"
#include "ui/loop_game.h"
#include "ui/moment_models.h"
#include "ui/store.h"
#include "ui/style.h"

#include <QCoreApplication>

#include <algorithm>
#include <map>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::RunSearch)
};

constexpr std::size_t mostSentences = 5000; // about a tenth of a second

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), static_cast<qsizetype>(view.size()));
}

class Search {
public:
    Search(const Store& store, const QString& words)
        : m_store(store)
        , m_words(words)
        , m_places(store.lesson(), store.variant(), store.sources())
    {
    }

    std::vector<SearchHit> run()
    {
        const std::size_t end = std::min(m_store.reached(), m_store.trace().size());
        for (std::size_t step = 0; step < end; ++step) {
            const TraceEvent event = m_store.trace()[step];
            look(step, event);
        }
        if (m_hits.empty() && m_store.trace().size() <= mostSentences)
            for (std::size_t step = 0; step < end; ++step)
                read(step);
        return std::move(m_hits);
    }

private:
    void look(std::size_t step, const TraceEvent& event)
    {
        const Trace& trace = m_store.trace();
        const auto hit = [&](SearchHit::Kind kind, TaskId task, const QString& words) {
            m_hits.push_back({kind, step + 1, task, words});
        };
        if (const auto* created = std::get_if<TaskCreated>(&event.fact)) {
            const QString name = QString::fromStdString(trace.display_name(created->task));
            if (holds(name))
                return hit(SearchHit::Kind::Task, created->task, name);
        }
        if (const auto* noted = std::get_if<Noted>(&event.fact); noted && holds(text(noted->text)))
            return hit(SearchHit::Kind::Printed, noted->task, text(noted->text));
        const QString& name = nameOf(event.fact);
        if (holds(name))
            return hit(SearchHit::Kind::Event, taskOf(event.fact), name);
        if (const auto* waits = std::get_if<TaskSuspended>(&event.fact)) {
            const QString& line = lineAt(trace.innermost_in(waits->stack, m_store.lesson().cpp_file));
            if (!line.isEmpty() && holds(line))
                hit(SearchHit::Kind::Line, waits->task, line);
        }
    }

    void read(std::size_t step)
    {
        const RunData& run = m_store.run();
        const Explanation told = explain(run.trace(), step, run.replay.at(step + 1), run.spans.causes,
                                         m_store.code().lineNamer(run.trace(), m_store.language()), m_store.game().outlook());
        const QString sentence = plainText(told.sentence);
        if (!holds(sentence) && !holds(plainText(told.headline)))
            return;
        m_hits.push_back({SearchHit::Kind::Sentence, step + 1, subject_of(run.trace()[step].fact), sentence});
    }

    [[nodiscard]] bool holds(const QString& where) const { return where.contains(m_words, Qt::CaseInsensitive); }

    const QString& nameOf(const Fact& fact)
    {
        QString& name = m_names[fact.index()];
        if (name.isEmpty())
            name = text(fact_name(fact));
        return name;
    }

    const QString& lineAt(PlaceId place)
    {
        const auto [known, isNew] = m_lines.try_emplace(place);
        if (isNew)
            if (const auto row = m_places.row(m_store.trace(), place, m_store.language()))
                known->second = QString::fromStdString(m_places.lines(m_store.language())[*row].text).trimmed();
        return known->second;
    }

    const Store& m_store;
    const QString& m_words;
    CodePlaces m_places;
    std::map<std::size_t, QString> m_names; // by kind of fact
    std::map<PlaceId, QString> m_lines;
    std::vector<SearchHit> m_hits;
};

} // namespace

std::vector<SearchHit> searchRun(const Store& store, const QString& words)
{
    const QString wanted = words.trimmed();
    if (wanted.isEmpty() || store.mode() != Mode::Run)
        return {};
    return Search(store, wanted).run();
}

QString nameOf(SearchHit::Kind kind)
{
    switch (kind) {
    case SearchHit::Kind::Task: return Words::tr("task");
    case SearchHit::Kind::Event: return Words::tr("event");
    case SearchHit::Kind::Line: return Words::tr("line");
    case SearchHit::Kind::Printed: return Words::tr("printed");
    case SearchHit::Kind::Sentence: return Words::tr("sentence");
    }
    return {};
}

} // namespace loopscope::ui
