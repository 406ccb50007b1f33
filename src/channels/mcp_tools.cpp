#include "channels/mcp_tools.hpp"

#include "assistant/json.hpp"
#include "channels/answer_text.hpp"
#include "channels/fields.hpp"
#include "channels/strict_json.hpp"
#include "text/utf8.hpp"

namespace immunobot::channels::mcp {
namespace {

namespace json = boost::json;

constexpr std::size_t longest_search = 200;
constexpr std::int64_t most_facts = 50;

// By hand, so that the schemas can be read here as clients get them. A member of a schema that says "required" is in
// every answer; types with "null" are null where nothing is known.
constexpr std::string_view tools = R"("tools":[)"
R"({"name":"ask","title":"Ask a question","description":"Answers one question, in English or French, from curated facts with their sources, or says that there is no fact about it (status unknown) or that it is not clear what is meant (status unsure, with suggestions).",)"
R"("inputSchema":{"type":"object","properties":{)"
R"("question":{"type":"string","minLength":1,"maxLength":2000,"description":"One question, as a person would ask it."},)"
R"("language":{"type":"string","enum":["en","fr"],"description":"Language of the person; the question's own language decides first."},)"
R"("conversation":{"type":"string","maxLength":128,"description":"Any id of yours; questions of one conversation may refer to earlier ones."}},"required":["question"]},)"
R"("outputSchema":{"type":"object","properties":{)"
R"("id":{"type":"string"},"answer":{"type":"string"},)"
R"("blocks":{"type":"array","description":"The answer once more, as paragraphs and lists of lines with links.","items":{"type":"object","properties":{"kind":{"type":"string","enum":["paragraph","numbered","bulleted"]},"lines":{"type":"array","items":{"type":"array","items":{"type":"object","properties":{"text":{"type":"string"},"href":{"type":"string"},"strong":{"type":"boolean"}},"required":["text"]}}}},"required":["kind","lines"]}},)"
R"("status":{"type":"string","enum":["answered","unsure","unknown","smalltalk","safety"]},"lang":{"type":"string","enum":["en","fr"]},)"
R"("intent":{"type":["string","null"]},"entities":{"type":"array","items":{"type":"string"}},"confidence":{"type":"number"},)"
R"("facts":{"type":"array","items":{"type":"string"}},)"
R"("sources":{"type":"array","items":{"type":"object","properties":{"id":{"type":"string"},"title":{"type":"string"},"url":{"type":"string"},"published":{"type":["string","null"]},"as_of":{"type":"string"}},"required":["id","title","url","as_of"]}},)"
R"("suggestions":{"type":"array","items":{"type":"object","properties":{"label":{"type":"string"},"question":{"type":"string"}},"required":["label","question"]}},)"
R"("corrections":{"type":"array","items":{"type":"object","properties":{"from":{"type":"string"},"to":{"type":"string"}},"required":["from","to"]}},)"
R"("explanation":{"type":["object","null"]}},"required":["id","answer","status","lang","confidence","facts","sources","suggestions"]},)"
R"("annotations":{"readOnlyHint":true,"destructiveHint":false,"openWorldHint":false}},)"
R"({"name":"search_facts","title":"Search facts","description":"Finds curated facts by words, best first, each with its source.",)"
R"("inputSchema":{"type":"object","properties":{)"
R"("query":{"type":"string","minLength":1,"maxLength":200,"description":"Words to look for, in English or French."},)"
R"("entity":{"type":"string","maxLength":128,"description":"Only facts about the entity of this id."},)"
R"("property":{"type":"string","maxLength":128,"description":"Only facts of this property, such as founded or location."},)"
R"("language":{"type":"string","enum":["en","fr"]},)"
R"("limit":{"type":"integer","minimum":1,"maximum":50,"default":10}},"required":["query"]},)"
R"("outputSchema":{"type":"object","properties":{"total":{"type":"integer"},"facts":{"type":"array","items":{"$ref":"#/$defs/fact"}}},"required":["total","facts"],"$defs":{"fact":@fact@}},)"
R"("annotations":{"readOnlyHint":true,"destructiveHint":false,"openWorldHint":false}},)"
R"({"name":"get_entity","title":"Get an entity","description":"Everything that is known about one institution, company, hospital, programme or person: names, what belongs to it, and all its facts with their sources.",)"
R"("inputSchema":{"type":"object","properties":{)"
R"("entity":{"type":"string","minLength":1,"maxLength":200,"description":"Its id, such as ciml, or one of its names or acronyms."},)"
R"("language":{"type":"string","enum":["en","fr"]}},"required":["entity"]},)"
R"("outputSchema":{"type":"object","properties":{"id":{"type":"string"},"kind":{"type":"string"},"name":{"$ref":"#/$defs/local"},)"
R"("acronym":{"type":["string","null"]},"aliases":{"type":"array","items":{"type":"string"}},"parent":{"type":["string","null"]},)"
R"("children":{"type":"array","items":{"type":"string"}},"facts":{"type":"array","items":{"$ref":"#/$defs/fact"}}},)"
R"("required":["id","kind","name","children","facts"],"$defs":{"local":{"type":"object","properties":{"en":{"type":"string"},"fr":{"type":"string"}},"required":["en","fr"]},"fact":@fact@}},)"
R"("annotations":{"readOnlyHint":true,"destructiveHint":false,"openWorldHint":false}}])";

constexpr std::string_view fact_mark = "@fact@";
constexpr std::string_view fact_schema =
R"({"type":"object","properties":{"id":{"type":"string"},"entity":{"type":"string"},"property":{"type":"string"},)"
R"("value":{"type":["string","null"]},"unit":{"type":["string","null"]},)"
R"("text":{"type":"object","properties":{"en":{"type":"string"},"fr":{"type":"string"}},"required":["en","fr"]},)"
R"("valid_from":{"type":["string","null"]},"valid_to":{"type":["string","null"]},"review_by":{"type":["string","null"]},"layer":{"type":["string","null"]},)"
R"("source":{"type":"object","properties":{"id":{"type":"string"},"title":{"type":"string"},"publisher":{"type":["string","null"]},"url":{"type":["string","null"]},"published":{"type":["string","null"]},"as_of":{"type":["string","null"]}},"required":["id","title"]}},)"
R"("required":["id","entity","property","text","source"]})";

std::string with_fact_schema()
{
    std::string all(tools);
    for (auto at = all.find(fact_mark); at != std::string::npos; at = all.find(fact_mark, at + fact_schema.size()))
        all.replace(at, fact_mark.size(), fact_schema);
    return all;
}

Error advice(std::string message)
{
    return Error{Errc::bad_request, std::move(message)};
}

Result<std::string> words_of(json::object const& arguments, std::string_view name, std::size_t longest)
{
    auto const text = required_text(arguments, name);
    if (!text)
        return text.error();
    if (text::length(*text) > longest)
        return advice("field \"" + std::string(name) + "\" is longer than " + std::to_string(longest) +
                      " characters; make it shorter");
    return std::string(*text);
}

// Unlike a hint from a web page, a language that a model chose wrongly can be mended by it.
Result<std::optional<Language>> language_of(json::object const& arguments)
{
    auto const code = optional_text(arguments, "language");
    if (!code)
        return code.error();
    if (!*code)
        return std::optional<Language>();
    auto const language = language_from_code(**code);
    if (!language)
        return advice("field \"language\" must be \"en\" or \"fr\"");
    return language;
}

Result<ToolCall> read_ask(json::object const& arguments)
{
    auto const text = words_of(arguments, "question", assistant::longest_question);
    if (!text)
        return text.error();
    auto const language = language_of(arguments);
    if (!language)
        return language.error();
    auto const conversation = conversation_id(arguments, "conversation");
    if (!conversation)
        return conversation.error();
    Ask ask;
    ask.question.text = *text;
    ask.question.hint = *language;
    ask.question.channel = "mcp";
    if (!conversation->empty())
        ask.question.conversation = std::string("mcp:").append(*conversation);
    return ToolCall(std::move(ask));
}

Result<std::size_t> limit_of(json::object const& arguments)
{
    auto const* limit = arguments.if_contains("limit");
    if (!limit || limit->is_null())
        return SearchFacts().limit;
    if (!limit->is_int64() || limit->get_int64() < 1 || limit->get_int64() > most_facts)
        return advice("field \"limit\" must be a whole number from 1 to 50");
    return static_cast<std::size_t>(limit->get_int64());
}

Result<ToolCall> read_search(json::object const& arguments)
{
    SearchFacts search;
    auto words = words_of(arguments, "query", longest_search);
    if (!words)
        return words.error();
    search.words = std::move(*words);
    for (auto const& [name, kept] : {std::pair("entity", &search.entity), std::pair("property", &search.property)}) {
        auto const text = optional_text(arguments, name);
        if (!text)
            return text.error();
        *kept = text->value_or("");
    }
    auto const language = language_of(arguments);
    if (!language)
        return language.error();
    search.language = language->value_or(Language::en);
    auto const limit = limit_of(arguments);
    if (!limit)
        return limit.error();
    search.limit = *limit;
    return ToolCall(std::move(search));
}

Result<ToolCall> read_get(json::object const& arguments)
{
    auto name = words_of(arguments, "entity", longest_search);
    if (!name)
        return name.error();
    auto const language = language_of(arguments);
    if (!language)
        return language.error();
    return ToolCall(GetEntity{std::move(*name), language->value_or(Language::en)});
}

std::string content_of(std::string_view text)
{
    std::string members = R"("content":[{"type":"text","text":)";
    append_quoted(members, text);
    return members + "}]";
}

}  // namespace

std::string_view tool_list_members()
{
    static std::string const all = with_fact_schema();
    return all;
}

std::optional<Result<ToolCall>> read_call(std::string_view tool, json::object const& arguments)
{
    if (tool == "ask")
        return read_ask(arguments);
    if (tool == "search_facts")
        return read_search(arguments);
    if (tool == "get_entity")
        return read_get(arguments);
    return std::nullopt;
}

std::string call_members(std::string_view text, std::string_view structured)
{
    return content_of(text).append(",\"structuredContent\":").append(structured).append(",\"isError\":false");
}

std::string failed_members(std::string_view text)
{
    return content_of(text) + ",\"isError\":true";
}

std::string reply_members(assistant::Reply const& reply)
{
    return call_members(answer_text(reply, Markup::plain, Suggestions::elsewhere), assistant::to_json(reply));
}

}  // namespace immunobot::channels::mcp
