#include "ui/theme.h"

#include <QFontMetricsF>
#include <QStringList>

namespace loopscope::ui {
namespace {

QColor rgb(const char* hex) { return QColor(QLatin1String(hex)); }

Theme darkTheme()
{
    Theme t;
    t.name = ThemeName::Dark;
    t.isDark = true;
    t.window = rgb("#141b29");
    t.canvas = rgb("#0d121c");
    t.canvasAlt = rgb("#101723");
    t.panel = rgb("#111827");
    t.raised = rgb("#1b2435");
    t.field = rgb("#0e141f");
    t.hover = rgb("#212b3f");
    t.selected = rgb("#26324a");
    t.line = rgb("#212b3f");
    t.lineStrong = rgb("#2f3958");
    t.grid = rgb("#1c2436");
    t.textStrong = rgb("#e8edf6");
    t.text = rgb("#c9d2e3");
    t.textMuted = rgb("#8c99b3");
    t.textFaint = rgb("#66738f");
    t.accent = rgb("#4db4ff");
    t.onAccent = rgb("#0b1322");
    t.playhead = rgb("#ffcf5c");
    t.onPlayhead = rgb("#1a1404");
    t.ok = rgb("#48d597");
    t.warning = rgb("#ffb454");
    t.error = rgb("#ff6b78");
    t.info = rgb("#4db4ff");
    t.loopColor = rgb("#8c99b3");
    t.ready = rgb("#d9b355");
    t.hatch = rgb("#535c6e");
    t.idleEdge = rgb("#262d3a");
    t.arrow = rgb("#8c99b3");
    t.wall = rgb("#ff6b78");
    t.fog = rgb("#0d121c");
    t.onTask = rgb("#0b1322");
    t.tasks = {rgb("#8ea2ff"), rgb("#4db4ff"), rgb("#ff9d4d"), rgb("#42d6a4"),
               rgb("#c580ea"), rgb("#f28cb1"), rgb("#7ddce8"), rgb("#d3c27a")};
    t.codeText = rgb("#e8edf6");
    t.codeKeyword = rgb("#c580ea");
    t.codeFunction = rgb("#4db4ff");
    t.codeString = rgb("#42d6a4");
    t.codeNumber = rgb("#ff9d4d");
    t.codeComment = rgb("#76839e");
    t.lineNumber = rgb("#56627c");
    return t;
}

Theme lightTheme()
{
    Theme t;
    t.name = ThemeName::Light;
    t.isDark = false;
    t.window = rgb("#ffffff");
    t.canvas = rgb("#f4f6fa");
    t.canvasAlt = rgb("#fafbfd");
    t.panel = rgb("#fbfcfe");
    t.raised = rgb("#f0f3f9");
    t.field = rgb("#f6f8fb");
    t.hover = rgb("#e6ebf5");
    t.selected = rgb("#e6edfb");
    t.line = rgb("#e2e7f0");
    t.lineStrong = rgb("#cfd7e6");
    t.grid = rgb("#e4e8f0");
    t.textStrong = rgb("#1a2233");
    t.text = rgb("#344057");
    t.textMuted = rgb("#5d6a83");
    t.textFaint = rgb("#8490a6");
    t.accent = rgb("#0f7ac7");
    t.onAccent = rgb("#ffffff");
    t.playhead = rgb("#c77700");
    t.onPlayhead = rgb("#ffffff");
    t.ok = rgb("#0c8a57");
    t.warning = rgb("#b86e00");
    t.error = rgb("#cc2f45");
    t.info = rgb("#0f7ac7");
    t.loopColor = rgb("#5d6a83");
    t.ready = rgb("#b98a1d");
    t.hatch = rgb("#a3abba");
    t.idleEdge = rgb("#dde2ea");
    t.arrow = rgb("#6b7790");
    t.wall = rgb("#cc2f45");
    t.fog = rgb("#f4f6fa");
    t.onTask = rgb("#ffffff");
    t.tasks = {rgb("#4b5fd6"), rgb("#0f7ac7"), rgb("#c9610a"), rgb("#0b8a60"),
               rgb("#9e52c9"), rgb("#b93a72"), rgb("#0d7f8c"), rgb("#7d6a14")};
    t.codeText = rgb("#1a2233");
    t.codeKeyword = rgb("#9e52c9");
    t.codeFunction = rgb("#0f7ac7");
    t.codeString = rgb("#0b8a60");
    t.codeNumber = rgb("#c9610a");
    t.codeComment = rgb("#707c92");
    t.lineNumber = rgb("#9aa5ba");
    return t;
}

Theme printTheme()
{
    Theme t = lightTheme();
    t.name = ThemeName::Print;
    t.canvas = rgb("#ffffff");
    t.canvasAlt = rgb("#f6f6f6");
    t.panel = rgb("#ffffff");
    t.raised = rgb("#f6f6f6");
    t.field = rgb("#ffffff");
    t.hover = rgb("#eeeeee");
    t.selected = rgb("#e8e8e8");
    t.line = rgb("#c8c8c8");
    t.lineStrong = rgb("#a0a0a0");
    t.grid = rgb("#dcdcdc");
    t.textStrong = rgb("#000000");
    t.text = rgb("#1c1c1c");
    t.textMuted = rgb("#444444");
    t.textFaint = rgb("#6a6a6a");
    t.loopColor = rgb("#333333");
    t.ready = rgb("#555555");
    t.hatch = rgb("#8a8a8a");
    t.idleEdge = rgb("#b4b4b4");
    t.arrow = rgb("#555555");
    t.wall = rgb("#000000");
    t.fog = rgb("#ffffff");
    t.playhead = rgb("#000000");
    t.ok = rgb("#0a5c3a");
    t.error = rgb("#a3142a");
    // Neighbours differ in lightness, so that a grey copy still tells the blocks apart.
    t.tasks = {rgb("#1c2a78"), rgb("#2380c4"), rgb("#8f3d00"), rgb("#3a9470"),
               rgb("#5b1d80"), rgb("#c45f8e"), rgb("#0b4d57"), rgb("#97812a")};
    return t;
}

struct Words {
    ThemeName name;
    std::string_view word;
};
constexpr std::array<Words, 3> words{{{ThemeName::Dark, "dark"}, {ThemeName::Light, "light"}, {ThemeName::Print, "print"}}};

const QStringList& wordFamilyList()
{
    static const QStringList list{QStringLiteral("Inter"), QStringLiteral("Noto Sans"), QStringLiteral("Helvetica Neue"),
                                  QStringLiteral("Arial"), QStringLiteral("DejaVu Sans")};
    return list;
}

const QStringList& codeFamilyList()
{
    static const QStringList list{QStringLiteral("JetBrains Mono"), QStringLiteral("Noto Sans Mono"),
                                  QStringLiteral("DejaVu Sans Mono"), QStringLiteral("Menlo"), QStringLiteral("Consolas")};
    return list;
}

int pixelsOf(TextSize size)
{
    switch (size) {
    case TextSize::Small: return 11;
    case TextSize::Normal: return 13;
    case TextSize::Large: return 20;
    }
    return 13;
}

QFont makeFont(const QStringList& families, QFont::StyleHint hint, TextSize size, QFont::Weight weight)
{
    QFont font;
    font.setFamilies(families);
    font.setStyleHint(hint);
    font.setPixelSize(pixelsOf(size));
    font.setWeight(weight);
    // Metrics that do not depend on the screen: the same layout in the window and in every file.
    font.setHintingPreference(QFont::PreferNoHinting);
#if QT_VERSION >= QT_VERSION_CHECK(6, 7, 0)
    font.setFeature("tnum", 1); // before that, columns of numbers are set in the code typeface
#endif
    return font;
}

QString quoted(const QStringList& families, QLatin1String generic)
{
    QString list;
    for (const QString& family : families)
        list += QLatin1Char('"') + family + QLatin1String("\", ");
    return list + generic;
}

} // namespace

QColor Theme::task(ColorSlot slot) const
{
    if (slot < 0)
        return loopColor;
    const auto count = static_cast<ColorSlot>(tasks.size());
    // main's own colour comes round only once.
    const ColorSlot place = slot < count ? slot : 1 + (slot - 1) % (count - 1);
    return tasks[static_cast<std::size_t>(place)];
}

QColor Theme::taskTint(ColorSlot slot) const
{
    const QColor color = task(slot);
    const double part = isDark ? 0.16 : 0.10;
    const auto mix = [part](int a, int b) { return static_cast<int>(a * part + b * (1 - part) + 0.5); };
    return {mix(color.red(), panel.red()), mix(color.green(), panel.green()), mix(color.blue(), panel.blue())};
}

const Theme& theme(ThemeName name)
{
    static const std::array<Theme, 3> themes{darkTheme(), lightTheme(), printTheme()};
    return themes[static_cast<std::size_t>(name)];
}

std::optional<ThemeName> themeNamed(std::string_view word)
{
    for (const Words& entry : words)
        if (entry.word == word)
            return entry.name;
    return std::nullopt;
}

std::string_view wordFor(ThemeName name) { return words[static_cast<std::size_t>(name)].word; }

QFont wordFont(TextSize size, QFont::Weight weight) { return makeFont(wordFamilyList(), QFont::SansSerif, size, weight); }

QFont codeFont(TextSize size, QFont::Weight weight) { return makeFont(codeFamilyList(), QFont::Monospace, size, weight); }

QString wordFamilies() { return quoted(wordFamilyList(), QLatin1String("sans-serif")); }
QString codeFamilies() { return quoted(codeFamilyList(), QLatin1String("monospace")); }

LayoutMetrics timelineMetrics()
{
    LayoutMetrics metrics;
    metrics.char_width = QFontMetricsF(codeFont(TextSize::Small)).horizontalAdvance(QStringLiteral("0000000000")) / 10;
    return metrics;
}

} // namespace loopscope::ui
