#include "ui/notice.h"

#include "ui/style.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <chrono>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto shown = 12s; // long enough to read the name of a file
constexpr int offEdge = 8;  // pixels from the parent's upper edge
constexpr int widest = 620; // pixels: two lines are read more easily than one long one

} // namespace

Notice::Notice(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_sign(new QLabel(this))
    , m_words(new QLabel(this))
{
    setRole(this, "notice");
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("Notice"));
    auto* dismiss = new QPushButton(tr("Dismiss"), this);
    setRole(dismiss, "link");
    dismiss->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(14, 6, 10, 6);
    row->setSpacing(10);
    row->addWidget(m_sign, 0, Qt::AlignVCenter);
    row->addWidget(m_words, 1);
    row->addWidget(dismiss, 0, Qt::AlignVCenter);
    hide();
    m_goes.setSingleShot(true);
    connect(&m_goes, &QTimer::timeout, this, &Notice::dismissed);
    connect(dismiss, &QPushButton::clicked, this, &Notice::dismissed);
    connect(&m_store, &Store::noticeChanged, this, &Notice::refresh);
    connect(&m_store, &Store::themeChanged, this, &Notice::refresh);
    parent->installEventFilter(this);
    refresh();
}

void Notice::refresh()
{
    const bool isError = m_store.noticeIsError();
    const bool says = !m_store.notice().isEmpty();
    setProperty("role", isError ? u"notice-error"_s : u"notice"_s);
    m_sign->setProperty("role", isError ? u"wrong"_s : u"right"_s);
    setStyleSheet(u" "_s); // looks at the roles anew
    m_sign->setText(isError ? u"⚠"_s : u"✓"_s);
    m_words->setText(m_store.notice());
    m_goes.stop();
    if (says && !isError)
        m_goes.start(shown);
    if (says)
        place();
    setVisible(says);
    if (!says)
        return;
    raise();
    QAccessibleEvent alert(m_words, QAccessible::Alert);
    QAccessible::updateAccessibility(&alert);
}

void Notice::place()
{
    const QWidget* over = parentWidget();
    const int room = std::max(80, over->width() - 2 * offEdge);
    m_words->setWordWrap(false);
    const int oneLine = sizeHint().width();
    m_words->setWordWrap(true);
    const int width = std::min({oneLine, widest, room});
    layout()->activate();
    const int height = std::max(layout()->totalHeightForWidth(width), sizeHint().height());
    setGeometry((over->width() - width) / 2, offEdge, width, height);
}

bool Notice::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace loopscope::ui
