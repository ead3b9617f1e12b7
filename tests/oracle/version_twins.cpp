#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> version_twins()
{
    return {
    };
}

} // namespace loopscope::oracle
