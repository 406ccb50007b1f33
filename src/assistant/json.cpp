#include "assistant/json.hpp"

#include "assistant/blocks.hpp"
#include "text/quoted.hpp"

#include <cstdio>

namespace immunobot::assistant {
namespace {

void member(std::string& out, std::string_view key, std::string_view value)
{
    out += '"';
    out += key;
    out += "\":";
    text::append_quoted(out, value);
}

void number(std::string& out, double value)
{
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.2f", value);
    out += buffer;
}

template <class List, class Each>
void list(std::string& out, std::string_view key, List const& items, Each const& each)
{
    out += '"';
    out += key;
    out += "\":[";
    for (auto const& item : items) {
        if (&item != &*items.begin())
            out += ',';
        each(item);
    }
    out += ']';
}

void append(std::string& out, Explanation const& explanation)
{
    auto const plain = [&](std::string const& item) { text::append_quoted(out, item); };
    out += '{';
    list(out, "plain", explanation.plain, plain);
    out += ',';
    member(out, "normalised", explanation.normalised);
    out += ',';
    member(out, "language", explanation.language_reason);
    out += ',';
    list(out, "words", explanation.words, [&](Explanation::Word const& word) {
        out += '{';
        member(out, "word", word.word);
        out += ',';
        member(out, "role", word.role);
        out += ',';
        member(out, "note", word.note);
        out += ",\"weight\":";
        number(out, word.weight);
        out += '}';
    });
    out += ',';
    list(out, "entities", explanation.entities, plain);
    out += ",\"coverage\":";
    number(out, explanation.coverage);
    out += ',';
    list(out, "candidates", explanation.candidates, [&](Explanation::Candidate const& candidate) {
        out += '{';
        member(out, "id", candidate.id);
        out += ",\"score\":";
        number(out, candidate.score);
        out += ",\"coverage\":";
        number(out, candidate.coverage);
        out += ',';
        member(out, "why", candidate.why);
        out += '}';
    });
    out += ',';
    list(out, "steps", explanation.steps, plain);
    out += '}';
}

void append(std::string& out, Run const& run, Language language)
{
    out += '{';
    member(out, "text", run.text);
    auto const href = run.entity.empty() ? run.address : page_of(run.entity, language);
    if (!href.empty()) {
        out += ',';
        member(out, "href", href);
    }
    if (run.strong)
        out += ",\"strong\":true";
    out += '}';
}

void append_blocks(std::string& out, Reply const& reply)
{
    list(out, "blocks", blocks_of(reply), [&](Block const& block) {
        out += '{';
        member(out, "kind", name(block.kind));
        out += ',';
        list(out, "lines", block.lines, [&](std::vector<Run> const& line) {
            out += '[';
            for (auto const& run : line) {
                if (&run != line.data())
                    out += ',';
                append(out, run, reply.language);
            }
            out += ']';
        });
        out += '}';
    });
}

}  // namespace

std::string_view name(Status status)
{
    constexpr std::string_view names[] = {"answered", "unsure", "unknown", "smalltalk", "safety"};
    return names[static_cast<std::size_t>(status)];
}

void append_json(std::string& out, Reply const& reply)
{
    auto const plain = [&](std::string const& item) { text::append_quoted(out, item); };
    out += '{';
    member(out, "id", reply.id);
    out += ',';
    member(out, "answer", reply.answer);
    out += ',';
    append_blocks(out, reply);
    out += ',';
    member(out, "status", name(reply.status));
    out += ',';
    member(out, "lang", code(reply.language));
    out += ",\"intent\":";
    reply.intent.empty() ? void(out += "null") : text::append_quoted(out, reply.intent);
    out += ',';
    list(out, "entities", reply.entities, plain);
    out += ",\"confidence\":";
    number(out, reply.confidence);
    out += ',';
    list(out, "facts", reply.facts, plain);
    out += ',';
    list(out, "sources", reply.sources, [&](CitedSource const& source) {
        out += '{';
        member(out, "id", source.id);
        out += ',';
        member(out, "title", source.title);
        out += ',';
        member(out, "url", source.url);
        out += ",\"published\":";
        source.published.empty() ? void(out += "null") : text::append_quoted(out, source.published);
        out += ',';
        member(out, "as_of", source.as_of);
        out += '}';
    });
    out += ',';
    append_suggestions(out, reply.suggestions);
    out += ',';
    list(out, "corrections", reply.corrections, [&](Correction const& correction) {
        out += '{';
        member(out, "from", correction.from);
        out += ',';
        member(out, "to", correction.to);
        out += '}';
    });
    out += ",\"explanation\":";
    reply.explanation ? append(out, *reply.explanation) : void(out += "null");
    out += '}';
}

void append_suggestions(std::string& out, std::vector<Suggestion> const& suggestions)
{
    list(out, "suggestions", suggestions, [&](Suggestion const& suggestion) {
        out += '{';
        member(out, "label", suggestion.label);
        out += ',';
        member(out, "question", suggestion.question);
        out += '}';
    });
}

std::string to_json(Reply const& reply)
{
    std::string out;
    append_json(out, reply);
    return out;
}

}  // namespace immunobot::assistant
