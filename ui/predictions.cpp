#include "ui/predictions.h"

#include "ui/loop_game.h"
#include "ui/store.h"

#include <algorithm>

namespace loopscope::ui {
namespace {

void count(Score& score, const Lesson& lesson, const Progress& progress)
{
    for (const Prediction& prediction : lesson.predictions) {
        ++score.all;
        if (const Progress::Record* record = progress.record(lesson.id, prediction.id)) {
            ++score.answered;
            score.right += record->last == Progress::Answer::Right ? 1 : 0;
        }
    }
}

} // namespace

Stage OpenQuestion::stage() const
{
    return {find_variant(*due.lesson, asked.run.variant), asked.run.values};
}

Predictions::Predictions(Store& store)
    : QObject(&store)
    , m_store(store)
{
    connect(&m_store, &Store::lessonChanged, this, &Predictions::collect);
    connect(&m_store, &Store::progressChanged, this, &Predictions::collect);
    connect(&m_store, &Store::runChanged, this, &Predictions::follow);
    connect(&m_store, &Store::stepChanged, this, &Predictions::follow);
}

void Predictions::collect()
{
    std::vector<OpenQuestion> before = std::move(m_open);
    m_open.clear();
    for (const Due& due : m_store.due()) {
        const auto known = std::find_if(before.begin(), before.end(), [&](const OpenQuestion& question) {
            return question.due.prediction == due.prediction && question.due.round == due.round;
        });
        if (known != before.end()) {
            m_open.push_back(std::move(*known)); // its run need not be made again
            continue;
        }
        // A question that cannot be put is the lesson's fault, not the person's: it is left out.
        if (Result<Asked> asked = ask(*due.lesson, *due.prediction, due.round))
            m_open.push_back({due, std::move(*asked)});
    }
    m_lastDue = due() ? std::optional(due()->key()) : std::nullopt;
    Q_EMIT changed();
}

void Predictions::follow()
{
    const OpenQuestion* now = due();
    const auto key = now ? std::optional(now->key()) : std::nullopt;
    if (key == m_lastDue)
        return;
    m_lastDue = key;
    Q_EMIT changed();
}

bool Predictions::isAbout(const OpenQuestion& question, const Variant& variant, const Values& shown) const
{
    if (question.due.lesson != &m_store.lesson() || question.asked.run.variant != variant.name)
        return false;
    const Values& asked = question.asked.run.values;
    const auto& parameters = m_store.lesson().parameters;
    return std::all_of(parameters.begin(), parameters.end(), [&](const Parameter& parameter) {
        return !matters(variant, parameter, asked)
            || asked.all().find(parameter.name)->second == shown.all().find(parameter.name)->second;
    });
}

bool Predictions::isAboutRun(const OpenQuestion& question) const
{
    return m_store.mode() == Mode::Run && isAbout(question, m_store.variant(), m_store.values());
}

// A comparison shows two whole runs; of one that was seen up to what decides, it tells nothing new.
bool Predictions::isAboutComparison(const OpenQuestion& question) const
{
    return m_store.mode() == Mode::Compare && isShown(question, false);
}

std::vector<std::pair<const Run*, std::size_t>> Predictions::shown() const
{
    if (m_store.mode() == Mode::Run)
        return {{&m_store.run().run, m_store.reached()}};
    const auto seen = [this](const CompareSide& side) {
        return side.before ? m_store.kept()->reached : side.variant == m_store.variantIndex() ? m_store.reached() : 0;
    };
    const auto [first, second] = m_store.comparedSides();
    return {{&m_store.comparison().a->run, seen(first)}, {&m_store.comparison().b->run, seen(second)}};
}

bool Predictions::isShown(const OpenQuestion& question, bool decided) const
{
    const auto all = shown();
    return std::any_of(all.begin(), all.end(), [&](const auto& one) {
        const auto& [run, seen] = one;
        const Variant* variant = find_variant(m_store.lesson(), run->variant);
        return variant && isAbout(question, *variant, run->values) && (seen > question.asked.decided_by.step) == decided;
    });
}

bool Predictions::isOpenFor(const OpenQuestion& question) const
{
    return isAboutRun(question) && m_store.reached() <= question.asked.decided_by.step;
}

const OpenQuestion* Predictions::due() const
{
    if (m_store.mode() != Mode::Run || m_store.game().isOn())
        return nullptr;
    // What the run on screen asks comes before what returns from another lesson.
    for (const OpenQuestion& question : m_open)
        if (isOpenFor(question) && m_store.step() >= question.asked.from)
            return &question;
    for (const OpenQuestion& question : m_open)
        if (question.due.returns() && m_store.step() == 0)
            return &question;
    return nullptr;
}

const OpenQuestion* Predictions::elsewhere() const
{
    for (const OpenQuestion& question : m_open)
        if (!question.due.returns() && !isOpenFor(question))
            return &question;
    return nullptr;
}

std::vector<const OpenQuestion*> Predictions::spoiled() const
{
    std::vector<const OpenQuestion*> found;
    for (const OpenQuestion& question : m_open)
        if (isOpenFor(question) || isAboutComparison(question))
            found.push_back(&question);
    return found;
}

bool Predictions::wouldSpoil(const Variant& variant, const Values& values) const
{
    return std::any_of(m_open.begin(), m_open.end(), [&](const OpenQuestion& question) {
        return isAbout(question, variant, values) && !isShown(question, true);
    });
}

const Variant* Predictions::askedOf(const Clause& clause, const Values& values) const
{
    for (const std::string& name : clause.variants)
        if (const Variant* variant = find_variant(m_store.lesson(), name); variant && wouldSpoil(*variant, values))
            return variant;
    return nullptr;
}

bool Predictions::withholds(const std::vector<Clause>& clauses) const
{
    return wouldSpoil()
        || std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) { return askedOf(clause, m_store.values()); });
}

std::size_t Predictions::withoutAnswers(std::size_t step, std::size_t seen) const
{
    for (const OpenQuestion& question : m_open)
        if (const std::size_t decided = question.asked.decided_by.step; step <= decided && isAboutRun(question))
            seen = std::min(seen, std::max(step, question.asked.from));
    return seen;
}

bool Predictions::stopsPlayback()
{
    const OpenQuestion* question = due();
    return question && m_stopped.insert({question->key(), question->due.round}).second;
}

Score Predictions::lessonScore() const
{
    Score score;
    count(score, m_store.lesson(), m_store.progress());
    return score;
}

Score Predictions::courseScore() const
{
    Score score;
    for (const Lesson& lesson : m_store.lessons())
        count(score, lesson, m_store.progress());
    return score;
}

} // namespace loopscope::ui
