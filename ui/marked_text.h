#pragma once

#include <QFont>
#include <QList>
#include <QString>
#include <QTextLayout>

#include <optional>

namespace loopscope::ui {

/// One paragraph of words, some of them in another type or colour.
struct MarkedText {
    QString text;
    QList<QTextLayout::FormatRange> marks; ///< where the type or the colour is another, in their order
    double lineHeight = 0;                 ///< pixels from line to line; 0 as the type has it
};

/// The style sheet before `<code>`, which says in which type code stands among words.
[[nodiscard]] QString codeStyle();

/// What a QTextDocument makes of the few tags with which the window writes: `<p>`, `<b>`, `<i>`, `<span>`
/// with colour and weight, and `<code>` after codeStyle(). To parse it as a document costs more than
/// to lay it out. Nothing where the text holds anything else.
[[nodiscard]] std::optional<MarkedText> markedText(const QString& rich);

} // namespace loopscope::ui
