#include "ui/goal_rows.h"

#include "ui/paragraph.h"
#include "ui/shaped_text.h"
#include "ui/style.h"

#include <QEvent>
#include <QPainter>
#include <QResizeEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

constexpr int signWidth = 17;
constexpr int narrowest = 100;

} // namespace

GoalRows::GoalRows(QWidget* parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
{
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void GoalRows::setRows(std::vector<GoalRow> rows)
{
    if (rows == m_rows)
        return;
    const auto hasSign = [](const GoalRow& row) { return !row.sign.isEmpty(); };
    const bool signs = std::any_of(rows.begin(), rows.end(), hasSign);
    if (rows.size() != m_rows.size() || signs != std::any_of(m_rows.begin(), m_rows.end(), hasSign))
        forgetRoom(); // another goal, or a sentence in the place of one
    m_rows = std::move(rows);
    while (m_words.size() < m_rows.size()) {
        auto* words = new Paragraph(this);
        setRole(words, "plain");
        words->setTextFormat(Qt::RichText);
        words->setAlignment(Qt::AlignTop | Qt::AlignLeft);
        m_column->addWidget(words);
        m_words.push_back(words);
    }
    for (std::size_t i = 0; i < m_words.size(); ++i) {
        m_words[i]->setVisible(i < m_rows.size());
        if (i < m_rows.size())
            m_words[i]->setText(m_rows[i].rich);
    }
    m_column->setContentsMargins(signs ? signWidth : 0, 0, 0, 0);
    keepRoom();
    update(0, 0, signWidth, height()); // the words see to themselves
}

void GoalRows::forgetRoom()
{
    for (Paragraph* words : m_words)
        words->setMinimumHeight(0);
}

void GoalRows::keepRoom()
{
    const int room = width() - m_column->contentsMargins().left();
    if (width() < narrowest)
        return;
    for (std::size_t i = 0; i < m_rows.size(); ++i)
        m_words[i]->setMinimumHeight(m_words[i]->heightForWidth(room));
}

void GoalRows::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() == event->oldSize().width())
        return;
    forgetRoom();
    keepRoom();
}

QSize GoalRows::sizeHint() const
{
    const int asNow = std::max(width(), narrowest);
    return {asNow, m_column->totalHeightForWidth(asNow)};
}

bool GoalRows::event(QEvent* event)
{
    const bool handled = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest)
        update(0, 0, signWidth, height()); // words may have moved, and their signs with them
    return handled;
}

void GoalRows::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    for (std::size_t i = 0; i < m_rows.size(); ++i) {
        painter.setPen(m_rows[i].color);
        drawLine(painter, QRectF(0, m_words[i]->y(), signWidth, m_words[i]->height()), Qt::AlignLeft | Qt::AlignTop,
                 m_rows[i].sign, m_words[i]->font());
    }
}

} // namespace loopscope::ui
