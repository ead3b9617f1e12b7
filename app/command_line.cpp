#include "app/command_line.h"

#include "app/check.h"
#include "app/export_verb.h"
#include "app/gallery.h"
#include "app/sheet.h"
#include "app/verbs.h"
#include "core/base/format.h"
#include "lessons/catalog.h"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <iostream>

namespace loopscope::app {
namespace {

constexpr const char* version = "loopscope " LOOPSCOPE_VERSION;

/// The verbs with their options, and the words that were typed for them.
struct Parser {
    Parser();

    CLI::App app{"See the event loop think: asyncio, one step at a time. Without a command, the window opens.",
                 "loopscope"};
    CLI::App* list;
    CLI::App* run;
    CLI::App* record;
    CLI::App* open;
    CLI::App* compare;
    CLI::App* picture;
    CLI::App* check;
    CLI::App* sheet;
    CLI::App* gallery;

    bool json = false;
    RunRequest runRequest;
    RecordRequest recordRequest;
    std::string openedFile;
    CompareRequest compareRequest;
    ExportRequest exportRequest;
    std::string checkedLesson;
    std::string sheetFolder;
    std::string sheetTheme;
    std::string galleryFolder;
    std::string galleryOnly;

private:
    CLI::App* verb(const char* name, const char* description);
    static void takeLesson(CLI::App* verb, std::string& lesson);
    static void takeSets(CLI::App* verb, std::vector<std::string>& sets);
};

Parser::Parser()
{
    app.set_version_flag("--version", version, "Print the version and leave");
    app.set_help_flag("-h,--help", "Print this help and leave");
    app.allow_extras();

    list = verb("list", "The lessons, their variants (* is the one that runs by default) and parameters");
    run = verb("run", "What a run of a lesson prints, and when");
    takeLesson(run, runRequest.lesson);
    run->add_option("--variant", runRequest.variant, "Which variant runs")->type_name("VARIANT");
    takeSets(run, runRequest.sets);

    record = verb("record", "A run of a lesson as a file that the window opens, and that stands in the place of a LESSON");
    takeLesson(record, recordRequest.run.lesson);
    record->add_option("--variant", recordRequest.run.variant, "Which variant runs")->type_name("VARIANT");
    takeSets(record, recordRequest.run.sets);
    record->add_option("-o,--output", recordRequest.output, "The file to write: .loopscope")->type_name("FILE");
    open = verb("open", "The window on a recording; \"loopscope FILE.loopscope\" means the same");
    open->add_option("FILE", openedFile, "A recording")->type_name("");

    compare = verb("compare", "Two variants of a lesson in numbers, and where they part");
    takeLesson(compare, compareRequest.lesson);
    compare->add_option("A", compareRequest.a, "The variant to compare with")->type_name("");
    compare->add_option("B", compareRequest.b, "The variant that is judged")->type_name("");
    takeSets(compare, compareRequest.sets);

    picture = verb("export", "A picture of a run, or of two side by side; needs no display");
    takeLesson(picture, exportRequest.run.lesson);
    picture->add_option("--variant", exportRequest.run.variant, "Which variant is drawn")->type_name("VARIANT");
    picture->add_option("--compare", exportRequest.compare, "Two variants on one axis, or this one with another")->type_name("A,B");
    picture->add_option("--before", exportRequest.before, "The run as it was with this value, on one axis with the run as it is")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
    takeSets(picture, exportRequest.run.sets);
    picture->add_option("--theme", exportRequest.theme, "dark, light or print (light by default)")
        ->type_name("THEME");
    picture->add_option("--size", exportRequest.size, "In pixels, WIDTHxHEIGHT, or as 297x210mm; also slide and a4")->type_name("WxH");
    picture->add_option("--dpi", exportRequest.dpi, "Dots per inch of a PNG or an animation (96 by default)")->type_name("N");
    picture->add_option("--at,--until", exportRequest.at, "The run as it stands at this moment")->type_name("SECONDS");
    picture->add_option("--step", exportRequest.step, "The run as it stands after so many events")->type_name("N");
    picture->add_option("--from", exportRequest.from, "Where the shown or played span begins")->type_name("SECONDS");
    picture->add_option("--to", exportRequest.to, "Where it ends")->type_name("SECONDS");
    picture->add_flag("--code{python}", exportRequest.code, "The code beside the lanes; --code=c++ for the other language");
    picture->add_flag("--legend,!--no-legend", exportRequest.legend, "What the patterns mean, below the lanes (as it is by default)");
    picture->add_option("--title", exportRequest.title, "Instead of the lesson's title")->type_name("TEXT");
    picture->add_option("--caption", exportRequest.caption, "A line below the picture")->type_name("TEXT");
    picture->add_option("--speed", exportRequest.speed, "Of an animation: 2 is twice as fast as the window")->type_name("N");
    picture->add_option("-o,--output", exportRequest.output, "The file to write: .png, .svg, .pdf, .gif or .webp")
        ->type_name("FILE");

    check = verb("check", "Proves a lesson, or all of them: its runs, its exercises and its Python twin");
    takeLesson(check, checkedLesson);

    sheet = verb("sheet", "Pictures of all lessons and variants in a folder, with a page that shows them; needs no display");
    sheet->add_option("--theme", sheetTheme, "dark, light or print (light by default)")->type_name("THEME");
    sheet->add_option("-o,--output", sheetFolder, "The folder to write into")->type_name("FOLDER");

    gallery = verb("gallery", "Pictures of every state of the window in a folder, with a page that shows them; needs no display");
    gallery->add_option("--only", galleryOnly, "Only states with this in their name")->type_name("TEXT");
    gallery->add_option("-o,--output", galleryFolder, "The folder to write into")->type_name("FOLDER");

    for (CLI::App* verb : {list, run, compare})
        verb->add_flag("--json", json, "As JSON");
}

CLI::App* Parser::verb(const char* name, const char* description)
{
    CLI::App* verb = app.add_subcommand(name, description);
    verb->set_version_flag("--version", version, "Print the version and leave");
    verb->set_help_flag("-h,--help", "Print this help and leave");
    verb->allow_extras();
    return verb;
}

void Parser::takeLesson(CLI::App* verb, std::string& lesson)
{
    verb->add_option("LESSON", lesson, "A lesson's name, as list prints it, or a recording's file")->type_name("");
}

void Parser::takeSets(CLI::App* verb, std::vector<std::string>& sets)
{
    // One assignment each time, so that "--set connect=0.3 LESSON" means what it looks like.
    verb->add_option("--set", sets, "NAME=VALUE of a parameter; may be given several times")
        ->type_name("NAME=VALUE")
        ->allow_extra_args(false);
}

std::string inQuotes(const std::string& word) { return "\"" + word + "\""; }

std::string meant(const std::string& typed, const std::vector<std::string>& words)
{
    const std::string nearest = nearest_word(typed, words);
    return nearest.empty() ? "there are " + format_list(words) + "." : "did you mean " + inQuotes(nearest) + "?";
}

std::vector<std::string> optionsOf(const CLI::App& app)
{
    std::vector<std::string> names;
    for (const CLI::Option* option : app.get_options())
        for (const std::string& name : option->get_lnames())
            names.push_back("--" + name);
    return names;
}

// What the help prints for the verb that was named. That its words are required is said only here:
// what is missing is told better by outputOf().
std::string helpOf(const Parser& parser)
{
    for (CLI::App* verb : {parser.run, parser.record, parser.open, parser.compare, parser.picture})
        for (CLI::Option* option : verb->get_options())
            if (option->get_positional())
                option->required();
    return parser.app.help();
}

// What was typed in excess, in a sentence.
Error excess(const Parser& parser, const CLI::App* verb, const std::string& word)
{
    const bool option = word.size() > 1 && word.front() == '-';
    const std::string name = word.substr(0, word.find('='));
    if (!verb) {
        if (option)
            return {"There is no option " + inQuotes(name) + "; " + meant(name, optionsOf(parser.app))};
        return {"There is no command " + inQuotes(word) + "; " + meant(word, {"list", "run", "record", "open", "compare", "export", "check", "sheet", "gallery"})};
    }
    if (option)
        return {verb->get_name() + " has no option " + inQuotes(name) + "; " + meant(name, optionsOf(*verb))};
    return {verb->get_name() + " has no use for " + inQuotes(word) + "; \"loopscope " + verb->get_name()
            + " --help\" shows what it takes."};
}

// The parser's own errors begin with the option's name: "--variant: 1 required TEXT missing".
Error misuse(const std::string& what)
{
    const std::string name = what.substr(0, what.find(':'));
    if (what.find("missing") != std::string::npos)
        return {name + " needs a value behind it."};
    if (what.find("required") != std::string::npos || what.find("at most") != std::string::npos)
        return {name + " can be given only once."};
    return {"The command line is not understood (" + what + "); \"loopscope --help\" shows what there is."};
}

Error lacks(const std::string& verb, const std::string& what, const std::string& example)
{
    return {verb + " needs " + what + ", for example: loopscope " + verb + " " + example};
}

Result<std::string> outputOf(const Parser& parser, std::span<const Lesson> lessons)
{
    const Lesson& first = lessons.front();
    if (*parser.list)
        return listLessons(lessons, parser.json);
    if (*parser.run) {
        if (parser.runRequest.lesson.empty())
            return lacks("run", "a lesson", first.id);
        return runLesson(lessons, parser.runRequest, parser.json);
    }
    if (*parser.record) {
        if (parser.recordRequest.run.lesson.empty())
            return lacks("record", "a lesson", first.id + " -o run.loopscope");
        return recordLesson(lessons, parser.recordRequest);
    }
    if (*parser.open) // with a file it opens the window, and does not come here
        return lacks("open", "a recording", "run.loopscope");
    if (*parser.compare) {
        if (parser.compareRequest.b.empty())
            return lacks("compare", "a lesson and two variants",
                         first.id + " " + first.compare.first + " " + first.compare.second);
        return compareLesson(lessons, parser.compareRequest, parser.json);
    }
    if (*parser.check)
        return checkLessons(lessons, parser.checkedLesson);
    if (*parser.sheet) {
        if (parser.sheetFolder.empty())
            return lacks("sheet", "a folder to write into", "-o pictures");
        return writeSheet(lessons, parser.sheetFolder, parser.sheetTheme);
    }
    if (*parser.gallery) {
        if (parser.galleryFolder.empty())
            return lacks("gallery", "a folder to write into", "-o pictures");
        return writeGallery(parser.galleryFolder, parser.galleryOnly);
    }
    if (parser.exportRequest.run.lesson.empty())
        return lacks("export", "a lesson", first.id + " -o picture.png");
    return exportLesson(lessons, parser.exportRequest);
}

Result<std::string> answer(std::span<const Lesson> lessons, const std::vector<std::string>& arguments)
{
    Parser parser;
    try {
        parser.app.parse(std::vector<std::string>(arguments.rbegin(), arguments.rend())); // it takes the last first
    } catch (const CLI::CallForHelp&) {
        return helpOf(parser);
    } catch (const CLI::CallForVersion&) {
        return std::string(version) + "\n";
    } catch (const CLI::ParseError& error) {
        return misuse(error.what());
    }
    const std::vector<CLI::App*> chosen = parser.app.get_subcommands();
    CLI::App* verb = chosen.empty() ? nullptr : chosen.front();
    if (chosen.size() > 1)
        return excess(parser, verb, chosen[1]->get_name());
    if (const auto before = parser.app.remaining(); !before.empty()) {
        const std::vector<std::string> options = verb ? optionsOf(*verb) : std::vector<std::string>();
        if (std::find(options.begin(), options.end(), before.front()) != options.end())
            return Error{before.front() + " stands behind the command: loopscope " + verb->get_name() + " "
                         + before.front()};
        return excess(parser, nullptr, before.front());
    }
    if (verb && !verb->remaining().empty())
        return excess(parser, verb, verb->remaining().front());
    if (!verb)
        return parser.app.help();
    return outputOf(parser, lessons);
}

} // namespace

int runCommandLine(std::span<const Lesson> lessons, const std::vector<std::string>& arguments, std::ostream& out,
                   std::ostream& err)
{
    constexpr int misused = 2;
    Result<std::string> output = Error{};
    try {
        output = answer(lessons, arguments);
    } catch (const std::exception& e) {
        output = Error{std::string("Something went wrong inside the program: ") + e.what() + "."};
    }
    if (output && (out << *output << std::flush))
        return 0;
    err << (output ? "The output could not be written." : output.error().sentence) << "\n";
    return misused;
}

int runCommandLine(int argc, char** argv)
{
    return runCommandLine(lessons::catalog(), std::vector<std::string>(argv + 1, argv + argc), std::cout, std::cerr);
}

} // namespace loopscope::app
