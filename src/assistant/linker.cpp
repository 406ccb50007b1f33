#include "assistant/linker.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr std::size_t longest_glued = 16;

// Words that a name may leave out or add without naming something else: "l'hopital de la Timone".
bool is_link_word(std::string_view word)
{
    constexpr std::string_view words[] = {"de", "d", "du", "des", "la", "le", "les", "l", "of", "the", "and", "et", "en", "in"};
    return std::ranges::find(words, word) != std::end(words);
}

// What people put before somebody's name; it asks for nothing.
bool is_title(std::string_view word)
{
    constexpr std::string_view words[] = {"doctor", "docteur", "doc", "professor", "professeur", "mister", "miss", "madame", "monsieur", "mademoiselle", "sir", "m"};
    return text::is_short_title(word) || std::ranges::find(words, word) != std::end(words);
}

}  // namespace

void Linker::add_entity(EntityId id, knowledge::Entity const& entity)
{
    bool const person = entity.kind == "person";
    for (auto const* name : {&entity.name.en, &entity.name.fr, &entity.acronym}) {
        add_name(id, *name, person);
        if (auto const bracket = name->find(" ("); bracket != std::string::npos)
            add_name(id, std::string_view(*name).substr(0, bracket), person);
    }
    for (auto const& alias : entity.aliases)
        add_name(id, alias, person);
}

void Linker::add_name(EntityId id, std::string_view name, bool person)
{
    auto const tokens = text::tokenise(name);
    if (tokens.size() == 0)
        return;
    Name entry{{}, id, tokens.list[0].capital, false, person};
    std::string glued;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        entry.words.emplace_back(tokens.word(i));
        glued += tokens.word(i);
        words_.emplace_back(tokens.word(i));
    }
    auto const put = [&](Name made) {
        auto& list = by_first_[made.words[0]];
        if (std::ranges::none_of(list, [&](Name const& n) { return n.words == made.words; }))
            list.push_back(std::move(made));
    };
    // "the cluster" is said as "this cluster" and "cluster" too: an article never makes the difference.
    if (entry.words.size() > 1 && is_link_word(entry.words[0]))
        entry.words.erase(entry.words.begin());
    std::vector<std::string> bare;
    std::ranges::copy_if(entry.words, std::back_inserter(bare), [](std::string const& w) { return !is_link_word(w); });
    bool const several = entry.words.size() > 1;
    if (several && bare.size() > 1 && bare.size() < entry.words.size())
        put({bare, id, entry.written_with_capitals, false, person});
    if (several && glued.size() <= longest_glued && glued.size() >= 4) {
        words_.push_back(glued);
        put({{glued}, id, entry.written_with_capitals, false, person});
    }
    put(std::move(entry));
}

void Linker::finish()
{
    for (auto& names : by_first_.values())
        std::ranges::stable_sort(names, std::greater{}, [](Name const& n) { return n.words.size(); });
    std::ranges::sort(words_);
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

std::size_t Linker::link_at(std::size_t i, text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const
{
    auto const* names = by_first_.find(words[i]);
    if (names == nullptr)
        return i;
    for (auto const& name : *names) {
        if (i + name.words.size() > words.size() || !std::equal(name.words.begin(), name.words.end(), words.begin() + static_cast<std::ptrdiff_t>(i)))
            continue;
        if (name.needs_capitals && !tokens.list[i].capital)
            continue;
        bool const free = i > 0 && (links.empty() || std::size_t{links.back().first} + links.back().count < i);
        std::size_t const title = name.of_person && free && is_title(words[i - 1]) ? 1 : 0;
        links.push_back({name.entity, static_cast<std::uint16_t>(i - title), static_cast<std::uint16_t>(name.words.size() + title), true});
        return i + name.words.size() - 1;
    }
    return i;
}

std::vector<EntityId> Linker::named_with(std::string_view word) const
{
    std::vector<EntityId> out;
    for (auto const& names : by_first_.values())
        for (auto const& name : names)
            if (std::ranges::find(name.words, word) != name.words.end() && std::ranges::find(out, name.entity) == out.end())
                out.push_back(name.entity);
    return out;
}

void Linker::find(text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const
{
    find(tokens, words, links, [](std::size_t) { return true; });
}

}  // namespace immunobot::assistant
