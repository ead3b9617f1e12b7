#include "lessons/catalog.h"
#include "tests/lessons/settings.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <string>
#include <string_view>
#include <vector>

// No word of the glossary is used before the lesson that introduces it. What stands in backquotes is
// code that the lesson shows, not a word. "Queue" alone is short for the ready queue, and "lock" for the
// interpreter lock, once these have been introduced.
namespace loopscope::tests {
namespace {

using Strings = std::vector<std::string>;

/// A word that a lesson's text explains in passing, before the lesson that is about it.
struct InPassing {
    std::string word;
    std::string lesson;
    std::string passage; ///< of the lesson's text
};

const std::vector<InPassing>& explained_in_passing()
{
    static const std::vector<InPassing> all = {
        {"task", "who-owns-the-loop", "what the loop runs beside `main` in this way is called a task"},
        {"cancel", "who-owns-the-loop", "To cancel a task is to ask it to stop"},
        {"await", "calling-is-not-running", "`await` it, in C++ `co_await`, which waits until"},
        {"task group", "lost-tasks", "a task group, a block that looks after its tasks"},
    };
    return all;
}

Strings forms_of(const std::string& word)
{
    static const std::map<std::string, Strings> irregular = {
        {"cancel", {"cancel", "cancels", "cancelled", "cancelling", "cancellation"}},
        {"suspended", {"suspended", "suspends", "suspend"}},
        {"race", {"race", "races"}},
        {"deadlock", {"deadlock", "deadlocks", "deadlocked"}},
        {"interpreter lock", {"interpreter lock", "interpreter's lock"}},
    };
    if (const auto found = irregular.find(word); found != irregular.end())
        return found->second;
    return {word, word + "s", word + "ed", word + "ing"};
}

/// In small letters, and code left out.
std::string prose(std::string_view text)
{
    std::string words;
    bool is_code = false;
    for (const char c : text) {
        if (c == '`')
            is_code = !is_code;
        else if (!is_code)
            words += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        if (c == '`')
            words += '`';
    }
    return words;
}

bool is_letter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '-'; }

/// Takes a word out of a text, and says whether it stood there.
bool take_out(std::string& text, const std::string& word)
{
    bool found = false;
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at > 0 && is_letter(text[at - 1])) || (end < text.size() && is_letter(text[end])))
            continue;
        text.replace(at, word.size(), word.size(), '.');
        found = true;
    }
    return found;
}

/// Everything of a lesson that a learner reads.
Strings texts_of(const Lesson& lesson)
{
    Strings texts = {lesson.title, lesson.question, lesson.text, lesson.takeaway, lesson.versions, lesson.challenge.task,
                     lesson.challenge.hint};
    for (const Variant& variant : lesson.variants)
        texts.insert(texts.end(), {variant.title, variant.summary});
    for (const Parameter& parameter : lesson.parameters)
        texts.push_back(parameter.label);
    for (const Prediction& prediction : lesson.predictions) {
        texts.insert(texts.end(), {prediction.question, prediction.because});
        for (const Option& option : prediction.options)
            texts.insert(texts.end(), {option.text, option.belief});
    }
    for (const Remark& remark : lesson.remarks)
        texts.push_back(remark.text);
    return texts;
}

/// From which lesson on a reader knows the word.
int known_from(const std::string& word)
{
    int from = 1000;
    for (const Term& term : lessons::glossary()) {
        const std::string tail = " " + word;
        const bool is_short_for = term.word.size() > tail.size()
            && term.word.compare(term.word.size() - tail.size(), tail.size(), tail) == 0;
        if (term.word == word || is_short_for)
            from = std::min(from, lesson_named(term.lesson).number);
    }
    for (const InPassing& passing : explained_in_passing())
        if (passing.word == word)
            from = std::min(from, lesson_named(passing.lesson).number);
    return from;
}

/// The longest first, so that a part of another word is not taken for itself.
Strings words_of_glossary()
{
    Strings words;
    for (const Term& term : lessons::glossary())
        words.push_back(term.word);
    std::stable_sort(words.begin(), words.end(),
                     [](const std::string& a, const std::string& b) { return a.size() > b.size(); });
    return words;
}

/// The words of the glossary that a text uses, as the glossary has them.
Strings used_in(std::string_view text)
{
    std::string rest = prose(text);
    Strings used;
    for (const std::string& word : words_of_glossary())
        for (const std::string& form : forms_of(word))
            if (take_out(rest, form))
                used.push_back(word);
    return used;
}

TEST_CASE("a word of the glossary is found in its forms, and not in code or in other words", "[glossary]")
{
    CHECK(used_in("Two Tasks were cancelled.") == Strings{"cancel", "task"});
    CHECK(used_in("the task group is over") == Strings{"task group"});
    CHECK(used_in("`await task` is code") == Strings{});
    CHECK(used_in("multitasking, embrace, deadlocked") == Strings{"deadlock"});
    CHECK(known_from("task") == 3);
    CHECK(known_from("queue") == 2);
    CHECK(known_from("lock") == 21);
    CHECK(known_from("semaphore") == 27);
}

TEST_CASE("no lesson uses a word of the glossary before it is introduced", "[glossary]")
{
    for (const Lesson& lesson : lessons::catalog())
        for (const std::string& text : texts_of(lesson))
            for (const std::string& word : used_in(text)) {
                INFO(lesson.number << " " << lesson.id << ": " << text);
                CHECK(word + (known_from(word) <= lesson.number ? "" : " too early") == word);
            }
}

TEST_CASE("a lesson that explains a word in passing says how", "[glossary]")
{
    for (const InPassing& passing : explained_in_passing()) {
        INFO(passing.word << " in " << passing.lesson);
        CHECK(lesson_named(passing.lesson).text.find(passing.passage) != std::string::npos);
    }
}

TEST_CASE("titles are plain text", "[glossary]")
{
    for (const Lesson& lesson : lessons::catalog()) {
        INFO(lesson.id);
        CHECK(lesson.title.find('`') == std::string::npos);
        CHECK(lesson.chapter_title.find('`') == std::string::npos);
        for (const Variant& variant : lesson.variants)
            CHECK(variant.title.find('`') == std::string::npos);
    }
}

} // namespace
} // namespace loopscope::tests
