#include "assistant/snapshot.hpp"

#include <algorithm>
#include <limits>

namespace immunobot::assistant {
namespace {

constexpr std::size_t long_name = 18;

std::vector<EntityCard> cards(std::vector<knowledge::Entity> const& entities)
{
    std::vector<EntityCard> out;
    for (auto const& entity : entities) {
        EntityCard card{entity.id, entity.kind, entity.name, EntityCard::no_entity};
        // Long names are known by their acronym; "IPH" for Innate Pharma would be a riddle.
        if (entity.acronym.size() > 2 && entity.name.en.size() >= long_name)
            card.name = {entity.acronym, entity.acronym};
        for (auto const language : {Language::en, Language::fr})
            if (auto const bracket = card.name.in(language).find(" ("); bracket != std::string::npos)
                card.name.in(language).resize(bracket);
        out.push_back(std::move(card));
    }
    for (std::size_t i = 0; i < entities.size(); ++i) {
        auto const parent = std::ranges::find(entities, entities[i].parent, &knowledge::Entity::id);
        if (parent != entities.end())
            out[i].parent = static_cast<EntityId>(parent - entities.begin());
    }
    return out;
}

Vocabulary base_vocabulary(IntentSet const& set, Linker const& linker)
{
    Vocabulary out(set.lexicon);
    auto const& keywords = set.matcher->words();
    for (std::uint32_t i = 0; i < keywords.size(); ++i)
        out.add(keywords.word(i));
    for (auto const& word : linker.words())
        out.add(word).name = true;
    return out;
}

}  // namespace

Snapshot::Snapshot(std::shared_ptr<IntentSet const> set) : intents(std::move(set)), vocabulary(intents->lexicon, Vocabulary::Empty{}) {}

Snapshot::Snapshot(std::shared_ptr<IntentSet const> set, knowledge::Knowledge const& knowledge)
    : intents(std::move(set)), entities(cards(knowledge.entities)), vocabulary(intents->lexicon, Vocabulary::Empty{}),
      linker(knowledge.entities, [this](std::string_view word) { return intents->lexicon->is_common(word); }),
      index((vocabulary = base_vocabulary(*intents, linker), knowledge), intents->matcher->intents(), intents->refusals, vocabulary, linker),
      home(entities.empty() ? EntityCard::no_entity : 0), revision(knowledge.revision), faq(knowledge.faq.size()), silent_when_over(knowledge.silent_when_over)
{
    vocabulary.finish();
    linker.forget_words();
    for (auto const language : {Language::en, Language::fr}) {
        auto& keywords = keywords_of_terms[static_cast<std::size_t>(language)];
        keywords.reserve(vocabulary.terms());
        for (TermId term = 0; term < vocabulary.terms(); ++term)
            keywords.push_back(intents->matcher->keyword(vocabulary.stem_text(term), language));
    }
    for (auto const& fact : index.facts())
        labels_of_facts.push_back({intents->embeddings->label_of(fact.id), intents->embeddings->label_of(std::string_view(fact.id).substr(0, fact.id.rfind('.')))});
    for (auto const& intent : intents->matcher->intents()) {
        auto& list = intent_properties.emplace_back();
        for (auto const& property : intent.properties)
            if (auto const id = index.property(property); id != std::numeric_limits<std::uint16_t>::max()) {
                list.push_back(id);
                if (intent_of_property.size() <= id)
                    intent_of_property.resize(id + 1u, static_cast<std::uint32_t>(-1));
                bool const main = property == intent.properties[0];
                if (main || intent_of_property[id] == static_cast<std::uint32_t>(-1))
                    intent_of_property[id] = static_cast<std::uint32_t>(intent_properties.size() - 1);
            }
    }
}

}  // namespace immunobot::assistant
