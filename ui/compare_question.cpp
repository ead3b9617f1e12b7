#include "ui/compare_question.h"

#include "ui/breaking_row.h"
#include "ui/controls.h"
#include "ui/paragraph.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {

CompareQuestion::CompareQuestion(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_question(new Paragraph(this))
    , m_why(new Paragraph(this))
    , m_answer(new QPushButton(tr("Answer first"), this))
    , m_skip(new QPushButton(tr("I don't know: compare"), this))
{
    setRole(this, "predict");
    setAccessibleName(tr("Predict before the comparison"));
    auto* section = new QLabel(tr("PREDICT FIRST"), this);
    setRole(section, "predict");
    setRole(m_question, "heading");
    setRole(m_why, "muted");
    m_question->setTextFormat(Qt::RichText);
    m_question->setAccessibleName(tr("Question"));
    setRole(m_skip, "link");
    for (QPushButton* button : {m_answer, m_skip})
        button->setFocusPolicy(Qt::StrongFocus);

    auto* buttons = new BreakingRow(this);
    buttons->add(m_answer);
    buttons->add(m_skip);
    buttons->addStretch();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 10);
    column->setSpacing(8);
    column->addWidget(section);
    column->addWidget(m_question);
    column->addWidget(m_why);
    column->addWidget(buttons);

    setFocusProxy(m_answer);
    connect(m_answer, &QPushButton::clicked, this, &CompareQuestion::put);
    connect(m_skip, &QPushButton::clicked, this, &CompareQuestion::skip);
    hide();
}

bool CompareQuestion::isPut() const
{
    return m_store.mode() == Mode::Compare && m_store.predictions().wouldSpoil();
}

void CompareQuestion::refresh()
{
    setVisible(isPut());
    if (!isPut())
        return;
    const std::vector<const OpenQuestion*> open = m_store.predictions().spoiled();
    const OpenQuestion& first = *open.front();
    m_question->setText(richText(first.due.prediction->question));
    const QString variant = QString::fromStdString(first.stage().variant->title);
    m_why->setText(open.size() == 1
                       ? tr("That is asked about “%1”. The comparison would answer it, so it comes after it.").arg(variant)
                       : tr("That is asked about “%1”. The comparison would answer it and %2 more, so it comes after them.")
                             .arg(variant)
                             .arg(open.size() - 1));
    setAccessibleDescription(plainText(first.due.prediction->question));
}

void CompareQuestion::put()
{
    if (!isPut())
        return;
    const OpenQuestion& first = *m_store.predictions().spoiled().front();
    Q_EMIT stageRequested(*first.due.lesson, first.stage(), first.asked.from, true);
}

void CompareQuestion::skip()
{
    std::vector<Due> open;
    for (const OpenQuestion* question : m_store.predictions().spoiled())
        open.push_back(question->due);
    for (const Due& due : open)
        Q_EMIT answered(due, Progress::Answer::Unsure);
}

} // namespace loopscope::ui
