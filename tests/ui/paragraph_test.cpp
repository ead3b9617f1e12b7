#include "ui/paragraph.h"

#include "ui/marked_text.h"
#include "ui/style.h"

#include "tests/support/catch.h"

#include <QImage>

#include <vector>

using namespace loopscope;
using namespace loopscope::ui;

namespace {

/// As lessons and the window say things: plain, with code, with emphasis, in rows.
std::vector<QString> texts()
{
    return {
        QStringLiteral("One line."),
        QStringLiteral("save-2, save-3, save-5 and 6 more are still suspended; nobody else is ready."),
        richText("How long do three requests take together, and in which order do I get them?"),
        richText("`gather` takes several coroutines, makes each a task of its own, waits until all have ended and gives "
                 "you the list of their results. A `very_long_name_of_a_function(with, arguments)` does not break."),
        richText("The timer of `sleep(1.0)` is due, so *fetch-1* joins the ready queue behind `main`."),
        QStringLiteral("done within 2 s <span style=\"color:#7a8290\">— at first 4.5 s · in this run 2 s, which is &lt; 3 s</span>"),
        QStringLiteral("<b style=\"color:#2e9e5b\">2.1× faster</b> \u00A0 <span style=\"color:#7a8290\">because three waits "
                       "overlap, and <i>nothing</i> else changed</span>   "),
        QStringLiteral("<table cellspacing=\"0\" cellpadding=\"0\"><tr><td width=\"17\">✓</td><td>done within 2 s — at "
                       "first 4.5 s · now 2 s</td></tr><tr><td>○</td><td>b.example at least 2 s</td></tr></table>"),
        QStringLiteral("<p>First.</p><p>And <b>then</b> a second one, which needs more than one line at most widths.</p>"),
    };
}

void setUp(QLabel& label, const QString& text)
{
    label.setWordWrap(true);
    label.setAlignment(Qt::AlignTop | Qt::AlignLeft);
    label.setTextInteractionFlags(Qt::TextSelectableByMouse);
    label.setContentsMargins(3, 4, 5, 6);
    label.setFont(wordFont(TextSize::Normal));
    label.setText(text);
}

/// The same words in both.
struct Pair {
    explicit Pair(const QString& text)
    {
        setUp(label, text);
        setUp(paragraph, text);
    }
    QLabel label;
    Paragraph paragraph;
};

QImage painted(QWidget& widget, int width, int height)
{
    widget.resize(width, height);
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::white);
    widget.render(&image, {}, {}, QWidget::RenderFlags());
    return image;
}

} // namespace

TEST_CASE("a paragraph is as high as a label with the same words, at every width and in every order of asking")
{
    const std::vector<int> widths{285, 267, 272, 280, 279, 140, 600, 61, 285};
    for (const QString& text : texts()) {
        INFO(text.toStdString());
        Pair both(text);
        for (const int width : widths) {
            INFO("at " << width);
            CHECK(both.paragraph.heightForWidth(width) == both.label.heightForWidth(width));
        }
    }
}

TEST_CASE("a paragraph paints what a label paints")
{
    for (const QString& text : texts()) {
        INFO(text.toStdString());
        Pair both(text);
        const int height = both.label.heightForWidth(280);
        CHECK(painted(both.paragraph, 280, height) == painted(both.label, 280, height));
        both.paragraph.setEnabled(false);
        both.label.setEnabled(false);
        CHECK(painted(both.paragraph, 280, height + 20) == painted(both.label, 280, height + 20));
    }
}

TEST_CASE("a paragraph paints the same whichever widths it was asked about before")
{
    for (const QString& text : texts())
        for (const int asked : {60, 200, 900}) {
            INFO(text.toStdString() << " asked at " << asked);
            Pair both(text);
            both.paragraph.heightForWidth(asked);
            const int height = both.label.heightForWidth(280);
            CHECK(painted(both.paragraph, 280, height) == painted(both.label, 280, height));
        }
}

TEST_CASE("a paragraph with other words, or in another type, is measured anew")
{
    Paragraph paragraph;
    setUp(paragraph, QStringLiteral("one line"));
    const int one = paragraph.heightForWidth(200);
    paragraph.setText(QStringLiteral("<p>several lines of <code>words</code> that do not stand beside each other at this width</p>"));
    const int several = paragraph.heightForWidth(200);
    CHECK(several > one);
    QFont large = paragraph.font();
    large.setPixelSize(2 * QFontInfo(large).pixelSize());
    paragraph.setFont(large);
    CHECK(paragraph.heightForWidth(200) > several);
    paragraph.setFont(wordFont(TextSize::Normal));
    CHECK(paragraph.heightForWidth(200) == several);
}

TEST_CASE("a paragraph hears of each of its setters, whatever it was asked before")
{
    const QString text = QStringLiteral("<b>Several words</b> that do not stand beside each other at this width");
    const std::vector<void (*)(QLabel&)> setters{
        [](QLabel& label) { label.setTextFormat(Qt::PlainText); },
        [](QLabel& label) { label.setAlignment(Qt::AlignRight | Qt::AlignBottom); },
        [](QLabel& label) { label.setMargin(7); },
        [](QLabel& label) { label.setLayoutDirection(Qt::RightToLeft); },
        [](QLabel& label) { label.setTextInteractionFlags(Qt::NoTextInteraction); },
        [](QLabel& label) { label.setIndent(9); },
    };
    for (std::size_t i = 0; i < setters.size(); ++i) {
        INFO("setter " << i);
        Pair both(text);
        both.paragraph.heightForWidth(200);
        painted(both.paragraph, 200, 120);
        setters[i](both.label);
        setters[i](both.paragraph);
        const int height = both.label.heightForWidth(200);
        CHECK(both.paragraph.heightForWidth(200) == height);
        CHECK(painted(both.paragraph, 200, height) == painted(both.label, 200, height));
    }
}

TEST_CASE("a paragraph keeps the least height that is set, and gives it back, also where a label does its work")
{
    for (const char* text : {"<b>one</b>", "<a href=\"x\">one</a>"}) {
        INFO(text);
        Paragraph paragraph;
        setUp(paragraph, QString::fromUtf8(text));
        const int low = paragraph.heightForWidth(200);
        paragraph.setMinimumHeight(low + 30);
        CHECK(paragraph.heightForWidth(200) == low + 30);
        paragraph.setMinimumHeight(0);
        CHECK(paragraph.heightForWidth(200) == low);
    }
}

TEST_CASE("words with marks are read as the window writes them")
{
    const std::optional<MarkedText> read = markedText(richText("Call `sleep(1 < 2)` & wait."));
    REQUIRE(read);
    CHECK(read->text == "Call sleep(1 < 2) & wait.");
    REQUIRE(read->marks.size() == 1);
    CHECK(read->marks[0].start == 5);
    CHECK(read->marks[0].length == 12);
    CHECK(read->marks[0].format.font().pixelSize() == 12);
    CHECK(read->lineHeight == 20);

    const std::optional<MarkedText> colored =
        markedText(QStringLiteral(" a\n <span style=\"color: #ff0000; font-weight: 600\">b <b>c</b></span> "));
    REQUIRE(colored);
    CHECK(colored->text == "a b c");
    REQUIRE(colored->marks.size() == 2);
    CHECK(colored->marks[0].format.foreground().color() == QColor(255, 0, 0));
    CHECK(colored->marks[0].format.fontWeight() == 600);
    CHECK(colored->marks[1].format.foreground().color() == QColor(255, 0, 0));
    CHECK(colored->marks[1].format.fontWeight() == QFont::Bold);
    CHECK(colored->lineHeight == 0);
}

TEST_CASE("what the reader of words with marks does not know is left to others, and not read wrongly")
{
    for (const char* rich : {"<p>one</p><p>two</p>", "before<p style=\"line-height: 20px; -qt-line-height-type: fixed; margin: 0px\">in</p>",
                             "<p style=\"line-height: 20px; -qt-line-height-type: fixed; margin: 0px\">in</p>behind",
                             "<p style=\"line-height: 20px; -qt-line-height-type: fixed; margin: 0px\">in</p><b>behind</b>",
                             "<p style=\"line-height: 20px; -qt-line-height-type: fixed\">with margins</p>",
                             "<p align=\"right\" style=\"line-height: 20px; -qt-line-height-type: fixed; margin: 0px\">a</p>",
                             "<table><tr><td>a</td></tr></table>", "<a href=\"x\">a</a>", "a<br/>b", "<code>alone</code>",
                             "<span style=\"color: nothing\">a</span>", "<span style=\"color\">a</span>", "<span class=\"c\">a</span>",
                             "<b>not closed", "not opened</b>", "&nbsp;", "<style>b { color: red; }</style><b>a</b>", "a < b",
                             "<p style=\"line-height: tall; -qt-line-height-type: fixed\">a</p>",
                             "<p style=\"margin: 4px; line-height: 20px; -qt-line-height-type: fixed\">a</p>", "<!-- a -->b"}) {
        INFO(rich);
        CHECK_FALSE(markedText(QString::fromUtf8(rich)));
    }
}
