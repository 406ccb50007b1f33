// What most statements come to: run one with some values, or read the rows of one. For the SQL of this folder.
#pragma once

#include "knowledge/sqlite.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

inline void bind_next(Statement& statement, int& parameter, std::string_view value)
{
    statement.bind(++parameter, value);
}

inline void bind_next(Statement& statement, int& parameter, std::int64_t value)
{
    statement.bind(++parameter, value);
}

// Runs one cached statement with the values bound in order. `sql` must be a literal.
template <class... Values>
Result<> run(Database& database, char const* sql, Values const&... values)
{
    auto statement = database.cached(sql);
    if (!statement)
        return statement.error();
    [[maybe_unused]] int parameter = 0;
    (bind_next(**statement, parameter, values), ...);
    return (*statement)->run();
}

// Calls `take` for each row of the query, with the values bound in order. `take` must not use the database.
template <class Take, class... Values>
Result<> each(Database& database, char const* sql, Take take, Values const&... values)
{
    auto query = database.prepare(sql);
    if (!query)
        return query.error();
    [[maybe_unused]] int parameter = 0;
    (bind_next(*query, parameter, values), ...);
    while (true) {
        auto const row = query->step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        take(*query);
    }
}

}  // namespace immunobot::knowledge
