#pragma once

#include "core/lesson/lesson.h"

#include <QSlider>

namespace loopscope::ui {

/// A slider over the numbers of a parameter. Its positions count steps of the range; whoever hears it
/// instead of seeing it is told the number, not the position.
class NumberSlider final : public QSlider {
    Q_OBJECT

public:
    explicit NumberSlider(const NumberRange& range, QWidget* parent = nullptr);

    /// In the parameter's unit.
    [[nodiscard]] double number() const;
    /// Moves to the nearest position.
    void setNumber(double number);
    [[nodiscard]] const NumberRange& range() const { return m_range; }

private:
    NumberRange m_range;
};

/// Which step of the range a number is nearest to, counted from its low end.
[[nodiscard]] int positionOf(const NumberRange& range, double number);
/// The number at that step, within the range, on the grid of decimals that the step has: 0.1 · 3 is 0.3.
[[nodiscard]] double numberAt(const NumberRange& range, int position);

} // namespace loopscope::ui
