#include "assistant/json.hpp"

#include <boost/json.hpp>

#include <cstdio>

namespace immunobot::assistant {
namespace {

void text(std::string& out, std::string_view value)
{
    out += boost::json::serialize(boost::json::string_view(value.data(), value.size()));
}

void member(std::string& out, std::string_view key, std::string_view value)
{
    out += '"';
    out += key;
    out += "\":";
    text(out, value);
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
    auto const plain = [&](std::string const& item) { text(out, item); };
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

}  // namespace

std::string_view name(Status status)
{
    constexpr std::string_view names[] = {"answered", "unsure", "unknown", "smalltalk", "safety"};
    return names[static_cast<std::size_t>(status)];
}

void append_json(std::string& out, Reply const& reply)
{
    auto const plain = [&](std::string const& item) { text(out, item); };
    out += '{';
    member(out, "id", reply.id);
    out += ',';
    member(out, "answer", reply.answer);
    out += ',';
    member(out, "status", name(reply.status));
    out += ',';
    member(out, "lang", code(reply.language));
    out += ",\"intent\":";
    reply.intent.empty() ? void(out += "null") : text(out, reply.intent);
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
        source.published.empty() ? void(out += "null") : text(out, source.published);
        out += ',';
        member(out, "as_of", source.as_of);
        out += '}';
    });
    out += ',';
    list(out, "suggestions", reply.suggestions, [&](Suggestion const& suggestion) {
        out += '{';
        member(out, "label", suggestion.label);
        out += ',';
        member(out, "question", suggestion.question);
        out += '}';
    });
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

std::string to_json(Reply const& reply)
{
    std::string out;
    append_json(out, reply);
    return out;
}

}  // namespace immunobot::assistant
