#include "knowledge/journal.hpp"

#include "journal_scene.hpp"
#include "knowledge/file_lock.hpp"
#include "knowledge/reader.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

TEST_CASE("a question is logged with all it has, redacted, under a pseudonym", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open();
    journal->record(question("r1", "I am jean@example.org, 06 12 34 56 78"));
    REQUIRE(failure(journal->flush()) == "");
    CHECK(scene.text("SELECT text FROM question_log WHERE reply='r1'") == "I am [e-mail], [phone]");
    CHECK(scene.text("SELECT language||status||intent||channel||facts FROM question_log") == "fransweredlocationapiciml.location.1|ciml.founded.1");
    CHECK(scene.text("SELECT length(conversation) FROM question_log") == "32");
    CHECK_FALSE(scene.bytes_contain("visitor-1"));
    CHECK_FALSE(scene.bytes_contain("jean@"));
    CHECK(journal->counters().written == 1);
    CHECK(journal->counters().waiting == 0);
}

TEST_CASE("a conversation has one pseudonym a day and another the next day", "[knowledge][threads]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day;
    auto journal = scene.open({.clock = [&] { return now.load(); }});
    for (char const* id : {"a", "b"})
        journal->record(question(id));
    REQUIRE(failure(journal->flush()) == "");
    now += day;
    journal->record(question("c"));
    REQUIRE(failure(journal->flush()) == "");
    CHECK(scene.count("SELECT count(DISTINCT conversation) FROM question_log WHERE reply IN ('a','b')") == 1);
    CHECK(scene.count("SELECT count(DISTINCT conversation) FROM question_log") == 2);
    REQUIRE(failure(journal->purge()) == "");
    CHECK(scene.count("SELECT count(*) FROM daily_salt") == 1);  // yesterday's can be computed by nobody any more
}

TEST_CASE("entries are committed in groups, within the delay", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 50});
    for (int i = 0; i < 1'000; ++i)
        journal->record(question("r" + std::to_string(i)));
    auto const begin = std::chrono::steady_clock::now();
    while (journal->counters().written < 1'000 && std::chrono::steady_clock::now() - begin < std::chrono::seconds(10))
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    CHECK(scene.count("SELECT count(*) FROM question_log") == 1'000);
}

TEST_CASE("a reply that comes twice is logged once", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open();
    journal->record(question("r1"));
    journal->record(question("r1", "again"));
    REQUIRE(failure(journal->flush()) == "");
    CHECK(scene.text("SELECT group_concat(text) FROM question_log") == "where is the lab?");
}

TEST_CASE("what does not fit the queue is dropped and counted", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.queue_limit = 10, .commit_delay_ms = 60'000});
    for (int i = 0; i < 25; ++i)
        journal->record(question("r" + std::to_string(i)));
    journal->save_conversation("c", "state");
    CHECK(journal->counters().shed == 16);
    CHECK(journal->counters().waiting == 10);
    REQUIRE(failure(journal->flush()) == "");
    CHECK(journal->counters().written == 10);
}

TEST_CASE("feedback is there when it is acknowledged, and only about a reply that was given", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 60'000});
    journal->record(question("r1"));
    CHECK(failure(journal->record(Feedback{"r1", true, "merci, jean@example.org"})) == "");
    CHECK(scene.text("SELECT helpful || reason FROM feedback WHERE reply='r1'") == "1merci, [e-mail]");
    CHECK(failure(journal->record(Feedback{"r1", false, "no"})) == "");
    CHECK(scene.text("SELECT group_concat(helpful || reason) FROM feedback") == "0no");
    auto const unknown = journal->record(Feedback{"r2", true, ""});
    REQUIRE_FALSE(unknown);
    CHECK(unknown.error().code == Errc::not_found);
    CHECK(failure(journal->record(Feedback{"r1", true, std::string(5'000, 'x')})) == "");
    CHECK(scene.count("SELECT length(reason) FROM feedback") == 500);
}

TEST_CASE("with nothing to keep nothing is written", "[knowledge][threads]")
{
    JournalScene scene;
    scene.open()->record(question("old", "a question from before canary-1"));
    auto journal = scene.open({.keep_days = 0});
    auto asked = question("r1", "canary-2");
    asked.reply_json = "{canary-5}";
    journal->record(asked);
    journal->save_conversation("c", "canary-3");
    CHECK(failure(journal->record(Feedback{"r1", true, "canary-4"})) == "");
    REQUIRE(failure(journal->flush()) == "");
    REQUIRE(failure(journal->purge()) == "");
    CHECK(scene.count("SELECT (SELECT count(*) FROM question_log) + (SELECT count(*) FROM feedback) + (SELECT count(*) FROM conversation)") == 0);
    CHECK_FALSE(scene.bytes_contain("canary-"));
}

TEST_CASE("what is purged is gone from the bytes of the file and of the log", "[knowledge][threads]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day;
    auto journal = scene.open({.keep_days = 30, .clock = [&] { return now.load(); }});
    for (int i = 0; i < 3'000; ++i)  // enough for pages to be split, merged and freed
        journal->record(question("old" + std::to_string(i), "canary-old-" + std::to_string(i * 7919) + std::string(static_cast<std::size_t>(i % 90), 'x')));
    REQUIRE(failure(journal->record(Feedback{"old7", true, "canary-old-reason"})) == "");
    journal->save_conversation("c", "canary-old-state");
    REQUIRE(failure(journal->flush()) == "");
    REQUIRE(scene.bytes_contain("canary-old-"));
    now += 20 * day;
    for (int i = 0; i < 300; ++i)
        journal->record(question("new" + std::to_string(i), "canary-new-" + std::to_string(i)));
    REQUIRE(failure(journal->purge()) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 3'300);  // nobody is 30 days old
    now += 11 * day;
    REQUIRE(failure(journal->purge()) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 300);
    CHECK(scene.count("SELECT count(*) FROM feedback") == 0);
    CHECK_FALSE(scene.bytes_contain("canary-old"));
    CHECK(scene.bytes_contain("canary-new-299"));
    CHECK(Reader::open(scene.path).value().load().value().facts.size() == 613);
}

TEST_CASE("the journal purges by itself when it is opened", "[knowledge][threads]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day;
    scene.open({.clock = [&] { return now.load(); }})->record(question("r1", "canary-1"));
    now += 31 * day;
    auto journal = scene.open({.clock = [&] { return now.load(); }});
    REQUIRE(failure(journal->flush()) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 0);
    CHECK_FALSE(scene.bytes_contain("canary-1"));
}

TEST_CASE("a clock that goes back loses nothing", "[knowledge][threads]")
{
    JournalScene scene;
    std::atomic<std::int64_t> now = 1'000 * day;
    auto journal = scene.open({.clock = [&] { return now.load(); }});
    journal->record(question("r1"));
    now -= 400 * day;
    journal->record(question("r2"));
    REQUIRE(failure(journal->purge()) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 2);
}

TEST_CASE("a journal copes while another program writes, and catches up", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 1});
    journal->record(question("r1"));
    REQUIRE(failure(journal->flush()) == "");
    {
        auto lock = FileLock::open(scene.path).value();
        auto const writing = WritingLock::take(lock).value();
        journal->record(question("r2"));
        auto const told = journal->record(Feedback{"r1", true, ""});
        REQUIRE_FALSE(told);
        CHECK(told.error().code == Errc::busy);
    }
    CHECK(failure(journal->record(Feedback{"r1", true, ""})) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 2);
    CHECK(journal->counters().failed == 0);
}

TEST_CASE("an import and a journal work on one database at once", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 1});
    std::atomic<bool> stop = false;
    std::thread asking([&] {
        for (int i = 0; !stop; ++i) {
            journal->record(question("r" + std::to_string(i)));
            std::this_thread::sleep_for(std::chrono::microseconds(200));
        }
    });
    auto files = small_folder();
    for (int round = 0; round < 10; ++round) {
        files["facts.csv"] += "lab.history." + std::to_string(round + 1) + ",lab,history,x,,Something.,Quelque chose.,,,web,public,\r\n";
        write_folder(scene.folder / "data", files);
        CHECK(import_ok(scene.path, scene.folder / "data", {.allow_removals = true}).applied);
    }
    stop = true;
    asking.join();
    CHECK(failure(journal->flush()) == "");
    CHECK(journal->counters().failed == 0);
    CHECK(Reader::open(scene.path).value().revision().value() == 11);
}

TEST_CASE("many threads record at once, and nothing is lost", "[knowledge][threads]")
{
    JournalScene scene;
    auto journal = scene.open({.commit_delay_ms = 5});
    std::vector<std::thread> threads;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i < 200; ++i) {
                auto const id = std::to_string(t) + '-' + std::to_string(i);
                journal->record(question(id));
                journal->save_conversation(id, "state of " + id);
                if (journal->load_conversation(id).value() != "state of " + id)
                    std::abort();
                if (i % 50 == 0 && !journal->record(Feedback{id, true, ""}))
                    std::abort();
            }
        });
    for (auto& thread : threads)
        thread.join();
    REQUIRE(failure(journal->flush()) == "");
    CHECK(scene.count("SELECT count(*) FROM question_log") == 800);
    CHECK(scene.count("SELECT count(*) FROM conversation") == 800);
    CHECK(scene.count("SELECT count(*) FROM feedback") == 16);
}
