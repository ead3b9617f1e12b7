#pragma once

#include "ui/run_search.h"

#include <QFrame>

#include <optional>
#include <vector>

class QLineEdit;
class QToolButton;

namespace loopscope::ui {

class ElidedLabel;

/// A small field above the timeline: what is typed is looked for in the run, and Enter goes from one
/// place to the next, Shift+Enter back. It is hidden until it is opened.
class SearchBar final : public QFrame {
    Q_OBJECT

public:
    explicit SearchBar(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& field() { return *m_field; }
    [[nodiscard]] const std::vector<SearchHit>& hits() const { return m_hits; }
    /// What it says of them: "2 of 7: event, timer fired".
    [[nodiscard]] QString said() const;

    /// Shows it with its words chosen, so that typing replaces them.
    void open();

Q_SIGNALS:
    void hitRequested(const loopscope::ui::SearchHit& hit);
    /// Other places than before are found, or none.
    void hitsChanged();
    /// It was left with Escape.
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void search();
    void go(int by);
    void say();
    void shut();

    const Store& m_store;
    QLineEdit* m_field;
    ElidedLabel* m_count;
    QToolButton* m_previous;
    QToolButton* m_next;
    std::vector<SearchHit> m_hits;
    std::optional<std::size_t> m_current; // in m_hits; none before the first Enter
};

} // namespace loopscope::ui
