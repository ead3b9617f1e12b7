#include "tests/support/catch.h"
#include "tests/ui/support/layout_faults.h"
#include "tests/ui/support/other_language.h"

#include "app/window_states.h"

// Every word of the window has room, in English and in a language that is a third longer, in each of its
// states. Where letters come out a little wider or narrower, at other scale factors, these run again.

using namespace loopscope;
using namespace loopscope::app;
using namespace loopscope::tests;

namespace {

constexpr QSize usual{1440, 900};
constexpr QSize smallest{1100, 700};

void lookAtAllStates(const Language& language, QSize size)
{
    for (const WindowState& state : windowStates()) {
        StagedWindow staged(state, size);
        INFO(state.name);
        REQUIRE(staged.window().size() == size);
        CHECK(layoutFaults(staged.window(), language).join(u'\n').toStdString() == "");
        for (QWidget* over : staged.windowsOver()) {
            CHECK(layoutFaults(*over, language).join(u'\n').toStdString() == "");
            CHECK(over->width() <= size.width());
            CHECK(over->height() <= size.height());
        }
    }
}

} // namespace

TEST_CASE("no word is cut or covered in English at 1440 by 900", "[app][layout]")
{
    lookAtAllStates(Language(), usual);
}

TEST_CASE("no word is cut or covered in English at 1100 by 700", "[app][layout][scaled]")
{
    lookAtAllStates(Language(), smallest);
}

TEST_CASE("no word is cut or covered in a longer language at 1440 by 900", "[app][layout]")
{
    lookAtAllStates(LongLanguage(), usual);
}

TEST_CASE("no word is cut or covered in a longer language at 1100 by 700", "[app][layout][scaled]")
{
    lookAtAllStates(LongLanguage(), smallest);
}
