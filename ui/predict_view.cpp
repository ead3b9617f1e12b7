#include "ui/predict_view.h"

#include "ui/paragraph.h"
#include "ui/predictions.h"
#include "ui/style.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int markWidth = 20;

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
    setAccessibleName(tr("Questions of this lesson"));
    setWidgetResizable(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_column->setContentsMargins(20, 12, 16, 12);
    m_column->setSpacing(6);
    setWidget(m_page);
    // An answer or another lesson changes which questions are open; a step does not.
    connect(&m_store, &Store::lessonChanged, this, &PredictView::refresh);
    connect(&m_store, &Store::progressChanged, this, &PredictView::refresh);
    refresh();
}

int PredictView::open() const { return static_cast<int>(m_store.predictions().open().size()); }

// The mark stands beside the question, which goes on below itself.
QLabel* PredictView::addMarked(const QString& mark, const char* markRole, const QString& rich)
{
    auto* row = new QWidget(m_page);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 4, 0, 0);
    line->setSpacing(0);
    auto* sign = new QLabel(mark, row);
    setRole(sign, markRole);
    sign->setFixedWidth(markWidth);
    sign->setContentsMargins(0, 1, 0, 0);
    auto* question = new Paragraph(rich, row);
    setRole(question, "heading");
    question->setTextInteractionFlags(Qt::TextSelectableByMouse);
    line->addWidget(sign, 0, Qt::AlignTop);
    line->addWidget(question, 1);
    m_column->addWidget(row);
    return question;
}

QLabel* PredictView::add(const QString& rich, const char* role)
{
    auto* label = new Paragraph(rich, m_page);
    setRole(label, role);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_column->addWidget(label);
    return label;
}

void PredictView::refresh()
{
    while (QLayoutItem* item = m_column->takeAt(0)) {
        QLayout* row = item->layout(); // of something that stands beside the marks
        if (QWidget* widget = row ? row->itemAt(1)->widget() : item->widget()) {
            widget->hide();
            widget->deleteLater();
        }
        delete item;
    }
    const Lesson& lesson = m_store.lesson();
    if (m_store.recording())
        add(tr("A recording asks nothing: what is in it has happened. Open a lesson to predict what comes."), "muted");
    else if (lesson.predictions.empty())
        add(tr("This lesson asks nothing."), "heading");
    for (const Prediction& prediction : lesson.predictions)
        addQuestion(prediction);
    const Score here = m_store.predictions().lessonScore();
    const Score all = m_store.predictions().courseScore();
    if (all.answered > 0) {
        if (here.answered > 0)
            add(tr("In this lesson you were right in %1 of %2 questions, in all lessons in %3 of %4.")
                    .arg(here.right).arg(here.answered).arg(all.right).arg(all.answered), "muted");
        else
            add(tr("So far you were right in %1 of %2 questions.").arg(all.right).arg(all.answered), "muted");
        add(tr("What you missed comes back two lessons later, with other numbers."), "muted");
    }
    addPuzzle();
    if (all.answered > 0 || !m_store.progress().solved_lessons().empty()) {
        QPushButton* over = makeButton(tr("Start over…"), "link", m_page);
        connect(over, &QPushButton::clicked, this, &PredictView::confirmStartOver);
        m_column->addWidget(over, 0, Qt::AlignLeft);
    }
    m_column->addStretch(1);
    Q_EMIT openChanged(open());
}

void PredictView::addQuestion(const Prediction& prediction)
{
    const Lesson& lesson = m_store.lesson();
    const Progress::Record* record = m_store.progress().record(lesson.id, prediction.id);
    const QString question = richText(prediction.question);
    if (!record) {
        addMarked(u"○"_s, "muted", question);
        const auto& open = m_store.predictions().open();
        const auto found = std::find_if(open.begin(), open.end(), [&](const OpenQuestion& other) {
            return other.due.prediction == &prediction;
        });
        if (found != open.end()) {
            QPushButton* ask = makeButton(tr("Ask me"), "link", m_page);
            ask->setToolTip(tr("In “%1”, before it has run").arg(QString::fromStdString(found->stage().variant->title)));
            ask->setAccessibleDescription(plainText(prediction.question));
            connect(ask, &QPushButton::clicked, this, [this, due = *found] {
                Q_EMIT stageRequested(*due.due.lesson, due.stage(), due.asked.from, true);
            });
            addBeside(ask);
        }
        return;
    }
    switch (record->last) {
    case Progress::Answer::Right:
        addMarked(u"✓"_s, "right", question)->setAccessibleDescription(tr("answered rightly"));
        break;
    case Progress::Answer::Wrong:
        addMarked(u"✗"_s, "wrong", question)->setAccessibleDescription(tr("answered wrongly"));
        break;
    case Progress::Answer::Unsure:
        addMarked(u"–"_s, "muted", question)->setAccessibleDescription(tr("not known"));
        break;
    }
    // What was right is said again; which of the answers was chosen then is not kept.
    if (const Result<Asked> asked = ask(lesson, prediction, 0))
        for (const AskedOption& option : asked->options)
            if (option.right)
                add(tr("Right is “%1”").arg(plainText(option.text)), "plain")
                    ->setContentsMargins(markWidth, 0, 0, 0);
    add(richText(prediction.because), "muted")->setContentsMargins(markWidth, 0, 0, 0);
}

void PredictView::addBeside(QWidget* widget)
{
    auto* row = new QHBoxLayout;
    row->addSpacing(markWidth - 4); // a link has some room of its own
    row->addWidget(widget);
    row->addStretch(1);
    m_column->addLayout(row);
}

bool PredictView::endsChapter() const
{
    const auto lessons = m_store.lessons();
    const std::size_t next = m_store.lessonIndex() + 1;
    return next == lessons.size() || lessons[next].chapter != m_store.lesson().chapter;
}

void PredictView::addPuzzle()
{
    const auto puzzles = m_store.course().puzzles;
    const bool puzzle = std::any_of(puzzles.begin(), puzzles.end(),
                                    [&](const Puzzle& p) { return p.chapter == m_store.lesson().chapter; });
    if (!puzzle || m_store.recording() || !endsChapter())
        return;
    add(tr("The chapter ends with a puzzle: lines to put in order."), "plain");
    QPushButton* open = makeButton(tr("Open the puzzle"), nullptr, m_page);
    connect(open, &QPushButton::clicked, this, &PredictView::puzzleRequested);
    m_column->addWidget(open, 0, Qt::AlignLeft);
}

void PredictView::confirmStartOver()
{
    auto* asks = new QMessageBox(QMessageBox::NoIcon, tr("Start over"),
                                 tr("Forget all answers and solved challenges, of all lessons?"), QMessageBox::NoButton,
                                 window());
    asks->setAttribute(Qt::WA_DeleteOnClose);
    asks->setInformativeText(tr("This cannot be undone."));
    QPushButton* forget = asks->addButton(tr("Forget all"), QMessageBox::DestructiveRole);
    QPushButton* keep = asks->addButton(tr("Keep"), QMessageBox::RejectRole);
    asks->setDefaultButton(keep);
    asks->setEscapeButton(keep);
    connect(forget, &QPushButton::clicked, this, &PredictView::startOverRequested);
    asks->open();
}

} // namespace loopscope::ui
