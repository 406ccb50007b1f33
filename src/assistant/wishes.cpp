// Several wishes in one question: whether they are several, and of whom each is asked.

#include "assistant/answering.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr float sure_apart = 0.5f;   // that two wishes of one question are two; see docs/understanding.md

void forget(PartDecision& part)
{
    part.chosen.clear();
    part.confidence = 0;
    part.unsure = false;
}

// "each" at the end, "each one of them", "chacune d'entre elles": the first token and the last; nothing if the message has no such thing, as in
// "each year".
std::optional<std::pair<std::size_t, std::size_t>> each_in(Analysis const& message)
{
    constexpr std::string_view each[] = {"each", "chacun", "chacune"};
    constexpr std::string_view of_them[] = {"one", "of", "them", "those", "these", "d", "entre", "eux", "elles"};
    auto const is_one_of = [&](auto const& words, std::size_t i) { return i < message.words.size() && std::ranges::find(words, message.words[i].folded) != std::end(words); };
    std::size_t first = 0;
    while (first < message.words.size() && !is_one_of(each, first))
        ++first;
    if (first == message.words.size())
        return std::nullopt;
    std::size_t last = first;
    while (is_one_of(of_them, last + 1))
        ++last;
    bool const of_those = last > first || last + 1 == message.words.size();
    return of_those ? std::optional(std::pair(first, last)) : std::nullopt;
}

}  // namespace

// "Who leads each of them?": the question for each of the few that were listed just now, by name.
std::vector<std::string> Answering::asked_of_each(std::string_view text, Analysis const& message, Conversation const& conversation) const
{
    auto const each = each_in(message);
    if (!each || !message.links.empty() || conversation.listed.size() < 2 || conversation.listed.size() > most_parts)
        return {};
    std::vector<std::string> out;
    for (auto const& id : conversation.listed) {
        auto const card = std::ranges::find(snapshot_.entities, id, &EntityCard::id);
        if (card == snapshot_.entities.end())
            return {};
        auto const begin = message.tokens.list[each->first].begin;
        out.emplace_back(text).replace(begin, message.tokens.list[each->second].end - begin, card->name.in(message.language));
    }
    return out;
}

// Whether two wishes are answered surely, each by a fact of its own.
bool Answering::answer_apart(std::vector<PartDecision> const& parts) const
{
    if (parts.size() != 2 || std::ranges::any_of(parts, [](PartDecision const& p) { return p.chosen.empty() || p.confidence < sure_apart; }))
        return false;
    auto const& facts = snapshot_.index.facts();
    return facts[parts[0].chosen[0]].property != facts[parts[1].chosen[0]].property;
}

// Whether one of two wishes is what is told in any case, and the other is a known wish for which there is no fact: that is said.
bool Answering::answer_one_of(std::vector<PartDecision> const& parts, PartDecision const& together) const
{
    if (parts.size() != 2 || together.chosen.empty() || parts[0].chosen.empty() == parts[1].chosen.empty())
        return false;
    auto const& told = parts[parts[0].chosen.empty() ? 1 : 0];
    auto const& other = parts[parts[0].chosen.empty() ? 0 : 1];
    return told.chosen[0] == together.chosen[0] && !other.analysis.scores.empty();
}

// Two wishes about whoever one of them names: that one is asked first, and the other of the same and of nobody else.
std::vector<PartDecision> Answering::decide_wishes(Wishes const& wishes, Language language, Conversation const& conversation)
{
    auto const links_of = [&](std::string_view part) { return analyser_.analyse(part, language, language, stemmer_, language).links; };
    auto const first = links_of(wishes.parts[0]);
    auto const second = links_of(wishes.parts[1]);
    bool const turned = first.empty() && !second.empty();
    auto out = turned ? decide_pieces({wishes.parts[1], wishes.parts[0]}, Pieces::wishes, language, conversation) : decide_pieces(wishes.parts, Pieces::wishes, language, conversation);
    if (out.size() == 2 && first.empty() != second.empty() && !is_about_one_of(out[1], turned ? second : first))
        forget(out[1]);
    // What answers one of two is no answer to the other.
    if (out.size() == 2 && !out[0].chosen.empty() && !out[1].chosen.empty() && out[0].chosen[0] == out[1].chosen[0])
        forget(out[out[0].confidence < out[1].confidence ? 0 : 1]);
    if (turned)
        std::ranges::reverse(out);
    return out;
}

// Several wishes, each asked of whoever one of them names; nothing if fewer than two are answered.
std::vector<PartDecision> Answering::decide_list(std::vector<std::string_view> const& parts, Language language, Conversation const& conversation)
{
    if (parts.size() > most_listed)
        return {};
    std::string name;
    std::optional<EntityId> named;
    std::vector<bool> names;
    for (auto const part : parts) {
        auto const said = analyser_.analyse(part, language, language, stemmer_, language);
        names.push_back(!said.links.empty());
        if (said.links.empty())
            continue;
        if (named && *named != said.links[0].entity)
            return {};   // whom the others are asked of, is not clear
        if (named)
            continue;
        named = said.links[0].entity;
        auto const& link = said.links[0];
        auto const begin = said.tokens.list[link.first].begin;
        name = part.substr(begin, said.tokens.list[link.first + link.count - 1u].end - begin);
    }
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < parts.size(); ++i)
        texts.push_back(names[i] ? std::string(parts[i]) : std::string(text::trimmed(without_join(parts[i]), " ,;:/&+?.\t\r\n")) + ' ' + name);
    auto out = decide_pieces({texts.begin(), texts.end()}, Pieces::wishes, language, conversation);
    return std::ranges::count_if(out, [](PartDecision const& part) { return !part.chosen.empty(); }) < 2 ? std::vector<PartDecision>() : std::move(out);
}

// Where one question is asked of several, or several are asked of one: each for itself.
bool Answering::answer_list(Decision& out, std::string_view text, Analysis const& whole, std::vector<std::string_view> const& pieces, Conversation const& conversation)
{
    if (auto const each = asked_of_each(text, whole, conversation); !each.empty()) {
        out.parts = decide_pieces({each.begin(), each.end()}, Pieces::wishes, whole.language, conversation);
        if (std::ranges::any_of(out.parts, [](PartDecision const& part) { return !part.chosen.empty(); }))
            return true;
    }
    bool const headed = std::ranges::any_of(pieces, [](std::string_view piece) { return text::trimmed(piece).ends_with(':'); });
    auto const list = headed ? std::vector<std::string_view>() : split_list(text, whole);
    out.parts = list.empty() ? std::vector<PartDecision>() : decide_list(list, whole.language, conversation);
    return !out.parts.empty();
}

// Two wishes joined by an "and", if they are two.
bool Answering::answer_wishes(Decision& out, std::vector<Wishes> const& ways, PartDecision const& together, Language language, Conversation const& conversation)
{
    for (auto const& wishes : ways) {
        if (!wishes.names_again && !wishes.differ && !leaves_words(together))
            continue;
        auto apart = decide_wishes(wishes, language, conversation);
        if (!answer_apart(apart) && !answer_one_of(apart, together))
            continue;
        apart[1].verdict = Verdict::none;  // a second wish begins with a verb, like a question for yes or no
        out.parts = std::move(apart);
        return true;
    }
    return false;
}

// Whether what is told is of one of these, or names it.
bool Answering::is_about_one_of(PartDecision const& part, std::vector<Link> const& links) const
{
    if (part.chosen.empty())
        return true;
    auto const& fact = snapshot_.index.facts()[part.chosen[0]];
    return std::ranges::any_of(links, [&](Link const& link) {
        return (fact.has_entity && fact.entity == link.entity) || std::ranges::find(fact.mentioned, link.entity) != fact.mentioned.end();
    });
}

}  // namespace immunobot::assistant
