// What the models of the index learn from: ways of asking, examples of intents, refusals, and what is asked of others.

#include "assistant/fact_index.hpp"

#include "text/tokens.hpp"

#include <algorithm>
#include <limits>

namespace immunobot::assistant {
namespace {

constexpr std::size_t absences = 12;        // ways of asking for a property that an entity has not

}  // namespace

PropertyModel::Terms FactIndex::terms_of(WordingText const& text) const
{
    PropertyModel::Terms terms;
    std::size_t link = 0;
    for (std::size_t i = 0; i < text.words.size(); ++i) {
        if (link < text.links.size() && text.links[link].first == i) {
            terms.push_back(PropertyModel::name_of_kind(kinds_[text.links[link].entity]));
            i += text.links[link].count - 1u;
            ++link;
        } else {
            terms.push_back(text.term(i));
        }
    }
    std::vector<intents::ConceptId> meanings;
    auto const add = [&](std::vector<intents::ConceptId> const& ids) { meanings.insert(meanings.end(), ids.begin(), ids.end()); };
    for (std::size_t i = 0; i < text.words.size(); ++i)
        if (!text.named[i]) {
            add(text.word(i).concepts);
            text.each_phrase(i, [&](intents::Lexicon::Phrase const& phrase) { add(phrase.concepts); });
        }
    PropertyModel::add_meanings(terms, meanings);
    return terms;
}

// A question with "{entity}" in it, or other slots, each of which becomes a name of no known kind.
PropertyModel::Terms FactIndex::terms_of_pattern(std::string_view text, Language language, Vocabulary& vocabulary)
{
    PropertyModel::Terms terms;
    std::vector<intents::ConceptId> meanings;
    while (!text.empty()) {
        auto const open = std::min(text.find('{'), text.size());
        auto const tokens = text::tokenise(text.substr(0, open));
        for (std::size_t i = 0; i < tokens.size(); ++i) {
            auto const& word = vocabulary.add(tokens.word(i));
            terms.push_back(word.stem[static_cast<std::size_t>(language)]);
            meanings.insert(meanings.end(), word.concepts.begin(), word.concepts.end());
        }
        if (open == text.size())
            break;
        terms.push_back(PropertyModel::name_of_kind(PropertyModel::no_kind));
        text.remove_prefix(std::min(text.find('}', open), text.size() - 1) + 1);
    }
    PropertyModel::add_meanings(terms, meanings);
    return terms;
}

// What is asked of others, and is not known of this one: "how many beds has X?" where X has a headcount and a founder. Only
// wishes for a number, a person and the like, which no fact about something else fulfils.
void FactIndex::learn_absences(std::vector<intents::Intent> const& intents)
{
    std::vector<bool> plain(properties_.size());
    for (auto const& intent : intents)
        for (auto const& name : intent.properties)
            if (auto const id = property(name); id < plain.size())
                plain[id] = plain[id] || (intent.expects != intents::Expected::text && intent.expects != intents::Expected::list && intent.expects != intents::Expected::organisation);
    std::vector<std::vector<Pattern const*>> by_property(properties_.size());
    for (auto const& pattern : patterns_)
        if (plain[pattern.property])
            by_property[pattern.property].push_back(&pattern);
    std::vector<std::vector<bool>> known(kinds_.size(), std::vector<bool>(properties_.size()));
    for (auto const& fact : facts_)
        if (fact.has_entity && !fact.is_faq)
            known[fact.entity][fact.property] = true;
    for (EntityId entity = 0; entity < kinds_.size(); ++entity)
        for (std::uint16_t id = 0; id < properties_.size(); ++id) {
            auto const& others = by_property[id];
            if (known[entity][id] || others.empty())
                continue;
            std::size_t const step = std::max<std::size_t>(1, others.size() / absences);
            for (std::size_t i = entity % step; i < others.size(); i += step) {
                auto terms = others[i]->terms;
                for (auto& term : terms)
                    if (term == PropertyModel::name_of_kind(kinds_[others[i]->of]))
                        term = PropertyModel::name_of_kind(kinds_[entity]);
                fact_models_.add(entity, std::move(terms), PropertyModel::none);
            }
        }
    patterns_ = {};
}

// The examples of the intents teach too.
void FactIndex::learn_examples(std::vector<intents::Intent> const& intents, Vocabulary& vocabulary)
{
    for (auto const& intent : intents) {
        if (intent.properties.empty() || property(intent.properties[0]) == std::numeric_limits<std::uint16_t>::max())
            continue;
        for (auto const language : {Language::en, Language::fr})
            for (auto const& example : intent.in(language).examples)
                model_.add(terms_of_pattern(example.text, language, vocabulary), property(intent.properties[0]));
    }
}

// What no fact about anybody answers.
void FactIndex::learn_general_refusal(intents::Refusal const& refusal, Vocabulary& vocabulary)
{
    auto const terms = terms_of_pattern(refusal.question, refusal.language, vocabulary);
    model_.add(terms, PropertyModel::none);
    for (EntityId entity = 0; entity < kinds_.size(); ++entity) {
        auto of_kind = terms;
        std::ranges::replace(of_kind, PropertyModel::name_of_kind(PropertyModel::no_kind), PropertyModel::name_of_kind(kinds_[entity]));
        fact_models_.add(entity, std::move(of_kind), PropertyModel::none);
    }
}

// Besides teaching the model, refusals tell the words that go with wishes for which there are no facts: those that stand
// there, and hardly ever in a way of asking for a fact.
void FactIndex::learn_refusals(std::vector<intents::Refusal> const& refusals, Draft& draft)
{
    std::vector<float> refused, used;
    auto const count = [](std::vector<float>& counts, TermId term) {
        if (counts.size() <= term)
            counts.resize(term + 1u);
        counts[term] += 1;
    };
    for (auto const& refusal : refusals) {
        if (refusal.question.find('{') != std::string::npos) {
            learn_general_refusal(refusal, draft.vocabulary);
            continue;
        }
        auto& text = draft.wording;
        text.read(refusal.question, refusal.language, draft.vocabulary, draft.linker);
        model_.add(terms_of(text), PropertyModel::none);
        for (auto const& link : text.links)
            fact_models_.add(link.entity, terms_of(text), PropertyModel::none);
        for (std::size_t i = 0; i < text.words.size(); ++i)
            if (!text.named[i])
                count(refused, text.term(i));
    }
    wordings_.each_term([&](TermId term) { count(used, term); });
    foreign_.assign(refused.size(), 0);
    auto const wordings = static_cast<float>(std::max<std::size_t>(wordings_.size(), 1));
    for (std::size_t term = 0; term < refused.size(); ++term) {
        float const here = refused[term] / static_cast<float>(refusals.size());
        float const there = (term < used.size() ? used[term] : 0) / wordings;
        foreign_[term] = here > 0 ? here / (here + there) : 0;
    }
}

}  // namespace immunobot::assistant
