#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"
#include "assistant/reading_confidence.hpp"
#include "assistant/readings.hpp"
#include "assistant/splitting.hpp"
#include "assistant/timing.hpp"
#include "assistant/told.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float sure_apart = 0.5f;         // that two wishes of one question are two
constexpr float sure_beside = 0.7f;        // ... that a fact may stand beside "I cannot give medical advice"
constexpr float certain = 0.9f;            // look no further
constexpr std::size_t most_parts = 3;
constexpr std::uint32_t longest_list_age = 4;  // answers after which "the second one" is of nothing any more

constexpr int needs_a_doctor = 1;   // neither a danger to life nor an emergency

int safety_rank(Intent const& intent)
{
    return intent.status != "safety" ? 0 : intent.id == "self_harm" ? 3 : intent.id == "emergency" ? 2 : needs_a_doctor;
}

// How often a message says words of `bits`, and nothing besides; nothing if it says more.
std::optional<std::size_t> only_says(Analysis const& analysis, std::uint32_t bits)
{
    std::size_t said = 0;
    for (auto const& word : analysis.words) {
        bool const one = (own_classes(word, analysis.language) & bits) != 0;
        said += one;
        if (!one && word.role != Role::function && word.role != Role::filler)
            return std::nullopt;
    }
    return said;
}

bool only_stops(Analysis const& analysis)
{
    auto const said = only_says(analysis, stop);
    return said && (*said > 0 || analysis.stops);
}

// "No" alone: it asks for nothing and names nobody.
bool only_undoes(Analysis const& analysis)
{
    return only_says(analysis, undo).value_or(0) > 0 && analysis.asks == 0;
}

// Nothing was spoken of yet.
bool begins(Conversation const& conversation)
{
    return conversation.asked.empty() && conversation.focus.empty();
}

// The words that make a question that question, as typed or as understood.
std::string essence(Analysis const& analysis, bool corrected)
{
    std::string out;
    for (auto const& word : analysis.words) {
        std::string_view const text = corrected ? std::string_view(word.folded) : analysis.tokens.word(word.token);
        if (word.role != Role::filler && !same_without(text, own_classes(word, analysis.language)))
            out.append(out.empty() ? "" : " ").append(text);
    }
    return out;
}

}  // namespace

Decision Answering::decide(std::string_view text, std::optional<Language> hint, Conversation const& conversation)
{
    auto out = decide_all(text, hint, conversation);
    if (snapshot_.silent_when_over)
        for (auto& part : out.parts)
            leave_out_what_is_outdated(part);
    return out;
}

// However it was come by: as a list that names one, as what was before it, as a question of the FAQ.
void Answering::leave_out_what_is_outdated(PartDecision& part) const
{
    auto const year = asked_year(part.analysis.numbers, today_);
    bool const answered = !part.chosen.empty();
    std::erase_if(part.chosen, [&](FactIndexId fact) { return is_outdated(snapshot_.index.facts()[fact], today_, year); });
    if (!answered || !part.chosen.empty())
        return;
    part.confidence = 0;
    part.unsure = false;
    part.verdict = Verdict::none;
    part.steps.push_back("what answers this has ended, and is not told any more");
}

Decision Answering::decide_all(std::string_view text, std::optional<Language> hint, Conversation const& conversation)
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
        part.analysis = whole;
        part.intent = out.fixed;
        part.confidence = 1;
        out.parts.push_back(std::move(part));
        if (safety_rank(intents[out.fixed]) == needs_a_doctor)
            add_what_is_known(out, text);
        return out;
    }
    if (answer_entry(out, whole))
        return out;
    auto const pieces = split_questions(text, whole);
    Language const language = whole.language;
    if (pieces.size() > 1)
        out.parts = decide_pieces(pieces, Pieces::questions, language, conversation);
    bool const all = !out.parts.empty() && std::ranges::all_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    if (all)
        return out;
    // One clause alone may say too little: then the message is taken as one question.
    auto const wishes_apart = pieces.size() > 1 ? std::vector<std::string_view>() : split_wishes(text, whole);
    auto together = understand(text, std::move(whole), conversation);
    if (wishes_apart.size() > 1 && leaves_words(together)) {
        out.parts = decide_pieces(wishes_apart, Pieces::wishes, language, conversation);
        if (answer_apart(out.parts)) {
            out.parts[1].verdict = Verdict::none;  // a second wish begins with a verb, like a question for yes or no
            return out;
        }
        out.parts.clear();
    }
    auto const answered = std::ranges::count_if(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    bool any = answered > 0;
    for (std::size_t i = 1; i < pieces.size(); ++i)
        any = any && (answered > 1 || !hangs_on(pieces[i - 1], pieces[i]));
    if (!any || (!together.chosen.empty() && !leaves_words(together))) {
        out.parts.clear();
        out.parts.push_back(std::move(together));
    }
    return out;
}

// "My father has leukaemia, who is Professor Vey?": no advice, but who that is.
void Answering::add_what_is_known(Decision& out, std::string_view text)
{
    auto const& whole = out.parts[0].analysis;
    bool const named = std::ranges::any_of(whole.links, [&](Link const& link) { return link.entity != snapshot_.home; });
    if (!named || (whole.asks == 0 && !whole.open))
        return;
    auto known = understand(text, whole, {});
    if (known.chosen.empty() || known.confidence < sure_beside)
        return;
    known.verdict = Verdict::none;
    known.analysis.corrections.clear();
    out.parts.push_back(std::move(known));
}

// Somebody wrote this question into the FAQ, but for politeness around it, with the answer that it is to have.
bool Answering::answer_entry(Decision& out, Analysis& whole)
{
    auto entry = snapshot_.index.entry_of(essence(whole, false));
    bool const as_typed = entry != FactIndex::no_fact;
    if (!as_typed)
        entry = snapshot_.index.entry_of(essence(whole, true));
    if (entry == FactIndex::no_fact)
        return false;
    if (snapshot_.silent_when_over && is_outdated(snapshot_.index.facts()[entry], today_, asked_year(whole.numbers, today_)))
        return false;
    PartDecision part;
    part.asked = text::trimmed(folded_words(whole.tokens));
    ranker_.rank(snapshot_, whole, candidates, part.ranked);
    part.analysis = std::move(whole);
    if (as_typed)
        part.analysis.corrections.clear();
    part.chosen = {entry};
    part.confidence = 1;
    part.steps.push_back("a question of the FAQ");
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

// Parts are followed up like a conversation: "Who founded Innate Pharma, and when?" Where one asks, what only tells
// ("I am writing an article.") is left out.
std::vector<PartDecision> Answering::decide_pieces(std::vector<std::string_view> const& pieces, Pieces kind, Language language, Conversation const& conversation)
{
    struct Piece { std::string_view text; Analysis analysis; bool asks; bool puts; };   // `puts`: it puts a question
    std::vector<Piece> said;
    for (auto const text : pieces) {
        auto analysis = analyser_.analyse(text, language, language, stemmer_, language);
        bool const puts = analysis.asks != 0 || analysis.open || analysis.yes_no || text.find('?') != std::string_view::npos;
        bool const asks = puts || !analysis.links.empty() || analysis.names_home || says(analysis, any_ordinal);
        if (asks || analysis.has_content())
            said.push_back({text, std::move(analysis), asks, puts});
    }
    if (kind == Pieces::questions && std::ranges::any_of(said, &Piece::asks))
        std::erase_if(said, [](Piece const& piece) { return !piece.asks; });
    std::vector<PartDecision> parts;
    Conversation running = conversation;
    bool const question = kind == Pieces::questions && std::ranges::any_of(said, &Piece::puts);
    for (auto& [text, analysis, asks, puts] : said) {
        if (parts.size() >= most_parts)
            break;
        auto part = understand(text, std::move(analysis), running, parts.empty() ? Follows::same_message : Follows::part, parts);
        remember(running, part);
        bool const sentence = !text::trimmed(text).ends_with(',');
        if (part.chosen.empty() && question && !puts && sentence)
            continue;   // it told what the question is about
        parts.push_back(std::move(part));
    }
    return parts;
}

// Each way to take the message, with its answer; without those that leave out what the message says. Unless `all` are wanted,
// the first that is nearly certain is the last.
std::vector<ReadingTrial> Answering::try_readings(std::string_view text, Analysis const& analysis, Conversation const& conversation, bool all)
{
    Language const language = analysis.language;
    auto const before = conversation.asked.empty() ? Analysis() : analyser_.analyse(conversation.asked, language, language, stemmer_);
    std::vector<ReadingTrial> out;
    float best = -1;
    for (auto& way : readings(snapshot_, text, analysis, conversation, before)) {
        if (way.last && best >= sure_enough)
            continue;
        bool const plain = way.kind == ReadingKind::plain;
        auto part = decide_part(plain ? analysis : analyser_.analyse(way.text, language, language, stemmer_, language),
                                way.more ? conversation.told : std::vector<std::string>());
        part.asked = text::trimmed(way.text);
        if (!way.whole && only_named(part.analysis))
            continue;  // a name alone was not what was asked
        if (!plain && !speaks_of_all(part, analysis.links))
            continue;  // "and the CNRS?" is not answered by a fact of what was named before
        if (way.strict && !has_all_words(part, analysis))
            continue;  // what was asked before must not answer a message about something else
        if (!plain)
            part.steps.insert(part.steps.begin(), "read as \"" + part.asked + "\": " + way.note);
        best = std::max(best, part.confidence * way.prior);
        out.push_back({std::move(way), std::move(part), {}});
        if (!all && best >= certain)
            break;
    }
    return out;
}

// Of all the ways in which the message can be meant, the one whose answer is the surest.
PartDecision Answering::understand(std::string_view text, Analysis analysis, Conversation const& conversation, Follows follows, std::span<PartDecision const> earlier_parts)
{
    bool const follow_up = !begins(conversation) && follows != Follows::same_message;
    if (follow_up)
        if (auto told = answer_from_told(text, analysis, conversation))
            return std::move(*told);
    if (follow_up)
        if (auto same = answer_from_same(text, analysis, conversation))
            return std::move(*same);
    auto trials = try_readings(text, analysis, conversation, follow_up);
    if (follows == Follows::part)   // nobody asks the same twice in one breath
        std::erase_if(trials, [&](ReadingTrial const& trial) {
            return trial.way.kind != ReadingKind::plain && !trial.part.chosen.empty() && !trial.part.retold && std::ranges::any_of(earlier_parts, [&](PartDecision const& part) {
                return std::ranges::find(part.chosen, trial.part.chosen[0]) != part.chosen.end();
            });
        });
    if (follows == Follows::same_message && trials.size() > 1 && says_little(analysis) && analysis.links.empty() && !analysis.names_home)
        std::erase_if(trials, [](ReadingTrial const& trial) { return trial.way.kind == ReadingKind::plain; });   // "the whole list", of what was asked just now
    for (auto& trial : trials)
        if (wants_a_date(trial.part, analysis)) {
            trial.part.confidence = 0;
            trial.part.chosen.clear();
        }
    if (follow_up && !asks_which_ones(analysis))
        weigh_readings(trials, analysis, conversation);
    bool const leans = analysis.points_back || analysis.follows_on;
    ReadingTrial* best = nullptr;
    ReadingTrial* plain = nullptr;  // the message as it stands: what silence is about, unless it leans on what was before
    auto const score = [](ReadingTrial const& trial) { return trial.part.confidence * (trial.input.empty() ? trial.way.prior : 1); };
    for (auto& trial : trials) {
        if (best == nullptr || score(trial) > score(*best))
            best = &trial;
        if (trial.way.kind == ReadingKind::plain && !leans)
            plain = &trial;
    }
    if (best == nullptr) {
        PartDecision none;
        none.analysis = std::move(analysis);
        none.asked = text::trimmed(text);
        return none;
    }
    if (best->part.confidence < sure_enough && plain != nullptr)
        best = plain;
    auto out = std::move(best->part);
    if (follow_up && misses_what_was_before(out, analysis, conversation))
        out.confidence = 0;
    if (follow_up && asks_which_ones(analysis) && lists_what_was_counted(out, conversation))
        out.confidence = std::max(out.confidence, sure_enough);
    settle(out);
    if (follow_up && !out.chosen.empty())
        leave_out_beside_told(out, conversation);
    // The corrections are those of the message itself.
    out.analysis.corrections = analysis.corrections;
    return out;
}

// Of a follow-up, by what people meant who wrote such messages.
void Answering::weigh_readings(std::vector<ReadingTrial>& trials, Analysis const& message, Conversation const& conversation)
{
    for (std::size_t i = 0; i < trials.size(); ++i)
        if (!trials[i].part.chosen.empty())
            trials[i].input = reading_input(snapshot_, message, conversation, trials, i);
    for (auto& trial : trials)
        trial.part.confidence = trial.input.empty() ? 0 : reading_confidence(trial.input);
    if (watched_ != nullptr)
        watched_->insert(watched_->end(), trials.begin(), trials.end());
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

// Whether what is told accounts for every word of substance of the message.
bool Answering::has_all_words(PartDecision const& part, Analysis const& message) const
{
    if (part.chosen.empty())
        return true;
    return std::ranges::all_of(message.words, [&](AnalysedWord const& word) {
        if (!is_content(word))
            return true;
        for (std::size_t i = 0; i < part.analysis.slots.size() && i < 64; ++i)
            if (part.analysis.slots[i].kind == Slot::Kind::word && part.analysis.slots[i].counts && part.analysis.slots[i].text == word.folded)
                return (part.ranked[0].slots >> i & 1u) != 0;
        return true;
    });
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
    if (!part.chosen.empty())   // after a silence what was told before is still what "and before him?" is about
        conversation.told.clear();
    for (auto const fact : part.chosen)
        conversation.told.push_back(facts[fact].id);
    if (!part.asked.empty())
        conversation.asked = part.asked;
}

}  // namespace immunobot::assistant
