#include "ui/accessible_roles.h"

#include "ui/number_slider.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QWidget>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

/// A slider whose value is a parameter's number.
class NumberSliderInterface final : public QAccessibleWidget, public QAccessibleValueInterface {
public:
    explicit NumberSliderInterface(NumberSlider* slider)
        : QAccessibleWidget(slider, QAccessible::Slider)
        , m_slider(slider)
    {
    }

    void* interface_cast(QAccessible::InterfaceType type) override
    {
        return type == QAccessible::ValueInterface ? static_cast<QAccessibleValueInterface*>(this)
                                                   : QAccessibleWidget::interface_cast(type);
    }
    QString text(QAccessible::Text which) const override
    {
        return which == QAccessible::Value ? QString::number(m_slider->number()) : QAccessibleWidget::text(which);
    }
    QVariant currentValue() const override { return m_slider->number(); }
    void setCurrentValue(const QVariant& value) override { m_slider->setNumber(value.toDouble()); }
    QVariant maximumValue() const override { return m_slider->range().high; }
    QVariant minimumValue() const override { return m_slider->range().low; }
    QVariant minimumStepSize() const override { return m_slider->range().step; }

private:
    NumberSlider* m_slider;
};

QAccessibleInterface* interfaceOf(const QString& className, QObject* object)
{
    static const QHash<QString, QAccessible::Role> roles{
        {u"loopscope::ui::CodePane"_s, QAccessible::Document},
        {u"loopscope::ui::CompareCanvas"_s, QAccessible::Chart},
        {u"loopscope::ui::LoopGameCard"_s, QAccessible::Grouping},
        {u"loopscope::ui::LoopView"_s, QAccessible::List},
        {u"loopscope::ui::PredictionCard"_s, QAccessible::Grouping},
        {u"loopscope::ui::TextScroll"_s, QAccessible::Document},
        {u"loopscope::ui::TimelineView"_s, QAccessible::Chart},
    };
    if (auto* slider = qobject_cast<NumberSlider*>(object))
        return new NumberSliderInterface(slider);
    const auto role = roles.constFind(className);
    auto* widget = qobject_cast<QWidget*>(object);
    return widget && role != roles.cend() ? new QAccessibleWidget(widget, *role, {}) : nullptr;
}

} // namespace

void installAccessibleRoles()
{
    QAccessible::installFactory(interfaceOf); // the same function counts once
}

} // namespace loopscope::ui
