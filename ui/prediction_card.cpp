#include "ui/prediction_card.h"

#include "ui/choice_grid.h"
#include "ui/folded_question.h"
#include "ui/loop_game.h"
#include "ui/paragraph.h"
#include "ui/picture_texts.h"
#include "ui/style.h"
#include "ui/unbroken.h"

#include <QApplication>
#include <QKeyEvent>
#include <QLabel>
#include <QMouseEvent>
#include <QTimer>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

/// Whether a card that puts the one puts the other as well.
bool looksLike(const OpenQuestion& a, const OpenQuestion& b)
{
    const auto sameWords = [](const AskedOption& x, const AskedOption& y) { return x.text == y.text; };
    return a.key() == b.key() && a.due.round == b.due.round && !a.due.returns() && !b.due.returns()
        && std::equal(a.asked.options.begin(), a.asked.options.end(), b.asked.options.begin(), b.asked.options.end(), sameWords);
}

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
        if (m_back || !key || key == m_dueThen) {
            nameNext();
            return;
        }
    }
    if (due && m_question && !m_locked && m_question->key() == due->key() && m_question->due.round == due->due.round)
        return;
    const QWidget* focus = QApplication::focusWidget();
    const bool hadFocus = focus && (focus == this || isAncestorOf(focus));
    if (due)
        put(*due);
    else {
        if (m_question && !m_locked)
            m_kept = std::move(m_question); // stepping back brings it again
        else
            clear();
        m_question.reset();
        m_locked.reset();
        if (hadFocus)
            Q_EMIT focusGivenUp(); // or whatever button comes next would get it
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
    m_kept.reset();
    m_choices = nullptr;
    m_buttons = nullptr;
    m_next = nullptr;
    m_line = nullptr;
    m_onlyWhole.clear();
    m_folded = false;
    m_short = false;
    setToolTip({});
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
    const bool stands = m_kept && looksLike(*m_kept, question);
    if (!stands)
        clear();
    m_kept.reset();
    m_question = question;
    m_locked.reset();
    m_back.reset();
    m_held = false;
    m_openedAt = m_store.step();
    if (stands) { // playing over it and scrubbing past it builds nothing
        setForm(false, false);
        show();
        return;
    }
    const Due& due = question.due;
    m_line = new FoldedQuestion(this);
    m_line->setQuestion(plainText(due.prediction->question));
    m_line->hide();
    m_column->addWidget(m_line);
    connect(m_line, &FoldedQuestion::openRequested, this, &PredictionCard::unfold);
    add(due.returns() ? tr("PREDICT · ONCE MORE, FROM “%1”").arg(plainText(due.lesson->title).toUpper()) : tr("PREDICT"),
        "predict");
    add(richText(due.prediction->question), "heading")->setAccessibleName(tr("Question"));
    if (due.returns()) {
        const Variant* variant = question.stage().variant;
        const QString values = valuesText(*due.lesson, {variant->name}, question.asked.run.values);
        add(unbroken(tr("In “%1”%2").arg(plainText(variant->title), values.isEmpty() ? QString() : u": "_s + values)), "small");
    }
    m_choices = new ChoiceGrid(m_store, this);
    m_choices->setDense(m_dense);
    QList<ChoiceButton*> choices;
    for (const AskedOption& option : question.asked.options) {
        auto* choice = new ChoiceButton(m_store, static_cast<int>(choices.size()) + 1, m_choices);
        choice->setText(plainText(option.text));
        choices += choice;
    }
    auto* none = new ChoiceButton(m_store, static_cast<int>(choices.size()) + 1, m_choices);
    none->setText(tr("I don't know"));
    none->setQuiet(true);
    choices += none;
    m_choices->setChoices(choices);
    m_column->addWidget(m_choices);
    connect(m_choices, &ChoiceGrid::chosen, this, &PredictionCard::choose);
    setAccessibleDescription(plainText(due.prediction->question));
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

void PredictionCard::holdPlayback()
{
    m_held = true;
    unfold();
}

bool PredictionCard::chooseByNumber(std::size_t number)
{
    if (!isVisible() || m_folded || m_locked || !m_choices || m_choices->choices().isEmpty())
        return false;
    m_choices->chooseByKey(static_cast<int>(Qt::Key_0 + number));
    return true;
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
