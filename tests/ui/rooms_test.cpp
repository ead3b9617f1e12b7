#include "tests/ui/support/course_window.h"

#include "ui/before_button.h"
#include "ui/code_lines_delegate.h"
#include "ui/glossary_dialog.h"
#include "ui/just_now.h"
#include "ui/keys_dialog.h"
#include "ui/loop_view.h"
#include "ui/marks_buttons.h"
#include "ui/notice.h"
#include "ui/predictions.h"
#include "ui/puzzle_dialog.h"
#include "ui/statistics_view.h"
#include "ui/style.h"
#include "ui/task_stats_model.h"
#include "ui/tick_box.h"
#include "ui/transport_bar.h"

#include <QHeaderView>
#include <QImage>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPushButton>
#include <QTabWidget>
#include <QTableView>
#include <QTableWidget>

// The rooms of the window: who gives way to whom, and what small signs say.

namespace loopscope::tests {
namespace {

using namespace ui;
using namespace Qt::StringLiterals;

QImage picture(Glyph glyph)
{
    return glyphIcon(glyph, Qt::black, Qt::gray).pixmap(QSize(32, 32)).toImage();
}

QImage written(const QString& text, const QString& atSecond = {})
{
    const QFont font = codeFont(TextSize::Normal);
    QImage image(64, 24, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    painter.setFont(font);
    painter.drawText(QPointF(4, 18), text);
    if (!atSecond.isEmpty())
        painter.drawText(QPointF(4 + QFontMetricsF(font).horizontalAdvance(text), 18), atSecond);
    return image;
}

TEST_CASE("a notice lies over the window, says by a sign what it is, and moves nothing", "[ui][rooms]")
{
    CourseWindow w;
    auto* notice = w.window.findChild<Notice*>();
    REQUIRE(notice != nullptr);
    const QRect timeline = w.window.timeline().geometry();
    const auto sign = [&] { return notice->findChildren<QLabel*>().front()->text(); };
    w.store.report(u"Saved as /home/ada/a.svg"_s);
    CourseWindow::settle();
    CHECK(notice->isVisible());
    CHECK(w.window.timeline().geometry() == timeline);
    const auto place = [&](QWidget& widget) { return QRect(widget.mapTo(&w.window, QPoint()), widget.size()); };
    for (QWidget* covered : w.window.timeline().findChildren<QWidget*>()) // all of it, or nothing
        if (covered->isVisible() && covered->findChildren<QWidget*>().isEmpty() && covered != notice)
            CHECK((!place(*notice).intersects(place(*covered)) || place(*notice).contains(place(*covered))));
    const QString good = sign();
    w.store.reportError(u"Could not write \"a.svg\": the folder is read-only, and so are all the folders that it lies in."_s);
    CourseWindow::settle();
    CHECK(sign() != good);
    CHECK(w.window.timeline().geometry() == timeline);
    w.window.resize(1100, 700);
    CourseWindow::settle();
    CHECK(notice->parentWidget()->rect().contains(notice->geometry()));
    for (const QLabel* label : notice->findChildren<QLabel*>())
        CHECK(label->height() >= (label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->sizeHint().height()));
    w.click<QPushButton>(*notice, u"Dismiss"_s);
    CHECK_FALSE(notice->isVisible());
}

TEST_CASE("a checked box has a tick, not only a colour", "[ui][rooms]")
{
    CourseWindow w;
    KeysDialog dialog(w.store, &w.window);
    dialog.show();
    auto* box = dialog.findChild<TickBox*>();
    REQUIRE(box != nullptr);
    const auto ticked = [&] {
        const QImage image = box->grab().toImage();
        const QRgb ink = box->palette().color(QPalette::HighlightedText).rgb();
        int count = 0;
        for (int x = 0; x < 18; ++x)
            for (int y = 0; y < image.height(); ++y)
                count += image.pixel(x, y) == ink;
        return count;
    };
    box->setChecked(false);
    CHECK(ticked() == 0);
    box->setChecked(true);
    CHECK(ticked() > 3);
}

TEST_CASE("a row that is checked has the same tick", "[ui][rooms]")
{
    CourseWindow w;
    LessonMarks marks;
    marks.toggle(Breakpoint::atTask("main"));
    w.store.setMarks(marks);
    w.window.transport().marks().openStops();
    CourseWindow::settle();
    QListView* list = nullptr;
    for (QListView* found : w.window.findChildren<QListView*>())
        if (found->isVisible() && found->accessibleName() == u"All stops"_s)
            list = found;
    REQUIRE(list != nullptr);
    const auto count = [&](const QColor& color) {
        const QImage image = list->viewport()->grab().toImage();
        int found = 0;
        for (int x = 0; x < 20; ++x)
            for (int y = 0; y < 28; ++y)
                found += image.pixel(x, y) == color.rgb();
        return found;
    };
    for (const bool dark : {true, false}) {
        w.store.setDark(dark);
        CourseWindow::settle();
        CHECK(count(themeOf(w.store).accent) > 60);
        CHECK(count(themeOf(w.store).onAccent) > 3);
    }
}

TEST_CASE("what a field asks for can be read before anything is typed", "[ui][rooms]")
{
    CourseWindow w;
    GlossaryDialog dialog(w.store, &w.window);
    dialog.show();
    for (const bool dark : {true, false}) {
        w.store.setDark(dark);
        CourseWindow::settle();
        QList<QLineEdit*> fields = w.window.findChildren<QLineEdit*>();
        REQUIRE(fields.size() > 2);
        for (QLineEdit* field : fields) {
            field->ensurePolished();
            INFO(field->placeholderText().toStdString());
            CHECK(field->palette().color(QPalette::PlaceholderText) == themeOf(w.store).textFaint); // which is readable
        }
    }
}

TEST_CASE("a button that cannot be pressed has no ground of its own", "[ui][rooms]")
{
    CourseWindow w;
    QFrame popover(&w.window);
    setRole(&popover, "popover");
    popover.resize(200, 60);
    QPushButton button(u"Run"_s, &popover);
    button.setGeometry(10, 10, 120, 34);
    popover.show();
    for (const bool dark : {true, false}) {
        w.store.setDark(dark);
        button.setEnabled(false);
        CourseWindow::settle();
        const QImage image = popover.grab().toImage();
        CHECK(image.pixelColor(18, 20) == image.pixelColor(160, 20));
    }
}

TEST_CASE("play, a step and an end have a picture each", "[ui][rooms]")
{
    const QList<QImage> all{picture(Glyph::First), picture(Glyph::Back), picture(Glyph::Play), picture(Glyph::Forward), picture(Glyph::Last)};
    for (qsizetype i = 0; i < all.size(); ++i)
        for (qsizetype k = 0; k < i; ++k)
            CHECK(all[i] != all[k]);
}

TEST_CASE("code shows each character that is typed", "[ui][rooms]")
{
    CHECK(written(u"="_s, u"="_s) == written(u"=="_s));
    CHECK(written(u"<"_s, u">"_s) == written(u"<>"_s));
    CHECK(written(u"/"_s, u"/"_s) == written(u"//"_s));
}

TEST_CASE("what was shown once does not tell the answer of a question that is open", "[ui][rooms][predict]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    w.store.setStep(w.store.lastStep());
    CHECK(w.store.reached() == w.store.lastStep());
    QTest::keyClick(&w.window, Qt::Key_Home);
    std::size_t asked = w.store.lastStep();
    for (const OpenQuestion& question : w.store.predictions().open())
        asked = std::min(asked, question.asked.from);
    CHECK(w.store.reached() == asked);
    CHECK(w.card().isVisible()); // it asks again
    CHECK(w.store.predictions().wouldSpoil());

    while (w.store.predictions().due()) // whoever has answered everything keeps what was seen
        w.store.answer(w.store.predictions().due()->due, Progress::Answer::Unsure);
    w.store.setStep(w.store.lastStep());
    QTest::keyClick(&w.window, Qt::Key_Home);
    CHECK(w.store.reached() == w.store.lastStep());
    auto* justNow = w.window.findChild<JustNow*>();
    CHECK(w.words(*justNow).contains(u"Back at the start."_s));
    CHECK_FALSE(w.words(*justNow).contains(u"Nothing has run yet."_s));
}

TEST_CASE("the mark of a question stands beside it", "[ui][rooms][predict]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    w.choose(Qt::Key_1);
    w.window.output().tabs().setCurrentWidget(&w.questions());
    CourseWindow::settle();
    const auto label = [&](const QString& words) -> QLabel* {
        for (QLabel* found : w.questions().findChildren<QLabel*>())
            if (found->isVisible() && found->text().contains(words))
                return found;
        return nullptr;
    };
    QLabel* mark = label(u"✗"_s);
    QLabel* question = label(u"How long do the waits take?"_s);
    REQUIRE(mark);
    REQUIRE(question);
    CHECK(mark->geometry().right() < question->geometry().left());
    CHECK(std::abs(mark->y() - question->y()) < 4);
    CHECK(mark->parentWidget() == question->parentWidget());
    CHECK(label(u"Right is “2 s”"_s) != nullptr); // a wrong answer is told what is right
}

TEST_CASE("a low window draws empty places of the loop as lines", "[ui][rooms][loop]")
{
    CourseWindow w;
    w.window.resize(1440, 1200);
    CourseWindow::settle();
    CHECK_FALSE(w.window.loop().isCompact());
    const int airy = w.window.loop().contentHeight();
    w.window.resize(1100, 700);
    CourseWindow::settle();
    CHECK(w.window.loop().isCompact());
    CHECK(w.window.loop().contentHeight() < airy * 2 / 3);
    for (std::size_t step = 0; step <= w.store.lastStep(); ++step) {
        w.store.setStep(step);
        CHECK(w.window.loop().isCompact()); // the same at each moment
    }
}

TEST_CASE("a run that is kept already cannot be kept again", "[ui][rooms][compare]")
{
    CourseWindow w;
    CHECK(w.window.before().button().isEnabled());
    QTest::mouseClick(&w.window.before().button(), Qt::LeftButton);
    REQUIRE(w.store.mode() == Mode::Compare);
    CHECK_FALSE(w.window.before().button().isEnabled());
    Values values = w.store.values();
    values.set("a", 3.0);
    w.store.setValues(values);
    CHECK(w.window.before().button().isEnabled());
    QTest::keyClick(&w.window, Qt::Key_1);
    CHECK(w.window.before().button().isEnabled());
    values.set("a", 1.0);
    w.store.setValues(values);
    CHECK_FALSE(w.window.before().button().isEnabled());
}

TEST_CASE("names of tasks are whole in the statistics at both sizes", "[ui][rooms]")
{
    CourseWindow w;
    w.store.chooseVariant(1);
    w.store.setStep(w.store.lastStep());
    w.window.output().tabs().setCurrentIndex(3);
    auto* table = w.window.output().findChild<StatisticsView*>()->findChild<QTableView*>();
    for (const QSize size : {QSize(1440, 900), QSize(1100, 700)}) {
        w.window.resize(size);
        CourseWindow::settle();
        for (int column = 0; column < TaskStatsModel::ColumnCount; ++column)
            CHECK(table->columnWidth(column) >= static_cast<QAbstractItemView*>(table)->sizeHintForColumn(column));
    }
}

TEST_CASE("in the glossary the meanings have most of the room, and a lesson's name leads there", "[ui][rooms]")
{
    CourseWindow w;
    GlossaryDialog dialog(w.store);
    std::size_t asked = 99;
    QObject::connect(&dialog, &GlossaryDialog::lessonRequested, [&](std::size_t index) { asked = index; });
    dialog.show();
    CourseWindow::settle();
    QTableWidget& table = dialog.table();
    CHECK(table.columnWidth(1) * 2 >= table.viewport()->width());
    CHECK(table.rowHeight(0) >= QFontMetrics(wordFont(TextSize::Normal)).height() + 12);
    const auto click = [&](int column) {
        QTest::mouseClick(table.viewport(), Qt::LeftButton, {}, table.visualItemRect(table.item(1, column)).center());
    };
    click(1);
    CHECK(asked == 99);
    click(2);
    CHECK(asked == 1);
    dialog.show();
    w.click<QPushButton>(dialog, u"Close"_s);
    CHECK_FALSE(dialog.isVisible());
}

TEST_CASE("the puzzle's lines stand in the typeface of code, whole, and say where they go", "[ui][rooms]")
{
    static const Puzzle long_one = [] {
        Puzzle puzzle = puzzles[0];
        puzzle.before = "import asyncio\n\nasync def main():\n";
        puzzle.after = "\nasyncio.run(main())\n";
        puzzle.lines = {"    results = await asyncio.gather(*jobs, return_exceptions=True)", "    print(*results)"};
        return puzzle;
    }();
    CourseWindow w;
    PuzzleDialog dialog(long_one, beliefs, &w.window);
    dialog.show();
    CourseWindow::settle();
    CHECK(dialog.width() <= 1060);
    CHECK(dialog.height() <= 680);
    QListWidget& pool = dialog.pool();
    for (int row = 0; row < pool.count(); ++row) {
        const QFontMetrics metrics(pool.font());
        const int lines = (metrics.horizontalAdvance(pool.item(row)->text()) + pool.viewport()->width() - 13)
            / std::max(1, pool.viewport()->width() - 12);
        CHECK(pool.visualItemRect(pool.item(row)).height() >= lines * metrics.height() + 8);
    }
    CHECK(QFontInfo(pool.font()).fixedPitch());
    CHECK(w.words(dialog).contains(u"asyncio.run(main())"_s));
    CHECK(pool.horizontalScrollBarPolicy() == Qt::ScrollBarAlwaysOff);
}

TEST_CASE("code that is too long for its line goes on further in than it began", "[ui][rooms]")
{
    using Lines = QList<std::pair<qsizetype, QString>>;
    CHECK(hangingLines(u"    print(a)"_s, 30) == Lines{{4, u"print(a)"_s}});
    CHECK(hangingLines(u"    await gather(first, second, third)"_s, 30)
          == Lines{{4, u"await gather(first,"_s}, {8, u"second, third)"_s}});
    CHECK(hangingLines(u"a_name_without_any_gap"_s, 12) == Lines{{0, u"a_name_witho"_s}, {4, u"ut_any_g"_s}, {4, u"ap"_s}});
}

TEST_CASE("the list of keys fits the smallest window", "[ui][rooms]")
{
    CourseWindow w;
    w.window.resize(1100, 700);
    CourseWindow::settle();
    QTest::keyClick(&w.window, Qt::Key_Question);
    auto* dialog = w.window.findChild<KeysDialog*>();
    REQUIRE(dialog);
    CHECK(dialog->width() <= 1100);
    CHECK(dialog->height() <= 700);
}

} // namespace
} // namespace loopscope::tests
