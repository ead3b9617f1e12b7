#include "ui/picture_parts.h"

#include "ui/paint_tools.h"

#include <algorithm>

namespace loopscope::ui {

double marginOf(double width) { return picture_margin(width); }

double titleHeight(const QString& title, const QString& subtitle, double margin)
{
    return (title.isEmpty() ? 0 : 30) + (subtitle.isEmpty() ? 0 : 24)
        + (title.isEmpty() && subtitle.isEmpty() ? margin / 2 : margin * 0.75 + 14);
}

void paintTitle(QPainter& painter, const QString& title, const QString& subtitle, double width, const Theme& theme,
                const Headline& headline)
{
    const double margin = marginOf(width);
    double y = margin * 0.75;
    const QFont large = wordFont(TextSize::Large, QFont::Bold);
    const QFont normal = wordFont(TextSize::Normal);
    const double numbers = std::max(widthOf(headline.total, large), widthOf(headline.aside, normal));
    // A picture too narrow for both tells what it is about.
    const bool told = !title.isEmpty() && numbers > 0 && numbers < (width - 2 * margin) * 0.4;
    const double room = width - 2 * margin - (told ? numbers + 24 : 0);
    if (told) {
        drawWords(painter, {width - margin - numbers - 2, y, numbers + 2, 26}, Qt::AlignRight | Qt::AlignVCenter, headline.total, large,
                  theme.textStrong);
        drawWords(painter, {width - margin - numbers - 2, y + 30, numbers + 2, 18}, Qt::AlignRight | Qt::AlignVCenter, headline.aside,
                  normal, theme.textMuted);
    }
    if (!title.isEmpty()) {
        drawWords(painter, {margin, y, room, 26}, Qt::AlignLeft | Qt::AlignVCenter, title,
                  wordFont(TextSize::Large, QFont::Bold), theme.textStrong);
        y += 30;
    }
    drawWords(painter, {margin, y, room, 18}, Qt::AlignLeft | Qt::AlignVCenter, subtitle, wordFont(TextSize::Normal),
              theme.textMuted);
}

double shrinkFor(QSize size, double leastHeight)
{
    return std::max({1.0, 560.0 / size.width(), leastHeight / size.height()});
}

void paintCut(QPainter& painter, const TimelineScene& scene, const Theme& theme, std::optional<double> fogFrom)
{
    if (!scene.cut_x)
        return;
    SceneOverlay overlay;
    overlay.playhead = scene.cut_x;
    overlay.fogFrom = fogFrom;
    overlay.fogText = PictureWords::tr("not run yet");
    paintOverlay(painter, scene, theme, overlay);
    paintEndsOver(painter, scene, theme, *scene.cut_x);
}

} // namespace loopscope::ui
