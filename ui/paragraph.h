#pragma once

#include <QGlyphRun>
#include <QLabel>
#include <QList>
#include <QTextLayout>

#include <map>
#include <optional>
#include <vector>

namespace loopscope::ui {

/// A label of several lines that is as high as its text at the width that a layout gives it, and
/// remembers that. A QLabel lays all of it out a dozen times for each new text, to find the width that
/// would suit it best and the narrowest that it could do with; here the column decides, and what was laid
/// out to be measured is what is painted. It looks like a QLabel, which does what markedText() cannot.
class Paragraph final : public QLabel {
    Q_OBJECT

public:
    explicit Paragraph(QWidget* parent = nullptr);
    explicit Paragraph(const QString& text, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    /// Glyphs of one type and colour.
    struct Words {
        std::optional<QColor> color; ///< nothing for the label's own
        QList<QGlyphRun> glyphs;
    };

    [[nodiscard]] int heightOfLines(int width) const;
    void forgetOther() const;
    void forget() const;
    void read() const;
    void layOut(int width) const;
    /// Whether the lines as they are laid out are the lines in that width, too.
    [[nodiscard]] bool isLaidOutFor(int width) const;
    void shape() const;

    /// What the lines come of; the setters of a QLabel cannot be overridden.
    struct Setup {
        QString text;
        Qt::TextFormat format;
        Qt::TextInteractionFlags interaction;
        Qt::Alignment alignment;
        int margin;
        int indent;
        int frame;
        friend bool operator==(const Setup&, const Setup&) = default;
    };

    mutable std::optional<Setup> m_setup; // as it was when last asked; of it comes all below
    mutable bool m_isOurs = false;    // whether m_layout has the text; else QLabel does all
    mutable QTextLayout m_layout;
    mutable double m_lineHeight = 0;  // pixels; 0 as the type has it
    mutable int m_width = -1;         // of the lines in the layout, in pixels
    mutable double m_height = 0;
    mutable double m_widest = 0;      // the longest line
    mutable std::vector<Words> m_words; // of the layout, once it was painted
    mutable std::map<int, int> m_heights; // by width; a wider one is never higher
};

} // namespace loopscope::ui
