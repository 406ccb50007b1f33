// The facts as lists: for each stem, concept, property and entity, which facts it speaks for and how strongly.
// Ranking runs over these in memory; the texts of the winners are then read from the database by key.
//
// Immutable once made; any number of threads may read.
#pragma once

#include "assistant/fact_models.hpp"
#include "assistant/linker.hpp"
#include "assistant/property_model.hpp"
#include "assistant/vocabulary.hpp"
#include "assistant/wordings.hpp"
#include "base/kept.hpp"
#include "intents/intent.hpp"
#include "intents/refusals.hpp"
#include "knowledge/in_force.hpp"
#include "knowledge/model.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <span>
#include <unordered_map>
#include <vector>

namespace immunobot::assistant {

using FactIndexId = std::uint32_t;  // facts first, then FAQ entries

struct Posting {
    FactIndexId fact;
    float strength;
};
using Postings = std::span<Posting const>;

// Lists of postings, one after the other.
class PostingLists {
public:
    using Open = std::vector<std::vector<Posting>>;

    PostingLists() = default;
    explicit PostingLists(Open const& lists);

    // Empty for a list that there is not.
    Postings operator[](std::size_t i) const
    {
        return i + 1 < begin_.size() ? all_.all().subspan(begin_[i], begin_[i + 1] - begin_[i]) : Postings();
    }
    std::size_t size() const { return begin_.size() - 1; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(begin_, all_);
    }

private:
    std::vector<std::uint32_t> begin_{0};
    Kept<Posting> all_;
};

// What ranking and composing need to know of a fact without reading it.
struct FactFeatures {
    std::string id;
    LocalText asking;          // the plainest question that it answers; empty if none is known
    EntityId entity = 0;
    bool has_entity = true;
    bool is_faq = false;
    std::uint16_t property = 0;
    bool seed = false;
    bool has_date = false;     // a year stands in the text or it has validity dates
    std::string figure_of;             // unit of the one number it states; empty if it states another thing
    double figure = 0;                 // the number or the year that its value begins with; 0 if it begins with none
    bool has_number = false;
    bool names_person = false;
    bool names_place = false;
    bool names_money = false;
    float words = 0;           // content words of the texts, both languages together
    bool list_value = false;   // several items, of which the sentences name two at least where they are entities
    bool counted = false;      // ... and say how many there are: whoever is not among them is none of them
    std::string valid_from;    // for the order of facts that age, and what holds when
    std::string valid_to;
    std::vector<std::uint8_t> places;  // small numbers and ordinals of its sentences: "phase 2", "the third axis"
    bool tells_end = false;    // both its sentences say when it ended: it is history, and stays true
    std::vector<EntityId> value_entities;
    std::vector<EntityId> mentioned;   // all that its sentences name
    std::vector<std::string> numbers;  // folded digit runs of the text, "2 000" as "2000"

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(id, asking.en, asking.fr, entity, has_entity, is_faq, property, seed, has_date, has_number, names_person, names_place, names_money, words, list_value, counted, valid_from, valid_to, places, tells_end, figure_of, figure, value_entities, mentioned, numbers);
    }
};

// What the first look at a fact needs, side by side: hundreds are looked at for one question.
struct FactTraits {
    enum Bit : std::uint16_t { has_entity = 1, is_faq = 2, seed = 4, has_date = 8, has_number = 16, names_person = 32, names_place = 64, names_money = 128, list_value = 256, has_values = 512 };
    EntityId entity = 0;
    std::uint16_t property = 0;
    std::uint16_t bits = 0;
    float brief = 0;           // 0..1: it says little else

    bool is(Bit bit) const { return (bits & bit) != 0; }
};

// A question of the FAQ.
struct Title {
    std::string words;
    FactIndexId fact = 0;

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(words, fact);
    }
};

// Whether two questions that differ by this word alone are the same: a word of politeness, and the verb that "what's" contracts.
inline bool same_without(std::string_view word, intents::ClassBits classes)
{
    bool const contracted = word == "is" || word == "are" || word == "s" || word == "re";
    return (contracted && (classes & intents::function_word) != 0) || (classes & intents::filler) != 0;
}

class FactIndex {
public:
    FactIndex(knowledge::Knowledge const& knowledge, std::vector<intents::Intent> const& intents, std::vector<intents::Refusal> const& refusals, Vocabulary& vocabulary, Linker const& linker);

    Postings of_term(TermId term) const { return by_term_[term]; }
    Postings of_concept(intents::ConceptId id) const { return by_concept_[id]; }
    Postings of_property(std::uint16_t property) const { return by_property_[property]; }
    Postings of_entity(EntityId entity) const { return by_entity_[entity]; }
    // Whether the fact itself is about the entity, has it as its value or names it; not merely asked for with its name.
    bool states(FactIndexId fact, EntityId entity) const;
    Postings of_number(std::string const& digits) const { return by_number_[numbers_.find(digits)]; }

    std::size_t terms() const { return by_term_.size(); }
    // The entry of the FAQ that has these words as one of its questions; no_fact if there is none. Of folded words, a blank
    // between them, without phrases of politeness and what same_without() says.
    FactIndexId entry_of(std::string_view words) const;
    static constexpr FactIndexId no_fact = static_cast<FactIndexId>(-1);

    // Whether some way of asking for this property, of whatever entity, has the word or its meaning.
    bool goes_with(std::vector<TermId> const& terms, std::vector<intents::ConceptId> const& concepts, std::uint16_t property) const
    {
        auto const& codes = wordings_.codes();
        auto const has = [&](Code code) { return code < asked_with_.size() && property < 64 && (asked_with_[code] >> property & 1u) != 0; };
        return std::ranges::any_of(terms, [&](TermId term) { return has(codes.of_term(term)); }) ||
               std::ranges::any_of(concepts, [&](intents::ConceptId id) { return has(codes.of_concept(id)); });
    }
    // 0..1: how much rather a word stands in questions that no fact answers.
    float foreign(TermId term) const { return term < foreign_.size() ? foreign_[term] : 0; }
    float term_weight(TermId term) const { return term < term_weights_.size() ? term_weights_[term] : 0; }   // rarity: ln(1 + N/df)
    float concept_weight(intents::ConceptId id) const { return concept_weights_[id]; }

    Wordings const& wordings() const { return wordings_; }
    PropertyModel const& properties() const { return model_; }
    // Of an entity: which of its facts, by place_of() of the fact.
    FactModels const& fact_models() const { return fact_models_; }
    std::uint16_t place_of(FactIndexId fact) const { return places_[fact]; }
    std::uint16_t kind_of(EntityId entity) const { return kinds_[entity]; }

    std::vector<FactFeatures> const& facts() const { return facts_; }
    FactTraits const& traits(FactIndexId fact) const { return traits_[fact]; }
    std::uint16_t property(std::string_view name) const;     // no_property: there is none of the name
    static constexpr std::uint16_t no_property = static_cast<std::uint16_t>(-1);
    std::string const& property_name(std::uint16_t id) const { return properties_[id]; }

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(kinds_, wordings_, model_, fact_models_, places_, facts_, traits_, by_term_, foreign_, asked_with_, by_concept_, by_property_, by_entity_, titles_, numbers_, by_number_, properties_, term_weights_, concept_weights_);
    }
    // For one that is read back.
    FactIndex() : wordings_({}) {}

private:
    // What grows while facts are read.
    struct Draft {
        Vocabulary& vocabulary;
        Linker const& linker;
        std::unordered_map<std::string, EntityId> entity_ids;
        PostingLists::Open by_term, by_concept, by_property, by_entity, by_number;
        WordingText wording;
    };
    // A way of asking that names nobody but the entity asked about.
    struct Pattern {
        EntityId of = 0;
        std::uint16_t property = 0;
        PropertyModel::Terms terms;
    };
    void add_fact(knowledge::Fact const& fact, knowledge::Knowledge const& knowledge, Draft& draft);
    void add_faq(knowledge::FaqEntry const& entry, knowledge::Term const& term, Draft& draft);
    void add_title(FactIndexId entry, WordingText const& question);
    void add_text(FactIndexId fact, std::string_view text, Language language, Draft& draft, float strength);
    void add_wordings(FactIndexId fact, std::vector<std::string> const& texts, Language language, Draft& draft);
    void add_wording_postings(Draft& draft);
    void learn_refusals(std::vector<intents::Refusal> const& refusals, Draft& draft);
    static PropertyModel::Terms terms_of_pattern(std::string_view text, Language language, Vocabulary& vocabulary);
    void learn_general_refusal(intents::Refusal const& refusal, Vocabulary& vocabulary);
    void learn_absences(std::vector<intents::Intent> const& intents);
    void learn_examples(std::vector<intents::Intent> const& intents, Vocabulary& vocabulary);
    PropertyModel::Terms terms_of(WordingText const& text) const;
    static void add_posting(std::vector<Posting>& list, FactIndexId fact, float strength);
    std::vector<float> weights_of(PostingLists const& lists) const;

    std::vector<std::uint16_t> kinds_;       // of entities, as numbers
    Wordings wordings_;
    std::vector<Pattern> patterns_;          // until compiled
    PropertyModel model_;
    FactModels fact_models_;
    std::vector<std::uint16_t> places_;       // by fact: which of its entity's facts it is
    std::vector<FactFeatures> facts_;
    std::vector<FactTraits> traits_;         // of facts_
    PostingLists by_term_;
    std::vector<float> foreign_;
    std::vector<std::uint64_t> asked_with_;  // by code: bit per property
    PostingLists by_concept_;
    PostingLists by_property_;
    PostingLists by_entity_;
    std::vector<Title> titles_;              // in the order of their words
    text::WordTable numbers_;
    PostingLists by_number_;
    std::vector<std::string> properties_;
    std::vector<float> term_weights_;
    std::vector<float> concept_weights_;
};

// Whether digits are a year that a fact may be about.
inline bool is_year(std::string_view digits)
{
    return digits.size() == 4 && (digits[0] == '1' || digits.starts_with("20"));
}

// The number that tells something from its like: "2" and "II" of a phase, "third" of an axis; 0: none.
std::uint8_t place_of_word(std::string_view folded, intents::ClassBits classes);

// Digit runs of a text, with blanks, dots and commas between groups of three taken out: "2 000" -> "2000".
std::vector<std::string> numbers_of(std::string_view text);

}  // namespace immunobot::assistant
