#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/compare_view.h"
#include "ui/glossary_dialog.h"
#include "ui/output_view.h"

#include <QAbstractButton>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QScrollArea>
#include <QStyle>
#include <QStyleOptionComboBox>
#include <QSet>
#include <QTabBar>
#include <QTabWidget>
#include <QTranslator>

// Other languages need more room than English: German a third more. A translation that is English
// with accents and a tail shows two things: which words nobody can translate (they have no accent),
// and which are cut when they grow.

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

using namespace Qt::StringLiterals;

/// Vowels with accents, and a third more letters at the end. Marks for values (%1, %n) and tags stay.
class LongerEnglish final : public QTranslator {
public:
    bool isEmpty() const override { return false; }

    QString translate(const char*, const char* source, const char*, int) const override
    {
        QString text = QString::fromUtf8(source);
        const qsizetype letters = text.size();
        bool inTag = false;
        for (QChar& letter : text) {
            inTag = letter == u'<' || (inTag && letter != u'>');
            if (inTag)
                continue;
            switch (letter.unicode()) {
            case u'a': letter = u'á'; break;
            case u'e': letter = u'é'; break;
            case u'o': letter = u'ö'; break;
            case u'u': letter = u'ü'; break;
            default: break;
            }
        }
        return text + QString((letters + 2) / 3, u'·');
    }
};

struct Translated {
    Translated() { QCoreApplication::installTranslator(&translator); }
    ~Translated() { QCoreApplication::removeTranslator(&translator); }
    LongerEnglish translator;
};

/// Whether a widget, or the room it is in, shows less of its text than there is on purpose: it ends
/// in an ellipsis and tells all of it on hovering, or it scrolls.
bool mayBeCut(const QWidget& widget)
{
    return widget.property("elides").toBool();
}

/// What is cut of a widget's words, or nothing.
QString cutIn(const QWidget& widget)
{
    if (mayBeCut(widget))
        return {};
    const auto say = [&](const QString& text, int has, int needs) {
        return u"%1 \"%2\" has %3 px and needs %4"_s
            .arg(QString::fromLatin1(widget.metaObject()->className()), text.left(60)).arg(has).arg(needs);
    };
    if (const auto* label = qobject_cast<const QLabel*>(&widget); label && !label->text().isEmpty()) {
        if (label->wordWrap()) {
            const int needs = label->heightForWidth(label->width());
            return label->height() + 1 < needs ? say(label->text(), label->height(), needs) : QString();
        }
        const int needs = label->minimumSizeHint().width();
        return label->width() < needs ? say(label->text(), label->width(), needs) : QString();
    }
    if (const auto* button = qobject_cast<const QAbstractButton*>(&widget); button && !button->text().isEmpty()) {
        const int needs = button->sizeHint().width();
        return button->width() < needs ? say(button->text(), button->width(), needs) : QString();
    }
    if (const auto* box = qobject_cast<const QComboBox*>(&widget)) {
        QStyleOptionComboBox option;
        option.initFrom(box);
        option.editable = false;
        option.subControls = QStyle::SC_All;
        const int has = box->style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, box).width();
        const int needs = box->fontMetrics().horizontalAdvance(box->currentText());
        return has < needs ? say(box->currentText(), has, needs) : QString();
    }
    if (const auto* bar = qobject_cast<const QTabBar*>(&widget); bar && bar->count() > 0) {
        const int needs = bar->tabRect(bar->count() - 1).right();
        for (int i = 0; i < bar->count(); ++i) {
            const int word = bar->fontMetrics().horizontalAdvance(bar->tabText(i));
            if (bar->tabRect(i).width() < word)
                return say(bar->tabText(i), bar->tabRect(i).width(), word);
        }
        return bar->parentWidget() && bar->parentWidget()->width() < needs
            ? say(bar->tabText(bar->count() - 1), bar->parentWidget()->width(), needs)
            : QString();
    }
    if (const auto* line = qobject_cast<const QLineEdit*>(&widget); line && !line->placeholderText().isEmpty()) {
        const int needs = line->fontMetrics().horizontalAdvance(line->placeholderText());
        const int has = line->width() - 8;
        return has < needs ? say(line->placeholderText(), has, needs) : QString();
    }
    return {};
}

QStringList cutTexts(const QWidget& window)
{
    QStringList cut;
    for (const QWidget* widget : window.findChildren<const QWidget*>())
        if (widget->isVisible() && widget->window() == window.window())
            if (const QString what = cutIn(*widget); !what.isEmpty())
                cut += what;
    return cut;
}

/// Every tab of the window in turn, in both modes.
QStringList cutTextsEverywhere(Window& w)
{
    QStringList cut;
    for (QTabWidget* tabs : w.window.findChildren<QTabWidget*>())
        for (int i = 0; i < tabs->count(); ++i) {
            tabs->setCurrentIndex(i);
            QTest::qWait(1);
            cut += cutTexts(w.window);
        }
    w.press(Qt::Key_C);
    QTest::qWait(1);
    cut += cutTexts(w.window);
    w.press(Qt::Key_1);
    cut.removeDuplicates();
    return cut;
}

/// What a lesson says is its author's to translate, not the window's.
QSet<QString> wordsOfLessons()
{
    QSet<QString> words;
    const auto add = [&](const std::string& text) { words.insert(QString::fromStdString(text)); };
    for (const Lesson& lesson : tests::testLessons()) {
        for (const Variant& variant : lesson.variants) {
            add(variant.title);
            add(variant.summary);
        }
        for (const Parameter& parameter : lesson.parameters) {
            add(parameter.label);
            if (const auto* choices = std::get_if<Choices>(&parameter.range))
                for (const std::string& choice : choices->words)
                    add(choice);
        }
    }
    return words;
}

} // namespace

TEST_CASE("a translation a third longer than English is cut nowhere in the window", "[ui][translation]")
{
    const QSize size = GENERATE(QSize(1440, 900), QSize(1100, 700));
    const Translated translated;
    Window w;
    w.window.resize(size);
    QTest::qWait(1);
    const QStringList cut = cutTextsEverywhere(w);
    CAPTURE(size.width());
    CHECK(cut.join(u'\n').toStdString() == "");
}

TEST_CASE("a translation a third longer than English is cut in no dialog", "[ui][translation]")
{
    const Translated translated;
    Window w;
    const auto openAndLook = [&](auto open) {
        open();
        QTest::qWait(1);
        auto* dialog = qobject_cast<QDialog*>(QApplication::activeModalWidget());
        REQUIRE(dialog);
        const QStringList cut = cutTexts(*dialog);
        CHECK(cut.join(u'\n').toStdString() == "");
        dialog->reject();
        QTest::qWait(1);
    };
    openAndLook([&] { w.window.openKeys(); });
    openAndLook([&] { w.window.openGlossary(); });
    openAndLook([&] { w.window.openExport(); });
}

TEST_CASE("every word that the window says can be translated", "[ui][translation]")
{
    const Translated translated;
    Window w;
    const auto isEnglish = [&](const QString& text) {
        return !text.isEmpty() && !text.contains(u'·') && !wordsOfLessons().contains(text);
    };
    QStringList plain;
    for (const QWidget* widget : w.window.findChildren<QWidget*>()) {
        const auto* button = qobject_cast<const QAbstractButton*>(widget);
        for (const QString& text : {button ? widget->accessibleName() : QString(), widget->toolTip()})
            if (isEnglish(text))
                plain += text;
    }
    CHECK(plain.join(u'\n').toStdString() == "");
}
