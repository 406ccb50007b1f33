#include "intents/intent.hpp"

#include "intents/yaml_view.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <span>
#include <sstream>

namespace immunobot::intents {
namespace {

constexpr std::string_view expected_names[] = {"text", "date", "number", "money", "person", "place", "organisation", "list", "link"};
constexpr std::string_view fixed_statuses[] = {"smalltalk", "safety", "answered", "unknown"};
constexpr std::string_view statuses[] = {"answered", "unsure", "unknown", "smalltalk", "safety"};

void check_word(std::string_view word, std::span<std::string_view const> known, YAML::Mark const& mark, std::string_view what, FileReport& report)
{
    if (std::ranges::find(known, word) != known.end())
        return;
    std::string all;
    for (auto const one : known)
        all.append(all.empty() ? "one of " : ", ").append(one);
    report.error(mark, "I014", "'" + std::string(word) + "' is no " + std::string(what), all);
}

bool flag(YAML::Node const& node, std::string_view what, FileReport& report)
{
    if (!node)
        return false;
    auto const word = report.scalar(node, what);
    if (!word.empty() && word != "true" && word != "false")
        report.error(node.Mark(), "I022", std::string(what) + " is true or false");
    return word == "true";
}

// "{entity}" and "{entity:kind}" are what may stand in braces.
bool has_sound_slots(std::string_view example)
{
    for (std::size_t at = example.find_first_of("{}"); at != std::string_view::npos; at = example.find_first_of("{}", at)) {
        auto const close = example.find('}', at);
        if (example[at] == '}' || close == std::string_view::npos)
            return false;
        auto slot = example.substr(at + 1, close - at - 1);
        if (!slot.starts_with("entity"))
            return false;
        slot.remove_prefix(6);
        bool const of_a_kind = slot.size() > 1 && slot[0] == ':' && slot.substr(1).find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos;
        if (!slot.empty() && !of_a_kind)
            return false;
        at = close + 1;
    }
    return true;
}

std::vector<Keyword> keywords(YAML::Node const& node, std::string_view what, FileReport& report)
{
    std::vector<Keyword> out;
    if (!node)
        return out;
    for (auto const& item : report.scalars(node, what))
        out.push_back({item.Scalar(), static_cast<std::size_t>(item.Mark().line) + 1, report.column(item.Mark())});
    return out;
}

Wording wording(YAML::Node const& node, std::string const& language, FileReport& report)
{
    Wording out;
    if (!report.check_keys(node, "'" + language + "'", {"must", "any", "may", "never", "examples"}))
        return out;
    if (auto const must = node["must"]) {
        if (!must.IsSequence())
            report.error(must.Mark(), "I006", "'must' is a list of lists: [[word, other], [word]]");
        else
            for (auto const& line : must)
                out.must.push_back(keywords(line, "a line of 'must'", report));
    }
    out.any = keywords(node["any"], "'any'", report);
    out.may = keywords(node["may"], "'may'", report);
    out.never = keywords(node["never"], "'never'", report);
    out.examples = keywords(node["examples"], "'examples'", report);
    if (auto const examples = node["examples"]; examples && examples.IsSequence())
        for (auto const& example : examples)
            if (example.IsScalar() && !has_sound_slots(example.Scalar()))
                report.error(example.Mark(), "I020", "these braces are no slot", "{entity}, or {entity:kind} with a kind of entity");
    if (out.must.empty() && out.any.empty() && out.examples.empty())
        report.error(node.Mark(), "I007", "nothing here can recognise a question in '" + language + "'", "add 'any' or 'examples'");
    return out;
}

std::vector<std::string> texts(YAML::Node const& node, std::string_view what, FileReport& report)
{
    std::vector<std::string> out;
    if (node)
        for (auto const& item : report.scalars(node, what))
            out.push_back(item.Scalar());
    return out;
}

std::vector<IntentTest> read_tests(YAML::Node const& node, std::string_view what, FileReport& report);

IntentTest read_test(YAML::Node const& node, FileReport& report)
{
    IntentTest test;
    if (!report.check_keys(node, "a test", {"ask", "lang", "intent", "entity", "says", "lacks", "status", "not", "then"}))
        return test;
    test.line = static_cast<std::size_t>(node.Mark().line) + 1;
    if (!node["ask"])
        report.error(node.Mark(), "I008", "a test needs 'ask'", "{ask: \"...\", intent: ...}");
    else
        test.ask = report.scalar(node["ask"], "'ask'");
    auto const text = [&](char const* key) { return node[key] ? report.scalar(node[key], key) : std::string(); };
    test.intent = text("intent");
    test.not_intent = text("not");
    test.status = text("status");
    if (!test.status.empty())
        check_word(test.status, statuses, node["status"].Mark(), "status of a reply", report);
    if (auto const language = text("lang"); !language.empty()) {
        test.language = language_from_code(language);
        if (!test.language)
            report.error(node["lang"].Mark(), "I009", "'lang' is en or fr");
    }
    test.entities = texts(node["entity"], "'entity'", report);
    test.says = texts(node["says"], "'says'", report);
    test.lacks = texts(node["lacks"], "'lacks'", report);
    test.then = read_tests(node["then"], "'then'", report);
    return test;
}

std::vector<IntentTest> read_tests(YAML::Node const& node, std::string_view what, FileReport& report)
{
    std::vector<IntentTest> out;
    if (!node)
        return out;
    if (!node.IsSequence()) {
        report.error(node.Mark(), "I021", std::string(what) + " is a list of tests", "- {ask: \"...\", intent: ...}");
        return out;
    }
    for (auto const& test : node)
        out.push_back(read_test(test, report));
    return out;
}

void read_answers(YAML::Node const& node, Intent& intent, FileReport& report)
{
    if (!report.check_keys(node, "'answers'", {"property", "expects"}))
        return;
    intent.answers_line = static_cast<std::size_t>(node.Mark().line) + 1;
    intent.properties = texts(node["property"], "'property'", report);
    if (intent.properties.empty())
        report.error(node.Mark(), "I012", "'answers' needs 'property'");
    if (auto const expects = node["expects"]) {
        auto const name = report.scalar(expects, "'expects'");
        check_word(name, expected_names, expects.Mark(), "kind of answer", report);
        if (auto const at = std::ranges::find(expected_names, name); at != std::end(expected_names))
            intent.expects = static_cast<Expected>(at - std::begin(expected_names));
    }
}

LocalText both_languages(YAML::Node const& node, std::string const& key, FileReport& report)
{
    if (!report.check_keys(node, "'" + key + "'", {"en", "fr"}))
        return {};
    if (node["en"] && node["fr"])
        return {report.scalar(node["en"], "the " + key), report.scalar(node["fr"], "the " + key)};
    report.error(node.Mark(), "I018", "'" + key + "' needs en and fr");
    return {};
}

void read_says(YAML::Node const& node, Intent& intent, FileReport& report)
{
    if (!report.check_keys(node, "'says'", {"status", "en", "fr", "page"}))
        return;
    intent.status = node["status"] ? report.scalar(node["status"], "'status'") : "smalltalk";
    check_word(intent.status, fixed_statuses, node["status"] ? node["status"].Mark() : node.Mark(), "status of a fixed reply", report);
    intent.says[0] = texts(node["en"], "'en'", report);
    intent.says[1] = texts(node["fr"], "'fr'", report);
    if (intent.says[0].empty() || intent.says[1].empty())
        report.error(node.Mark(), "I015", "'says' needs a text in en and in fr");
    if (node["page"])
        intent.page_question = both_languages(node["page"], "page", report);
}

void read_intent(YAML::Node const& root, Intent& intent, FileReport& report)
{
    if (!report.check_keys(root, "an intent", {"intent", "title", "answers", "says", "alone", "private", "en", "fr", "tests"}))
        return;
    for (char const* key : {"intent", "title", "en", "fr", "tests"})
        if (!root[key])
            report.error(root.Mark(), "I016", std::string("the key '") + key + "' is missing");
    if (static_cast<bool>(root["answers"]) == static_cast<bool>(root["says"]))
        report.error(root.Mark(), "I017", "an intent has either 'answers' or 'says'");
    if (report.failed())
        return;
    intent.id = report.scalar(root["intent"], "'intent'");
    if (auto const name = std::filesystem::path(intent.file).stem().string(); !intent.id.empty() && intent.id != name)
        report.error(root["intent"].Mark(), "I019", "the intent '" + intent.id + "' stands in a file of another name", "rename the file to " + intent.id + ".yaml, or the intent to " + name);
    intent.title = both_languages(root["title"], "title", report);
    if (root["answers"])
        read_answers(root["answers"], intent, report);
    else
        read_says(root["says"], intent, report);
    intent.alone = flag(root["alone"], "'alone'", report);
    intent.private_text = flag(root["private"], "'private'", report);
    intent.wording[0] = wording(root["en"], "en", report);
    intent.wording[1] = wording(root["fr"], "fr", report);
    intent.tests = read_tests(root["tests"], "'tests'", report);
}

}  // namespace

std::optional<Intent> parse_intent(std::string const& content, std::string const& file, Diagnostics& found)
{
    FileReport report(content, file, found);
    Intent intent;
    intent.file = file;
    if (!text::is_valid_utf8(content)) {
        report.error(YAML::Mark::null_mark(), "I001", "the file is not UTF-8 text", "save it as UTF-8");
        return std::nullopt;
    }
    try {
        auto const root = YAML::Load(content);
        if (root.IsNull())
            report.error(YAML::Mark::null_mark(), "I001", "the file is empty", "an intent begins with 'intent: name'");
        else
            read_intent(root, intent, report);
    } catch (YAML::Exception const& problem) {
        report.error(problem.mark, "I001", "this is not YAML: " + problem.msg, "check brackets, quotes and indentation");
    }
    if (report.failed())
        return std::nullopt;
    return intent;
}

std::vector<Intent> read_intents(std::string const& folder, Diagnostics& found)
{
    std::vector<std::filesystem::path> files;
    std::error_code failed;
    for (auto const& entry : std::filesystem::directory_iterator(folder, failed))
        if (entry.path().extension() == ".yaml")
            files.push_back(entry.path());
    if (failed || files.empty())
        found.push_back({Severity::error, "I000", folder, 0, 0, {}, "no intent files (*.yaml) in this folder", "give --intents DIR"});
    std::ranges::sort(files);
    std::vector<Intent> out;
    for (auto const& path : files) {
        std::ifstream stream(path, std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        auto intent = parse_intent(content.str(), path.string(), found);
        if (!intent)
            continue;
        out.push_back(std::move(*intent));
    }
    return out;
}

}  // namespace immunobot::intents
