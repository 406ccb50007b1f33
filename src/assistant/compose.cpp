#include "assistant/compose.hpp"

#include "assistant/mentions.hpp"
#include "assistant/timing.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/in_force.hpp"
#include "text/spoken.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <iterator>

namespace immunobot::assistant {
namespace {

constexpr std::size_t most_suggestions = 3;

Status status_of(std::string_view name)
{
    return name == "safety" ? Status::safety : name == "unknown" ? Status::unknown : name == "answered" ? Status::answered : Status::smalltalk;
}

// What a question is about, for "I have no fact about that for X": the first entity that counts.
EntityId subject(Snapshot const& snapshot, Analysis const& analysis)
{
    for (bool const counting : {true, false})
        for (auto const& slot : analysis.slots)
            if (slot.kind == Slot::Kind::entity && slot.counts == counting)
                return slot.entity;
    return snapshot.home;
}

}  // namespace

std::string question_about(intents::Intent const& intent, EntityCard const& entity, Language language)
{
    for (auto const& example : intent.in(language).examples) {
        std::string text = example.text;
        auto const open = text.find("{entity");
        if (open == std::string::npos || text.find("{entity", open + 1) != std::string::npos)
            continue;
        auto const close = text.find('}', open);
        if (close == std::string::npos || (text[open + 7] == ':' && text.substr(open + 8, close - open - 8) != entity.kind))
            continue;
        text.replace(open, close - open + 1, entity.name.in(language));
        return text;
    }
    return {};
}

bool Composer::add_sentence(std::string_view sentence, Reply& reply, char before) const
{
    std::size_t const room = text::length(reply.answer) + text::length(sentence) + 1;
    if (sentence.empty() || room > longest_answer)
        return false;
    if (!reply.answer.empty())
        reply.answer += before;
    reply.answer += sentence;
    return true;
}

void Composer::add_marked(std::string_view written, Reply& reply) const
{
    auto read = text::marked(written);
    if (!add_sentence(read.text, reply))
        return;
    text::move_by(read.marks, reply.answer.size() - read.text.size());
    std::ranges::move(read.marks, std::back_inserter(reply.marks));
}

void Composer::add_source(knowledge::Source const& source, Reply& reply) const
{
    if (std::ranges::none_of(reply.sources, [&](CitedSource const& s) { return s.id == source.id; }))
        reply.sources.push_back({source.id, source.title, source.url, source.published, source.seen});
}

std::string Composer::expired_note(std::string const& valid_to, LocalText const& told, Language language) const
{
    if (knowledge::tells_end(valid_to, told.in(language)) || !is_over(valid_to, today_))
        return {};
    return wording_.say(Phrase::until, language, {{"date", text::spoken_date(valid_to, language)}});
}

// With the facts that its text names: as they are now, each with its source, and its end where it is over.
Result<> Composer::add_entry(knowledge::FaqRow const& row, Reply& reply)
{
    auto const language = reply.language;
    auto const& written = row.entry.answer.in(language);
    auto const facts = reader_.facts(knowledge::facts_named_in(written));
    if (!facts)
        return facts.error();
    add_marked(knowledge::with_facts(written, language, [&](std::string_view id) -> knowledge::Fact const* {
        auto const found = std::ranges::find(*facts, id, [](auto const& one) -> std::string const& { return one.fact.id; });
        return found == facts->end() ? nullptr : &found->fact;
    }), reply);
    add_sentence(expired_note(row.entry.valid_to, row.entry.answer, language), reply);
    add_source(row.source, reply);
    for (auto const& one : *facts) {
        add_sentence(expired_note(one.fact.valid_to, one.fact.text, language), reply);
        add_source(one.source, reply);
    }
    reply.facts.push_back(row.entry.id);
    return {};
}

Result<> Composer::add_part(PartDecision const& part, Reply& reply)
{
    auto const language = reply.language;
    std::vector<std::string_view> ids;
    for (auto const fact : part.chosen) {
        auto const& features = snapshot_.index.facts()[fact];
        if (features.is_faq) {
            auto row = reader_.faq(features.id);
            if (!row)
                return row.error();
            if (*row)
                if (auto const done = add_entry(**row, reply); !done)
                    return done;
        } else {
            ids.push_back(features.id);
        }
    }
    auto const rows = reader_.facts(ids);
    if (!rows)
        return rows.error();
    if (part.of_several != OfSeveral::none)
        add_sentence(wording_.say(part.of_several == OfSeveral::compared ? Phrase::compared : Phrase::known_of_them, language), reply);
    bool first = true;
    for (auto const& row : *rows) {
        if (std::ranges::find(reply.facts, row.fact.id) != reply.facts.end())
            continue;
        if (first && part.verdict != Verdict::none)
            add_sentence(wording_.say(part.verdict == Verdict::yes ? Phrase::yes : Phrase::no, language), reply);
        first = false;
        bool const listed = part.of_several != OfSeveral::none;   // each on its line
        if (!add_sentence(row.fact.text.in(language), reply, listed ? '\n' : ' ') && listed)
            continue;   // what there is no room for is not told
        add_sentence(expired_note(row.fact.valid_to, row.fact.text, language), reply);
        add_source(row.source, reply);
        reply.facts.push_back(row.fact.id);
    }
    return {};
}

void Composer::offer(FactIndexId fact, Reply& reply) const
{
    auto const& features = snapshot_.index.facts()[fact];
    if (!is_told(snapshot_, fact, today_))
        return;   // what is offered has to be answered
    std::string question = features.asking.in(reply.language);
    if (question.empty() && features.property < snapshot_.intent_of_property.size()) {
        auto const intent = snapshot_.intent_of_property[features.property];
        if (intent != PartDecision::none_intent && features.has_entity)
            question = question_about(snapshot_.intents->matcher->intents()[intent], snapshot_.entities[features.entity], reply.language);
    }
    bool const there = std::ranges::any_of(reply.suggestions, [&](Suggestion const& s) { return s.question == question; });
    if (!question.empty() && !there && reply.suggestions.size() < most_suggestions)
        reply.suggestions.push_back({question, question});
}

// Of whom more can be told: of whom the answer or, if there is none, the conversation was, where the message names nobody.
EntityId Composer::spoken_of(PartDecision const& part, Conversation const& conversation) const
{
    bool const named = std::ranges::any_of(part.analysis.slots, [](Slot const& slot) { return slot.kind == Slot::Kind::entity && slot.counts; });
    auto const& facts = snapshot_.index.facts();
    if (!named && !part.chosen.empty() && facts[part.chosen[0]].has_entity)
        return facts[part.chosen[0]].entity;
    bool const leans = part.analysis.points_back || part.analysis.follows_on;
    if (!named && part.chosen.empty() && leans && !conversation.focus.empty())
        if (auto const card = std::ranges::find(snapshot_.entities, conversation.focus[0], &EntityCard::id); card != snapshot_.entities.end())
            return static_cast<EntityId>(card - snapshot_.entities.begin());
    return subject(snapshot_, part.analysis);
}

// After a doubtful question: what it may have meant. Otherwise what else there is to know of its subject, one of each kind.
void Composer::suggest(PartDecision const& part, Conversation const& conversation, Reply& reply) const
{
    auto const& facts = snapshot_.index.facts();
    std::vector<std::pair<EntityId, std::uint16_t>> offered;
    auto const offer_once = [&](FactIndexId fact) {
        std::pair const kind{facts[fact].entity, facts[fact].property};
        if (std::ranges::find(offered, kind) != offered.end())
            return;
        offered.push_back(kind);
        offer(fact, reply);
    };
    for (auto const fact : part.chosen)
        offered.emplace_back(facts[fact].entity, facts[fact].property);
    if (part.chosen.empty() && part.unsure) {
        for (auto const& ranked : part.ranked)
            offer_once(ranked.fact);
        return;
    }
    EntityId const entity = spoken_of(part, conversation);
    if (entity == EntityCard::no_entity)
        return;
    // What is near the question first, then in the order of the data.
    for (auto const& ranked : part.ranked)
        if (!facts[ranked.fact].is_faq && facts[ranked.fact].has_entity && facts[ranked.fact].entity == entity)
            offer_once(ranked.fact);
    for (auto const& posting : snapshot_.index.of_entity(entity))
        if (!facts[posting.fact].is_faq && facts[posting.fact].has_entity && facts[posting.fact].entity == entity)
            offer_once(posting.fact);
}

void Composer::add_unknown(PartDecision const& part, Conversation const& conversation, Reply& reply) const
{
    auto const language = reply.language;
    if (part.analysis.words.empty()) {
        add_sentence(wording_.say(Phrase::empty, language), reply);
        return suggest(part, conversation, reply);
    }
    bool const named = std::ranges::any_of(part.analysis.slots, [](Slot const& s) { return s.kind == Slot::Kind::entity && s.counts; });
    EntityId const entity = subject(snapshot_, part.analysis);
    if (part.unsure && conversation.failures == 0)
        add_sentence(wording_.say(Phrase::unsure, language), reply);
    else if (named)
        add_sentence(wording_.say(Phrase::unknown_for, language, {{"entity", snapshot_.entities[entity].name.in(language)}}), reply);
    else
        add_sentence(wording_.say(conversation.failures == 1 ? Phrase::unknown_again : Phrase::unknown, language), reply);
    suggest(part, conversation, reply);
    if (!reply.suggestions.empty() && !part.unsure && named)
        add_sentence(wording_.say(Phrase::can_tell, language), reply);
    for (std::size_t i = 0; i < reply.suggestions.size() && (part.unsure || named); ++i)
        add_sentence(std::to_string(i + 1) + ". " + reply.suggestions[i].label, reply, '\n');
    if (conversation.failures >= 1)
        add_sentence(wording_.say(Phrase::contact, language), reply, '\n');
}

Result<Reply> Composer::compose(Decision const& decision, Conversation const& conversation)
{
    Reply reply;
    reply.language = decision.parts.empty() ? Language::en : decision.parts[0].analysis.language;
    if (decision.fixed != PartDecision::none_intent) {
        auto const& intent = snapshot_.intents->matcher->intents()[decision.fixed];
        auto const& wordings = intent.says[static_cast<std::size_t>(reply.language)];
        reply.answer = wordings[conversation.said % wordings.size()];
        reply.status = status_of(intent.status);
        reply.intent = intent.id;
        reply.private_text = intent.private_text;
        if (reply.private_text)
            reply.advice = reply.answer;
        reply.confidence = 1;
        for (auto const& part : decision.parts)
            if (!part.chosen.empty())
                if (auto const done = add_part(part, reply); !done)
                    return done.error();
        return reply;
    }
    if (decision.stopped) {
        reply.answer = wording_.say(Phrase::stopped, reply.language);
        reply.status = Status::smalltalk;
        reply.confidence = 1;
        return reply;
    }
    bool answered = false;
    float confidence = 1;
    std::size_t told_from = 0;   // where the facts begin
    for (auto const& part : decision.parts) {
        for (auto const& correction : part.analysis.corrections)
            reply.corrections.push_back(correction);
        for (auto const& slot : part.analysis.slots)
            if (slot.kind == Slot::Kind::entity && slot.counts && std::ranges::find(reply.entities, slot.text) == reply.entities.end())
                reply.entities.push_back(slot.text);
        if (part.chosen.empty())
            continue;
        confidence = std::min(confidence, part.confidence);
        if (!answered)
            for (auto const& correction : part.analysis.corrections)
                add_sentence(wording_.say(Phrase::read_as, reply.language, {{"from", correction.from}, {"to", correction.to}}), reply);
        if (!answered)
            told_from = reply.answer.size();
        if (auto const done = add_part(part, reply); !done)
            return done.error();
        if (reply.intent.empty() && part.intent != PartDecision::none_intent)
            reply.intent = snapshot_.intents->matcher->intents()[part.intent].id;
        answered = true;
    }
    if (!answered)
        for (auto const& part : decision.parts)
            confidence = std::min(confidence, part.confidence);
    reply.confidence = confidence;
    for (auto const& part : decision.parts)
        if (part.chosen.empty()) {
            if (answered)
                suggest(part, conversation, reply);
            else if (decision.other_language)
                add_sentence(wording_.say(Phrase::other_language, reply.language), reply);
            else
                add_unknown(part, conversation, reply);
        }
    if (answered && std::ranges::any_of(decision.parts, [](PartDecision const& part) { return part.chosen.empty() || part.rest; }))
        add_sentence(wording_.say(Phrase::rest_unknown, reply.language), reply, '\n');
    bool const unsure = std::ranges::any_of(decision.parts, [](PartDecision const& p) { return p.chosen.empty() && p.unsure; });
    reply.status = answered ? Status::answered : unsure && !reply.suggestions.empty() ? Status::unsure : Status::unknown;
    if (answered && reply.suggestions.empty() && !decision.parts.empty())
        suggest(decision.parts[0], conversation, reply);
    // Without an answer, what follows the first line are questions to choose from.
    auto const said = std::string_view(reply.answer).substr(0, answered ? std::string::npos : reply.answer.find('\n'));
    reply.mentions = mentions_in(said, told_from, snapshot_);
    return reply;
}

}  // namespace immunobot::assistant
