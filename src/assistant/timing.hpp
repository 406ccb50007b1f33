// Facts in time: which hold on a day, which took the place of which, and which held in a year that was asked about. Pure.
#pragma once

#include "assistant/fact_index.hpp"
#include "assistant/ranking.hpp"
#include "base/date.hpp"

#include <optional>
#include <string>
#include <vector>

namespace immunobot::assistant {

// Takes out what is still to come, and puts before a fact that is over the one of the same kind that holds now, if it
// accounts for as much of the question. A day of the year 0: nothing is done.
void put_in_time(FactIndex const& index, std::vector<RankedFact>& ranked, Date const& today);

// The only year that the numbers of a question can be, if it has passed or begun.
std::optional<int> asked_year(std::vector<std::string> const& numbers, Date const& today);

// Whether the fact tells, by its dates, that it held in the year: one of several of its kind that followed one another.
bool held_in(FactIndex const& index, FactIndexId fact, int year);

}  // namespace immunobot::assistant
