#pragma once

#include "core/trace/origins.h"

#include "ui/store.h"

#include <QWidget>

#include <memory>
#include <optional>

class QPushButton;

namespace loopscope::ui {

/// What a chip of the chain says of a fact: "timer fired", "fetch-1 · task woken".
[[nodiscard]] QString chipText(const Trace& trace, std::size_t fact);

/// Where the last fact comes from and what it led to: a chip for its cause, and one for its first
/// consequence if that was seen already. A press goes there; who followed a chip can go back.
class ChainBar final : public QWidget {
    Q_OBJECT

public:
    explicit ChainBar(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QPushButton& cause() { return *m_cause; }
    [[nodiscard]] QPushButton& consequence() { return *m_consequence; }
    [[nodiscard]] QPushButton& back() { return *m_back; }

    /// Not shown, whatever the moment: somebody else needs the room.
    void setAway(bool away);

Q_SIGNALS:
    void seekRequested(std::size_t step);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void follow(std::optional<std::size_t> fact);
    void goBack();
    void fit();

    const Store& m_store;
    std::shared_ptr<const Trace> m_trace; // of m_origins
    Origins m_origins;
    std::optional<std::size_t> m_from;
    std::optional<std::size_t> m_to;
    std::vector<std::size_t> m_way; // steps from which chips were followed
    std::optional<std::size_t> m_expected; // the step that a chip leads to
    bool m_away = false;
    QPushButton* m_cause;
    QPushButton* m_consequence;
    QPushButton* m_back;
};

} // namespace loopscope::ui
