#pragma once

#include "core/timeline/layout.h"

#include <QColor>
#include <QFont>
#include <QString>

#include <array>
#include <optional>
#include <string_view>

namespace loopscope::ui {

/// Three sizes of type are enough for a calm picture: 11, 13 and 20 px.
enum class TextSize { Small, Normal, Large };

enum class ThemeName { Dark, Light, Print };

/// The look: one table of roles, and its values for each theme. What is drawn or styled anywhere in
/// the program asks for a role; no colour is written down outside theme.cpp.
///
/// The print theme is safe in greyscale: its task colours differ in lightness, and every state has a
/// pattern or a shape as well.
struct Theme {
    ThemeName name = ThemeName::Dark;
    bool isDark = true;

    // Surfaces, from the back to the front.
    QColor window;     ///< behind the panels; the header and the side panels
    QColor canvas;     ///< behind the timeline and the comparison
    QColor canvasAlt;  ///< every other lane
    QColor panel;      ///< the code and text panes
    QColor raised;     ///< buttons, cards, chips
    QColor field;      ///< sunken: empty places of the event loop, text fields
    QColor hover;      ///< a raised thing under the pointer
    QColor selected;   ///< the chosen row; the current line of code

    // Lines.
    QColor line;       ///< between panels, around cards
    QColor lineStrong; ///< around what can be pressed; the groove of a slider
    QColor grid;       ///< time lines across the lanes

    // Words.
    QColor textStrong;
    QColor text;
    QColor textMuted;
    QColor textFaint;  ///< hints, empty states; on surfaces that are neither chosen nor pointed at

    // Meanings.
    QColor accent;     ///< what is active: the chosen variant, a slider's filled part
    QColor onAccent;   ///< words on it
    QColor playhead;   ///< the present moment, the play button, the prediction
    QColor onPlayhead;
    QColor ok;
    QColor warning;
    QColor error;
    QColor info;

    // The timeline.
    QColor loopColor;  ///< the loop's and the network's own neutral colour
    QColor ready;      ///< outline of what stands in the queue
    QColor hatch;      ///< strokes of ready and idle patterns
    QColor idleEdge;
    QColor arrow;      ///< a cause, when it is not the one of the moment
    QColor wall;       ///< a stretch that blocks everybody
    QColor fog;        ///< the part that has not run yet
    QColor onTask;     ///< glyphs and words on a task's colour
    std::array<QColor, 8> tasks; ///< apart for colour-blind eyes; slot 0 is main's

    // Code.
    QColor codeText;
    QColor codeKeyword;
    QColor codeFunction;
    QColor codeString;
    QColor codeNumber;
    QColor codeComment;
    QColor lineNumber;

    /// The colour of a slot, going round; the loop's own for -1.
    [[nodiscard]] QColor task(ColorSlot slot) const;

    /// A tint of a task's colour for the backs of badges and chips.
    [[nodiscard]] QColor taskTint(ColorSlot slot) const;
};

/// The same theme with what the timeline draws paled: so much of each colour is left upon the canvas. What is
/// drawn with it hides what lies behind, as transparent colours would not, and stays a shape in a file.
[[nodiscard]] Theme paled(const Theme& theme, double left);

/// The values of a theme. The reference stays valid.
[[nodiscard]] const Theme& theme(ThemeName name);

/// "dark", "light", "print"; nothing for any other word.
[[nodiscard]] std::optional<ThemeName> themeNamed(std::string_view word);
[[nodiscard]] std::string_view wordFor(ThemeName name);

/// The typeface for words: Inter where installed, else the nearest of its kind; digits of equal
/// width. Sizes are in pixels at scale factor 1. Requires a QGuiApplication.
[[nodiscard]] QFont wordFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// The typeface for code and numbers: JetBrains Mono where installed. Requires a QGuiApplication.
[[nodiscard]] QFont codeFont(TextSize size, QFont::Weight weight = QFont::Normal);

/// The families tried, best first, for style sheets and SVG: `"Inter", "Noto Sans", sans-serif`.
[[nodiscard]] QString wordFamilies();
[[nodiscard]] QString codeFamilies();

/// The measures of a timeline that is drawn with these typefaces. Requires a QGuiApplication.
[[nodiscard]] LayoutMetrics timelineMetrics();

} // namespace loopscope::ui
