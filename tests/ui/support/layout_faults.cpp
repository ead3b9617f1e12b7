#include "tests/ui/support/layout_faults.h"

#include "tests/ui/support/painted_words.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QApplication>
#include <QHelpEvent>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QScrollBar>
#include <QSplitter>
#include <QToolTip>

namespace loopscope::tests {
namespace {

constexpr double hair = 1.5; // what rounding may add

QString nameOf(const QWidget& widget)
{
    QString name = QString::fromLatin1(widget.metaObject()->className()).section(QStringLiteral("::"), -1);
    if (const auto* label = qobject_cast<const QLabel*>(&widget))
        name += QStringLiteral(" \"%1\"").arg(label->text().left(60));
    else if (const auto* button = qobject_cast<const QAbstractButton*>(&widget); button && !button->text().isEmpty())
        name += QStringLiteral(" \"%1\"").arg(button->text());
    else if (!widget.accessibleName().isEmpty())
        name += QStringLiteral(" \"%1\"").arg(widget.accessibleName());
    if (const QWidget* parent = widget.parentWidget(); parent && !widget.isWindow())
        name += QStringLiteral(" in ") + QString::fromLatin1(parent->metaObject()->className()).section(QStringLiteral("::"), -1);
    return name;
}

QString told(const QRectF& box)
{
    return QStringLiteral("%1,%2 %3x%4").arg(box.x(), 0, 'f', 0).arg(box.y(), 0, 'f', 0).arg(box.width(), 0, 'f', 0).arg(box.height(), 0, 'f', 0);
}

/// The area whose viewport this is; null for other widgets.
const QAbstractScrollArea* areaOf(const QWidget& widget)
{
    const auto* area = qobject_cast<const QAbstractScrollArea*>(widget.parentWidget());
    return area && area->viewport() == &widget ? area : nullptr;
}

bool scrolls(const QAbstractScrollArea* area, Qt::Orientation orientation)
{
    return area && (orientation == Qt::Vertical ? area->verticalScrollBar() : area->horizontalScrollBar())->maximum() > 0;
}

/// What a person is told who rests the pointer there.
QString toldOnHover(QWidget& widget, QPoint at)
{
    const QString nothing = QStringLiteral("·");
    const QPoint global = widget.mapToGlobal(at);
    QToolTip::showText(global, nothing, &widget);
    QHelpEvent event(QEvent::ToolTip, at, global);
    QApplication::sendEvent(&widget, &event);
    const QString told = QToolTip::text();
    return told == nothing ? QString() : told;
}

class Search {
public:
    Search(QWidget& window, const Language& language)
        : m_window(window)
        , m_language(language)
    {
    }

    QStringList faults()
    {
        QList<QWidget*> all{&m_window};
        for (QWidget* widget : m_window.findChildren<QWidget*>())
            if (widget->isVisible() && widget->window() == &m_window && !qobject_cast<QScrollBar*>(widget)
                && !qobject_cast<QSplitterHandle*>(widget))
                all += widget;
        for (QWidget* widget : all) {
            lookAtWords(*widget);
            lookAtSize(*widget);
            lookAtChildren(*widget);
        }
        QToolTip::hideText();
        return m_faults;
    }

private:
    void lookAtWords(QWidget& widget)
    {
        if (const auto* field = qobject_cast<QLineEdit*>(&widget); field && !field->text().isEmpty())
            return; // what is typed there scrolls
        const std::vector<PaintedWords> all = paintedBy(widget);
        const QAbstractScrollArea* area = areaOf(widget);
        for (std::size_t i = 0; i < all.size(); ++i) {
            const PaintedWords& words = all[i];
            // A name may run out of the stretch of time that is shown, as its bar does.
            const bool isSaid = m_language.speaksIn(words.text);
            if (area && !isSaid)
                continue;
            QRectF room = isSaid ? QRectF(widget.rect()) & words.clip : QRectF(widget.rect());
            if (scrolls(area, Qt::Vertical)) {
                room.setTop(-1e6);
                room.setBottom(1e6);
            }
            if (scrolls(area, Qt::Horizontal)) {
                room.setLeft(-1e6);
                room.setRight(1e6);
            }
            if (!room.adjusted(-hair, -2 * hair, hair, 2 * hair).contains(words.box))
                m_faults += QStringLiteral("“%1” at %2 reaches out of %3 of %4")
                                .arg(words.text, told(words.box), told(room), nameOf(widget));
            lookAtEnd(widget, words);
            for (std::size_t j = 0; j < i; ++j) {
                const QRectF both = (words.box & words.clip).adjusted(0, 2, 0, -2) & (all[j].box & all[j].clip).adjusted(0, 2, 0, -2);
                if (both.width() > hair && both.height() > hair && words.text != all[j].text)
                    m_faults += QStringLiteral("“%1” lies over “%2” in %3").arg(words.text, all[j].text, nameOf(widget));
            }
        }
    }

    // Words that break off, and nowhere go on.
    void lookAtEnd(QWidget& widget, const PaintedWords& words)
    {
        const qsizetype dots = words.text.indexOf(QChar(u'…'));
        const QString start = dots < 0 ? QString() : words.text.left(dots).trimmed();
        if (start.size() < 4 || !m_language.goesOnAfter(start))
            return;
        if (!toldOnHover(widget, words.box.center().toPoint()).contains(start))
            m_faults += QStringLiteral("“%1” breaks off in %2").arg(words.text, nameOf(widget));
    }

    void lookAtSize(QWidget& widget)
    {
        if (const auto* label = qobject_cast<QLabel*>(&widget); label && !label->text().isEmpty() && label->wordWrap()) {
            if (label->height() + hair < label->heightForWidth(label->width()))
                m_faults += QStringLiteral("%1 is %2 high and needs %3")
                                .arg(nameOf(widget)).arg(label->height()).arg(label->heightForWidth(label->width()));
        }
        const auto* button = qobject_cast<QAbstractButton*>(&widget);
        const bool hasWords = (button && !button->text().isEmpty() && !button->hasHeightForWidth()) || qobject_cast<QLabel*>(&widget)
            || qobject_cast<QAbstractSpinBox*>(&widget);
        if (hasWords && widget.width() + hair < widget.minimumSizeHint().width())
            m_faults += QStringLiteral("%1 is %2 wide and needs %3")
                            .arg(nameOf(widget)).arg(widget.width()).arg(widget.minimumSizeHint().width());
        if (const auto* field = qobject_cast<QLineEdit*>(&widget); field && qobject_cast<QAbstractSpinBox*>(field->parentWidget())
            && field->fontMetrics().horizontalAdvance(field->displayText()) > field->width())
            m_faults += QStringLiteral("“%1” is wider than its field").arg(field->displayText());
    }

    void lookAtChildren(QWidget& parent)
    {
        QList<QWidget*> children;
        for (QObject* object : parent.children())
            if (auto* child = qobject_cast<QWidget*>(object); child && child->isVisible() && !child->isWindow()
                && !qobject_cast<QSplitterHandle*>(child) && !child->size().isEmpty())
                children += child;
        const QAbstractScrollArea* area = areaOf(parent);
        for (qsizetype i = 0; i < children.size(); ++i) {
            QRect room = parent.rect().adjusted(-1, -1, 1, 1);
            if (scrolls(area, Qt::Vertical)) {
                room.setTop(-1'000'000);
                room.setBottom(1'000'000);
            }
            if (!room.contains(children[i]->geometry()))
                m_faults += QStringLiteral("%1 at %2 reaches out of %3")
                                .arg(nameOf(*children[i]), told(children[i]->geometry()), told(parent.rect()));
            for (qsizetype j = 0; j < i; ++j) {
                const QRect both = children[i]->geometry() & children[j]->geometry();
                const bool floats = isLaidOut(parent.layout(), children[i]) != isLaidOut(parent.layout(), children[j]);
                if (!floats && both.width() > 1 && both.height() > 1)
                    m_faults += QStringLiteral("%1 and %2 cover each other").arg(nameOf(*children[i]), nameOf(*children[j]));
            }
        }
    }

    // What no layout placed among those that one did lies over them on purpose.
    static bool isLaidOut(const QLayout* layout, const QWidget* widget)
    {
        for (int i = 0; layout && i < layout->count(); ++i) {
            QLayoutItem* item = layout->itemAt(i);
            if (item->widget() == widget || isLaidOut(item->layout(), widget))
                return true;
        }
        return false;
    }

    QWidget& m_window;
    const Language& m_language;
    QStringList m_faults;
};

} // namespace

QStringList layoutFaults(QWidget& window, const Language& language) { return Search(window, language).faults(); }

} // namespace loopscope::tests
