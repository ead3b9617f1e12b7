#pragma once

#include <QLabel>
#include <QTimer>

namespace loopscope::ui {

/// A sentence for a moment: why a key did nothing, what it could do. It lies over the lower edge of its
/// parent, so nothing moves for it; it goes by itself, at the next key or click that does something, and is
/// told to a screen reader. What must not be missed is a notice of the Store instead.
class Hint final : public QLabel {
    Q_OBJECT

public:
    explicit Hint(QWidget* parent);

    void say(const QString& sentence);
    /// Takes the hint away.
    void forget();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QTimer m_goes;
};

} // namespace loopscope::ui
