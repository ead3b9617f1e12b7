#include "ui/key_places.h"

#include <QGuiApplication>

#include <array>
#include <string_view>

namespace loopscope::ui {
namespace {

/// One row of keys, with the kernel's number of its first one.
struct Row {
    quint32 first;
    std::string_view keys;
};

constexpr std::array rows{
    Row{2, "1234567890-="},
    Row{16, "QWERTYUIOP[]"},
    Row{30, "ASDFGHJKL;'"},
    Row{44, "ZXCVBNM,./"},
};

} // namespace

ScanCodes scanCodesHere()
{
    const QString platform = QGuiApplication::platformName();
    if (platform == QLatin1String("windows"))
        return ScanCodes::Set1;
    if (platform == QLatin1String("cocoa"))
        return ScanCodes::Unknown;
    return ScanCodes::Xkb;
}

int keyAtPlace(quint32 scanCode, ScanCodes codes)
{
    constexpr quint32 xkbOffset = 8;
    if (codes == ScanCodes::Unknown || (codes == ScanCodes::Xkb && scanCode < xkbOffset))
        return 0;
    const quint32 number = codes == ScanCodes::Xkb ? scanCode - xkbOffset : scanCode;
    for (const Row& row : rows)
        if (number >= row.first && number - row.first < row.keys.size())
            return row.keys[number - row.first]; // Qt's keys of letters are their capitals in ASCII
    return 0;
}

} // namespace loopscope::ui
