#include "ui/controls.h"

#include "ui/shaped_text.h"

#include <QButtonGroup>
#include <QEvent>
#include <QFrame>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QListView>
#include <QPainter>
#include <QPushButton>
#include <QStyleOptionComboBox>
#include <QStylePainter>
#include <QToolTip>

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int dropdownPadding = 11;
constexpr int dropdownArrow = 16;

} // namespace

Dropdown::Dropdown(QWidget* parent)
    : QComboBox(parent)
{
    auto* items = new QListView(this);
    items->setTextElideMode(Qt::ElideNone);
    setView(items); // the plain list obeys the style sheet; the default popup is drawn natively
    setFocusPolicy(Qt::TabFocus);
}

void Dropdown::setPrefix(const QString& prefix)
{
    if (prefix == m_prefix)
        return;
    m_prefix = prefix;
    updateGeometry();
    update();
}

void Dropdown::setArrowColor(const QColor& color)
{
    if (std::exchange(m_arrow, color) != color)
        update();
}

int Dropdown::widthFor(const QString& text) const
{
    return fontMetrics().horizontalAdvance(m_prefix + text) + 2 * dropdownPadding + dropdownArrow;
}

QSize Dropdown::sizeHint() const
{
    int width = 0;
    for (int i = 0; i < count(); ++i)
        width = std::max(width, widthFor(itemText(i)));
    return {width, QComboBox::sizeHint().height()};
}

QSize Dropdown::minimumSizeHint() const
{
    return {std::min(sizeHint().width(), widthFor(u"1234"_s)), sizeHint().height()};
}

QRect Dropdown::wordsRect() const
{
    return rect().adjusted(dropdownPadding, 0, -dropdownArrow - 6, 0);
}

bool Dropdown::event(QEvent* event)
{
    const QString text = m_prefix + currentText();
    if (event->type() == QEvent::ToolTip && fontMetrics().horizontalAdvance(text) > wordsRect().width()) {
        const QString more = toolTip().isEmpty() ? QString() : u'\n' + toolTip();
        QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), text + more, this);
        return true;
    }
    return QComboBox::event(event);
}

void Dropdown::paintEvent(QPaintEvent*)
{
    QStylePainter painter(this);
    QStyleOptionComboBox option;
    initStyleOption(&option);
    option.currentText.clear();
    painter.drawComplexControl(QStyle::CC_ComboBox, option);

    const QRect words = wordsRect();
    const QString text = m_prefix + currentText();
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::Text));
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                     fontMetrics().elidedText(text, Qt::ElideRight, words.width()));
    const QRect arrow(width() - dropdownArrow - 7, (height() - 16) / 2, 16, 16);
    glyphIcon(Glyph::Down, m_arrow.isValid() ? m_arrow : palette().color(QPalette::Text),
              palette().color(QPalette::Disabled, QPalette::Text))
        .paint(&painter, arrow);
}

SegmentedControl::SegmentedControl(QWidget* parent)
    : QWidget(parent)
    , m_frame(new QFrame(this))
    , m_row(new QHBoxLayout(m_frame))
    , m_group(new QButtonGroup(this))
    , m_list(new Dropdown(this))
{
    setRole(m_frame, "segments");
    m_row->setContentsMargins(4, 3, 4, 3);
    m_row->setSpacing(2);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    m_list->hide();
    connect(m_group, &QButtonGroup::idClicked, this, [this](int index) {
        setCurrent(m_current); // the choice is made by whoever listens; until then nothing changes
        Q_EMIT chosen(index);
    });
    connect(m_list, &QComboBox::activated, this, [this](int index) {
        setCurrent(m_current);
        Q_EMIT chosen(index);
    });
}

void SegmentedControl::setName(const QString& name)
{
    setAccessibleName(name);
    m_list->setAccessibleName(name);
}

void SegmentedControl::setItems(const QList<Item>& items)
{
    const QList<QAbstractButton*> old = m_group->buttons();
    for (QAbstractButton* button : old) {
        m_group->removeButton(button);
        m_row->removeWidget(button);
        button->hide();
        button->deleteLater(); // it may be the one whose click brought us here
    }
    m_list->clear();
    for (int i = 0; i < items.size(); ++i) {
        auto* button = new QPushButton(items[i].text, m_frame);
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setToolTip(items[i].hint);
        button->setAccessibleName(items[i].text);
        button->setAccessibleDescription(items[i].hint);
        m_group->addButton(button, i);
        m_row->addWidget(button);
        button->show(); // or its room would count only later, when the layout shows it
        m_list->addItem(items[i].text);
        m_list->setItemData(i, items[i].hint, Qt::ToolTipRole);
    }
    m_current = -1;
    updateGeometry();
    arrange();
}

void SegmentedControl::setCurrent(int index)
{
    m_current = index;
    m_group->setExclusive(false);
    const QList<QAbstractButton*> buttons = m_group->buttons();
    for (QAbstractButton* button : buttons)
        button->setChecked(m_group->id(button) == index);
    m_group->setExclusive(true);
    m_list->setCurrentIndex(index);
}

bool SegmentedControl::isCompact() const
{
    return !m_list->isHidden();
}

void SegmentedControl::setArrowColor(const QColor& color)
{
    m_list->setArrowColor(color);
}

QSize SegmentedControl::sizeHint() const
{
    const int height = m_row->totalSizeHint().height();
    return {m_asList ? m_list->sizeHint().width() : fullWidth(), height};
}

int SegmentedControl::fullWidth() const
{
    return m_row->totalSizeHint().width(); // not the frame's own, which counts only while it is shown
}

void SegmentedControl::setCompact(bool compact)
{
    if (compact == m_asList)
        return;
    m_asList = compact;
    updateGeometry();
    arrange();
}

QSize SegmentedControl::minimumSizeHint() const
{
    return {std::min(m_list->sizeHint().width(), sizeHint().width()), sizeHint().height()};
}

void SegmentedControl::resizeEvent(QResizeEvent*)
{
    arrange();
}

void SegmentedControl::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::StyleChange || event->type() == QEvent::FontChange) {
        updateGeometry();
        arrange();
    }
    QWidget::changeEvent(event);
}

void SegmentedControl::arrange()
{
    const int whole = fullWidth();
    const bool compact = m_asList || width() < whole;
    m_frame->setVisible(!compact);
    m_list->setVisible(compact);
    m_frame->setGeometry(0, 0, std::min(width(), whole), height());
    m_list->setGeometry(0, 0, std::min(width(), m_list->sizeHint().width()), height());
}

ElidedLabel::ElidedLabel(QWidget* parent)
    : QLabel(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

void ElidedLabel::setFullText(const QString& text)
{
    if (text == m_text)
        return; // a layout of the whole window would follow
    m_text = text;
    setAccessibleName(text);
    updateGeometry();
    elide();
}

QSize ElidedLabel::sizeHint() const
{
    return {static_cast<int>(std::lround(widthOf(m_text, font()))) + 4, minimumSizeHint().height()};
}

QSize ElidedLabel::minimumSizeHint() const
{
    if (m_height == 0) // of one line, which the text does not change
        m_height = std::max(QLabel::sizeHint().height(), QLabel::minimumSizeHint().height());
    return {0, m_height};
}

void ElidedLabel::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange || event->type() == QEvent::ContentsRectChange)
        m_height = 0;
    QLabel::changeEvent(event);
}

void ElidedLabel::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    elide();
}

void ElidedLabel::elide()
{
    const QString shown = elidedText(m_text, font(), Qt::ElideRight, width());
    if (shown != text())
        setText(shown);
    setToolTip(shown == m_text ? QString() : m_text);
}

QuietRoom::QuietRoom(QWidget* content, QWidget* parent)
    : QWidget(parent)
    , m_content(content)
{
    content->setParent(this);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QSize QuietRoom::sizeHint() const { return m_content->sizeHint(); }
QSize QuietRoom::minimumSizeHint() const { return {0, m_content->minimumSizeHint().height()}; }
void QuietRoom::resizeEvent(QResizeEvent*) { m_content->setGeometry(rect()); }

void SteadyLabel::setSteadyText(const QString& text, const QStringList& others)
{
    if (text == this->text() && others == m_others)
        return;
    m_others = others;
    QLabel::setText(text);
    fit();
}

void SteadyLabel::setLeastWidth(int width)
{
    m_least = width;
    fit();
}

void SteadyLabel::fit()
{
    double needed = widthOf(text(), font());
    for (const QString& other : m_others)
        needed = std::max(needed, widthOf(other, font()));
    const QMargins around = contentsMargins() + margin();
    m_room = QSize(std::max(m_least, static_cast<int>(std::ceil(needed)) + around.left() + around.right()),
                   fontMetrics().lineSpacing() + around.top() + around.bottom());
    if (m_room != minimumSize() || m_room != maximumSize())
        setFixedSize(m_room);
}

void SteadyLabel::changeEvent(QEvent* event)
{
    QLabel::changeEvent(event);
    if (event->type() == QEvent::FontChange || event->type() == QEvent::StyleChange || event->type() == QEvent::ContentsRectChange)
        fit();
}

void setIconOf(QAbstractButton* button, const QString& look, const std::function<QIcon()>& icon)
{
    constexpr const char* shown = "shownIcon";
    if (button->property(shown).toString() == look)
        return;
    button->setProperty(shown, look);
    button->setIcon(icon());
}

QToolButton* makeGlyphButton(const QString& name, const QString& key, QWidget* parent)
{
    auto* button = new QToolButton(parent);
    button->setAccessibleName(name);
    button->setToolTip(key.isEmpty() ? name : u"%1  (%2)"_s.arg(name, key));
    button->setIconSize({16, 16});
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

} // namespace loopscope::ui
