#include "ui/accessible_roles.h"

#include <QAccessibleWidget>
#include <QHash>
#include <QWidget>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

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
