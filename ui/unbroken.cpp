#include "ui/unbroken.h"

#include <algorithm>
#include <array>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

bool isDigit(QChar c) { return c >= u'0' && c <= u'9'; }

/// Whether these words begin with a unit, and with nothing that is longer.
bool beginsWithUnit(QStringView words)
{
    static constexpr std::array<QStringView, 9> units{u"s", u"ms", u"µs", u"%", u"×", u"times", u"px", u"KiB", u"MiB"};
    return std::any_of(units.begin(), units.end(), [words](QStringView unit) {
        return words.startsWith(unit)
            && (words.size() == unit.size() || !(words[unit.size()].isLetter() || isDigit(words[unit.size()])));
    });
}

} // namespace

// It is asked for dozens of texts at each value that a slider passes.
QString unbroken(QString words)
{
    constexpr QChar noBreak(0x00A0);
    const auto isRate = [&words](qsizetype at) { // "5 / s": a blank on both sides of its stroke
        return QStringView(words).sliced(at).startsWith(u" / s") && beginsWithUnit(QStringView(words).sliced(at + 3));
    };
    for (qsizetype at = words.indexOf(u' '); at >= 0; at = words.indexOf(u' ', at + 1)) {
        if (at == 0 || !isDigit(words[at - 1]))
            continue;
        if (isRate(at))
            words[at] = words[at + 2] = noBreak;
        else if (beginsWithUnit(QStringView(words).sliced(at + 1)))
            words[at] = noBreak;
    }
    return words;
}

} // namespace loopscope::ui
