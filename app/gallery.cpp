#include "app/gallery.h"

#include "app/application.h"
#include "core/base/format.h"
#include "lessons/catalog.h"
#include "ui/export_choices.h"
#include "ui/main_window.h"
#include "ui/output_view.h"
#include "ui/store.h"

#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QPainter>
#include <QTabWidget>

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

struct Room {
    ui::Store& store;
    ui::MainWindow& window;
};

/// One state of the window: its name, and how to get there from a lesson that was just opened.
struct State {
    const char* name;
    std::function<void(Room)> show;
};

void open(Room room, std::string_view lesson, std::string_view variant = {})
{
    const auto lessons = room.store.lessons();
    for (std::size_t i = 0; i < lessons.size(); ++i)
        if (lessons[i].id == lesson)
            room.store.openLesson(i);
    const std::vector<Variant>& variants = room.store.lesson().variants;
    for (std::size_t i = 0; i < variants.size(); ++i)
        if (variants[i].name == variant)
            room.store.chooseVariant(i);
}

void goTo(Room room, double part)
{
    room.store.setStep(static_cast<std::size_t>(part * static_cast<double>(room.store.lastStep())));
}

constexpr int predictTab = 4;

void showTab(Room room, int index)
{
    goTo(room, 1);
    if (auto* tabs = room.window.output().findChild<QTabWidget*>())
        tabs->setCurrentIndex(index);
}

void answer(Room room, Progress::Answer with)
{
    const std::vector<Due> due = room.store.due();
    if (!due.empty())
        room.store.answer(due.front(), with);
    showTab(room, predictTab);
    goTo(room, 0);
}

void showFirstThatFails(Room room)
{
    const auto lessons = room.store.lessons();
    for (std::size_t i = 0; i < lessons.size(); ++i)
        for (std::size_t v = 0; v < lessons[i].variants.size(); ++v)
            if (!lessons[i].variants[v].ends.empty()) {
                room.store.openLesson(i);
                room.store.chooseVariant(v);
                goTo(room, 1);
                return;
            }
}

void solve(Room room)
{
    const Lesson& lesson = room.store.lesson();
    if (const Result<Stage> solved = stage_of(lesson, lesson.challenge.passes))
        room.store.showStage(lesson, *solved, room.store.trace().size());
}

void change(Room room)
{
    Values values = room.store.values();
    for (const Parameter& parameter : room.store.lesson().parameters)
        if (const auto* range = std::get_if<NumberRange>(&parameter.range); range && !range->whole) {
            values.set(parameter.name, range->high);
            break;
        }
    room.store.setValues(values);
}

// To add a state is to add a line.
const std::vector<State>& states()
{
    static const std::vector<State> all{
        {"start", [](Room) {}},
        {"running", [](Room r) { goTo(r, 0.45); }},
        {"end", [](Room r) { goTo(r, 1); }},
        {"steps-axis", [](Room r) { goTo(r, 0.6); r.store.setBlend(1); }},
        {"zoomed", [](Room r) { goTo(r, 1); r.store.setZoom({0.2, 0.5}); }},
        {"selected", [](Room r) { goTo(r, 0.7); r.store.select(TaskId{2}); }},
        {"cpp", [](Room r) { goTo(r, 0.45); r.store.setLanguage(ui::Language::Cpp); }},
        {"tab-events", [](Room r) { showTab(r, 1); }},
        {"tab-awaits", [](Room r) { showTab(r, 2); goTo(r, 0.6); }},
        {"tab-statistics", [](Room r) { showTab(r, 3); }},
        {"tab-predict", [](Room r) { showTab(r, predictTab); goTo(r, 0); }},
        {"predicted-right", [](Room r) { answer(r, Progress::Answer::Right); }},
        {"predicted-wrong", [](Room r) { answer(r, Progress::Answer::Wrong); }},
        {"challenge-open", [](Room r) { goTo(r, 1); }},
        {"challenge-solved", solve},
        {"compare", [](Room r) { r.store.compare(); }},
        {"compare-running", [](Room r) { r.store.compare(); goTo(r, 0.4); }},
        {"compare-zoomed", [](Room r) { r.store.compare(); r.store.setZoom({0, 0.4}); }},
        {"compare-before", [](Room r) { r.store.compareWithBefore(); change(r); }},
        {"compare-before-same", [](Room r) { r.store.compareWithBefore(); }},
        {"compare-many-lanes", [](Room r) { open(r, "build-a-crawler"); r.store.compare(); }},
        {"many-lanes", [](Room r) { open(r, "build-a-crawler"); goTo(r, 0.6); }},
        {"fails", showFirstThatFails},
        {"deadlock", [](Room r) { open(r, "everyone-is-waiting"); goTo(r, 1); }},
        {"notice", [](Room r) { r.store.report(u"Saved as /home/ada/gather-three-urls.svg (34.2 KiB)"_s); }},
        {"notice-error", [](Room r) { r.store.reportError(u"Could not write \"a.svg\": the folder is read-only."_s); }},
        {"dialog-export", [](Room r) { goTo(r, 0.5); r.window.openExport(); }},
        {"dialog-export-comparison", [](Room r) { r.store.compare(); r.window.openExport(); }},
        {"dialog-keys", [](Room r) { r.window.openKeys(); }},
        {"dialog-glossary", [](Room r) { r.window.openGlossary(); }},
        {"dialog-puzzle", [](Room r) { r.window.openPuzzle(); }},
    };
    return all;
}

QString fileFor(const State& state, QSize size, bool dark)
{
    return u"%1-%2x%3-%4.png"_s.arg(QString::fromLatin1(state.name)).arg(size.width()).arg(size.height())
        .arg(dark ? u"dark"_s : u"light"_s);
}

/// The window with the dialog that is open over it.
QImage photograph(ui::MainWindow& window)
{
    QCoreApplication::processEvents();
    QImage image = window.grab().toImage();
    for (QDialog* dialog : window.findChildren<QDialog*>()) {
        if (!dialog->isVisible())
            continue;
        QPainter painter(&image);
        painter.fillRect(image.rect(), QColor(0, 0, 0, 90));
        const QRect centred(QPoint(0, 0), dialog->size());
        painter.drawPixmap(centred.translated(window.rect().center() - centred.center()).topLeft(), dialog->grab());
        painter.end();
        dialog->close();
    }
    return image;
}

QImage pictureOf(const State& state, QSize size, bool dark)
{
    ui::Store store(lessons::course(), sourcesOf);
    ui::MainWindow window(store);
    store.setReduceMotion(true);
    store.setDark(dark);
    open({store, window}, "gather-three-urls");
    window.resize(size);
    window.show();
    QCoreApplication::processEvents();
    state.show({store, window});
    return photograph(window);
}

/// What exports of this state look like on paper.
QImage printOf(const State& state)
{
    ui::Store store(lessons::course(), sourcesOf);
    ui::MainWindow window(store);
    open({store, window}, "gather-three-urls");
    state.show({store, window});
    for (QDialog* dialog : window.findChildren<QDialog*>())
        dialog->close();
    const ui::ExportSubject subject = ui::exportSubjectOf(store, {1200, 700});
    ui::ExportChoices choices;
    choices.what = ui::offeredBy(subject).front();
    choices.theme = ui::ThemeName::Print;
    choices.code = true;
    return std::visit(
        [&](const auto& picture) {
            return QImage::fromData(ui::pictureBytes(picture, ui::PictureFormat::Png, ui::optionsFor(subject, choices)));
        },
        ui::pictureFor(subject, choices));
}

Error notWritten(const QString& file)
{
    return {"\"" + file.toStdString() + "\" cannot be written; choose another folder with -o."};
}

} // namespace

Result<std::string> writeGallery(const std::string& folder, const std::string& only)
{
    std::unique_ptr<QApplication> application;
    static int argc = 1;
    static char name[] = "loopscope";
    static char* argv[] = {name, nullptr};
    if (!QCoreApplication::instance()) {
        application = std::make_unique<QApplication>(argc, argv);
        QApplication::setStyle(u"Fusion"_s);
    }
    const QDir to(QString::fromStdString(folder));
    if (!to.mkpath(u"."_s))
        return Error{"The folder \"" + folder + "\" cannot be made; choose another one with -o."};

    QString page = u"<!doctype html>\n<meta charset=\"utf-8\"><title>Loopscope: all states of the window</title>\n"
                   "<style>body{font:15px sans-serif;margin:2rem}img{width:48%;border:1px solid #999;margin:.2rem}</style>\n"_s;
    std::size_t written = 0;
    for (const State& state : states()) {
        if (std::string_view(state.name).find(only) == std::string_view::npos)
            continue;
        page += u"<h2>%1</h2>\n"_s.arg(QString::fromLatin1(state.name));
        const auto keep = [&](const QString& file, const QImage& image) {
            page += u"<a href=\"%1\"><img src=\"%1\" alt=\"%1\"></a>\n"_s.arg(file);
            ++written;
            return image.save(to.filePath(file));
        };
        for (const QSize size : {QSize(1440, 900), QSize(1100, 700)})
            for (const bool dark : {true, false}) {
                const QString file = fileFor(state, size, dark);
                if (!keep(file, pictureOf(state, size, dark)))
                    return notWritten(to.filePath(file));
            }
        const QString file = QString::fromLatin1(state.name) + u"-print.png"_s;
        if (!std::string_view(state.name).starts_with("dialog") && !keep(file, printOf(state)))
            return notWritten(to.filePath(file));
    }
    if (written == 0)
        return Error{"No state of the window has \"" + only + "\" in its name."};
    QFile index(to.filePath(u"index.html"_s));
    const QByteArray bytes = page.toUtf8();
    if (!index.open(QIODevice::WriteOnly | QIODevice::Truncate) || index.write(bytes) != bytes.size())
        return notWritten(index.fileName());
    return "Wrote " + format_count(written, "picture") + " and " + index.fileName().toStdString() + ".\n";
}

} // namespace loopscope::app
