#pragma once

#include <QLabel>

#include <array>

namespace loopscope::ui {

/// A label of several lines that is as high as its text at the width that a layout gives it, and
/// remembers that. A QLabel lays all of it out a dozen times for each new text, to find the width that
/// would suit it best and the narrowest that it could do with; here the column decides.
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

private:
    struct Height {
        int width = -1;
        int height = 0;
    };

    void forgetOther() const;

    // Of m_measured, which is text() as it was when last asked; setText() cannot be overridden.
    mutable QString m_measured;
    mutable std::array<Height, 6> m_heights;
    mutable std::size_t m_nextHeight = 0;
};

} // namespace loopscope::ui
