#include "assistant/answering.hpp"

#include "assistant/confidence.hpp"
#include "assistant/timing.hpp"
#include "assistant/told.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

// Calibrated on questions written for the purpose; see docs/understanding.md.
constexpr float sure_beside = 0.7f;        // ... that a fact may stand beside "I cannot give medical advice", where somebody is named
constexpr float quite_sure_beside = 0.8f;  // ... and where nobody is
constexpr std::size_t reach_of_not = 3;    // words before a name: "not to the", "pas de l'"
constexpr std::uint32_t longest_list_age = 4;  // answers after which "the second one" is of nothing any more

constexpr int needs_a_doctor = 1;   // neither a danger to life nor an emergency

int safety_rank(Intent const& intent)
{
    return intent.status != "safety" ? 0 : intent.id == "self_harm" ? 3 : intent.id == "emergency" ? 2 : needs_a_doctor;
}

// How often a message says words of `bits`, and nothing besides; nothing if it says more.
std::optional<std::size_t> only_says(Analysis const& analysis, ClassBits bits)
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

PartDecision nothing_told(std::string_view text, Analysis analysis)
{
    PartDecision part;
    part.analysis = std::move(analysis);
    part.asked = text::trimmed(text);
    part.steps.push_back("of somebody who was asked about just before, and is not known");
    return part;
}

// "How many patients and what budget for PIONeeR?": of two questions in one sentence only the second names somebody, and the first
// does not point back at anybody else.
bool names_in_the_end(std::vector<std::string_view> const& pieces, Analysis const& whole)
{
    if (pieces.size() != 2 || whole.links.empty() || whole.points_back || whole.names_home)
        return false;
    auto const cut = static_cast<std::size_t>(pieces[1].data() - pieces[0].data());
    bool const one_sentence = std::string_view(".?!;:").find(text::trimmed(pieces[0]).back()) == std::string_view::npos;
    return one_sentence && std::ranges::all_of(whole.links, [&](Link const& link) { return whole.tokens.list[link.first].begin >= cut; });
}

// "Was thinking of moving." begins like a question for yes or no, and is none.
bool puts_question(std::string_view piece, Analysis const& analysis)
{
    return analysis.asks != 0 || analysis.open || (analysis.yes_no && !text::trimmed(piece).ends_with('.')) || piece.find('?') != std::string_view::npos;
}

// Whether it asks something, names whom that is about, and points at nothing else.
bool stands_alone(Analysis const& analysis)
{
    return (analysis.asks != 0 || analysis.open || analysis.yes_no) && !analysis.points_back && !analysis.follows_on && !analysis.links.empty();
}

// "Not the current one.", "In 1983.", "Only the women.": it leaves something out of what is asked.
bool restricts(Analysis const& analysis)
{
    constexpr std::string_view only[] = {"only", "just", "seulement", "uniquement", "juste"};
    return analysis.negated || std::ranges::any_of(analysis.numbers, [](std::string const& number) { return is_year(number); }) || std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return std::ranges::find(only, word.folded) != std::end(only); });
}

// Whether it can be about somebody who was not spoken of: "what do you think of ...", "his wife works there", but not "what is it for".
bool brings_somebody(Analysis const& analysis)
{
    constexpr std::string_view possessive[] = {"his", "her", "its", "their", "sa", "son", "ses", "leur", "leurs"};
    bool const of_them = std::ranges::any_of(analysis.words, [&](AnalysedWord const& word) { return std::ranges::find(possessive, word.folded) != std::end(possessive); });
    return analysis.has_content() && (of_them || !analysis.points_back);
}

// "No, I meant the FOO, not the BAR": without what was not meant, if something else is named.
std::string without_what_was_not_meant(std::string_view text, Analysis const& whole)
{
    if (!whole.corrects || whole.links.size() < 2)
        return std::string(text);
    auto const side = static_cast<std::size_t>(whole.language);
    for (auto const& link : whole.links)
        for (std::size_t back = 1; back <= reach_of_not && back <= link.first; ++back) {
            std::size_t const at = link.first - back;
            if ((whole.words[at].word.classes[side] & negation) == 0)
                continue;
            auto const begin = whole.tokens.list[at].begin;
            return std::string(text.substr(0, begin)) + std::string(text.substr(whole.tokens.list[link.first + link.count - 1u].end));
        }
    return std::string(text);
}

}  // namespace

Decision Answering::decide(std::string_view text, std::optional<Language> hint, Conversation const& conversation)
{
    auto out = decide_all(text, hint, conversation);
    for (auto& part : out.parts)
        leave_out_what_is_not_told(part);
    reply_to_courtesy(out);
    return out;
}

// "Je vous remercie de votre obligeance" asks nothing: what there is no answer to is met with the courtesy that it is.
void Answering::reply_to_courtesy(Decision& out) const
{
    if (out.fixed != PartDecision::none_intent || out.stopped || out.undone || out.parts.size() != 1)
        return;
    auto& part = out.parts[0];
    auto const& said = part.analysis;
    if (!part.chosen.empty() || !said.courtesy || said.asks != 0 || !said.scores.empty() || said.open || said.yes_no || said.tokens.question_mark)
        return;
    out.fixed = said.courtesy->intent;
    part.intent = out.fixed;
    part.confidence = 1;
}

Decision Answering::decide_all(std::string_view typed, std::optional<Language> hint, Conversation const& conversation)
{
    Decision out;
    Analysis whole = analyser_.analyse(typed, hint, conversation.language, stemmer_);
    auto const meant = without_what_was_not_meant(typed, whole);
    std::string_view const text = meant;
    if (meant.size() != typed.size())
        whole = analyser_.analyse(text, whole.language, conversation.language, stemmer_);
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
    if (auto const question = only_question(pieces, whole.language))
        if (auto alone = decide_all(*question, whole.language, conversation); std::ranges::any_of(alone.parts, [](PartDecision const& p) { return !p.chosen.empty(); }))
            return alone;
    if (answer_list(out, text, whole, pieces, conversation))
        return out;
    Language const language = whole.language;
    if (pieces.size() > 1)
        out.parts = names_in_the_end(pieces, whole) ? decide_wishes({pieces}, language, conversation) : decide_pieces(pieces, Pieces::questions, language, conversation);
    bool const all = !out.parts.empty() && std::ranges::all_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    if (all)
        return out;
    // One clause alone may say too little: then the message is taken as one question.
    auto const ways = pieces.size() > 1 ? std::vector<Wishes>() : split_wishes(text, whole);
    auto together = understand(text, std::move(whole), conversation);
    if (answer_wishes(out, ways, together, language, conversation))
        return out;
    auto const answered = std::ranges::count_if(out.parts, [](PartDecision const& p) { return !p.chosen.empty(); });
    bool any = answered > 0;
    bool const alone = std::ranges::any_of(out.parts, [](PartDecision const& p) { return !p.chosen.empty() && p.alone; });
    for (std::size_t i = 1; i < pieces.size(); ++i)
        any = any && (answered > 1 || alone || !hangs_on(pieces[i - 1], pieces[i]));
    if (!any || (!together.chosen.empty() && !leaves_words(together))) {
        out.parts.clear();
        out.parts.push_back(std::move(together));
    }
    return out;
}

// "Deadline in 20 min. Year FOO was founded + name of its head please": the one piece that asks, where the others are sentences that name nobody
// and leave out nothing of what is asked.
std::optional<std::string_view> Answering::only_question(std::vector<std::string_view> const& pieces, Language language) const
{
    std::optional<std::string_view> out;
    for (auto const piece : pieces.size() > 1 ? pieces : std::vector<std::string_view>()) {
        auto const said = analyser_.analyse(piece, language, language, stemmer_, language);
        bool const names = !said.links.empty() || said.names_home;
        bool const sentence = text::trimmed(piece).ends_with('.') || text::trimmed(piece).ends_with('!') || piece.data() == pieces.back().data();
        if (!names && sentence && !puts_question(piece, said) && !restricts(said))
            continue;
        if (out)
            return std::nullopt;
        out = piece;
    }
    return out;
}

// "My father has leukaemia, who is Professor Vey?", "..., are there trials in Marseille?": no advice, but what is known.
void Answering::add_what_is_known(Decision& out, std::string_view text)
{
    auto const& whole = out.parts[0].analysis;
    auto const is_named = [&](auto const& counts) { return std::ranges::any_of(whole.links, [&](Link const& link) { return link.entity != snapshot_.home && counts(snapshot_.entities[link.entity]); }); };
    // "Should I try it?", "will it cure her?" is answered by nobody but a doctor.
    bool const asks_of_body = whole.yes_no && is_named([](EntityCard const& card) { return card.kind != "concept"; });
    if (whole.asks == 0 && !whole.open && !asks_of_body)
        return;
    bool const named = is_named([](EntityCard const&) { return true; });
    auto known = understand(text, whole, {});
    // What is told of somebody's health is no part of what is asked.
    if (auto const pieces = split_questions(text, whole); pieces.size() > 1)
        for (auto& part : decide_pieces(pieces, Pieces::questions, whole.language, {}))
            if (!part.chosen.empty() && (known.chosen.empty() || part.confidence > known.confidence))
                known = std::move(part);
    if (known.chosen.empty() || known.confidence < (named ? sure_beside : quite_sure_beside))
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
    if (!is_told(snapshot_, entry, today_, asked_year(whole.numbers, today_)))
        return false;
    PartDecision part;
    part.asked = text::trimmed(text::folded_words(whole.tokens));
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

bool Answering::names_only_home(Analysis const& analysis) const
{
    return std::ranges::all_of(analysis.links, [&](Link const& link) { return link.entity == snapshot_.home; });
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

// Parts are followed up like a conversation: "Who founded Innate Pharma, and when?" Where one asks, what only tells
// ("I am writing an article.") is left out.
std::vector<PartDecision> Answering::decide_pieces(std::vector<std::string_view> const& pieces, Pieces kind, Language language, Conversation const& conversation)
{
    struct Piece { std::string_view text; Analysis analysis; bool asks; bool puts; bool sentence; bool names; bool heads; };   // `puts`: it puts a question
    std::vector<Piece> said;
    for (auto const piece : pieces) {
        auto const text = without_join(piece);
        auto analysis = analyser_.analyse(text, language, language, stemmer_, language);
        bool const puts = puts_question(piece, analysis) || (kind == Pieces::wishes && analysis.yes_no);
        bool const asks = puts || !analysis.links.empty() || analysis.names_home || says(analysis, any_ordinal);
        if (asks || analysis.has_content()) {
            bool const names = !analysis.links.empty() || !brings_somebody(analysis);
            // "The PIONeeR programme: how many patients?", "Innate Pharma. Who leads it?"
            bool const heads = !puts && (text::trimmed(piece).ends_with(':') || (!analysis.links.empty() && !analysis.has_content()));
            said.push_back({text, std::move(analysis), asks, puts, !text::trimmed(piece).ends_with(','), names, heads});
        }
    }
    if (kind == Pieces::questions && std::ranges::any_of(said, &Piece::asks))
        std::erase_if(said, [](Piece const& piece) { return !piece.asks; });
    std::vector<PartDecision> parts;
    Conversation running = conversation;
    bool const question = kind == Pieces::questions && std::ranges::any_of(said, &Piece::puts);
    bool lost = false;   // whom the part before is about
    for (auto& [text, analysis, asks, puts, sentence, names, heads] : said) {
        if (parts.size() >= (kind == Pieces::wishes ? most_listed : most_parts))
            break;
        lost = lost && analysis.points_back && names_only_home(analysis);
        bool const of_nobody_known = lost;
        bool const alone = stands_alone(analysis);
        bool const anew = alone && kind == Pieces::questions && conversation.begins() && std::ranges::all_of(parts, [](PartDecision const& p) { return p.chosen.empty(); });
        auto part = of_nobody_known ? nothing_told(text, std::move(analysis))
                                    : understand(text, std::move(analysis), anew ? conversation : running, parts.empty() ? Follows::same_message : Follows::part, parts);
        part.alone = alone;
        lost = of_nobody_known || (kind == Pieces::questions && part.chosen.empty() && !names);
        if (heads && question)
            part.chosen.clear();
        remember(running, part);
        if (part.chosen.empty() && question && !puts && sentence)
            continue;   // it told what the question is about
        parts.push_back(std::move(part));
    }
    return parts;
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
