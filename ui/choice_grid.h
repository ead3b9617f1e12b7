#pragma once

#include <QAbstractButton>
#include <QColor>
#include <QList>
#include <QWidget>

namespace loopscope::ui {

class Store;

/// Something to choose, with the number that chooses it and, if there is one, a second line. Its words
/// take as many lines as they need.
class ChoiceButton final : public QAbstractButton {
    Q_OBJECT

public:
    ChoiceButton(const Store& store, int number, QWidget* parent);

    void setDetail(const QString& detail);
    /// A stripe of this colour at its left edge.
    void setStripe(const QColor& color) { m_stripe = color; }
    /// Paler: not one of the answers, but allowed.
    void setQuiet(bool quiet) { m_quiet = quiet; }

    /// Less air around its words, and the second line behind the first where there is room for both.
    void setDense(bool dense);

    /// The key that chooses it; what is beyond nine has none.
    [[nodiscard]] int number() const { return m_number; }
    /// The width that shows all words on one line.
    [[nodiscard]] int fullWidth() const;

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    [[nodiscard]] int wordsLeft() const;
    [[nodiscard]] int padY() const;
    [[nodiscard]] double wordsWidth() const;
    [[nodiscard]] double detailWidth() const;
    [[nodiscard]] bool tellsDetailBehind(int width) const;

    const Store& m_store;
    int m_number;
    QString m_detail;
    QColor m_stripe;
    bool m_quiet = false;
    bool m_dense = false;
};

/// Choices side by side where their words fit, else below each other. The keys 1 to 9 choose, for
/// whoever passes them on.
class ChoiceGrid final : public QWidget {
    Q_OBJECT

public:
    explicit ChoiceGrid(const Store& store, QWidget* parent = nullptr);

    /// Takes the place of all choices there were.
    void setChoices(const QList<ChoiceButton*>& choices);
    [[nodiscard]] const QList<ChoiceButton*>& choices() const { return m_choices; }
    /// Less air, so that more of them are in view.
    void setDense(bool dense);
    /// Whether the key was one of a choice, which is chosen then.
    bool chooseByKey(int key);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return arrange(width, false); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return {120, 30}; }

Q_SIGNALS:
    void chosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    /// The height that is needed; moves the buttons when asked to.
    int arrange(int width, bool move) const;

    const Store& m_store;
    QList<ChoiceButton*> m_choices;
    bool m_dense = false;
};

} // namespace loopscope::ui
