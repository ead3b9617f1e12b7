#pragma once

#include "ui/store.h"

#include <QString>

#include <vector>

namespace loopscope::ui {

enum class TokenKind { Plain, Keyword, Call, Text, Number, Comment };

/// A stretch of a line of code in one colour.
struct Token {
    qsizetype start = 0;
    qsizetype length = 0;
    TokenKind kind = TokenKind::Plain;

    friend bool operator==(const Token&, const Token&) = default;
};

/// The tokens of one line, in order, without gaps. Enough of each language for short stories:
/// texts and comments end with their line.
[[nodiscard]] std::vector<Token> tokensOf(const QString& line, Language language);

} // namespace loopscope::ui
