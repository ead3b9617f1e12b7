#include "ui/paragraph.h"

#include <QEvent>

namespace loopscope::ui {

Paragraph::Paragraph(QWidget* parent)
    : Paragraph(QString(), parent)
{
}

Paragraph::Paragraph(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setWordWrap(true);
}

void Paragraph::forgetOther() const
{
    if (const QString now = text(); now != m_measured || now.isEmpty()) {
        m_measured = now;
        m_hint.reset();
        m_minimum.reset();
        m_heights.fill({});
    }
}

QSize Paragraph::sizeHint() const
{
    forgetOther();
    if (!m_hint)
        m_hint = QLabel::sizeHint();
    return *m_hint;
}

QSize Paragraph::minimumSizeHint() const
{
    forgetOther();
    if (!m_minimum)
        m_minimum = QLabel::minimumSizeHint();
    return *m_minimum;
}

int Paragraph::heightForWidth(int width) const
{
    forgetOther();
    for (const Height& known : m_heights)
        if (known.width == width)
            return known.height;
    Height& here = m_heights[m_nextHeight++ % m_heights.size()];
    here = {width, QLabel::heightForWidth(width)};
    return here.height;
}

void Paragraph::changeEvent(QEvent* event)
{
    switch (event->type()) { // the same words in another type
    case QEvent::FontChange:
    case QEvent::StyleChange:
    case QEvent::ApplicationFontChange:
    case QEvent::ContentsRectChange:
        m_measured.clear();
        m_hint.reset();
        m_minimum.reset();
        m_heights.fill({});
        break;
    default:
        break;
    }
    QLabel::changeEvent(event);
}

} // namespace loopscope::ui
