#include "ui/event_filter.h"

#include "ui/moment_models.h"

#include <QCoreApplication>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

} // namespace

QString nameOf(FactGroup group)
{
    switch (group) {
    case FactGroup::Loop: return EventFilterModel::tr("iterations");
    case FactGroup::Tasks: return EventFilterModel::tr("tasks");
    case FactGroup::Waits: return EventFilterModel::tr("waits and wakes");
    case FactGroup::Timers: return EventFilterModel::tr("timers");
    case FactGroup::Io: return EventFilterModel::tr("I/O");
    case FactGroup::Callbacks: return EventFilterModel::tr("callbacks");
    case FactGroup::Shared: return EventFilterModel::tr("locks and queues");
    case FactGroup::Output: return EventFilterModel::tr("output and values");
    case FactGroup::Workers: return EventFilterModel::tr("threads and processes");
    }
    return {};
}

QString told(const EventFilter& filter, const QString& taskName)
{
    QStringList parts;
    if (!filter.hidden.empty()) {
        QStringList shown;
        QStringList hidden;
        for (const FactGroup group : all_fact_groups)
            (filter.hidden.count(group) > 0 ? hidden : shown) += nameOf(group);
        parts += shown.isEmpty()                  ? EventFilterModel::tr("no kind is chosen")
            : hidden.size() < shown.size() ? EventFilterModel::tr("without %1").arg(hidden.join(u", "_s))
                                           : shown.join(u", "_s);
    }
    if (filter.task)
        parts += taskName;
    if (!filter.text.trimmed().isEmpty())
        parts += u"“%1”"_s.arg(filter.text.trimmed());
    return parts.join(u" · "_s);
}

void EventFilterModel::setFilter(const EventFilter& filter)
{
    if (filter == m_filter)
        return;
    m_filter = filter;
    m_words = filter.text.split(u' ', Qt::SkipEmptyParts);
    invalidateFilter();
}

bool EventFilterModel::filterAcceptsRow(int row, const QModelIndex&) const
{
    if (m_filter.isOpen())
        return true;
    const auto& events = static_cast<const EventModel&>(*sourceModel());
    if (!events.matches(row, m_filter.hidden, m_filter.task))
        return false;
    if (m_words.isEmpty())
        return true;
    const QString words = events.searchText(row);
    return std::all_of(m_words.begin(), m_words.end(),
                       [&](const QString& word) { return words.contains(word, Qt::CaseInsensitive); });
}

} // namespace loopscope::ui
