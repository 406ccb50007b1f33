// A database with the shipped knowledge and a journal, for one test.
#pragma once

#include "knowledge/journal.hpp"
#include "knowledge/sqlite.hpp"
#include "support.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

namespace immunobot::knowledge::tests {

struct JournalScene {
    JournalScene() { import_ok(path, shipped); }
    std::unique_ptr<Journal> open(JournalOptions options = {}) { return Journal::open(path, std::move(options)).value(); }
    std::int64_t count(char const* sql) { return Database::open(path, Access::read).value().integer(sql).value(); }
    std::string text(char const* sql)
    {
        auto database = Database::open(path, Access::read).value();
        auto query = database.prepare(sql).value();
        return query.step().value() ? query.text(0) : "(no row)";
    }
    // Of the database and of what SQLite keeps beside it.
    bool bytes_contain(std::string const& words) const
    {
        return (read_bytes(path) + read_bytes(path + "-wal")).find(words) != std::string::npos;
    }

    TemporaryFolder folder;
    std::string const path = folder / "bot.db";
};

inline LoggedQuestion question(std::string id, std::string text = "where is the lab?")
{
    LoggedQuestion q;
    q.reply_id = std::move(id);
    q.conversation = "visitor-1";
    q.channel = "api";
    q.text = std::move(text);
    q.language = Language::fr;
    q.status = "answered";
    q.intent = "location";
    q.confidence = 0.5;
    q.facts = {"ciml.location.1", "ciml.founded.1"};
    return q;
}

inline constexpr std::int64_t day = 86'400;

}  // namespace immunobot::knowledge::tests
