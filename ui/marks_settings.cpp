#include "ui/marks_settings.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString text(const std::string& s) { return QString::fromStdString(s); }
std::string text(const QJsonValue& value) { return value.toString().toStdString(); }

QJsonObject asJson(const Breakpoint& breakpoint)
{
    QJsonObject json{{u"on"_s, breakpoint.on}};
    switch (breakpoint.kind) {
    case Breakpoint::Kind::Line:
        json[u"line"_s] = static_cast<qint64>(breakpoint.line);
        break;
    case Breakpoint::Kind::Task:
        json[u"task"_s] = text(breakpoint.name);
        break;
    case Breakpoint::Kind::Event:
        json[u"event"_s] = text(breakpoint.name);
        break;
    }
    return json;
}

std::optional<Breakpoint> breakpointFrom(const QJsonObject& json)
{
    Breakpoint breakpoint;
    if (json[u"line"_s].isDouble() && json[u"line"_s].toInteger() > 0)
        breakpoint = Breakpoint::atLine(static_cast<std::uint32_t>(json[u"line"_s].toInteger()));
    else if (json[u"task"_s].isString())
        breakpoint = Breakpoint::atTask(text(json[u"task"_s]));
    else if (json[u"event"_s].isString())
        breakpoint = Breakpoint::atEvent(text(json[u"event"_s]));
    else
        return std::nullopt;
    breakpoint.on = json[u"on"_s].toBool(true);
    return breakpoint;
}

QJsonObject asJson(const Bookmark& bookmark)
{
    const EventAnchor& anchor = bookmark.anchor;
    return {{u"variant"_s, text(bookmark.variant)},
            {u"note"_s, bookmark.note},
            {u"kind"_s, text(anchor.kind)},
            {u"who"_s, text(anchor.who)},
            {u"line"_s, static_cast<qint64>(anchor.line)},
            {u"nth"_s, static_cast<qint64>(anchor.nth)},
            {u"microseconds"_s, static_cast<qint64>(anchor.when.since_start.count())}};
}

std::optional<Bookmark> bookmarkFrom(const QJsonObject& json)
{
    if (!json[u"variant"_s].isString())
        return std::nullopt;
    return Bookmark{.variant = text(json[u"variant"_s]),
                    .anchor = {.kind = text(json[u"kind"_s]),
                               .who = text(json[u"who"_s]),
                               .line = static_cast<std::uint32_t>(json[u"line"_s].toInteger()),
                               .nth = static_cast<std::size_t>(std::max<qint64>(0, json[u"nth"_s].toInteger())),
                               .when = TimePoint{Duration{json[u"microseconds"_s].toInteger()}}},
                    .note = json[u"note"_s].toString()};
}

} // namespace

QString marksAsText(const std::map<std::string, LessonMarks>& marks)
{
    QJsonObject all;
    for (const auto& [lesson, of] : marks) {
        QJsonArray stops;
        for (const Breakpoint& breakpoint : of.breakpoints)
            stops.append(asJson(breakpoint));
        QJsonArray bookmarks;
        for (const Bookmark& bookmark : of.bookmarks)
            bookmarks.append(asJson(bookmark));
        all[text(lesson)] = QJsonObject{{u"stops"_s, stops}, {u"bookmarks"_s, bookmarks}};
    }
    return QString::fromUtf8(QJsonDocument(all).toJson(QJsonDocument::Compact));
}

std::map<std::string, LessonMarks> marksFromText(const QString& json)
{
    std::map<std::string, LessonMarks> marks;
    const QJsonObject all = QJsonDocument::fromJson(json.toUtf8()).object();
    for (auto lesson = all.begin(); lesson != all.end(); ++lesson) {
        LessonMarks of;
        const QJsonObject kept = lesson.value().toObject();
        const QJsonArray stops = kept[u"stops"_s].toArray();
        for (const QJsonValue& stop : stops)
            if (auto breakpoint = breakpointFrom(stop.toObject()); breakpoint && !of.find(*breakpoint))
                of.breakpoints.push_back(std::move(*breakpoint));
        const QJsonArray bookmarks = kept[u"bookmarks"_s].toArray();
        for (const QJsonValue& entry : bookmarks)
            if (auto bookmark = bookmarkFrom(entry.toObject()))
                of.bookmarks.push_back(std::move(*bookmark));
        if (!of.empty())
            marks.emplace(lesson.key().toStdString(), std::move(of));
    }
    return marks;
}

} // namespace loopscope::ui
