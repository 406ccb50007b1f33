// What is in force of the staff's answers, as rows: public ones among the FAQ, those for staff in a table that nothing for
// visitors reads, and ways of asking for a fact. For the SQL of this folder; inside the transaction of the caller.
#pragma once

#include "knowledge/changes.hpp"
#include "knowledge/staff_store.hpp"

#include <optional>
#include <string_view>

namespace immunobot::knowledge {

// Of a fact, staff write the ways of asking for it: an answer without a text, whose id has the dots of a fact's.
bool is_of_fact(std::string_view id);

Result<std::optional<Published>> read_published(Database& database, std::string_view id);

// `before` is what is in force now. Each is noted as a change of its own kind.
Result<> put(Database& database, Changes& changes, std::optional<Published> const& before, Answer const& answer);
Result<> take_out(Database& database, Changes& changes, Answer const& answer);
Result<> put_ways_of_asking(Database& database, Changes& changes, Published const& before, FaqEntry const& entry);
// A source that is not there yet, after all others.
Result<> add_source(Database& database, Changes& changes, Source const& source);
// The source of answers without a source, which the staff themselves say, unless it is there.
Result<> put_desk_source(Database& database, Changes& changes, Publication const& publication);

// Who has published a row has looked at it; empty: the day is not known.
Result<> look_at_changed(Database& database, std::int64_t revision, std::string_view day);

// What was said when a draft was sent back ends with the draft: no decision about it keeps that any longer.
Result<> forget_remarks(Database& database, std::string_view draft);

}  // namespace immunobot::knowledge
