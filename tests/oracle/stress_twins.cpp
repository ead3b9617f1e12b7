#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> stress_twins()
{
    return {
    };
}

} // namespace loopscope::oracle
