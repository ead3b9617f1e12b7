#include "ui/source_view.h"

#include "ui/code_pane.h"
#include "ui/controls.h"
#include "ui/picture_texts.h"
#include "ui/style.h"

#include <QFileInfo>
#include <QFrame>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {

SourceView::SourceView(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_file(new ElidedLabel(this))
    , m_pane(new CodePane(store, this))
{
    setRole(this, "panel");
    setMinimumWidth(260);

    auto* tabs = new QFrame(this);
    setRole(tabs, "tabs");
    m_python = new QPushButton(tr("Python"), tabs);
    m_cpp = new QPushButton(tr("C++"), tabs);
    auto* tabRow = new QHBoxLayout(tabs);
    tabRow->setContentsMargins(0, 0, 0, 0);
    tabRow->setSpacing(4);
    for (QPushButton* button : {m_python, m_cpp}) {
        button->setCheckable(true);
        button->setFocusPolicy(Qt::TabFocus);
        button->setAccessibleName(tr("Code in %1").arg(button->text()));
        tabRow->addWidget(button);
    }
    setRole(m_file, "code");
    m_file->setAlignment(Qt::AlignRight | Qt::AlignVCenter);

    auto* head = new QHBoxLayout;
    head->setContentsMargins(12, 10, 14, 6);
    head->addWidget(tabs);
    head->addSpacing(8);
    head->addWidget(new QuietRoom(m_file, this), 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addLayout(head);
    column->addWidget(m_pane, 1);

    // A click asks; refresh() shows what was decided.
    connect(m_python, &QPushButton::clicked, this, [this] {
        Q_EMIT languageRequested(Language::Python);
        refresh();
    });
    connect(m_cpp, &QPushButton::clicked, this, [this] {
        Q_EMIT languageRequested(Language::Cpp);
        refresh();
    });
    connect(m_pane, &CodePane::selectRequested, this, &SourceView::selectRequested);
    connect(m_pane, &CodePane::eventRequested, this, &SourceView::eventRequested);
    connect(m_pane, &CodePane::breakpointRequested, this, &SourceView::breakpointRequested);
    connect(&m_store, &Store::languageChanged, this, &SourceView::refresh);
    connect(&m_store, &Store::lessonChanged, this, &SourceView::refresh);
    connect(&m_store, &Store::runChanged, this, &SourceView::refresh);
    refresh();
}

void SourceView::refresh()
{
    const bool python = m_store.language() == Language::Python;
    m_python->setChecked(python);
    m_cpp->setChecked(!python);
    const std::string& path = python ? m_store.lesson().python_file : m_store.lesson().cpp_file;
    const QString file = QFileInfo(QString::fromStdString(path)).fileName();
    // The text is that of the first values; with others the run is not quite what stands there.
    const QString changed = changedText(m_store.lesson(), m_store.variant(), m_store.values());
    m_file->setFullText(changed.isEmpty() ? file : tr("%1 · with %2").arg(file, changed));
}

} // namespace loopscope::ui
