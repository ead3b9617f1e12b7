#pragma once

#include "ui/store.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QListView;

namespace loopscope::ui {

class LessonFilter;

/// Chapters and lessons with a search, and below them what the chosen lesson is about.
class LessonList final : public QWidget {
    Q_OBJECT

public:
    explicit LessonList(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] QLineEdit& search() { return *m_search; }
    [[nodiscard]] QListView& list() { return *m_list; }

Q_SIGNALS:
    void lessonRequested(std::size_t index);

private:
    void refresh();
    void refreshTakeaway();

    const Store& m_store;
    QLineEdit* m_search;
    LessonFilter* m_filter;
    QListView* m_list;
    QLabel* m_nothing;
    QLabel* m_question;
    QLabel* m_text;
    QLabel* m_needs = nullptr;
    QLabel* m_takeaway;
};

} // namespace loopscope::ui
