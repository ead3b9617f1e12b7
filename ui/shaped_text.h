#pragma once

#include <QFont>
#include <QGlyphRun>
#include <QList>
#include <QPointF>
#include <QString>

class QPainter;

namespace loopscope::ui {

/// One line of text, shaped: its glyphs and where they stand. To shape a text costs twenty times what
/// it costs to paint it, and a window paints the same words at every step.
class ShapedText {
public:
    ShapedText() = default;
    ShapedText(const QString& text, const QFont& font);

    /// Pixels from its left edge to where a next word would stand.
    [[nodiscard]] double width() const { return m_width; }

    /// In the painter's pen. Where the painter writes a file, the text stays text.
    void draw(QPainter& painter, QPointF baseline) const;

private:
    QString m_text;
    QFont m_font;
    QList<QGlyphRun> m_runs;
    double m_ascent = 0;
    double m_width = 0;
};

/// The text in that font, from this thread's store of what was asked for lately. Valid until the next
/// call: keep a copy, which is cheap, for longer.
[[nodiscard]] const ShapedText& shapedText(const QString& text, const QFont& font);

/// Pixels that the text takes on one line, from the same store.
[[nodiscard]] double widthOf(const QString& text, const QFont& font);

/// Pixels that the text takes in height where it wraps at words in this width, from the same store.
[[nodiscard]] int wrappedHeight(const QString& text, const QFont& font, int width);

/// As QFontMetricsF::elidedText(), from the same store.
[[nodiscard]] QString elidedText(const QString& text, const QFont& font, Qt::TextElideMode mode, double width);

/// One line inside a rectangle; horizontally as told, vertically as QPainter::drawText() has it.
void drawLine(QPainter& painter, const QRectF& rect, Qt::Alignment alignment, const QString& text, const QFont& font);

} // namespace loopscope::ui
