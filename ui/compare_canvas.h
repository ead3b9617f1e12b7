#pragma once

#include "core/timeline/compare_layout.h"

#include "ui/store.h"

#include <QPixmap>
#include <QWidget>

namespace loopscope::ui {

/// Two runs on one axis, one moment in both. Paints what the exporters write; the moment lies over
/// it and moves without the picture being made again.
class CompareCanvas final : public QWidget {
    Q_OBJECT

public:
    explicit CompareCanvas(const Store& store, QWidget* parent = nullptr);

    [[nodiscard]] const CompareScene& scene() const { return m_scene; }
    /// Where the moment lies in the picture, for each half.
    [[nodiscard]] std::pair<double, double> playheadX() const;

    QSize sizeHint() const override { return {870, 560}; }
    QSize minimumSizeHint() const override { return {320, 300}; }

Q_SIGNALS:
    /// The user asked for this moment of the comparison, see Store::step().
    void seekRequested(std::size_t step);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    void layOut();
    void seekTo(QPointF at);
    [[nodiscard]] double xOf(const CompareScene::Half& half, const Trace& trace, TimePoint moment) const;

    const Store& m_store;
    CompareScene m_scene;
    QPixmap m_picture; // empty when it has to be made anew
};

} // namespace loopscope::ui
