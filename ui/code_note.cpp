#include "ui/code_note.h"

#include "ui/picture_texts.h"

#include <QCoreApplication>

#include <algorithm>
#include <iterator>

namespace loopscope::ui {
namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(loopscope::ui::CodePane)
};

/// Whether a line begins this function; what calls it is indented, or has no space before its name.
bool begins(const SourceLine& line, const std::string& function)
{
    return !line.text.empty() && line.text.front() != ' ' && line.text.find(' ' + function + '(') != std::string::npos;
}

} // namespace

std::optional<CodeNote> codeNote(const std::vector<SourceLine>& lines, const Lesson& lesson, const Variant& variant,
                                 const Values& values, Language language)
{
    const QString changed = changedText(lesson, variant, values);
    if (changed.isEmpty() || variant.functions.empty())
        return std::nullopt;
    const auto main = std::find_if(variant.functions.rbegin(), variant.functions.rend(),
                                   [](const std::string& function) { return function.starts_with("main"); });
    const std::string& function = main != variant.functions.rend() ? *main : variant.functions.back();
    const auto head = std::find_if(lines.begin(), lines.end(), [&](const SourceLine& line) { return begins(line, function); });
    if (head == lines.end())
        return std::nullopt;
    const QString sign = language == Language::Python ? QStringLiteral("  # ") : QStringLiteral("  // ");
    return CodeNote{static_cast<std::size_t>(std::distance(lines.begin(), head)), sign + Words::tr("in this run: %1").arg(changed)};
}

Recording withNotes(Recording recording, const Lesson& lesson)
{
    const Variant* variant = find_variant(lesson, recording.run.variant);
    if (!variant)
        return recording;
    const auto add = [&](std::vector<SourceLine>& lines, Language language) {
        if (const auto note = codeNote(lines, lesson, *variant, recording.run.values, language))
            lines[note->row].text += note->text.toStdString();
    };
    add(recording.python.lines, Language::Python);
    add(recording.cpp.lines, Language::Cpp);
    return recording;
}

} // namespace loopscope::ui
