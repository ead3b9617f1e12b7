#include "ui/hint.h"

#include "ui/style.h"

#include <QAccessible>
#include <QEvent>

#include <algorithm>
#include <chrono>

namespace loopscope::ui {
namespace {

using namespace std::chrono_literals;

constexpr auto shown = 5s;  // two readings of the longest
constexpr int offEdge = 14;  // pixels from the parent's lower edge
constexpr int widest = 520; // pixels: two lines are read more easily than one long one

} // namespace

Hint::Hint(QWidget* parent)
    : QLabel(parent)
{
    setRole(this, "hint");
    setWordWrap(true);
    setAccessibleName(tr("Hint"));
    setAttribute(Qt::WA_TransparentForMouseEvents); // what lies below stays in reach
    hide();
    m_goes.setSingleShot(true);
    connect(&m_goes, &QTimer::timeout, this, &Hint::forget);
    parent->installEventFilter(this);
}

void Hint::say(const QString& sentence)
{
    setText(sentence);
    place();
    show();
    raise();
    m_goes.start(shown);
    QAccessibleEvent alert(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Hint::forget()
{
    m_goes.stop();
    hide();
}

void Hint::place()
{
    const QWidget* under = parentWidget();
    const int room = std::max(80, under->width() - 2 * offEdge);
    setWordWrap(false);
    const int oneLine = sizeHint().width();
    setWordWrap(true);
    const int width = std::min({oneLine, widest, room});
    const int height = heightForWidth(width);
    setGeometry((under->width() - width) / 2, under->height() - height - offEdge, width, height);
}

bool Hint::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QLabel::eventFilter(watched, event);
}

} // namespace loopscope::ui
