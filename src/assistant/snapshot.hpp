// Everything that is compiled once from intents, word lists and knowledge, and then only read.
// A reload or an edit makes a new snapshot; answers in flight finish on the old one.
#pragma once

#include "assistant/fact_index.hpp"
#include "assistant/linker.hpp"
#include "assistant/vocabulary.hpp"
#include "base/diagnostic.hpp"
#include "intents/embedding_model.hpp"
#include "intents/lexicon.hpp"
#include "intents/matcher.hpp"
#include "intents/refusals.hpp"
#include "knowledge/model.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace immunobot::assistant {

// What comes from files: kept when only the knowledge changes.
struct IntentSet {
    std::shared_ptr<intents::Lexicon const> lexicon;
    std::shared_ptr<intents::Matcher const> matcher;
    std::vector<intents::Refusal> refusals;
    std::shared_ptr<intents::EmbeddingModel const> embeddings = std::make_shared<intents::EmbeddingModel>();   // empty: nothing was learned
    Diagnostics problems;
    std::string files;   // digest of the files that all of it comes from; empty if something was wrong with them
};

// What an entity is called in answers and suggestions.
struct EntityCard {
    std::string id;
    std::string kind;
    LocalText name;   // the short form: the acronym where it has one
    EntityId parent = no_entity;
    static constexpr EntityId no_entity = static_cast<EntityId>(-1);

    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(id, kind, name.en, name.fr, parent);
    }
};

struct Snapshot {
    Snapshot(std::shared_ptr<IntentSet const> set, knowledge::Knowledge const& knowledge);
    // For one that is read back.
    explicit Snapshot(std::shared_ptr<IntentSet const> set);

    // The number of a stem among the keywords of the intents.
    std::uint32_t keyword_of(TermId term, Language language) const { return keywords_of_terms[static_cast<std::size_t>(language)][term]; }

    std::shared_ptr<IntentSet const> intents;
    std::vector<EntityCard> entities;
    Vocabulary vocabulary;
    Linker linker;
    FactIndex index;
    EntityId home = EntityCard::no_entity;  // the house that keeps the bot: the first entity of the data
    std::int64_t revision = 0;
    std::size_t faq = 0;
    bool silent_when_over = false;          // what has ended is not told (see is_outdated in timing.hpp), rather than told with its date
    std::vector<std::vector<std::uint16_t>> intent_properties;  // by intent, ids in the index
    std::vector<std::uint32_t> intent_of_property;              // by property id; first intent that answers it
    std::array<std::vector<std::uint32_t>, 2> keywords_of_terms; // by Language and stem
    // By fact: its own label and that of its entity's property in the embedding model.
    std::vector<std::array<intents::EmbeddingModel::Label, 2>> labels_of_facts;

    // All but the intents.
    template <class Archive>
    void transfer(Archive& archive)
    {
        archive(entities, vocabulary, linker, index, home, revision, faq, silent_when_over, intent_properties, intent_of_property, keywords_of_terms, labels_of_facts);
    }
};

}  // namespace immunobot::assistant
