#include "ui/prediction_card.h"

#include "ui/breaking_row.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

// What the card says to an answer, and the way to the moment that decided it.

namespace loopscope::ui {
void PredictionCard::tell(int chosen)
{
    clear();
    const auto& options = m_question->asked.options;
    const auto right = std::find_if(options.begin(), options.end(), [](const AskedOption& option) { return option.right; });
    const QString answer = unbroken(plainText(right->text));
    m_onlyWhole += add(tr("PREDICT"), "predict");
    m_onlyWhole += add(richText(m_question->due.prediction->question), "muted");
    switch (*m_locked) {
    case Progress::Answer::Right:
        add(tr("✓ “%1” is right").arg(answer), "right");
        break;
    case Progress::Answer::Wrong: {
        const AskedOption& option = options[static_cast<std::size_t>(chosen)];
        add(tr("✗ Not “%1”").arg(unbroken(plainText(option.text))), "wrong");
        add(tr("Right is “%1”").arg(answer), "heading");
        const auto& beliefs = m_store.course().beliefs;
        const auto say = [this](const QString& words) { add(richText(words.toStdString()), "plain"); };
        say(tr("Perhaps you believe: %1").arg(QString::fromStdString(believed(beliefs, option.belief))));
        if (const Belief* belief = find_belief(beliefs, option.belief))
            say(tr("In fact: %1").arg(QString::fromStdString(belief->so)));
        break;
    }
    case Progress::Answer::Unsure:
        add(tr("Right is “%1”").arg(answer), "heading");
        break;
    }
    QLabel* why = add(richText(m_question->due.prediction->because), "plain");
    why->setAccessibleName(tr("Why"));
    m_onlyWhole += why;
    setAccessibleDescription(tr("Right is “%1”").arg(answer));
    show();
}

void PredictionCard::putButtons()
{
    if (m_buttons) {
        m_buttons->hide();
        m_buttons->deleteLater();
    }
    auto* row = new BreakingRow(this);
    m_buttons = row;
    if (m_short) { // the way back is in view where the rest is not, and what was asked is told on hover
        auto* section = new QLabel(tr("PREDICT"), row);
        setRole(section, "predict");
        row->add(section);
        row->addStretch();
    }
    setToolTip(m_short ? plainText(m_question->due.prediction->question) : QString());
    const auto button = [&](const QString& words, auto slot) {
        auto* made = new QPushButton(words, m_buttons);
        made->setFocusPolicy(Qt::StrongFocus);
        setRole(made, "slim"); // both fit the narrowest column
        connect(made, &QPushButton::clicked, this, slot);
        row->add(made);
        return made;
    };
    if (m_back)
        button(tr("Back"), &PredictionCard::goBack);
    else
        button(tr("Show the moment"), &PredictionCard::jump);
    m_next = button({}, &PredictionCard::next);
    nameNext();
    if (!m_short)
        row->addStretch();
    m_column->insertWidget(m_short ? 0 : m_column->count(), m_buttons);
    m_buttons->show();
}

// The card goes on to the question of this moment; what waits at another one is asked for below the card.
void PredictionCard::nameNext()
{
    if (m_next)
        m_next->setText(m_store.predictions().due() && !m_back ? tr("Next question") : tr("Done"));
}

void PredictionCard::next()
{
    m_locked.reset();
    m_question.reset();
    m_back.reset();
    const bool hadFocus = isAncestorOf(focusWidget());
    follow();
    if (hadFocus && isVisible())
        setFocus();
}

// The run shows what decided it, and how to come back is remembered.
void PredictionCard::jump()
{
    m_back = Place{&m_store.lesson(), {&m_store.variant(), m_store.values()}, m_store.step()};
    m_moving = true;
    Q_EMIT stageRequested(*m_question->due.lesson, m_question->stage(), m_question->asked.decided_by.step + 1, false);
    m_moving = false;
    putButtons();
    suitMoment();
    setFocus();
}

void PredictionCard::goBack()
{
    const Place place = *m_back;
    m_back.reset();
    m_moving = true;
    Q_EMIT stageRequested(*place.lesson, place.stage, place.step, false);
    m_moving = false;
    putButtons();
    suitMoment();
    setFocus();
}

} // namespace loopscope::ui
