#include "ui/before_button.h"

#include "ui/style.h"

#include <QHBoxLayout>
#include <QPushButton>

namespace loopscope::ui {

BeforeButton::BeforeButton(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_button(new QPushButton(tr("Compare with before"), this))
{
    setRole(this, "side");
    setRole(m_button, "link");
    m_button->setToolTip(tr("Keeps this run as “before”: change a value, and see both on one axis  (Shift+C)"));
    m_button->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 0, 14, 6);
    row->addWidget(m_button);
    row->addStretch(1);
    connect(m_button, &QPushButton::clicked, this, &BeforeButton::keepRequested);
    connect(&m_store, &Store::runChanged, this, &BeforeButton::refresh);
    refresh();
}

void BeforeButton::refresh()
{
    const bool compares = m_store.mode() == Mode::Compare
        && (m_store.comparedSides().first.before || m_store.comparedSides().second.before);
    setVisible(!compares && !m_store.lesson().parameters.empty());
}

} // namespace loopscope::ui
