#include "tests/support/catch.h"
#include "tests/ui/support/test_lessons.h"

#include "ui/code_highlight.h"
#include "ui/code_places.h"
#include "ui/store.h"
#include "ui/loop_places.h"

using namespace loopscope;
using namespace loopscope::ui;
using loopscope::tests::testLessons;
using loopscope::tests::testSources;

namespace {

/// The words of a line with one letter for their kind: "k:await".
QStringList told(const char* line, Language language)
{
    const QString text = QString::fromUtf8(line);
    QStringList words;
    qsizetype end = 0;
    for (const Token& token : tokensOf(text, language)) {
        CHECK(token.start == end);
        end = token.start + token.length;
        if (token.kind != TokenKind::Plain)
            words += QLatin1Char("pkctn#"[static_cast<int>(token.kind)]) + QStringLiteral(":")
                + text.sliced(token.start, token.length);
    }
    CHECK(end == text.size());
    return words;
}

QStringList titles(const LoopPlace& place)
{
    QStringList all;
    for (const LoopChip& chip : place.chips)
        all += chip.title;
    return all;
}

struct Places {
    explicit Places(Store& shown)
        : store(shown)
        , code(store.lesson(), store.variant(), store.sources())
    {
    }
    [[nodiscard]] std::vector<LoopPlace> now() const
    {
        return loopPlaces(store.run(), store.snapshot(), code, Language::Cpp);
    }
    Store& store;
    CodePlaces code;
};

enum PlaceIndex { Running, Ready, Timers, Io, Waiting, Done };

} // namespace

TEST_CASE("keywords, calls, texts, numbers and comments are told apart", "[ui][code]")
{
    CHECK(told("    await job(\"a\\\"b\", 1.5)  # wait", Language::Python)
          == QStringList{QStringLiteral("k:await"), QStringLiteral("c:job"), QStringLiteral("t:\"a\\\"b\""),
                         QStringLiteral("n:1.5"), QStringLiteral("#:# wait")});
    CHECK(told("co_await sleep(2); // two", Language::Cpp)
          == QStringList{QStringLiteral("k:co_await"), QStringLiteral("c:sleep"), QStringLiteral("n:2"),
                         QStringLiteral("#:// two")});
    CHECK(told("await_me = 'open", Language::Python) == QStringList{QStringLiteral("t:'open")});
    CHECK(told("", Language::Cpp).isEmpty());
}

TEST_CASE("a parked task stands at the same place of both languages", "[ui][code]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(0.5)}));
    const CodePlaces code(store.lesson(), store.variant(), store.sources());
    const auto lineOf = [&](std::uint32_t task, Language language) {
        const auto row = code.rowOf(store.trace(), store.snapshot().task(TaskId{task}), language);
        return row ? code.lines(language)[*row].text : std::string();
    };
    CHECK(lineOf(1, Language::Cpp) == "    co_await first;");
    CHECK(lineOf(1, Language::Python) == "    await first");
    CHECK(lineOf(2, Language::Cpp) == "    co_await sleep(seconds);");
    CHECK(lineOf(2, Language::Python) == "    await asyncio.sleep(seconds)");
}

TEST_CASE("a sentence names the line of the language that is shown", "[ui][code]")
{
    Store store(testLessons(), testSources);
    const CodePlaces code(store.lesson(), store.variant(), store.sources());
    const auto& cpp = code.lines(Language::Cpp);
    const auto& python = code.lines(Language::Python);
    const auto numberOf = [](const std::vector<SourceLine>& lines, const char* mark) {
        for (const SourceLine& line : lines)
            if (line.mark == mark)
                return line.file_line;
        return 0u;
    };
    store.setStep(store.lastStep());
    for (std::size_t i = 0; i < store.trace().size(); ++i) {
        const PlaceId place = store.trace()[i].place;
        if (place == PlaceId::None || store.trace().place(place).line != numberOf(cpp, "sleep"))
            continue;
        CHECK(code.lineNamer(store.trace(), Language::Cpp)(place) == "line " + std::to_string(numberOf(cpp, "sleep")));
        CHECK(code.lineNamer(store.trace(), Language::Python)(place) == "line " + std::to_string(numberOf(python, "sleep")));
        return;
    }
    FAIL("nothing happens at the line of the sleep");
}

TEST_CASE("a line without a twin is not named by the number of another file", "[ui][code]")
{
    Store store(testLessons(), testSources);
    Sources half = store.sources(); // the Python file lacks half of the marks
    half.python = SourceText("#@ story\nimport asyncio\n\n#@ function one_by_one\nasync def main(a, b):\n"
                             "    await job(\"a\", a)  #@ first\n");
    const CodePlaces code(store.lesson(), store.variant(), half);
    std::size_t named = 0;
    std::size_t silent = 0;
    for (std::size_t i = 0; i < store.trace().size(); ++i) {
        const PlaceId place = store.trace()[i].place;
        if (place == PlaceId::None)
            continue;
        const auto row = code.row(store.trace(), place, Language::Python);
        const std::string name = code.lineNamer(store.trace(), Language::Python)(place);
        CHECK(name == (row ? "line " + std::to_string(code.lineNumber(*row, Language::Python)) : std::string()));
        (row ? named : silent) += 1;
        if (code.row(store.trace(), place, Language::Cpp))
            CHECK(code.lineNamer(store.trace(), Language::Cpp)(place) == "line " + std::to_string(store.trace().place(place).line));
    }
    CHECK(named > 0);
    CHECK(silent > 0);
}

TEST_CASE("each task stands in exactly one place of the loop, at every step", "[ui][loop]")
{
    for (std::size_t lesson = 0; lesson < testLessons().size(); ++lesson) {
        Store store(testLessons(), testSources);
        store.openLesson(lesson);
        for (std::size_t variant = 0; variant < store.lesson().variants.size(); ++variant) {
            store.chooseVariant(variant);
            const Places places(store);
            for (std::size_t step = 0; step <= store.lastStep(); ++step) {
                store.setStep(step);
                QStringList keys;
                for (const LoopPlace& place : places.now())
                    for (const LoopChip& chip : place.chips)
                        keys += chip.key;
                CHECK(keys.removeDuplicates() == 0);
                qsizetype tasks = 0;
                for (const QString& key : keys)
                    tasks += key.startsWith(QLatin1Char('t')) ? 1 : 0;
                CHECK(tasks == static_cast<qsizetype>(store.snapshot().tasks.size()));
            }
        }
    }
}

TEST_CASE("sleepers stand at the timers, the soonest first, and their awaiter at the tasks", "[ui][loop]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(0.5)}));
    const std::vector<LoopPlace> places = Places(store).now();
    CHECK(titles(places[Timers]) == QStringList{QStringLiteral("job-1"), QStringLiteral("job-2")});
    CHECK(places[Timers].chips[0].detail == QStringLiteral("due 1.000 s"));
    CHECK(titles(places[Waiting]) == QStringList{QStringLiteral("main")});
    CHECK(places[Running].chips.empty());
    CHECK(places[Running].whenEmpty == QStringLiteral("idle until 1.000 s"));
}

TEST_CASE("a task that waits for a page stands at the selector with its peer", "[ui][loop]")
{
    Store store(testLessons(), testSources);
    store.openLesson(1);
    store.setStep(stepsUntil(store.trace(), TimePoint{seconds(0.5)}));
    const std::vector<LoopPlace> places = Places(store).now();
    CHECK(titles(places[Io]) == QStringList{QStringLiteral("main")});
    CHECK(places[Io].chips[0].detail == QStringLiteral("a.example"));
}

TEST_CASE("tasks that are done stand in the order in which they ended", "[ui][loop]")
{
    Store store(testLessons(), testSources);
    store.chooseVariant(1);
    store.setStep(store.lastStep());
    CHECK(titles(Places(store).now()[Done])
          == QStringList{QStringLiteral("job-1"), QStringLiteral("job-2"), QStringLiteral("main")});
}
