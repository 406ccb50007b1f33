#include "knowledge/outbox.hpp"

#include "knowledge/schema.hpp"
#include "support.hpp"

#include <limits>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

struct Box {
    Box() { static_cast<void>(migrate(path).value()); }
    std::unique_ptr<Outbox> open(OutboxOptions options = {})
    {
        options.clock = [this] { return now; };
        return Outbox::open(path, std::move(options)).value();
    }
    bool bytes_contain(std::string const& words) const { return (read_bytes(path) + read_bytes(path + "-wal")).find(words) != std::string::npos; }

    TemporaryFolder folder;
    std::string const path = folder / "bot.db";
    std::int64_t now = 1'000'000;
};

OutboxCall call(std::string key, std::string conversation = "c1")
{
    return {0, std::move(key), "slack", std::move(conversation), "POST", "chat.postMessage", "{}", 0, 2'000'000, 0};
}

Arrival arrival(std::string key, std::vector<OutboxCall> calls = {})
{
    Arrival one;
    one.key = std::move(key);
    one.keep_seconds = 3600;
    one.calls = std::move(calls);
    return one;
}

std::vector<std::string> keys(std::vector<OutboxCall> const& calls)
{
    std::vector<std::string> out;
    for (auto const& one : calls)
        out.push_back(one.key);
    return out;
}

}  // namespace

TEST_CASE("a message is taken once, also after a restart, until it may be forgotten", "[knowledge]")
{
    Box box;
    {
        auto const outbox = box.open();
        CHECK_FALSE(outbox->knows("slack:1").value());
        CHECK(outbox->accept(arrival("slack:1", {call("k1")})).value());
        CHECK_FALSE(outbox->accept(arrival("slack:1", {call("k2")})).value());
        CHECK(outbox->waiting() == 1);
    }
    auto const outbox = box.open();
    CHECK(outbox->knows("slack:1").value());
    CHECK(outbox->waiting() == 1);
    box.now += 3601;
    CHECK_FALSE(outbox->knows("slack:1").value());
    CHECK(outbox->accept(arrival("slack:1")).value());
    CHECK_FALSE(box.bytes_contain("slack:1"));
}

TEST_CASE("calls come out in the order of their conversation", "[knowledge]")
{
    Box box;
    auto const outbox = box.open();
    CHECK(outbox->accept(arrival("1", {call("a1", "a"), call("a2", "a")})).value());
    CHECK(outbox->accept(arrival("2", {call("b1", "b")})).value());
    auto due = outbox->due("slack", box.now, 10).value();
    CHECK(keys(due) == std::vector<std::string>{"a1", "b1"});
    CHECK(outbox->due("matrix", box.now, 10).value().empty());
    // The first of a conversation waits: so does what stands behind it.
    CHECK(failure(outbox->postpone(due[0].id, box.now + 10, "status 500")) == "");
    CHECK(keys(outbox->due("slack", box.now, 10).value()) == std::vector<std::string>{"b1"});
    box.now += 10;
    due = outbox->due("slack", box.now, 10).value();
    CHECK(keys(due) == std::vector<std::string>{"b1", "a1"});
    CHECK(due[1].attempts == 1);
    CHECK(failure(outbox->delivered({due[0].id, due[1].id})) == "");
    CHECK(keys(outbox->due("slack", box.now, 10).value()) == std::vector<std::string>{"a2"});
    CHECK(outbox->waiting() == 1);
}

TEST_CASE("what was delivered leaves nothing in the file", "[knowledge]")
{
    Box box;
    auto secret = call("k1");
    secret.body = "{\"to\":\"33600000001-canary\"}";
    {
        auto const outbox = box.open();
        CHECK(outbox->accept(arrival("1", {secret})).value());
        CHECK(box.bytes_contain("33600000001-canary"));
        CHECK(failure(outbox->delivered({outbox->due("slack", box.now, 1).value().at(0).id})) == "");
    }
    CHECK_FALSE(box.bytes_contain("33600000001-canary"));
}

TEST_CASE("a dead letter can be tried again or thrown away", "[knowledge]")
{
    Box box;
    auto const outbox = box.open();
    CHECK(outbox->accept(arrival("1", {call("a1", "a"), call("a2", "a")})).value());
    auto const id = outbox->due("slack", box.now, 1).value().at(0).id;
    CHECK(failure(outbox->bury(id, "status 404")) == "");
    CHECK(failure(outbox->bury(id, "status 404")) == "");   // it is already
    CHECK(outbox->waiting() == 1);
    CHECK(keys(outbox->due("slack", box.now, 10).value()) == std::vector<std::string>{"a2"});
    auto const letters = outbox->dead_letters(10).value();
    REQUIRE(letters.size() == 1);
    CHECK(letters[0].why == "status 404");
    CHECK(letters[0].attempts == 1);
    CHECK(failure(outbox->revive(id)) == "");
    CHECK(outbox->revive(id).error().code == Errc::not_found);
    CHECK(outbox->counts().value().dead == 0);
    CHECK(failure(outbox->bury(id, "status 404")) == "");
    box.now += 31 * 86'400;
    CHECK(failure(outbox->purge()) == "");
    CHECK(outbox->dead_letters(10).value().empty());
}

TEST_CASE("a full outbox takes nothing more and says so", "[knowledge]")
{
    Box box;
    OutboxOptions options;
    options.most_waiting = 1;
    auto const outbox = box.open(options);
    CHECK(outbox->accept(arrival("1", {call("k1")})).value());
    CHECK(outbox->accept(arrival("2", {call("k2")})).error().code == Errc::busy);
    CHECK_FALSE(outbox->knows("2").value());
    CHECK(outbox->accept(arrival("3")).value());
}

TEST_CASE("notes are known from the message on that brought them", "[knowledge]")
{
    Box box;
    auto const outbox = box.open();
    auto one = arrival("1");
    one.notes = {{"greeted:a", 10}};
    CHECK_FALSE(outbox->knows("greeted:a").value());
    CHECK(outbox->accept(one).value());
    CHECK(outbox->knows("greeted:a").value());
    box.now += 10;
    CHECK_FALSE(outbox->knows("greeted:a").value());
}
