#include "ui/number_slider.h"

#include <algorithm>
#include <cmath>

namespace loopscope::ui {

int positionOf(const NumberRange& range, double number)
{
    return static_cast<int>(std::lround((number - range.low) / range.step));
}

double numberAt(const NumberRange& range, int position)
{
    const double number = range.low + position * range.step;
    return std::clamp(std::round(number * 1e6) / 1e6, range.low, range.high);
}

NumberSlider::NumberSlider(const NumberRange& range, QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
    , m_range(range)
{
    setFocusPolicy(Qt::TabFocus); // whoever drags it goes on to step with the arrow keys
    setRange(0, positionOf(range, range.high));
    setPageStep(std::max(1, maximum() / 10));
}

double NumberSlider::number() const { return numberAt(m_range, value()); }

void NumberSlider::setNumber(double number) { setValue(positionOf(m_range, number)); }

} // namespace loopscope::ui
