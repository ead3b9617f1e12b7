#include "ui/yielding_splitter.h"

#include <algorithm>
#include <utility>

namespace loopscope::ui {

YieldingSplitter::YieldingSplitter(int leastUpper, QWidget* parent)
    : QSplitter(Qt::Vertical, parent)
    , m_leastUpper(leastUpper)
{
    connect(this, &QSplitter::splitterMoved, this, [this] { m_own.clear(); });
}

void YieldingSplitter::wantLower(int height)
{
    if (std::exchange(m_wanted, height) != height)
        share();
}

void YieldingSplitter::resizeEvent(QResizeEvent* event)
{
    const int before = m_own.isEmpty() ? 0 : m_own[0] + m_own[1];
    QSplitter::resizeEvent(event);
    if (!m_own.isEmpty() && before > 0) { // what they have by themselves grows with them
        const QList<int> now = sizes();
        const int all = now[0] + now[1];
        m_own = {m_own[0] * all / before, all - m_own[0] * all / before};
    }
    share();
}

void YieldingSplitter::share()
{
    if (m_sharing || count() < 2)
        return;
    m_sharing = true;
    const QList<int> own = m_own.isEmpty() ? sizes() : m_own;
    const int more = std::clamp(m_wanted - own[1], 0, std::max(0, own[0] - m_leastUpper));
    if (more > 0 || !m_own.isEmpty())
        setSizes({own[0] - more, own[1] + more});
    m_own = more > 0 ? own : QList<int>{};
    m_sharing = false;
}

} // namespace loopscope::ui
