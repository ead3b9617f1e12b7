#include "ui/prediction_card.h"

#include "ui/breaking_row.h"
#include "ui/choice_grid.h"
#include "ui/folded_question.h"
#include "ui/loop_game.h"
#include "ui/paragraph.h"
#include "ui/picture_texts.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

QString plain(const std::string& words) { return QString::fromStdString(words).remove(u'`'); }

} // namespace

PredictionCard::PredictionCard(const Store& store, QWidget* parent)
    : QFrame(parent)
    , m_store(store)
    , m_column(new QVBoxLayout(this))
{
    setRole(this, "predict");
    setAccessibleName(tr("Predict"));
    setFocusPolicy(Qt::StrongFocus);
    m_column->setContentsMargins(14, 10, 14, 12);
    m_column->setSpacing(6);
    hide();
    connect(&m_store.predictions(), &Predictions::changed, this, &PredictionCard::follow);
    connect(&m_store, &Store::stepChanged, this, &PredictionCard::suitMoment);
    connect(&m_store.game(), &LoopGame::changed, this, [this] {
        follow(); // whoever is the loop has another question to answer
        setVisible(m_question && !m_store.game().isOn());
    });
    connect(&m_store, &Store::lessonChanged, this, [this] {
        if (m_moving)
            return;
        m_question.reset(); // a verdict belongs to the lesson in which it was given
        m_locked.reset();
        m_back.reset();
        follow();
    });
    follow();
}

void PredictionCard::follow()
{
    if (m_moving)
        return;
    const OpenQuestion* due = m_store.predictions().due();
    if (m_locked) {
        // The verdict stays until the person goes on, or the run comes to another question.
        const auto key = due ? std::optional(due->key()) : std::nullopt;
        if (m_back || !key || key == m_dueThen)
            return;
    }
    if (due && m_question && !m_locked && m_question->key() == due->key() && m_question->due.round == due->due.round)
        return;
    if (due)
        put(*due);
    else {
        clear();
        m_question.reset();
        m_locked.reset();
        hide();
    }
    Q_EMIT shownChanged();
}

void PredictionCard::suitMoment()
{
    if (m_moving || !m_question)
        return;
    const std::size_t step = m_store.step();
    const bool atItsMoment = step == m_openedAt || (!m_locked && !m_question->due.returns() && step == m_question->asked.from);
    setForm(!m_locked && !atItsMoment, m_locked && (m_back || !atItsMoment));
}

void PredictionCard::setForm(bool folded, bool brief)
{
    if (folded == m_folded && brief == m_short)
        return;
    const bool hadFocus = isAncestorOf(focusWidget());
    m_folded = folded;
    m_short = brief;
    if (m_line) {
        m_line->setVisible(folded);
        for (int i = 0; i < m_column->count(); ++i)
            if (QWidget* part = m_column->itemAt(i)->widget(); part && part != m_line)
                part->setVisible(!folded);
    }
    for (QWidget* part : m_onlyWhole)
        part->setVisible(!brief);
    if (m_buttons)
        putButtons();
    if (hadFocus && isVisible())
        setFocus(); // what had it may be hidden now
    Q_EMIT shownChanged();
}

void PredictionCard::unfold()
{
    if (!m_question || m_locked)
        return;
    m_openedAt = m_store.step();
    suitMoment();
    setFocus();
}

void PredictionCard::setDense(bool dense)
{
    m_dense = dense;
    m_column->setContentsMargins(14, dense ? 6 : 10, 14, dense ? 7 : 12);
    m_column->setSpacing(dense ? 3 : 6);
    if (m_choices)
        m_choices->setDense(dense);
}

void PredictionCard::clear()
{
    m_choices = nullptr;
    m_buttons = nullptr;
    m_line = nullptr;
    m_onlyWhole.clear();
    m_folded = false;
    m_short = false;
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (QWidget* widget = item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
}

QLabel* PredictionCard::add(const QString& rich, const char* role)
{
    auto* label = new Paragraph(rich, this);
    setRole(label, role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(label);
    return label;
}

void PredictionCard::put(const OpenQuestion& question)
{
    clear();
    m_question = question;
    m_locked.reset();
    m_back.reset();
    m_held = false;
    m_openedAt = m_store.step();
    const Due& due = question.due;
    m_line = new FoldedQuestion(this);
    m_line->setQuestion(plain(due.prediction->question));
    m_line->hide();
    m_column->addWidget(m_line);
    connect(m_line, &FoldedQuestion::openRequested, this, &PredictionCard::unfold);
    add(due.returns() ? tr("PREDICT · ONCE MORE, FROM “%1”").arg(plain(due.lesson->title).toUpper()) : tr("PREDICT"),
        "predict");
    add(richText(due.prediction->question), "heading")->setAccessibleName(tr("Question"));
    if (due.returns()) {
        const Variant* variant = question.stage().variant;
        const QString values = valuesText(*due.lesson, {variant->name}, question.asked.run.values);
        add(unbroken(tr("In “%1”%2").arg(plain(variant->title), values.isEmpty() ? QString() : u": "_s + values)), "small");
    }
    m_choices = new ChoiceGrid(m_store, this);
    m_choices->setDense(m_dense);
    QList<ChoiceButton*> choices;
    for (const AskedOption& option : question.asked.options) {
        auto* choice = new ChoiceButton(m_store, static_cast<int>(choices.size()) + 1, m_choices);
        choice->setText(plain(option.text));
        choices += choice;
    }
    auto* none = new ChoiceButton(m_store, static_cast<int>(choices.size()) + 1, m_choices);
    none->setText(tr("I don't know"));
    none->setQuiet(true);
    choices += none;
    m_choices->setChoices(choices);
    m_column->addWidget(m_choices);
    connect(m_choices, &ChoiceGrid::chosen, this, &PredictionCard::choose);
    setAccessibleDescription(plain(due.prediction->question));
    show();
}

void PredictionCard::choose(int index)
{
    if (!m_question || m_locked)
        return;
    const auto& options = m_question->asked.options;
    const bool knows = index < static_cast<int>(options.size());
    m_locked = !knows                                             ? Progress::Answer::Unsure
        : options[static_cast<std::size_t>(index)].right          ? Progress::Answer::Right
                                                                  : Progress::Answer::Wrong;
    const bool hadFocus = isAncestorOf(focusWidget()) || hasFocus();
    tell(index);
    m_openedAt = m_store.step();
    m_moving = true; // the question is not open any more, and this card knows
    Q_EMIT answered(m_question->due, *m_locked);
    m_moving = false;
    const OpenQuestion* due = m_store.predictions().due();
    m_dueThen = due ? std::optional(due->key()) : std::nullopt;
    putButtons();
    Q_EMIT shownChanged();
    if (hadFocus)
        setFocus();
    if (std::exchange(m_held, false) && *m_locked == Progress::Answer::Right && !due)
        Q_EMIT playRequested();
}

void PredictionCard::tell(int chosen)
{
    clear();
    const auto& options = m_question->asked.options;
    const auto right = std::find_if(options.begin(), options.end(), [](const AskedOption& option) { return option.right; });
    const QString answer = unbroken(plain(right->text));
    m_onlyWhole += add(tr("PREDICT"), "predict");
    m_onlyWhole += add(richText(m_question->due.prediction->question), "muted");
    switch (*m_locked) {
    case Progress::Answer::Right:
        add(tr("✓ “%1” is right").arg(answer), "right");
        break;
    case Progress::Answer::Wrong: {
        const AskedOption& option = options[static_cast<std::size_t>(chosen)];
        add(tr("✗ Not “%1”").arg(unbroken(plain(option.text))), "wrong");
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
    if (m_short) { // the way back is in view where the rest is not
        auto* section = new QLabel(tr("PREDICT"), row);
        setRole(section, "predict");
        row->add(section);
        row->addStretch();
    }
    const auto button = [&](const QString& words, auto slot) {
        auto* made = new QPushButton(words, m_buttons);
        made->setFocusPolicy(Qt::StrongFocus);
        setRole(made, "slim"); // both fit the narrowest column
        connect(made, &QPushButton::clicked, this, slot);
        row->add(made);
    };
    if (m_back)
        button(tr("Back"), &PredictionCard::goBack);
    else
        button(tr("Show the moment"), &PredictionCard::jump);
    button(m_dueThen && !m_back ? tr("Next question") : tr("Done"), &PredictionCard::next);
    if (!m_short)
        row->addStretch();
    m_column->insertWidget(m_short ? 0 : m_column->count(), m_buttons);
    m_buttons->show();
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

void PredictionCard::holdPlayback()
{
    m_held = true;
    unfold();
}

void PredictionCard::keyPressEvent(QKeyEvent* event)
{
    const bool enters = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    const bool counts = event->key() >= Qt::Key_1 && event->key() <= Qt::Key_9 && event->modifiers() == Qt::NoModifier;
    if (m_folded && (enters || counts)) { // whoever types a number means answers, which are to be seen before
        unfold();
        return;
    }
    if (m_choices && !(event->modifiers() & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier))
        && m_choices->chooseByKey(event->key()))
        return;
    if (m_locked && counts)
        return; // who chooses twice does not mean another variant
    if (m_locked && enters) {
        next();
        return;
    }
    QFrame::keyPressEvent(event); // the window's keys
}

void PredictionCard::mousePressEvent(QMouseEvent* event)
{
    if (m_folded && event->button() == Qt::LeftButton)
        unfold();
    else
        QFrame::mousePressEvent(event);
}

} // namespace loopscope::ui
