// What the journal keeps of conversations: where they stand and what was said, until they are over or forgotten.
#include "knowledge/journal.hpp"

#include "journal_scene.hpp"

#include <atomic>
#include <string>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

TEST_CASE("a conversation is remembered across a restart, and forgotten when told to", "[knowledge]")
{
    JournalScene scene;
    {
        auto journal = scene.open({.commit_delay_ms = 60'000});
        CHECK_FALSE(journal->load_conversation("c1").value());
        journal->save_conversation("c1", "first");
        journal->save_conversation("c1", "second");
        journal->save_conversation("c2", "other");
        CHECK(journal->load_conversation("c1").value() == "second");  // not written yet
        CHECK(journal->counters().waiting == 2);
    }
    {
        auto journal = scene.open();
        CHECK(journal->load_conversation("c1").value() == "second");
        CHECK(journal->load_conversation("c2").value() == "other");
        journal->save_conversation("c1", "");
        CHECK_FALSE(journal->load_conversation("c1").value());
        REQUIRE(failure(journal->flush()) == "");
        CHECK_FALSE(journal->load_conversation("c1").value());
        CHECK(journal->load_conversation("c2").value() == "other");
    }
    CHECK(scene.count("SELECT count(*) FROM conversation") == 1);
    CHECK(scene.count("SELECT count(*) FROM conversation WHERE id='c2'") == 0);  // a hash of it
}

TEST_CASE("what was said is shown again, masked, before and after it is written and after a restart", "[knowledge]")
{
    JournalScene scene;
    auto const said = [](Journal& journal) {
        std::string out;
        auto const turns = journal.transcript("visitor-1").value();
        for (auto const& turn : turns)
            out += turn.reply_id + '=' + turn.question + '>' + turn.reply_json + ';';
        return out;
    };
    std::string const wanted = "r1=I am [e-mail]>{};r2=>{1};";
    {
        auto journal = scene.open({.commit_delay_ms = 60'000});
        auto first = question("r1", "I am jean@example.org");
        first.reply_json = "{}";
        auto second = question("r2", "");
        second.reply_json = "{1}";
        auto other = question("r3", "of another");
        other.conversation = "visitor-2";
        other.reply_json = "{2}";
        for (auto const& each : {first, second, other, question("r4", "in no transcript")})
            journal->record(each);
        CHECK(said(*journal) == wanted);
        REQUIRE(failure(journal->flush()) == "");
        CHECK(said(*journal) == wanted);
    }
    CHECK_FALSE(scene.bytes_contain("visitor-"));
    CHECK_FALSE(scene.bytes_contain("jean@"));
    auto journal = scene.open();
    CHECK(said(*journal) == wanted);
    CHECK(journal->transcript("nobody").value().empty());
}

TEST_CASE("a transcript has the last 50 turns", "[knowledge]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 60'000});
    for (int i = 0; i < 70; ++i) {
        auto each = question("r" + std::to_string(i));
        each.reply_json = "{}";
        journal->record(each);
        if (i == 30)
            REQUIRE(failure(journal->flush()) == "");
    }
    for (bool const written : {false, true}) {
        INFO(written);
        auto const turns = journal->transcript("visitor-1").value();
        REQUIRE(turns.size() == 50);
        CHECK(turns.front().reply_id == "r20");
        CHECK(turns.back().reply_id == "r69");
        REQUIRE(failure(journal->flush()) == "");
    }
    CHECK(scene.count("SELECT count(*) FROM conversation_turn") == 50);
    CHECK(scene.count("SELECT count(*) FROM question_log") == 70);
}

TEST_CASE("a conversation that is forgotten is gone from the bytes, with its questions and feedback", "[knowledge]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day - 60;  // a minute to midnight
    auto journal = scene.open({.commit_delay_ms = 60'000, .clock = [&] { return now.load(); }});
    auto const say = [&](std::string id, std::string conversation, bool transcript) {
        auto each = question(id, "canary-" + id);
        each.conversation = std::move(conversation);
        each.reply_json = transcript ? "{\"answer\":\"canary-reply-" + id + "\"}" : "";
        journal->record(each);
    };
    say("before", "visitor-1", true);
    journal->save_conversation("visitor-1", "canary-state");
    REQUIRE(failure(journal->flush()) == "");
    now += 120;
    say("after", "visitor-1", true);
    say("unseen", "visitor-1", false);
    say("other", "visitor-2", true);
    journal->save_conversation("visitor-2", "other-state");
    REQUIRE(failure(journal->record(Feedback{"before", false, "canary-reason"})) == "");
    say("waiting", "visitor-1", true);
    REQUIRE(scene.bytes_contain("canary-before"));

    CHECK(failure(journal->forget("visitor-1")) == "");
    CHECK(journal->transcript("visitor-1").value().empty());
    CHECK_FALSE(journal->load_conversation("visitor-1").value());
    for (char const* const gone : {"canary-before", "canary-after", "canary-unseen", "canary-waiting", "canary-reply-before", "canary-reply-after", "canary-state", "canary-reason"}) {
        INFO(gone);
        CHECK_FALSE(scene.bytes_contain(gone));
    }
    CHECK(scene.count("SELECT count(*) FROM question_log") == 1);
    CHECK(journal->transcript("visitor-2").value().size() == 1);
    CHECK(journal->load_conversation("visitor-2").value() == "other-state");
    for (char const* const unknown : {"visitor-1", "nobody", ""}) {
        auto const again = journal->forget(unknown);
        REQUIRE_FALSE(again);
        CHECK(again.error().code == Errc::not_found);
    }
}

TEST_CASE("conversations are over after their hours, and then gone from the bytes", "[knowledge]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day;
    auto journal = scene.open({.conversation_hours = 2, .clock = [&] { return now.load(); }});
    auto first = question("r1", "canary-question");
    first.reply_json = "{\"answer\":\"canary-reply\"}";
    journal->record(first);
    journal->save_conversation("visitor-1", "canary-state");
    REQUIRE(failure(journal->flush()) == "");
    now += 2 * 3'600;
    CHECK(journal->transcript("visitor-1").value().size() == 1);
    CHECK(journal->load_conversation("visitor-1").value() == "canary-state");
    now += 1;
    CHECK(journal->transcript("visitor-1").value().empty());
    CHECK_FALSE(journal->load_conversation("visitor-1").value());
    REQUIRE(failure(journal->purge()) == "");
    CHECK_FALSE(scene.bytes_contain("canary-state"));
    CHECK_FALSE(scene.bytes_contain("canary-reply"));
    CHECK(scene.count("SELECT count(*) FROM question_log") == 1);  // that one is kept for its days
}

TEST_CASE("conversations are not written when they are to be kept for no hour", "[knowledge]")
{
    JournalScene scene;
    auto journal = scene.open({.conversation_hours = 0});
    auto first = question("r1");
    first.reply_json = "{\"answer\":\"canary-reply\"}";
    journal->record(first);
    journal->save_conversation("visitor-1", "canary-state");
    REQUIRE(failure(journal->flush()) == "");
    CHECK_FALSE(scene.bytes_contain("canary-"));
    CHECK(scene.count("SELECT count(*) FROM question_log") == 1);
    CHECK(journal->transcript("visitor-1").value().empty());
}
