#include "core/lesson/source_text.h"

#include "tests/support/catch.h"

namespace loopscope {
namespace {

// Each line as "number text @mark".
std::vector<std::string> told(const SourceText& source, const std::vector<std::string>& functions = {})
{
    std::vector<std::string> lines;
    for (const SourceLine& line : source.lines(functions))
        lines.push_back(std::to_string(line.file_line) + (line.text.empty() ? "" : " " + line.text)
                        + (line.mark.empty() ? "" : " @" + line.mark));
    return lines;
}

using Lines = std::vector<std::string>;

constexpr const char* file = "#include <plumbing>\n"
                             "//@ story\n"
                             "int shared;\n"
                             "\n"
                             "//@ function first\n"
                             "void first()\n"
                             "{\n"
                             "    wait(); //@ the wait\n"
                             "}\n"
                             "\n"
                             "//@ function second\n"
                             "void second() {}\n"
                             "\n"
                             "//@ story\n"
                             "int last;\n"
                             "//@ end\n"
                             "void plumbing();\n";

TEST_CASE("without marks all of a file is the story", "[core][source]")
{
    CHECK(told(SourceText("a\n\nb")) == Lines{"1 a", "2", "3 b"});
    CHECK(told(SourceText("a  \r\nb\r\n")) == Lines{"1 a", "2 b"});
    CHECK(told(SourceText("")).empty());
}

TEST_CASE("what lies outside the story is not shown, and lines keep their numbers", "[core][source]")
{
    CHECK(told(SourceText(file))
          == Lines{"3 int shared;", "4", "6 void first()", "7 {", "8     wait(); @the wait", "9 }", "10",
                   "12 void second() {}", "13", "15 int last;"});
}

TEST_CASE("a part is shown only to those who list it", "[core][source]")
{
    CHECK(told(SourceText(file), {"second"}) == Lines{"3 int shared;", "4", "12 void second() {}", "13", "15 int last;"});
    CHECK(told(SourceText(file), {"neither"}) == Lines{"3 int shared;", "4", "15 int last;"});
}

TEST_CASE("empty lines that a cut leaves are closed", "[core][source]")
{
    CHECK(told(SourceText("//@ story\n\na\n\n//@ end\nx\n//@ story\n\nb\n\n\n//@ end\n")) == Lines{"3 a", "4", "9 b"});
}

TEST_CASE("Python's marks have one sign less", "[core][source]")
{
    CHECK(told(SourceText("# a comment\n#@ story\nasync def main():\n    await x()  #@ the wait\n#@ end\n"))
          == Lines{"3 async def main():", "4     await x() @the wait"});
}

TEST_CASE("an ordinary comment is part of the story", "[core][source]")
{
    CHECK(told(SourceText("f(); // at once\n")) == Lines{"1 f(); // at once"});
    CHECK(told(SourceText("mail = 'a#b@c'\n")) == Lines{"1 mail = 'a#b@c'"});
}

} // namespace
} // namespace loopscope
