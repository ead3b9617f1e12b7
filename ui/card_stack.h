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
    /// Scrolls as little as shows all of the card, or its beginning, now and when heights change; null for as it is.
    void showWhole(QWidget* card);

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
    QWidget* m_whole = nullptr; ///< what is to be seen
    int m_turns = 0; // of answering a size of the page with another
};

} // namespace loopscope::ui
