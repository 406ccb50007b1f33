// What stays after the process is killed, or the disk is full, at any moment.
#include "knowledge/backup.hpp"
#include "knowledge/file_io.hpp"
#include "knowledge/import.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/sqlite.hpp"
#include "support.hpp"

#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <functional>
#include <random>
#include <thread>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

// Runs `work` in a process of its own, which is killed after `microseconds` if it has not ended by itself. True if it was killed.
bool run_killed(std::function<void()> const& work, unsigned microseconds)
{
    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        work();
        ::_exit(0);
    }
    ::usleep(microseconds);
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

LoggedQuestion numbered(int round, int i)
{
    LoggedQuestion question;
    question.reply_id = std::to_string(round) + '.' + std::to_string(i);
    question.text = "question " + question.reply_id;
    question.status = "answered";
    return question;
}

std::int64_t count(std::string const& path, char const* sql)
{
    return Database::open(path, Access::read).value().integer(sql).value();
}

}  // namespace

TEST_CASE("what was acknowledged before a kill is there after it", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    std::mt19937 chance(11);
    int killed = 0;
    for (int round = 0; round < 50; ++round) {
        int acknowledged[2] = {};
        REQUIRE(::pipe(acknowledged) == 0);
        killed += run_killed(
            [&] {
                auto journal = Journal::open(path, {.commit_delay_ms = 1});
                for (int i = 0; journal && i < 100'000; ++i) {
                    (*journal)->record(numbered(round, i));
                    if ((*journal)->record(Feedback{numbered(round, i).reply_id, true, ""}))
                        if (::write(acknowledged[1], &i, sizeof i) != sizeof i)
                            return;
                }
            },
            20'000 + static_cast<unsigned>(chance() % 60'000));
        ::close(acknowledged[1]);
        std::vector<int> promised;
        for (int i = 0; ::read(acknowledged[0], &i, sizeof i) == sizeof i;)
            promised.push_back(i);
        ::close(acknowledged[0]);

        REQUIRE(failure(migrate(path)) == "");
        auto database = Database::open(path, Access::read).value();
        auto find = database.prepare("SELECT count(*) FROM feedback JOIN question_log USING(reply) WHERE reply=?1").value();
        for (int const i : promised) {
            find.reset();
            find.bind(1, numbered(round, i).reply_id);
            REQUIRE(find.step().value());
            REQUIRE(find.integer(0) == 1);
        }
    }
    CHECK(killed == 50);
    CHECK(count(path, "SELECT count(*) FROM feedback") > 50);
    CHECK(verify_database(path).value().facts == 613);
}

TEST_CASE("an import that is killed is whole or did not happen", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    write_folder(folder / "small", small_folder());
    import_ok(path, folder / "small");
    std::mt19937 chance(5);
    int whole = 0;
    int undone = 0;
    for (int round = 0; round < 40; ++round) {
        bool const small = round % 2 == 1;
        auto const from = small ? folder / "small" : shipped;
        run_killed([&] { (void)import_folder(path, from); }, static_cast<unsigned>(chance() % 90'000));
        REQUIRE(failure(migrate(path)) == "");
        auto const facts = verify_database(path).value().facts;
        REQUIRE((facts == 613 || facts == 2));
        ++(facts == (small ? 2u : 613u) ? whole : undone);
    }
    CHECK(whole + undone == 40);
    CHECK(import_ok(path, shipped).facts.unchanged + 613 > 0);
    CHECK(verify_database(path).value().facts == 613);
}

TEST_CASE("a first start that is killed leaves nothing in the way of the next", "[knowledge]")
{
    std::mt19937 chance(6);
    for (int round = 0; round < 12; ++round) {
        TemporaryFolder folder;
        auto const path = folder / "bot.db";
        run_killed([&] { (void)import_folder(path, shipped); }, static_cast<unsigned>(chance() % 120'000));
        CHECK(import_ok(path, shipped).applied);
        REQUIRE(verify_database(path).value().facts == 613);
    }
}

TEST_CASE("a restore that is killed leaves the old database or the new one", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    REQUIRE(failure(backup(path, folder / "big.db")) == "");
    write_folder(folder / "small", small_folder());
    import_ok(folder / "other.db", folder / "small");
    REQUIRE(failure(backup(folder / "other.db", folder / "small.db")) == "");
    std::mt19937 chance(8);
    for (int round = 0; round < 20; ++round) {
        run_killed([&] { (void)restore(path, folder / (round % 2 == 0 ? "small.db" : "big.db")); }, static_cast<unsigned>(chance() % 60'000));
        REQUIRE(failure(migrate(path)) == "");
        auto const facts = verify_database(path).value().facts;
        REQUIRE((facts == 613 || facts == 2));
    }
}

TEST_CASE("half a transaction that was cut off outside of the write-ahead log is undone at the next start", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto database = Database::open(path, Access::write).value();
        // So little memory that changed pages go to the file before the commit that never comes.
        bool const half = database.execute("PRAGMA journal_mode=DELETE; PRAGMA cache_size=1; BEGIN IMMEDIATE;"
                                           "UPDATE fact SET text_en = 'half'")
                              .has_value();
        ::_exit(half ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(status == 0);
    REQUIRE(file_exists(path + "-journal"));
    CHECK(failure(migrate(path)) == "");
    CHECK(count(path, "SELECT count(*) FROM fact WHERE text_en = 'half'") == 0);
    CHECK(failure(verify_database(path)) == "");
    CHECK_FALSE(file_exists(path + "-journal"));
}

TEST_CASE("a full disk fails what is written, not what is read, and is recovered from", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    import_ok(path, shipped);
    // In a process of its own, because the limit on the size of files stays.
    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        auto journal = Journal::open(path, {.commit_delay_ms = 1}).value();
        auto reader = Reader::open(path).value();
        journal->record(numbered(0, 0));
        if (!journal->flush())
            ::_exit(1);
        struct rlimit limit = {};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        auto const room = limit.rlim_cur;
        limit.rlim_cur = 1;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        for (int i = 1; i < 200; ++i)
            journal->record(numbered(0, i));
        bool refused = !journal->flush();
        refused = refused && !journal->record(Feedback{"0.0", true, "a reason"});
        bool const reads = reader.facts({"ciml.founded.1"}).value().size() == 1;
        bool const imports = import_folder(path, folder / "nowhere").has_value();
        limit.rlim_cur = room;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        journal->record(numbered(1, 0));
        bool const recovered = journal->record(Feedback{"1.0", true, ""}).has_value();
        ::_exit(!refused ? 2 : !reads ? 3 : !imports ? 4 : !recovered ? 5 : journal->counters().failed == 0 ? 6 : 0);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(count(path, "SELECT count(*) FROM feedback WHERE reply='1.0'") == 1);
    CHECK(verify_database(path).value().facts == 613);
}

TEST_CASE("an import without room changes nothing", "[knowledge]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    write_folder(folder / "small", small_folder());
    import_ok(path, folder / "small");
    pid_t const child = ::fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        ::signal(SIGXFSZ, SIG_IGN);
        struct rlimit limit = {};
        ::getrlimit(RLIMIT_FSIZE, &limit);
        limit.rlim_cur = 300'000;
        ::setrlimit(RLIMIT_FSIZE, &limit);
        auto const report = import_folder(path, shipped);
        ::_exit(report ? 1 : report.error().code == Errc::storage && !report.error().hint.empty() ? 0 : 2);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
    CHECK(verify_database(path).value().facts == 2);
    CHECK(import_ok(path, shipped).facts.added == 613);
}
