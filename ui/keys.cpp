#include "ui/keys.h"

#include "ui/key_places.h"

#include <QCoreApplication>
#include <QKeyEvent>
#include <QKeySequence>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Keys)
};

KeyChord place(Qt::Key key) { return {.key = key, .modifiers = {}, .byPlace = true}; }
KeyChord key(Qt::Key key, Qt::KeyboardModifiers modifiers = {}) { return {.key = key, .modifiers = modifiers}; }

QList<Shortcut> timeKeys()
{
    const QString step = Words::tr("one step back, forward");
    const QString ends = Words::tr("first event, last event");
    const QString run = Words::tr("run back, on to the next stop");
    return {
        {.id = KeyId::StepBack, .chords = {key(Qt::Key_Left)}, .words = step, .repeats = true},
        {.id = KeyId::StepForward, .chords = {key(Qt::Key_Right)}, .words = step, .repeats = true},
        {.id = KeyId::Play, .chords = {key(Qt::Key_Space)}, .words = Words::tr("play and pause")},
        {.id = KeyId::First, .chords = {key(Qt::Key_Home)}, .words = ends},
        {.id = KeyId::Last, .chords = {key(Qt::Key_End)}, .words = ends},
        {.id = KeyId::Follow, .chords = {key(Qt::Key_T)}, .words = Words::tr("step along the selected task, or by event again"), .where = KeyContext::Run},
        {.id = KeyId::RunBack, .chords = {key(Qt::Key_F5, Qt::ShiftModifier)}, .words = run, .where = KeyContext::Run},
        {.id = KeyId::RunForward, .chords = {key(Qt::Key_F5)}, .words = run, .where = KeyContext::Run},
    };
}

QList<Shortcut> lookKeys()
{
    const QString pan = Words::tr("pan to the left, to the right");
    return {
        {.id = KeyId::ZoomIn,
         .chords = {place(Qt::Key_W), key(Qt::Key_Plus), key(Qt::Key_Equal)},
         .words = Words::tr("zoom in at the pointer"),
         .repeats = true},
        {.id = KeyId::ZoomOut,
         .chords = {place(Qt::Key_S), key(Qt::Key_Minus)},
         .words = Words::tr("zoom out at the pointer"),
         .repeats = true},
        {.id = KeyId::PanLeft, .chords = {place(Qt::Key_A)}, .words = pan, .repeats = true},
        {.id = KeyId::PanRight, .chords = {place(Qt::Key_D)}, .words = pan, .repeats = true},
        {.id = KeyId::ShowAll, .chords = {key(Qt::Key_0)}, .words = Words::tr("show the whole run")},
        {.id = KeyId::FocusSelection,
         .chords = {key(Qt::Key_F)},
         .words = Words::tr("show what is marked or selected"),
         .where = KeyContext::Run},
        {.id = KeyId::ZoomBack,
         .chords = {key(Qt::Key_Backspace), key(Qt::Key_Left, Qt::AltModifier)},
         .words = Words::tr("what was shown before"),
         .where = KeyContext::Run,
         .repeats = true},
        {.id = KeyId::ZoomForward,
         .chords = {key(Qt::Key_Right, Qt::AltModifier)},
         .words = Words::tr("forward again"),
         .where = KeyContext::Run,
         .repeats = true},
        {.id = KeyId::MarkSpan,
         .chords = {key(Qt::Key_M)},
         .words = Words::tr("mark and measure the selected bar"),
         .where = KeyContext::Run},
        {.id = KeyId::PinLane,
         .chords = {key(Qt::Key_P)},
         .words = Words::tr("pin the selected lane on top"),
         .where = KeyContext::Run},
    };
}

QList<Shortcut> followKeys()
{
    const QString lane = Words::tr("previous, next event on the lane");
    const QString cause = Words::tr("back to the cause, on to the effect");
    return {
        {.id = KeyId::PreviousOnLane,
         .chords = {key(Qt::Key_Comma)},
         .words = lane,
         .where = KeyContext::Run,
         .repeats = true},
        {.id = KeyId::NextOnLane, .chords = {key(Qt::Key_Period)}, .words = lane, .where = KeyContext::Run, .repeats = true},
        {.id = KeyId::HopBack,
         .chords = {key(Qt::Key_BracketLeft)},
         .words = cause,
         .where = KeyContext::Run,
         .repeats = true},
        {.id = KeyId::HopOn,
         .chords = {key(Qt::Key_BracketRight)},
         .words = cause,
         .where = KeyContext::Run,
         .repeats = true},
    };
}

QList<Shortcut> chooseKeys()
{
    QList<KeyChord> digits;
    for (int digit = Qt::Key_1; digit <= Qt::Key_9; ++digit)
        digits += key(static_cast<Qt::Key>(digit));
    return {
        {.id = KeyId::Variant, .chords = digits, .words = Words::tr("variant; while a question is put, its answer"), .counted = true},
        {.id = KeyId::Compare, .chords = {key(Qt::Key_C)}, .words = Words::tr("compare")},
        {.id = KeyId::BeTheLoop, .chords = {key(Qt::Key_L)}, .words = Words::tr("be the loop: pick what runs next"), .where = KeyContext::Run},
        {.id = KeyId::CompareWithBefore, .chords = {key(Qt::Key_C, Qt::ShiftModifier)}, .words = Words::tr("keep this run to compare")},
        {.id = KeyId::SwapCompared, .chords = {key(Qt::Key_X)}, .words = Words::tr("comparing: swap the two runs"), .where = KeyContext::Comparison},
        {.id = KeyId::FirstDifference, .chords = {key(Qt::Key_F)}, .words = Words::tr("comparing: go to the first difference"), .where = KeyContext::Comparison},
        {.id = KeyId::SearchRun,
         .chords = {key(Qt::Key_Slash), key(Qt::Key_F, Qt::ControlModifier)},
         .words = Words::tr("search in the run"),
         .where = KeyContext::Run},
        {.id = KeyId::SearchLessons,
         .chords = {key(Qt::Key_L, Qt::ControlModifier)},
         .words = Words::tr("search lessons")},
        {.id = KeyId::Clear, .chords = {key(Qt::Key_Escape)}, .words = Words::tr("mark nothing, then select nothing; leave a comparison")},
        {.id = KeyId::Glossary, .chords = {key(Qt::Key_G)}, .words = Words::tr("glossary")},
    };
}

QList<Shortcut> markKeys()
{
    const QString jump = Words::tr("previous, next bookmark");
    return {
        {.id = KeyId::StopAtLine, .chords = {key(Qt::Key_F9)}, .words = Words::tr("stop at this line"), .where = KeyContext::Run},
        {.id = KeyId::StopAtTask,
         .chords = {key(Qt::Key_F9, Qt::ShiftModifier)},
         .words = Words::tr("stop when the selected task runs"),
         .where = KeyContext::Run},
        {.id = KeyId::Bookmark, .chords = {key(Qt::Key_B)}, .words = Words::tr("bookmark this moment"), .where = KeyContext::Run},
        {.id = KeyId::BookmarkNote,
         .chords = {key(Qt::Key_B, Qt::ShiftModifier)},
         .words = Words::tr("write a note for it"),
         .where = KeyContext::Run},
        {.id = KeyId::PreviousBookmark,
         .chords = {key(Qt::Key_N, Qt::ShiftModifier)},
         .words = jump,
         .where = KeyContext::Run,
         .repeats = true},
        {.id = KeyId::NextBookmark, .chords = {key(Qt::Key_N)}, .words = jump, .where = KeyContext::Run, .repeats = true},
    };
}

QList<Shortcut> keepKeys()
{
    const QString recording = Words::tr("open a recording, save this run as one");
    return {
        {.id = KeyId::Export, .chords = {key(Qt::Key_E, Qt::ControlModifier)}, .words = Words::tr("export a picture")},
        {.id = KeyId::OpenRecording, .chords = {key(Qt::Key_O, Qt::ControlModifier)}, .words = recording},
        {.id = KeyId::SaveRecording, .chords = {key(Qt::Key_S, Qt::ControlModifier)}, .words = recording},
        {.id = KeyId::ToggleTheme, .chords = {key(Qt::Key_T, Qt::ControlModifier)}, .words = Words::tr("dark or light")},
        {.id = KeyId::Undo, .chords = {key(Qt::Key_Z, Qt::ControlModifier)}, .words = Words::tr("undo a change of values"), .repeats = true},
        {.id = KeyId::Redo,
         .chords = {key(Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier), key(Qt::Key_Y, Qt::ControlModifier)},
         .words = Words::tr("redo it"),
         .repeats = true},
        {.id = KeyId::KeyList, .chords = {key(Qt::Key_Question)}, .words = Words::tr("this list")},
        {.id = KeyId::Quit, .chords = {key(Qt::Key_Q, Qt::ControlModifier)}, .words = Words::tr("leave")},
    };
}

bool isLetter(int key) { return key >= Qt::Key_A && key <= Qt::Key_Z; }
bool isSign(int key) { return key > Qt::Key_Space && key < 0x7f && !isLetter(key); }

template <class Fits>
PressedShortcut firstThat(const QList<Shortcut>& all, KeyContext where, Fits fits)
{
    for (const Shortcut& shortcut : all) {
        if (shortcut.where != KeyContext::Anywhere && shortcut.where != where)
            continue;
        const auto found = std::find_if(shortcut.chords.begin(), shortcut.chords.end(), fits);
        if (found != shortcut.chords.end())
            return {&shortcut, found - shortcut.chords.begin()};
    }
    return {};
}

} // namespace

QList<Shortcut> shortcuts()
{
    QList<Shortcut> all;
    const auto add = [&all](KeyGroup group, QList<Shortcut> rows) {
        for (Shortcut& row : rows) {
            row.group = group;
            all += std::move(row);
        }
    };
    add(KeyGroup::Time, timeKeys());
    add(KeyGroup::Look, lookKeys());
    add(KeyGroup::Follow, followKeys());
    add(KeyGroup::Choose, chooseKeys());
    add(KeyGroup::Mark, markKeys());
    add(KeyGroup::Keep, keepKeys());
    return all;
}

QList<Gesture> gestures()
{
    return {
        {Words::tr("click"), Words::tr("select a task, go to its event")},
        {Words::tr("click an arrow"), Words::tr("go to the cause, again: to the effect")},
        {Words::tr("click a title"), Words::tr("select the lane; pin it; open a group")},
        {Words::tr("double click"), Words::tr("zoom to a bar, an arrow, a lane, or show all")},
        {Words::tr("drag"), Words::tr("pan; at the playhead, move it")},
        {Words::tr("drag a wait's end"), Words::tr("change the parameter that it follows")},
        {Words::tr("drag the ruler"), Words::tr("mark a part and measure it")},
        {Words::tr("Shift+drag"), Words::tr("the same on the lanes")},
        {Words::tr("wheel"), Words::tr("scroll the lanes")},
        {Words::tr("Shift+wheel"), Words::tr("pan")},
        {Words::tr("Ctrl+wheel"), Words::tr("zoom, the pointer's time stays")},
    };
}

QString titleOf(KeyGroup group)
{
    switch (group) {
    case KeyGroup::Time: return Words::tr("Move in time");
    case KeyGroup::Look: return Words::tr("Look closer");
    case KeyGroup::Follow: return Words::tr("Follow");
    case KeyGroup::Choose: return Words::tr("Find and choose");
    case KeyGroup::Mark: return Words::tr("Stop and remember");
    case KeyGroup::Keep: return Words::tr("Keep and set");
    }
    return {};
}

QString capOf(const KeyChord& chord)
{
    QString cap;
    switch (chord.key) {
    case Qt::Key_Left: cap = u"←"_s; break;
    case Qt::Key_Right: cap = u"→"_s; break;
    case Qt::Key_Up: cap = u"↑"_s; break;
    case Qt::Key_Down: cap = u"↓"_s; break;
    case Qt::Key_Minus: cap = u"−"_s; break;
    default: break;
    }
    if (cap.isEmpty())
        return QKeySequence(QKeyCombination(chord.modifiers, chord.key)).toString(QKeySequence::NativeText);
    return QKeySequence(chord.modifiers).toString(QKeySequence::NativeText) + cap;
}

QStringList capsOf(const Shortcut& shortcut)
{
    if (shortcut.counted)
        return {capOf(shortcut.chords.first()), u"…"_s, capOf(shortcut.chords.last())};
    QStringList caps;
    for (const KeyChord& chord : shortcut.chords)
        if (chord.key != Qt::Key_Equal) // the same key as +, without Shift
            caps += capOf(chord);
    return caps;
}

PressedShortcut shortcutOf(const QKeyEvent& press, const QList<Shortcut>& all, KeyContext where)
{
    const Qt::KeyboardModifiers modifiers
        = press.modifiers() & (Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier);
    // Only a key that writes something has a place; arrows and the like are the same everywhere.
    const bool writes = press.key() > Qt::Key_Space && press.key() < Qt::Key_Escape;
    const int atPlace = writes ? keyAtPlace(press.nativeScanCode(), scanCodesHere()) : 0;
    PressedShortcut found = firstThat(all, where, [&](const KeyChord& chord) {
        return chord.byPlace && atPlace == chord.key && modifiers == chord.modifiers;
    });
    if (found.shortcut)
        return found;
    const bool foreign = press.key() > 0x7f && press.key() < Qt::Key_Escape;
    const int key = foreign && atPlace != 0 ? atPlace : press.key();
    found = firstThat(all, where,
                      [&](const KeyChord& chord) { return key == chord.key && modifiers == chord.modifiers; });
    if (!found.shortcut && isSign(key))
        found = firstThat(all, where, [&](const KeyChord& chord) {
            return key == chord.key && (modifiers & ~Qt::ShiftModifier) == chord.modifiers;
        });
    return found;
}

} // namespace loopscope::ui
