#include "ui/theme.h"

#include "tests/support/catch.h"

#include <QFontInfo>
#include <QFontMetricsF>

#include <algorithm>
#include <array>
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

constexpr double readable = 4.5; ///< WCAG 2 for words
constexpr double visible = 3;    ///< and for what is drawn

/// What of the light's red, green and blue an eye takes in, after Machado, Oliveira and Fernandes (2009).
struct Eye {
    const char* name;
    std::array<std::array<double, 3>, 3> from;
};
constexpr std::array<Eye, 3> eyes{{
    {"all colours", {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}}},
    {"protanopia", {{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}}},
    {"deuteranopia", {{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}}},
}};

/// A colour as CIE Lab, where equal distances look equally large.
struct Lab {
    double l;
    double a;
    double b;
};

Lab seenBy(const Eye& eye, const QColor& c)
{
    const std::array light{linear(c.redF()), linear(c.greenF()), linear(c.blueF())};
    std::array<double, 3> seen{};
    for (std::size_t i = 0; i < 3; ++i)
        seen[i] = std::clamp(eye.from[i][0] * light[0] + eye.from[i][1] * light[1] + eye.from[i][2] * light[2], 0.0, 1.0);
    const auto root = [](double x) { return x > 0.008856 ? std::cbrt(x) : 7.787 * x + 16.0 / 116; };
    const double x = root((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.95047);
    const double y = root(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
    const double z = root((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.08883);
    return {116 * y - 16, 500 * (x - y), 200 * (y - z)};
}

double distance(const Lab& a, const Lab& b) { return std::hypot(a.l - b.l, a.a - b.a, a.b - b.b); }

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
        const std::array quiet{t.window, t.canvas, t.canvasAlt, t.panel, t.raised, t.field};
        for (const QColor& surface : quiet) {
            INFO(surface.name().toStdString());
            CHECK(contrast(t.textFaint, surface) >= readable);
            CHECK(contrast(t.lineNumber, surface) >= readable);
        }
        for (const QColor& surface : {t.window, t.canvas, t.canvasAlt, t.panel, t.raised, t.field, t.hover, t.selected}) {
            INFO(surface.name().toStdString());
            CHECK(contrast(t.textStrong, surface) >= 7);
            CHECK(contrast(t.text, surface) >= 7);
            CHECK(contrast(t.textMuted, surface) >= readable);
            for (const QColor& meaning : {t.accent, t.ok, t.warning, t.error, t.info})
                CHECK(contrast(meaning, surface) >= readable);
        }
        for (const QColor& surface : {t.panel, t.selected})
            for (const QColor& code : {t.codeText, t.codeKeyword, t.codeFunction, t.codeString, t.codeNumber, t.codeComment})
                CHECK(contrast(code, surface) >= readable);
        CHECK(contrast(t.onAccent, t.accent) >= readable);
    }
}

TEST_CASE("what is drawn stands off what it is drawn on", "[ui][theme]")
{
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        INFO(wordFor(name));
        for (const QColor& surface : {t.canvas, t.canvasAlt})
            for (const QColor& drawn : {t.playhead, t.loopColor, t.ready, t.arrow, t.wall})
                CHECK(contrast(drawn, surface) >= visible);
        CHECK(contrast(t.onPlayhead, t.playhead) >= visible);
    }
}

TEST_CASE("task colours can be read as words: on every surface, on their tints, and words on them", "[ui][theme]")
{
    for (const ThemeName name : all) {
        const Theme& t = theme(name);
        for (ColorSlot slot = 0; slot < static_cast<ColorSlot>(t.tasks.size()); ++slot) {
            const QColor color = t.task(slot);
            INFO(wordFor(name) << " " << color.name().toStdString());
            for (const QColor& surface : {t.window, t.canvas, t.canvasAlt, t.panel, t.taskTint(slot)})
                CHECK(contrast(color, surface) >= readable);
            CHECK(contrast(color, t.onTask) >= readable);
            if (name != ThemeName::Print) // nothing is chosen on paper
                for (const QColor& surface : {t.hover, t.selected})
                    CHECK(contrast(color, surface) >= readable);
        }
    }
}

TEST_CASE("task colours stay apart for eyes that lack one of their colours", "[ui][theme]")
{
    for (const ThemeName name : all) {
        const auto& tasks = theme(name).tasks;
        for (const Eye& eye : eyes)
            for (std::size_t i = 0; i < tasks.size(); ++i)
                for (std::size_t j = 0; j < i; ++j) {
                    INFO(wordFor(name) << ", " << eye.name << ": " << tasks[i].name().toStdString() << " and "
                                       << tasks[j].name().toStdString());
                    // Colours go round without main's: the second one comes after the last.
                    const bool neighbours = i == j + 1 || (j == 1 && i == tasks.size() - 1);
                    CHECK(distance(seenBy(eye, tasks[i]), seenBy(eye, tasks[j])) >= (neighbours ? 14 : 8));
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

TEST_CASE("a paled theme leaves surfaces as they are, and brings what is drawn nearer to the canvas", "[ui][theme]")
{
    for (const ThemeName name : {ThemeName::Dark, ThemeName::Light, ThemeName::Print}) {
        const Theme& full = theme(name);
        const Theme pale = paled(full, 0.4);
        CHECK(pale.canvas == full.canvas);
        CHECK(pale.canvasAlt == full.canvasAlt);
        CHECK(paled(full, 1).tasks == full.tasks);
        CHECK(paled(full, 0).tasks[0] == full.canvas);
        const auto far = [&](const QColor& color) { return std::abs(qGray(color.rgb()) - qGray(full.canvas.rgb())); };
        for (std::size_t slot = 0; slot < full.tasks.size(); ++slot)
            CHECK(std::abs(far(pale.tasks[slot]) - 0.4 * far(full.tasks[slot])) <= 2);
        CHECK(far(pale.textStrong) < far(full.textStrong));
    }
}
