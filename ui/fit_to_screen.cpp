#include "ui/fit_to_screen.h"

#include <QApplication>
#include <QDialog>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace loopscope::ui {
namespace {

bool fitsIn(QSize size, QSize room) { return size.width() <= room.width() && size.height() <= room.height(); }

} // namespace

QSize roomOnScreen(const QWidget& widget)
{
    constexpr QSize frame(16, 48);
    return widget.screen()->availableGeometry().size() - frame;
}

void fitDialog(QDialog& dialog, QSize room)
{
    dialog.ensurePolished();
    QLayout* content = dialog.layout();
    const bool fixed = content->sizeConstraint() == QLayout::SetFixedSize;
    const QSize least = (fixed ? content->totalSizeHint() : content->totalMinimumSize()).expandedTo(dialog.minimumSize());
    if (fitsIn(least, room)) {
        if (!fixed)
            dialog.resize(dialog.size().boundedTo(room));
        return;
    }
    content->setSizeConstraint(QLayout::SetNoConstraint);
    dialog.setMinimumSize(0, 0);
    dialog.setMaximumSize(QWIDGETSIZE_MAX, QWIDGETSIZE_MAX);

    auto* column = qobject_cast<QVBoxLayout*>(content);
    QLayoutItem* lowest = column && column->count() > 1 ? column->takeAt(column->count() - 1) : nullptr;
    if (lowest && lowest->layout())
        lowest->layout()->setParent(nullptr);
    const QMargins margins = content->contentsMargins();
    auto* page = new QWidget(&dialog); // of the same window, or the order of Tab would be another
    page->setLayout(content); // leaves the dialog without one
    auto* scroll = new QScrollArea(&dialog);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    page->setAutoFillBackground(false);
    // A scroll area shows by itself only what Tab comes to from within.
    QObject::connect(qApp, &QApplication::focusChanged, scroll, [scroll, page](QWidget*, QWidget* now) {
        if (now && page->isAncestorOf(now))
            scroll->ensureWidgetVisible(now);
    });

    auto* whole = new QVBoxLayout(&dialog);
    whole->setContentsMargins(0, 0, 0, lowest ? margins.bottom() : 0);
    whole->addWidget(scroll, 1);
    if (lowest) {
        content->setContentsMargins(margins.left(), margins.top(), margins.right(), 0);
        auto* row = new QVBoxLayout;
        row->setContentsMargins(margins.left(), 0, margins.right(), 0);
        if (QLayout* buttons = lowest->layout())
            row->addLayout(buttons);
        else {
            row->addWidget(lowest->widget(), 0, lowest->alignment());
            delete lowest;
        }
        whole->addLayout(row);
    }
    const QSize bars(scroll->verticalScrollBar()->sizeHint().width(), 0);
    dialog.resize((least + bars).boundedTo(room));
}

void fitOver(const QWidget& window, QDialog& dialog)
{
    // What is no larger than the window is where the window is.
    fitDialog(dialog, roomOnScreen(window).expandedTo(window.size()));
}

} // namespace loopscope::ui
