#include "ui/lesson_foot.h"

#include "ui/breaking_row.h"
#include "ui/loop_game.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {

LessonFoot::LessonFoot(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_score(new QLabel(this))
    , m_ask(new QPushButton(tr("Next question"), this))
    , m_play(new QPushButton(tr("Be the loop"), this))
{
    setRole(m_score, "small");
    m_score->setAccessibleName(tr("Predictions"));
    for (QPushButton* button : {m_ask, m_play}) {
        setRole(button, "link");
        button->setFocusPolicy(Qt::TabFocus);
    }
    m_play->setToolTip(tr("You pick what runs next, and only what the loop's rules allow is taken (L)"));
    auto* row = new BreakingRow(this);
    row->add(m_score);
    row->addStretch();
    row->add(m_ask);
    row->add(m_play);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(2, 0, 0, 0);
    column->addWidget(row);

    connect(m_ask, &QPushButton::clicked, this, [this] {
        if (const OpenQuestion* question = m_store.predictions().elsewhere())
            Q_EMIT stageRequested(*question->due.lesson, question->stage(), question->asked.from, true);
    });
    connect(m_play, &QPushButton::clicked, this, &LessonFoot::gameRequested);
    connect(&m_store.predictions(), &Predictions::changed, this, &LessonFoot::refresh);
    connect(&m_store.game(), &LoopGame::changed, this, &LessonFoot::refresh);
    connect(&m_store, &Store::runChanged, this, &LessonFoot::refresh);
    connect(&m_store, &Store::stepChanged, this, &LessonFoot::refresh);
    refresh();
}

void LessonFoot::refresh()
{
    const Predictions& predictions = m_store.predictions();
    const Score lesson = predictions.lessonScore();
    const Score course = predictions.courseScore();
    m_score->setVisible(lesson.all > 0);
    m_score->setText(lesson.answered == 0 ? tr("0 of %1 answered").arg(lesson.all)
                                          : tr("%1 of %2 answered, %3 right").arg(lesson.answered).arg(lesson.all).arg(lesson.right));
    m_score->setToolTip(tr("In this lesson %1 of %2 questions are answered, %3 rightly. In all lessons: %4 of %5 right.")
                            .arg(lesson.answered)
                            .arg(lesson.all)
                            .arg(lesson.right)
                            .arg(course.right)
                            .arg(course.answered));
    const OpenQuestion* elsewhere = predictions.elsewhere();
    const bool free = !predictions.due() && !m_store.game().isOn();
    m_ask->setVisible(elsewhere && free);
    if (elsewhere)
        m_ask->setToolTip(tr("It is about “%1”, before it has run")
                              .arg(QString::fromStdString(elsewhere->stage().variant->title)));
    m_play->setVisible(!m_store.game().isOn());
    m_play->setEnabled(m_store.mode() == Mode::Run && !m_store.trace().empty());
}

} // namespace loopscope::ui
