#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QPushButton;
class QToolButton;

namespace loopscope::ui {

class Dropdown;
class ElidedLabel;
class MarksButtons;
class SegmentedControl;

/// The bar at the top: which lesson, how to move through its run, which variant, and what leaves
/// the window. Decides nothing.
class TransportBar final : public QWidget {
    Q_OBJECT

public:
    explicit TransportBar(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] MarksButtons& marks() { return *m_marks; }

Q_SIGNALS:
    void firstRequested();
    void backRequested();
    void playRequested(); ///< or pause, when it plays
    void forwardRequested();
    void lastRequested();
    void stepByRequested(StepBy by);
    void speedRequested(double speed);
    void variantRequested(std::size_t index);
    void compareRequested();
    void exportRequested();
    void themeToggleRequested();
    void helpRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void shareOut();
    void refreshLesson();
    void refreshChoice();
    void refreshPlayback();
    void refreshFollowed();
    void refreshTheme();

    const Store& m_store;
    QLabel* m_brand;
    ElidedLabel* m_lesson;
    QToolButton* m_first;
    QToolButton* m_back;
    QToolButton* m_play;
    QToolButton* m_forward;
    QToolButton* m_last;
    Dropdown* m_stepBy;
    Dropdown* m_speed;
    MarksButtons* m_marks;
    SegmentedControl* m_variants;
    QPushButton* m_export;
    QToolButton* m_theme;
    QToolButton* m_help;
};

} // namespace loopscope::ui
