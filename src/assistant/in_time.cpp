// What an answer leaves out or prefers for when it holds: what has ended or is still to come, past events, older figures.

#include "assistant/answering.hpp"

#include "assistant/timing.hpp"
#include "assistant/told.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

using namespace intents;

constexpr float of_one_figure = 3.5f;      // a newer figure of the same kind is told if its score is no further behind

// "At the moment", "actuellement": the group of words of that name. "Is it still?" and "was actually the first" ask of more.
bool asks_of_now(Snapshot const& snapshot, Analysis const& analysis)
{
    if (analysis.yes_no || (analysis.asks & list_all) != 0 || says(analysis, earlier | any_ordinal))
        return false;
    return says_group(snapshot, analysis, "current");
}

}  // namespace

void Answering::put_ranked_in_time(PartDecision& part, std::optional<int> year) const
{
    auto const& analysis = part.analysis;
    put_in_time(snapshot_.index, part.ranked, today_, year);
    if (!analysis.yes_no && (year || asks_of_time_to_come(analysis.numbers, today_)))  // "in 2010": of those who followed one another, not the others
        std::erase_if(part.ranked, [&](RankedFact const& one) { return follows_another(snapshot_.index, one.fact) && !(year && held_in(snapshot_.index, one.fact, *year)); });
    std::erase_if(part.ranked, [&](RankedFact const& one) { return !is_told(snapshot_, one.fact, today_, year); });
    if (!year && asks_of_now(snapshot_, analysis))
        leave_out_what_is_over(part);
    if (today_.year != 0 && says_group(snapshot_, analysis, "upcoming"))
        leave_out_past_events(part);
}

// Unless nothing else is known of the one that is named.
void Answering::leave_out_what_is_over(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const over = [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        return !fact.is_faq && (is_over(fact.valid_to, today_) || is_past(snapshot_.index, fact.property));
    };
    if (std::ranges::any_of(part.ranked, [&](RankedFact const& one) { return one.of(Evidence::own) > 0 && !over(one); }))
        std::erase_if(part.ranked, over);
}

// "When is the next one?" is not answered by the last one.
void Answering::leave_out_past_events(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const event = snapshot_.index.property("event_date");
    std::erase_if(part.ranked, [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        auto const begin = parse_date(fact.valid_from);
        return !fact.is_faq && fact.property == event && begin && *begin < today_;
    });
}

// "How many work there?": of the same figure at different times, not an old one. What has no date holds now.
void Answering::put_newest_first(PartDecision& part) const
{
    auto const& facts = snapshot_.index.facts();
    auto const first = part.ranked[0];
    auto const& old = facts[first.fact];
    if (old.is_faq || old.figure_of.empty() || old.valid_from.empty())
        return;
    auto const newer = [](FactFeatures const& a, FactFeatures const& b) {   // by its year: of one year both may hold
        return !b.valid_from.empty() && (a.valid_from.empty() || a.valid_from.substr(0, 4) > b.valid_from.substr(0, 4));
    };
    std::size_t best = 0;
    for (std::size_t i = 1; i < part.ranked.size(); ++i) {
        auto const& other = facts[part.ranked[i].fact];
        bool const same_figure = !other.is_faq && other.has_entity && other.entity == old.entity && other.property == old.property && other.figure_of == old.figure_of;
        if (same_figure && part.ranked[i].score >= first.score - of_one_figure && newer(other, facts[part.ranked[best].fact]))
            best = i;
    }
    std::rotate(part.ranked.begin(), part.ranked.begin() + static_cast<std::ptrdiff_t>(best), part.ranked.begin() + static_cast<std::ptrdiff_t>(best) + 1);
}

// "Who directed it in 2015?": the year stands in no sentence, but in the dates of one. Of facts that followed one another, the
// one that held then.
void Answering::answer_as_of(PartDecision& part)
{
    auto const year = asked_year(part.analysis.numbers, today_);
    if (!year || part.analysis.yes_no)
        return;
    PartDecision one;
    one.analysis = part.analysis;
    std::erase_if(one.analysis.slots, [](Slot const& slot) { return slot.kind == Slot::Kind::number; });
    ranker_.rank(snapshot_, one.analysis, candidates, one.ranked);
    std::erase_if(one.ranked, [&](RankedFact const& fact) { return !held_in(snapshot_.index, fact.fact, *year); });
    choose(one);
    settle(one);
    if (one.chosen.empty())
        return;
    part.ranked = std::move(one.ranked);
    part.chosen = std::move(one.chosen);
    part.confidence = one.confidence;
    part.unsure = one.unsure;
    part.intent = one.intent;
    part.steps.push_back("as of " + std::to_string(*year));
}

// However it was come by: as a list that names one, as what was before it, as a question of the FAQ.
void Answering::leave_out_what_is_not_told(PartDecision& part) const
{
    auto const year = asked_year(part.analysis.numbers, today_);
    bool const answered = !part.chosen.empty();
    std::erase_if(part.chosen, [&](FactIndexId fact) { return !is_told(snapshot_, fact, today_, year); });
    if (!answered || !part.chosen.empty())
        return;
    part.confidence = 0;
    part.unsure = false;
    part.verdict = Verdict::none;
    part.steps.push_back("what answers this has ended or is still to come, and is not told");
}

}  // namespace immunobot::assistant
