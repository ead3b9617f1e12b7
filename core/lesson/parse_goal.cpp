#include "core/base/format.h"
#include "core/lesson/goal_node.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>

namespace loopscope::detail {
namespace {

using Kind = GoalNode::Kind;
using Node = std::shared_ptr<const GoalNode>;

// A hand-written goal is a few deep; this only keeps a hostile one from the end of the stack.
constexpr int deepest = 100;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool starts_name(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool in_name(char c) { return starts_name(c) || is_digit(c); }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n'; }

struct Token {
    enum class Kind { Number, Text, Name, Sign, End } kind = Kind::End;
    std::string text;
    double number = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
};

class Tokens {
public:
    explicit Tokens(std::string_view text) : text_(text) { advance(); }

    [[nodiscard]] const Token& next() const { return next_; }
    Token take()
    {
        Token taken = std::move(next_);
        last_end_ = taken.end;
        advance();
        return taken;
    }
    [[nodiscard]] std::size_t last_end() const { return last_end_; }

    [[nodiscard]] bool is(std::string_view sign) const
    {
        return next_.kind == Token::Kind::Sign && next_.text == sign;
    }
    [[nodiscard]] bool is_word(std::string_view word) const
    {
        return next_.kind == Token::Kind::Name && next_.text == word;
    }

private:
    void advance()
    {
        while (at_ < text_.size() && is_space(text_[at_]))
            ++at_;
        next_ = Token{.kind = Token::Kind::End, .text = {}, .number = 0, .begin = at_, .end = at_};
        if (at_ == text_.size())
            return;
        const char c = text_[at_];
        if (is_digit(c))
            read_number();
        else if (starts_name(c))
            read_name();
        else if (c == '"')
            read_text();
        else
            read_sign();
        next_.begin = std::exchange(at_, next_.end);
    }

    void read_number()
    {
        const char* const begin = text_.data() + at_;
        const auto read = std::from_chars(begin, text_.data() + text_.size(), next_.number);
        next_.kind = Token::Kind::Number;
        next_.end = at_ + static_cast<std::size_t>(read.ptr - begin);
        if (read.ec != std::errc())
            throw GoalProblem{at_, "this number is too large."};
        if (next_.end < text_.size() && in_name(text_[next_.end]))
            throw GoalProblem{next_.end, "a number ends where a letter follows it; write a space or an operator."};
    }

    void read_name()
    {
        std::size_t end = at_;
        // A minus inside a word belongs to it: "on-loop", "fetch-1".
        while (end < text_.size()
               && (in_name(text_[end]) || (text_[end] == '-' && end + 1 < text_.size() && in_name(text_[end + 1]))))
            ++end;
        next_.kind = Token::Kind::Name;
        next_.text = std::string(text_.substr(at_, end - at_));
        next_.end = end;
    }

    void read_text()
    {
        const auto close = text_.find('"', at_ + 1);
        if (close == std::string_view::npos)
            throw GoalProblem{at_, "this text has no closing quote."};
        next_.kind = Token::Kind::Text;
        next_.text = std::string(text_.substr(at_ + 1, close - at_ - 1));
        next_.end = close + 1;
    }

    void read_sign()
    {
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "<", ">", "+", "-", "*", "/", "(", ")", "[", "]", ",", "."})
            if (text_.substr(at_, sign.size()) == sign) {
                next_.kind = Token::Kind::Sign;
                next_.text = std::string(sign);
                next_.end = at_ + sign.size();
                return;
            }
        const char c = text_[at_];
        if (c == '=')
            throw GoalProblem{at_, "a comparison is written ==."};
        const bool printable = c > ' ' && c < 127;
        throw GoalProblem{at_, printable ? "\"" + std::string(1, c) + "\" has no meaning here."
                                         : "there is a character that has no meaning here."};
    }

    std::string_view text_;
    std::size_t at_ = 0;
    std::size_t last_end_ = 0;
    Token next_;
};

class Parser {
public:
    explicit Parser(std::string_view text) : tokens_(text) {}

    Node whole()
    {
        if (tokens_.next().kind == Token::Kind::End)
            throw GoalProblem{0, "there is no expression."};
        Node node = either();
        if (tokens_.next().kind != Token::Kind::End)
            throw GoalProblem{tokens_.next().begin, "the expression has ended before this; is an operator missing?"};
        return node;
    }

private:
    Node either()
    {
        Node left = both();
        while (tokens_.is_word("or"))
            left = joined(std::move(left), &Parser::both);
        return left;
    }

    Node both()
    {
        Node left = denied();
        while (tokens_.is_word("and"))
            left = joined(std::move(left), &Parser::denied);
        return left;
    }

    Node denied()
    {
        if (!tokens_.is_word("not"))
            return comparison();
        const Depth depth(*this);
        const std::size_t begin = tokens_.take().begin;
        return made(Kind::Not, begin, {}, {denied()});
    }

    [[nodiscard]] bool compares() const
    {
        for (const std::string_view sign : {"==", "!=", "<=", ">=", "<", ">"})
            if (tokens_.is(sign))
                return true;
        return false;
    }

    Node comparison()
    {
        Node left = sum();
        if (!compares())
            return left;
        left = joined(std::move(left), &Parser::sum);
        if (compares())
            throw GoalProblem{tokens_.next().begin, "a comparison has two sides; join two comparisons with \"and\"."};
        return left;
    }

    Node sum()
    {
        Node left = product();
        while (tokens_.is("+") || tokens_.is("-"))
            left = joined(std::move(left), &Parser::product);
        return left;
    }

    Node product()
    {
        Node left = negated();
        while (tokens_.is("*") || tokens_.is("/"))
            left = joined(std::move(left), &Parser::negated);
        return left;
    }

    Node negated()
    {
        if (!tokens_.is("-"))
            return member();
        const Depth depth(*this);
        const std::size_t begin = tokens_.take().begin;
        return made(Kind::Minus, begin, {}, {negated()});
    }

    Node member()
    {
        Node left = primary();
        while (tokens_.is(".")) {
            if (left->kind != Kind::Call || left->text != "runs")
                throw GoalProblem{tokens_.next().begin, "only runs(VARIANT) has something after a dot."};
            tokens_.take();
            if (tokens_.next().kind != Token::Kind::Name)
                throw GoalProblem{tokens_.next().begin, "after the dot stands a measure: runs(VARIANT).total."};
            const std::size_t begin = left->begin;
            left = made(Kind::Of, begin, {}, {left, primary()});
        }
        return left;
    }

    Node primary()
    {
        const Depth depth(*this);
        const Token& next = tokens_.next();
        const std::size_t begin = next.begin;
        switch (next.kind) {
        case Token::Kind::Number: {
            const double number = tokens_.take().number;
            return made(Kind::Number, begin, {}, {}, number);
        }
        case Token::Kind::Text: {
            std::string text = tokens_.take().text;
            return made(Kind::Text, begin, std::move(text), {});
        }
        case Token::Kind::Name:
            return named();
        case Token::Kind::End:
            throw GoalProblem{begin, "the expression ends too early."};
        case Token::Kind::Sign:
            break;
        }
        if (tokens_.is("(")) {
            tokens_.take();
            Node inner = either();
            expect(")", begin, "parenthesis");
            GoalNode whole = *inner; // with its parentheses, for who quotes it
            whole.begin = begin;
            whole.end = tokens_.last_end();
            return std::make_shared<const GoalNode>(std::move(whole));
        }
        if (tokens_.is("[")) {
            tokens_.take();
            std::vector<Node> parts = listed("]", begin, "bracket");
            return made(Kind::List, begin, {}, std::move(parts));
        }
        throw GoalProblem{begin, "a value is missing before \"" + next.text + "\"."};
    }

    Node named()
    {
        Token name = tokens_.take();
        if (name.text == "and" || name.text == "or" || name.text == "not")
            throw GoalProblem{name.begin, "a value is missing before \"" + name.text + "\"."};
        if (!tokens_.is("("))
            return made(Kind::Name, name.begin, std::move(name.text), {});
        const auto& functions = goal_functions();
        if (std::find(functions.begin(), functions.end(), name.text) == functions.end()) {
            const std::string near = nearest_word(name.text, functions);
            throw GoalProblem{name.begin, "there is no function \"" + name.text + "\""
                                              + (near.empty() ? "." : "; did you mean \"" + near + "\"?")};
        }
        const std::size_t open = tokens_.take().begin;
        std::vector<Node> arguments = listed(")", open, "parenthesis");
        return made(Kind::Call, name.begin, std::move(name.text), std::move(arguments));
    }

    std::vector<Node> listed(std::string_view close, std::size_t open, std::string_view what)
    {
        std::vector<Node> parts;
        if (!tokens_.is(close)) {
            parts.push_back(either());
            while (tokens_.is(",")) {
                tokens_.take();
                parts.push_back(either());
            }
        }
        expect(close, open, what);
        return parts;
    }

    void expect(std::string_view close, std::size_t open, std::string_view what)
    {
        if (!tokens_.is(close))
            throw GoalProblem{open, "this " + std::string(what) + " is not closed."};
        tokens_.take();
    }

    Node joined(Node left, Node (Parser::*right)())
    {
        const Depth depth(*this);
        std::string sign = tokens_.take().text;
        const std::size_t begin = left->begin;
        Node other = (this->*right)();
        return made(Kind::Binary, begin, std::move(sign), {std::move(left), std::move(other)});
    }

    Node made(Kind kind, std::size_t begin, std::string text, std::vector<Node> parts, double number = 0)
    {
        return std::make_shared<const GoalNode>(GoalNode{.kind = kind,
                                                         .begin = begin,
                                                         .end = tokens_.last_end(),
                                                         .number = number,
                                                         .text = std::move(text),
                                                         .parts = std::move(parts)});
    }

    // How deep the parser stands, and so how deep whoever walks the tree will stand.
    struct Depth {
        explicit Depth(Parser& parser) : parser_(parser)
        {
            if (++parser_.depth_ > deepest)
                throw GoalProblem{parser_.tokens_.next().begin, "the expression is nested too deeply."};
        }
        Depth(const Depth&) = delete;
        ~Depth() { --parser_.depth_; }

        Parser& parser_;
    };

    Tokens tokens_;
    int depth_ = 0;
};

} // namespace

Node parse_goal(std::string_view text)
{
    // Operators of one rank hang below each other to the left, so that a long chain is a deep tree.
    constexpr std::size_t longest = 4000;
    if (text.size() > longest)
        throw GoalProblem{longest, "the expression is too long; a goal has at most 4000 characters."};
    return Parser(text).whole();
}

} // namespace loopscope::detail
