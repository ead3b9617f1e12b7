#include "app/gallery.h"

#include "app/window_states.h"
#include "core/base/format.h"
#include "ui/export_choices.h"

#include <QApplication>
#include <QDir>
#include <QFile>
#include <QPainter>

#include <algorithm>
#include <memory>
#include <vector>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

QString fileFor(const WindowState& state, QSize size, bool dark)
{
    return u"%1-%2x%3-%4.png"_s.arg(QString::fromLatin1(state.name)).arg(size.width()).arg(size.height())
        .arg(dark ? u"dark"_s : u"light"_s);
}

/// The window with what is open over it.
QImage photograph(StagedWindow& staged)
{
    ui::MainWindow& window = staged.window();
    QImage image = window.grab().toImage();
    for (QWidget* over : staged.windowsOver()) {
        const bool isDialog = over->inherits("QDialog");
        QRect place(window.mapFromGlobal(over->mapToGlobal(QPoint())), over->size()); // a list stays at its button
        if (isDialog)
            place.moveCenter(window.rect().center());
        QPainter painter(&image);
        if (isDialog)
            painter.fillRect(image.rect(), QColor(0, 0, 0, 90));
        painter.drawPixmap(place.topLeft(), over->grab());
        painter.end();
        over->close();
    }
    return image;
}

/// What exports of this state look like on paper.
QImage printOf(const WindowState& state)
{
    StagedWindow staged(state, {1440, 900});
    for (QWidget* over : staged.windowsOver())
        over->close();
    ui::Store& store = staged.store();
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
    std::vector<QImage> prints;
    for (const WindowState& state : windowStates()) {
        const std::string_view called(state.name);
        if (called.find(only) == std::string_view::npos)
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
                StagedWindow staged(state, size, dark);
                if (!keep(file, photograph(staged)))
                    return notWritten(to.filePath(file));
            }
        const QString file = QString::fromLatin1(state.name) + u"-print.png"_s;
        const bool hasWindowOver = called.starts_with("dialog") || called.starts_with("list")
            || called == "compare-held"; // which the window does not save either
        if (hasWindowOver)
            continue;
        // Many states differ on screen only: what is on paper already is not looked at again.
        const QImage print = printOf(state);
        if (std::find(prints.begin(), prints.end(), print) != prints.end())
            continue;
        prints.push_back(print);
        if (!keep(file, print))
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
