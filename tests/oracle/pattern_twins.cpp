#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> pattern_twins()
{
    return {
    };
}

} // namespace loopscope::oracle
