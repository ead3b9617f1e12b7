#include "ui/folded_question.h"

#include "ui/controls.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>

namespace loopscope::ui {

FoldedQuestion::FoldedQuestion(QWidget* parent)
    : QWidget(parent)
    , m_question(new ElidedLabel(this))
    , m_open(new QPushButton(tr("Answer"), this))
{
    setCursor(Qt::PointingHandCursor);
    auto* section = new QLabel(tr("PREDICT"), this);
    setRole(section, "predict");
    setRole(m_question, "plain");
    setRole(m_open, "link");
    m_open->setFocusPolicy(Qt::TabFocus);
    m_open->setToolTip(tr("Show the question and its answers (Enter, on this card)"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(8);
    row->addWidget(section);
    row->addWidget(m_question, 1);
    row->addWidget(m_open);
    connect(m_open, &QPushButton::clicked, this, &FoldedQuestion::openRequested);
}

void FoldedQuestion::setQuestion(const QString& question)
{
    m_question->setFullText(question);
    m_open->setAccessibleDescription(question);
}

} // namespace loopscope::ui
