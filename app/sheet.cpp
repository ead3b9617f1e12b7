#include "app/sheet.h"

#include "app/export_verb.h"
#include "core/base/format.h"
#include "core/lesson/run.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QString>

namespace loopscope::app {
namespace {

using namespace Qt::StringLiterals;

// Backquotes mark code, which a page has a type for.
QString words(const std::string& text)
{
    static const QRegularExpression code(u"`([^`]*)`"_s);
    return QString::fromStdString(text).toHtmlEscaped().replace(code, u"<code>\\1</code>"_s);
}

constexpr QLatin1StringView head(R"(<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Loopscope: all lessons</title>
<style>
body { font: 15px/1.45 Inter, system-ui, sans-serif; margin: 2rem auto; max-width: 1500px; color: #1c2430; background: #fff; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 3rem; } h3 { font-size: 1rem; margin: 2rem 0 .2rem; }
p { margin: .2rem 0 .8rem; max-width: 70ch; }
.runs { display: grid; grid-template-columns: repeat(auto-fill, minmax(640px, 1fr)); gap: 1rem; }
figure { margin: 0; border: 1px solid #d8dde5; border-radius: 6px; padding: .5rem; }
img { width: 100%; display: block; } figcaption { color: #5a6575; }
</style>
)");

} // namespace

Result<std::string> writeSheet(std::span<const Lesson> lessons, const std::string& folder, const std::string& theme)
{
    const QDir to(QString::fromStdString(folder));
    if (!to.mkpath(u"."_s))
        return Error{"The folder \"" + folder + "\" cannot be made; choose another one with -o."};
    QString page = QString(head) + u"<h1>Loopscope: all lessons</h1>\n"_s;
    std::size_t pictures = 0;
    int chapter = 0;
    for (const Lesson& lesson : lessons) {
        if (std::exchange(chapter, lesson.chapter) != lesson.chapter)
            page += u"<h2>%1. %2</h2>\n"_s.arg(lesson.chapter).arg(words(lesson.chapter_title));
        page += u"<h3>%1. %2</h3>\n<p>%3</p>\n<div class=\"runs\">\n"_s.arg(lesson.number)
                    .arg(words(lesson.title), words(lesson.question));
        for (const Variant& variant : lesson.variants) {
            const std::string file = lesson.id + "." + variant.name + ".svg";
            const Result<std::string> written = exportLesson(
                lessons, {.run = {.lesson = lesson.id, .variant = variant.name, .sets = {}},
                          .theme = theme,
                          .output = to.filePath(QString::fromStdString(file)).toStdString()});
            if (!written)
                return written.error();
            ++pictures;
            page += u"<figure><img src=\"%1\" alt=\"\"><figcaption>%2</figcaption></figure>\n"_s.arg(
                words(file), words(variant.summary));
        }
        page += u"</div>\n<p>%1</p>\n"_s.arg(words(lesson.takeaway));
    }
    QFile index(to.filePath(u"index.html"_s));
    const QByteArray bytes = page.toUtf8();
    if (!index.open(QIODevice::WriteOnly | QIODevice::Truncate) || index.write(bytes) != bytes.size())
        return Error{"\"" + index.fileName().toStdString() + "\" cannot be written: "
                     + index.errorString().toStdString() + "."};
    return "Wrote " + format_count(pictures, "picture") + " and " + index.fileName().toStdString() + ".\n";
}

} // namespace loopscope::app
