#include "core/lesson/check.h"

#include "core/lesson/ask.h"
#include "core/lesson/settings.h"

#include <algorithm>
#include <set>
#include <string_view>

namespace loopscope {
namespace {

using Faults = std::vector<std::string>;

bool same_facts(const Trace& a, const Trace& b)
{
    if (a.size() != b.size() || a.task_count() != b.task_count())
        return false;
    for (std::size_t step = 0; step < a.size(); ++step) {
        const TraceEvent x = a[step];
        const TraceEvent y = b[step];
        if (x.when != y.when || x.place != y.place || x.fact.index() != y.fact.index())
            return false;
    }
    return true;
}

void check_run(Faults& faults, const Lesson& lesson, const Variant& variant, const Setting& setting, bool as_it_opens)
{
    const std::string where = variant.name + " with " + setting.name + ": ";
    const Run first = run(lesson, variant, setting.values);
    const std::string end = end_of(first.outcome);
    const bool plain = end == "result";
    if (as_it_opens ? end != (variant.ends.empty() ? "result" : variant.ends) : !plain && end != variant.ends)
        faults.push_back(where + "the run " + describe(first) + ".");
    if (first.trace->size() > most_facts)
        faults.push_back(where + "the run has " + std::to_string(first.trace->size()) + " events, more than "
                         + std::to_string(most_facts) + ".");
    const Run second = run(lesson, variant, setting.values);
    if (!same_facts(*first.trace, *second.trace) || first.outcome != second.outcome)
        faults.push_back(where + "two runs differ.");
}

bool names_belief(std::string_view belief)
{
    if (belief.size() >= 2 && belief[0] == 'M'
        && belief.substr(1).find_first_not_of("0123456789") == std::string_view::npos)
        return true;
    return std::count(belief.begin(), belief.end(), ' ') >= 2;
}

void check_prediction(Faults& faults, const Lesson& lesson, const Prediction& prediction)
{
    const std::string where = "prediction " + prediction.id + ": ";
    if (prediction.question.empty() || prediction.question.back() != '?')
        faults.push_back(where + "it asks nothing.");
    if (prediction.because.empty())
        faults.push_back(where + "it says no reason.");
    if (prediction.again.empty())
        faults.push_back(where + "it has no other numbers to be asked again with.");
    for (std::size_t round = 0; round <= prediction.again.size(); ++round) {
        const std::string in_round = where + (round == 0 ? "" : "asked again (" + std::to_string(round) + "): ");
        const Result<Asked> asked = ask(lesson, prediction, round);
        if (!asked) {
            faults.push_back(in_round + asked.error().sentence);
            continue;
        }
        if (asked->options.size() < 2)
            faults.push_back(in_round + "there is nothing to choose.");
        for (const AskedOption& option : asked->options)
            if (!option.right && !names_belief(option.belief))
                faults.push_back(in_round + "the wrong answer \"" + option.text + "\" names no belief.");
    }
}

void check_end(Faults& faults, const Lesson& lesson, const Goal& goal, const Setup& setup, bool wanted)
{
    const std::string where = std::string("challenge: ") + (wanted ? "what passes: " : "as it begins: ");
    const Result<Stage> stage = stage_of(lesson, setup);
    if (!stage) {
        faults.push_back(where + stage.error().sentence);
        return;
    }
    const std::vector<std::string>& allowed = lesson.challenge.variants;
    if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), stage->variant->name) == allowed.end())
        faults.push_back(where + "the variant " + stage->variant->name + " is none that may be chosen.");
    const Measures measures(lesson, run(lesson, *stage->variant, stage->values));
    const Result<bool> holds = goal.holds(measures);
    if (!holds)
        faults.push_back(where + holds.error().sentence);
    else if (*holds != wanted)
        faults.push_back(where + "the goal " + (wanted ? "does not hold." : "holds already."));
}

void check_challenge(Faults& faults, const Lesson& lesson)
{
    const Challenge& challenge = lesson.challenge;
    if (challenge.goal.empty()) {
        faults.emplace_back("there is no challenge.");
        return;
    }
    if (challenge.task.empty() || challenge.hint.empty())
        faults.emplace_back("challenge: it needs a task and a hint.");
    const Result<Goal> goal = Goal::parse(challenge.goal);
    if (!goal) {
        faults.push_back("challenge: " + goal.error().sentence);
        return;
    }
    check_end(faults, lesson, *goal, challenge.begins, false);
    check_end(faults, lesson, *goal, challenge.passes, true);
}

void check_remark(Faults& faults, const Lesson& lesson, const Remark& remark)
{
    const std::string where = "remark \"" + remark.moment + "\": ";
    if (remark.text.empty())
        faults.push_back(where + "it says nothing.");
    const Result<Goal> goal = Goal::parse(remark.moment);
    if (!goal) {
        faults.push_back(where + goal.error().sentence);
        return;
    }
    if (!remark.variant.empty() && !find_variant(lesson, remark.variant))
        faults.push_back(where + "there is no variant \"" + remark.variant + "\".");
    bool comes = false;
    for (const Variant& variant : lesson.variants) {
        if (!remark.variant.empty() && remark.variant != variant.name)
            continue;
        const Measures measures(lesson, run(lesson, variant, initial_values(lesson)));
        const Result<GoalValue> value = goal->of(measures);
        if (!value && !remark.variant.empty())
            faults.push_back(where + value.error().sentence);
        comes = comes || (value && value->as<Moment>());
    }
    if (!comes)
        faults.push_back(where + "this moment never comes with the initial values.");
}

} // namespace

std::string end_of(const Outcome& outcome)
{
    switch (outcome.kind) {
    case Outcome::Kind::Result: return "result";
    case Outcome::Kind::Exception: return outcome.type;
    case Outcome::Kind::Deadlock: return "deadlock";
    case Outcome::Kind::GaveUp: return outcome.message;
    }
    return {};
}

std::vector<std::string> faults_in_runs(const Lesson& lesson)
{
    Faults faults;
    const std::vector<Setting> settings = settings_of(lesson);
    for (const Variant& variant : lesson.variants)
        for (const Setting& setting : settings)
            check_run(faults, lesson, variant, setting, &setting == &settings.front());
    return faults;
}

std::vector<std::string> faults_in_exercises(const Lesson& lesson)
{
    Faults faults;
    std::set<std::string> ids;
    for (const Prediction& prediction : lesson.predictions) {
        if (!ids.insert(prediction.id).second)
            faults.push_back("prediction " + prediction.id + ": there are two of this name.");
        check_prediction(faults, lesson, prediction);
    }
    if (lesson.predictions.size() < 2)
        faults.emplace_back("there are fewer than two predictions.");
    check_challenge(faults, lesson);
    for (const Remark& remark : lesson.remarks)
        check_remark(faults, lesson, remark);
    return faults;
}

} // namespace loopscope
