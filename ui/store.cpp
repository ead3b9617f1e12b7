#include "ui/store.h"

#include "ui/loop_game.h"
#include "ui/moment_models.h"
#include "ui/predictions.h"
#include "ui/timeline_state.h"

#include <algorithm>
#include <cassert>
#include <exception>
#include <iterator>

namespace loopscope::ui {
namespace {

/// A scale needs a run that takes some time and some steps; an empty run gets the least of both.
TimePoint lengthForScale(TimePoint end)
{
    return std::max(end, TimePoint{Duration{1}});
}

std::size_t indexOfVariant(const Lesson& lesson, const std::string& name, std::size_t otherwise)
{
    const auto found = std::find_if(lesson.variants.begin(), lesson.variants.end(),
                                    [&](const Variant& v) { return v.name == name; });
    return found == lesson.variants.end()
        ? otherwise
        : static_cast<std::size_t>(std::distance(lesson.variants.begin(), found));
}

/// The same task and event in another run of the same program, as far as it has them.
Selection sameIn(const Trace& trace, const Trace& before, const Selection& selected)
{
    Selection same;
    if (selected.task)
        same.task = taskNamed(trace, before.display_name(selected.task));
    if (selected.event) {
        const AnchoredStep found = stepOf(trace, anchorOf(before, *selected.event + 1));
        if (found.fit == Fit::Same)
            same.event = found.step - 1;
    }
    return same;
}

} // namespace

RunData::RunData(Run finished)
    : run(std::move(finished))
    , replay(run.trace)
    , spans(spans_of(*run.trace))
    , stats(stats_of(*run.trace, spans))
    , notes(notes_of(*run.trace))
    , colors(color_slots(*run.trace))
{
}

Store::Store(std::span<const Lesson> lessons, SourceReader sources, QObject* parent)
    : Store(Course{.lessons = lessons, .beliefs = {}, .glossary = {}, .puzzles = {}}, std::move(sources), parent)
{
}

Store::Store(const Course& course, SourceReader sources, QObject* parent)
    : QObject(parent)
    , m_course(course)
    , m_lessons(course.lessons)
    , m_readSources(std::move(sources))
    , m_predictions(new Predictions(*this))
    , m_game(new LoopGame(*this))
    , m_timeline(new TimelineState(this))
{
    assert(!m_lessons.empty());
    openLesson(0);
}

std::size_t Store::step() const
{
    return m_mode == Mode::Run ? m_step : m_compareStep;
}

std::size_t Store::lastStep() const
{
    return m_mode == Mode::Run ? trace().size() : m_comparison->moments.size();
}

Explanation Store::told() const
{
    return explain(trace(), m_step - 1, snapshot(), run().spans.causes, code().lineNamer(trace(), language()), game().outlook());
}

RunPosition Store::position() const
{
    if (m_mode == Mode::Compare) {
        const std::vector<TimePoint>& moments = m_comparison->moments;
        const auto momentAt = [&](std::size_t step) { return step == 0 ? TimePoint{} : moments[step - 1]; };
        RunPosition here{.when = momentAt(m_compareStep), .step = 0};
        if (m_glide > 0 && m_compareStep < moments.size())
            here.when = here.when + seconds(to_seconds(momentAt(m_compareStep + 1) - here.when) * m_glide);
        return here;
    }
    RunPosition here = position_of(trace(), m_step);
    if (m_glide > 0 && m_step < trace().size()) {
        const RunPosition next = position_of(trace(), m_step + 1);
        here.when = here.when + seconds(to_seconds(next.when - here.when) * m_glide);
        here.step += (next.step - here.step) * m_glide;
    }
    return here;
}

std::optional<std::chrono::milliseconds> Store::wayToNext() const
{
    if (step() >= lastStep() || (m_mode == Mode::Run && m_bound && m_step >= *m_bound))
        return std::nullopt;
    if (m_mode == Mode::Compare) {
        const TimePoint next = m_comparison->moments[m_compareStep];
        const TimePoint here = m_compareStep == 0 ? TimePoint{} : m_comparison->moments[m_compareStep - 1];
        return paceOf(next - here, true);
    }
    const TimePoint here = position_of(trace(), m_step).when;
    return paceOf(trace().when(m_step) - here, isStop(trace(), m_step, m_stepBy, followed()));
}

TimeScale Store::scale(double width) const
{
    const double pixels = std::max(1.0, width);
    if (m_mode == Mode::Compare) {
        const TimePoint end = std::max(m_comparison->a->spans.end, m_comparison->b->spans.end);
        const std::size_t steps = std::max(m_comparison->a->trace().size(), m_comparison->b->trace().size());
        return TimeScale(lengthForScale(end), std::max<std::size_t>(1, steps), pixels, 0)
            .showing(m_zoom.low, m_zoom.high);
    }
    const RunPosition end = m_heldEnd.value_or(
        RunPosition{.when = m_run->spans.end, .step = static_cast<double>(trace().size())});
    const bool takesTime = end.when > TimePoint{}; // else an axis of time would be invented
    return TimeScale(lengthForScale(end.when), std::max<std::size_t>(1, static_cast<std::size_t>(end.step)), pixels,
                     takesTime ? m_blend : 1)
        .showing(m_zoom.low, m_zoom.high);
}

void Store::openLesson(std::size_t index)
{
    m_lessonIndex = index;
    m_recording.reset();
    begin();
}

std::pair<CompareSide, CompareSide> Store::proposedSides() const
{
    return {{indexOfVariant(lesson(), lesson().compare.first, 0), false},
            {indexOfVariant(lesson(), lesson().compare.second, lesson().variants.size() - 1), false}};
}

// What lesson() is now comes on screen, as if nothing had been done in it.
void Store::begin()
{
    m_variantIndex = std::min(lesson().default_variant, lesson().variants.size() - 1);
    m_compared = proposedSides();
    m_kept.reset();
    m_values = initial_values(lesson());
    m_sources = m_recording ? m_recording->sources : m_readSources(lesson());
    m_code = CodePlaces(lesson(), variant(), m_sources);
    m_mode = Mode::Run;
    m_comparison.reset();
    forgetMoment();
    rerun();
    if (m_recording)
        m_reached = trace().size(); // it has happened: nothing of it is still to come
    Q_EMIT lessonChanged();
    tellRun();
}

void Store::chooseVariant(std::size_t index)
{
    if (m_mode == Mode::Run && index == m_variantIndex)
        return;
    const bool otherRun = index != m_variantIndex;
    const bool compared = m_mode == Mode::Compare;
    m_mode = Mode::Run;
    m_comparison.reset();
    m_variantIndex = index;
    m_zoom = {};
    m_selected = {};
    if (otherRun) {
        m_code = CodePlaces(lesson(), variant(), m_sources);
        forgetMoment();
        rerun();
    } else if (compared) {
        m_zoom = m_zoomOfRun;
        m_glide = 0; // of the comparison
        m_stoppedBy.reset();
        refreshExercises(); // its challenge was about its second run
    }
    tellRun();
}

// What belongs to one run and means nothing in another.
void Store::forgetMoment()
{
    m_step = m_reached = 0;
    m_timeline->reset();
    m_bound.reset();
    m_heldEnd.reset();
    m_zoom = {};
    m_selected = {};
}

QString Store::sideTitle(const CompareSide& side) const
{
    const QString title = QString::fromStdString(lesson().variants[side.variant].title);
    if (side.before)
        return tr("%1, before").arg(title);
    const bool hasBefore = m_compared.first.before || m_compared.second.before;
    return hasBefore && m_kept && m_kept->variant == side.variant ? tr("%1, now").arg(title) : title;
}

void Store::compareSides(CompareSide a, CompareSide b)
{
    if (cannotCompare())
        return;
    m_compared = {a, b};
    if (m_mode == Mode::Run)
        m_zoomOfRun = m_zoom;
    m_mode = Mode::Compare;
    m_zoom = {};
    m_selected = {};
    rerun();
    m_compareStep = m_comparison->moments.size(); // a comparison opens with its verdict
    tellRun();
}

void Store::compare()
{
    if (m_mode == Mode::Compare)
        return;
    auto [a, b] = m_compared;
    if (m_compared == proposedSides() && a.variant != m_variantIndex && b.variant != m_variantIndex)
        b.variant = m_variantIndex; // who looks at a run wants to compare that one
    compareSides(a, b);
}

void Store::compareWithBefore()
{
    if (cannotCompare())
        return;
    const bool comparing = m_mode == Mode::Compare;
    const bool firstIsNow = comparing && m_compared.second.before;
    const CompareSide side = !comparing ? CompareSide{m_variantIndex, false}
        : firstIsNow                    ? m_compared.first
                                        : m_compared.second;
    const std::size_t seen = comparing && side.variant != m_variantIndex ? 0 : m_reached;
    m_kept = KeptRun{side.variant, !comparing ? m_run : firstIsNow ? m_comparison->a : m_comparison->b, seen};
    compareSides({side.variant, true}, {side.variant, false});
}

void Store::forgetKept()
{
    if (!m_kept)
        return;
    const auto [a, b] = m_compared;
    const bool shown = m_mode == Mode::Compare && (a.before || b.before);
    m_kept.reset();
    if (a.before || b.before) // what the lesson proposes
        m_compared = proposedSides();
    if (shown)
        chooseVariant(a.before ? b.variant : a.variant);
    else
        tellRun();
}

void Store::swapCompared()
{
    if (m_mode != Mode::Compare)
        return;
    const std::size_t step = m_compareStep;
    const Zoom zoom = m_zoom;
    m_compared = {m_compared.second, m_compared.first};
    m_comparison = std::make_shared<const ComparedRuns>(m_comparison->b, m_comparison->a, namesOfSides());
    m_compareStep = step; // the moments are those of both runs, so they stay
    m_zoom = zoom;
    refreshExercises();
    tellRun();
}

RunNames Store::namesOfSides() const
{
    const auto& [a, b] = m_compared;
    const auto name = [this](const CompareSide& side) {
        return (side.before ? tr("the run before") : tr("the run now")).toStdString();
    };
    if (a.before != b.before && a.variant == b.variant)
        return {name(a), name(b)};
    if (a.variant == b.variant)
        return {"A", "B"};
    const auto title = [this](const CompareSide& side) {
        return tr("“%1”").arg(QString::fromStdString(lesson().variants[side.variant].title)).toStdString();
    };
    return {title(a), title(b)};
}

void Store::setValues(const Values& values)
{
    if (values == m_values)
        return;
    const TimePoint moment = position().when;
    const bool atEnd = step() == lastStep();
    const bool momentIsOver = m_mode == Mode::Run && m_step == stepsUntil(trace(), moment);
    m_timeline->forgetStretch();
    m_values = values;
    m_bound.reset();
    rerun();
    // The moment stays where the person looks; and who tries out values has left guessing behind,
    // so the whole run is known from now on.
    m_reached = trace().size();
    if (m_mode == Mode::Compare) {
        const std::vector<TimePoint>& moments = m_comparison->moments;
        m_compareStep = atEnd
            ? moments.size()
            : static_cast<std::size_t>(std::distance(
                  moments.begin(), std::upper_bound(moments.begin(), moments.end(), moment)));
    } else {
        const std::size_t untilMoment = stepsUntil(trace(), moment);
        m_step = atEnd ? trace().size() : momentIsOver ? untilMoment : std::min(m_step, untilMoment);
    }
    refreshSnapshot();
    tellRun();
}

void Store::showStage(const Lesson& lesson, const Stage& stage, std::size_t step)
{
    const auto index = static_cast<std::size_t>(&lesson - m_lessons.data());
    if (index != m_lessonIndex || m_recording)
        openLesson(index);
    chooseVariant(static_cast<std::size_t>(stage.variant - lesson.variants.data()));
    setValues(stage.values);
    setStep(step);
}

void Store::setReached(std::size_t step)
{
    step = std::clamp(step, m_step, std::max(m_step, trace().size()));
    if (step == m_reached)
        return;
    m_reached = step;
    Q_EMIT stepChanged();
}

void Store::setBound(std::optional<std::size_t> step)
{
    m_bound = step;
    if (m_bound && m_step > *m_bound)
        setStep(*m_bound);
}

void Store::holdScale(bool hold)
{
    if (hold == m_heldEnd.has_value())
        return;
    if (hold)
        m_heldEnd = RunPosition{.when = m_run->spans.end, .step = static_cast<double>(trace().size())};
    else
        m_heldEnd.reset();
    Q_EMIT scaleChanged();
}

void Store::answer(const Due& due, Progress::Answer answer)
{
    m_progress.answered(due.lesson->id, due.prediction->id, answer);
    Q_EMIT progressChanged();
    markSolved();
}

void Store::setProgress(Progress progress)
{
    m_progress = std::move(progress);
    Q_EMIT progressChanged();
}

void Store::setStep(std::size_t step)
{
    moveTo(step, std::nullopt);
}

void Store::moveTo(std::size_t step, std::optional<Breakpoint> stoppedBy)
{
    step = std::min(step, lastStep());
    if (m_mode == Mode::Run && m_bound)
        step = std::min(step, *m_bound);
    if (step == this->step() && m_glide == 0 && stoppedBy == m_stoppedBy)
        return;
    m_glide = 0;
    m_stoppedBy = std::move(stoppedBy);
    (m_mode == Mode::Run ? m_step : m_compareStep) = step;
    if (m_mode == Mode::Run)
        m_reached = m_predictions->withoutAnswers(m_step, std::max(m_reached, m_step));
    refreshSnapshot();
    Q_EMIT stepChanged();
    markSolved(); // what decides an open question may have been seen now
}

void Store::stepForward()
{
    if (m_mode == Mode::Compare) {
        setStep(m_compareStep + 1);
        return;
    }
    if (m_stepBy == StepBy::Task)
        select(followed()); // from now on it is this task, whoever runs next
    setStep(nextStop(trace(), m_step, m_stepBy, followed()));
}

void Store::stepBack()
{
    if (m_mode == Mode::Run && m_stepBy == StepBy::Task)
        select(followed());
    if (m_glide > 0)
        setStep(step()); // halfway to the next step, back is where the way began
    else if (m_mode == Mode::Run)
        setStep(previousStop(trace(), m_step, m_stepBy, followed()));
    else
        setStep(m_compareStep == 0 ? 0 : m_compareStep - 1);
}

std::optional<Breakpoint> Store::breakpointBehind(std::size_t event) const
{
    if (marks().breakpoints.empty())
        return std::nullopt;
    const auto hit = breakpointAt(marks(), trace(), lineVisits(), event);
    return hit ? std::optional(marks().breakpoints[*hit]) : std::nullopt;
}

void Store::runForward()
{
    if (m_mode != Mode::Run)
        return;
    for (std::size_t i = m_step; i < trace().size(); ++i)
        if (auto stop = breakpointBehind(i)) {
            moveTo(i + 1, std::move(stop));
            return;
        }
    setStep(trace().size());
}

void Store::runBack()
{
    if (m_mode != Mode::Run)
        return;
    for (std::size_t i = m_step; i > 1; --i)
        if (auto stop = breakpointBehind(i - 2)) {
            moveTo(i - 1, std::move(stop));
            return;
        }
    setStep(0);
}

bool Store::playOn()
{
    std::optional<Breakpoint> stop;
    if (m_mode == Mode::Run && m_step < trace().size())
        stop = breakpointBehind(m_step);
    const bool stops = stop.has_value();
    moveTo(step() + 1, std::move(stop));
    return stops;
}

void Store::setGlide(double part)
{
    if (part == m_glide)
        return;
    m_glide = part;
    Q_EMIT glideChanged();
}

void Store::setStepBy(StepBy by)
{
    if (by == m_stepBy)
        return;
    m_stepBy = by;
    Q_EMIT playbackChanged();
}

void Store::setSpeed(double speed)
{
    if (speed == m_speed)
        return;
    m_speed = speed;
    Q_EMIT playbackChanged();
}

void Store::setPlaying(bool playing)
{
    if (playing == m_playing)
        return;
    m_playing = playing;
    Q_EMIT playbackChanged();
}

void Store::setZoom(Zoom zoom)
{
    if (zoom == m_zoom)
        return;
    m_zoom = zoom;
    Q_EMIT scaleChanged();
}

void Store::setBlend(double blend)
{
    blend = std::clamp(blend, 0.0, 1.0);
    if (blend == m_blend)
        return;
    m_blend = blend;
    Q_EMIT scaleChanged();
}

void Store::select(TaskId task)
{
    // Who selects the task of the selected event again keeps the event: nothing contradicts it.
    changeSelection(task && task == m_selected.task ? m_selected : Selection{.task = task, .event = std::nullopt});
}

void Store::selectEvent(std::size_t event, TaskId otherwise)
{
    assert(event < trace().size());
    const TaskId about = taskOf(trace()[event].fact);
    changeSelection({.task = about ? about : otherwise, .event = event});
}

void Store::changeSelection(Selection selection)
{
    if (selection == m_selected)
        return;
    m_selected = selection;
    Q_EMIT selectionChanged();
}

TaskId Store::followed() const
{
    return m_selected.task ? m_selected.task : taskToFollow(trace(), m_step);
}

const LessonMarks& Store::marks() const
{
    static const LessonMarks none;
    const auto found = m_marks.find(marksKey());
    return found == m_marks.end() ? none : found->second;
}

void Store::setMarks(LessonMarks marks)
{
    if (marks == this->marks())
        return;
    if (marks.empty())
        m_marks.erase(marksKey());
    else
        m_marks[marksKey()] = std::move(marks);
    placeBookmarks();
    Q_EMIT marksChanged();
}

void Store::restoreMarks(std::map<std::string, LessonMarks> marks)
{
    m_marks = std::move(marks);
    placeBookmarks();
    Q_EMIT marksChanged();
}

void Store::placeBookmarks()
{
    m_bookmarks = placed(marks(), variant().name, trace());
}

const LineVisits& Store::lineVisits() const
{
    if (m_visitsOf.lock() != m_run) {
        m_visits = LineVisits(trace(), lesson().cpp_file);
        m_visitsOf = m_run;
    }
    return m_visits;
}

void Store::setLanguage(Language language)
{
    if (language == m_language)
        return;
    m_language = language;
    Q_EMIT languageChanged();
}

void Store::setDark(bool dark)
{
    if (dark == m_dark)
        return;
    m_dark = dark;
    Q_EMIT themeChanged();
}

void Store::setReduceMotion(bool reduce)
{
    if (reduce == m_reduceMotion)
        return;
    m_reduceMotion = reduce;
    Q_EMIT playbackChanged();
}

void Store::setNotice(const QString& sentence, bool isError)
{
    if (sentence == m_notice && isError == m_noticeIsError)
        return;
    m_notice = sentence;
    m_noticeIsError = isError;
    Q_EMIT noticeChanged();
}

std::shared_ptr<const RunData> Store::runOf(std::size_t variant)
{
    const Variant& chosen = lesson().variants[variant];
    const auto sayWhy = [&](const QString& why) {
        reportError(tr("“%1” %2. Choose another variant or reset the values.")
                        .arg(QString::fromStdString(chosen.title), why));
    };
    try {
        Run run = loopscope::run(lesson(), chosen, m_values);
        // A failure of the program is part of its story; one to run it is ours to tell.
        const bool never = run.outcome.kind == Outcome::Kind::Exception && run.trace->task_count() == 0;
        if (!chosen.recorded && (never || run.outcome.kind == Outcome::Kind::GaveUp))
            sayWhy(QString::fromStdString(describe(run)));
        return std::make_shared<const RunData>(std::move(run));
    } catch (const std::exception& error) {
        sayWhy(tr("could not be run: %1").arg(QString::fromUtf8(error.what())));
    }
    // An empty run shows that there is nothing to see; an old one would pretend to be this one.
    return std::make_shared<const RunData>(Run{.lesson = lesson().id,
                                               .variant = chosen.name,
                                               .values = m_values,
                                               .trace = std::make_shared<const Trace>(),
                                               .outcome = {}});
}

void Store::rerun()
{
    clearNotice();
    m_glide = 0;
    m_stoppedBy.reset();
    const std::shared_ptr<const RunData> before = m_run;
    m_run = runOf(m_variantIndex);
    ++m_runNumber;
    if (before)
        m_selected = sameIn(trace(), before->trace(), m_selected);
    placeBookmarks();
    m_step = std::min(m_step, trace().size());
    if (m_mode == Mode::Compare) {
        const auto pick = [this](const CompareSide& side) {
            return side.before ? m_kept->run : side.variant == m_variantIndex ? m_run : runOf(side.variant);
        };
        m_comparison = std::make_shared<const ComparedRuns>(pick(m_compared.first), pick(m_compared.second), namesOfSides());
        m_compareStep = std::min(m_compareStep, m_comparison->moments.size());
    }
    refreshExercises();
    refreshSnapshot();
}

// Of two runs that are compared, the one that a change has led to.
const RunData& Store::challengedRun() const
{
    if (m_mode != Mode::Compare)
        return *m_run;
    return m_compared.second.before ? *m_comparison->a : *m_comparison->b;
}

// The run on screen, and how it stands to what the lesson says and asks.
void Store::refreshExercises()
{
    const auto measuresOf = [this](const RunData& run) { return Measures(lesson(), run.run, run.spans, run.stats, run.notes); };
    std::optional<Measures> measured; // of the run on screen
    if (m_recording)
        m_remarks = m_recording->recording.remarks;
    else
        m_remarks = remarks_for(measured.emplace(measuresOf(*m_run)));
    m_challenge = {};
    const Challenge& challenge = lesson().challenge;
    if (challenge.goal.empty())
        return;
    m_challenge.exists = true;
    const RunData& shown = challengedRun();
    m_challenge.variantAllowed = challenge.variants.empty()
        || std::find(challenge.variants.begin(), challenge.variants.end(), shown.run.variant) != challenge.variants.end();
    const Result<Goal> goal = Goal::parse(challenge.goal);
    if (!goal)
        return;
    if (!measured || &shown != m_run.get())
        measured.emplace(measuresOf(shown));
    const Measures& measures = *measured;
    if (const Result<std::vector<Clause>> clauses = goal->clauses(measures))
        m_challenge.clauses = *clauses;
    const Result<bool> holds = goal->holds(measures);
    m_challenge.holds = m_challenge.variantAllowed && holds && *holds;
}

void Store::tellRun()
{
    Q_EMIT runChanged();
    markSolved();
}

// That it is solved would tell, too, what an open question asks for.
void Store::markSolved()
{
    if (!m_challenge.holds || m_progress.is_solved(lesson().id) || predictions().withholds(m_challenge.clauses))
        return;
    m_progress.solved(lesson().id);
    Q_EMIT progressChanged();
}

void Store::refreshSnapshot()
{
    m_snapshot = m_run->replay.at(m_step);
}

std::size_t stepsUntil(const Trace& trace, TimePoint moment)
{
    return static_cast<std::size_t>(position_at(trace, moment).step);
}

} // namespace loopscope::ui
