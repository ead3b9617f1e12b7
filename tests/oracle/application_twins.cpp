#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> application_twins()
{
    return {
    };
}

} // namespace loopscope::oracle
