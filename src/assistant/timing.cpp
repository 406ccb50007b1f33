#include "assistant/timing.hpp"

#include "knowledge/in_force.hpp"

#include <algorithm>

namespace immunobot::assistant {
namespace {

constexpr int first_year = 1500;
constexpr int last_year = 2200;   // greater numbers are none

bool of_one_kind(FactFeatures const& a, FactFeatures const& b)
{
    return !a.is_faq && !b.is_faq && a.has_entity && b.has_entity && a.entity == b.entity && a.property == b.property;
}

Date day_after(Date date)
{
    if (date != last_day({date.year, date.month, 0}))
        return {date.year, date.month, date.day + 1};
    return date.month == 12 ? Date{date.year + 1, 1, 1} : Date{date.year, date.month + 1, 1};
}

// The fact that holds since the day after this one ended: what was set to follow it.
std::optional<FactIndexId> successor_of(FactIndex const& index, FactIndexId id, Date const& today)
{
    auto const& facts = index.facts();
    auto const& fact = facts[id];
    auto const end = parse_date(fact.valid_to);
    if (fact.is_faq || !fact.has_entity || !end || end->day == 0 || !is_over(fact.valid_to, today))
        return std::nullopt;
    auto const begin = to_string(day_after(*end));
    for (auto const& posting : index.of_entity(fact.entity))
        if (of_one_kind(facts[posting.fact], fact) && facts[posting.fact].valid_from == begin && !knowledge::is_to_come(facts[posting.fact].valid_from, today))
            return posting.fact;
    return std::nullopt;
}

}  // namespace

void put_in_time(FactIndex const& index, std::vector<RankedFact>& ranked, Date const& today, std::optional<int> year)
{
    if (today.year == 0)
        return;
    for (auto& one : ranked)
        while (!(year && held_in(index, one.fact, *year))) {
            auto const next = successor_of(index, one.fact, today);
            if (!next)
                break;
            one.fact = *next;
        }
    for (auto one = ranked.begin(); one != ranked.end(); ++one)
        ranked.erase(std::remove_if(one + 1, ranked.end(), [&](RankedFact const& other) { return other.fact == one->fact; }), ranked.end());
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

bool asks_of_time_to_come(std::vector<std::string> const& numbers, Date const& today)
{
    return today.year != 0 && std::ranges::any_of(numbers, [&](std::string const& digits) {
        auto const date = digits.size() == 4 ? parse_date(digits) : std::nullopt;
        return date && date->year > today.year && date->year < last_year;
    });
}

bool follows_another(FactIndex const& index, FactIndexId id)
{
    auto const& facts = index.facts();
    auto const& fact = facts[id];
    // One alone may have its dates for another reason; without an end it has to follow one that has.
    return !fact.is_faq && fact.has_entity && !fact.valid_from.empty() && std::ranges::any_of(index.of_entity(fact.entity), [&](auto const& posting) {
        auto const& other = facts[posting.fact];
        return posting.fact != id && of_one_kind(other, fact) && !other.valid_to.empty() && (!fact.valid_to.empty() || other.valid_to <= fact.valid_from);
    });
}

bool held_in(FactIndex const& index, FactIndexId id, int year)
{
    auto const& fact = index.facts()[id];
    auto const begin = parse_date(fact.valid_from);
    auto const end = parse_date(fact.valid_to);
    return begin && begin->year <= year && (!end || end->year >= year) && follows_another(index, id);
}

bool is_outdated(FactFeatures const& fact, Date const& today, std::optional<int> year)
{
    if (fact.tells_end || !is_over(fact.valid_to, today))
        return false;
    auto const begin = parse_date(fact.valid_from);
    auto const end = parse_date(fact.valid_to);
    return !(year && (!begin || begin->year <= *year) && end && end->year >= *year);
}

bool is_told(Snapshot const& snapshot, FactIndexId fact, Date const& today, std::optional<int> year)
{
    auto const& features = snapshot.index.facts()[fact];
    bool const to_come = today.year != 0 && knowledge::is_to_come(features.valid_from, today);
    return !to_come && !(snapshot.silent_when_over && is_outdated(features, today, year));
}

}  // namespace immunobot::assistant
