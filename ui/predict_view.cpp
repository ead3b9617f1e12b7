#include "ui/predict_view.h"

#include "ui/picture_texts.h"
#include "ui/style.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QRadioButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int unsure = 1000; // the id of "I don't know" among the choices

QString text(const std::string& words) { return QString::fromStdString(words); }

/// A choice whose words may need several lines, which a radio button alone cannot show.
QRadioButton* makeChoice(const QString& words, QWidget* parent)
{
    auto* choice = new QRadioButton(QString(words).remove(u'`'), parent);
    choice->setFocusPolicy(Qt::StrongFocus);
    return choice;
}

QLabel* makeText(const QString& rich, const char* role, QWidget* parent)
{
    auto* label = new QLabel(rich, parent);
    setRole(label, role);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

QPushButton* makeButton(const QString& words, const char* role, QWidget* parent)
{
    auto* button = new QPushButton(words, parent);
    if (role)
        setRole(button, role);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

} // namespace

PredictView::PredictView(const Store& store, QWidget* parent)
    : QScrollArea(parent)
    , m_store(store)
    , m_page(new QWidget(this))
    , m_column(new QVBoxLayout(m_page))
{
    setAccessibleName(tr("Predict"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_column->setContentsMargins(20, 12, 16, 12);
    m_column->setSpacing(6);
    setWidget(m_page);
    connect(&m_store, &Store::lessonChanged, this, &PredictView::takeNext);
    connect(&m_store, &Store::progressChanged, this, [this] {
        if (!m_locked)
            takeNext();
        Q_EMIT openChanged(open());
    });
    takeNext();
}

int PredictView::open() const { return static_cast<int>(m_store.due().size()); }

void PredictView::takeNext()
{
    m_locked = false;
    m_due.reset();
    m_asked.reset();
    for (const Due& due : m_store.due()) {
        // A question that cannot be put is the lesson's fault, not the person's: the next one is.
        if (Result<Asked> asked = ask(*due.lesson, *due.prediction, due.round)) {
            m_due = due;
            m_asked = std::move(*asked);
            break;
        }
    }
    clear();
    if (m_due)
        put();
    else
        showScore();
    Q_EMIT openChanged(open());
}

void PredictView::clear()
{
    delete m_choices;
    m_choices = nullptr;
    m_lock = nullptr;
    while (QLayoutItem* item = m_column->takeAt(0)) {
        if (QWidget* widget = item->widget())
            widget->deleteLater();
        delete item;
    }
}

void PredictView::put()
{
    const Due& due = *m_due;
    const Run& run = m_asked->run;
    const QString section = due.returns()
        ? tr("ONCE MORE, FROM “%1”").arg(text(due.lesson->title)).toUpper()
        : tr("BEFORE YOU RUN IT · %1 OPEN").arg(open());
    m_column->addWidget(makeText(section, "section", m_page));
    m_column->addWidget(makeText(richText(due.prediction->question), "sentence", m_page));

    const Variant* variant = find_variant(*due.lesson, run.variant);
    const QString values = valuesText(*due.lesson, {run.variant}, run.values);
    m_column->addWidget(makeText(tr("In “%1”%2").arg(text(variant->title), values.isEmpty() ? QString() : u": "_s + values),
                                 "small", m_page));
    auto* see = makeButton(tr("Show its code"), "link", m_page);
    connect(see, &QPushButton::clicked, this,
            [this, variant] { Q_EMIT stageRequested(*m_due->lesson, {variant, m_asked->run.values}, 0); });
    m_column->addWidget(see, 0, Qt::AlignLeft);

    m_choices = new QButtonGroup(this);
    for (std::size_t i = 0; i < m_asked->options.size(); ++i) {
        QRadioButton* choice = makeChoice(text(m_asked->options[i].text), m_page);
        m_choices->addButton(choice, static_cast<int>(i));
        m_column->addWidget(choice);
    }
    QRadioButton* none = makeChoice(tr("I don't know"), m_page);
    m_choices->addButton(none, unsure);
    m_column->addWidget(none);

    m_lock = makeButton(tr("Lock my answer"), nullptr, m_page);
    m_lock->setEnabled(false);
    connect(m_choices, &QButtonGroup::idToggled, m_lock, [this] {
        m_lock->setEnabled(true);
        ensureWidgetVisible(m_lock);
    });
    connect(m_lock, &QPushButton::clicked, this, &PredictView::lock);
    m_column->addWidget(m_lock, 0, Qt::AlignLeft);
    m_column->addStretch(1);
}

void PredictView::lock()
{
    const int chosen = m_choices->checkedId();
    if (chosen < 0 || m_locked)
        return;
    m_locked = true;
    const bool knows = chosen != unsure;
    const AskedOption* option = knows ? &m_asked->options[static_cast<std::size_t>(chosen)] : nullptr;
    const Progress::Answer answer = !knows ? Progress::Answer::Unsure
        : option->right                    ? Progress::Answer::Right
                                           : Progress::Answer::Wrong;
    tell(answer, option);
    Q_EMIT answered(*m_due, answer);
}

// The verdict takes the place of the choices, so that nothing has to be scrolled to.
void PredictView::tell(Progress::Answer answer, const AskedOption* chosen)
{
    clear();
    m_column->addWidget(makeText(richText(m_due->prediction->question), "sentence", m_page));
    const auto right = std::find_if(m_asked->options.begin(), m_asked->options.end(),
                                    [](const AskedOption& option) { return option.right; });
    const QString answerText = text(right->text).remove(u'`');
    switch (answer) {
    case Progress::Answer::Right:
        m_column->addWidget(makeText(tr("✓ Right: %1").arg(answerText), "right", m_page));
        break;
    case Progress::Answer::Wrong:
        m_column->addWidget(makeText(tr("✗ Not %1").arg(text(chosen->text).remove(u'`')), "wrong", m_page));
        m_column->addWidget(makeText(
            tr("Perhaps you believe: %1").arg(richText(believed(m_store.course().beliefs, chosen->belief))), "muted", m_page));
        if (const Belief* belief = find_belief(m_store.course().beliefs, chosen->belief))
            m_column->addWidget(makeText(tr("In fact: %1").arg(richText(belief->so)), "muted", m_page));
        m_column->addWidget(makeText(tr("It is: %1").arg(answerText), "heading", m_page));
        break;
    case Progress::Answer::Unsure:
        m_column->addWidget(makeText(tr("It is: %1").arg(answerText), "heading", m_page));
        break;
    }
    m_column->addWidget(makeText(richText(m_due->prediction->because), "plain", m_page));
    auto* row = new QWidget(m_page);
    auto* buttons = new QHBoxLayout(row);
    buttons->setContentsMargins(0, 4, 0, 0);
    auto* show = makeButton(tr("Show the moment"), nullptr, row);
    auto* next = makeButton(tr("Next"), nullptr, row);
    connect(show, &QPushButton::clicked, this, [this] {
        const Variant* variant = find_variant(*m_due->lesson, m_asked->run.variant);
        Q_EMIT stageRequested(*m_due->lesson, {variant, m_asked->run.values}, m_asked->decided_by.step + 1);
    });
    connect(next, &QPushButton::clicked, this, &PredictView::takeNext);
    buttons->addWidget(show);
    buttons->addWidget(next);
    buttons->addStretch(1);
    m_column->addWidget(row);
    m_column->addStretch(1);
    // The answer is what counts now; where it stands is known when the page has been laid out.
    QTimer::singleShot(0, row, [this, row, next] {
        next->setFocus();
        ensureWidgetVisible(row);
    });
}

bool PredictView::endsChapter() const
{
    const auto lessons = m_store.lessons();
    const std::size_t next = m_store.lessonIndex() + 1;
    return next == lessons.size() || lessons[next].chapter != m_store.lesson().chapter;
}

void PredictView::showScore()
{
    const Lesson& lesson = m_store.lesson();
    std::size_t right = 0;
    for (const auto& [key, record] : m_store.progress().records())
        right += record.last == Progress::Answer::Right ? 1 : 0;
    const std::size_t all = m_store.progress().records().size();
    m_column->addWidget(makeText(lesson.predictions.empty() ? tr("This lesson asks nothing.")
                                                            : tr("Every question of this lesson is answered."),
                                 "heading", m_page));
    if (all > 0)
        m_column->addWidget(makeText(tr("So far you were right in %1 of %2 questions. What you missed comes back two "
                                        "lessons later, with other numbers.")
                                         .arg(right)
                                         .arg(all),
                                     "muted", m_page));
    const auto puzzles = m_store.course().puzzles;
    const bool puzzle = std::any_of(puzzles.begin(), puzzles.end(),
                                    [&](const Puzzle& p) { return p.chapter == lesson.chapter; });
    if (puzzle && endsChapter()) {
        m_column->addWidget(makeText(tr("The chapter ends with a puzzle: lines to put in order."), "plain", m_page));
        auto* open = makeButton(tr("Open the puzzle"), nullptr, m_page);
        connect(open, &QPushButton::clicked, this, &PredictView::puzzleRequested);
        m_column->addWidget(open, 0, Qt::AlignLeft);
    }
    m_column->addStretch(1);
}

} // namespace loopscope::ui
