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

} // namespace loopscope::ui
