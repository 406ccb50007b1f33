#include "assistant/mentions.hpp"

#include "text/tokens.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

bool is_hyphen_at(std::string_view text, std::size_t at)
{
    return at < text.size() && text[at] == '-';
}

}  // namespace

std::vector<Mention> mentions_in(std::string_view answer, std::size_t from, Snapshot const& snapshot)
{
    auto const text = answer.substr(std::min(from, answer.size()));
    auto const tokens = text::tokenise(text);
    std::vector<std::string_view> words(tokens.size());
    for (std::size_t i = 0; i < words.size(); ++i)
        words[i] = tokens.word(i);
    std::vector<Link> links;
    snapshot.linker.find(tokens, words, links);
    std::vector<Mention> out;
    for (auto const& link : links) {
        auto const first = tokens.list.begin() + link.first;
        auto const begin = first->begin;
        auto const end = (first + link.count - 1)->end;
        auto const& id = snapshot.entities[link.entity].id;
        bool const capital = std::any_of(first, first + link.count, [](text::Token const& token) { return token.capital; });
        bool const part = (begin > 0 && is_hyphen_at(text, begin - 1)) || is_hyphen_at(text, end);
        if (capital && !part && !snapshot.index.of_entity(link.entity).empty() && std::ranges::find(out, id, &Mention::entity) == out.end())
            out.push_back({from + begin, from + end, id});
    }
    return out;
}

}  // namespace immunobot::assistant
