#include "ui/paragraph.h"

#include <QEvent>

namespace loopscope::ui {
namespace {

constexpr int comfortable = 280; // pixels wide, where nobody says otherwise
constexpr int narrowest = 48;

} // namespace

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
        m_heights.fill({});
    }
}

QSize Paragraph::sizeHint() const
{
    return {comfortable, heightForWidth(width() > narrowest ? width() : comfortable)};
}

QSize Paragraph::minimumSizeHint() const
{
    const QMargins around = contentsMargins();
    return {narrowest, fontMetrics().lineSpacing() + around.top() + around.bottom()};
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
        m_heights.fill({});
        break;
    default:
        break;
    }
    QLabel::changeEvent(event);
}

} // namespace loopscope::ui
