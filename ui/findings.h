#pragma once

#include "core/trace/insight.h"

#include "ui/store.h"

#include <QWidget>

class QVBoxLayout;

namespace loopscope::ui {

/// Those of a run's insights that are certain after `reached` facts, in their order: what is still to
/// come is not told.
[[nodiscard]] std::vector<Insight> knownBy(const std::vector<Insight>& insights, std::size_t reached);

/// What the run has shown about its program without having been asked, in a sentence each, with a way
/// to the event that shows it.
class Findings final : public QWidget {
    Q_OBJECT

public:
    explicit Findings(const Store& store, QWidget* parent = nullptr);

    /// What is shown now.
    [[nodiscard]] const std::vector<Insight>& shown() const { return m_shown; }

Q_SIGNALS:
    void seekRequested(std::size_t step);
    void selectRequested(TaskId task);
    /// Another number of them.
    void changed(int count);

protected:
    void showEvent(QShowEvent* event) override;

private:
    void refresh();
    void write();
    [[nodiscard]] QString textOf(const Insight& insight, std::size_t number) const;

    const Store& m_store;
    std::shared_ptr<const Trace> m_trace; // of m_all
    std::vector<Insight> m_all;
    std::vector<Insight> m_shown;
    bool m_isCurrent = false; // m_shown, in this theme
    bool m_isWritten = false; // it stands in the column
    QVBoxLayout* m_column;
};

} // namespace loopscope::ui
