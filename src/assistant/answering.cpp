#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"

#include <algorithm>
#include <limits>

namespace immunobot::assistant {
namespace {

using namespace intents;

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float sure_enough = 0.4f;        // answer
constexpr float may_be = 0.25f;            // offer what it may be about
constexpr float speaks_of_one = 0.3f;      // share of the named entities that an answer has to speak of
constexpr float speaks_of_both = 0.75f;    // below it, two that are named are asked for one by one
constexpr float same_statement = 1.2f;     // a fact of the same property this close to the best is told with it
constexpr float same_body = 0.25f;         // so is any fact of the same body, if it is this close
constexpr std::size_t candidates = 24;
constexpr std::size_t most_told = 3;
constexpr std::size_t most_listed = 6;
constexpr std::size_t most_parts = 3;
constexpr float soft_focus = 2.0f;         // of an entity that is only remembered
constexpr float soft_home = 1.5f;          // of the house, when nothing else is named

constexpr std::uint32_t wishes = asks_when | asks_where | asks_who | asks_how_many | money;
constexpr std::uint32_t ordinals = ordinal_first | ordinal_second | ordinal_third | ordinal_last;
constexpr std::uint32_t question_words = asks_when | asks_where | asks_who | asks_how_many | asks_why | asks_which | yes_no;

Slot entity_slot(Snapshot const& snapshot, EntityId entity, float weight, bool counts)
{
    Slot slot;
    slot.kind = Slot::Kind::entity;
    slot.entity = entity;
    slot.weight = weight;
    slot.counts = counts;
    slot.text = snapshot.entities[entity].id;
    return slot;
}

std::optional<EntityId> find_entity(Snapshot const& snapshot, std::string_view id)
{
    auto const at = std::ranges::find(snapshot.entities, id, &EntityCard::id);
    if (at == snapshot.entities.end())
        return std::nullopt;
    return static_cast<EntityId>(at - snapshot.entities.begin());
}

int safety_rank(Intent const& intent)
{
    return intent.status != "safety" ? 0 : intent.id == "self_harm" ? 3 : intent.id == "emergency" ? 2 : 1;
}

bool names_other_than_home(Snapshot const& snapshot, Analysis const& analysis)
{
    return std::ranges::any_of(analysis.links, [&](Link const& l) { return l.entity != snapshot.home; });
}

bool has_content(Analysis const& analysis)
{
    return std::ranges::any_of(analysis.slots, [](Slot const& s) { return s.kind != Slot::Kind::entity; });
}

std::uint32_t classes_of(AnalysedWord const& word, Language language)
{
    return word.word.classes[static_cast<std::size_t>(language)];
}

// "the second one", "le troisieme": the entity that the last answer listed there.
std::optional<std::string> listed_entity(Analysis const& analysis, Conversation const& conversation)
{
    if (conversation.listed.empty())
        return std::nullopt;
    for (auto const& word : analysis.words) {
        auto const bits = classes_of(word, analysis.language) & ordinals;
        std::size_t const at = bits == ordinal_first ? 0 : bits == ordinal_second ? 1 : bits == ordinal_third ? 2 : bits == ordinal_last ? conversation.listed.size() - 1 : conversation.listed.size();
        if (at < conversation.listed.size())
            return conversation.listed[at];
    }
    return std::nullopt;
}

void drop_ordinals(Analysis& analysis)
{
    for (auto const& word : analysis.words)
        if ((classes_of(word, analysis.language) & ordinals) != 0)
            std::erase_if(analysis.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::word && slot.text == word.folded; });
}

}  // namespace

std::vector<std::string_view> split_questions(std::string_view text, Analysis const& whole)
{
    std::vector<std::size_t> cuts{0};
    auto const side = static_cast<std::size_t>(whole.language);
    bool content = false;  // a wish before the cut; a name alone is one only before a full stop
    bool named = false;
    for (std::size_t i = 1; i < whole.words.size(); ++i) {
        auto const& before = whole.words[i - 1];
        content = content || before.role == Role::content || before.role == Role::unknown || (before.word.classes[side] & question_words) != 0;
        named = named || before.role == Role::entity;
        auto const& token = whole.tokens.list[i];
        bool const joined = before.folded == "and" || before.folded == "et" || token.after_comma;
        std::size_t next = i;
        while (next + 1 < whole.words.size() && whole.words[next].folded.size() <= 4 && (whole.words[next].word.classes[side] & question_words) == 0 &&
               whole.words[next].role == Role::function)
            ++next;  // "and in which year", "et a quelle date"
        bool const asks = (whole.words[next].word.classes[side] & question_words & ~std::uint32_t{yes_no}) != 0;
        if ((content || (named && token.sentence_start)) && (token.sentence_start || (joined && asks))) {
            cuts.push_back(token.begin);
            content = named = false;
        }
    }
    std::vector<std::string_view> parts;
    for (std::size_t i = 0; i < cuts.size(); ++i) {
        std::size_t const end = i + 1 < cuts.size() ? cuts[i + 1] : text.size();
        parts.push_back(text.substr(cuts[i], end - cuts[i]));
    }
    return parts;
}

Decision Answering::decide(std::string_view text, std::optional<Language> hint, Conversation const& conversation)
{
    Decision out;
    Analyser const analyser(snapshot_);
    Analysis whole = analyser.analyse(text, hint, conversation.language, stemmer_);
    auto const& intents = snapshot_.intents->matcher->intents();
    for (auto const& score : whole.fixed)
        if (out.fixed == PartDecision::none_intent || safety_rank(intents[score.intent]) > safety_rank(intents[out.fixed]))
            out.fixed = score.intent;
    out.other_language = whole.other_language;
    auto const pieces = split_questions(text, whole);
    if (out.fixed != PartDecision::none_intent || pieces.size() == 1) {
        out.parts.push_back(out.fixed != PartDecision::none_intent ? PartDecision{std::move(whole), {}, {}, false, Verdict::none, out.fixed, 1, {}}
                                                                   : decide_part(std::move(whole), conversation));
        return out;
    }
    // Parts are followed up like a conversation: "Who founded Innate Pharma, and when?"
    Conversation running = conversation;
    Language const language = whole.language;
    bool any = false;
    for (auto const piece : pieces) {
        if (out.parts.size() >= most_parts)
            break;
        auto part_analysis = analyser.analyse(piece, language, language, stemmer_);
        part_analysis.language = language;
        if (!has_content(part_analysis) && part_analysis.asks == 0 && part_analysis.links.empty())
            continue;
        auto part = decide_part(std::move(part_analysis), running);
        any = any || !part.chosen.empty();
        running.focus.clear();
        for (auto const& slot : part.analysis.slots)
            if (slot.kind == Slot::Kind::entity)
                running.focus.push_back(slot.text);
        running.words.clear();
        for (auto const& slot : part.analysis.slots)
            if (slot.kind == Slot::Kind::word)
                running.words.push_back(slot.text);
        out.parts.push_back(std::move(part));
    }
    // One clause alone may say too little: then the message is taken as one question.
    bool const all = std::ranges::all_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    if (!all || out.parts.empty()) {
        auto together = decide_part(std::move(whole), conversation);
        if (!together.chosen.empty() || !any) {
            out.parts.clear();
            out.parts.push_back(std::move(together));
        }
    }
    return out;
}

PartDecision Answering::decide_part(Analysis analysis, Conversation const& conversation)
{
    PartDecision part;
    part.analysis = std::move(analysis);
    fill_in(part, conversation);
    ranker_.rank(snapshot_, part.analysis, candidates, part.ranked);
    choose(part);
    if (!part.chosen.empty())
        part.verdict = verdict(snapshot_, part.analysis, part.ranked[0]);
    answer_each(part);
    return part;
}

void Answering::fill_in(PartDecision& part, Conversation const& conversation) const
{
    auto& analysis = part.analysis;
    bool const named = names_other_than_home(snapshot_, analysis);
    if (auto const chosen = listed_entity(analysis, conversation); chosen && !named) {
        if (auto const entity = find_entity(snapshot_, *chosen)) {
            drop_ordinals(analysis);
            analysis.slots.push_back(entity_slot(snapshot_, *entity, 5, true));
            part.steps.push_back("of the list before: " + *chosen);
        }
    } else if (!named && !conversation.focus.empty() && !(analysis.names_home && !analysis.points_back)) {
        add_focus(part, conversation);
    } else if (analysis.names_home && snapshot_.home != EntityCard::no_entity) {
        analysis.slots.push_back(entity_slot(snapshot_, snapshot_.home, named ? soft_home : 3.0f, false));
        part.steps.push_back("\"you\" is " + snapshot_.entities[snapshot_.home].id);
    } else if (!named && snapshot_.home != EntityCard::no_entity) {
        analysis.slots.push_back(entity_slot(snapshot_, snapshot_.home, soft_home, false));
    }
    inherit_wish(part, conversation);
    if (analysis.yes_no)
        for (auto& slot : analysis.slots)
            if (slot.kind == Slot::Kind::number) {
                slot.weight *= 0.4f;  // it may be the very thing that is wrong
                slot.counts = false;
            }
}

// Pronouns and ellipsis lean on what was spoken of last; "he" on a person, "it" on a body.
void Answering::add_focus(PartDecision& part, Conversation const& conversation) const
{
    auto& analysis = part.analysis;
    std::uint32_t bits = 0;
    for (auto const& word : analysis.words)
        bits |= classes_of(word, analysis.language);
    bool const leans = analysis.points_back || analysis.follows_on || !has_content(analysis);
    auto focus = conversation.focus;
    auto const is_person = [&](std::string const& id) {
        auto const entity = find_entity(snapshot_, id);
        return entity && snapshot_.entities[*entity].kind == "person";
    };
    if ((bits & person_pronoun) != 0)
        std::ranges::stable_partition(focus, is_person);
    else if ((bits & thing_pronoun) != 0)
        std::ranges::stable_partition(focus, [&](std::string const& id) { return !is_person(id); });
    float share = 1;
    for (auto const& id : focus) {
        auto const entity = find_entity(snapshot_, id);
        if (!entity)
            continue;
        analysis.slots.push_back(entity_slot(snapshot_, *entity, (leans ? 5.0f : soft_focus) * share, leans && share == 1));
        part.steps.push_back((leans ? "taken from the conversation: " : "still in mind: ") + id);
        share *= 0.5f;
        if (share < 0.3f)
            break;
    }
}

// "et l'Inserm ?", "no, I meant the CRCM": another name, the wish of the question before.
void Answering::inherit_wish(PartDecision& part, Conversation const& conversation) const
{
    auto& analysis = part.analysis;
    bool const heavy = std::ranges::any_of(analysis.slots, [](Slot const& s) { return s.kind == Slot::Kind::word && s.weight > 1; });
    bool const own = heavy || !analysis.scores.empty() || (analysis.asks & wishes) != 0;
    bool const leans = analysis.follows_on || analysis.points_back || (analysis.asks & ~wishes) != 0 || !analysis.links.empty();
    if (own || !leans || conversation.properties.empty())
        return;
    Slot slot;
    slot.text = conversation.properties[0];
    slot.weight = 3;
    for (auto const& name : conversation.properties)
        if (auto const property = snapshot_.index.property(name); property != std::numeric_limits<std::uint16_t>::max()) {
            slot.properties.emplace_back(property, 1.0f);
            if (property < snapshot_.intent_of_property.size())
                analysis.scores.push_back({snapshot_.intent_of_property[property], 1});
        }
    analysis.slots.push_back(std::move(slot));
    for (auto const& text : conversation.words)
        if (auto const* word = snapshot_.vocabulary.find(text)) {
            Slot said;
            said.text = text;
            said.weight = 1.5f;
            said.counts = false;
            said.concepts = word->concepts;
            said.terms.assign(word->stem.begin(), word->stem.end());
            analysis.slots.push_back(std::move(said));
        }
    if (analysis.asks == 0)
        analysis.asks = conversation.asks;
    part.steps.push_back("the wish is that of the question before: " + conversation.properties[0]);
}

// Only a name: what it is, and whose it is.
bool Answering::only_named(Analysis const& analysis) const
{
    return !has_content(analysis) && analysis.scores.empty() && (analysis.asks & wishes) == 0 &&
           std::ranges::any_of(analysis.slots, [](Slot const& s) { return s.counts; });
}

void Answering::put_definition_first(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    for (auto const* name : {"kind", "definition"}) {
        auto const property = snapshot_.index.property(name);
        std::ranges::stable_partition(part.ranked, [&](RankedFact const& r) {
            return facts[r.fact].property == property && !facts[r.fact].is_faq && r.of(Evidence::own) > 0;
        });
    }
}

// Which facts are told with the best: further statements of the same, and what is nearly as likely about the same body.
bool Answering::belongs(RankedFact const& best, RankedFact const& other) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& a = facts[best.fact];
    auto const& b = facts[other.fact];
    if (a.is_faq || b.is_faq || a.entity != b.entity)
        return false;
    return other.score >= best.score - (a.property == b.property ? same_statement : same_body);
}

// A fact that has nothing to do with any of the named is no answer, however well its words fit.
bool Answering::speaks_of_named(Analysis const& analysis, RankedFact const& fact) const
{
    bool const named = std::ranges::any_of(analysis.slots, [](Slot const& s) { return s.kind == Slot::Kind::entity && s.counts; });
    return !named || fact.of(Evidence::entity) >= speaks_of_one;
}

void Answering::choose(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& analysis = part.analysis;
    std::erase_if(part.ranked, [&](RankedFact const& fact) { return !speaks_of_named(analysis, fact); });
    if (part.ranked.empty())
        return;
    bool const bare = only_named(analysis);
    if (bare)
        put_definition_first(part);
    part.confidence = bare && part.ranked[0].of(Evidence::own) > 0 ? 1 : confidence(snapshot_, analysis, part.ranked);
    part.unsure = part.confidence >= may_be;
    if (part.confidence < sure_enough)
        return;
    auto const& best = part.ranked[0];
    auto const& winner = facts[best.fact];
    if (!winner.is_faq && winner.property < snapshot_.intent_of_property.size())
        part.intent = intent_of(analysis, winner.property);
    std::size_t const most = (analysis.asks & list_all) != 0 ? most_listed : most_told;
    std::vector<FactIndexId> group{best.fact};
    for (auto const& rival : part.ranked)
        if (!bare && rival.fact != best.fact && group.size() < most && belongs(best, rival))
            group.push_back(rival.fact);
    // The seed's statement first, then the newest; what has no date keeps the order of the data.
    std::ranges::stable_sort(group, [&](FactIndexId x, FactIndexId y) {
        if (facts[x].property != facts[y].property)
            return facts[x].property == winner.property;
        if (facts[x].seed != facts[y].seed)
            return facts[x].seed;
        if (facts[x].valid_from != facts[y].valid_from)
            return facts[x].valid_from > facts[y].valid_from;
        return x < y;
    });
    part.chosen = std::move(group);
}

// The best intent that the words hit and the fact's property belongs to; otherwise the property's own.
std::uint32_t Answering::intent_of(Analysis const& analysis, std::uint16_t property) const
{
    for (auto const& score : analysis.scores)
        if (std::ranges::find(snapshot_.intent_properties[score.intent], property) != snapshot_.intent_properties[score.intent].end())
            return score.intent;
    return snapshot_.intent_of_property[property];
}

// "Which is older, X or Y?", "the addresses of X and Y": no fact speaks of both, so each is asked for alone. Kept only if
// all of them are answered with the same property, which is what was asked.
void Answering::answer_each(PartDecision& part)
{
    std::vector<EntityId> named;
    for (auto const& slot : part.analysis.slots)
        if (slot.kind == Slot::Kind::entity && slot.counts && std::ranges::find(named, slot.entity) == named.end())
            named.push_back(slot.entity);
    if (named.size() < 2 || named.size() > most_told || part.verdict != Verdict::none)
        return;
    bool const compares = std::ranges::any_of(part.analysis.words, [&](AnalysedWord const& word) { return (classes_of(word, part.analysis.language) & intents::compares) != 0; });
    if (!compares && !part.chosen.empty() && part.ranked[0].of(Evidence::entity) >= speaks_of_both)
        return;
    std::vector<FactIndexId> told;
    std::uint16_t property = 0;
    float least = 1;
    std::uint32_t intent = PartDecision::none_intent;
    for (EntityId const entity : named) {
        PartDecision one;
        one.analysis = part.analysis;
        std::erase_if(one.analysis.slots, [&](Slot const& slot) { return slot.kind == Slot::Kind::entity && slot.entity != entity; });
        ranker_.rank(snapshot_, one.analysis, candidates, one.ranked);
        choose(one);
        if (one.chosen.empty())
            return;
        auto const& best = snapshot_.index.facts()[one.chosen[0]];
        if (best.is_faq || best.entity != entity || (!told.empty() && best.property != property))
            return;
        property = best.property;
        intent = one.intent;
        least = std::min(least, one.confidence);
        told.push_back(one.chosen[0]);
    }
    part.chosen = std::move(told);
    part.confidence = least;
    part.intent = intent;
    part.steps.push_back("each of the named asked for alone");
}

}  // namespace immunobot::assistant
