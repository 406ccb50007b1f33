#include "assistant/linker.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr std::size_t longest_glued = 16;
constexpr std::size_t fewest_free = 3;   // words of a name from which on others may stand between them, and their order is free
constexpr std::size_t most_joined = 2;   // words between two of a name: "of the"
constexpr std::size_t any_order = 3;     // words of substance up to which a name is known in any order
constexpr std::size_t some_orders = 5;   // ... up to which it may begin with any of its words

// Words that a name may leave out or add without naming something else: "l'hopital de la Timone".
bool is_link_word(std::string_view word)
{
    constexpr std::string_view words[] = {"de", "d", "du", "des", "la", "le", "les", "l", "of", "the", "and", "et", "en", "in"};
    return std::ranges::find(words, word) != std::end(words);
}

// What a visitor may put between two words of a name: "the immunology centre at Luminy". Not "and", which joins two names.
bool joins_a_name(std::string_view word)
{
    return word == "at" || word == "au" || word == "aux" || (is_link_word(word) && word != "and" && word != "et" && word != "en" && word != "in");
}

bool has_digit(std::string_view word)
{
    return std::ranges::any_of(word, [](char c) { return c >= '0' && c <= '9'; });
}

// What comes before a name only: "something called FOO".
bool introduces_a_name(std::string_view word)
{
    constexpr std::string_view words[] = {"called", "appele", "appelee", "intitule", "intitulee", "baptise", "baptisee"};
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
    auto const add = [&](std::string_view name) {
        add_name(id, name, person);
        // "APHM biobank": a part of a name that is spelled with hyphens may be written as one word.
        std::string glued(name);
        if (std::erase(glued, '-') > 0 && glued.find(' ') != std::string::npos)
            add_name(id, glued, person);
        // "ADCs": a notion has a plural.
        if (entity.kind == "concept" && !name.empty() && !name.ends_with('s') && name.find('(') == std::string_view::npos)
            add_name(id, std::string(name) + 's', person);
    };
    for (auto const* name : {&entity.name.en, &entity.name.fr, &entity.acronym}) {
        add(*name);
        if (auto const bracket = name->find(" ("); bracket != std::string::npos)
            add(std::string_view(*name).substr(0, bracket));
    }
    for (auto const& alias : entity.aliases)
        add(alias);
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
    if (several)
        plain_.push_back({std::move(bare), id, false, false, person});
}

// "Vivier Éric", "the Luminy immunology centre": what French says with "de" stands the other way round in English. A number
// belongs to the word before it. After all names as they are written, which go before.
void Linker::put_other_orders(Name const& name)
{
    auto words = name.words;
    if (words.size() < (name.of_person ? 2 : fewest_free) || words.size() > some_orders || std::ranges::any_of(words, has_digit))
        return;
    auto const put = [&] {
        auto& list = by_first_[words[0]];
        if (std::ranges::none_of(list, [&](Name const& n) { return n.words == words; }))
            list.push_back({words, name.entity, false, false, name.of_person});
    };
    if (words.size() > any_order) {
        for (std::size_t i = 1; i < words.size(); ++i) {
            std::ranges::rotate(words, words.begin() + 1);
            put();
        }
        return;
    }
    std::ranges::sort(words);
    do
        put();
    while (std::ranges::next_permutation(words).found);
}

void Linker::finish()
{
    for (auto const& name : plain_)
        put_other_orders(name);
    plain_ = {};
    for (auto& names : by_first_.values())
        std::ranges::stable_sort(names, std::greater{}, [](Name const& n) { return n.words.size(); });
    std::ranges::sort(words_);
    words_.erase(std::unique(words_.begin(), words_.end()), words_.end());
}

// How many words from i on are the name, with what joins its words; 0 if they are not. Over a comma or a full stop nothing joins them.
std::size_t Linker::length_at(std::size_t i, std::vector<std::string> const& name, text::Tokens const& tokens, std::vector<std::string_view> const& words)
{
    bool const is_free = name.size() >= fewest_free && std::ranges::none_of(name, has_digit);
    std::size_t at = i;
    bool joined = false;
    bool cut = false;
    for (std::size_t k = 0; k < name.size(); ++k, ++at) {
        for (std::size_t more = 0; is_free && k > 0 && more < most_joined && at < words.size() && words[at] != name[k] && joins_a_name(words[at]); ++more, ++at)
            joined = true;
        if (at >= words.size() || words[at] != name[k])
            return 0;
        cut = cut || (at > i && (tokens.list[at].after_comma || tokens.list[at].sentence_start));
    }
    return joined && cut ? 0 : at - i;
}

std::size_t Linker::link_at(std::size_t i, text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const
{
    auto const* names = by_first_.find(words[i]);
    if (names == nullptr)
        return i;
    for (auto const& name : *names) {
        std::size_t const length = length_at(i, name.words, tokens, words);
        if (length == 0)
            continue;
        bool const introduced = i > 0 && introduces_a_name(words[i - 1]);
        if (name.needs_capitals && !tokens.list[i].capital && !introduced)
            continue;
        bool const free = i > 0 && (links.empty() || std::size_t{links.back().first} + links.back().count < i);
        std::size_t const title = name.of_person && free && is_title(words[i - 1]) ? 1 : 0;
        links.push_back({name.entity, static_cast<std::uint16_t>(i - title), static_cast<std::uint16_t>(length + title), true});
        return i + length - 1;
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
