#include "ui/theme.h"

#include "tests/support/catch.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <cmath>
#include <set>

using namespace loopscope;
using namespace loopscope::ui;

namespace {

constexpr ThemeName all[] = {ThemeName::Dark, ThemeName::Light, ThemeName::Print};

double linear(double part) { return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4); }

/// Relative luminance and contrast as WCAG 2 defines them.
double luminance(const QColor& c)
{
    return 0.2126 * linear(c.redF()) + 0.7152 * linear(c.greenF()) + 0.0722 * linear(c.blueF());
}
double contrast(const QColor& a, const QColor& b)
{
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

/// Lightness from 0 to 100, as the eye has it and a grey print shows it.
double lightness(const QColor& c)
{
    const double y = luminance(c);
    return y <= 0.008856 ? 903.3 * y : 116 * std::cbrt(y) - 16;
}

} // namespace

TEST_CASE("every theme has a word, and the word finds it", "[ui][theme]")
{
    for (const ThemeName name : all) {
        CHECK(themeNamed(wordFor(name)) == name);
        CHECK(theme(name).name == name);
    }
    CHECK(themeNamed("sepia") == std::nullopt);
}

TEST_CASE("text can be read on every surface it stands on", "[ui][theme]")
{
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        INFO(wordFor(name));
        for (const QColor& surface : {t.window, t.canvas, t.canvasAlt, t.panel, t.raised}) {
            CHECK(contrast(t.textStrong, surface) >= 7);
            CHECK(contrast(t.text, surface) >= 7);
            CHECK(contrast(t.textMuted, surface) >= 4.5);
            CHECK(contrast(t.textFaint, surface) >= 2.8);
        }
        CHECK(contrast(t.onAccent, t.accent) >= 4.5);
        CHECK(contrast(t.onPlayhead, t.playhead) >= 3);
        for (const QColor& meaning : {t.ok, t.error, t.accent})
            CHECK(contrast(meaning, t.canvas) >= 3.9);
    }
}

TEST_CASE("task colours stand off the lanes, and their glyphs off them", "[ui][theme]")
{
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        for (const QColor& color : t.tasks) {
            INFO(wordFor(name) << " " << color.name().toStdString());
            CHECK(contrast(color, t.canvas) >= 3);
            CHECK(contrast(color, t.onTask) >= 3.4);
        }
    }
}

TEST_CASE("neighbouring task colours of the print theme differ in grey", "[ui][theme]")
{
    const Theme& t = theme(ThemeName::Print);
    for (std::size_t i = 1; i < t.tasks.size(); ++i) {
        INFO(i);
        CHECK(std::abs(lightness(t.tasks[i]) - lightness(t.tasks[i - 1])) >= 12);
    }
}

TEST_CASE("colours go round, but main's own comes only once", "[ui][theme]")
{
    const Theme& t = theme(ThemeName::Dark);
    CHECK(t.task(-1) == t.loopColor);
    CHECK(t.task(0) == t.tasks[0]);
    CHECK(t.task(7) == t.tasks[7]);
    CHECK(t.task(8) == t.tasks[1]);
    CHECK(t.task(14) == t.tasks[7]);
    CHECK(t.task(15) == t.tasks[1]);
}

TEST_CASE("there are three sizes of type", "[ui][theme]")
{
    std::set<int> sizes;
    for (const TextSize size : {TextSize::Small, TextSize::Normal, TextSize::Large}) {
        CHECK(wordFont(size).pixelSize() == codeFont(size).pixelSize());
        sizes.insert(wordFont(size).pixelSize());
    }
    CHECK(sizes == std::set<int>{11, 13, 20});
}

TEST_CASE("code stands in columns", "[ui][theme]")
{
    const QFontMetricsF metrics(codeFont(TextSize::Small));
    CHECK(metrics.horizontalAdvance(QLatin1Char('1')) == metrics.horizontalAdvance(QLatin1Char('m')));
    CHECK(std::abs(timelineMetrics().char_width - metrics.horizontalAdvance(QLatin1Char('0'))) < 0.01);
}
