#include "intents/intent.hpp"

#include "intents/yaml_view.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

namespace immunobot::intents {
namespace {

constexpr std::string_view expected_names[] = {"text", "date", "number", "money", "person", "place", "organisation", "list", "link"};
constexpr std::string_view status_names[] = {"smalltalk", "safety", "answered", "unknown", "unsure"};

std::vector<Keyword> keywords(YAML::Node const& node, std::string_view what, FileReport& report)
{
    std::vector<Keyword> out;
    if (!node)
        return out;
    for (auto const& item : report.scalars(node, what))
        out.push_back({item.Scalar(), static_cast<std::size_t>(item.Mark().line) + 1, static_cast<std::size_t>(item.Mark().column) + 1});
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
    if (auto const language = text("lang"); !language.empty()) {
        test.language = language_from_code(language);
        if (!test.language)
            report.error(node["lang"].Mark(), "I009", "'lang' is en or fr");
    }
    test.entities = texts(node["entity"], "'entity'", report);
    test.says = texts(node["says"], "'says'", report);
    test.lacks = texts(node["lacks"], "'lacks'", report);
    if (auto const then = node["then"]; then && then.IsSequence())
        for (auto const& next : then)
            test.then.push_back(read_test(next, report));
    return test;
}

void read_answers(YAML::Node const& node, Intent& intent, FileReport& report)
{
    if (!report.check_keys(node, "'answers'", {"property", "expects"}))
        return;
    intent.properties = texts(node["property"], "'property'", report);
    if (intent.properties.empty())
        report.error(node.Mark(), "I012", "'answers' needs 'property'");
    if (auto const expects = node["expects"]) {
        auto const name = report.scalar(expects, "'expects'");
        auto const at = std::ranges::find(expected_names, name);
        if (at == std::end(expected_names))
            report.error(expects.Mark(), "I013", "'" + name + "' is no kind of answer",
                         "one of text, date, number, money, person, place, organisation, list, link");
        else
            intent.expects = static_cast<Expected>(at - std::begin(expected_names));
    }
}

void read_says(YAML::Node const& node, Intent& intent, FileReport& report)
{
    if (!report.check_keys(node, "'says'", {"status", "en", "fr"}))
        return;
    intent.status = node["status"] ? report.scalar(node["status"], "'status'") : "smalltalk";
    if (std::ranges::find(status_names, intent.status) == std::end(status_names))
        report.error(node.Mark(), "I014", "'" + intent.status + "' is no status", "one of smalltalk, safety, answered, unknown");
    intent.says[0] = texts(node["en"], "'en'", report);
    intent.says[1] = texts(node["fr"], "'fr'", report);
    if (intent.says[0].empty() || intent.says[1].empty())
        report.error(node.Mark(), "I015", "'says' needs a text in en and in fr");
}

void read_intent(YAML::Node const& root, Intent& intent, FileReport& report)
{
    if (!report.check_keys(root, "an intent", {"intent", "title", "answers", "says", "kinds", "alone", "private", "en", "fr", "tests", "needs"}))
        return;
    for (char const* key : {"intent", "title", "en", "fr", "tests"})
        if (!root[key])
            report.error(root.Mark(), "I016", std::string("the key '") + key + "' is missing");
    if (static_cast<bool>(root["answers"]) == static_cast<bool>(root["says"]))
        report.error(root.Mark(), "I017", "an intent has either 'answers' or 'says'");
    if (report.failed())
        return;
    intent.id = report.scalar(root["intent"], "'intent'");
    if (report.check_keys(root["title"], "'title'", {"en", "fr"}) && root["title"]["en"] && root["title"]["fr"])
        intent.title = {report.scalar(root["title"]["en"], "the title"), report.scalar(root["title"]["fr"], "the title")};
    else
        report.error(root["title"].Mark(), "I018", "'title' needs en and fr");
    if (root["answers"])
        read_answers(root["answers"], intent, report);
    else
        read_says(root["says"], intent, report);
    intent.kinds = texts(root["kinds"], "'kinds'", report);
    intent.alone = root["alone"] && root["alone"].Scalar() == "true";
    intent.private_text = root["private"] && root["private"].Scalar() == "true";
    intent.wording[0] = wording(root["en"], "en", report);
    intent.wording[1] = wording(root["fr"], "fr", report);
    if (root["tests"].IsSequence())
        for (auto const& test : root["tests"])
            intent.tests.push_back(read_test(test, report));
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
    std::map<std::string, std::string> owner;
    for (auto const& path : files) {
        std::ifstream stream(path, std::ios::binary);
        std::ostringstream content;
        content << stream.rdbuf();
        auto intent = parse_intent(content.str(), path.string(), found);
        if (!intent)
            continue;
        if (auto const [at, fresh] = owner.emplace(intent->id, path.string()); !fresh) {
            found.push_back({Severity::error, "I019", path.string(), 1, 1, {}, "the intent '" + intent->id + "' is already in " + at->second, "rename one of them"});
            continue;
        }
        out.push_back(std::move(*intent));
    }
    return out;
}

}  // namespace immunobot::intents
