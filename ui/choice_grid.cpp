#include "ui/choice_grid.h"

#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QKeyEvent>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope::ui {
namespace {

constexpr int padX = 11;
constexpr int airyPad = 6;  // above and below the words
constexpr int densePad = 3;
constexpr int numberWidth = 15;
constexpr int behind = 8; // the words, where their detail follows on the same line

} // namespace

ChoiceButton::ChoiceButton(const Store& store, int number, QWidget* parent)
    : QAbstractButton(parent)
    , m_store(store)
    , m_number(number)
{
    setFocusPolicy(Qt::TabFocus);
    setCursor(Qt::PointingHandCursor);
    setAttribute(Qt::WA_Hover);
}

void ChoiceButton::setDetail(const QString& detail)
{
    m_detail = detail;
    setAccessibleDescription(detail);
}

int ChoiceButton::wordsLeft() const
{
    return padX + (m_number <= 9 ? numberWidth : 0);
}

int ChoiceButton::padY() const
{
    return m_dense ? densePad : airyPad;
}

void ChoiceButton::setDense(bool dense)
{
    if (dense == m_dense)
        return;
    m_dense = dense;
    updateGeometry();
    update();
}

int ChoiceButton::fullWidth() const
{
    return wordsLeft() + padX + 2 + static_cast<int>(std::lround(std::max(wordsWidth(), detailWidth())));
}

double ChoiceButton::wordsWidth() const { return widthOf(text(), wordFont(TextSize::Normal, QFont::DemiBold)); }

double ChoiceButton::detailWidth() const { return m_detail.isEmpty() ? 0 : widthOf(m_detail, wordFont(TextSize::Small)); }

bool ChoiceButton::tellsDetailBehind(int width) const
{
    return m_dense && !m_detail.isEmpty() && wordsWidth() + behind + detailWidth() <= width - wordsLeft() - padX - 2;
}

int ChoiceButton::heightForWidth(int width) const
{
    const int room = std::max(40, width - wordsLeft() - padX);
    int height = wrappedHeight(text(), wordFont(TextSize::Normal, QFont::DemiBold), room);
    if (!m_detail.isEmpty() && !tellsDetailBehind(width))
        height += wrappedHeight(m_detail, wordFont(TextSize::Small), room) + 1;
    return height + 2 * padY();
}

QSize ChoiceButton::sizeHint() const
{
    const int width = fullWidth();
    return {width, heightForWidth(width)};
}

void ChoiceButton::paintEvent(QPaintEvent*)
{
    const Theme& look = themeOf(m_store);
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF edge = QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75);
    const bool marked = underMouse() || isDown();
    painter.setBrush(isDown() ? look.selected : marked ? look.hover : m_quiet ? Qt::transparent : look.raised);
    painter.setPen(QPen(hasFocus() ? look.accent : marked ? look.playhead : look.lineStrong, hasFocus() ? 1.8 : 1.0));
    painter.drawRoundedRect(edge, 7, 7);
    if (m_stripe.isValid()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(m_stripe);
        painter.drawRoundedRect(QRectF(3.5, 6, 3, height() - 12), 1.5, 1.5);
    }
    const QRect room = rect().adjusted(wordsLeft(), padY(), -padX, -padY());
    const QFont words = wordFont(TextSize::Normal, m_quiet ? QFont::Normal : QFont::DemiBold);
    if (m_number <= 9) {
        painter.setFont(codeFont(TextSize::Small));
        painter.setPen(look.textFaint);
        const int line = QFontMetrics(words).height();
        painter.drawText(QRect(padX, padY(), numberWidth, line), Qt::AlignLeft | Qt::AlignVCenter, QString::number(m_number));
    }
    painter.setFont(words);
    painter.setPen(m_quiet ? look.textMuted : look.textStrong);
    QRect used;
    painter.drawText(room, Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, text(), &used);
    if (!m_detail.isEmpty()) {
        painter.setFont(wordFont(TextSize::Small));
        painter.setPen(look.textMuted);
        if (tellsDetailBehind(width()))
            painter.drawText(room, Qt::AlignRight | Qt::AlignVCenter, m_detail);
        else
            painter.drawText(QRect(room.left(), used.bottom() + 2, room.width(), room.height()),
                             Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop, m_detail);
    }
}

void ChoiceButton::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (!event->isAutoRepeat())
            click();
        break;
    case Qt::Key_Up:
        focusNextPrevChild(false);
        break;
    case Qt::Key_Down:
        focusNextPrevChild(true);
        break;
    default:
        event->ignore(); // left and right belong to the playhead, digits to the card
    }
}

void ChoiceButton::enterEvent(QEnterEvent*) { update(); }
void ChoiceButton::leaveEvent(QEvent*) { update(); }

ChoiceGrid::ChoiceGrid(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void ChoiceGrid::setChoices(const QList<ChoiceButton*>& choices)
{
    for (ChoiceButton* old : m_choices) {
        old->hide();
        old->deleteLater();
    }
    m_choices = choices;
    for (int i = 0; i < m_choices.size(); ++i) {
        ChoiceButton* button = m_choices[i];
        button->setParent(this);
        button->setDense(m_dense);
        if (button->accessibleName().isEmpty())
            button->setAccessibleName(button->text());
        connect(button, &QAbstractButton::clicked, this, [this, i] { Q_EMIT chosen(i); });
        button->show();
    }
    arrange(width(), true);
    updateGeometry();
}

void ChoiceGrid::setDense(bool dense)
{
    if (dense == m_dense)
        return;
    m_dense = dense;
    for (ChoiceButton* choice : m_choices)
        choice->setDense(dense);
    arrange(width(), true);
    updateGeometry();
}

bool ChoiceGrid::chooseByKey(int key)
{
    const int index = key - Qt::Key_1;
    if (index < 0 || index > 8 || index >= m_choices.size())
        return false;
    m_choices[index]->click();
    return true;
}

QSize ChoiceGrid::sizeHint() const
{
    const int width = std::max(this->width(), 240);
    return {240, arrange(width, false)};
}

int ChoiceGrid::arrange(int width, bool move) const
{
    if (m_choices.isEmpty())
        return 0;
    const int gap = m_dense ? 4 : 6;
    int widest = 0;
    for (const ChoiceButton* choice : m_choices)
        widest = std::max(widest, choice->fullWidth());
    const auto count = static_cast<int>(m_choices.size());
    int columns = std::clamp((width + gap) / (widest + gap), 1, std::min(count, 4));
    columns = (count + (count + columns - 1) / columns - 1) / ((count + columns - 1) / columns); // even rows
    const int each = (width - (columns - 1) * gap) / columns;
    int y = 0;
    for (int row = 0; row * columns < count; ++row) {
        const int first = row * columns;
        const int last = std::min(count, first + columns);
        int height = 0;
        for (int i = first; i < last; ++i)
            height = std::max(height, m_choices[i]->heightForWidth(each));
        for (int i = first; move && i < last; ++i)
            m_choices[i]->setGeometry((i - first) * (each + gap), y, each, height);
        y += height + gap;
    }
    return y - gap;
}

void ChoiceGrid::resizeEvent(QResizeEvent* event)
{
    arrange(width(), true);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

} // namespace loopscope::ui
