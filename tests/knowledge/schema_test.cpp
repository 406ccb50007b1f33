#include "knowledge/schema.hpp"

#include "knowledge/backup.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "support.hpp"

#include <sys/stat.h>
#include <unistd.h>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

// What every way to open says of a file; it has to be the same refusal for all, and the file has to stay as it was.
void refuse(std::string const& path, std::string const& says)
{
    auto const before = read_bytes(path);
    for (auto const& told : {failure(Reader::open(path)), failure(Journal::open(path, {})), failure(migrate(path)), failure(import_folder(path, shipped))}) {
        INFO(told);
        CHECK(told.find(says) != std::string::npos);
        CHECK(told.find('\n') == std::string::npos);
        CHECK(told.find(" | ") + 3 < told.size());  // a hint
    }
    CHECK((read_bytes(path) == before));
}

void execute(std::string const& path, char const* sql)
{
    auto database = Database::open(path, Access::create).value();
    REQUIRE(failure(database.execute(sql)) == "");
    REQUIRE(failure(database.execute("PRAGMA journal_mode=DELETE")) == "");
}

LoggedQuestion asked(std::string reply)
{
    LoggedQuestion question;
    question.reply_id = std::move(reply);
    question.text = "where is it?";
    return question;
}

}  // namespace

TEST_CASE("a file that is not ours is refused with one line and left as it is", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    SECTION("empty")
    {
        write_bytes(path, "");
        refuse(path, "the file is empty");
    }
    SECTION("text")
    {
        write_bytes(path, std::string(5'000, 'x'));
        refuse(path, "not a database");
    }
    SECTION("of another program")
    {
        execute(path, "CREATE TABLE notes(text)");
        refuse(path, "another program");
    }
    SECTION("newer")
    {
        import_ok(path, shipped);
        execute(path, "PRAGMA user_version=99");
        refuse(path, "newer than this program");
    }
    SECTION("cut")
    {
        import_ok(path, shipped);
        execute(path, "SELECT 1");
        std::filesystem::resize_file(path, std::filesystem::file_size(path) / 2 / 4096 * 4096);
        refuse(path, "malformed");
    }
    SECTION("cut within its first page")
    {
        import_ok(path, shipped);
        execute(path, "SELECT 1");
        std::filesystem::resize_file(path, 60);
        refuse(path, "too short");
    }
}

TEST_CASE("a missing file is no empty database", "[knowledge]")
{
    TemporaryFolder folder;
    CHECK(failure(Reader::open(folder / "bot.db")).find("does not exist") != std::string::npos);
    CHECK(failure(Journal::open(folder / "bot.db", {})).find("immunobot import") != std::string::npos);
    CHECK_FALSE(std::filesystem::exists(folder / "bot.db"));
    CHECK(failure(migrate(folder / "no/bot.db")).find("folder does not exist") != std::string::npos);
    CHECK(failure(Reader::open(folder.path())).find("not a file") != std::string::npos);
}

TEST_CASE("flipped bytes are found at the start, or do no harm", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    execute(path, "SELECT 1");
    auto const good = read_bytes(path);
    int refused = 0;
    for (std::size_t page = 0; page * 4096 < good.size(); page += 7) {
        auto bad = good;
        for (std::size_t i = 0; i < 64; ++i)
            bad[page * 4096 + i] = static_cast<char>(~bad[page * 4096 + i]);
        write_bytes(path, bad);
        std::filesystem::remove(path + "-wal");
        std::filesystem::remove(path + "-shm");
        auto const migrated = migrate(path);
        refused += !migrated;
        if (migrated)
            if (auto reader = Reader::open(path))
                (void)reader->load();  // may fail, must not crash
    }
    CHECK(refused > 10);
}

TEST_CASE("migrating makes a database once and then finds nothing to do", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    auto const made = migrate(path).value();
    CHECK(made.created);
    CHECK(made.to == schema_version());
    CHECK_FALSE(std::filesystem::exists(path + ".new"));
    using std::filesystem::perms;
    CHECK((std::filesystem::status(path).permissions() & (perms::group_all | perms::others_all)) == perms::none);   // it holds what people asked
    auto const again = migrate(path).value();
    CHECK_FALSE(again.created);
    CHECK(again.from == again.to);
    CHECK(Reader::open(path).value().load().value().facts.empty());
}

TEST_CASE("what a killed creation left behind is no obstacle", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    write_bytes(path + ".new", "half a database");
    write_bytes(path + ".new-wal", "half a log");
    import_ok(path, shipped);
    CHECK(Reader::open(path).value().load().value().facts.size() == 613);
}

TEST_CASE("a reader cannot write, whatever the SQL", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    auto database = Database::open(path, Access::read).value();
    for (char const* sql : {"DELETE FROM fact", "UPDATE meta SET value=9", "CREATE TABLE x(y)", "PRAGMA user_version=3",
                            "INSERT INTO search(search) VALUES('rebuild')", "DROP TABLE fact", "ATTACH ':memory:' AS m",
                            "PRAGMA writable_schema=ON; UPDATE sqlite_schema SET sql='x'", "VACUUM", "PRAGMA query_only=OFF; DELETE FROM fact",
                            "UPDATE fact_config SET v=1"}) {
        INFO(sql);
        CHECK_FALSE(database.execute(sql));
    }
    auto reader = Reader::open(path).value();
    CHECK(reader.load().value().facts.size() == 613);
}

TEST_CASE("a text with NUL bytes is bound whole", "[knowledge]")
{
    TemporaryFolder folder;
    auto database = Database::open(folder / "x.db", Access::create).value();
    REQUIRE(failure(database.execute("CREATE TABLE t(x)")) == "");
    std::string const text("a\0b'; DROP TABLE t", 18);
    auto insert = database.prepare("INSERT INTO t VALUES(?1)").value();
    REQUIRE(failure(insert.bind(1, text).run()) == "");
    auto query = database.prepare("SELECT x FROM t").value();
    REQUIRE(query.step().value());
    CHECK(query.text(0) == text);
}

TEST_CASE("a backup of a database in use is whole, and comes back", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    {
        auto journal = Journal::open(path, {}).value();
        for (int i = 0; i < 500; ++i)
            journal->record(asked("r" + std::to_string(i)));
        for (int i = 0; i < 10; ++i) {
            auto const copied = backup(path, folder / "copy.db");
            REQUIRE(failure(copied) == "");
            CHECK(copied->facts == 613);
            journal->record(asked("s" + std::to_string(i)));
        }
        REQUIRE(failure(journal->flush()) == "");
        auto const refused = restore(path, folder / "copy.db");
        REQUIRE(failure(refused) != "");
        CHECK(refused.error().code == Errc::busy);
    }
    CHECK(verify_database(folder / "copy.db").value().revision == 1);
    CHECK_FALSE(std::filesystem::exists(folder / "copy.db-wal"));
    CHECK_FALSE(std::filesystem::exists(folder / "copy.db.new"));

    auto files = small_folder();
    write_folder(folder / "data", files);
    CHECK(import_ok(path, folder / "data", {.allow_removals = true}).facts.removed == 613);
    auto const back = restore(path, folder / "copy.db");
    REQUIRE(failure(back) == "");
    CHECK(back->facts == 613);
    CHECK(Reader::open(path).value().load().value().facts.size() == 613);
    CHECK(failure(Journal::open(path, {})) == "");
}

TEST_CASE("a restore refuses what is no sound backup and leaves the database alone", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    REQUIRE(failure(backup(path, folder / "good.db")) == "");
    auto const good = read_bytes(folder / "good.db");
    auto const bad = folder / "bad.db";
    std::string says;
    SECTION("missing") { says = "no file"; }
    SECTION("itself")
    {
        std::filesystem::create_hard_link(path, bad);
        says = "is the database itself";
    }
    SECTION("cut")
    {
        write_bytes(bad, good.substr(0, good.size() / 3));
        says = "malformed";
    }
    SECTION("flipped")
    {
        auto bytes = good;
        for (std::size_t i = 8 * 4096; i < 9 * 4096; ++i)
            bytes[i] = '\x55';
        write_bytes(bad, bytes);
        says = "damaged";
    }
    SECTION("of another program")
    {
        execute(bad, "CREATE TABLE notes(text)");
        says = "another program";
    }
    SECTION("newer")
    {
        write_bytes(bad, good);
        execute(bad, "PRAGMA user_version=99");
        says = "newer";
    }
    SECTION("without knowledge")
    {
        REQUIRE(failure(migrate(bad)) == "");
        says = "no knowledge";
    }
    SECTION("with a fact of nobody")
    {
        write_bytes(bad, good);
        execute(bad, "PRAGMA foreign_keys=OFF; DELETE FROM source WHERE id='seed'");
        says = "refers to one that is not there";
    }
    auto const told = failure(restore(path, bad));
    INFO(told);
    CHECK(told.find(says) != std::string::npos);
    CHECK(told.find(" | ") + 3 < told.size());
    CHECK_FALSE(std::filesystem::exists(path + ".new"));
    CHECK(Reader::open(path).value().load().value().facts.size() == 613);
}

TEST_CASE("a restore heals a damaged or empty database, and makes a missing one", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    REQUIRE(failure(backup(path, folder / "copy.db")) == "");
    SECTION("damaged") { write_bytes(path, read_bytes(path).substr(0, 20'000)); }
    SECTION("scrambled") { write_bytes(path, std::string(20'000, 'x')); }
    SECTION("empty") { write_bytes(path, ""); }
    SECTION("missing") { std::filesystem::remove(path); }
    REQUIRE(failure(restore(path, folder / "copy.db")) == "");
    CHECK(Reader::open(path).value().load().value().facts.size() == 613);
}

TEST_CASE("a restore does not take the place of another program's database", "[knowledge]")
{
    TemporaryFolder folder;
    import_ok(folder / "bot.db", shipped);
    REQUIRE(failure(backup(folder / "bot.db", folder / "copy.db")) == "");
    execute(folder / "other.db", "CREATE TABLE notes(text)");
    auto const before = read_bytes(folder / "other.db");
    auto const told = restore(folder / "other.db", folder / "copy.db");
    REQUIRE(failure(told) != "");
    CHECK(told.error().code == Errc::conflict);
    CHECK((read_bytes(folder / "other.db") == before));
}

TEST_CASE("a reader that is open keeps a restore away", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    REQUIRE(failure(backup(path, folder / "copy.db")) == "");
    auto const reader = Reader::open(path).value();
    auto const told = restore(path, folder / "copy.db");
    REQUIRE(failure(told) != "");
    CHECK(told.error().code == Errc::busy);
    CHECK_FALSE(told.error().hint.empty());
}
