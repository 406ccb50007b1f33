// The facts as lists: for each stem, concept, property and entity, which facts it speaks for and how strongly.
// Ranking runs over these in memory; the texts of the winners are then read from the database by key.
//
// Immutable once made; any number of threads may read.
#pragma once

#include "assistant/linker.hpp"
#include "assistant/property_model.hpp"
#include "assistant/vocabulary.hpp"
#include "assistant/wordings.hpp"
#include "intents/intent.hpp"
#include "intents/refusals.hpp"
#include "knowledge/model.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <unordered_map>
#include <vector>

namespace immunobot::assistant {

using FactIndexId = std::uint32_t;  // facts first, then FAQ entries

struct Posting {
    FactIndexId fact;
    float strength;
};
using Postings = std::vector<Posting>;

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
    bool has_number = false;
    bool names_person = false;
    bool names_place = false;
    bool names_money = false;
    float words = 0;           // content words of the texts, both languages together
    bool list_value = false;   // several items
    std::string valid_from;    // for the order of facts that age
    std::vector<EntityId> value_entities;
    std::vector<std::string> numbers;  // folded digit runs of the text, "2 000" as "2000"
};

class FactIndex {
public:
    FactIndex(knowledge::Knowledge const& knowledge, std::vector<intents::Intent> const& intents, std::vector<intents::Refusal> const& refusals, Vocabulary& vocabulary, Linker const& linker);

    Postings const& of_term(TermId term) const;
    Postings const& of_concept(intents::ConceptId id) const;
    Postings const& of_property(std::uint16_t property) const { return by_property_[property]; }
    Postings const& of_entity(EntityId entity) const { return by_entity_[entity]; }
    Postings const& of_number(std::string const& digits) const;

    std::size_t terms() const { return by_term_.size(); }
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
    float term_weight(TermId term) const;           // rarity: ln(1 + N/df)
    float concept_weight(intents::ConceptId id) const;

    Wordings const& wordings() const { return wordings_; }
    PropertyModel const& properties() const { return model_; }
    std::uint16_t kind_of(EntityId entity) const { return kinds_[entity]; }

    std::vector<FactFeatures> const& facts() const { return facts_; }
    std::uint16_t property(std::string_view name) const;     // max value: no such property
    std::string const& property_name(std::uint16_t id) const { return properties_[id]; }

private:
    void add_fact(knowledge::Fact const& fact, knowledge::Knowledge const& knowledge, Vocabulary& vocabulary, Linker const& linker);
    void add_faq(knowledge::FaqEntry const& entry, Vocabulary& vocabulary, Linker const& linker);
    void add_text(FactIndexId fact, std::string_view text, Language language, Vocabulary& vocabulary, Linker const& linker, float strength);
    void add_wordings(FactIndexId fact, std::vector<std::string> const& texts, Language language, Vocabulary& vocabulary, Linker const& linker);
    void add_wording_postings(Vocabulary const& vocabulary);
    void learn_refusals(std::vector<intents::Refusal> const& refusals, Vocabulary& vocabulary, Linker const& linker);
    void learn_examples(std::vector<intents::Intent> const& intents, Vocabulary& vocabulary);
    PropertyModel::Terms terms_of(WordingText const& text) const;
    void add_posting(Postings& list, FactIndexId fact, float strength);

    std::unordered_map<std::string, EntityId> entity_ids_;
    std::vector<std::uint16_t> kinds_;       // of entities, as numbers
    Wordings wordings_;
    PropertyModel model_;
    std::vector<FactFeatures> facts_;
    std::vector<Postings> by_term_;
    std::vector<float> foreign_;
    std::vector<std::uint64_t> asked_with_;  // by code: bit per property
    std::vector<Postings> by_concept_;
    std::vector<Postings> by_property_;
    std::vector<Postings> by_entity_;
    std::unordered_map<std::string, Postings> by_number_;
    std::vector<std::string> properties_;
};

// Digit runs of a text, with blanks, dots and commas between groups of three taken out: "2 000" -> "2000".
std::vector<std::string> numbers_of(std::string_view text);

}  // namespace immunobot::assistant
