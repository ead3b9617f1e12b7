#include "tests/support/catch.h"
#include "tests/ui/support/layout_faults.h"
#include "tests/ui/support/painted_words.h"

#include "ui/controls.h"

#include <QCoreApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QPushButton>

// What looks for faults of a layout has to find them.

using namespace loopscope::tests;
using namespace loopscope::ui;

namespace {

struct Stage {
    Stage()
    {
        window.resize(300, 200);
        window.show();
    }
    QStringList faults() { return layoutFaults(window, language); }
    QString said(const char* words) { return QCoreApplication::translate("Stage", words); }

    loopscope::tests::Language language;
    QWidget window;
};

} // namespace

TEST_CASE("a label with room for its words is no fault", "[ui][layout]")
{
    Stage stage;
    auto* label = new QLabel(stage.said("The longer wait decides"), &stage.window);
    label->adjustSize();
    label->show();
    CHECK(stage.faults() == QStringList{});
    label->resize(label->width() - 20, label->height());
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("reaches out")));
}

TEST_CASE("wrapped words need their height", "[ui][layout]")
{
    Stage stage;
    auto* label = new QLabel(stage.said("The longer wait decides how long it takes"), &stage.window);
    label->setWordWrap(true);
    label->resize(90, 17);
    label->show();
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("17 high")));
    label->resize(90, label->heightForWidth(90));
    CHECK(stage.faults() == QStringList{});
}

TEST_CASE("words that break off are a fault, unless they are told on hover", "[ui][layout]")
{
    Stage stage;
    auto* label = new ElidedLabel(&stage.window);
    label->setFullText(stage.said("The longer wait decides"));
    label->resize(80, 20);
    label->show();
    CHECK(stage.faults() == QStringList{});
    label->setToolTip({});
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("breaks off")));
}

TEST_CASE("a name that breaks off and that nobody translates is no fault", "[ui][layout]")
{
    Stage stage;
    auto* label = new QLabel(QStringLiteral("fetch_a_very_lo…"), &stage.window);
    label->adjustSize();
    label->show();
    CHECK(stage.faults() == QStringList{});
}

TEST_CASE("a button that is squeezed, one outside and one over another are faults", "[ui][layout]")
{
    Stage stage;
    auto* button = new QPushButton(stage.said("Go there"), &stage.window);
    button->resize(button->sizeHint() - QSize(8, 0));
    button->show();
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("wide and needs")));
    button->resize(button->sizeHint());
    button->move(280, 20);
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("reaches out of 0,0 300x200")));
    button->move(20, 20);
    CHECK(stage.faults() == QStringList{});
    auto* other = new QPushButton(stage.said("Dismiss"), &stage.window);
    other->resize(other->sizeHint());
    other->move(40, 30);
    other->show();
    CHECK(stage.faults().join(u' ').contains(QStringLiteral("cover each other")));
}

TEST_CASE("what floats over a layout covers nothing by mistake", "[ui][layout]")
{
    Stage stage;
    auto* row = new QHBoxLayout(&stage.window);
    auto* below = new QLabel(&stage.window);
    row->addWidget(below);
    auto* card = new QLabel(stage.said("A card"), &stage.window);
    card->adjustSize();
    card->show();
    QCoreApplication::processEvents();
    CHECK(stage.faults() == QStringList{});
}

TEST_CASE("painted words are known with their place, and where they may be seen", "[ui][layout]")
{
    const auto words = paintedOn({200, 100}, [](QPainter& painter) {
        painter.translate(10, 20);
        painter.setClipRect(QRect(0, 0, 30, 30));
        painter.drawText(QPointF(5, 15), QStringLiteral("asleep until 1 s"));
    });
    REQUIRE(words.size() == 1);
    CHECK(words[0].text == QStringLiteral("asleep until 1 s"));
    CHECK(words[0].box.left() == Approx(15));
    CHECK(words[0].clip == QRectF(10, 20, 30, 30));
    CHECK(words[0].box.right() > words[0].clip.right());
}

TEST_CASE("the longer language keeps what stands for something else", "[ui][layout]")
{
    const LongLanguage language;
    const QString said = language.said(QStringLiteral("event %1 of <b>%2</b>"));
    CHECK(said.contains(QStringLiteral("%1")));
    CHECK(said.contains(QStringLiteral("<b>%2</b>")));
    CHECK_FALSE(said.contains(QStringLiteral("event")));
    CHECK(language.said(QStringLiteral("abcdef")).size() == 8);
    CHECK(QCoreApplication::translate("Anybody", "Export") == language.said(QStringLiteral("Export")));
}
