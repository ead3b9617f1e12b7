#include "ui/marks_text.h"

#include "core/base/format.h"

#include <QCoreApplication>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Marks)
};

QString lineName(const Breakpoint& breakpoint, const CodePlaces& code, Language language)
{
    const auto row = code.rowOfLine(breakpoint.line, language);
    // A line that this variant does not show keeps the number it has in the file that ran.
    return Words::tr("line %1").arg(row ? code.lineNumber(*row, language) : breakpoint.line);
}

} // namespace

QString breakpointText(const Breakpoint& breakpoint, const CodePlaces& code, Language language)
{
    switch (breakpoint.kind) {
    case Breakpoint::Kind::Line: {
        const auto row = code.rowOfLine(breakpoint.line, language);
        const QString name = lineName(breakpoint, code, language);
        return row ? u"%1: %2"_s.arg(name, QString::fromStdString(code.lines(language)[*row].text).trimmed())
                   : Words::tr("%1, not in this variant").arg(name);
    }
    case Breakpoint::Kind::Task:
        return Words::tr("when %1 runs").arg(QString::fromStdString(breakpoint.name));
    case Breakpoint::Kind::Event:
        return Words::tr("at each event “%1”").arg(QString::fromStdString(breakpoint.name));
    }
    return {};
}

QString stoppedText(const Store& store, const CodePlaces& code)
{
    if (!store.stoppedBy() || store.step() == 0 || store.mode() != Mode::Run)
        return {};
    const Breakpoint& stop = *store.stoppedBy();
    switch (stop.kind) {
    case Breakpoint::Kind::Line: {
        const QString line = lineName(stop, code, store.language());
        const auto visit = store.lineVisits().at(store.step() - 1);
        if (!visit || !visit->task)
            return Words::tr("Stopped here: the run came to %1.").arg(line);
        const QString who = QString::fromStdString(store.trace().display_name(visit->task));
        return visit->goesOn ? Words::tr("Stopped here: %1 goes on at %2.").arg(who, line)
                             : Words::tr("Stopped here: %1 came to %2.").arg(who, line);
    }
    case Breakpoint::Kind::Task:
        return Words::tr("Stopped here: it is the turn of %1.").arg(QString::fromStdString(stop.name));
    case Breakpoint::Kind::Event:
        return Words::tr("Stopped here: this is an event “%1”.").arg(QString::fromStdString(stop.name));
    }
    return {};
}

QString bookmarkText(const Store& store, std::size_t index)
{
    const Bookmark& bookmark = store.marks().bookmarks[index];
    const EventAnchor& anchor = bookmark.anchor;
    const auto& here = store.bookmarks();
    const auto at = std::find_if(here.begin(), here.end(), [index](const PlacedBookmark& p) { return p.index == index; });
    TimePoint when = anchor.when;
    if (at != here.end() && at->fit == Fit::Same)
        when = at->step == 0 ? TimePoint{} : store.trace().when(at->step - 1);
    QString what = bookmark.note;
    if (what.isEmpty())
        what = anchor.kind.empty() ? Words::tr("the start")
            : anchor.who.empty()   ? QString::fromStdString(anchor.kind)
                                   : u"%1, %2"_s.arg(QString::fromStdString(anchor.kind), QString::fromStdString(anchor.who));
    QString text = u"%1   %2"_s.arg(QString::fromStdString(format_moment(when)), what);
    if (at == here.end()) {
        const Variant* variant = find_variant(store.lesson(), bookmark.variant);
        text += Words::tr("   (in “%1”)").arg(QString::fromStdString(variant ? variant->title : bookmark.variant));
    } else if (at->fit == Fit::Moment) {
        text += Words::tr("   (no such event now, only its time)");
    } else if (at->fit == Fit::Lost) {
        text += Words::tr("   (does not fit this run)");
    }
    return text;
}

} // namespace loopscope::ui
