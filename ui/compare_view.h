#pragma once

#include "ui/store.h"

#include <QWidget>

class QGridLayout;
class QLabel;
class QPushButton;

namespace loopscope::ui {

class CompareCanvas;
class Dropdown;
class ElidedLabel;

/// Two variants side by side: which ones, both runs on one axis with the verdict, where they first
/// differ, and their numbers.
class CompareView final : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] CompareCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] Dropdown& first() { return *m_first; }
    [[nodiscard]] Dropdown& second() { return *m_second; }

Q_SIGNALS:
    void compareRequested(std::size_t a, std::size_t b);
    void seekRequested(std::size_t step);

private:
    void refreshLesson();
    void refresh();
    void refreshClock();
    void refreshNumbers();

    const Store& m_store;
    Dropdown* m_first;
    Dropdown* m_second;
    QLabel* m_clock;
    CompareCanvas* m_canvas;
    ElidedLabel* m_difference;
    QPushButton* m_goThere;
    QGridLayout* m_numbers;
};

} // namespace loopscope::ui
