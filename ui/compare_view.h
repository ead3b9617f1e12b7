#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QScrollArea;

namespace loopscope::ui {

class CompareCanvas;
class CompareQuestion;
class CompareRuler;
class DifferenceModel;
class DifferenceTable;
class Dropdown;
class SteadyLabel;

/// Two variants, or one before and after a change: which ones, both runs on one axis with the
/// verdict, where they first differ, and both in numbers and task by task.
class CompareView final : public QWidget {
    Q_OBJECT

public:
    explicit CompareView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] CompareCanvas& canvas() { return *m_canvas; }
    [[nodiscard]] Dropdown& first() { return *m_first; }
    [[nodiscard]] Dropdown& second() { return *m_second; }
    [[nodiscard]] QPushButton& swapButton() { return *m_swap; }
    /// The verdict in words and the axis, beside the picture; shown while the picture has to scroll.
    [[nodiscard]] QLabel& verdict() { return *m_verdict; }
    [[nodiscard]] CompareRuler& ruler() { return *m_ruler; }
    [[nodiscard]] QPushButton& goThereButton() { return *m_goThere; }
    /// The last two rows of the tables, where something may lie over them for a while.
    [[nodiscard]] QRect lastRows(const QWidget* in) const;
    [[nodiscard]] DifferenceTable& tasks() { return *m_taskTable; }
    /// What comes first, as long as the comparison would answer it.
    [[nodiscard]] CompareQuestion& question() { return *m_question; }
    /// Gives the focus to the picture, or to what stands in its place.
    void takeFocus();

Q_SIGNALS:
    void compareRequested(loopscope::ui::CompareSide a, loopscope::ui::CompareSide b);
    void seekRequested(std::size_t step);
    void zoomRequested(loopscope::ui::Zoom zoom);
    void swapRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void buildHead();
    void refresh();
    void refreshSides();
    void refreshClock();
    [[nodiscard]] bool isHeld() const;
    void hold();
    void goToDifference();
    void showVerdict(bool pictureScrolls);
    /// The picture comes first: the tables give way until they have only a few rows.
    void shareRoom();

    const Store& m_store;
    QWidget* m_head;
    Dropdown* m_first;
    Dropdown* m_second;
    QPushButton* m_swap;
    SteadyLabel* m_clock;
    CompareQuestion* m_question;
    QWidget* m_questionRoom = nullptr;
    CompareCanvas* m_canvas;
    QScrollArea* m_scroll;
    CompareRuler* m_ruler;
    QLabel* m_verdict;
    QLabel* m_difference;
    QPushButton* m_goThere;
    DifferenceModel* m_numbers;
    DifferenceModel* m_tasks;
    DifferenceTable* m_numberTable;
    DifferenceTable* m_taskTable;
};

} // namespace loopscope::ui
