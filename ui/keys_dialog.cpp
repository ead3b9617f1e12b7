#include "ui/keys_dialog.h"

#include "ui/controls.h"
#include "ui/keys.h"
#include "ui/style.h"
#include "ui/tick_box.h"
#include "ui/text_scroll.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int keyColumn = 140;  // the same in every group, so that the words line up
constexpr int wordColumn = 172; // three such pairs lie side by side in the narrowest window

struct Line {
    QStringList caps;
    QString does;
};

/// The lines of one group: neighbours that say the same are one.
QList<Line> linesOf(KeyGroup group)
{
    QList<Line> lines;
    for (const Shortcut& shortcut : shortcuts()) {
        if (shortcut.group != group)
            continue;
        if (!lines.isEmpty() && lines.last().does == shortcut.words)
            lines.last().caps += capsOf(shortcut);
        else
            lines += {capsOf(shortcut), shortcut.words};
    }
    return lines;
}

QList<Line> linesOfGestures()
{
    QList<Line> lines;
    for (const Gesture& gesture : gestures())
        lines += {{gesture.hand}, gesture.words};
    return lines;
}

/// Caps side by side, in as many lines as their column needs.
QVBoxLayout* makeCaps(const QStringList& words, QWidget* parent)
{
    constexpr int gap = 4;
    auto* lines = new QVBoxLayout;
    lines->setSpacing(gap);
    QHBoxLayout* line = nullptr;
    int taken = 0;
    for (const QString& word : words) {
        auto* cap = new QLabel(word, parent);
        setRole(cap, "key");
        cap->ensurePolished();
        const int width = cap->sizeHint().width() + gap;
        if (!line || taken + width > keyColumn + gap) {
            line = new QHBoxLayout;
            line->setSpacing(gap);
            line->addStretch(1);
            lines->addLayout(line);
            taken = 0;
        }
        line->insertWidget(line->count() - 1, cap);
        taken += width;
    }
    return lines;
}

QGridLayout* makeGroup(const QString& title, const QList<Line>& lines, QWidget* parent)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    grid->setVerticalSpacing(6);
    auto* heading = new QLabel(title.toUpper(), parent);
    setRole(heading, "section");
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const Line& line : lines) {
        grid->addLayout(makeCaps(line.caps, parent), row, 0, Qt::AlignTop);
        auto* does = new QLabel(line.does, parent);
        does->setWordWrap(true);
        does->setFixedWidth(wordColumn);
        does->setMinimumHeight(does->heightForWidth(wordColumn));
        grid->addWidget(does, row, 1, Qt::AlignVCenter);
        ++row;
    }
    grid->setRowStretch(row, 1);
    grid->setColumnMinimumWidth(0, keyColumn);
    return grid;
}

} // namespace

KeysDialog::KeysDialog(const Store& store, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys and settings"));
    auto* page = new QWidget(this);
    auto* columns = new QHBoxLayout(page);
    columns->setContentsMargins(0, 0, 0, 0);
    columns->setSpacing(18);
    auto* left = new QVBoxLayout;
    left->setSpacing(18);
    for (const KeyGroup group : {KeyGroup::Time, KeyGroup::Look, KeyGroup::Follow})
        left->addLayout(makeGroup(titleOf(group), linesOf(group), this));
    auto* right = new QVBoxLayout;
    right->setSpacing(18);
    right->addLayout(makeGroup(tr("By mouse, on the timeline"), linesOfGestures(), this));
    right->addLayout(makeGroup(titleOf(KeyGroup::Keep), linesOf(KeyGroup::Keep), this));
    auto* middle = new QVBoxLayout;
    middle->setSpacing(18);
    for (const KeyGroup group : {KeyGroup::Choose, KeyGroup::Mark})
        middle->addLayout(makeGroup(titleOf(group), linesOf(group), this));
    auto* settings = new QVBoxLayout;
    auto* heading = new QLabel(tr("Settings").toUpper(), this);
    setRole(heading, "section");
    auto* motion = new TickBox(tr("Reduce motion"), this);
    motion->setToolTip(tr("Playhead and chips jump from place to place"));
    motion->setChecked(store.reducesMotion());
    settings->addWidget(heading);
    settings->addWidget(motion);
    middle->addLayout(settings);
    for (QVBoxLayout* group : {left, middle, right})
        group->addStretch(1);
    columns->addLayout(left);
    columns->addLayout(middle);
    columns->addLayout(right);

    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 14);
    column->setSpacing(18);
    auto* scroll = new TextScroll(tr("Keys"), this);
    scroll->setWidget(page);
    column->addWidget(scroll, 1);
    column->addWidget(close, 0, Qt::AlignRight);
    // As large as the list, but never larger than the window over which it lies.
    ensurePolished();
    constexpr int beside = 11; // of the scroll bar and the frame
    scroll->setMinimumWidth(page->sizeHint().width() + beside);
    const int above = column->totalSizeHint().height() - scroll->sizeHint().height();
    const int whole = page->sizeHint().height() + above + 4;
    resize(column->totalMinimumSize().width(), parent ? std::min(whole, parent->window()->height() - 24) : whole);
    connect(motion, &QCheckBox::toggled, this, &KeysDialog::reduceMotionRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    close->setFocus(); // Space must not change a setting that nobody looks at
}

} // namespace loopscope::ui
