#pragma once

#include <QWidget>

namespace loopscope::ui {

class CompareCanvas;
class Store;

/// The axis of both runs below a picture that has to scroll: without it, what is in view would have no time.
class CompareRuler final : public QWidget {
    Q_OBJECT

public:
    CompareRuler(const Store& store, CompareCanvas& canvas, QWidget* parent = nullptr);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;

private:
    const Store& m_store;
    CompareCanvas& m_canvas;
};

} // namespace loopscope::ui
