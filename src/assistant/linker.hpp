// Finds the entities that a text names.
//
// Names, acronyms and aliases are sequences of folded words; the longest match wins, from the left. A name of several
// words is also known glued together ("APHM" for AP-HM), in another order, and with "of the" and the like between its words.
// A title before somebody's name ("Dr") belongs to the name.
#pragma once

#include "knowledge/model.hpp"
#include "text/tokens.hpp"
#include "text/word_map.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::assistant {

using EntityId = std::uint32_t;

struct Link {
    EntityId entity = 0;
    std::uint16_t first = 0;  // token
    std::uint16_t count = 1;
    bool exact_name = true;   // false: only by kind or context
};

class Linker {
public:
    // `is_common(word)` tells whether a single word is also an everyday word: then it names an entity only when it is typed
    // with capitals ("FORCE", "Olive") or after "called". So is its plural.
    template <class IsCommon>
    Linker(std::vector<knowledge::Entity> const& entities, IsCommon const& is_common)
    {
        for (EntityId id = 0; id < entities.size(); ++id)
            add_entity(id, entities[id]);
        finish();
        for (auto& names : by_first_.values())
            for (auto& name : names)
                name.needs_capitals = name.written_with_capitals && name.words.size() == 1 &&
                                      (is_common(name.words[0]) || (name.words[0].ends_with('s') && is_common(std::string_view(name.words[0]).substr(0, name.words[0].size() - 1))));
    }

    // For one that is read back.
    Linker() = default;

    // Appends the links of the words of `tokens`; `words[i]` is the folded word to take for token i (corrected or as typed).
    void find(text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const;

    // The same with what the caller knows already: `is_name(i)` is false only for words that are in no name.
    template <class IsName>
    void find(text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links, IsName const& is_name) const
    {
        for (std::size_t i = 0; i < words.size(); ++i)
            if (is_name(i))
                i = link_at(i, tokens, words, links);
    }

    // Those with a name that has this folded word. Looks at every name.
    std::vector<EntityId> named_with(std::string_view word) const;

    // All single words of all names, for the vocabulary; until forget_words().
    std::vector<std::string> const& words() const { return words_; }
    void forget_words() { words_ = {}; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(by_first_);
    }

private:
    struct Name {
        std::vector<std::string> words;
        EntityId entity = 0;
        bool written_with_capitals = false;
        bool needs_capitals = false;
        bool of_person = false;

        template <class Archive>
        void transfer(Archive& archive)
        {
            archive(words, entity, written_with_capitals, needs_capitals, of_person);
        }
    };
    // Links the longest name that begins with word i; the last word of it, or i.
    std::size_t link_at(std::size_t i, text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const;
    void add_entity(EntityId id, knowledge::Entity const& entity);
    void add_name(EntityId id, std::string_view name, bool person);
    void put_other_orders(Name const& name);
    static std::size_t length_at(std::size_t i, std::vector<std::string> const& name, text::Tokens const& tokens, std::vector<std::string_view> const& words);
    void finish();

    text::WordMap<std::vector<Name>> by_first_;
    std::vector<std::string> words_;
    std::vector<Name> plain_;   // names of several words without what joins them; until finish()
};

}  // namespace immunobot::assistant
