#include "ui/number_slider.h"

#include <algorithm>

namespace loopscope::ui {

NumberSlider::NumberSlider(const NumberRange& range, QWidget* parent)
    : QSlider(Qt::Horizontal, parent)
    , m_range(range)
{
    setFocusPolicy(Qt::TabFocus); // whoever drags it goes on to step with the arrow keys
    setRange(0, range.last_step());
    setPageStep(std::max(1, maximum() / 10));
}

double NumberSlider::number() const { return m_range.number_at(value()); }

void NumberSlider::setNumber(double number) { setValue(m_range.step_of(number)); }

} // namespace loopscope::ui
