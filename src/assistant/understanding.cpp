// One question of a message: all the ways in which it can be meant, after what was said before, and the surest of them.

#include "assistant/answering.hpp"

#include "assistant/reading_confidence.hpp"
#include "assistant/readings.hpp"
#include "assistant/told.hpp"
#include "text/trim.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr float certain = 0.9f;            // look no further

}  // namespace

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
        part.rest = way.rest;
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
    bool const follow_up = !conversation.begins();
    if (follow_up)
        if (auto told = answer_from_told(text, analysis, conversation))
            return std::move(*told);
    if (follow_up)
        if (auto same = answer_from_same(text, analysis, conversation))
            return std::move(*same);
    if (follow_up)
        if (auto among = answer_among_told(text, analysis, conversation))
            return std::move(*among);
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
    auto const listed = std::ranges::find_if(trials, [&](ReadingTrial& trial) {
        return trial.way.kind == ReadingKind::together && asks_for_them(analysis) && list_what_was_counted(trial.part, conversation);
    });
    if (follow_up && listed != trials.end())
        best = &*listed;
    else if (best->part.confidence < sure_enough && plain != nullptr)
        best = plain;
    auto out = std::move(best->part);
    if (follow_up && misses_what_was_before(out, analysis, conversation))
        out.confidence = 0;
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

}  // namespace immunobot::assistant
