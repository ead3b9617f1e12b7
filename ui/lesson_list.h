#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QToolButton;

namespace loopscope::ui {

class LessonFilter;
class LessonListView;

/// Chapters, lessons and open recordings with a search; below them what the chosen one is about, and at
/// the foot the way to recordings.
class LessonList final : public QWidget {
    Q_OBJECT

public:
    explicit LessonList(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QListView& list();
    [[nodiscard]] QPushButton& openButton() { return *m_open; }
    [[nodiscard]] QToolButton& saveButton() { return *m_save; }

Q_SIGNALS:
    void lessonRequested(std::size_t index);
    /// Of an open recording: to show it, or to close it.
    void recordingRequested(std::size_t index);
    void closeRequested(std::size_t index);
    /// A file is to be chosen, to open a recording or to save the run on screen.
    void openRequested();
    void saveRequested();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildAbout();
    QWidget* buildFoot();
    void connectList();
    void open(const QModelIndex& index);
    void showFound();
    void showOpen();
    void fitFoot();
    void refreshIcons();
    void revealOpen();
    void refresh();
    void refreshRecording(const OpenRecording& recording);
    void refreshTakeaway();

    const Store& m_store;
    QLineEdit* m_search;
    LessonFilter* m_filter;
    LessonListView* m_list;
    QLabel* m_nothing;
    QPushButton* m_open;
    QToolButton* m_save;
    QLabel* m_section = nullptr;
    QLabel* m_question;
    QLabel* m_text;
    QLabel* m_needs = nullptr;
    QLabel* m_takeaway;
};

} // namespace loopscope::ui
