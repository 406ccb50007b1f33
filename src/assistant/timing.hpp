// Facts in time: which hold on a day, which took the place of which, and which held in a year that was asked about. Pure.
#pragma once

#include "assistant/fact_index.hpp"
#include "assistant/ranking.hpp"
#include "assistant/snapshot.hpp"
#include "base/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace immunobot::assistant {

// In the place of a fact that has ended comes the one of its kind that begins the day after,
// unless it is asked about a year in which the former held. A day of the year 0: nothing is done.
void put_in_time(FactIndex const& index, std::vector<RankedFact>& ranked, Date const& today, std::optional<int> year = {});

// The only year that the numbers of a question can be, if it has passed or begun.
std::optional<int> asked_year(std::vector<std::string> const& numbers, Date const& today);

// Whether one of the numbers is a year that has not begun.
bool asks_of_time_to_come(std::vector<std::string> const& numbers, Date const& today);

// Whether it is one of several of its kind that followed one another, by their dates.
bool follows_another(FactIndex const& index, FactIndexId fact);

// Whether it is, and held in the year.
bool held_in(FactIndex const& index, FactIndexId fact, int year);

// Whether it has ended, its sentences do not say so themselves, and it did not hold in the year that is asked about: what is told with its
// date, or not at all where the staff have chosen that.
bool is_outdated(FactFeatures const& fact, Date const& today, std::optional<int> year = {});

// Whether visitors may be told it at all: it is not still to come, nor outdated where the staff have chosen that this is not told.
bool is_told(Snapshot const& snapshot, FactIndexId fact, Date const& today, std::optional<int> year = {});

}  // namespace immunobot::assistant
