#include "assistant/timing.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr float same_statement = 2.5f;   // how near in rank the fact that holds now has to be
constexpr int first_year = 1500;

bool is_to_come(FactFeatures const& fact, Date const& today)
{
    auto const begin = parse_date(fact.valid_from);
    return begin && *begin > today;
}

bool is_over(FactFeatures const& fact, Date const& today)
{
    auto const end = parse_date(fact.valid_to);
    return end && last_day(*end) < today;
}

bool of_one_kind(FactFeatures const& a, FactFeatures const& b)
{
    return !a.is_faq && !b.is_faq && a.has_entity && b.has_entity && a.entity == b.entity && a.property == b.property;
}

}  // namespace

void put_in_time(FactIndex const& index, std::vector<RankedFact>& ranked, Date const& today)
{
    if (today.year == 0)
        return;
    auto const& facts = index.facts();
    std::erase_if(ranked, [&](RankedFact const& one) { return !facts[one.fact].is_faq && is_to_come(facts[one.fact], today); });
    if (ranked.empty() || !is_over(facts[ranked[0].fact], today))
        return;
    auto const& best = ranked[0];
    auto const next = std::ranges::find_if(ranked, [&](RankedFact const& one) {
        auto const& fact = facts[one.fact];
        return of_one_kind(fact, facts[best.fact]) && !is_over(fact, today) && fact.valid_from > facts[best.fact].valid_from &&
               (one.slots & best.slots) == best.slots && one.score >= best.score - same_statement;
    });
    if (next == ranked.end())
        return;
    std::rotate(ranked.begin(), next, next + 1);
    // What came before it answers another question.
    std::erase_if(ranked, [&](RankedFact const& one) { return of_one_kind(facts[one.fact], facts[ranked[0].fact]) && is_over(facts[one.fact], today); });
}

std::optional<int> asked_year(std::vector<std::string> const& numbers, Date const& today)
{
    std::optional<int> year;
    for (auto const& digits : numbers) {
        auto const date = digits.size() == 4 ? parse_date(digits) : std::nullopt;
        if (!date || date->year < first_year || (today.year != 0 && date->year > today.year))
            continue;
        if (year && *year != date->year)
            return std::nullopt;
        year = date->year;
    }
    return year;
}

bool held_in(FactIndex const& index, FactIndexId id, int year)
{
    auto const& facts = index.facts();
    auto const& fact = facts[id];
    auto const begin = parse_date(fact.valid_from);
    auto const end = parse_date(fact.valid_to);
    if (fact.is_faq || !begin || begin->year > year || (end && end->year < year))
        return false;
    // One alone may have its dates for another reason; without an end it has to follow one that has.
    return fact.has_entity && std::ranges::any_of(index.of_entity(fact.entity), [&](auto const& posting) {
        auto const& other = facts[posting.fact];
        return posting.fact != id && of_one_kind(other, fact) && !other.valid_to.empty() && (end || other.valid_to <= fact.valid_from);
    });
}

}  // namespace immunobot::assistant
