#pragma once

#include "core/lesson/source_text.h"

namespace loopscope::ui {

enum class Language { Python, Cpp };

/// The texts of one lesson in both languages.
struct Sources {
    SourceText python;
    SourceText cpp;

    [[nodiscard]] const SourceText& in(Language language) const
    {
        return language == Language::Python ? python : cpp;
    }
};

} // namespace loopscope::ui
