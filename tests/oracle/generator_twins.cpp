#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> generator_twins()
{
    return {
    };
}

} // namespace loopscope::oracle
