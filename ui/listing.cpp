#include "ui/listing.h"

#include <QCoreApplication>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::Listing)
};

} // namespace

QString listed(const QStringList& words)
{
    if (words.size() < 2)
        return words.join(QString());
    const QString start = words.first(words.size() - 1).join(Words::tr(", ", "between the words of a list"));
    return Words::tr("%1 and %2", "the end of a list").arg(start, words.last());
}

} // namespace loopscope::ui
