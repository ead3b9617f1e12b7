#include "ui/text_scroll.h"

#include <QKeyEvent>
#include <QScrollBar>

namespace loopscope::ui {

using namespace Qt::StringLiterals;

TextScroll::TextScroll(const QString& name, QWidget* parent)
    : QScrollArea(parent)
{
    setProperty("role", u"text"_s);
    setAccessibleName(name);
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    connect(verticalScrollBar(), &QScrollBar::rangeChanged, this,
            [this](int, int longer) { setFocusPolicy(longer > 0 ? Qt::TabFocus : Qt::NoFocus); });
}

void TextScroll::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_PageUp:
    case Qt::Key_PageDown:
        QScrollArea::keyPressEvent(event);
        break;
    default:
        event->ignore();
    }
}

} // namespace loopscope::ui
