#include "app/application.h"
#include "lessons/catalog.h"
#include "ui/compare_question.h"
#include "ui/compare_view.h"

#include "ui/main_window.h"
#include "ui/store.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QMouseEvent>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
#include <vector>

// How long the window needs from an input to the new frame, painted by software at 1440 x 900, in
// every lesson and variant; and how long from the start of the program to its first frame.
//
// The inputs are those of a person (wheel, drag, a slider's values), the frame is what the window
// paints for them: each is followed by all that it makes the event loop do. All of them are measured in
// several programs, one after another, each of which begins with nothing kept. All their frames count; beside
// them stands what remains when of each frame the median of the programs is taken: the work is the same, and
// what differs is what else the machine did.

using namespace loopscope;
using namespace loopscope::ui;

namespace {

constexpr double wantedFrame = 8;        // milliseconds, at the 99th percentile
constexpr double wantedFirstPaint = 400; // milliseconds
constexpr int rounds = 3;                // programs; an odd number

/// One frame.
struct Sample {
    std::string kind;
    double milliseconds = 0;
    std::string where;
};

/// Frame times of one kind of input, in milliseconds, and where the longest was.
class Frames {
public:
    void add(double milliseconds, const std::string& where)
    {
        if (m_times.empty() || milliseconds > *std::max_element(m_times.begin(), m_times.end()))
            m_worst = where;
        m_times.push_back(milliseconds);
    }
    [[nodiscard]] double percentile(double part) const
    {
        std::vector<double> sorted = m_times;
        std::sort(sorted.begin(), sorted.end());
        const auto index = static_cast<std::size_t>(std::ceil(part * static_cast<double>(sorted.size()))) - 1;
        return sorted[std::min(index, sorted.size() - 1)];
    }
    [[nodiscard]] std::size_t count() const { return m_times.size(); }
    [[nodiscard]] const std::string& worst() const { return m_worst; }

private:
    std::vector<double> m_times;
    std::string m_worst;
};

class Measurement {
public:
    Measurement()
        : m_store(lessons::course(), app::sourcesOf)
        , m_window(m_store)
    {
        m_store.setReduceMotion(true); // a frame for an input, and none besides
        m_window.resize(1440, 900);
        m_window.show();
        QCoreApplication::processEvents();
    }

    /// In every lesson, or in the one whose name is `only`.
    void all(const std::string& only)
    {
        for (std::size_t lesson = 0; lesson < m_store.lessons().size(); ++lesson) {
            if (!only.empty() && m_store.lessons()[lesson].id != only)
                continue;
            frame("open a lesson", [&] { m_store.openLesson(lesson); });
            for (std::size_t variant = 0; variant < m_store.lesson().variants.size(); ++variant) {
                m_store.chooseVariant(variant);
                QCoreApplication::processEvents();
                play();
                scrub();
                zoom();
                change();
            }
            compare();
        }
    }

    /// For the program that started this one.
    void print() const
    {
        for (const Sample& sample : m_samples)
            std::printf("%s\t%.4f\t%s\n", sample.kind.c_str(), sample.milliseconds, sample.where.c_str());
    }

private:
    template <class Input>
    void frame(const std::string& kind, Input input)
    {
        QElapsedTimer timer;
        timer.start();
        input();
        QCoreApplication::sendPostedEvents();
        QCoreApplication::processEvents();
        m_samples.push_back({kind, static_cast<double>(timer.nsecsElapsed()) / 1e6, m_store.lesson().id + " " + m_store.variant().name});
    }

    void play()
    {
        m_store.setStep(0);
        const std::size_t stride = std::max<std::size_t>(1, m_store.lastStep() / 40);
        for (std::size_t step = 0; step < m_store.lastStep(); step += stride) {
            frame("play: glide", [&] { m_store.setGlide(0.5); });
            frame("play: arrive", [&] { m_store.setStep(step + 1); });
        }
        m_store.setStep(m_store.lastStep());
        QCoreApplication::processEvents();
    }

    // The playhead dragged back over the lanes, as a hand does it on the ruler.
    void scrub()
    {
        const TimelineView& view = m_window.timeline().view();
        const double left = view.scene().label_width;
        const double width = view.scene().width - left;
        for (int i = 40; i >= 0; --i)
            if (const std::size_t step = view.scene().axis.step_at(left + width * i / 40.0); step != m_store.step())
                frame("scrub", [&] { m_store.setStep(step); });
        m_store.setStep(m_store.lastStep());
        QCoreApplication::processEvents();
    }

    void zoom()
    {
        QWidget* lanes = m_window.timeline().view().viewport();
        const QPointF at(lanes->width() * 0.6, lanes->height() * 0.5);
        const auto wheel = [&](int angle, Qt::KeyboardModifiers with) {
            QWheelEvent event(at, lanes->mapToGlobal(at), {}, QPoint(0, angle), Qt::NoButton, with, Qt::NoScrollPhase, false);
            QApplication::sendEvent(lanes, &event);
        };
        for (int i = 0; i < 12; ++i)
            frame("zoom", [&] { wheel(120, Qt::ControlModifier); });
        for (int i = 0; i < 12; ++i)
            frame("pan", [&] { wheel(i % 2 ? 120 : -120, Qt::ShiftModifier); });
        for (int i = 0; i < 12; ++i)
            frame("zoom", [&] { wheel(-120, Qt::ControlModifier); });
        m_store.setZoom({});
        QCoreApplication::processEvents();
    }

    // Two runs played and changed side by side, with no question left that the comparison would answer.
    void compare()
    {
        if (m_store.lesson().variants.size() < 2)
            return;
        for (QPushButton* skip : m_window.comparison().findChildren<QPushButton*>())
            if (skip->text() == CompareQuestion::tr("I don't know: compare"))
                m_skip = skip;
        m_store.compare();
        QCoreApplication::processEvents();
        for (int questions = 0; m_skip && m_skip->isVisible() && questions < 20; ++questions)
            m_skip->click();
        QCoreApplication::processEvents();
        m_store.setStep(0);
        const std::size_t stride = std::max<std::size_t>(1, m_store.lastStep() / 40);
        for (std::size_t step = 0; step < m_store.lastStep(); step += stride) {
            frame("compare: glide", [&] { m_store.setGlide(0.5); });
            frame("compare: arrive", [&] { m_store.setStep(step + 1); });
        }
        change();
    }

    // Each slider from one end of its range to the other.
    void change()
    {
        const Values before = m_store.values();
        for (const Parameter& parameter : m_store.lesson().parameters) {
            const auto* range = std::get_if<NumberRange>(&parameter.range);
            if (!range)
                continue;
            for (int i = 0; i <= 10; ++i) {
                Values values = before;
                const double steps = std::round((range->high - range->low) * i / 10.0 / range->step);
                values.set(parameter.name, std::min(range->high, range->low + steps * range->step));
                if (values != m_store.values())
                    frame(m_store.mode() == Mode::Run ? "drag a slider" : "compare: slider", [&] { m_store.setValues(values); });
            }
        }
        m_store.setValues(before);
        QCoreApplication::processEvents();
    }

    Store m_store;
    MainWindow m_window;
    QPushButton* m_skip = nullptr;
    std::vector<Sample> m_samples;
};

std::vector<Sample> measuredElsewhere(const QString& program, const QStringList& arguments)
{
    QProcess process;
    process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    process.start(program, arguments);
    process.waitForFinished(-1);
    std::vector<Sample> samples;
    for (const QByteArray& line : process.readAllStandardOutput().split('\n'))
        if (const QList<QByteArray> parts = line.split('\t'); parts.size() == 3)
            samples.push_back({parts[0].toStdString(), parts[1].toDouble(), parts[2].toStdString()});
    return samples;
}

/// Whether all is as quick as it should be.
bool printFrames(const std::map<std::string, Frames>& all, const std::map<std::string, Frames>& medians)
{
    bool quick = !all.empty();
    std::printf("%-16s %7s %8s %8s %8s %15s   %s\n", "input", "frames", "p50/ms", "p99/ms", "max/ms", "p99 of medians",
                "the longest in");
    for (const auto& [kind, frames] : all) {
        const double p99 = frames.percentile(0.99);
        const bool counts = kind != "open a lesson";
        quick = quick && (!counts || p99 < wantedFrame);
        const auto median = medians.find(kind);
        std::printf("%-16s %7zu %8.2f %8.2f %8.2f %15.2f   %s%s\n", kind.c_str(), frames.count(), frames.percentile(0.5), p99,
                    frames.percentile(1), median == medians.end() ? NAN : median->second.percentile(0.99), frames.worst().c_str(),
                    counts && p99 >= wantedFrame ? "   (too long)" : "");
    }
    return quick;
}

std::map<std::string, Frames> allOf(const std::vector<std::vector<Sample>>& measured)
{
    std::map<std::string, Frames> all;
    for (const std::vector<Sample>& round : measured)
        for (const Sample& sample : round)
            all[sample.kind].add(sample.milliseconds, sample.where);
    return all;
}

/// Each frame's median; nothing if the rounds were not the same.
std::map<std::string, Frames> mediansOf(const std::vector<std::vector<Sample>>& measured)
{
    std::map<std::string, Frames> all;
    for (std::size_t i = 0; i < measured.front().size(); ++i) {
        std::vector<double> times;
        for (const std::vector<Sample>& round : measured) {
            if (round.size() != measured.front().size() || round[i].kind != measured.front()[i].kind)
                return {};
            times.push_back(round[i].milliseconds);
        }
        std::sort(times.begin(), times.end());
        all[measured.front()[i].kind].add(times[times.size() / 2], measured.front()[i].where);
    }
    return all;
}

/// Ends the program as soon as the window has painted once.
class FirstPaint final : public QObject {
public:
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(qApp, &QCoreApplication::quit, Qt::QueuedConnection);
        return false;
    }
};

int paintOnce()
{
    app::Application loopscope;
    FirstPaint first;
    loopscope.window().installEventFilter(&first);
    loopscope.show();
    return QApplication::exec();
}

/// The median of several starts; the first one, which finds nothing in the machine's memory, is not
/// among them.
double firstPaint(const QString& program)
{
    std::vector<double> times;
    for (int i = 0; i < 8; ++i) {
        QElapsedTimer timer;
        timer.start();
        QProcess process;
        process.start(program, {QStringLiteral("--first-paint")});
        process.waitForFinished();
        if (i > 0)
            times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    std::sort(times.begin(), times.end());
    return times[times.size() / 2];
}

} // namespace

int main(int argc, char** argv)
{
    if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen"); // which paints by software
    QStandardPaths::setTestModeEnabled(true);    // a first start each time: the person's own settings stay out
    QApplication application(argc, argv);
    QApplication::setStyle(QStringLiteral("Fusion"));
    if (argc > 1 && std::string(argv[1]) == "--first-paint")
        return paintOnce();

    const QString self = QApplication::applicationFilePath();
    const QStringList arguments = QApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--frames")) {
        Measurement measurement;
        measurement.all(arguments.value(2).toStdString());
        measurement.print();
        return 0;
    }

    const double start = firstPaint(self);
    std::vector<std::vector<Sample>> measured;
    for (int i = 0; i < rounds; ++i)
        measured.push_back(measuredElsewhere(self, {QStringLiteral("--frames"), arguments.value(1)}));
    const bool quick = printFrames(allOf(measured), mediansOf(measured));
    std::printf("first paint, and the end of the program after it: %.0f ms%s\n", start,
                start >= wantedFirstPaint ? "   (too long)" : "");
    return quick && start < wantedFirstPaint ? 0 : 1;
}
