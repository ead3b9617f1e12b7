#include "ui/open_recording.h"

#include "ui/code_note.h"
#include "ui/export.h"
#include "ui/store.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Recordings)
};

Error notOpened(const QString& file, const QString& why)
{
    return Error{Words::tr("Could not open “%1”: %2").arg(QFileInfo(file).fileName(), why).toStdString()};
}

} // namespace

QString OpenRecording::name() const { return QFileInfo(file).fileName(); }

QString OpenRecording::title() const
{
    const QFileInfo info(file);
    return info.suffix() == recordingEnding ? info.completeBaseName() : info.fileName();
}

OpenRecording openedAs(const QString& file, ReadRecording read)
{
    OpenRecording recording;
    recording.file = file;
    recording.damage = QString::fromStdString(read.damage);
    recording.recording = std::move(read.recording);
    recording.lesson = lesson_of(recording.recording);
    recording.sources = {.python = SourceText(recording.recording.python.lines),
                         .cpp = SourceText(recording.recording.cpp.lines)};
    return recording;
}

Result<OpenRecording> openRecording(const QString& file)
{
    const QFileInfo info(file);
    if (!info.exists())
        return notOpened(file, Words::tr("there is no such file."));
    if (!info.isFile())
        return notOpened(file, info.isDir() ? Words::tr("it is a folder.") : Words::tr("it is no ordinary file."));
    if (info.size() > static_cast<qint64>(most_recording_bytes))
        return notOpened(file, Words::tr("it is too large to be a recording."));
    QFile opened(file);
    if (!opened.open(QIODevice::ReadOnly))
        return notOpened(file, Words::tr("it cannot be read."));
    const QByteArray bytes = opened.read(static_cast<qint64>(most_recording_bytes)); // it may grow meanwhile
    Result<ReadRecording> read = read_recording({bytes.constData(), static_cast<std::size_t>(bytes.size())});
    if (!read)
        return notOpened(file, QString::fromStdString(read.error().sentence));
    return openedAs(info.absoluteFilePath(), std::move(*read));
}

Recording recordingOf(const Store& store)
{
    if (store.recording())
        return store.recording()->recording;
    return withNotes(recording_of(store.lesson(), store.run().run, store.sources().python, store.sources().cpp), store.lesson());
}

Result<QString> saveRecording(const QString& file, const Recording& recording)
{
    const QString path = QFileInfo(file).suffix().isEmpty() ? file + u'.' + recordingEnding : file;
    return writeFile(path, QByteArray::fromStdString(write_recording(recording)));
}

} // namespace loopscope::ui
