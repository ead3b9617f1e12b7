#pragma once

#include "ui/store.h"

#include <QWidget>

class QAbstractItemModel;
class QFrame;
class QLabel;
class QLineEdit;
class QListView;
class QPushButton;
class QToolButton;

namespace loopscope::ui {

class BookmarkModel;
class BreakpointModel;
class Dropdown;

/// The two buttons of the transport bar behind which the person's own marks are kept: stops, at
/// which a run halts, and bookmarks with their notes. Each opens a list below itself.
class MarksButtons final : public QWidget {
    Q_OBJECT

public:
    explicit MarksButtons(const Store& store, QWidget* parent = nullptr);

    void openStops();
    /// With the cursor in the note of this moment.
    void openBookmarks();

Q_SIGNALS:
    void marksRequested(const LessonMarks& marks);
    void runForwardRequested();
    void runBackRequested();
    /// To set a bookmark at this moment, or change the note of the one that is there.
    void noteRequested(const QString& note);
    /// To go to a bookmark, by its place in the lesson's marks.
    void bookmarkRequested(std::size_t index);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void buildStops();
    void buildBookmarks();
    void openBelow(QFrame* list, QToolButton* button);
    void refreshStops();
    void refreshBookmarks();
    void refreshTheme();
    void add(const Breakpoint& breakpoint);
    [[nodiscard]] QListView* makeList(QAbstractItemModel* model, const QString& name, QWidget* parent);

    const Store& m_store;
    QToolButton* m_stops;
    QToolButton* m_bookmarks;
    QFrame* m_stopsList = nullptr;
    QFrame* m_bookmarksList = nullptr;
    BreakpointModel* m_stopModel;
    BookmarkModel* m_bookmarkModel;
    QListView* m_stopView = nullptr;
    QListView* m_bookmarkView = nullptr;
    QLabel* m_noStops = nullptr;
    QLabel* m_noBookmarks = nullptr;
    QPushButton* m_runBack = nullptr;
    QPushButton* m_runForward = nullptr;
    QPushButton* m_removeStop = nullptr;
    QPushButton* m_removeBookmark = nullptr;
    Dropdown* m_tasks = nullptr;
    Dropdown* m_kinds = nullptr;
    QLineEdit* m_note = nullptr;
};

} // namespace loopscope::ui
