#pragma once

#include <QWidget>

namespace loopscope::ui {

/// Things side by side, some of them at the right; on further lines what is too wide for one.
class BreakingRow final : public QWidget {
    Q_OBJECT

public:
    explicit BreakingRow(QWidget* parent = nullptr);

    void add(QWidget* widget);
    /// What follows stands at the right.
    void addStretch() { m_atLeft = m_widgets.size(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    int heightForWidth(int width) const override;

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Line {
        QList<QWidget*> widgets;
        QSize size;
    };

    [[nodiscard]] QList<Line> lines(int width) const;
    [[nodiscard]] QList<QWidget*> shown() const;
    void arrange();

    QList<QWidget*> m_widgets;
    qsizetype m_atLeft = -1; ///< how many of them stand at the left; all when negative
};

} // namespace loopscope::ui
