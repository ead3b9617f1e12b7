#pragma once

#include <QList>
#include <QString>
#include <Qt>

class QKeyEvent;

namespace loopscope::ui {

/// What a key asks for. A new one is an enumerator here, a row in shortcuts(), and a line in
/// MainWindow::connectKeys() or a function like it; the list that `?` shows follows.
enum class KeyId {
    // Move in time.
    StepBack,
    StepForward,
    Play,
    First,
    Last,
    Follow,
    RunBack,
    RunForward,
    // Look closer.
    ZoomIn,
    ZoomOut,
    PanLeft,
    PanRight,
    ShowAll,
    FocusSelection,
    ZoomBack,
    ZoomForward,
    MarkSpan,
    PinLane,
    // Follow.
    NextOnLane,
    PreviousOnLane,
    HopOn,
    HopBack,
    // Find and choose.
    Variant,
    Compare,
    BeTheLoop,
    CompareWithBefore,
    SwapCompared,
    FirstDifference,
    SearchRun,
    SearchLessons,
    Clear,
    // Stop and remember.
    StopAtLine,
    StopAtTask,
    Bookmark,
    BookmarkNote,
    NextBookmark,
    PreviousBookmark,
    // Keep and set.
    Export,
    OpenRecording,
    SaveRecording,
    ToggleTheme,
    Undo,
    Redo,
    Glossary,
    KeyList,
    Quit,
};

/// The headings under which keys are listed, in that order.
enum class KeyGroup { Time, Look, Follow, Choose, Mark, Keep };

/// Where a key means something. One key may mean different things in the two pictures.
enum class KeyContext { Anywhere, Run, Comparison };

struct KeyChord {
    Qt::Key key = Qt::Key_unknown;
    Qt::KeyboardModifiers modifiers = {};
    /// Meant is the key at this place of an American keyboard, whatever letter is printed there; the
    /// letter counts too, where no other key stands for a place.
    bool byPlace = false;

    friend bool operator==(const KeyChord&, const KeyChord&) = default;
};

struct Shortcut {
    KeyId id = KeyId::Play;
    KeyGroup group = KeyGroup::Time;
    QList<KeyChord> chords; ///< each of them asks for the same; of `counted` ones, one for each number
    QString words;          ///< what it does. Rows one after the other with the same words are listed as one
    KeyContext where = KeyContext::Anywhere;
    bool repeats = false; ///< while it is held down
    bool counted = false; ///< listed as the first and the last of its keys
};

/// What the mouse does on the timeline, for the list; views know how.
struct Gesture {
    QString hand;
    QString words;
};

/// All keys of the window: what handles them and what lists them both read this.
[[nodiscard]] QList<Shortcut> shortcuts();
[[nodiscard]] QList<Gesture> gestures();

[[nodiscard]] QString titleOf(KeyGroup group);
/// What is written on a key's cap in the list: "←", "Ctrl+E".
[[nodiscard]] QString capOf(const KeyChord& chord);
/// The caps of one line of the list.
[[nodiscard]] QStringList capsOf(const Shortcut& shortcut);

/// A shortcut that a key asks for, and which of its chords was pressed.
struct PressedShortcut {
    const Shortcut* shortcut = nullptr;
    qsizetype chord = 0;
};

/// What a press asks for, if anything. A place counts before a letter; Shift does not matter for what
/// is no letter, since keyboards differ in where they need it; and on a keyboard without Latin letters
/// those of an American one count. Lies in `all`.
[[nodiscard]] PressedShortcut shortcutOf(const QKeyEvent& press, const QList<Shortcut>& all, KeyContext where);

} // namespace loopscope::ui
