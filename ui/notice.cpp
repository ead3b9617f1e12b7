#include "ui/notice.h"

#include "ui/style.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

#include <algorithm>
#include <chrono>
#include <utility>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

constexpr auto shown = 12s; // long enough to read the name of a file

} // namespace

Notice::Notice(const Store& store, Row row, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_row(std::move(row))
    , m_sign(new QLabel(this))
    , m_words(new QLabel(this))
{
    setRole(this, "notice");
    m_words->setWordWrap(true);
    m_words->setAccessibleName(tr("Notice"));
    auto* dismiss = new QPushButton(tr("Dismiss"), this);
    setRole(dismiss, "link");
    dismiss->setFocusPolicy(Qt::TabFocus);
    auto* line = new QHBoxLayout(this);
    line->setContentsMargins(14, 6, 10, 6);
    line->setSpacing(10);
    line->addWidget(m_sign, 0, Qt::AlignVCenter);
    line->addWidget(m_words, 1);
    line->addWidget(dismiss, 0, Qt::AlignVCenter);
    hide();
    m_goes.setSingleShot(true);
    connect(&m_goes, &QTimer::timeout, this, &Notice::dismissed);
    connect(dismiss, &QPushButton::clicked, this, &Notice::dismissed);
    connect(&m_store, &Store::noticeChanged, this, &Notice::refresh);
    connect(&m_store, &Store::themeChanged, this, &Notice::refresh);
    connect(&m_store, &Store::runChanged, this, [this] { // a comparison has other rows
        if (!m_store.notice().isEmpty())
            refresh();
    });
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
    const QRect row = m_row();
    layout()->activate();
    const int height = std::max({row.height(), layout()->totalHeightForWidth(row.width()), sizeHint().height()});
    setGeometry(row.x(), row.bottom() + 1 - height, row.width(), height);
}

bool Notice::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::Resize && isVisible())
        place();
    return QFrame::eventFilter(watched, event);
}

} // namespace loopscope::ui
