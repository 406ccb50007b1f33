#include "knowledge/group_writer.hpp"

#include "knowledge/file_lock.hpp"
#include "knowledge/outbox.hpp"
#include "knowledge/statements.hpp"
#include "support.hpp"

#include <stdexcept>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

GroupWriter::Work noting(std::string const& key)
{
    return [key](Database& database) { return run(database, "INSERT INTO message_seen(key, forget_at) VALUES(?1, 1)", key); };
}

std::int64_t count_in(std::string const& path)
{
    return open_current(path, Access::read).value().database.integer("SELECT count(*) FROM message_seen").value();
}

}  // namespace

TEST_CASE("what fails takes nothing with it that is written beside it", "[knowledge][threads]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    static_cast<void>(migrate(path).value());
    int rounds = 0;
    GroupWriter writer(open_current(path, Access::write).value(), 1000, [&] { ++rounds; });
    std::vector<bool> told;
    auto const tell = [&](Result<> const& written) { told.push_back(written.has_value()); };
    // While the first is told, the others come: they are written together.
    writer.write(noting("a"), [&](Result<> const& written) {
        tell(written);
        writer.write(noting("b"), tell);
        writer.write([](Database& database) -> Result<> {
            static_cast<void>(noting("lost")(database));
            return Error{Errc::bad_request, "no"};
        }, tell);
        writer.write([](Database& database) -> Result<> {
            static_cast<void>(noting("lost, too")(database));
            throw std::runtime_error("an error of the program");
        }, tell);
        writer.write(noting("a"), tell);   // is there already
        writer.write(noting("c"), tell);
    });
    writer.settle();
    CHECK(failure(writer.write(noting("d"))) == "");
    writer.settle();
    CHECK(told == std::vector<bool>{true, true, false, false, false, true});
    CHECK(rounds <= 3);
    CHECK(count_in(path) == 4);
}

TEST_CASE("a writer that ends writes what waits", "[knowledge][threads]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    static_cast<void>(migrate(path).value());
    {
        GroupWriter writer(open_current(path, Access::write).value(), 1000, [] {});
        for (int i = 0; i < 100; ++i)
            writer.write(noting(std::to_string(i)), [](Result<> const&) {});
    }
    CHECK(count_in(path) == 100);
}

TEST_CASE("of many that bring the same message at once, one is told that it is new", "[knowledge][threads]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    static_cast<void>(migrate(path).value());
    auto const outbox = Outbox::open(path).value();
    int fresh = 0;
    int known = 0;
    for (int i = 0; i < 200; ++i) {
        OutboxCall const call{0, "k" + std::to_string(i), "slack", "c", "POST", "t", "{}", 0, 4'000'000'000, 0};
        outbox->accept(std::vector<Arrival>{{"m" + std::to_string(i % 50), 3600, {}, {call}}}, [&](Result<bool> const& taken) { ++(taken.value() ? fresh : known); });
    }
    outbox->settle();
    CHECK(fresh == 50);
    CHECK(known == 150);
    CHECK(outbox->waiting() == 50);
}

TEST_CASE("a note counts from the moment at which it was brought", "[knowledge][threads]")
{
    TemporaryFolder folder;
    auto const path = folder / "bot.db";
    static_cast<void>(migrate(path).value());
    auto const outbox = Outbox::open(path, {.most_waiting = 1}).value();
    auto lock = FileLock::open(path).value();
    {
        auto const other = WritingLock::take(lock).value();   // so that it is still being written
        outbox->accept(std::vector<Arrival>{{"m1", 3600, {{"greeted:c", 3600}}, {}}}, [](Result<bool> const&) {});
        CHECK(outbox->knows("greeted:c").value());
        CHECK_FALSE(outbox->knows("greeted:d").value());
        CHECK_FALSE(outbox->knows("m1").value());   // a message only once it is durable
    }
    outbox->settle();
    auto const message = outbox->knows("m1").value();
    CHECK(outbox->knows("greeted:c").value() == message);
    // What is refused at once leaves nothing behind.
    OutboxCall const call{0, "k", "slack", "c", "POST", "t", "{}", 0, 4'000'000'000, 0};
    bool taken = true;
    outbox->accept(std::vector<Arrival>{{"m2", 3600, {{"greeted:d", 3600}}, {call, call}}}, [&](Result<bool> const& told) { taken = told.has_value(); });
    CHECK_FALSE(taken);
    CHECK_FALSE(outbox->knows("greeted:d").value());
}
