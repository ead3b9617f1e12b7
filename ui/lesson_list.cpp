#include "ui/lesson_list.h"

#include "ui/lesson_model.h"
#include "ui/listing.h"
#include "ui/paragraph.h"
#include "ui/style.h"
#include "ui/text_scroll.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QScrollBar>
#include <QSplitter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int chapterHeight = 30;
constexpr int lessonHeight = 28;
constexpr int margin = 10;
constexpr int titleLeft = 26; // behind the mark
constexpr int titleRight = 2;
constexpr int besideTitle = 2 * margin + titleLeft + titleRight;

class LessonDelegate final : public QStyledItemDelegate {
public:
    LessonDelegate(const Store& store, QListView* list)
        : QStyledItemDelegate(list)
        , m_store(store)
        , m_list(list)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex& index) const override
    {
        if (index.data(IsChapterRole).toBool())
            return {120, chapterHeight};
        const QFontMetricsF metrics(wordFont(TextSize::Normal));
        const bool fits = metrics.horizontalAdvance(index.data(Qt::DisplayRole).toString()) <= m_list->viewport()->width() - besideTitle;
        return {120, fits ? lessonHeight : lessonHeight + static_cast<int>(metrics.height())};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        if (index.data(IsChapterRole).toBool())
            paintChapter(*painter, option.rect, index);
        else
            paintLesson(*painter, option, index);
        painter->restore();
    }

private:
    void paintChapter(QPainter& painter, const QRectF& row, const QModelIndex& index) const
    {
        const QFont font = wordFont(TextSize::Small, QFont::DemiBold);
        const QRectF words = row.adjusted(margin + 8, 6, -margin, 0);
        painter.setFont(font);
        painter.setPen(themeOf(m_store).textFaint);
        const QString title = u"%1  %2"_s.arg(index.data(NumberRole).toInt())
                                  .arg(index.data(Qt::DisplayRole).toString().toUpper());
        painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                         QFontMetricsF(font).elidedText(title, Qt::ElideRight, words.width()));
    }

    void paintLesson(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
    {
        const Theme& look = themeOf(m_store);
        const QRectF row = QRectF(option.rect).adjusted(margin, 1, -margin, -1);
        const bool open = index.data(LessonIndexRole).toInt() == static_cast<int>(m_store.lessonIndex());
        if (open || option.state & QStyle::State_MouseOver) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(open ? look.selected : look.hover);
            painter.drawRoundedRect(row, 6, 6);
        }
        if (option.state & QStyle::State_HasFocus) {
            painter.setPen(look.accent);
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(row.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
        }
        const QPointF dot(row.left() + 14, row.top() + lessonHeight / 2.0 - 1);
        if (open) {
            painter.setPen(Qt::NoPen);
            painter.setBrush(look.playhead);
            painter.drawRoundedRect(QRectF(option.rect.left() + 4, row.top() + 4, 3, row.height() - 8), 1.5, 1.5);
            if (!index.data(SolvedRole).toBool())
                painter.drawEllipse(dot, 4, 4);
        }
        if (index.data(SolvedRole).toBool()) {
            painter.setPen(QPen(look.ok, 1.8, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
            painter.setBrush(Qt::NoBrush);
            painter.drawPolyline(QPolygonF{{dot.x() - 4, dot.y()}, {dot.x() - 1, dot.y() + 3}, {dot.x() + 5, dot.y() - 4}});
        } else if (!open) {
            painter.setPen(QPen(look.textFaint, 1.2));
            painter.setBrush(Qt::NoBrush);
            painter.drawEllipse(dot, 3.4, 3.4);
        }
        QFont font = wordFont(TextSize::Normal, open ? QFont::DemiBold : QFont::Normal);
        const QRectF words(row.left() + titleLeft, row.top(), row.width() - titleLeft - titleRight, row.height());
        const QString title = index.data(Qt::DisplayRole).toString();
        const bool twoLines = row.height() > lessonHeight;
        if (open && !twoLines && QFontMetricsF(font).horizontalAdvance(title) > words.width())
            font = wordFont(TextSize::Normal); // the open one is no higher than before: nothing moves
        painter.setFont(font);
        painter.setPen(open ? look.textStrong : look.text);
        if (twoLines)
            painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft | Qt::TextWordWrap, title);
        else
            painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft,
                             QFontMetricsF(font).elidedText(title, Qt::ElideRight, words.width()));
    }

    const Store& m_store;
    QListView* m_list;
};

/// Up and down walk through the lessons, Enter opens one; the other keys belong to the window.
class LessonListView final : public QListView {
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent* event) override
    {
        switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
        case Qt::Key_PageUp:
        case Qt::Key_PageDown:
        case Qt::Key_Return:
        case Qt::Key_Enter:
            QListView::keyPressEvent(event);
            break;
        default:
            event->ignore();
        }
    }
};

QLabel* makeParagraph(const char* role, QWidget* parent)
{
    auto* label = new Paragraph(parent);
    setRole(label, role);
    label->setTextFormat(Qt::RichText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

} // namespace

LessonList::LessonList(const Store& store, QWidget* parent)
    : QWidget(parent)
    , m_store(store)
    , m_search(new QLineEdit(this))
    , m_filter(new LessonFilter(this))
    , m_list(new LessonListView(this))
    , m_nothing(new QLabel(tr("No lesson has these words.\nTry another one."), this))
{
    setRole(this, "side");
    setMinimumWidth(180);
    m_search->setPlaceholderText(tr("Search lessons"));
    m_search->setAccessibleName(tr("Search lessons"));
    m_search->setClearButtonEnabled(true);
    m_search->setFocusPolicy(Qt::ClickFocus);
    m_filter->setSourceModel(new LessonModel(m_store, this));
    m_list->setModel(m_filter);
    m_list->setItemDelegate(new LessonDelegate(m_store, m_list));
    m_list->setAccessibleName(tr("Lessons"));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setResizeMode(QListView::Adjust); // a narrow list gives long titles a second line
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::TabFocus);
    m_nothing->setAlignment(Qt::AlignHCenter | Qt::AlignTop);
    setRole(m_nothing, "muted");
    m_nothing->hide();

    auto* about = new QWidget(this);
    auto* section = new QLabel(tr("THIS LESSON"), about);
    setRole(section, "section");
    m_question = makeParagraph("heading", about);
    m_needs = makeParagraph("small", about);
    m_text = makeParagraph("muted", about);
    m_takeaway = makeParagraph("plain", about);
    auto* aboutColumn = new QVBoxLayout(about);
    aboutColumn->setContentsMargins(18, 14, 14, 14);
    aboutColumn->setSpacing(8);
    aboutColumn->addWidget(section);
    aboutColumn->addWidget(m_question);
    aboutColumn->addWidget(m_needs);
    aboutColumn->addWidget(m_text);
    aboutColumn->addWidget(m_takeaway);
    aboutColumn->addStretch(1);
    auto* aboutScroll = new TextScroll(tr("About this lesson"), this);
    aboutScroll->setWidget(about);

    auto* upper = new QWidget(this);
    auto* upperColumn = new QVBoxLayout(upper);
    upperColumn->setContentsMargins(0, 0, 0, 0);
    upperColumn->setSpacing(4);
    auto* searchRow = new QHBoxLayout;
    searchRow->setContentsMargins(14, 14, 14, 2);
    searchRow->addWidget(m_search);
    upperColumn->addLayout(searchRow);
    upperColumn->addWidget(m_list, 1);
    upperColumn->addWidget(m_nothing, 1);

    auto* split = new QSplitter(Qt::Vertical, this);
    split->setHandleWidth(1);
    split->addWidget(upper);
    split->addWidget(aboutScroll);
    split->setStretchFactor(0, 2); // a low window takes from both
    split->setStretchFactor(1, 1);
    // A short list leaves its room to the text; a long one takes two thirds.
    const int rows = m_filter->rowCount();
    split->setSizes({std::clamp(70 + rows * chapterHeight, 170, 560), 300});
    split->setChildrenCollapsible(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(split);

    const auto open = [this](const QModelIndex& index) {
        const int lesson = index.data(LessonIndexRole).toInt();
        if (lesson >= 0)
            Q_EMIT lessonRequested(static_cast<std::size_t>(lesson));
    };
    connect(m_list, &QListView::clicked, this, open);
    connect(m_list, &QListView::activated, this, open);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& search) {
        m_filter->setSearch(search);
        const bool found = m_filter->rowCount() > 0;
        m_list->setVisible(found);
        m_nothing->setVisible(!found);
    });
    connect(m_search, &QLineEdit::returnPressed, this, [this, open] {
        for (int row = 0; row < m_filter->rowCount(); ++row)
            if (const QModelIndex index = m_filter->index(row, 0); !index.data(IsChapterRole).toBool()) {
                open(index);
                return;
            }
    });
    connect(&m_store, &Store::lessonChanged, this, &LessonList::refresh);
    connect(&m_store, &Store::progressChanged, this, &LessonList::refresh);
    connect(&m_store, &Store::themeChanged, m_list->viewport(), qOverload<>(&QWidget::update));
    connect(&m_store, &Store::runChanged, this, &LessonList::refreshTakeaway);
    connect(&m_store, &Store::stepChanged, this, &LessonList::refreshTakeaway);
    refresh();
}

void LessonList::refresh()
{
    const Lesson& lesson = m_store.lesson();
    m_question->setText(richText(lesson.question));
    m_text->setText(richText(lesson.versions.empty() ? lesson.text : lesson.text + " " + lesson.versions));
    m_takeaway->setText(richText(lesson.takeaway));
    QStringList before;
    for (const Lesson* needed : missing_before(m_store.lessons(), lesson, m_store.progress()))
        before += tr("“%1”").arg(QString::fromStdString(needed->title));
    m_needs->setText(richText(tr("Builds on %1.").arg(listed(before)).toStdString()));
    m_needs->setVisible(!before.empty());
    refreshTakeaway();
    m_list->viewport()->update();
}

// The sentence to take home is the answer: it waits until the run has been seen.
void LessonList::refreshTakeaway()
{
    m_takeaway->setVisible(m_store.mode() == Mode::Compare || m_store.reached() >= m_store.trace().size());
}

} // namespace loopscope::ui
