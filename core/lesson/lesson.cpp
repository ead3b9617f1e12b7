#include "core/lesson/lesson.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace loopscope {
namespace {

template <class T>
const T* find_named(const std::vector<T>& items, std::string_view name)
{
    const auto found = std::find_if(items.begin(), items.end(), [&](const T& item) { return item.name == name; });
    return found == items.end() ? nullptr : &*found;
}

template <class T>
const T& value_of(const auto& values, std::string_view name)
{
    const auto found = values.find(name);
    assert(found != values.end() && std::holds_alternative<T>(found->second));
    return *std::get_if<T>(&found->second);
}

} // namespace

int NumberRange::step_of(double number) const { return static_cast<int>(std::lround((std::clamp(number, low, high) - low) / step)); }

double NumberRange::number_at(int step_number) const
{
    return std::clamp(std::round((low + step_number * step) * 1e6) / 1e6, low, high);
}

double Values::number(std::string_view name) const { return value_of<double>(values_, name); }
int Values::whole(std::string_view name) const { return static_cast<int>(std::lround(number(name))); }
const std::string& Values::word(std::string_view name) const { return value_of<std::string>(values_, name); }

Values initial_values(const Lesson& lesson)
{
    Values values;
    for (const Parameter& parameter : lesson.parameters)
        std::visit([&](const auto& initial) { values.set(parameter.name, initial); }, parameter.initial);
    return values;
}

const Variant* find_variant(const Lesson& lesson, std::string_view name)
{
    return find_named(lesson.variants, name);
}

const Parameter* find_parameter(const Lesson& lesson, std::string_view name)
{
    return find_named(lesson.parameters, name);
}

bool matters(const Variant& variant, const Parameter& parameter)
{
    const std::vector<std::string>& names = variant.parameters;
    return names.empty() || std::find(names.begin(), names.end(), parameter.name) != names.end();
}

bool matters(const Variant& variant, const Parameter& parameter, const Values& values)
{
    return matters(variant, parameter) && (!parameter.shown || parameter.shown(values));
}

} // namespace loopscope
