#pragma once

#include <QScrollArea>

class QVBoxLayout;

namespace loopscope::ui {

/// Cards below each other, as high as they need to be; where there is no room for that, they scroll.
class CardStack final : public QScrollArea {
    Q_OBJECT

public:
    explicit CardStack(QWidget* parent = nullptr);

    void add(QWidget* card);
    /// Scrolls so that the card begins at the upper edge, now and when heights change; null for as it is.
    void showFromTop(QWidget* card);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {200, 120}; }

Q_SIGNALS:
    /// A card came, went or needs another height.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void decideBar();

    QVBoxLayout* m_column;
    QWidget* m_onTop = nullptr; ///< what is shown from its top
};

} // namespace loopscope::ui
