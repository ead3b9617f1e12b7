#pragma once

#include <QApplication>

namespace loopscope::ui {

/// A QApplication in which an exception that leaves an event handler (of a view that is painted, clicked,
/// resized, …) is a sentence in the window, and the event is over. Qt itself must never see it: what it does
/// after that is undefined, and by default it ends the program.
///
/// Each event has this guard of its own, so that the innermost one takes the exception before it passes
/// through a function of Qt's that has begun something.
class GuardedApplication final : public QApplication {
    Q_OBJECT

public:
    using QApplication::QApplication;

    bool notify(QObject* receiver, QEvent* event) override;

Q_SIGNALS:
    /// `why` is a sentence for the person. Sent when the event loop comes round again: whoever hears it may
    /// paint and resize as it likes.
    void faulted(const QString& why);

private:
    void tell(const QObject* receiver, const char* what);
};

} // namespace loopscope::ui
