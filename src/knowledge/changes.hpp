// Changes of the knowledge, as one revision with its history. Used inside a write transaction.
#pragma once

#include "knowledge/rows.hpp"
#include "knowledge/sqlite.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

class Changes {
public:
    // Begins the revision after the present one.
    static Result<Changes> begin(Database& database, std::string_view who, std::string_view why);

    std::int64_t revision() const { return revision_; }

    // `before` is null for a row that is not there yet.
    template <class Row>
    Result<> put(Row const* before, Row const& after, std::int64_t position)
    {
        if (auto written = put_row(*database_, after, {position, revision_, before == nullptr}); !written)
            return written;
        return remember(kind_of(&after), after.id, before ? to_json(*before) : std::string(), to_json(after));
    }

    template <class Row>
    Result<> remove(Row const& row)
    {
        if (auto erased = erase_row(*database_, row); !erased)
            return erased;
        return remember(kind_of(&row), row.id, to_json(row), {});
    }

    // Only the history, for rows that are written elsewhere. Empty: the row was not or is not there.
    Result<> remember(std::string_view kind, std::string_view id, std::string const& before, std::string const& after);

private:
    Changes(Database& database, std::int64_t revision) : database_(&database), revision_(revision) {}

    Database* database_;
    std::int64_t revision_;
};

}  // namespace immunobot::knowledge
