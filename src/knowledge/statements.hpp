// What most statements come to: run one with some values, or read the rows of one. For the SQL of this folder.
#pragma once

#include "knowledge/sqlite.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

namespace immunobot::knowledge {

inline void bind_next(Statement& statement, int& parameter, std::string_view value)
{
    statement.bind(++parameter, value);
}

inline void bind_next(Statement& statement, int& parameter, std::int64_t value)
{
    statement.bind(++parameter, value);
}

// Runs one cached statement with the values bound in order.
template <class... Values>
Result<> run(Database& database, Sql sql, Values const&... values)
{
    auto statement = database.cached(sql);
    if (!statement)
        return statement.error();
    [[maybe_unused]] int parameter = 0;
    (bind_next(**statement, parameter, values), ...);
    return (*statement)->run();
}

// Calls `take` for each row of the cached query, with the values bound in order. `take` must not use the database.
template <class Take, class... Values>
Result<> each(Database& database, Sql sql, Take take, Values const&... values)
{
    auto query = database.cached(sql);
    if (!query)
        return query.error();
    Statement& statement = **query;
    [[maybe_unused]] int parameter = 0;
    (bind_next(statement, parameter, values), ...);
    while (true) {
        auto const row = statement.step();
        if (!row)
            return row.error();
        if (!*row)
            return {};
        take(statement);
    }
}

// One item for each row of the query, as `make` makes it.
template <class Make, class... Values>
auto read_rows(Database& database, Sql sql, Make make, Values const&... values) -> Result<std::vector<std::invoke_result_t<Make, Statement const&>>>
{
    std::vector<std::invoke_result_t<Make, Statement const&>> all;
    auto const read = each(database, sql, [&](Statement const& row) { all.push_back(make(row)); }, values...);
    if (!read)
        return read.error();
    return all;
}

// Of a query that has one row or none.
template <class Make, class... Values>
auto read_row(Database& database, Sql sql, Make make, Values const&... values) -> Result<std::optional<std::invoke_result_t<Make, Statement const&>>>
{
    std::optional<std::invoke_result_t<Make, Statement const&>> found;
    auto const read = each(database, sql, [&](Statement const& row) { found = make(row); }, values...);
    if (!read)
        return read.error();
    return found;
}

}  // namespace immunobot::knowledge
