// Recordings: opened, saved, dropped on the window.

#include "ui/main_window.h"

#include "ui/keyboard.h"
#include "ui/lesson_list.h"
#include "ui/parameters_view.h"
#include "ui/timeline_panel.h"
#include "ui/timeline_view.h"

#include <QApplication>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QSettings>
#include <QStandardPaths>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

/// To read and to lay out a long run takes a moment.
class Waiting {
public:
    Waiting() { QApplication::setOverrideCursor(Qt::WaitCursor); }
    ~Waiting() { QApplication::restoreOverrideCursor(); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;
};

// A program that has a name keeps the folder from one start to the next; a test has none.
bool remembers() { return !QCoreApplication::organizationName().isEmpty(); }

QString lastFolder()
{
    const QString kept = remembers() ? QSettings().value(u"recording/folder"_s).toString() : QString();
    return QFileInfo(kept).isDir() ? kept : QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

void keepFolderOf(const QString& file)
{
    if (remembers())
        QSettings().setValue(u"recording/folder"_s, QFileInfo(file).absolutePath());
}

QStringList filesIn(const QMimeData& data)
{
    QStringList files;
    for (const QUrl& url : data.urls())
        if (url.isLocalFile())
            files += url.toLocalFile();
    return files;
}

} // namespace

void MainWindow::connectRecordings()
{
    setAcceptDrops(true);
    const auto lookAtLanes = [this] { m_timeline->view().setFocus(); };
    connect(m_lessons, &LessonList::openRequested, this, &MainWindow::chooseRecording);
    connect(m_lessons, &LessonList::saveRequested, this, &MainWindow::saveRecording);
    connect(m_lessons, &LessonList::recordingRequested, this, [this, lookAtLanes](std::size_t index) {
        m_player.pause();
        m_store.showRecording(index);
        lookAtLanes();
    });
    connect(m_lessons, &LessonList::closeRequested, this, [this](std::size_t index) {
        m_player.pause();
        m_store.closeRecording(index);
    });
    connect(m_parameters, &ParametersView::lessonRequested, this, [this, lookAtLanes](std::size_t index) {
        openLesson(index);
        lookAtLanes();
    });
    m_keys->on(KeyId::OpenRecording, [this] { chooseRecording(); });
    m_keys->on(KeyId::SaveRecording, [this] { saveRecording(); });
}

void MainWindow::chooseRecording()
{
    m_player.pause();
    auto* dialog = new QFileDialog(this, tr("Open a recording"), lastFolder(),
                                   tr("Recordings (*.%1);;All files (*)").arg(recordingEnding));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList& files) {
        for (const QString& file : files)
            openRecording(file);
    });
    dialog->open();
}

void MainWindow::openRecording(const QString& file)
{
    m_player.pause();
    const Waiting waiting;
    Result<OpenRecording> opened = ui::openRecording(file);
    if (!opened) {
        m_store.reportError(QString::fromStdString(opened.error().sentence));
        return;
    }
    keepFolderOf(file);
    m_store.openRecording(std::move(*opened));
    m_timeline->view().setFocus();
}

void MainWindow::saveRecording()
{
    m_player.pause();
    if (m_store.mode() != Mode::Run) {
        m_store.report(tr("Two runs are on screen; choose one of them to save it as a recording."));
        return;
    }
    auto* dialog = new QFileDialog(this, tr("Save this run as a recording"), lastFolder(),
                                   tr("Recordings (*.%1)").arg(recordingEnding));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QString(recordingEnding));
    const Lesson& lesson = m_store.lesson();
    dialog->selectFile(m_store.recording() ? m_store.recording()->name()
                                           : QString::fromStdString(lesson.id + '-' + m_store.variant().name) + u'.'
                               + recordingEnding);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& file) {
        const Waiting waiting;
        const Result<QString> saved = ui::saveRecording(file, recordingOf(m_store));
        if (!saved) {
            m_store.reportError(QString::fromStdString(saved.error().sentence));
            return;
        }
        keepFolderOf(*saved);
        m_store.report(tr("Saved as %1").arg(*saved));
    });
    dialog->open();
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!filesIn(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QStringList files = filesIn(*event->mimeData());
    if (files.isEmpty())
        return;
    event->setDropAction(Qt::CopyAction); // what was dropped stays where it is
    event->accept();
    for (const QString& file : files)
        openRecording(file);
}

} // namespace loopscope::ui
