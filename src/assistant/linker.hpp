// Finds the entities that a text names.
//
// Names, acronyms and aliases are sequences of folded words; the longest match wins, from the left. A name of several
// words is also known glued together ("APHM" for AP-HM).
#pragma once

#include "knowledge/model.hpp"
#include "text/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
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
    // with capitals ("FORCE", "Olive").
    template <class IsCommon>
    Linker(std::vector<knowledge::Entity> const& entities, IsCommon const& is_common)
    {
        for (EntityId id = 0; id < entities.size(); ++id)
            add_entity(id, entities[id]);
        finish();
        for (auto& [first, names] : by_first_)
            for (auto& name : names)
                name.needs_capitals = name.written_with_capitals && name.words.size() == 1 && is_common(name.words[0]);
    }

    // Appends the links of the words of `tokens`; `words[i]` is the folded word to take for token i (corrected or as typed).
    void find(text::Tokens const& tokens, std::vector<std::string_view> const& words, std::vector<Link>& links) const;

    // All single words of all names, for the vocabulary.
    std::vector<std::string> const& words() const { return words_; }

private:
    struct Name {
        std::vector<std::string> words;
        EntityId entity = 0;
        bool written_with_capitals = false;
        bool needs_capitals = false;
    };
    struct Hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
    };
    void add_entity(EntityId id, knowledge::Entity const& entity);
    void add_name(EntityId id, std::string_view name);
    void finish();

    std::unordered_map<std::string, std::vector<Name>, Hash, std::equal_to<>> by_first_;
    std::vector<std::string> words_;
};

}  // namespace immunobot::assistant
