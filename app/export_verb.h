#pragma once

#include "app/verbs.h"

#include <span>
#include <string>
#include <vector>

namespace loopscope::app {

/// What `export` was asked for, in the words that were typed; empty where nothing was.
struct ExportRequest {
    RunRequest run;
    std::string compare = {}; ///< "A,B", or the one variant that `run` is compared with
    std::vector<std::string> before = {}; ///< the values of the run before, on top of `run.sets`
    std::string at = {};      ///< a moment: "0.42", "0.42s"
    std::string step = {};    ///< the same to the single fact
    std::string from = {};    ///< the stretch of the axis that is shown, or played
    std::string to = {};
    std::string theme = {};
    std::string size = {};
    std::string dpi = {};
    std::string code = {};    ///< "python" or "c++": stands beside the lanes
    bool legend = true;
    std::string title = {};
    std::string caption = {};
    std::string speed = {};   ///< of an animation, 1 is the window's
    std::string output = {};
};

/// Draws a run, two runs, or an animation into a file: by its ending PNG, SVG, PDF, GIF or WebP.
/// Gives the sentence that says where.
[[nodiscard]] Result<std::string> exportLesson(std::span<const Lesson> lessons, const ExportRequest& request);

} // namespace loopscope::app
