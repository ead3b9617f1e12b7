#pragma once

#include "core/lesson/ask.h"
#include "core/lesson/course.h"
#include "core/lesson/goal.h"
#include "core/lesson/progress.h"
#include "core/lesson/run.h"
#include "core/lesson/source_text.h"
#include "core/timeline/layout.h"
#include "core/timeline/time_scale.h"
#include "core/trace/replay.h"
#include "core/trace/spans.h"
#include "core/trace/stats.h"

#include "ui/code_places.h"
#include "ui/compared_runs.h"
#include "ui/lesson_marks.h"
#include "ui/line_visits.h"
#include "ui/open_recording.h"
#include "ui/selection.h"
#include "ui/sources.h"
#include "ui/stepping.h"

#include <QObject>
#include <QString>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace loopscope {
struct Explanation;
}

namespace loopscope::ui {

/// A run with everything that is computed from it once, so that moving the playhead computes only
/// the snapshot.
struct RunData {
    explicit RunData(Run finished);

    [[nodiscard]] const Trace& trace() const { return replay.trace(); }

    Run run;
    Replay replay;
    RunSpans spans;
    RunStats stats;
    std::vector<Note> notes;
    std::vector<ColorSlot> colors; ///< by task id - 1
};

class LoopGame;
class Predictions;

enum class Mode { Run, Compare };

/// The stretch of the axis that is in view, in the axis' own coordinate: [0, 1] is all of it.
struct Zoom {
    double low = 0;
    double high = 1;

    friend bool operator==(const Zoom&, const Zoom&) = default;
};

/// How a run stands to the lesson's challenge.
struct ChallengeState {
    bool exists = false;
    bool holds = false;
    bool variantAllowed = true;
    std::vector<Clause> clauses; ///< empty when the goal cannot be asked of this run
};

class TimelineState;

/// The one mutable object of the window: which lesson, variant and values are chosen, the runs
/// that follow from them, the moment that is shown, and how it is shown.
///
/// Views read it and are told what changed; what a person does reaches it as an intent through the
/// main window. A run is made anew as soon as what it depends on changes, so a picture never
/// belongs to other settings than those on screen.
class Store final : public QObject {
    Q_OBJECT

public:
    using SourceReader = std::function<Sources(const Lesson&)>;

    /// Opens the first lesson. Requires at least one lesson; all of the course outlives the store.
    Store(const Course& course, SourceReader sources, QObject* parent = nullptr);
    /// The same for lessons without beliefs, glossary and puzzles.
    Store(std::span<const Lesson> lessons, SourceReader sources, QObject* parent = nullptr);

    [[nodiscard]] const Course& course() const { return m_course; }
    [[nodiscard]] std::span<const Lesson> lessons() const { return m_lessons; }
    /// The chosen lesson of the course; while a recording is on screen, the one to which it gives way.
    [[nodiscard]] std::size_t lessonIndex() const { return m_lessonIndex; }
    /// What is on screen: the chosen lesson, or the recording as a lesson of its own.
    [[nodiscard]] const Lesson& lesson() const { return m_recording ? m_recording->lesson : m_lessons[m_lessonIndex]; }
    /// The recording on screen; null while a lesson is.
    [[nodiscard]] const OpenRecording* recording() const { return m_recording.get(); }
    /// All that are open beside the course, in the order in which they were opened.
    [[nodiscard]] const std::vector<std::shared_ptr<const OpenRecording>>& recordings() const { return m_recordings; }
    [[nodiscard]] std::size_t variantIndex() const { return m_variantIndex; }
    [[nodiscard]] const Variant& variant() const { return lesson().variants[m_variantIndex]; }
    [[nodiscard]] const Values& values() const { return m_values; }
    [[nodiscard]] const Sources& sources() const { return m_sources; }
    /// The code of the variant on screen, in both languages, and which line is which event's.
    [[nodiscard]] const CodePlaces& code() const { return m_code; }

    /// The run of the chosen variant.
    [[nodiscard]] const RunData& run() const { return *m_run; }
    [[nodiscard]] const Trace& trace() const { return m_run->trace(); }
    /// Another number, another run(). A view may be resized by a neighbour that has heard of a new run before
    /// it has itself; by this number it knows that what it laid out belongs to the run before.
    [[nodiscard]] std::size_t runNumber() const { return m_runNumber; }

    [[nodiscard]] Mode mode() const { return m_mode; }
    [[nodiscard]] std::pair<CompareSide, CompareSide> comparedSides() const { return m_compared; }
    [[nodiscard]] std::pair<std::size_t, std::size_t> comparedVariants() const
    {
        return {m_compared.first.variant, m_compared.second.variant};
    }
    /// The run of this lesson that was kept as "before", if one was.
    [[nodiscard]] const std::optional<KeptRun>& kept() const { return m_kept; }
    /// What a side of the comparison is called: its variant's title, or before and now.
    [[nodiscard]] QString sideTitle(const CompareSide& side) const;
    /// Requires mode() == Mode::Compare.
    [[nodiscard]] const ComparedRuns& comparison() const { return *m_comparison; }

    /// What just happened, with the lines of the code that is shown, and without what somebody is asked.
    /// Requires mode() == Mode::Run and step() > 0.
    [[nodiscard]] Explanation told() const;

    /// How many facts have happened; in a comparison, how many of its moments.
    [[nodiscard]] std::size_t step() const;
    [[nodiscard]] std::size_t lastStep() const;
    /// The furthest step that has been shown of this run: what lies behind it is not run yet.
    [[nodiscard]] std::size_t reached() const { return m_reached; }
    /// The part of the way to the next step that playback has gone; 0 at a step.
    [[nodiscard]] double glide() const { return m_glide; }
    /// Where the playhead stands: at the step, or on its way to the next one.
    [[nodiscard]] RunPosition position() const;
    /// What the loop of run() looks like at the step.
    [[nodiscard]] const Snapshot& snapshot() const { return m_snapshot; }
    /// How long playback takes from here to the next stop; nothing at the end.
    [[nodiscard]] std::optional<std::chrono::milliseconds> wayToNext() const;

    /// What this lesson says about facts of run(), in their order.
    [[nodiscard]] const std::vector<PlacedRemark>& remarks() const { return m_remarks; }
    [[nodiscard]] const ChallengeState& challenge() const { return m_challenge; }
    [[nodiscard]] const Progress& progress() const { return m_progress; }
    /// The predictions that are due in this lesson.
    [[nodiscard]] std::vector<Due> due() const
    {
        return m_recording ? std::vector<Due>() : due_in(m_lessons, m_lessonIndex, m_progress);
    }

    /// The questions of this lesson, and which one is due at the moment that is shown.
    [[nodiscard]] Predictions& predictions() const { return *m_predictions; }
    /// "Be the loop": a person picks what runs next.
    [[nodiscard]] LoopGame& game() const { return *m_game; }

    [[nodiscard]] StepBy stepBy() const { return m_stepBy; }
    [[nodiscard]] double speed() const { return m_speed; }
    [[nodiscard]] bool isPlaying() const { return m_playing; }

    /// The axis on `width` pixels: of the run, or of both compared runs (then always time).
    [[nodiscard]] TimeScale scale(double width) const;
    [[nodiscard]] Zoom zoom() const { return m_zoom; }
    [[nodiscard]] double blend() const { return m_blend; }
    /// What is marked, pinned and open on the timeline; it says itself what changed.
    [[nodiscard]] const TimelineState& timeline() const { return *m_timeline; }
    [[nodiscard]] TimelineState& timeline() { return *m_timeline; }

    /// What all views point out.
    [[nodiscard]] const Selection& selected() const { return m_selected; }
    /// Its task; none when nothing is selected.
    [[nodiscard]] TaskId selection() const { return m_selected.task; }
    /// Its event, as index of the fact.
    [[nodiscard]] std::optional<std::size_t> selectedEvent() const { return m_selected.event; }
    /// The task that StepBy::Task follows: the selected one, else the one that runs or ran last.
    [[nodiscard]] TaskId followed() const;

    /// What the person marked in this lesson.
    [[nodiscard]] const LessonMarks& marks() const;
    /// Of all lessons, by id; those without marks are missing.
    [[nodiscard]] const std::map<std::string, LessonMarks>& allMarks() const { return m_marks; }
    /// The bookmarks of this variant at their places in run(), in order: what a ruler shows.
    [[nodiscard]] const std::vector<PlacedBookmark>& bookmarks() const { return m_bookmarks; }
    /// When run() was at which line of the lesson's C++ file.
    [[nodiscard]] const LineVisits& lineVisits() const;
    /// Which breakpoint stopped the run at this step; nothing when it stands here for another reason.
    [[nodiscard]] const std::optional<Breakpoint>& stoppedBy() const { return m_stoppedBy; }
    [[nodiscard]] Language language() const { return m_language; }
    [[nodiscard]] bool isDark() const { return m_dark; }
    [[nodiscard]] bool reducesMotion() const { return m_reduceMotion; }

    /// A sentence for the person: what went wrong, or what was done; empty when there is none.
    [[nodiscard]] const QString& notice() const { return m_notice; }
    [[nodiscard]] bool noticeIsError() const { return m_noticeIsError; }

    /// Requires index < lessons().size().
    void openLesson(std::size_t index);
    /// Opens a recording beside the course and shows it; one of the same file gives way to it.
    void openRecording(OpenRecording recording);
    /// Requires index < recordings().size().
    void showRecording(std::size_t index);
    /// When it is on screen, the lesson comes back. Requires index < recordings().size().
    void closeRecording(std::size_t index);
    /// Ends a comparison. Requires a variant of this lesson.
    void chooseVariant(std::size_t index);
    /// Shows two variants side by side. Requires variants of this lesson.
    void compareVariants(std::size_t a, std::size_t b) { compareSides({a, false}, {b, false}); }
    /// The same with the run that was kept on one side. Requires that there is one when it is asked for.
    void compareSides(CompareSide a, CompareSide b);
    /// Keeps the run on screen (of a comparison, its second one) as "before" and compares it with what
    /// becomes of the same variant from now on.
    void compareWithBefore();
    /// Keeps no run any more; a comparison with it ends, and its other run is on screen.
    void forgetKept();
    void swapCompared();
    /// Compares the sides that were compared last; at first, those that the lesson proposes.
    void compare();
    /// Runs the scenario anew. Requires a value for each parameter of the lesson.
    void setValues(const Values& values);

    /// Opens a lesson with this variant and values, at a step of that run. Requires a lesson of this
    /// course and a stage of it.
    void showStage(const Lesson& lesson, const Stage& stage, std::size_t step = 0);
    /// Says what has been shown of this run: what lies behind is fogged again. Never less than the step.
    void setReached(std::size_t step);
    /// Nothing of this run is shown beyond this step until the bound is taken away, or there is another
    /// run; the playhead goes back to it.
    void setBound(std::optional<std::size_t> step);
    /// The axis keeps its length while the run grows and shrinks, so that what a hand drags stays under
    /// the pointer; until it is told otherwise, or another lesson or variant is chosen.
    void holdScale(bool hold);

    void answer(const Due& due, Progress::Answer answer);
    void setProgress(Progress progress);

    /// A step beyond the end is the end.
    void setStep(std::size_t step);
    void stepForward();
    void stepBack();
    /// To the next step at which a breakpoint stops, else to the end.
    void runForward();
    /// To the last such step before this one, else to the start.
    void runBack();
    /// One event on, as playback does it. Gives whether a breakpoint stops there.
    bool playOn();
    /// Moves the playhead along the way to the next step without arriving. `part` in [0, 1).
    void setGlide(double part);
    void setStepBy(StepBy by);
    void setSpeed(double speed);
    void setPlaying(bool playing);

    void setZoom(Zoom zoom);
    /// 0 shows time, 1 shows steps.
    void setBlend(double blend);

    void select(TaskId task);
    /// Selects an event with the task that it is about; `otherwise` where it is about none, for a lane
    /// whose task is known all the same. Requires event < trace().size().
    void selectEvent(std::size_t event, TaskId otherwise = {});
    void setMarks(LessonMarks marks);
    void restoreMarks(std::map<std::string, LessonMarks> marks);
    void setLanguage(Language language);
    void setDark(bool dark);
    void setReduceMotion(bool reduce);
    void reportError(const QString& sentence) { setNotice(sentence, true); }
    void report(const QString& sentence) { setNotice(sentence, false); }
    void clearNotice() { setNotice({}, false); }

Q_SIGNALS:
    /// Another lesson, or a recording; runChanged follows.
    void lessonChanged();
    /// A recording was opened or closed.
    void recordingsChanged();
    /// Another run, mode or comparison; stepChanged and scaleChanged are included.
    void runChanged();
    void stepChanged();
    /// The playhead moved between two steps.
    void glideChanged();
    void scaleChanged();
    void selectionChanged();
    void playbackChanged();
    void languageChanged();
    void themeChanged();
    void noticeChanged();
    /// An answer was given or a challenge solved.
    void progressChanged();
    /// Breakpoints or bookmarks; a new run places bookmarks anew, which runChanged includes.
    void marksChanged();

private:
    [[nodiscard]] std::shared_ptr<const RunData> runOf(std::size_t variant);
    [[nodiscard]] RunNames namesOfSides() const;
    void begin();
    [[nodiscard]] std::string marksKey() const;
    [[nodiscard]] bool cannotCompare();
    [[nodiscard]] std::pair<CompareSide, CompareSide> proposedSides() const;
    [[nodiscard]] const RunData& challengedRun() const;
    void rerun();
    void refreshSnapshot();
    void setNotice(const QString& sentence, bool isError);

    void refreshExercises();
    /// Whoever hears of the run hears of what it solves behind that.
    void tellRun();
    void markSolved();
    void placeBookmarks();
    void changeSelection(Selection selection);
    /// Moves, and says by which breakpoint if one stopped it there.
    void moveTo(std::size_t step, std::optional<Breakpoint> stoppedBy);
    [[nodiscard]] std::optional<Breakpoint> breakpointBehind(std::size_t event) const;
    void forgetMoment();

    Course m_course;
    std::span<const Lesson> m_lessons;
    SourceReader m_readSources;
    std::vector<PlacedRemark> m_remarks;
    ChallengeState m_challenge;
    Progress m_progress;
    Predictions* m_predictions; // a child, as is the game
    LoopGame* m_game;

    std::size_t m_lessonIndex = 0;
    std::vector<std::shared_ptr<const OpenRecording>> m_recordings;
    std::shared_ptr<const OpenRecording> m_recording; // on screen
    std::size_t m_variantIndex = 0;
    Values m_values;
    Sources m_sources;
    CodePlaces m_code;
    std::shared_ptr<const RunData> m_run;
    std::size_t m_runNumber = 0;
    std::shared_ptr<const ComparedRuns> m_comparison;
    std::pair<CompareSide, CompareSide> m_compared;
    std::optional<KeptRun> m_kept;
    Mode m_mode = Mode::Run;

    std::size_t m_step = 0;        // of the run
    std::size_t m_reached = 0;     // of the run
    std::size_t m_compareStep = 0; // of the comparison
    std::optional<std::size_t> m_bound;
    std::optional<RunPosition> m_heldEnd; // the end of the axis while it is held
    double m_glide = 0;
    Snapshot m_snapshot;

    StepBy m_stepBy = StepBy::Event;
    double m_speed = 1;
    bool m_playing = false;
    Zoom m_zoom;
    Zoom m_zoomOfRun; // while runs are compared
    TimelineState* m_timeline;
    double m_blend = 0.3;
    Selection m_selected;
    std::map<std::string, LessonMarks> m_marks; // by lesson
    std::vector<PlacedBookmark> m_bookmarks;
    std::optional<Breakpoint> m_stoppedBy;
    mutable LineVisits m_visits; // of m_visitsOf; made when first asked for
    mutable std::weak_ptr<const RunData> m_visitsOf;
    Language m_language = Language::Python;
    bool m_dark = true;
    bool m_reduceMotion = false;
    QString m_notice;
    bool m_noticeIsError = false;
};

/// How many facts of a run have happened up to and including a moment.
[[nodiscard]] std::size_t stepsUntil(const Trace& trace, TimePoint moment);

} // namespace loopscope::ui
