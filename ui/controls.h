#pragma once

#include "ui/style.h"

#include <QComboBox>
#include <QLabel>
#include <QStringList>
#include <QToolButton>
#include <QWidget>

#include <functional>

class QButtonGroup;
class QFrame;
class QHBoxLayout;

namespace loopscope::ui {

/// A combo box with a drawn arrow and, where it says what is chosen, a word before the choice. A choice
/// that is longer than its room is told on hover. It takes the focus by Tab alone, as all that is set here
/// by arrow keys: to whoever chose with the mouse, keys go on to mean what they mean in the window.
class Dropdown final : public QComboBox {
    Q_OBJECT

public:
    explicit Dropdown(QWidget* parent = nullptr);

    void setPrefix(const QString& prefix);
    void setArrowColor(const QColor& color);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    [[nodiscard]] int widthFor(const QString& text) const;
    [[nodiscard]] QRect wordsRect() const;

    QString m_prefix;
    QColor m_arrow;
};

/// A few choices side by side, one of them chosen. Where there is no room for all, they become a
/// drop-down list, so that none is ever cut; a parent that shares out the room may ask for the list.
class SegmentedControl final : public QWidget {
    Q_OBJECT

public:
    struct Item {
        QString text;
        QString hint; ///< a sentence about it
    };

    explicit SegmentedControl(QWidget* parent = nullptr);

    /// What the whole of it is called by a screen reader.
    void setName(const QString& name);
    void setItems(const QList<Item>& items);
    void setCurrent(int index);
    [[nodiscard]] int current() const { return m_current; }
    [[nodiscard]] bool isCompact() const;
    /// Whether to be a list also where there is room.
    void setCompact(bool compact);
    /// The width that shows all choices side by side.
    [[nodiscard]] int fullWidth() const;
    void setArrowColor(const QColor& color);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void chosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void arrange();

    QFrame* m_frame;
    QHBoxLayout* m_row;
    QButtonGroup* m_group;
    Dropdown* m_list;
    int m_current = -1;
    bool m_asList = false;
};

/// A label that ends in "…" where its text does not fit, and tells all of it on hover.
class ElidedLabel final : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);

    void setFullText(const QString& text);

    QSize minimumSizeHint() const override;
    QSize sizeHint() const override;

protected:
    void changeEvent(QEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QString m_text;
    mutable int m_height = 0; // pixels; 0 where it has to be measured
};

/// Room for one widget, as wide as a layout makes it, whose words are none of the layout's business: when they
/// change, nothing is laid out.
class QuietRoom final : public QWidget {
public:
    /// Takes the widget.
    explicit QuietRoom(QWidget* content, QWidget* parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QWidget* m_content;
};

/// A label whose text changes all the time, in a room that does not: that of the widest of its texts. So nothing
/// beside it moves, and the window is not laid out again for each number.
class SteadyLabel final : public QLabel {
    Q_OBJECT

public:
    using QLabel::QLabel;

    /// `others` are texts that have room, too.
    void setSteadyText(const QString& text, const QStringList& others = {});
    /// Pixels that it takes at least.
    void setLeastWidth(int width);

    QSize sizeHint() const override { return m_room; }
    QSize minimumSizeHint() const override { return m_room; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void fit();

    QStringList m_others;
    QSize m_room;
    int m_least = 0;
};

/// Gives a button an icon, unless it has one of this look: a new one makes it be painted and its row laid out,
/// and at each step of a run it is nearly always the same.
void setIconOf(QAbstractButton* button, const QString& look, const std::function<QIcon()>& icon);

/// A square button with a drawn picture. `name` is what a screen reader says; the hint on hover
/// adds the key.
[[nodiscard]] QToolButton* makeGlyphButton(const QString& name, const QString& key, QWidget* parent);

} // namespace loopscope::ui
