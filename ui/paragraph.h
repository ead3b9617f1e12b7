#pragma once

#include <QLabel>

#include <array>
#include <optional>

namespace loopscope::ui {

/// A label of several lines that remembers how high its text is. A QLabel shapes all of it again each
/// time a layout asks, and a layout asks for several widths, at every step of a run.
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
    mutable std::optional<QSize> m_hint;
    mutable std::optional<QSize> m_minimum;
    mutable std::array<Height, 6> m_heights;
    mutable std::size_t m_nextHeight = 0;
};

} // namespace loopscope::ui
