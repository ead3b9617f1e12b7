#include "core/base/format.h"
#include "lessons/catalog.h"
#include "tests/lessons/record.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>

namespace loopscope::tests {
namespace {

bool is_code(const std::string& belief)
{
    return belief.size() >= 2 && belief[0] == 'M' && std::isdigit(static_cast<unsigned char>(belief[1]));
}

bool has_lesson(const std::string& id)
{
    const auto all = lessons::catalog();
    return std::any_of(all.begin(), all.end(), [&](const Lesson& lesson) { return lesson.id == id; });
}

TEST_CASE("there are thirty-one beliefs, and a lesson for each", "[course]")
{
    const auto all = lessons::beliefs();
    REQUIRE(all.size() == 31);
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i].code);
        CHECK(all[i].code == "M" + std::to_string(i + 1));
        CHECK(all[i].believed.back() == '.');
        CHECK(all[i].so.back() == '.');
        CHECK(has_lesson(all[i].lesson));
    }
}

TEST_CASE("the course has thirty lessons in eight chapters, each after those that it needs", "[course]")
{
    const auto all = lessons::catalog();
    REQUIRE(all.size() == 30);
    for (std::size_t i = 0; i < all.size(); ++i) {
        INFO(all[i].id);
        CHECK(all[i].number == static_cast<int>(i) + 1);
        CHECK(all[i].chapter >= (i == 0 ? 1 : all[i - 1].chapter));
        for (const std::string& id : all[i].needs) {
            REQUIRE(has_lesson(id));
            CHECK(lesson_named(id).number < all[i].number);
        }
        CHECK((i == 0 || !all[i].needs.empty()));
    }
    CHECK(all.back().chapter == 8);
}

TEST_CASE("a wrong answer names a belief that there is", "[course]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const Prediction& prediction : lesson.predictions)
            for (const Option& option : prediction.options) {
                INFO(lesson.id << " " << prediction.id << " " << option.text);
                if (is_code(option.belief))
                    CHECK(find_belief(lessons::beliefs(), option.belief) != nullptr);
                CHECK_FALSE(is_code(believed(lessons::beliefs(), option.belief)));
            }
}

TEST_CASE("a lesson that kills a belief has a wrong answer that names it", "[course]")
{
    std::map<std::string, std::set<std::string>> named; // by lesson
    for (const Lesson& lesson : lessons::catalog())
        for (const Prediction& prediction : lesson.predictions)
            for (const Option& option : prediction.options)
                named[option.belief].insert(lesson.id);
    for (const Belief& belief : lessons::beliefs()) {
        INFO(belief.code << " " << belief.believed);
        CHECK_FALSE(named[belief.code].empty());
    }
}

TEST_CASE("who adds up the waits of gathered requests does not believe that they overlap", "[course]")
{
    const Lesson& lesson = lesson_named("gather-three-urls");
    const Option& adds_up = lesson.predictions.front().options.front();
    REQUIRE(adds_up.value == "latency_a + latency_b + latency_c");
    const Belief* belief = find_belief(lessons::beliefs(), adds_up.belief);
    REQUIRE(belief != nullptr);
    CHECK(belief->believed == "Requests wait one after another, even when they are gathered.");
    CHECK(belief->lesson == lesson.id);
}

TEST_CASE("the glossary's words stand once, in the order of their lessons", "[course]")
{
    std::set<std::string> words;
    int number = 0;
    for (const Term& term : lessons::glossary()) {
        INFO(term.word);
        CHECK(words.insert(term.word).second);
        CHECK(term.meaning.back() == '.');
        REQUIRE(has_lesson(term.lesson));
        CHECK(lesson_named(term.lesson).number >= number - 4); // the order is the reader's, near enough
        number = lesson_named(term.lesson).number;
    }
}

// "at 1.5: tea" as a puzzle writes it.
std::vector<std::string> printed_in(const Record& record)
{
    std::vector<std::string> lines;
    for (const std::string& line : record.log)
        lines.push_back(line.substr(0, line.find(' ')) + line.substr(line.find(": ") + 1));
    return lines;
}

TEST_CASE("every chapter ends with a puzzle whose right order does what it says, and no distractor does", "[course][twins]")
{
    const auto puzzles = lessons::puzzles();
    REQUIRE(puzzles.size() == 8);
    std::vector<std::string> programs;
    for (const Puzzle& puzzle : puzzles) {
        programs.push_back(program_of(puzzle, puzzle.lines));
        for (const Distractor& distractor : puzzle.distractors) {
            std::vector<std::string> lines = puzzle.lines;
            lines.at(distractor.instead_of) = distractor.line;
            programs.push_back(program_of(puzzle, lines));
        }
        // Any two neighbours the other way round are another program, too.
        for (std::size_t i = 1; i < puzzle.lines.size(); ++i) {
            std::vector<std::string> lines = puzzle.lines;
            std::swap(lines[i - 1], lines[i]);
            programs.push_back(program_of(puzzle, lines));
        }
    }
    const std::vector<Record> records = python_records(programs);
    REQUIRE(records.size() == programs.size());
    auto record = records.begin();
    for (std::size_t i = 0; i < puzzles.size(); ++i) {
        const Puzzle& puzzle = puzzles[i];
        INFO("chapter " << puzzle.chapter);
        CHECK(puzzle.chapter == static_cast<int>(i) + 1);
        CHECK(puzzle.distractors.size() >= 2);
        const auto works = [&](const Record& r) {
            return printed_in(r) == puzzle.prints && r.total == format_number(puzzle.total) + " s"
                && r.outcome.find("\"result\"") != std::string::npos;
        };
        CHECK(printed_in(*record) == puzzle.prints);
        CHECK(works(*record));
        ++record;
        for (const Distractor& distractor : puzzle.distractors) {
            INFO(distractor.line);
            CHECK_FALSE(works(*record));
            CHECK(believed(lessons::beliefs(), distractor.belief).back() == '.');
            ++record;
        }
        for (std::size_t line = 1; line < puzzle.lines.size(); ++line) {
            INFO("lines " << line << " and " << line + 1 << " swapped");
            CHECK_FALSE(works(*record));
            ++record;
        }
    }
}

} // namespace
} // namespace loopscope::tests
