#include "assistant/fact_index.hpp"

#include "knowledge/fragments.hpp"
#include "knowledge/in_force.hpp"
#include "text/marked.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <future>
#include <limits>

namespace immunobot::assistant {
namespace {

constexpr float own_entity = 1.0f;        // the fact is about the entity
constexpr float value_entity = 0.9f;      // the entity is the fact's value
constexpr float mentioned_entity = 0.6f;  // the entity is only named in the text
constexpr float part_of_a_name = 0.98f;    // of a word there: below in_the_fact, for a city is not where everybody is who belongs to its cluster
constexpr float parent_entity = 0.25f;    // the fact is about a part of the entity
constexpr float concept_strength = 0.75f;
constexpr float one_wording = 0.65f;      // of a word that one way of asking for the fact has
constexpr float more_wordings = 0.1f;     // for each wording more
constexpr float most_of_wordings = 0.95f;
constexpr float asked_entity = 0.8f;      // the entity is named by a way of asking for the fact

bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

// As a word: of small lists, sentences say "four", not "4".
bool says_number(std::string_view text, std::size_t number)
{
    constexpr std::string_view words[] = {"two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};
    if (number < 2 || number - 2 >= std::size(words))
        return false;
    auto const tokens = text::tokenise(text);
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (tokens.word(i) == words[number - 2])
            return true;
    return false;
}

FactTraits traits_of(FactFeatures const& fact)
{
    FactTraits out{fact.entity, fact.property, 0, 4 / (4 + fact.words / 4)};
    auto const note = [&](bool is, FactTraits::Bit bit) { out.bits = static_cast<std::uint16_t>(out.bits | (is ? bit : 0)); };
    note(fact.has_entity, FactTraits::has_entity);
    note(fact.is_faq, FactTraits::is_faq);
    note(fact.seed, FactTraits::seed);
    note(fact.has_date, FactTraits::has_date);
    note(fact.has_number, FactTraits::has_number);
    note(fact.names_person, FactTraits::names_person);
    note(fact.names_place, FactTraits::names_place);
    note(fact.names_money, FactTraits::names_money);
    note(fact.list_value, FactTraits::list_value);
    note(!fact.value_entities.empty(), FactTraits::has_values);
    return out;
}

}  // namespace

std::uint8_t place_of_word(std::string_view folded, intents::ClassBits classes)
{
    constexpr std::string_view roman[] = {"ii", "iii", "iv"};   // "i" is a word of English
    if (auto const at = std::ranges::find(roman, folded); at != std::end(roman))
        return static_cast<std::uint8_t>(at - std::begin(roman) + 2);
    if (folded.size() == 1 && folded[0] >= '1' && folded[0] <= '9')
        return static_cast<std::uint8_t>(folded[0] - '0');
    return static_cast<std::uint8_t>(intents::order_of(classes));
}

std::vector<std::string> numbers_of(std::string_view text)
{
    std::vector<std::string> out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const inside_word = i > 0 && ((text[i - 1] >= 'A' && text[i - 1] <= 'Z') || (text[i - 1] >= 'a' && text[i - 1] <= 'z') || is_digit(text[i - 1]));
        if (!is_digit(text[i]) || inside_word)
            continue;
        std::string digits;
        std::size_t at = i;
        std::size_t first_group = 0;  // digits before the first separator
        for (;;) {
            while (at < text.size() && is_digit(text[at]))
                digits += text[at++];
            if (first_group == 0)
                first_group = digits.size();
            // A group of exactly three digits after one separator continues the number (U+202F and U+00A0 too).
            std::size_t skip = 0;
            auto const rest = text.substr(at);
            if (rest.starts_with(' ') || rest.starts_with(',') || rest.starts_with('.'))
                skip = 1;
            else if (rest.starts_with("\xC2\xA0"))
                skip = 2;
            else if (rest.starts_with("\xE2\x80\xAF"))
                skip = 3;
            bool const group = skip > 0 && first_group <= 3 && digits.size() <= 9 && at + skip + 3 <= text.size() && is_digit(text[at + skip]) && is_digit(text[at + skip + 1]) &&
                               is_digit(text[at + skip + 2]) && !(at + skip + 3 < text.size() && is_digit(text[at + skip + 3]));
            if (!group)
                break;
            at += skip;
        }
        out.push_back(digits);
        i = at;
    }
    return out;
}

PostingLists::PostingLists(Open const& lists)
{
    std::size_t size = 0;
    for (auto const& list : lists)
        size += list.size();
    std::vector<Posting> all;
    all.reserve(size);
    begin_.reserve(lists.size() + 1);
    for (auto const& list : lists) {
        all.insert(all.end(), list.begin(), list.end());
        begin_.push_back(static_cast<std::uint32_t>(all.size()));
    }
    all_ = Kept(std::move(all));
}

FactIndex::FactIndex(knowledge::Knowledge const& knowledge, std::vector<intents::Intent> const& intents, std::vector<intents::Refusal> const& refusals, Vocabulary& vocabulary, Linker const& linker)
    : wordings_({static_cast<std::uint32_t>(vocabulary.lexicon().concepts()), static_cast<std::uint32_t>(knowledge.entities.size())})
{
    Draft draft{vocabulary, linker, {}, {}, {}, {}, {}, {}, {}};
    draft.by_entity.resize(knowledge.entities.size());
    std::vector<std::string> kinds;
    for (EntityId id = 0; id < knowledge.entities.size(); ++id) {
        draft.entity_ids.emplace(knowledge.entities[id].id, id);
        auto const kind = std::ranges::find(kinds, knowledge.entities[id].kind);
        kinds_.push_back(static_cast<std::uint16_t>(kind - kinds.begin()));
        if (kind == kinds.end())
            kinds.push_back(knowledge.entities[id].kind);
    }
    draft.by_concept.resize(vocabulary.lexicon().concepts());
    for (auto const& fact : knowledge.facts)
        add_fact(fact, knowledge, draft);
    knowledge::FactsById const fact_of(knowledge.facts);
    for (auto entry : knowledge.faq) {
        auto const term = knowledge::term_of(entry, fact_of);
        entry.answer = text::without_marks(knowledge::with_facts(entry.answer, fact_of));
        add_faq(entry, term, draft);
    }
    std::unordered_multimap<std::string_view, FactIndexId> numbers;
    for (FactIndexId i = 0; i < facts_.size(); ++i) {
        std::string_view const id = facts_[i].id;
        numbers.emplace(id, i);
        if (!facts_[i].is_faq)
            numbers.emplace(id.substr(0, id.rfind('.')), i);
    }
    std::vector<std::uint16_t> counts(knowledge.entities.size());
    for (auto const& fact : facts_)
        places_.push_back(fact.has_entity ? counts[fact.entity]++ : std::uint16_t{0});
    for (auto const& asking : knowledge.askings)
        for (auto [fact, end] = numbers.equal_range(asking.id); fact != end; ++fact) {
            auto& plainest = facts_[fact->second].asking;
            for (auto const language : {Language::en, Language::fr}) {
                auto const& questions = language == Language::en ? asking.questions_en : asking.questions_fr;
                if (plainest.in(language).empty() && !questions.empty() && facts_[fact->second].id == asking.id)
                    plainest.in(language) = questions[0];
            }
            add_wordings(fact->second, asking.questions_en, Language::en, draft);
            add_wordings(fact->second, asking.questions_fr, Language::fr, draft);
        }
    for (FactIndexId i = 0, at = static_cast<FactIndexId>(facts_.size() - knowledge.faq.size()); i < knowledge.faq.size(); ++i) {
        add_wordings(at + i, knowledge.faq[i].questions_en, Language::en, draft);
        add_wordings(at + i, knowledge.faq[i].questions_fr, Language::fr, draft);
    }
    std::ranges::stable_sort(titles_, {}, &Title::words);
    learn_examples(intents, vocabulary);
    learn_refusals(refusals, draft);
    learn_absences(intents);
    // Nothing else needs the model, nor does it need more than its examples.
    auto trained = std::async(std::launch::async, [&] {
        model_.train(properties_.size());
        fact_models_.train(model_, counts);
    });
    wordings_.finish(facts_.size(), vocabulary.terms());
    add_wording_postings(draft);
    wordings_.pack();
    by_term_ = PostingLists(draft.by_term);
    by_concept_ = PostingLists(draft.by_concept);
    by_property_ = PostingLists(draft.by_property);
    by_entity_ = PostingLists(draft.by_entity);
    by_number_ = PostingLists(draft.by_number);
    term_weights_ = weights_of(by_term_);
    concept_weights_ = weights_of(by_concept_);
    for (auto const& fact : facts_)
        traits_.push_back(traits_of(fact));
    trained.get();
}

void FactIndex::add_wordings(FactIndexId fact, std::vector<std::string> const& texts, Language language, Draft& draft)
{
    for (auto const& text : texts) {
        draft.wording.read(text, language, draft.vocabulary, draft.linker);
        wordings_.add(fact, draft.wording, 0);
        if (facts_[fact].is_faq)
            add_title(fact, draft.wording);
        else
            model_.add(terms_of(draft.wording), facts_[fact].property);
        if (!facts_[fact].has_entity)
            continue;
        auto const terms = terms_of(draft.wording);
        auto const entity = facts_[fact].entity;
        fact_models_.add(entity, terms, places_[fact]);
        if (!facts_[fact].is_faq && draft.wording.links.size() == 1 && draft.wording.links[0].entity == entity)
            patterns_.push_back({entity, facts_[fact].property, terms});
    }
}

void FactIndex::add_title(FactIndexId entry, WordingText const& question)
{
    std::string words;
    for (std::size_t i = 0; i < question.words.size(); ++i)
        if (!(question.wrapping[i] && !question.named[i]) && !same_without(question.tokens.word(i), question.classes(i)))
            words.append(words.empty() ? "" : " ").append(question.tokens.word(i));
    titles_.push_back({std::move(words), entry});
}

// What a fact is asked for with speaks for it nearly as much as its own words, the more wordings have it.
void FactIndex::add_wording_postings(Draft& draft)
{
    draft.by_term.resize(draft.vocabulary.terms());
    auto const& codes = wordings_.codes();
    asked_with_.resize(codes.of_term(static_cast<TermId>(draft.vocabulary.terms())));
    wordings_.each_code([&](FactIndexId fact, Code code, std::uint32_t uses) {
        if (facts_[fact].property < 64)
            asked_with_[code] |= std::uint64_t{1} << facts_[fact].property;
        float const strength = std::min(most_of_wordings, one_wording + more_wordings * static_cast<float>(uses - 1));
        if (codes.is_concept(code))
            draft.by_concept[code].push_back({fact, concept_strength * strength});
        else if (code >= codes.of_term(0))
            draft.by_term[code - codes.of_term(0)].push_back({fact, strength});
        else if (code < codes.of_class(0) && uses > 1 && code != codes.of_entity(0))
            draft.by_entity[code - codes.of_entity(0)].push_back({fact, asked_entity});
    });
    for (auto* lists : {&draft.by_term, &draft.by_concept, &draft.by_entity})
        for (auto& list : *lists) {
            std::ranges::stable_sort(list, [](Posting const& a, Posting const& b) { return a.fact != b.fact ? a.fact < b.fact : a.strength > b.strength; });
            list.erase(std::unique(list.begin(), list.end(), [](Posting const& a, Posting const& b) { return a.fact == b.fact; }), list.end());
        }
}

void FactIndex::add_posting(std::vector<Posting>& list, FactIndexId fact, float strength)
{
    if (!list.empty() && list.back().fact == fact)
        list.back().strength = std::max(list.back().strength, strength);
    else
        list.push_back({fact, strength});
}

void FactIndex::add_text(FactIndexId fact, std::string_view text, Language language, Draft& draft, float strength)
{
    auto& read = draft.wording;
    read.read(text, language, draft.vocabulary, draft.linker);
    for (auto const& link : read.links) {
        add_posting(draft.by_entity[link.entity], fact, mentioned_entity * strength);
        if (auto& mentioned = facts_[fact].mentioned; std::ranges::find(mentioned, link.entity) == mentioned.end())
            mentioned.push_back(link.entity);
    }
    for (std::size_t i = 0; i < read.words.size(); ++i) {
        draft.vocabulary.word(read.words[i]).in_facts = true;
        if (draft.by_term.size() < draft.vocabulary.terms())
            draft.by_term.resize(draft.vocabulary.terms());
        bool const function = (read.classes(i) & intents::function_word) != 0;
        bool const in_name = std::ranges::any_of(read.links, [&](Link const& link) { return i >= link.first && i < static_cast<std::size_t>(link.first) + link.count; });
        if (!function) {
            add_posting(draft.by_term[read.term(i)], fact, in_name ? std::min(strength, part_of_a_name) : strength);
            facts_[fact].words += strength;
        }
        for (auto const id : read.word(i).concepts)
            add_posting(draft.by_concept[id], fact, concept_strength * strength);
    }
    for (std::size_t i = 0; i < read.words.size(); ++i)
        read.each_phrase(i, [&](intents::Lexicon::Phrase const& phrase) {
            for (auto const id : phrase.concepts)
                add_posting(draft.by_concept[id], fact, concept_strength * strength);
        });
    for (auto const& digits : numbers_of(text)) {
        facts_[fact].numbers.push_back(digits);
        facts_[fact].has_number = facts_[fact].has_number || !is_year(digits);
        facts_[fact].has_date = facts_[fact].has_date || is_year(digits);
        auto const number = numbers_.add(digits);
        if (draft.by_number.size() <= number)
            draft.by_number.resize(number + 1u);
        add_posting(draft.by_number[number], fact, 1);
    }
}

void FactIndex::add_fact(knowledge::Fact const& fact, knowledge::Knowledge const& knowledge, Draft& draft)
{
    auto const id = static_cast<FactIndexId>(facts_.size());
    auto& features = facts_.emplace_back();
    features.id = fact.id;
    auto const entity = draft.entity_ids.find(fact.entity);
    features.has_entity = entity != draft.entity_ids.end();
    features.entity = features.has_entity ? entity->second : 0;
    auto const known = std::ranges::find(properties_, fact.property);
    features.property = static_cast<std::uint16_t>(known - properties_.begin());
    if (known == properties_.end()) {
        properties_.push_back(fact.property);
        draft.by_property.emplace_back();
    }
    draft.by_property[features.property].push_back({id, 1});
    features.seed = fact.layer == "seed";
    features.valid_from = fact.valid_from;
    features.valid_to = fact.valid_to;
    features.tells_end = knowledge::tells_end(fact.valid_to, fact.text);
    features.has_date = !fact.valid_from.empty();
    if (!fact.value.empty() && std::ranges::all_of(fact.value, [](char c) { return c >= '0' && c <= '9'; }))
        features.figure_of = fact.unit;
    if (!fact.value.empty() && is_digit(fact.value[0]))   // not "inf", which from_chars() takes for a number
        std::from_chars(fact.value.data(), fact.value.data() + fact.value.size(), features.figure);
    features.names_money = fact.unit.starts_with("EUR") || fact.unit.starts_with("USD");
    features.list_value = fact.value.find('|') != std::string::npos;
    features.names_place = fact.property == "location" || fact.property == "address";
    for (std::size_t begin = 0; begin <= fact.value.size();) {
        std::size_t const end = std::min(fact.value.find('|', begin), fact.value.size());
        if (auto const item = draft.entity_ids.find(fact.value.substr(begin, end - begin)); item != draft.entity_ids.end()) {
            features.value_entities.push_back(item->second);
            auto const& kind = knowledge.entities[item->second].kind;
            features.names_person = features.names_person || kind == "person";
            features.names_place = features.names_place || kind == "place";
        }
        begin = end + 1;
    }
    for (auto const* property : {"leader", "former_leader", "founder", "role", "governance"})
        features.names_person = features.names_person || fact.property == property;
    if (features.has_entity) {
        add_posting(draft.by_entity[features.entity], id, own_entity);
        auto const parent = draft.entity_ids.find(knowledge.entities[features.entity].parent);
        if (parent != draft.entity_ids.end() && parent->second != features.entity)
            add_posting(draft.by_entity[parent->second], id, parent_entity);
    }
    for (EntityId const value : facts_[id].value_entities)
        add_posting(draft.by_entity[value], id, value_entity);
    for (auto const language : {Language::en, Language::fr}) {
        draft.wording.read(fact.text.in(language), language, draft.vocabulary, draft.linker);
        for (std::size_t i = 0; i < draft.wording.words.size(); ++i)
            if (auto const place = place_of_word(draft.wording.tokens.word(i), draft.wording.classes(i)); place > 0 && std::ranges::find(facts_[id].places, place) == facts_[id].places.end())
                facts_[id].places.push_back(place);
    }
    add_text(id, fact.text.en, Language::en, draft, 1);
    add_text(id, fact.text.fr, Language::fr, draft, 1);
    add_text(id, fact.unit, Language::en, draft, 1);
    // One that only counts them, or says what they are, is no list of them.
    auto& told = facts_[id];
    auto const& values = told.value_entities;
    auto const named = static_cast<std::size_t>(std::ranges::count_if(values, [&](EntityId one) { return std::ranges::find(told.mentioned, one) != told.mentioned.end(); }));
    if (values.size() > 1)
        told.list_value = told.list_value && named > 1;
    told.counted = told.list_value && named == values.size() && says_number(fact.text.en, values.size());
}

void FactIndex::add_faq(knowledge::FaqEntry const& entry, knowledge::Term const& term, Draft& draft)
{
    auto const id = static_cast<FactIndexId>(facts_.size());
    auto& features = facts_.emplace_back();
    features.id = entry.id;
    if (!entry.questions_en.empty() && !entry.questions_fr.empty())
        features.asking = {entry.questions_en[0], entry.questions_fr[0]};
    features.is_faq = true;
    features.property = std::numeric_limits<std::uint16_t>::max();
    features.valid_from = term.valid_from;
    features.valid_to = term.valid_to;
    auto const entity = draft.entity_ids.find(entry.entity);
    features.has_entity = entity != draft.entity_ids.end();
    features.entity = features.has_entity ? entity->second : 0;
    if (features.has_entity)
        add_posting(draft.by_entity[features.entity], id, own_entity);
    add_text(id, entry.answer.en, Language::en, draft, 0.4f);
    add_text(id, entry.answer.fr, Language::fr, draft, 0.4f);
}

std::vector<float> FactIndex::weights_of(PostingLists const& lists) const
{
    std::vector<float> out(lists.size());
    for (std::size_t i = 0; i < out.size(); ++i)
        out[i] = lists[i].empty() ? 0 : std::log(1 + static_cast<float>(facts_.size()) / static_cast<float>(lists[i].size()));
    return out;
}

FactIndexId FactIndex::entry_of(std::string_view words) const
{
    auto const found = std::ranges::lower_bound(titles_, words, {}, [](Title const& title) { return std::string_view(title.words); });
    return words.empty() || found == titles_.end() || found->words != words ? no_fact : found->fact;
}

bool FactIndex::states(FactIndexId fact, EntityId entity) const
{
    auto const& features = facts_[fact];
    auto const in = [&](std::vector<EntityId> const& list) { return std::ranges::find(list, entity) != list.end(); };
    return (features.has_entity && features.entity == entity) || in(features.value_entities) || in(features.mentioned);
}

std::uint16_t FactIndex::property(std::string_view name) const
{
    auto const at = std::ranges::find(properties_, name);
    return at == properties_.end() ? no_property : static_cast<std::uint16_t>(at - properties_.begin());
}

}  // namespace immunobot::assistant
