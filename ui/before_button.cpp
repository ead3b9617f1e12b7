#include "ui/before_button.h"

#include "ui/style.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace loopscope::ui {
namespace {

/// Whether keeping the run on screen would change nothing, because it is the one that is kept.
bool isKept(const Store& store)
{
    if (!store.kept())
        return false;
    const bool comparing = store.mode() == Mode::Compare;
    const auto [first, second] = store.comparedSides();
    const CompareSide now = !comparing ? CompareSide{store.variantIndex(), false} : second.before ? first : second;
    return !now.before && now.variant == store.kept()->variant && store.kept()->run->run.values == store.values();
}

} // namespace

BeforeButton::BeforeButton(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_button(new QPushButton(tr("Keep this run to compare"), this))
{
    setRole(this, "side");
    setRole(m_button, "link");
    m_button->setToolTip(tr("Keeps this run as “before”: change a value, and see both on one axis  (Shift+C)"));
    m_button->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 2, 14, 6);
    row->addWidget(m_button);
    row->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &BeforeButton::keepRequested);
    connect(&m_store, &Store::runChanged, this, &BeforeButton::refresh);
    refresh();
}

void BeforeButton::refresh()
{
    const bool shown = !m_store.recording() && !m_store.lesson().parameters.empty();
    if (shown == isHidden()) {
        setVisible(shown);
        Q_EMIT shownChanged();
    }
    m_button->setEnabled(!isKept(m_store));
}

} // namespace loopscope::ui
