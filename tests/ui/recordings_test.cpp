// Recordings in the window: opened, shown, closed and saved, by mouse, keys and drop.

#include "tests/support/catch.h"
#include "tests/ui/support/course_window.h"
#include "tests/ui/support/window.h"

#include "ui/before_button.h"
#include "ui/challenge_view.h"
#include "ui/export_choices.h"
#include "ui/just_now.h"
#include "ui/lesson_foot.h"
#include "ui/lesson_list.h"
#include "ui/lesson_model.h"
#include "ui/lesson_rows.h"
#include "ui/loop_game.h"
#include "ui/open_recording.h"
#include "ui/parameters_view.h"
#include "ui/predictions.h"
#include "ui/settings.h"

#include <QAbstractItemModelTester>
#include <QDialogButtonBox>
#include <QDir>
#include <QDropEvent>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QTabWidget>
#include <QTemporaryDir>
#include <QToolButton>

using namespace loopscope;
using namespace loopscope::ui;
using namespace Qt::StringLiterals;
using loopscope::tests::CourseWindow;
using loopscope::tests::Window;

namespace {

/// A folder with recordings of the test lessons.
struct Folder {
    QString path(const QString& name) const { return dir.filePath(name); }

    /// The run of a store as a file, of which `part` is left.
    QString save(const Store& store, const QString& name, double part = 1) const
    {
        const std::string text = write_recording(recordingOf(store));
        QFile file(path(name));
        REQUIRE(file.open(QIODevice::WriteOnly));
        const auto size = static_cast<qint64>(part * static_cast<double>(text.size()));
        REQUIRE(file.write(text.data(), size) == size);
        return path(name);
    }

    QTemporaryDir dir;
};

QModelIndex rowOf(LessonList& lessons, const QString& words)
{
    for (int row = 0; row < lessons.list().model()->rowCount(); ++row)
        if (const QModelIndex index = lessons.list().model()->index(row, 0); index.data().toString() == words)
            return index;
    return {};
}

void clickRow(LessonList& lessons, const QModelIndex& index, QPoint at = {40, 12})
{
    REQUIRE(index.isValid());
    lessons.list().scrollTo(index);
    QTest::mouseClick(lessons.list().viewport(), Qt::LeftButton, {}, lessons.list().visualRect(index).topLeft() + at);
}

QFileDialog* dialogOf(MainWindow& window)
{
    for (QFileDialog* dialog : window.findChildren<QFileDialog*>())
        if (dialog->isVisible())
            return dialog;
    return nullptr;
}

// Types a name into a file dialog and takes it.
void choose(MainWindow& window, const QString& file)
{
    QFileDialog* dialog = dialogOf(window);
    REQUIRE(dialog != nullptr);
    auto* name = dialog->findChild<QLineEdit*>(u"fileNameEdit"_s);
    REQUIRE(name != nullptr);
    name->setText(file); // typed letters would open a list of what there is
    auto* buttons = dialog->findChild<QDialogButtonBox*>();
    REQUIRE(buttons != nullptr);
    const bool saves = dialog->acceptMode() == QFileDialog::AcceptSave;
    QTest::mouseClick(buttons->button(saves ? QDialogButtonBox::Save : QDialogButtonBox::Open), Qt::LeftButton);
    CourseWindow::settle();
}

QStringList shownWords(const QWidget& in)
{
    QStringList words;
    for (const QLabel* label : in.findChildren<QLabel*>())
        if (label->isVisible())
            words += label->text();
    return words;
}

} // namespace

TEST_CASE("a recording shows its run as the lesson showed it", "[ui][recording]")
{
    const Folder folder;
    Store lesson(tests::testLessons(), tests::testSources);
    lesson.chooseVariant(1);
    const Result<OpenRecording> opened = openRecording(folder.save(lesson, u"run.loopscope"_s));
    REQUIRE(opened);
    Store store(tests::testLessons(), tests::testSources);
    store.openLesson(1);
    store.openRecording(*opened);

    REQUIRE(store.recording() != nullptr);
    CHECK(store.recording()->damage.isEmpty());
    CHECK(store.lesson().title == lesson.lesson().title);
    CHECK(store.variant().title == "Together");
    CHECK(store.values() == lesson.values());
    REQUIRE(store.lastStep() == lesson.lastStep());
    CHECK(store.step() == 0);
    CHECK(store.reached() == store.lastStep());
    for (std::size_t step = 0; step <= store.lastStep(); ++step) {
        store.setStep(step);
        lesson.setStep(step);
        CHECK(store.snapshot() == lesson.snapshot());
        for (const Language language : {Language::Python, Language::Cpp})
            CHECK(store.code().currentRow(store.trace(), store.snapshot(), language)
                  == lesson.code().currentRow(lesson.trace(), lesson.snapshot(), language));
    }
    for (const Language language : {Language::Python, Language::Cpp})
        CHECK(store.code().lines(language).size() == lesson.code().lines(language).size());
}

TEST_CASE("a lesson comes back when it is chosen, and the recording stays in the list", "[ui][recording]")
{
    const Folder folder;
    Window w;
    LessonList& lessons = w.window.lessons();
    w.window.openRecording(folder.save(w.store, u"first run.loopscope"_s));
    CHECK(w.window.windowTitle() == u"first run.loopscope – Loopscope"_s);
    REQUIRE(rowOf(lessons, u"Recordings"_s).isValid());

    clickRow(lessons, rowOf(lessons, u"One page"_s));
    CHECK(w.store.recording() == nullptr);
    CHECK(w.store.lesson().id == "requests");
    CHECK(w.window.windowTitle() == u"One page – Loopscope"_s);

    clickRow(lessons, rowOf(lessons, u"first run"_s));
    REQUIRE(w.store.recording() != nullptr);
    CHECK(w.store.lesson().id == "waits");
    CHECK(w.store.lessonIndex() == 1);
}

TEST_CASE("a recording is closed with its cross or with Delete, and the lesson before it comes back", "[ui][recording]")
{
    const Folder folder;
    Window w;
    LessonList& lessons = w.window.lessons();
    const QString one = folder.save(w.store, u"one.loopscope"_s);
    const QString two = folder.save(w.store, u"two.loopscope"_s);
    w.store.openLesson(1);
    w.window.openRecording(one);
    w.window.openRecording(two);
    w.window.openRecording(one); // again: the same entry
    CHECK(w.store.recordings().size() == 2);
    CHECK(w.store.recording()->name() == u"one.loopscope"_s);

    const QModelIndex other = rowOf(lessons, u"two"_s);
    const QRect row = lessons.list().visualRect(other);
    clickRow(lessons, other, LessonDelegate::crossIn(row).center() - row.topLeft());
    CHECK(w.store.recordings().size() == 1);
    CHECK(w.store.recording()->name() == u"one.loopscope"_s);

    lessons.list().setFocus();
    lessons.list().setCurrentIndex(rowOf(lessons, u"one"_s));
    QTest::keyClick(&lessons.list(), Qt::Key_Delete);
    CHECK(w.store.recordings().empty());
    CHECK(w.store.recording() == nullptr);
    CHECK(w.store.lesson().id == "requests");
    CHECK_FALSE(rowOf(lessons, u"Recordings"_s).isValid());
}

TEST_CASE("the list of lessons with recordings is a sound model", "[ui][recording]")
{
    const Folder folder;
    Store store(tests::testLessons(), tests::testSources);
    LessonModel model(store);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    store.openRecording(*openRecording(folder.save(store, u"a.loopscope"_s)));
    CHECK(model.rowCount() == 6);
    const QModelIndex last = model.index(5, 0);
    CHECK(last.data(RecordingIndexRole).toInt() == 0);
    CHECK(last.data(LessonIndexRole).toInt() == -1);
    CHECK(last.data(Qt::AccessibleTextRole).toString() == u"Recording a"_s);
    store.closeRecording(0);
    CHECK(model.rowCount() == 4);
}

TEST_CASE("Ctrl+O and the button ask for a file and open it", "[ui][recording]")
{
    const Folder folder;
    Window w;
    const QString file = folder.save(w.store, u"run.loopscope"_s);
    w.store.openLesson(1);
    w.press(Qt::Key_O, Qt::ControlModifier);
    choose(w.window, file);
    REQUIRE(w.store.recording() != nullptr);
    CHECK(w.store.recording()->file == file);

    w.store.closeRecording(0);
    QTest::mouseClick(&w.window.lessons().openButton(), Qt::LeftButton);
    choose(w.window, file);
    CHECK(w.store.recording() != nullptr);
}

TEST_CASE("Ctrl+S and the button save the run on screen", "[ui][recording]")
{
    const Folder folder;
    Window w;
    w.store.chooseVariant(1);
    Values values = w.store.values();
    values.set("a", 0.5);
    w.store.setValues(values);
    w.press(Qt::Key_S, Qt::ControlModifier);
    REQUIRE(dialogOf(w.window) != nullptr);
    CHECK(dialogOf(w.window)->selectedFiles().front().endsWith(u"waits-together.loopscope"_s));
    choose(w.window, folder.path(u"kept"_s));
    CHECK(w.store.notice().startsWith(u"Saved as "_s));
    const Result<OpenRecording> kept = openRecording(folder.path(u"kept.loopscope"_s));
    REQUIRE(kept);
    CHECK(kept->recording.run.values == values);
    CHECK(kept->recording.run.variant == "together");
    CHECK(write_recording(kept->recording) == write_recording(recordingOf(w.store)));

    QTest::mouseClick(&w.window.lessons().saveButton(), Qt::LeftButton);
    choose(w.window, folder.path(u"again.loopscope"_s));
    CHECK(QFile::exists(folder.path(u"again.loopscope"_s)));
}

TEST_CASE("of two runs that are compared none is saved unasked", "[ui][recording]")
{
    Window w;
    w.store.compare();
    CHECK_FALSE(w.window.lessons().saveButton().isEnabled());
    w.press(Qt::Key_S, Qt::ControlModifier);
    CHECK(dialogOf(w.window) == nullptr);
    CHECK(w.store.notice().startsWith(u"Two runs are on screen"_s));
}

TEST_CASE("a file that is dropped on the window is opened", "[ui][recording]")
{
    const Folder folder;
    Window w;
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(folder.save(w.store, u"run.loopscope"_s))});
    QDragEnterEvent enter(QPoint(300, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&w.window, &enter);
    CHECK(enter.isAccepted());
    QDropEvent drop(QPointF(300, 200), Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(&w.window, &drop);
    CHECK(w.store.recording() != nullptr);

    QMimeData words;
    words.setText(u"run.loopscope"_s);
    QDragEnterEvent other(QPoint(300, 200), Qt::CopyAction, &words, Qt::LeftButton, {});
    other.ignore();
    QApplication::sendEvent(&w.window, &other);
    CHECK_FALSE(other.isAccepted());
}

TEST_CASE("a damaged recording is shown as far as it goes, with a sentence", "[ui][recording]")
{
    const Folder folder;
    Window w;
    w.window.openRecording(folder.save(w.store, u"half.loopscope"_s, 0.8));
    REQUIRE(w.store.recording() != nullptr);
    CHECK(w.store.noticeIsError());
    CHECK(w.store.notice().startsWith(u"The recording breaks off after line "_s));
    CHECK(w.store.lastStep() > 0);
    REQUIRE(w.store.step() == 0);
    QStringList told;
    for (const QLabel* label : w.window.findChild<JustNow*>()->findChildren<QLabel*>())
        told += label->text();
    CHECK(told.contains(u"This is the beginning of a recording. Press → to take the first step, Space to play."_s));
    CHECK_FALSE(told.join(u' ').contains(u"Back at the start"_s)); // nobody was anywhere yet
    w.press(Qt::Key_End);
    CHECK(w.store.step() == w.store.lastStep());
    w.press(Qt::Key_Left);
    CHECK(w.store.step() + 1 == w.store.lastStep());
    const auto picture = std::get<RunPicture>(exportSubjectOf(w.store, {1440, 900}).picture);
    CHECK(picture.subtitle.endsWith(u"from a damaged file: the first %1 events of the run"_s.arg(w.store.lastStep())));

    clickRow(w.window.lessons(), rowOf(w.window.lessons(), u"Two waits"_s));
    CHECK(w.store.notice().isEmpty());
    clickRow(w.window.lessons(), rowOf(w.window.lessons(), u"half"_s));
    CHECK(w.store.noticeIsError());
}

TEST_CASE("what is no recording leaves everything as it is, and says why", "[ui][recording]")
{
    const Folder folder;
    Window w;
    w.store.openLesson(1);
    w.store.setStep(3);
    QFile file(folder.path(u"notes.loopscope"_s));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("To do: learn asyncio.\n");
    file.close();
    for (const QString& name : {u"notes.loopscope"_s, u"missing.loopscope"_s, u"."_s}) {
        w.window.openRecording(folder.path(name));
        INFO(w.store.notice().toStdString());
        CHECK(w.store.noticeIsError());
        CHECK(w.store.notice().startsWith(u"Could not open “"_s));
        CHECK(w.store.notice().endsWith(u'.'));
        CHECK(w.store.recordings().empty());
        CHECK(w.store.step() == 3);
    }
}

TEST_CASE("a recording asks nothing, has nothing to change, and cannot be compared", "[ui][recording]")
{
    const Folder folder;
    CourseWindow w;
    w.store.chooseVariant(1);
    w.window.openRecording(folder.save(w.store, u"run.loopscope"_s));
    CourseWindow::settle();
    CHECK(w.store.predictions().open().empty());
    CHECK_FALSE(w.window.prediction().isVisible());
    CHECK_FALSE(w.window.challenge().isVisible());
    CHECK_FALSE(w.window.before().isVisible());
    const QString whatIf = shownWords(w.window.parameters()).join(u'\n');
    CHECK(whatIf.contains(u"nothing in it can be changed"_s));
    CHECK(whatIf.contains(u"wait a 1\u00A0s"_s));
    for (const QLabel* label : w.window.parameters().findChildren<QLabel*>())
        if (label->isVisible()) // there is room for all of them
            CHECK(label->visibleRegion().boundingRect().height() == label->height());
    w.window.output().findChild<QTabWidget*>()->setCurrentWidget(&w.questions());
    CHECK(w.words(w.questions()).contains(u"A recording asks nothing"_s));

    for (const auto modifiers : {Qt::KeyboardModifiers{}, Qt::KeyboardModifiers{Qt::ShiftModifier}}) {
        w.store.clearNotice();
        QTest::keyClick(&w.window, Qt::Key_C, modifiers);
        CHECK(w.store.mode() == Mode::Run);
        CHECK(w.store.notice().startsWith(u"A recording is one run"_s));
    }
    w.click<QPushButton>(w.window.parameters(), u"Open its lesson"_s);
    CHECK(w.store.recording() == nullptr);
    CHECK(w.store.lesson().id == "waits");
}

TEST_CASE("a person can be the loop in a recording", "[ui][recording]")
{
    const Folder folder;
    Window w;
    w.store.chooseVariant(1);
    w.window.openRecording(folder.save(w.store, u"run.loopscope"_s));
    w.press(Qt::Key_L);
    CHECK(w.store.game().isOn());
    w.press(Qt::Key_Escape);
    CHECK_FALSE(w.store.game().isOn());
    CHECK(w.store.reached() == w.store.lastStep());
}

TEST_CASE("what is marked in a recording does not change the marks of its lesson", "[ui][recording]")
{
    const Folder folder;
    Window w;
    w.window.openRecording(folder.save(w.store, u"run.loopscope"_s));
    w.store.setStep(5);
    w.press(Qt::Key_B);
    CHECK(w.store.marks().bookmarks.size() == 1);
    CHECK(w.store.bookmarks().size() == 1);
    w.store.openLesson(0);
    CHECK(w.store.marks().bookmarks.empty());
    w.store.showRecording(0);
    CHECK(w.store.bookmarks().size() == 1);
}

TEST_CASE("the next start opens the lesson, not the recording", "[ui][recording]")
{
    const Folder folder;
    QSettings settings(folder.path(u"settings.ini"_s), QSettings::IniFormat);
    Window w;
    w.store.openLesson(1);
    w.window.openRecording(folder.save(w.store, u"run.loopscope"_s));
    saveChoices(settings, w.store);
    Store next(tests::testLessons(), tests::testSources);
    restoreChoices(settings, next);
    CHECK(next.lesson().id == "requests");
    CHECK(next.recording() == nullptr);
}
