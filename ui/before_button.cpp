#include "ui/before_button.h"

#include "ui/breaking_row.h"
#include "ui/style.h"

#include <QPushButton>
#include <QVBoxLayout>

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
    , m_forget(new QPushButton(tr("Forget kept run"), this))
    , m_row(new BreakingRow(this))
{
    setRole(this, "side");
    m_forget->setToolTip(tr("Keeps no run as “before” any more"));
    m_forget->setAccessibleName(tr("Forget the run that was kept"));
    for (QPushButton* button : {m_button, m_forget}) {
        setRole(button, "link");
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_row->add(m_button);
    m_row->add(m_forget);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 2, 14, 6);
    column->addWidget(m_row);
    connect(m_forget, &QPushButton::clicked, this, &BeforeButton::forgetRequested);
    connect(m_button, &QPushButton::clicked, this, &BeforeButton::keepRequested);
    connect(&m_store, &Store::runChanged, this, &BeforeButton::refresh);
    refresh();
}

void BeforeButton::refresh()
{
    const bool shown = !m_store.recording() && !m_store.lesson().parameters.empty();
    const bool forgets = m_store.kept().has_value();
    if (shown == isHidden() || forgets == m_forget->isHidden()) {
        m_forget->setVisible(forgets);
        m_row->updateGeometry(); // at once: whoever is told asks for the height
        setVisible(shown);
        Q_EMIT shownChanged();
    }
    const bool isThis = isKept(m_store);
    m_button->setEnabled(!isThis);
    const bool replaces = forgets && !isThis;
    const QString name = replaces ? tr("Keep this run instead") : tr("Keep this run to compare");
    if (m_button->text() != name)
        m_button->setText(name);
    m_button->setToolTip(replaces ? tr("Keeps this run as “before”, in place of the one that is kept  (Shift+C)")
                                  : tr("Keeps this run as “before”: change a value, and see both on one axis  (Shift+C)"));
}

} // namespace loopscope::ui
