#include "ui/theme.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QStringList>

#include <cmath>
#include <map>
#include <utility>

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
    t.textMuted = rgb("#9ca7be");
    t.textFaint = rgb("#828ca3");
    t.accent = rgb("#4db4ff");
    t.onAccent = rgb("#0b1322");
    t.playhead = rgb("#ffcf5c");
    t.onPlayhead = rgb("#1a1404");
    t.ok = rgb("#48d597");
    t.warning = rgb("#ffb454");
    t.error = rgb("#ff6b78");
    t.info = rgb("#4db4ff");
    t.loopColor = rgb("#9ca7be");
    t.ready = rgb("#d9b355");
    t.hatch = rgb("#5a6374");
    t.idleEdge = rgb("#262d3a");
    t.arrow = rgb("#8c99b3");
    t.wall = rgb("#ff6b78");
    t.fog = rgb("#0d121c");
    t.onTask = rgb("#0b1322");
    t.tasks = {rgb("#8097fa"), rgb("#53ade5"), rgb("#ee9040"), rgb("#58dda8"),
               rgb("#ee97fe"), rgb("#f28cb0"), rgb("#82e0ed"), rgb("#d3c37c")};
    t.codeText = rgb("#e8edf6");
    t.codeKeyword = rgb("#c580ea");
    t.codeFunction = rgb("#4db4ff");
    t.codeString = rgb("#42d6a4");
    t.codeNumber = rgb("#ff9d4d");
    t.codeComment = rgb("#909bb0");
    t.lineNumber = rgb("#848c9f");
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
    t.textMuted = rgb("#545f76");
    t.textFaint = rgb("#646d7e");
    t.accent = rgb("#0c6aad");
    t.onAccent = rgb("#ffffff");
    t.playhead = rgb("#c77700");
    t.onPlayhead = rgb("#ffffff");
    t.ok = rgb("#0b794d");
    t.warning = rgb("#955900");
    t.error = rgb("#c42d42");
    t.info = rgb("#0c6aad");
    t.loopColor = rgb("#545f76");
    t.ready = rgb("#a97a14");
    t.hatch = rgb("#868c99");
    t.idleEdge = rgb("#dde2ea");
    t.arrow = rgb("#6b7790");
    t.wall = rgb("#cc2f45");
    t.fog = rgb("#f4f6fa");
    t.onTask = rgb("#ffffff");
    t.tasks = {rgb("#4e5dd0"), rgb("#3e6aab"), rgb("#ae4c06"), rgb("#03794e"),
               rgb("#8b32b5"), rgb("#aa2965"), rgb("#1c747f"), rgb("#7b682b")};
    t.codeText = rgb("#1a2233");
    t.codeKeyword = rgb("#8d49b3");
    t.codeFunction = rgb("#0c6aad");
    t.codeString = rgb("#097552");
    t.codeNumber = rgb("#a55008");
    t.codeComment = rgb("#5e687b");
    t.lineNumber = rgb("#666d7b");
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
    t.lineNumber = rgb("#5f5f5f");
    // Neighbours differ in lightness, so that a grey copy still tells the blocks apart.
    t.tasks = {rgb("#182169"), rgb("#1070b5"), rgb("#833804"), rgb("#367a53"),
               rgb("#5d2085"), rgb("#af477f"), rgb("#235058"), rgb("#806c05")};
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

/// Fonts that were asked for. To make one is cheap, but each has its glyphs to find; a copy shares them.
struct Fonts {
    struct Family {
        std::map<std::pair<TextSize, QFont::Weight>, QFont> made;

        template <typename Make>
        const QFont& get(TextSize size, QFont::Weight weight, const Make& make)
        {
            const auto found = made.find({size, weight});
            return found != made.end() ? found->second : made.emplace(std::pair{size, weight}, make()).first->second;
        }
    };

    Family words;
    Family code;

    static Fonts& ofThisThread()
    {
        // Fonts must not outlive the application.
        [[maybe_unused]] static const bool cleared = (qAddPostRoutine([] { Fonts::ofThisThread() = {}; }), true);
        thread_local Fonts fonts;
        return fonts;
    }
};

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

Theme paled(const Theme& theme, double left)
{
    Theme pale = theme;
    const QColor under = theme.canvas;
    const auto fade = [&](QColor& color) {
        const auto mix = [left](int a, int b) { return static_cast<int>(std::lround(a * left + b * (1 - left))); };
        color = QColor(mix(color.red(), under.red()), mix(color.green(), under.green()), mix(color.blue(), under.blue()),
                       color.alpha());
    };
    for (QColor* color : {&pale.textStrong, &pale.text, &pale.textMuted, &pale.textFaint, &pale.accent, &pale.ok,
                          &pale.warning, &pale.error, &pale.info, &pale.loopColor, &pale.ready, &pale.hatch,
                          &pale.idleEdge, &pale.arrow, &pale.wall, &pale.onTask})
        fade(*color);
    for (QColor& color : pale.tasks)
        fade(color);
    return pale;
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

QFont wordFont(TextSize size, QFont::Weight weight)
{
    return Fonts::ofThisThread().words.get(size, weight, [=] {
        return makeFont(wordFamilyList(), QFont::SansSerif, size, weight);
    });
}

QFont codeFont(TextSize size, QFont::Weight weight)
{
    return Fonts::ofThisThread().code.get(size, weight, [=] {
        QFont font = makeFont(codeFamilyList(), QFont::Monospace, size, weight);
        font.setStyleStrategy(QFont::PreferNoShaping); // a beginner types what is seen: no sign for two letters
        return font;
    });
}

QString wordFamilies() { return quoted(wordFamilyList(), QLatin1String("sans-serif")); }
QString codeFamilies() { return quoted(codeFamilyList(), QLatin1String("monospace")); }

LayoutMetrics timelineMetrics()
{
    LayoutMetrics metrics;
    metrics.char_width = QFontMetricsF(codeFont(TextSize::Small)).horizontalAdvance(QStringLiteral("0000000000")) / 10;
    return metrics;
}

} // namespace loopscope::ui
