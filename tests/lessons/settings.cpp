#include "tests/lessons/settings.h"

#include "lessons/catalog.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

namespace loopscope::tests {

const Lesson& lesson_named(std::string_view id)
{
    for (const Lesson& lesson : lessons::catalog())
        if (lesson.id == id)
            return lesson;
    throw std::invalid_argument("no lesson " + std::string(id));
}

std::string project_file(const std::string& path)
{
    std::ifstream file(std::string(LOOPSCOPE_SOURCE_DIR) + "/" + path, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file)
        throw std::runtime_error("cannot read " + path);
    return text.str();
}

} // namespace loopscope::tests
