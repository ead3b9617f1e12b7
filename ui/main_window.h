#pragma once

#include "ui/player.h"
#include "ui/store.h"

#include <QMainWindow>
#include <QUndoStack>

#include <map>
#include <utility>

class QSplitter;
class QStackedWidget;

namespace loopscope::ui {

class BeforeButton;
class ChallengeView;
class CompareView;
class ExportDialog;
class Hint;
class JustNow;
class Keyboard;
class LessonFoot;
class LessonList;
class LoopGameCard;
class LoopView;
class OutputView;
class ParametersView;
class PredictionCard;
class SourceView;
class TimelinePanel;
class TransportBar;

/// The rooms of the window and the road of the intents: what a person does in a view reaches the
/// Store here and nowhere else.
class MainWindow final : public QMainWindow {
    Q_OBJECT

public:
    /// The store must outlive the window.
    explicit MainWindow(Store& store, QWidget* parent = nullptr);

    [[nodiscard]] Player& player() { return m_player; }
    [[nodiscard]] QUndoStack& undoStack() { return m_undo; }
    [[nodiscard]] Keyboard& keys() { return *m_keys; }
    [[nodiscard]] TransportBar& transport() { return *m_transport; }
    [[nodiscard]] LessonList& lessons() { return *m_lessons; }
    [[nodiscard]] TimelinePanel& timeline() { return *m_timeline; }
    [[nodiscard]] SourceView& source() { return *m_source; }
    [[nodiscard]] OutputView& output() { return *m_output; }
    [[nodiscard]] LoopView& loop() { return *m_loop; }
    [[nodiscard]] ParametersView& parameters() { return *m_parameters; }
    [[nodiscard]] ChallengeView& challenge() { return *m_challenge; }
    [[nodiscard]] CompareView& comparison() { return *m_compare; }
    [[nodiscard]] PredictionCard& prediction() { return *m_prediction; }
    [[nodiscard]] LoopGameCard& gameCard() { return *m_gameCard; }
    [[nodiscard]] LessonFoot& foot() { return *m_foot; }
    [[nodiscard]] BeforeButton& before() { return *m_before; }

    /// Those whose state is worth remembering, in a fixed order.
    [[nodiscard]] QList<QSplitter*> splitters() const;

public Q_SLOTS:
    void togglePlay();
    void openExport();
    void leaveComparison();
    /// Lets a person choose a file.
    void chooseRecording();
    void saveRecording();
    /// Opens a file as a recording, or says why it cannot.
    void openRecording(const QString& file);
    void openKeys();
    void openGlossary();
    void openPuzzle();
    void startLoopGame();

protected:
    bool event(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void buildRooms();
    void fitOnScreen();
    void showFocus();
    void connectIntents();
    void connectExercises();
    void connectStore();
    void connectKeys();
    void connectComparison();
    void connectRecordings();
    /// On the picture that is shown.
    void zoomBy(double factor);
    void panBy(double partOfWidth);
    void connectLookKeys();
    void connectFollowKeys();
    void applyTheme();
    void applyMode();
    /// Opens a lesson; the last one says first what should come before it, and opens when asked again.
    void openLesson(std::size_t index);
    /// Sets the values so that it can be undone; changes of one gesture are undone together.
    void changeValues(const Values& values, const QString& parameter, int gesture);
    void showStage(const Lesson& lesson, const Stage& stage, std::size_t step);
    /// A person moved the playhead by hand, so playback ends.
    void seek(std::size_t step);
    void connectMarks();
    void toggleBreakpoint(const Breakpoint& breakpoint);
    void runToStop(bool forward);
    /// Sets a bookmark at this moment, or takes it away.
    void toggleBookmark();
    void noteMoment(const QString& note);
    void goToBookmark(std::size_t index);
    void goToNextBookmark(bool forward);
    [[nodiscard]] std::optional<std::size_t> bookmarkHere() const;
    /// Steps along one task from now on, or event by event again.
    void follow(bool on);
    void connectMarkKeys();
    void toggleStopAtLine();
    void toggleStopAtTask();
    /// The task of the lane, chip or badge at a point of the screen.
    [[nodiscard]] TaskId taskAt(const QPoint& global) const;
    /// A person pointed at an event: it is selected, and the moment behind it shown.
    void goToEvent(std::size_t event, TaskId lane = {});
    /// The keys that mean something else while a person is the loop.
    [[nodiscard]] bool pressGameKey(const QKeyEvent& event);
    /// Whether playback ends here, once, for a question that is due.
    [[nodiscard]] bool stopsForQuestion();

    Store& m_store;
    Player m_player;
    QUndoStack m_undo;
    Keyboard* m_keys;

    TransportBar* m_transport;
    LessonList* m_lessons;
    TimelinePanel* m_timeline;
    SourceView* m_source;
    JustNow* m_justNow;
    PredictionCard* m_prediction;
    LoopGameCard* m_gameCard;
    LessonFoot* m_foot;
    OutputView* m_output;
    LoopView* m_loop;
    ParametersView* m_parameters;
    ChallengeView* m_challenge;
    CompareView* m_compare;
    BeforeButton* m_before;
    QStackedWidget* m_centre = nullptr;
    bool m_askedForLast = false; ///< the last lesson was asked for, and has said what is missing
    std::map<QString, std::pair<QString, QString>> m_exportWords; ///< title and caption, by the name of the picture
    Hint* m_hint = nullptr;
    QSplitter* m_columns = nullptr;
    QSplitter* m_rows = nullptr;
    QSplitter* m_lower = nullptr;
    QSplitter* m_side = nullptr;
};

} // namespace loopscope::ui
