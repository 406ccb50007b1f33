// The staff's part of the database: nothing is lost, nothing is half there, nothing is undone by an import.
#include "knowledge/export.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/staff_store.hpp"
#include "staff_store_scene.hpp"
#include "support.hpp"

#include <optional>
#include <thread>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

TEST_CASE("a draft is not there for visitors until it is published", "[knowledge]")
{
    Fresh fresh;
    auto const version = fresh.store.save(draft_of("parking", "text"), act).value();
    auto reader = Reader::open(fresh.path).value();
    CHECK_FALSE(reader.faq("parking").value());
    auto const before = reader.revision().value();
    auto const revision = fresh.store.publish(publication_of("parking", version), act).value();
    CHECK(revision == before + 1);
    CHECK(reader.revision().value() == revision);
    auto const row = reader.faq("parking").value();
    REQUIRE(row);
    CHECK(row->entry.source == desk_source);
    CHECK_FALSE(fresh.store.draft("parking").value());
}

TEST_CASE("a draft that somebody else has saved is not saved over", "[knowledge]")
{
    Fresh fresh;
    auto draft = draft_of("parking", "one");
    draft.version = fresh.store.save(draft, act).value();
    CHECK(fresh.store.save(draft_of("parking", "two"), act).error().code == Errc::conflict);
    auto other = draft;
    other.answer.entry.answer.en = "three";
    CHECK(fresh.store.save(other, act).value() == 2);
    CHECK(fresh.store.save(draft, act).error().code == Errc::conflict);
    CHECK(fresh.store.publish(publication_of("parking", 1), act).error().code == Errc::conflict);
    CHECK(fresh.store.draft("parking").value()->answer.entry.answer.en == "three");
}

TEST_CASE("an answer that was published meanwhile is not published over", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "one")) == "");
    auto late = draft_of("parking", "late");  // begun when there was no answer
    auto const version = fresh.store.save(late, act).value();
    CHECK(fresh.store.publish(publication_of("parking", version), act).error().code == Errc::conflict);
    CHECK(fresh.store.published("parking").value()->answer.entry.answer.en == "one");
}

TEST_CASE("an answer for staff alone is in no table that answers come from", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "code", "the code is zebra", true)) == "");
    auto reader = Reader::open(fresh.path).value();
    CHECK_FALSE(reader.faq("code").value());
    CHECK(reader.search("zebra", 10).value().empty());
    auto const all = reader.load().value();
    CHECK(faq_csv(all).find("zebra") == std::string::npos);
    CHECK(fresh.store.published("code").value()->answer.staff_only);
    // For everybody, and back.
    REQUIRE(failure(publish(fresh.store, "code", "no zebra", false)) == "");
    CHECK(reader.faq("code").value());
    CHECK(fresh.store.staff_answers().value().empty());
    REQUIRE(failure(publish(fresh.store, "code", "again zebra", true)) == "");
    CHECK_FALSE(reader.faq("code").value());
    CHECK(reader.search("zebra", 10).value().empty());
}

TEST_CASE("history tells every change, and archiving is one", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "one")) == "");
    auto const second = publish(fresh.store, "parking", "two").value();
    REQUIRE(failure(fresh.store.archive("parking", second, "archived", act)) == "");
    CHECK(fresh.store.archive("parking", second, "archived", act).error().code == Errc::not_found);
    auto const history = fresh.store.history("parking", 10).value();
    REQUIRE(history.size() == 3);
    CHECK(history[0].after.empty());
    CHECK(history[1].before.find("one") != std::string::npos);
    CHECK(history[2].before.empty());
    CHECK(history[1].who == act.who);
}

TEST_CASE("the audit log tells when it was meddled with", "[knowledge]")
{
    Fresh fresh;
    for (int i = 0; i < 5; ++i)
        REQUIRE(failure(fresh.store.note({"ada@example.org", "test", "act", std::to_string(i)})) == "");
    CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
    auto database = Database::open(fresh.path, Access::write).value();
    CHECK_FALSE(database.execute("UPDATE staff_audit SET who='eve' WHERE id=3"));
    CHECK_FALSE(database.execute("DELETE FROM staff_audit WHERE id=3"));
    REQUIRE(failure(database.execute("DROP TRIGGER staff_audit_stays; UPDATE staff_audit SET who='eve' WHERE id=3")) == "");
    CHECK(fresh.store.first_broken_audit_row().value() == 3);
}

TEST_CASE("an audit log that was emptied is not whole", "[knowledge]")
{
    Fresh fresh;
    CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());   // nothing has happened yet
    auto database = Database::open(fresh.path, Access::write).value();
    SECTION("and filled with one entry that has the number 0")
    {
        REQUIRE(failure(database.execute("INSERT INTO staff_audit(id, made_at, who, origin, action, target, before, after, digest) VALUES(0, 1, 'eve', '', '', '', '', '', 'noted')")) == "");
        CHECK(fresh.store.first_broken_audit_row().value() == 0);
    }
    SECTION("where somebody has an account")
    {
        REQUIRE(failure(fresh.store.invite({0, "ada@example.org", "Ada", "editor"}, "digest", 4'000'000'000, act)) == "");
        CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
        REQUIRE(failure(database.execute("DROP TRIGGER staff_audit_keeps; DELETE FROM staff_audit")) == "");
        CHECK(fresh.store.first_broken_audit_row().value() == 1);
    }
}

TEST_CASE("an audit log that was cut at its end is known by a digest that was noted", "[knowledge]")
{
    Fresh fresh;
    CHECK(fresh.store.audit_end().value().count == 0);
    CHECK(fresh.store.audit_end().value().digest.empty());
    CHECK_FALSE(fresh.store.has_audit_digest("").value());
    for (int i = 0; i < 5; ++i)
        REQUIRE(failure(fresh.store.note({"ada@example.org", "test", "act", std::to_string(i)})) == "");
    auto const noted = fresh.store.audit_end().value();
    CHECK(noted.count == 5);
    CHECK(noted.digest == fresh.store.audit({}).value().front().digest);
    REQUIRE(failure(fresh.store.note({"eve@example.org", "test", "act", "later"})) == "");
    CHECK(fresh.store.has_audit_digest(noted.digest).value());
    auto database = Database::open(fresh.path, Access::write).value();
    REQUIRE(failure(database.execute("DROP TRIGGER staff_audit_keeps; DELETE FROM staff_audit WHERE id >= 5")) == "");
    CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());   // the chain alone does not tell
    CHECK_FALSE(fresh.store.has_audit_digest(noted.digest).value());
    CHECK(fresh.store.audit_end().value().count == 4);
}

TEST_CASE("four eyes that are chosen while something is being published hold for it", "[knowledge]")
{
    Fresh fresh;
    auto publication = publication_of("parking", fresh.store.save(draft_of("parking", "one"), act).value());
    REQUIRE(fresh.store.set_setting(*setting_form(four_eyes_setting), "off", four_eyes_on, act).has_value());
    auto reader = Reader::open(fresh.path).value();
    auto const revision = reader.revision().value();
    auto const audited = fresh.store.audit_end().value().count;
    auto const refused = [](auto const& done) { return !done && done.error().code == Errc::not_allowed; };
    CHECK(refused(fresh.store.publish(publication, act)));
    CHECK(refused(fresh.store.set_facts({}, {}, "why", act)));
    FaqEntry const entry{"code", {"Code?"}, {"Code ?"}, {"zebra", "zebre"}, {}, {}, {}, {}};
    CHECK(refused(fresh.store.put_staff_answers({entry}, revision, "why", "", act)));
    auto rows = draft_of("sources:press", "");
    rows.answer.table = "sources";
    auto const version = fresh.store.save(rows, act).value();
    CHECK(refused(fresh.store.publish_rows(publication_of("sources:press", version), {}, act)));
    CHECK(reader.revision().value() == revision);
    CHECK(fresh.store.draft("parking").value());
    CHECK(fresh.store.audit_end().value().count == audited + 1);   // the draft of rows
    // Somebody else, or an administrator with a reason.
    CHECK(fresh.store.put_staff_answers({entry}, revision, "why", "nobody is here", act).has_value());
    auto other = act;
    other.who = "grace@example.org";
    CHECK(fresh.store.publish_rows(publication_of("sources:press", version), {}, other).has_value());
    publication.alone = "nobody is here";
    CHECK(fresh.store.publish(publication, act).has_value());
}

TEST_CASE("an import keeps what staff have written", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "new here")) == "");
    REQUIRE(failure(publish(fresh.store, "open", "changed here")) == "");
    REQUIRE(failure(publish(fresh.store, "lab.founded.1", "how old")) == "");

    auto const same = import_ok(fresh.path, fresh.folder / "data");
    CHECK(same.kept == 4);  // and the source that says the staff said so
    CHECK(same.conflicts.empty());
    CHECK(same.faq == ImportCounts{0, 0, 0, 2});
    CHECK(fresh.store.published("open").value()->answer.entry.answer.en == "changed here");
    CHECK(fresh.store.published("lab.founded.1").value()->answer.entry.questions_en == std::vector<std::string>{"Question how old?"});

    auto newer = small_folder();
    newer["faq.csv"].replace(newer["faq.csv"].find("Yes, it is."), 11, "Not now....");
    write_folder(fresh.folder / "newer", newer);
    auto const both = import_ok(fresh.path, fresh.folder / "newer");
    CHECK(both.conflicts == std::vector<LocalChange>{{"faq", "open"}});
    CHECK(fresh.store.published("open").value()->answer.entry.answer.en == "changed here");

    // What is exported is what is here; imported again, there is nothing more to keep.
    REQUIRE(failure(export_folder(fresh.path, fresh.folder / "out")) == "");
    auto const settled = import_ok(fresh.path, fresh.folder / "out");
    CHECK(settled.settled.size() == 4);
    CHECK(settled.conflicts.empty());
    CHECK(import_ok(fresh.path, fresh.folder / "out").kept == 0);
    CHECK(fresh.store.published("parking").value()->answer.entry.answer.en == "new here");
}

TEST_CASE("a newer folder still changes what staff have not touched", "[knowledge]")
{
    Fresh fresh;
    REQUIRE(failure(publish(fresh.store, "parking", "new here")) == "");
    auto newer = small_folder();
    newer["faq.csv"].replace(newer["faq.csv"].find("Yes, it is."), 11, "Not now....");
    write_folder(fresh.folder / "newer", newer);
    import_ok(fresh.path, fresh.folder / "newer");
    CHECK(fresh.store.published("open").value()->answer.entry.answer.en == "Not now....");
    CHECK(fresh.store.published("parking").value());
}

TEST_CASE("a thousand savings by many at once lose none", "[knowledge][threads]")
{
    Fresh fresh;
    auto first = draft_of("parking", "0");
    REQUIRE(failure(fresh.store.save(first, act)) == "");
    std::vector<std::thread> threads;
    std::vector<std::string> wrong(4);
    for (std::size_t t = 0; t < 4; ++t)
        threads.emplace_back([&, t] {
            auto store = StaffStore::open(fresh.path);
            for (int done = 0; store && done < 250;) {
                auto draft = store->draft("parking");
                if (!draft || !*draft) {
                    wrong[t] = "no draft";
                    return;
                }
                auto mine = **draft;
                mine.answer.entry.answer.en = std::to_string(std::stoi(mine.answer.entry.answer.en) + 1);
                auto const saved = store->save(mine, act);
                if (saved)
                    ++done;
                else if (saved.error().code != Errc::conflict && saved.error().code != Errc::busy)
                    wrong[t] = saved.error().message;
            }
        });
    for (auto& thread : threads)
        thread.join();
    for (auto const& one : wrong)
        CHECK(one == "");
    auto const last = fresh.store.draft("parking").value();
    CHECK(last->answer.entry.answer.en == "1000");
    CHECK(last->version == 1001);
    CHECK_FALSE(fresh.store.first_broken_audit_row().value().has_value());
}

TEST_CASE("a conversation that is erased takes its words out of the staff's groups", "[knowledge]")
{
    Fresh fresh;
    auto journal = Journal::open(fresh.path, {}).value();
    for (auto const* id : {"mine", "theirs", "alone"}) {
        LoggedQuestion question;
        question.reply_id = id;
        question.conversation = std::string(id) == "theirs" ? "other" : "erased";
        question.text = std::string("wish of ") + id;
        question.status = "unknown";
        journal->record(question);
    }
    REQUIRE(failure(journal->flush()) == "");
    auto waiting = fresh.store.new_questions(10).value();
    REQUIRE(waiting.size() == 3);
    waiting[0].grouping = waiting[1].grouping = -1;
    waiting[2].grouping = -2;
    REQUIRE(fresh.store.file(waiting).value().size() == 2);
    REQUIRE(failure(journal->forget("erased")) == "");
    auto const left = fresh.store.groups().value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].question == "wish of theirs");
}

TEST_CASE("questions that wait leave with the log, unless staff have dealt with them", "[knowledge]")
{
    Fresh fresh;
    std::int64_t now = 1'000'000'000;
    JournalOptions options;
    options.keep_days = 30;
    options.clock = [&] { return now; };
    auto journal = Journal::open(fresh.path, options).value();
    for (auto const* id : {"a", "b"}) {
        LoggedQuestion question;
        question.reply_id = id;
        question.text = std::string("secret wish ") + id;
        question.status = "unknown";
        journal->record(question);
    }
    REQUIRE(failure(journal->flush()) == "");
    auto waiting = fresh.store.new_questions(10).value();
    REQUIRE(waiting.size() == 2);
    waiting[0].grouping = -1;
    waiting[1].grouping = -2;
    auto const made = fresh.store.file(waiting).value();
    REQUIRE(made.size() == 2);
    CHECK(fresh.store.new_questions(10).value().empty());
    auto group = fresh.store.groups().value()[0];
    CHECK(group.count == 1);
    group.state = "ignored";
    REQUIRE(failure(fresh.store.decide(group, act)) == "");
    CHECK(fresh.store.decide(group, act).error().code == Errc::conflict);
    now += 40 * 86'400;
    REQUIRE(failure(journal->purge()) == "");
    auto const left = fresh.store.groups().value();
    REQUIRE(left.size() == 1);
    CHECK(left[0].state == "ignored");
    CHECK(left[0].count == 0);
}
