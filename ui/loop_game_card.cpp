#include "ui/loop_game_card.h"

#include "ui/breaking_row.h"
#include "ui/choice_grid.h"
#include "ui/style.h"

#include <QKeyEvent>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {

LoopGameCard::LoopGameCard(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_score(new QLabel(this))
    , m_verdict(new QLabel(this))
    , m_question(new QLabel(tr("What does the loop do next?"), this))
    , m_choices(new ChoiceGrid(store, this))
    , m_undo(new QPushButton(tr("Take back"), this))
    , m_again(new QPushButton(tr("Again"), this))
    , m_leave(new QPushButton(tr("Leave"), this))
{
    setRole(this, "predict");
    setAccessibleName(tr("Be the loop"));
    setFocusPolicy(Qt::StrongFocus);
    auto* section = new QLabel(tr("BE THE LOOP"), this);
    setRole(section, "predict");
    setRole(m_score, "code");
    m_score->setAccessibleName(tr("Score"));
    setRole(m_question, "heading");
    m_question->setWordWrap(true);
    m_verdict->setWordWrap(true);
    m_verdict->setTextFormat(Qt::RichText);
    m_verdict->setAccessibleName(tr("Verdict"));
    m_undo->setToolTip(tr("Take the last pick back (Backspace)"));
    m_leave->setToolTip(tr("The window is as it was before (Escape)"));
    for (QPushButton* button : {m_undo, m_again, m_leave}) {
        setRole(button, "link");
        button->setFocusPolicy(Qt::TabFocus);
    }
    auto* head = new BreakingRow(this);
    head->add(section);
    head->addStretch();
    head->add(m_score);
    auto* foot = new BreakingRow(this);
    foot->add(m_undo);
    foot->add(m_again);
    foot->addStretch();
    foot->add(m_leave);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(14, 10, 14, 8);
    column->setSpacing(6);
    column->addWidget(head);
    column->addWidget(m_verdict);
    column->addWidget(m_question);
    column->addWidget(m_choices);
    column->addWidget(foot);

    connect(m_choices, &ChoiceGrid::chosen, this, [this](int index) {
        setFocus(); // the button that was pressed is gone with the switch
        Q_EMIT pickRequested(static_cast<std::size_t>(index));
    });
    connect(m_undo, &QPushButton::clicked, this, &LoopGameCard::undoRequested);
    connect(m_again, &QPushButton::clicked, this, &LoopGameCard::againRequested);
    connect(m_leave, &QPushButton::clicked, this, &LoopGameCard::leaveRequested);
    connect(&m_store.game(), &LoopGame::changed, this, &LoopGameCard::refresh);
    connect(&m_store, &Store::themeChanged, this, &LoopGameCard::refresh);
    refresh();
}

void LoopGameCard::setDense(bool dense)
{
    layout()->setContentsMargins(14, dense ? 6 : 10, 14, dense ? 5 : 8);
    layout()->setSpacing(dense ? 3 : 6);
    m_choices->setDense(dense);
}

void LoopGameCard::refresh()
{
    const LoopGame& game = m_store.game();
    const bool wasOn = isVisible();
    setVisible(game.isOn());
    if (!game.isOn()) {
        m_shown.clear();
        return;
    }
    const Theme& look = themeOf(m_store);
    m_score->setText(tr("%1 of %2 right at once").arg(game.rightAtOnce()).arg(game.made()));
    m_score->setToolTip(tr("%1 of %2 switches of this run").arg(game.made()).arg(game.all()));
    m_verdict->setVisible(!game.verdict().isEmpty());
    m_verdict->setText(QStringLiteral("<span style=\"color:%1\">%2</span> %3")
                           .arg((game.wasRight() ? look.ok : look.error).name(),
                                game.wasRight() ? QStringLiteral("✓") : QStringLiteral("✗"),
                                game.verdict().toHtmlEscaped()));
    m_question->setText(game.isOver()
                            ? tr("The run is over. You were the loop.")
                            : tr("What does the loop do next?"));
    setAccessibleDescription(game.verdict());
    m_undo->setEnabled(game.made() > 0);
    m_again->setVisible(game.isOver());
    if (m_shown != game.choices() || !wasOn) {
        m_shown = game.choices();
        QList<ChoiceButton*> buttons;
        for (const PickChoice& choice : m_shown) {
            auto* button = new ChoiceButton(m_store, static_cast<int>(buttons.size()) + 1, m_choices);
            button->setText(QString::fromStdString(choice.name));
            button->setDetail(QString::fromStdString(choice.detail));
            if (choice.about)
                button->setStripe(look.task(m_store.run().colors[choice.about.value - 1]));
            buttons += button;
        }
        m_choices->setChoices(buttons);
        m_choices->setVisible(!buttons.isEmpty());
    }
    if (!wasOn)
        setFocus();
}

void LoopGameCard::keyPressEvent(QKeyEvent* event)
{
    if (event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) {
        QFrame::keyPressEvent(event);
        return;
    }
    if (m_choices->chooseByKey(event->key()))
        return;
    switch (event->key()) {
    case Qt::Key_Backspace:
        Q_EMIT undoRequested();
        return;
    case Qt::Key_Escape:
        Q_EMIT leaveRequested();
        return;
    default:
        QFrame::keyPressEvent(event); // the window's keys: looking back is allowed
    }
}

} // namespace loopscope::ui
