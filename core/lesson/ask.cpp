#include "core/lesson/ask.h"

#include <algorithm>
#include <utility>

namespace loopscope {
namespace {

Result<GoalValue> worth(const std::string& expression, const Measures& run)
{
    const Result<Goal> goal = Goal::parse(expression);
    if (!goal)
        return Error{"\"" + expression + "\": " + goal.error().sentence};
    Result<GoalValue> value = goal->of(run);
    if (!value)
        return Error{"\"" + expression + "\": " + value.error().sentence};
    return value;
}

Result<Moment> moment_in(const std::string& expression, const Measures& run)
{
    const Result<GoalValue> value = worth(expression, run);
    if (!value)
        return value.error();
    if (const Moment* moment = value->as<Moment>())
        return *moment;
    return Error{"\"" + expression + "\" is no moment of this run."};
}

std::string filled(std::string text, const GoalValue& value)
{
    if (const auto at = text.find("{}"); at != std::string::npos)
        text.replace(at, 2, text_of(value));
    return text;
}

} // namespace

Result<Stage> stage_of(const Lesson& lesson, const Setup& setup)
{
    const Variant* variant = setup.variant.empty() ? &lesson.variants[lesson.default_variant]
                                                   : find_variant(lesson, setup.variant);
    if (!variant)
        return Error{"The lesson \"" + lesson.id + "\" has no variant \"" + setup.variant + "\"."};
    Result<Values> values = parse_values(lesson, setup.sets);
    if (!values)
        return values.error();
    return Stage{variant, std::move(*values)};
}

Result<Asked> ask(const Lesson& lesson, const Prediction& prediction, std::size_t round)
{
    Setup setup = prediction.setup;
    if (round > 0 && !prediction.again.empty())
        setup.sets = prediction.again[(round - 1) % prediction.again.size()];
    const Result<Stage> stage = stage_of(lesson, setup);
    if (!stage)
        return stage.error();
    const Measures measures(lesson, run(lesson, *stage->variant, stage->values));

    const Result<GoalValue> answer = worth(prediction.answer, measures);
    if (!answer)
        return answer.error();
    Asked asked{.run = measures.run(), .options = {}, .decided_by = {}, .from = 0};
    std::size_t right = 0;
    for (const Option& option : prediction.options) {
        const Result<GoalValue> value = worth(option.value, measures);
        if (!value)
            return value.error();
        AskedOption next{.text = filled(option.text, *value), .right = same(*value, *answer), .belief = option.belief};
        const auto put = std::find_if(asked.options.begin(), asked.options.end(),
                                      [&](const AskedOption& other) { return other.text == next.text; });
        if (put != asked.options.end())
            continue;
        right += next.right ? 1 : 0;
        asked.options.push_back(std::move(next));
    }
    if (right != 1)
        return Error{"The right answer is " + text_of(*answer) + ", and " + (right == 0 ? "no option says so."
                                                                                    : "more than one option says so.")};
    const Result<Moment> decided = moment_in(prediction.decided_by, measures);
    if (!decided)
        return decided.error();
    asked.decided_by = *decided;
    if (!prediction.asked_at.empty()) {
        const Result<Moment> put = moment_in(prediction.asked_at, measures);
        if (!put)
            return put.error();
        if (put->step >= decided->step)
            return Error{"\"" + prediction.asked_at + "\" is too late to ask: it is decided then."};
        asked.from = put->step + 1;
    }
    return asked;
}

std::vector<PlacedRemark> remarks_for(const Measures& run)
{
    std::vector<PlacedRemark> placed;
    for (const Remark& remark : run.lesson().remarks) {
        if (!remark.variant.empty() && remark.variant != run.run().variant)
            continue;
        if (const Result<Moment> moment = moment_in(remark.moment, run))
            placed.push_back({moment->step, remark.text});
    }
    std::stable_sort(placed.begin(), placed.end(),
                     [](const PlacedRemark& a, const PlacedRemark& b) { return a.step < b.step; });
    return placed;
}

} // namespace loopscope
