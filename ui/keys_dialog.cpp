#include "ui/keys_dialog.h"

#include "ui/style.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

constexpr int keyColumn = 170; // the same in every group, so that the words line up

struct Key {
    QString keys; ///< separated by bars
    QString does;
};

QGridLayout* makeGroup(const QString& title, const QList<Key>& keys, QWidget* parent)
{
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(14);
    grid->setVerticalSpacing(6);
    auto* heading = new QLabel(title.toUpper(), parent);
    setRole(heading, "section");
    grid->addWidget(heading, 0, 0, 1, 2);
    int row = 1;
    for (const Key& key : keys) {
        auto* caps = new QHBoxLayout;
        caps->setSpacing(4);
        const QStringList words = key.keys.split(u'|');
        for (const QString& word : words) {
            auto* cap = new QLabel(word, parent);
            setRole(cap, "key");
            caps->addWidget(cap);
        }
        caps->addStretch(1);
        grid->addLayout(caps, row, 0);
        auto* does = new QLabel(key.does, parent);
        grid->addWidget(does, row, 1);
        ++row;
    }
    grid->setRowStretch(row, 1);
    grid->setColumnStretch(1, 1);
    grid->setColumnMinimumWidth(0, keyColumn);
    return grid;
}

} // namespace

KeysDialog::KeysDialog(const Store& store, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys and settings"));
    auto* columns = new QHBoxLayout;
    columns->setSpacing(36);
    auto* left = new QVBoxLayout;
    left->setSpacing(18);
    left->addLayout(makeGroup(tr("Move in time"),
                              {{u"←|→"_s, tr("one step back, forward")},
                               {tr("Space"), tr("play and pause")},
                               {tr("Home|End"), tr("first event, last event")}},
                              this));
    left->addLayout(makeGroup(tr("Look closer"),
                              {{u"+|−|W|S"_s, tr("zoom at the pointer")},
                               {u"A|D"_s, tr("pan to the left, to the right")},
                               {u"0"_s, tr("show the whole run")}},
                              this));
    left->addLayout(makeGroup(tr("Choose and keep"),
                              {{u"1|…|9"_s, tr("variant")},
                               {u"C"_s, tr("compare")},
                               {u"/"_s, tr("search lessons")},
                               {u"G"_s, tr("glossary")},
                               {u"Ctrl+E"_s, tr("export a picture")},
                               {u"Ctrl+T"_s, tr("dark or light")},
                               {u"Ctrl+Z|Ctrl+Shift+Z"_s, tr("undo and redo changes of values")},
                               {u"?"_s, tr("this list")}},
                              this));
    auto* right = new QVBoxLayout;
    right->setSpacing(18);
    right->addLayout(makeGroup(tr("By mouse, on the timeline"),
                               {{tr("click"), tr("select a task, go to its event")},
                                {tr("double click"), tr("zoom to a bar, or show all")},
                                {tr("drag"), tr("pan")},
                                {tr("drag the ruler"), tr("move the playhead")},
                                {tr("wheel"), tr("scroll the lanes")},
                                {tr("Shift+wheel"), tr("pan")},
                                {tr("Ctrl+wheel"), tr("zoom, the pointer's time stays")}},
                               this));
    auto* settings = new QVBoxLayout;
    auto* heading = new QLabel(tr("Settings").toUpper(), this);
    setRole(heading, "section");
    auto* motion = new QCheckBox(tr("Reduce motion"), this);
    motion->setToolTip(tr("Playhead and chips jump from place to place"));
    motion->setChecked(store.reducesMotion());
    settings->addWidget(heading);
    settings->addWidget(motion);
    right->addLayout(settings);
    right->addStretch(1);
    columns->addLayout(left);
    columns->addLayout(right);

    auto* close = new QPushButton(tr("Close"), this);
    close->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(24, 22, 24, 18);
    column->setSpacing(18);
    column->addLayout(columns);
    column->addWidget(close, 0, Qt::AlignRight);
    column->setSizeConstraint(QLayout::SetFixedSize);
    connect(motion, &QCheckBox::toggled, this, &KeysDialog::reduceMotionRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
}

} // namespace loopscope::ui
