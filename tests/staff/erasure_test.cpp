// A conversation that a visitor wants erased is gone: from the log, from what the staff made of it, from memory, from the bytes.
#include "desk_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

struct Scene : World {
    // In a conversation, as the website keeps it (with what was said) or a chat (without).
    void say(std::string const& text, std::string const& conversation, bool transcript = true)
    {
        auto worker = bot->worker().value();
        auto const reply = worker.answer({text, conversation, {}, false, "test"}, today_here());
        knowledge::LoggedQuestion question;
        question.reply_id = "r" + std::to_string(++asked);
        question.conversation = conversation;
        question.text = text;
        question.language = reply.language;
        question.status = assistant::name(reply.status);
        question.reply_json = transcript ? "{\"answer\":\"canary-reply\"}" : "";
        journal->record(question);
        REQUIRE(failure(journal->flush()) == "");
    }

    bool bytes_contain(std::string const& words) const
    {
        return (knowledge::tests::read_bytes(database) + knowledge::tests::read_bytes(database + "-wal")).find(words) != std::string::npos;
    }
};

}  // namespace

TEST_CASE("an erased conversation is gone from the log, the groups, the drafts and the bytes", "[staff]")
{
    Scene scene;
    bool const transcript = GENERATE(true, false);
    INFO(transcript);
    auto& desk = *scene.desk;
    scene.bot->remember_in(scene.journal.get());
    scene.say("Where does canary one sleep?", "visitor-1", transcript);
    scene.say("Where does canary two sleep?", "visitor-2", transcript);
    scene.say("Do you sell canary-seed sandwiches?", "visitor-1", transcript);
    REQUIRE(failure(scene.journal->record(knowledge::Feedback{"r1", false, "canary-reason"})) == "");
    REQUIRE(failure(scene.journal->flush()) == "");
    auto const groups = desk.queue.groups().value();
    REQUIRE(desk.answers.add_questions(scene.editor, "open", {"where does CANARY one sleep?", "Is canary two open?"}, {}));
    REQUIRE(scene.bytes_contain("canary one"));

    CHECK(desk.erasure.look("nothing").error().code == Errc::not_found);
    auto const kept = desk.erasure.look("r3").value();
    CHECK(kept.questions.size() == 2);
    CHECK(kept.drafts == std::vector<std::string>{"open"});
    CHECK(kept.published.empty());
    CHECK(scene.bytes_contain("canary one"));   // looking changes nothing

    auto const version = desk.answers.open("open").value().version;
    REQUIRE(failure(desk.erasure.erase(scene.editor, "r3")) == "");
    for (char const* const gone : {"canary one", "CANARY one", "canary-seed", "canary-reason"}) {
        INFO(gone);
        CHECK_FALSE(scene.bytes_contain(gone));
    }
    CHECK(scene.bytes_contain("canary two"));
    auto const draft = desk.answers.open("open").value();
    CHECK(draft.version == version + 1);
    CHECK(std::ranges::count(draft.answer.entry.questions_en, "Is canary two open?") == 1);
    for (auto const& group : desk.queue.groups().value()) {
        CHECK(group.question == "Where does canary two sleep?");
        CHECK(group.count == 1);
    }
    CHECK(desk.erasure.erase(scene.editor, "r3").error().code == Errc::not_found);
    CHECK(scene.bot->forget("visitor-2"));
    CHECK_FALSE(scene.bot->forget("visitor-1"));

    auto const audit = desk.store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(std::ranges::count_if(audit, [](auto const& row) { return row.act.action == "question.erase" && row.act.after == "2 questions" && row.act.who == "ada@example.org"; }) == 1);
    CHECK(std::ranges::none_of(audit, [](auto const& row) { return (row.act.target + row.act.before + row.act.after).find("anary") != std::string::npos; }));
    CHECK_FALSE(desk.store.with([](auto& store) { return store.first_broken_audit_row(); }).value().has_value());
}

TEST_CASE("what was published of an erased conversation is named, and stays", "[staff]")
{
    Scene scene;
    auto answer = answer_about_parking();
    REQUIRE(scene.publish(answer).value().revision > 0);
    scene.say("Where can I park my car", "visitor-1");
    scene.ask("Is there a car park?");
    auto const kept = scene.desk->erasure.look("r1").value();
    CHECK(kept.published == std::vector<std::string>{"parking"});
    // A question without a conversation is one by itself.
    CHECK(scene.desk->erasure.look("r2").value().questions.size() == 1);
    REQUIRE(failure(scene.desk->erasure.erase(scene.editor, "r1")) == "");
    CHECK(scene.desk->answers.open("parking").value().answer.entry.questions_en == answer.entry.questions_en);
    CHECK(failure(scene.desk->erasure.look("r2")) == "");
}
