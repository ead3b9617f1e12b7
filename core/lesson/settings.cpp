#include "core/lesson/settings.h"

#include "core/base/format.h"

#include <cmath>
#include <random>
#include <utility>

namespace loopscope {
namespace {

void add_ends(std::vector<Setting>& settings, const Values& initial, const Parameter& parameter)
{
    const auto add = [&](auto value, const std::string& text) {
        Setting setting{parameter.name + "=" + text, initial};
        setting.values.set(parameter.name, value);
        settings.push_back(std::move(setting));
    };
    if (const auto* range = std::get_if<NumberRange>(&parameter.range)) {
        add(range->low, format_number(range->low));
        add(range->high, format_number(range->high));
    } else {
        for (const std::string& word : std::get<Choices>(parameter.range).words)
            add(word, word);
    }
}

// A multiple of the slider's step, so that ties occur as a learner may meet them.
double on_grid(const NumberRange& range, double part)
{
    return range.number_at(static_cast<int>(std::floor(part * (range.last_step() + 1))));
}

Values random_values(const Lesson& lesson, std::mt19937& dice)
{
    Values values;
    for (const Parameter& parameter : lesson.parameters) {
        const double part = static_cast<double>(dice()) / (static_cast<double>(std::mt19937::max()) + 1.0);
        if (const auto* range = std::get_if<NumberRange>(&parameter.range)) {
            values.set(parameter.name, on_grid(*range, part));
        } else {
            const auto& words = std::get<Choices>(parameter.range).words;
            values.set(parameter.name, words[static_cast<std::size_t>(part * static_cast<double>(words.size()))]);
        }
    }
    return values;
}

} // namespace

std::vector<Setting> settings_of(const Lesson& lesson)
{
    const Values initial = initial_values(lesson);
    std::vector<Setting> settings = {{"the initial values", initial}};
    for (const Parameter& parameter : lesson.parameters)
        add_ends(settings, initial, parameter);
    std::mt19937 dice(static_cast<std::uint32_t>(lesson.number));
    for (int i = 1; i <= 12; ++i)
        settings.push_back({"random setting " + std::to_string(i), random_values(lesson, dice)});
    return settings;
}

} // namespace loopscope
