#pragma once

#include <QScrollArea>

namespace loopscope::ui {

/// A page of words that is read by keys as well: while it is longer than its room it takes the focus,
/// and up and down scroll it. The other keys belong to the window.
class TextScroll : public QScrollArea {
    Q_OBJECT

public:
    /// `name` is what a screen reader calls it.
    explicit TextScroll(const QString& name, QWidget* parent = nullptr);

protected:
    void keyPressEvent(QKeyEvent* event) override;
};

} // namespace loopscope::ui
