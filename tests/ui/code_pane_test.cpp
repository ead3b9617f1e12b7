#include "tests/support/catch.h"
#include "tests/ui/support/window.h"

#include "ui/code_pane.h"
#include "ui/source_view.h"

#include <QScrollBar>

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::Window;

namespace {

/// Every sign half as wide as the type is high.
double half(const QString& text, double size)
{
    return static_cast<double>(text.size()) * size / 2;
}

/// The row of the shown code with this text in it.
std::size_t rowWith(const CodePane& pane, const std::string& text)
{
    for (std::size_t row = 0; row < pane.lines().size(); ++row)
        if (pane.lines()[row].text.find(text) != std::string::npos)
            return row;
    FAIL("no such line: " << text);
    return 0;
}

QPoint inCode(const CodePane& pane, std::size_t row)
{
    return {static_cast<int>(pane.gutterRect(row).right() + 30), static_cast<int>(pane.rowRect(row).center().y())};
}

} // namespace

TEST_CASE("code shrinks before it breaks, and only as far as it must", "[ui][code]")
{
    const std::vector<CodeLineText> lines{{QString(60, u'x'), false}, {QStringLiteral("short"), true}};
    CHECK(layOutCode(lines, 60 * 6.5, half).fontSize == 13);
    CHECK(layOutCode(lines, 60 * 6.5 - 1, half).fontSize == 12.5);
    CHECK(layOutCode(lines, 60 * 5.25, half).fontSize == 10.5);
    CHECK(layOutCode(lines, 60 * 5.25, half).lines[0].pieces.size() == 1);
    CHECK(layOutCode(lines, 60 * 5.25 - 1, half).fontSize == 10.5);
    CHECK(layOutCode(lines, 60 * 5.25 - 1, half).lines[0].pieces.size() == 2);
}

TEST_CASE("a line at which tasks are seen keeps room for a badge", "[ui][code]")
{
    const double width = 60 * 6.5;
    CHECK(layOutCode({{QString(60, u'x'), true}}, width, half).fontSize < 13);
    CHECK(layOutCode({{QString(60, u'x'), true}}, width + badgeRoom, half).fontSize == 13);
}

TEST_CASE("a line that is too long for the smallest type breaks behind a word and goes on further in", "[ui][code]")
{
    const QString text = QStringLiteral("    reader, writer = await open_connection(host, 80)");
    const CodeLayout layout = layOutCode({{text, false}, {QStringLiteral("next"), false}}, 30 * 5.25, half);
    const std::vector<CodePiece>& pieces = layout.lines[0].pieces;
    QStringList parts;
    for (const CodePiece& piece : pieces) {
        parts += text.sliced(piece.start, piece.length);
        CHECK(piece.end <= 30 * 5.25);
    }
    CHECK(parts.join(QString()) == text);
    REQUIRE(pieces.size() >= 2);
    CHECK(parts[0].endsWith(u' '));
    CHECK(pieces[1].x == half(QString(8, u' '), 10.5));
    CHECK(layout.lines[1].y == layout.bottom(0));
    CHECK(layout.lineAt(layout.bottom(0) - 1) == 0);
    CHECK(layout.lineAt(layout.bottom(0)) == 1);
}

TEST_CASE("badges say names, then short names, then a number, and never cover the code", "[ui][code]")
{
    const auto width = [](const QString& text) { return static_cast<double>(text.size()) * 6; };
    std::vector<CodeBadge> badges;
    for (int i = 1; i <= 4; ++i)
        badges.push_back({TaskId{static_cast<std::uint32_t>(i)}, QStringLiteral("fetch_url-%1").arg(i), i, false});
    const auto texts = [&](double left) {
        QStringList all;
        for (const BadgeBox& box : layOutBadges(badges, left, 500, width)) {
            CHECK(box.left >= left);
            all += box.text;
        }
        return all;
    };
    CHECK(texts(100) == QStringList{QStringLiteral("fetch_url-1"), QStringLiteral("fetch_url-2"),
                                    QStringLiteral("fetch_url-3"), QStringLiteral("fetch_url-4")});
    CHECK(texts(380) == QStringList{QStringLiteral("#1"), QStringLiteral("#2"), QStringLiteral("#3"), QStringLiteral("#4")});
    CHECK(texts(440) == QStringList{QStringLiteral("#1"), QStringLiteral("+3")});
    CHECK(texts(500 - badgeRoom + 7) == QStringList{QStringLiteral("×4")});
    badges.resize(1);
    badges[0].name = QStringLiteral("consumer");
    CHECK(texts(500 - badgeRoom + 7) == QStringList{QStringLiteral("•")});
    CHECK(texts(455) == QStringList{QStringLiteral("con…")});
}

TEST_CASE("code fits its pane at both sizes, in both languages, and badges keep off it", "[ui][window][code]")
{
    Window w;
    CodePane& pane = w.window.source().pane();
    for (const QSize size : {QSize(1440, 900), QSize(1100, 700)}) {
        w.window.resize(size);
        QTest::qWait(1);
        for (const Language language : {Language::Python, Language::Cpp}) {
            w.store.setLanguage(language);
            w.type("2");
            for (std::size_t step = 0; step <= w.store.lastStep(); ++step) {
                w.store.setStep(step);
                for (std::size_t row = 0; row < pane.lines().size(); ++row) {
                    for (const CodePiece& piece : pane.codeLayout().lines[row].pieces)
                        CHECK(piece.end <= pane.viewport()->width());
                    for (const QRectF& badge : pane.badgeRects(row)) {
                        CHECK(badge.left() >= pane.codeEnd(row));
                        CHECK(badge.right() <= pane.viewport()->width());
                    }
                    CHECK((pane.badges()[row].empty() || !pane.badgeRects(row).empty()));
                }
            }
        }
        CHECK(pane.horizontalScrollBar()->maximum() == 0);
    }
}

TEST_CASE("a click on a line goes to its next moment, Shift and click to the one before", "[ui][window][code]")
{
    Window w;
    w.type("2");
    CodePane& pane = w.window.source().pane();
    const std::size_t row = rowWith(pane, "asyncio.sleep");
    std::vector<std::size_t> there;
    for (int i = 0; i < 4; ++i) {
        QTest::mouseClick(pane.viewport(), Qt::LeftButton, {}, inCode(pane, row));
        there.push_back(w.store.step());
        CHECK(w.store.selectedEvent() == w.store.step() - 1);
        CHECK(pane.selectedRow() == row);
        CHECK(pane.currentRow() == row);
    }
    CHECK(std::is_sorted(there.begin(), there.end(), std::less_equal<>()));
    QTest::mouseClick(pane.viewport(), Qt::LeftButton, {}, inCode(pane, row)); // it does not run again
    CHECK(w.store.step() == there[3]);
    for (const std::size_t before : {there[2], there[1], there[0], there[0]}) {
        QTest::mouseClick(pane.viewport(), Qt::LeftButton, Qt::ShiftModifier, inCode(pane, row));
        CHECK(w.store.step() == before);
    }
}

TEST_CASE("a click in the gutter stops at the line, in both languages the same", "[ui][window][code]")
{
    Window w;
    w.type("2");
    CodePane& pane = w.window.source().pane();
    const auto clickGutter = [&](const std::string& text) {
        QTest::mouseClick(pane.viewport(), Qt::LeftButton, {}, pane.gutterRect(rowWith(pane, text)).center().toPoint());
    };
    clickGutter("asyncio.sleep");
    REQUIRE(w.store.marks().breakpoints.size() == 1);
    CHECK(w.store.step() == 0); // a click in the gutter moves nothing
    w.store.setLanguage(Language::Cpp);
    clickGutter("co_await sleep");
    CHECK(w.store.marks().empty());
    w.store.setLanguage(Language::Python);
    clickGutter("import asyncio"); // no line of the run
    CHECK(w.store.marks().empty());
}

TEST_CASE("what hovering tells of a line counts only what was seen", "[ui][window][code]")
{
    Window w;
    w.type("2");
    CodePane& pane = w.window.source().pane();
    const std::size_t row = rowWith(pane, "asyncio.sleep");
    CHECK(pane.tipAt(inCode(pane, row)).contains(QStringLiteral("nothing happened here so far")));
    w.press(Qt::Key_End);
    CHECK(pane.tipAt(inCode(pane, row)).contains(QStringLiteral("in 4 turns")));
    CHECK(pane.tipAt(inCode(pane, row)).contains(QStringLiteral("job-1 ×2, job-2 ×2")));
    CHECK(pane.tipAt(inCode(pane, rowWith(pane, "import asyncio"))).isEmpty());
    CHECK(pane.tipAt(pane.gutterRect(row).center()).contains(QStringLiteral("F9")));
}

TEST_CASE("all that the mouse does in the code, keys do too", "[ui][window][code]")
{
    Window w;
    w.type("2");
    CodePane& pane = w.window.source().pane();
    pane.setFocus();
    const std::size_t row = rowWith(pane, "asyncio.sleep");
    for (std::size_t i = 0; i < pane.lines().size(); ++i)
        QTest::keyClick(&pane, Qt::Key_Up);
    for (std::size_t i = 0; i < row; ++i)
        QTest::keyClick(&pane, Qt::Key_Down);
    CHECK(pane.accessibleDescription().contains(QStringLiteral("await asyncio.sleep(seconds)")));
    QTest::keyClick(&pane, Qt::Key_Return);
    const std::size_t first = w.store.step();
    CHECK(pane.currentRow() == row);
    QTest::keyClick(&pane, Qt::Key_Return);
    CHECK(w.store.step() > first);
    QTest::keyClick(&pane, Qt::Key_Return, Qt::ShiftModifier);
    CHECK(w.store.step() == first);
    QTest::keyClick(&pane, Qt::Key_F9);
    REQUIRE(w.store.marks().breakpoints.size() == 1);
    CHECK(w.store.marks().breakpoints[0].kind == Breakpoint::Kind::Line);
    QTest::keyClick(&pane, Qt::Key_F9);
    CHECK(w.store.marks().empty());
    QTest::keyClick(&pane, Qt::Key_Right); // belongs to the playhead
    CHECK(w.store.step() == first + 1);
}

TEST_CASE("who runs keeps its badge where those who wait are folded", "[ui][window][code]")
{
    Window w;
    w.window.resize(1100, 700);
    CodePane& pane = w.window.source().pane();
    w.type("2");
    int shared = 0; // lines at which one runs and others wait
    for (std::size_t step = 0; step <= w.store.lastStep(); ++step) {
        w.store.setStep(step);
        for (const auto& badges : pane.badges()) {
            for (std::size_t i = 1; i < badges.size(); ++i)
                CHECK_FALSE(badges[i].running);
            shared += badges.size() > 1 && badges.front().running ? 1 : 0;
        }
    }
    CHECK(shared > 0);
}
