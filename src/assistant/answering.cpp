#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"
#include "assistant/readings.hpp"
#include "assistant/splitting.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float sure_enough = 0.32f;        // answer
constexpr float sure_apart = 0.5f;         // that two wishes of one question are two
constexpr float certain = 0.9f;            // look no further
constexpr float told_again = 0.85f;        // that the fact told before also answers "since when?"
constexpr float may_be = 0.12f;            // offer what it may be about
constexpr float speaks_of_one = 0.3f;      // share of the named entities that an answer has to speak of
constexpr float speaks_of_both = 0.75f;    // below it, two that are named are asked for one by one
constexpr float same_statement = 2.5f;     // a fact of the same property this close to the best is told with it
constexpr float same_body = 1.0f;          // so is any fact of the same body this close to it,
constexpr float same_body_doubtful = 3.5f; // or this close where the best is not quite sure
constexpr float quite_sure = 0.9f;
constexpr float likely_too = 0.2f;         // Evidence::chosen of a fact that is told beside the best of another property
constexpr std::size_t candidates = 24;
constexpr std::size_t most_told = 3;
constexpr std::size_t most_listed = 6;
constexpr std::size_t most_parts = 3;
constexpr std::uint32_t longest_list_age = 4;  // answers after which "the second one" is of nothing any more
constexpr float named_home = 3.0f;         // weight of "you"
constexpr float soft_home = 1.5f;          // of the house, when nothing is named

constexpr std::uint32_t wishes = asks_when | asks_where | asks_who | asks_how_many | money;

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

// Says to stop, and nothing besides.
bool only_stops(Analysis const& analysis)
{
    bool stops = false;
    for (auto const& word : analysis.words) {
        bool const stop_word = (classes_of(word, analysis.language) & stop) != 0;
        stops = stops || stop_word;
        if (!stop_word && word.role != Role::function && word.role != Role::filler)
            return false;
    }
    return stops || analysis.stops;
}

// Says no, and nothing besides: it asks for nothing and names nobody.
bool only_undoes(Analysis const& analysis)
{
    bool undoes = false;
    for (auto const& word : analysis.words) {
        bool const undo_word = (classes_of(word, analysis.language) & undo) != 0;
        undoes = undoes || undo_word;
        if (!undo_word && word.role != Role::function && word.role != Role::filler)
            return false;
    }
    return undoes && analysis.asks == 0;
}

std::string trimmed(std::string_view text)
{
    auto const first = text.find_first_not_of(" \t\n\r");
    auto const last = text.find_last_not_of(" \t\n\r");
    return first == std::string_view::npos ? std::string() : std::string(text.substr(first, last - first + 1));
}

}  // namespace

Decision Answering::decide(std::string_view text, std::optional<Language> hint, Conversation const& conversation)
{
    Decision out;
    Analysis whole = analyser_.analyse(text, hint, conversation.language, stemmer_);
    auto const& intents = snapshot_.intents->matcher->intents();
    for (auto const& score : whole.fixed)
        if (out.fixed == PartDecision::none_intent || safety_rank(intents[score.intent]) > safety_rank(intents[out.fixed]))
            out.fixed = score.intent;
    out.other_language = whole.other_language;
    out.stopped = only_stops(whole);
    out.undone = only_undoes(whole);
    if (out.fixed != PartDecision::none_intent) {
        PartDecision part;
        part.analysis = std::move(whole);
        part.intent = out.fixed;
        part.confidence = 1;
        out.parts.push_back(std::move(part));
        return out;
    }
    if (answer_entry(out, whole))
        return out;
    auto const pieces = split_questions(text, whole);
    Language const language = whole.language;
    if (pieces.size() > 1)
        out.parts = decide_pieces(pieces, language, conversation);
    bool const all = !out.parts.empty() && std::ranges::all_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    if (all)
        return out;
    // One clause alone may say too little: then the message is taken as one question.
    auto const wishes_apart = pieces.size() > 1 ? std::vector<std::string_view>() : split_wishes(text, whole);
    auto together = understand(text, std::move(whole), conversation);
    if (wishes_apart.size() > 1 && leaves_words(together)) {
        out.parts = decide_pieces(wishes_apart, language, conversation);
        if (answer_apart(out.parts)) {
            out.parts[1].verdict = Verdict::none;  // a second wish begins with a verb, like a question for yes or no
            return out;
        }
        out.parts.clear();
    }
    bool const any = std::ranges::any_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    if (!together.chosen.empty() || !any) {
        out.parts.clear();
        out.parts.push_back(std::move(together));
    }
    return out;
}

// Somebody wrote this very question into the FAQ, with the answer that it is to have.
bool Answering::answer_entry(Decision& out, Analysis& whole)
{
    auto const entry = snapshot_.index.entry_of(folded_words(whole.tokens));
    if (entry == FactIndex::no_fact)
        return false;
    PartDecision part;
    part.asked = trimmed(folded_words(whole.tokens));
    ranker_.rank(snapshot_, whole, candidates, part.ranked);
    part.analysis = std::move(whole);
    part.analysis.corrections.clear();
    part.chosen = {entry};
    part.confidence = 1;
    part.steps.push_back("a question of the FAQ, word for word");
    out.parts.push_back(std::move(part));
    return true;
}

// Whether a word of substance is not accounted for by what would be told.
bool Answering::leaves_words(PartDecision const& part) const
{
    for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i)
        if (part.analysis.slots[i].kind == Slot::Kind::word && part.analysis.slots[i].counts &&
            (part.ranked.empty() || (part.ranked[0].slots >> i & 1u) == 0))
            return true;
    return false;
}

// Whether two wishes are answered surely, each by a fact of its own.
bool Answering::answer_apart(std::vector<PartDecision> const& parts) const
{
    if (parts.size() != 2 || std::ranges::any_of(parts, [](PartDecision const& p) { return p.chosen.empty() || p.confidence < sure_apart; }))
        return false;
    auto const& facts = snapshot_.index.facts();
    return facts[parts[0].chosen[0]].property != facts[parts[1].chosen[0]].property;
}

// Parts are followed up like a conversation: "Who founded Innate Pharma, and when?"
std::vector<PartDecision> Answering::decide_pieces(std::vector<std::string_view> const& pieces, Language language, Conversation const& conversation)
{
    std::vector<PartDecision> parts;
    Conversation running = conversation;
    for (auto const piece : pieces) {
        if (parts.size() >= most_parts)
            break;
        auto analysis = analyser_.analyse(piece, language, language, stemmer_, language);
        if (!has_content(analysis) && analysis.asks == 0 && analysis.links.empty())
            continue;
        auto part = understand(piece, std::move(analysis), running);
        remember(running, part);
        parts.push_back(std::move(part));
    }
    return parts;
}

// Of all the ways in which the message can be meant, the one whose answer is the surest.
PartDecision Answering::understand(std::string_view text, Analysis analysis, Conversation const& conversation)
{
    Language const language = analysis.language;
    auto const before = analyser_.analyse(conversation.asked, language, language, stemmer_);
    auto const ways = readings(snapshot_, text, analysis, conversation, before);
    bool const leans = analysis.points_back || analysis.follows_on;
    PartDecision best;
    std::optional<PartDecision> plain;  // the message as it stands: what silence is about, unless it leans on what was before
    float best_score = -1;
    for (std::size_t i = 0; i < ways.size(); ++i) {
        auto const& way = ways[i];
        if (way.last && best_score >= sure_enough)
            continue;
        auto part = decide_part(way.note.empty() ? analysis : analyser_.analyse(way.text, language, language, stemmer_, language),
                                way.more ? conversation.told : std::vector<std::string>());
        part.asked = trimmed(way.text);
        if (!way.whole && only_named(part.analysis))
            continue;  // a name alone was not what was asked
        if (!way.note.empty() && !speaks_of_all(part, analysis.links))
            continue;  // "and the CNRS?" is not answered by a fact of what was named before
        if (way.strict && !has_all_words(part, analysis))
            continue;  // what was asked before must not answer a message about something else
        if (!way.note.empty())
            part.steps.insert(part.steps.begin(), "read as \"" + part.asked + "\": " + way.note);
        float const score = part.confidence * way.prior;
        if (way.note.empty() && !leans)
            plain = part;
        if (score > best_score) {
            best_score = score;
            best = std::move(part);
        }
        if (best_score >= certain)
            break;
    }
    if (best.chosen.empty() && plain)
        best = std::move(*plain);
    // The corrections are those of the message itself.
    best.analysis.corrections = analysis.corrections;
    return best;
}

// Whether what is told has to do with every one of `links`.
bool Answering::speaks_of_all(PartDecision const& part, std::vector<Link> const& links) const
{
    if (part.chosen.empty())
        return true;
    return std::ranges::all_of(links, [&](Link const& link) {
        for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i)
            if (part.analysis.slots[i].kind == Slot::Kind::entity && part.analysis.slots[i].entity == link.entity)
                return (part.ranked[0].slots >> i & 1u) != 0;
        return true;
    });
}

// Of more about what was told before: the rest of a list is in other facts, but "since when?" may be answered by the very
// fact that was told.
void Answering::weigh_told(PartDecision& part, std::vector<std::string> const& told) const
{
    auto const& facts = snapshot_.index.facts();
    auto const was_told = [&](RankedFact const& fact) { return std::ranges::find(told, facts[fact.fact].id) != told.end(); };
    if ((part.analysis.asks & list_all) != 0) {
        std::vector<std::uint16_t> counted;
        for (auto const& fact : part.ranked)
            if (was_told(fact))
                counted.push_back(facts[fact.fact].property);
        std::erase_if(part.ranked, [&](RankedFact const& fact) {
            bool const same_kind = std::ranges::find(counted, facts[fact.fact].property) != counted.end();
            return was_told(fact) || (same_kind && !facts[fact.fact].list_value);
        });
        return;
    }
    auto const rest = std::ranges::stable_partition(part.ranked, [&](RankedFact const& fact) { return was_told(fact) && fact.of(Evidence::type) > 0; });
    part.retold = rest.begin() != part.ranked.begin();
}

// Whether what is told accounts for every word of substance of the message.
bool Answering::has_all_words(PartDecision const& part, Analysis const& message) const
{
    if (part.chosen.empty())
        return true;
    return std::ranges::all_of(message.words, [&](AnalysedWord const& word) {
        if (word.role != Role::content && word.role != Role::unknown)
            return true;
        for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i)
            if (part.analysis.slots[i].kind == Slot::Kind::word && part.analysis.slots[i].counts && part.analysis.slots[i].text == word.folded)
                return (part.ranked[0].slots >> i & 1u) != 0;
        return true;
    });
}

PartDecision Answering::decide_part(Analysis analysis, std::vector<std::string> const& told)
{
    PartDecision part;
    part.analysis = std::move(analysis);
    imply_home(part);
    if (part.analysis.yes_no)
        for (auto& slot : part.analysis.slots)
            if (slot.kind == Slot::Kind::number) {
                slot.weight *= 0.4f;  // it may be the very thing that is wrong
                slot.counts = false;
            }
    ranker_.rank(snapshot_, part.analysis, candidates, part.ranked);
    if (!told.empty())
        weigh_told(part, told);
    choose(part);
    if (!part.chosen.empty())
        part.verdict = verdict(snapshot_, part.analysis, part.ranked[0]);
    answer_each(part);
    return part;
}

// "you", or nobody named at all: the house that keeps the bot.
void Answering::imply_home(PartDecision& part) const
{
    auto& analysis = part.analysis;
    bool const named = names_other_than_home(snapshot_, analysis);
    bool const implied = analysis.names_home || !named;
    if (snapshot_.home == EntityCard::no_entity || !implied)
        return;
    Slot slot;
    slot.kind = Slot::Kind::entity;
    slot.entity = snapshot_.home;
    slot.weight = analysis.names_home && !named ? named_home : soft_home;
    slot.counts = analysis.names_home && !named;
    slot.text = snapshot_.entities[snapshot_.home].id;
    analysis.slots.push_back(std::move(slot));
    if (analysis.names_home)
        part.steps.push_back("\"you\" is " + snapshot_.entities[snapshot_.home].id);
}

void Answering::remember(Conversation& conversation, PartDecision const& part) const
{
    std::vector<std::string> focus;
    auto const add = [&](EntityId entity) {
        auto const& id = snapshot_.entities[entity].id;
        if (focus.size() < 4 && std::ranges::find(focus, id) == focus.end())
            focus.push_back(id);
    };
    auto const& facts = snapshot_.index.facts();
    for (auto const& link : part.analysis.links)
        if (link.entity != snapshot_.home || part.analysis.links.size() == 1)
            add(link.entity);
    if (!part.chosen.empty() && facts[part.chosen[0]].has_entity)
        add(facts[part.chosen[0]].entity);
    std::vector<std::string> listed;  // of one fact: "the last one" of two lists would be a riddle
    for (auto const fact : part.chosen) {
        bool const lists = listed.empty() && facts[fact].value_entities.size() > 1;
        for (EntityId const value : facts[fact].value_entities) {
            add(value);
            if (lists)
                listed.push_back(snapshot_.entities[value].id);
        }
    }
    if (!listed.empty() || ++conversation.list_age > longest_list_age) {
        conversation.listed = std::move(listed);
        conversation.list_age = 0;
    }
    for (auto const& id : conversation.focus)
        if (focus.size() < 4 && std::ranges::find(focus, id) == focus.end())
            focus.push_back(id);
    conversation.focus = std::move(focus);
    conversation.told.clear();
    for (auto const fact : part.chosen)
        conversation.told.push_back(facts[fact].id);
    if (!part.asked.empty())
        conversation.asked = part.asked;
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
bool Answering::belongs(RankedFact const& best, RankedFact const& other, float confidence) const
{
    auto const& facts = snapshot_.index.facts();
    auto const& a = facts[best.fact];
    auto const& b = facts[other.fact];
    if (a.is_faq || b.is_faq || a.entity != b.entity)
        return false;
    if (a.property != b.property)
        return other.of(Evidence::chosen) >= likely_too && other.score >= best.score - (confidence < quite_sure ? same_body_doubtful : same_body);
    return other.score >= best.score - same_statement && (other.slots & best.slots) == best.slots;
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
    bool const own = bare && part.ranked[0].of(Evidence::own) > 0;
    part.confidence = own ? 1 : part.retold ? told_again : confidence(snapshot_, analysis, part.ranked);
    part.unsure = part.confidence >= may_be;
    if (part.confidence < sure_enough)
        return;
    auto const& best = part.ranked[0];
    auto const& winner = facts[best.fact];
    if (!winner.is_faq && winner.property < snapshot_.intent_of_property.size())
        part.intent = intent_of(analysis, winner.property);
    std::size_t const most = (analysis.asks & list_all) != 0 ? most_listed : most_told;
    std::vector<FactIndexId> group{best.fact};
    std::size_t others = 0;  // of another property: one is enough
    for (auto const& rival : part.ranked) {
        bool const another = facts[rival.fact].property != winner.property;
        if (!bare && rival.fact != best.fact && group.size() < most && (!another || others == 0) && belongs(best, rival, part.confidence)) {
            group.push_back(rival.fact);
            others += another ? 1 : 0;
        }
    }
    // The seed's statement first, then the newest; what has no date keeps the order of the data.
    std::ranges::stable_sort(group, [&](FactIndexId x, FactIndexId y) {
        if (facts[x].property != facts[y].property)
            return facts[x].property == winner.property;
        if (facts[x].list_value != facts[y].list_value && (analysis.asks & list_all) != 0)
            return facts[x].list_value;
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
