#include "ui/guarded_application.h"

#include <QWidget>

#include <exception>

namespace loopscope::ui {

bool GuardedApplication::notify(QObject* receiver, QEvent* event)
{
    try {
        return QApplication::notify(receiver, event);
    } catch (const std::exception& error) {
        tell(receiver, error.what());
    } catch (...) {
        tell(receiver, nullptr);
    }
    return true; // nobody else shall try it with half of the work done
}

void GuardedApplication::tell(const QObject* receiver, const char* what)
{
    // A view is named as a screen reader names it; its viewport, which gets the events, by the view.
    QString who;
    for (const auto* widget = qobject_cast<const QWidget*>(receiver); widget && who.isEmpty(); widget = widget->parentWidget())
        who = widget->accessibleName();
    const QString where = who.isEmpty() ? tr("This part of the window") : tr("“%1”").arg(who);
    const QString why = what && *what ? QString::fromUtf8(what) : tr("no reason was given");
    QMetaObject::invokeMethod(
        this,
        [this, sentence = tr("%1 could not do that: %2. What you see elsewhere is still true; go on with another step "
                             "or lesson.").arg(where, why)] { Q_EMIT faulted(sentence); },
        Qt::QueuedConnection);
}

} // namespace loopscope::ui
