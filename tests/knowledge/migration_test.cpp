// Databases of older versions of the program.
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/schema.hpp"
#include "support.hpp"

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

void execute(std::string const& path, char const* sql)
{
    auto database = Database::open(path, Access::create).value();
    REQUIRE(failure(database.execute(sql)) == "");
}

std::int64_t number(std::string const& path, char const* sql)
{
    return Database::open(path, Access::read).value().integer(sql).value();
}

// What the program wrote before it knew of ways of asking: its first migration alone, and rows.
void make_version_1(std::string const& path, std::string const& data)
{
    import_ok(path, data);
    {
        auto journal = Journal::open(path, {}).value();
        LoggedQuestion question;
        question.reply_id = "r1";
        question.text = "where is it?";
        journal->record(question);
        REQUIRE(failure(journal->flush()) == "");
    }
    execute(path, "DROP TABLE message_seen; DROP TABLE outbox; DROP TABLE conversation_turn; DROP TABLE asking; DROP TABLE staff_group_question; DROP TABLE staff_group; DROP TABLE staff_answer; DROP TABLE staff_draft; "
                  "DROP TABLE staff_pin; DROP TABLE staff_use; DROP TABLE staff_piece; DROP TABLE staff_care; DROP TABLE staff_decision; DROP TABLE dead_link; DROP TABLE setting; DROP TABLE staff_audit; DROP TABLE staff_token; DROP TABLE staff_session; DROP TABLE staff_link; DROP TABLE staff_account; "
                  "DROP TABLE local_change; ALTER TABLE question_log DROP COLUMN revision; ALTER TABLE question_log DROP COLUMN files; ALTER TABLE question_log DROP COLUMN answer; ALTER TABLE question_log DROP COLUMN took; PRAGMA user_version=1");
}

}  // namespace

TEST_CASE("a database of version 1 is refused until it is migrated, and left as it is", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", small_folder());
    make_version_1(folder / "bot.db", folder / "data");
    auto const told = failure(Reader::open(folder / "bot.db"));
    CHECK(told.find("older version 1") != std::string::npos);
    CHECK(told.find("immunobot migrate") != std::string::npos);
    CHECK(number(folder / "bot.db", "PRAGMA user_version") == 1);
}

TEST_CASE("a migration from version 1 keeps every row and adds an empty list of ways of asking", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    write_folder(folder / "data", small_folder());
    import_ok(folder / "new.db", folder / "data");
    make_version_1(path, folder / "data");

    auto const report = migrate(path).value();
    CHECK_FALSE(report.created);
    CHECK(report.from == 1);
    CHECK(report.to == schema_version());

    auto const wanted = Reader::open(folder / "new.db").value().load().value();
    auto reader = Reader::open(path).value();
    auto const got = reader.load().value();
    CHECK(got.revision == wanted.revision);
    CHECK(got.sources == wanted.sources);
    CHECK(got.entities == wanted.entities);
    CHECK(got.facts == wanted.facts);
    CHECK(got.faq == wanted.faq);
    CHECK(got.askings.empty());
    CHECK(reader.search("founded", 10).value().size() == 1);
    CHECK(number(path, "SELECT count(*) FROM question_log WHERE reply='r1'") == 1);
    CHECK(number(path, "SELECT count(*) FROM change WHERE revision=1") == number(folder / "new.db", "SELECT count(*) FROM change WHERE revision=1"));
    CHECK(migrate(path).value().from == schema_version());
}

TEST_CASE("an import brings a database of version 1 up to date by itself", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = small_folder();
    write_folder(folder / "data", files);
    make_version_1(folder / "bot.db", folder / "data");
    files["questions.csv"] = "fact,questions_en,questions_fr\r\nlab.founded,How old is the lab?,\r\n";
    write_folder(folder / "data", files);
    auto const report = import_ok(folder / "bot.db", folder / "data");
    CHECK_FALSE(report.created);
    CHECK(report.facts == ImportCounts{0, 0, 0, 2});
    CHECK(report.askings.added == 1);
    CHECK(report.revision == 2);
}

TEST_CASE("when a group of questions was decided is known from the audit log, where it was before that was kept", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    REQUIRE(failure(migrate(path)) == "");
    execute(path, "ALTER TABLE staff_group DROP COLUMN decided_at; DROP TABLE dead_link; DROP TABLE setting; ALTER TABLE staff_draft DROP COLUMN writer; ALTER TABLE staff_draft DROP COLUMN remark; "
                  "ALTER TABLE staff_draft DROP COLUMN remark_by; ALTER TABLE staff_account DROP COLUMN first_steps_away; DROP INDEX staff_audit_who; PRAGMA user_version=9;"
                  "INSERT INTO staff_group(id, state, question, language, assigned, note, answer, version, seen_at) VALUES"
                  "(1, 'answered', 'a', 'en', '', '', 'x', 1, 5), (2, 'ignored', 'b', 'en', '', '', '', 1, 5), (3, 'new', 'c', 'en', '', '', '', 1, 5), (4, 'answered', 'd', 'en', '', '', 'x', 1, 5);"
                  "INSERT INTO staff_audit(made_at, who, origin, action, target, before, after, digest) VALUES"
                  "(100, '', '', 'question.answered', '1', '', '', ''), (200, '', '', 'question.answered', '1', '', '', ''), (300, '', '', 'question.reopen', '1', '', '', ''),"
                  "(400, '', '', 'question.ignore', '2', '', '', ''), (500, '', '', 'question.ignore', '3', '', '', '')");
    REQUIRE(failure(migrate(path)) == "");
    CHECK(number(path, "SELECT decided_at FROM staff_group WHERE id=1") == 200);
    CHECK(number(path, "SELECT decided_at FROM staff_group WHERE id=2") == 400);
    CHECK(number(path, "SELECT decided_at FROM staff_group WHERE id=3") == 0);
    CHECK(number(path, "SELECT decided_at FROM staff_group WHERE id=4") == 0);
}

TEST_CASE("a migration that fails leaves the old version whole", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    write_folder(folder / "data", small_folder());
    make_version_1(path, folder / "data");
    execute(path, "CREATE TABLE asking(of_another_hand)");
    CHECK(failure(migrate(path)) != "");
    CHECK(number(path, "PRAGMA user_version") == 1);
    CHECK(number(path, "SELECT count(*) FROM fact") == 2);
    execute(path, "DROP TABLE asking");
    CHECK(failure(migrate(path)) == "");
    CHECK(Reader::open(path).value().load().value().facts.size() == 2);
}
