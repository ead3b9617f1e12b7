#pragma once

#include "ui/keys.h"

#include <QObject>

#include <functional>
#include <map>

class QAction;
class QWidget;

namespace loopscope::ui {

/// Leads the keys of a window to what they ask for, by the table of shortcuts. Those with Ctrl or Alt
/// work wherever the focus is; the others where it is not in a field that takes letters.
class Keyboard final : public QObject {
    Q_OBJECT

public:
    explicit Keyboard(QWidget& window);

    /// Says what a shortcut does: once each.
    void on(KeyId id, std::function<void()> what);
    /// The same for a counted one: it is given which of its keys was pressed, from 0.
    void onCounted(KeyId id, std::function<void(std::size_t)> what);

    /// Which picture is shown.
    void setContext(KeyContext context) { m_context = context; }

    /// Does what the press asks for; false when it asks for nothing.
    bool press(const QKeyEvent& event);

    [[nodiscard]] bool knows(KeyId id) const { return m_deeds.contains(id); }

Q_SIGNALS:
    /// Told after it was done.
    void done(loopscope::ui::KeyId id);
    /// What was asked for ended in an exception, which says this.
    void failed(const QString& why);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void lead(const Shortcut& shortcut, qsizetype chord);

    QWidget& m_window;
    QList<Shortcut> m_shortcuts;
    std::map<KeyId, std::function<void(std::size_t)>> m_deeds;
    KeyContext m_context = KeyContext::Run;
};

} // namespace loopscope::ui
