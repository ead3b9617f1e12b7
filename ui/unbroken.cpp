#include "ui/unbroken.h"

#include <QRegularExpression>

namespace loopscope::ui {

QString unbroken(QString words)
{
    // A number, a blank and what it counts in; a rate has a blank on both sides of its stroke.
    static const QRegularExpression rate(QStringLiteral("(\\d) / (s)\\b"));
    static const QRegularExpression unit(QStringLiteral("(\\d) (?=(?:s|ms|µs|%|×|times|px|KiB|MiB)(?![\\p{L}\\d]))"));
    constexpr QChar noBreak(0x00A0);
    words.replace(rate, QStringLiteral("\\1") + noBreak + u'/' + noBreak + QStringLiteral("\\2"));
    return words.replace(unit, QStringLiteral("\\1") + noBreak);
}

} // namespace loopscope::ui
