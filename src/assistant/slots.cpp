// What a question asks of an answer: its words, names and numbers as slots that ranking has to account for.
#include "assistant/analysis.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float everyday_weight = 2.5f;     // a real word of the language that the bot has no use for
constexpr float unknown_weight = 5.0f;      // a word that nothing accounts for: it weighs like a rare one
constexpr float least_weight = 0.8f;
constexpr float most_weight = 5.5f;
constexpr float entity_weight = 5.0f;
constexpr float number_weight = 4.0f;
constexpr float keyword_weight = 2.5f;      // of a word that only keywords know
constexpr float short_unknown_weight = 1.5f; // of a word of up to three letters that nothing accounts for
constexpr float light_weight = 0.7f;        // of a word that seldom carries the wish
constexpr float unseen_weight = 1.5f;        // a word known by its meaning alone weighs this much more than the meaning
constexpr float question_word_weight = 1.0f; // of "where" and the like, when a keyword
constexpr std::size_t most_slots = 48;       // more is no question; ranking stays linear and its bit sets fit

}  // namespace

// "c'est quoi", "how old", "where": keywords made of words that carry no slot of their own are a wish all the same.
void Analyser::add_question_phrases(Analysis& out, std::vector<Slot>& by_token) const
{
    for (auto const& hit : out.hits) {
        bool const deciding = hit.role == KeywordHit::Role::any || hit.role == KeywordHit::Role::must;
        bool bare = deciding && out.words[hit.first].role != Role::entity;
        for (std::size_t i = hit.first; i < static_cast<std::size_t>(hit.first) + hit.count; ++i)
            bare = bare && !is_content(out.words[i]);
        if (!bare || snapshot_.intent_properties[hit.intent].empty())
            continue;
        auto& slot = by_token[hit.first];
        slot.text = out.words[hit.first].folded;
        slot.weight = std::max(slot.weight, hit.count > 1 ? keyword_weight : question_word_weight);
        for (auto const property : snapshot_.intent_properties[hit.intent])
            slot.properties.emplace_back(property, 0.85f);
    }
    std::erase_if(out.slots, [](Slot const& slot) { return slot.weight <= 0; });
}

void Analyser::make_terms(Analysis& out) const
{
    std::size_t link = 0;
    for (std::size_t i = 0; i < out.words.size(); ++i) {
        if (link < out.links.size() && out.links[link].first == i) {
            out.terms.push_back(PropertyModel::name_of_kind(snapshot_.index.kind_of(out.links[link].entity)));
            i += out.links[link].count - 1u;
            ++link;
        } else {
            out.terms.push_back(out.words[i].word.stem[static_cast<std::size_t>(out.language)]);
        }
    }
    std::vector<intents::ConceptId> meanings;
    for (auto const& word : out.words)
        if (word.role != Role::entity)
            meanings.insert(meanings.end(), word.word.concepts.begin(), word.word.concepts.end());
    PropertyModel::add_meanings(out.terms, meanings);
}

void Analyser::make_slots(std::string_view text, Analysis& out) const
{
    for (auto const& link : out.links) {
        Slot slot;
        slot.kind = Slot::Kind::entity;
        slot.entity = link.entity;
        slot.weight = entity_weight;
        slot.text = snapshot_.entities[link.entity].id;
        out.slots.push_back(std::move(slot));
    }
    std::vector<Slot> by_token(out.words.size());
    for (auto const& word : out.words) {
        if (!is_content(word))
            continue;
        auto& slot = by_token[word.token];
        slot.text = word.folded;
        slot.common = word.word.common;
        if (word.word.common && word.role == Role::unknown)
            slot.weight = everyday_weight;
        for (TermId const term : word.word.stem)
            if (term != no_term && (slot.terms.empty() || slot.terms[0] != term))
                slot.terms.push_back(term);
        slot.concepts = word.word.concepts;
        float weight = 0;
        for (TermId const term : slot.terms)
            weight = std::max(weight, snapshot_.index.term_weight(term));
        float concept_best = 0;
        for (auto const id : slot.concepts) {
            float const w = snapshot_.index.concept_weight(id);
            concept_best = concept_best == 0 ? w : std::min(concept_best, w);
        }
        if (concept_best > 0)
            weight = weight == 0 ? std::min(concept_best + unseen_weight, most_weight) : std::min(weight, concept_best + 1);
        if (weight == 0 && slot.weight > 0)
            continue;
        slot.weight = weight == 0 ? 0 : std::clamp(weight, least_weight, most_weight);
        if ((classes(word, out.language) & light) != 0) {
            slot.weight = light_weight;
            slot.counts = false;
        }
    }
    for (auto const& hit : out.hits) {
        if (hit.role == intents::KeywordHit::Role::never)
            continue;
        float const strength = hit.role == intents::KeywordHit::Role::may ? 0.4f : 0.85f;
        for (std::size_t i = hit.first; i < static_cast<std::size_t>(hit.first) + hit.count; ++i) {
            if (out.words[i].role == Role::entity || by_token[i].text.empty())
                continue;
            for (auto const property : snapshot_.intent_properties[hit.intent])
                by_token[i].properties.emplace_back(property, strength);
            if (by_token[i].weight == 0 || hit.role == KeywordHit::Role::any)
                by_token[i].weight = std::max(by_token[i].weight, keyword_weight);
            by_token[i].counts = by_token[i].counts || hit.role == KeywordHit::Role::any;
        }
    }
    add_question_phrases(out, by_token);
    for (auto& slot : by_token)
        if (!slot.text.empty()) {
            if (slot.weight == 0)
                slot.weight = slot.text.size() <= 3 ? short_unknown_weight : unknown_weight;
            out.slots.push_back(std::move(slot));
        }
    // Digits that belong to a name (CRO2, ICT01), or to politeness ("in 3 sentences"), are not numbers of the question.
    for (auto const& digits : numbers_of(text)) {
        bool const said_otherwise = std::ranges::any_of(out.words, [&](AnalysedWord const& w) { return (w.role == Role::entity || w.role == Role::filler) && w.folded == digits; });
        if (said_otherwise)
            continue;
        out.numbers.push_back(digits);
        Slot slot;
        slot.kind = Slot::Kind::number;
        slot.text = digits;
        slot.weight = number_weight;
        out.slots.push_back(std::move(slot));
    }
    if (out.slots.size() > most_slots)
        out.slots.resize(most_slots);
}

}  // namespace immunobot::assistant
