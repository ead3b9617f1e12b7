#pragma once

#include "ui/store.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace loopscope::ui {

/// One number of a run with what it means.
struct Figure {
    QString name;
    QString value;
    QString meaning;
};

[[nodiscard]] std::vector<Figure> figuresOf(const RunStats& stats);

/// The run in numbers. They belong to the whole run, so they appear when it has been seen to its
/// end: until then they would give the answers away.
class StatisticsView final : public QWidget {
    Q_OBJECT

public:
    explicit StatisticsView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] bool showsFigures() const;

Q_SIGNALS:
    void lastRequested();

private:
    void refresh();

    const Store& m_store;
    QStackedLayout* m_pages;
    QGridLayout* m_grid;
};

} // namespace loopscope::ui
