#include "core/timeline/ascii.h"

#include "tests/support/catch.h"
#include "tests/support/timeline_stories.h"

using namespace loopscope;
using namespace loopscope::tests;

TEST_CASE("a run reads as text, one line a lane", "[core][timeline]")
{
    const auto trace = trace_of(together());
    CHECK(ascii(scene_of(*trace), 44)
          == "event loop |##..................##.........#.........##\n"
             "main       |#-----------------------------------------*\n"
             "fetch-1    |#-------------------#*\n"
             "fetch-2    |##---------------------------------------#*\n"
             "fetch-3    |:#-----------------------------#*\n"
             "network    |~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
             "            0.0 s   0.4 s   0.8 s   1.2 s    1.6 s   2.0 s\n");
}

TEST_CASE("computing, blocking, failing and being cancelled have letters of their own", "[core][timeline]")
{
    const std::string text = ascii(scene_of(*trace_of(trouble())), 60);
    const auto lane = [&](const std::string& name) {
        const std::size_t from = text.find("\n" + name) + 1;
        return text.substr(from, text.find('\n', from) - from);
    };
    CHECK(lane("hog").find("====") != std::string::npos);
    CHECK(lane("hog").find("BBBB") != std::string::npos);
    CHECK(lane("stopped").back() == 'x');
    CHECK(lane("failing").back() == '!');
    CHECK(lane("calm").back() == '*');
}
