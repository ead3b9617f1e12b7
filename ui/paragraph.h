#pragma once

#include <QLabel>
#include <QTextDocument>

#include <map>

namespace loopscope::ui {

/// A label of several lines that is as high as its text at the width that a layout gives it, and
/// remembers that. A QLabel lays all of it out a dozen times for each new text, to find the width that
/// would suit it best and the narrowest that it could do with; here the column decides, and what was laid
/// out to be measured is what is painted.
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
    void forgetOther() const;
    /// Whether the text is laid out in m_document; else QLabel does all.
    [[nodiscard]] bool isDocument() const;
    void layOut(int width) const;
    /// Whether the text as it is laid out is the text in that width, too.
    [[nodiscard]] bool isLaidOutFor(int width) const;
    [[nodiscard]] bool isUnbroken() const;

    // Of m_measured, which is text() as it was when last asked; setText() cannot be overridden.
    mutable QString m_measured;
    mutable QTextDocument m_document;
    mutable bool m_written = false;   // whether that text stands there
    mutable std::map<int, int> m_heights; // by width; a wider one is never higher
};

} // namespace loopscope::ui
