#include "tests/oracle/twin.h"

namespace loopscope::oracle {

std::vector<Twin> all_twins()
{
    std::vector<Twin> all;
    for (const auto list : {loop_twins, task_twins, cancel_twins, group_twins, sync_twins, generator_twins, pattern_twins,
                            stress_twins, application_twins, version_twins}) {
        const std::vector<Twin> more = list();
        all.insert(all.end(), more.begin(), more.end());
    }
    return all;
}

} // namespace loopscope::oracle
