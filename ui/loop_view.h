#pragma once

#include "ui/loop_places.h"
#include "ui/store.h"

#include <QAbstractScrollArea>
#include <QHash>
#include <QVariantAnimation>

class QLabel;

namespace loopscope::ui {

class ElidedLabel;

/// The event loop at the moment: its places, and in them the tasks and callbacks as chips. A chip
/// travels when the loop moves it, unless motion is to be reduced.
class LoopView final : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit LoopView(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] const std::vector<LoopPlace>& places() const { return m_places; }
    /// Where a chip stands at the end of its way, in the viewport's coordinates.
    [[nodiscard]] QRectF chipRect(const QString& key) const;

    /// The chip that keys act on; empty when there is none. Up and Down move it, Return selects its task.
    [[nodiscard]] const QString& currentChip() const { return m_current; }

    /// Whether empty places are lines instead of boxes, because this run has more to show than fits. It is
    /// the same at each of its moments, so that places do not grow and shrink.
    [[nodiscard]] bool isCompact() const { return m_compact; }

    /// The height that shows everything at this width.
    [[nodiscard]] int contentHeight() const { return m_contentHeight; }

    QSize sizeHint() const override { return {320, 520}; }

Q_SIGNALS:
    void selectRequested(TaskId task);
    /// It came, or went.
    void shownChanged();

protected:
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    void refreshRun();
    void refresh();
    /// Takes what stands where at this moment; whether that is something else.
    bool take();
    void arrange();
    [[nodiscard]] bool isLine(std::size_t place) const;
    /// How far down things are in view that are seen whole, in the content's coordinates.
    [[nodiscard]] double lastWhole() const;
    void paintPlace(class QPainter& painter, std::size_t place) const;
    void moveCurrent(int by);
    void setCurrent(const QString& key);
    void tell();
    [[nodiscard]] const LoopChip* chipAt(const QPointF& at, QString* words) const;
    void paintHead(class QPainter& painter, const LoopPlace& place, const QRectF& head, const QString& hint) const;
    void paintChip(class QPainter& painter, const LoopChip& chip, const QRectF& box) const;
    [[nodiscard]] QRectF shownRect(const QString& key) const;

    const Store& m_store;
    std::vector<LoopPlace> m_places;
    QHash<QString, QRectF> m_target; // of boxes and chips, in the content's coordinates
    QHash<QString, QRectF> m_from;   // where they were when the way began
    QVariantAnimation m_travel;
    int m_contentHeight = 0;
    TaskId m_shownSelection; // when the run was last told
    bool m_compact = false;
    QString m_current; // key of a chip
    QLabel* m_heading;
    ElidedLabel* m_iteration;
};

} // namespace loopscope::ui
