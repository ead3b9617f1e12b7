#include "ui/code_highlight.h"

#include <QSet>

namespace loopscope::ui {
namespace {

using namespace Qt::StringLiterals;

const QSet<QString>& keywords(Language language)
{
    static const QSet<QString> python{
        u"and"_s,    u"as"_s,     u"async"_s,  u"await"_s,    u"break"_s, u"class"_s,  u"continue"_s,
        u"def"_s,    u"del"_s,    u"elif"_s,   u"else"_s,     u"except"_s, u"False"_s, u"finally"_s,
        u"for"_s,    u"from"_s,   u"global"_s, u"if"_s,       u"import"_s, u"in"_s,    u"is"_s,
        u"lambda"_s, u"None"_s,   u"nonlocal"_s, u"not"_s,    u"or"_s,    u"pass"_s,   u"raise"_s,
        u"return"_s, u"True"_s,   u"try"_s,    u"while"_s,    u"with"_s,  u"yield"_s};
    static const QSet<QString> cpp{
        u"auto"_s,      u"bool"_s,   u"break"_s,    u"case"_s,     u"catch"_s,    u"char"_s,
        u"class"_s,     u"const"_s,  u"constexpr"_s, u"continue"_s, u"co_await"_s, u"co_return"_s,
        u"co_yield"_s,  u"default"_s, u"delete"_s,  u"do"_s,       u"double"_s,   u"else"_s,
        u"enum"_s,      u"explicit"_s, u"false"_s,  u"float"_s,    u"for"_s,      u"if"_s,
        u"inline"_s,    u"int"_s,    u"namespace"_s, u"new"_s,     u"noexcept"_s, u"nullptr"_s,
        u"operator"_s,  u"private"_s, u"public"_s,  u"return"_s,   u"sizeof"_s,   u"static"_s,
        u"struct"_s,    u"switch"_s, u"template"_s, u"this"_s,     u"throw"_s,    u"true"_s,
        u"try"_s,       u"typename"_s, u"using"_s,  u"void"_s,     u"while"_s};
    return language == Language::Python ? python : cpp;
}

bool isNamePart(QChar c)
{
    return c.isLetterOrNumber() || c == u'_';
}

/// Behind the text that opens at `from`; its end is on the same line or the line's end.
qsizetype endOfText(const QString& line, qsizetype from)
{
    const QChar quote = line[from];
    for (qsizetype i = from + 1; i < line.size(); ++i) {
        if (line[i] == u'\\')
            ++i;
        else if (line[i] == quote)
            return i + 1;
    }
    return line.size();
}

} // namespace

std::vector<Token> tokensOf(const QString& line, Language language)
{
    std::vector<Token> tokens;
    const auto add = [&](qsizetype start, qsizetype end, TokenKind kind) {
        if (end <= start)
            return;
        if (!tokens.empty() && tokens.back().kind == kind && kind == TokenKind::Plain)
            tokens.back().length += end - start;
        else
            tokens.push_back({start, end - start, kind});
    };

    const QString comment = language == Language::Python ? u"#"_s : u"//"_s;
    qsizetype i = 0;
    while (i < line.size()) {
        const QChar c = line[i];
        const qsizetype start = i;
        if (QStringView(line).sliced(i).startsWith(comment)) {
            add(start, line.size(), TokenKind::Comment);
            break;
        }
        if (c == u'"' || c == u'\'') {
            i = endOfText(line, i);
            add(start, i, TokenKind::Text);
        } else if (c.isDigit()) {
            while (i < line.size() && (isNamePart(line[i]) || line[i] == u'.'))
                ++i;
            add(start, i, TokenKind::Number);
        } else if (isNamePart(c)) {
            while (i < line.size() && isNamePart(line[i]))
                ++i;
            const QString word = line.sliced(start, i - start);
            if (keywords(language).contains(word))
                add(start, i, TokenKind::Keyword);
            else if (i < line.size() && line[i] == u'(')
                add(start, i, TokenKind::Call);
            else
                add(start, i, TokenKind::Plain);
        } else {
            ++i;
            add(start, i, TokenKind::Plain);
        }
    }
    return tokens;
}

} // namespace loopscope::ui
