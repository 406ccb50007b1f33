#include "desk_world.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <atomic>
#include <regex>
#include <thread>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;
using assistant::Status;

TEST_CASE("what is published is answered by the next question, in every wording", "[staff][threads]")
{
    World world;
    auto const answer = answer_about_parking();
    CHECK(world.ask("Where can I park my car?").status != Status::answered);
    auto const published = world.publish(answer).value();
    REQUIRE(published.revision > 0);
    CHECK(published.regression.missed.empty());
    for (auto const* questions : {&answer.entry.questions_en, &answer.entry.questions_fr})
        for (auto const& question : *questions) {
            INFO(question);
            auto const reply = world.ask(question);
            CHECK(reply.status == Status::answered);
            CHECK(reply.facts == std::vector<std::string>{"parking"});
        }
    for (auto const* near : {"where can i park my car", "OU PUIS-JE GARER MA VOITURE", "Hello, where can I park the car?", "is there a car park here ?"}) {
        INFO(near);
        CHECK(world.ask(near).facts == std::vector<std::string>{"parking"});
    }
}

TEST_CASE("many threads ask at once while files are read anew, and each is answered in its own language", "[staff][threads]")
{
    World world;
    std::vector<std::thread> threads;
    std::atomic<int> wrong = 0;
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&world, &wrong, t] {
            auto worker = world.bot->worker().value();
            for (int i = 0; i < 20; ++i) {
                bool const french = (i + t) % 2 == 0;
                auto const reply = worker.answer({french ? "C'est ouvert ?" : "Is it open?", "t" + std::to_string(t), {}, false, "test"}, today_here());
                if (reply.language != (french ? Language::fr : Language::en) || reply.status != Status::answered)
                    ++wrong;
                if (t == 0 && i % 10 == 5)
                    world.bot->reload_intents();
            }
        });
    for (auto& thread : threads)
        thread.join();
    CHECK(wrong == 0);
}

TEST_CASE("what has ended is not given as current", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.entry.valid_to = "2020-01-31";
    REQUIRE(world.publish(answer).value().revision > 0);
    auto const reply = world.ask("Where can I park my car?");
    CHECK(reply.answer.find("held until 31\u00a0January 2020") != std::string::npos);
    CHECK(world.ask("O\u00f9 puis-je garer ma voiture ?").answer.find("date de fin : 31\u00a0janvier 2020") != std::string::npos);
}

TEST_CASE("that it names the year is no excuse for what has ended on a day", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.entry.answer = {"Yes: applications for 2020 are open.", "Oui : les candidatures 2020 sont ouvertes."};
    answer.entry.valid_to = "2020-06-30";
    REQUIRE(world.publish(answer).value().revision > 0);
    CHECK(world.ask("Where can I park my car?").answer.find("held until 30\u00a0June 2020") != std::string::npos);
    Person const admin{2, "grace@example.org", "Grace", Role::admin, "test"};
    REQUIRE(failure(world.desk->settings.choose(admin, knowledge::over_setting, "silent")) == "");
    CHECK(world.ask("Where can I park my car?").facts.empty());
}

TEST_CASE("the text of a fact that is not told yet, or not any more, is in no answer", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.entry.answer = {"Behind the lab. {{lab.founded.1}}", "Derri\u00e8re le labo. {{lab.founded.1}}"};
    REQUIRE(world.publish(answer).value().revision > 0);
    REQUIRE(world.ask("Where can I park my car?").facts == std::vector<std::string>{"parking"});
    SECTION("it is still to come")
    {
        world.edit_database("UPDATE fact SET valid_from='2999-03-01' WHERE id='lab.founded.1'; UPDATE meta SET value=value+1 WHERE key='revision'");
        for (auto const* question : {"Where can I park my car?", "is there a car park", "O\u00f9 puis-je garer ma voiture ?"}) {
            INFO(question);
            CHECK(world.ask(question).facts.empty());
        }
    }
    SECTION("it has ended, which is told, or not")
    {
        world.edit_database("UPDATE fact SET valid_to='2020-03-01' WHERE id='lab.founded.1'; UPDATE meta SET value=value+1 WHERE key='revision'");
        CHECK(world.ask("Where can I park my car?").answer.find("held until 1\u00a0March 2020") != std::string::npos);
        Person const admin{2, "grace@example.org", "Grace", Role::admin, "test"};
        REQUIRE(failure(world.desk->settings.choose(admin, knowledge::over_setting, "silent")) == "");
        CHECK(world.ask("Where can I park my car?").facts.empty());
    }
}

TEST_CASE("an answer for staff alone reaches no visitor, however it is asked for", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    answer.staff_only = true;
    answer.entry.answer = {"The gate code is zebra.", "Le code du portail est zebra."};
    REQUIRE(world.publish(answer).value().revision > 0);
    auto worker = world.bot->worker().value();
    for (auto const* questions : {&answer.entry.questions_en, &answer.entry.questions_fr})
        for (auto const& question : *questions)
            for (bool const explain : {false, true}) {
                auto const reply = worker.answer({question, "talk", {}, explain, "test"}, today_here());
                CHECK(reply.answer.find("zebra") == std::string::npos);
                CHECK(std::ranges::find(reply.facts, "parking") == reply.facts.end());
                for (auto const& suggestion : worker.suggest(question, Language::en, 10))
                    CHECK(suggestion.question != question);
            }
    // Staff find it.
    auto const found = world.desk->search.find("zebra", 5).value();
    REQUIRE(found.size() == 1);
    CHECK(found[0].kind == Found::Kind::staff);
}

TEST_CASE("of two entries with one question, the older keeps it and the newer is told", "[staff]")
{
    World world;
    REQUIRE(world.publish(answer_about_parking()).value().revision > 0);
    auto thief = answer_about_parking();
    thief.entry.questions_en = {"Is it open?"};  // of the entry "open"
    thief.entry.questions_fr = {"Quelque chose d'autre ?"};
    thief.entry.id = "a-thief";
    // The older entry keeps its question, and the newcomer is told so.
    CHECK(world.desk->answers.rehearse(thief).value().missed.size() == 1);
    CHECK(world.desk->answers.rehearse(thief).value().worse.empty());
}

TEST_CASE("publishing despite what it breaks takes a reason", "[staff]")
{
    World world;
    // The fact's own way of asking, taken away by an entry that has it word for word.
    auto const version = world.desk->answers.add_questions(world.editor, "lab.founded.1", {"What is the birthday of the Lab?"}, {"Quel est l'anniversaire du Labo ?"}).value();
    REQUIRE(world.desk->answers.publish(world.editor, "lab.founded.1", version, "", false).value().revision > 0);
    auto thief = answer_about_parking();
    thief.entry.questions_en = {"What is the birthday of the Lab?"};
    auto const stopped = world.publish(thief).value();
    CHECK(stopped.revision == 0);
    REQUIRE(stopped.regression.worse.size() == 1);
    CHECK(stopped.regression.worse[0].asked.text == "What is the birthday of the Lab?");
    CHECK(world.ask("What is the birthday of the Lab?").facts == std::vector<std::string>{"lab.founded.1"});
    auto const draft = world.desk->answers.open("parking").value();
    CHECK(world.desk->answers.publish(world.editor, "parking", draft.version, "", true).value().revision == 0);
    CHECK(world.desk->answers.publish(world.editor, "parking", draft.version, "on purpose", true).value().revision > 0);
    CHECK(world.ask("What is the birthday of the Lab?").facts == std::vector<std::string>{"parking"});
}

TEST_CASE("a fact gets new ways of asking", "[staff]")
{
    World world;
    auto const version = world.desk->answers.add_questions(world.editor, "lab.founded.1", {"What is the birthday of the Lab?"}, {"Quel est l'anniversaire du Labo ?"}).value();
    auto const published = world.desk->answers.publish(world.editor, "lab.founded.1", version, "", false).value();
    CHECK(published.revision > 0);
    CHECK(world.ask("What is the birthday of the Lab?").facts == std::vector<std::string>{"lab.founded.1"});
    CHECK(world.desk->answers.add_questions(world.editor, "lab.founded.9", {"x"}, {}).error().code == Errc::not_found);
}

TEST_CASE("what is wrong with a draft is told by field", "[staff]")
{
    World world;
    knowledge::Answer answer;
    answer.entry.id = "x";
    answer.entry.entity = "nobody";
    answer.entry.source = "nowhere";
    answer.entry.valid_to = "soon";
    auto const faults = world.desk->answers.faults(answer).value();
    for (auto const* field : {"questions_fr", "questions_en", "answer_fr", "answer_en", "entity", "source", "valid_to"}) {
        INFO(field);
        CHECK(std::ranges::find(faults, field, &Fault::field) != faults.end());
    }
    auto bar = answer_about_parking();
    bar.entry.questions_en = {"one|two"};
    CHECK_FALSE(Answers::unstorable(bar).empty());
    bar = answer_about_parking();
    bar.entry.answer.en = std::string(1'201, 'x');
    CHECK_FALSE(Answers::unstorable(bar).empty());
    bar = Answers::tidied({{"x", {" a ", "a", ""}, {}, {"  text \r\n", "e\xCC\x81"}, {}, {}, {}, {}}, false});
    CHECK(bar.entry.questions_en == std::vector<std::string>{"a"});
    CHECK(bar.entry.answer.en == "text");
    CHECK(bar.entry.answer.fr == "\u00e9");
}

TEST_CASE("an older text is restored as a draft and published again", "[staff]")
{
    World world;
    auto answer = answer_about_parking();
    auto const first = world.publish(answer).value().revision;
    answer.entry.answer.en = "In front of the lab.";
    REQUIRE(world.publish(answer).value().revision > first);
    auto const version = world.desk->answers.restore(world.editor, "parking", first).value();
    CHECK(world.ask("Where can I park my car?").answer.find("In front") != std::string::npos);
    REQUIRE(world.desk->answers.publish(world.editor, "parking", version, "", false).value().revision > 0);
    CHECK(world.ask("Where can I park my car?").answer.find("Behind") != std::string::npos);
    auto const live = world.desk->answers.open("parking").value();
    REQUIRE(world.desk->answers.archive(world.editor, "parking", live.base).value().revision > 0);
    CHECK(world.ask("Where can I park my car?").status != Status::answered);
}

TEST_CASE("a scheduled draft goes out when its time has come", "[staff]")
{
    World world;
    knowledge::Draft draft;
    draft.answer = answer_about_parking();
    draft.state = "scheduled";
    draft.publish_at = 1'000;
    REQUIRE(failure(world.desk->answers.save(world.editor, draft)) == "");
    REQUIRE(failure(world.desk->answers.publish_due(999)) == "");
    CHECK(world.ask("Where can I park my car?").status != Status::answered);
    REQUIRE(failure(world.desk->answers.publish_due(1'000)) == "");
    CHECK(world.ask("Where can I park my car?").status == Status::answered);
}

TEST_CASE("who has lost the account or the role publishes nothing any more by the clock", "[staff]")
{
    World world;
    knowledge::Account account{0, world.editor.email, "Ada", "editor", {}, false, 1, 0};
    auto const change = [&] {
        world.desk->store.with([&](auto& store) {
            account.id = (*store.account(account.email).value()).id;
            REQUIRE(failure(store.change_account(account, {"test", "test", "account.change"})) == "");
        });
    };
    world.desk->store.with([&](auto& store) { REQUIRE(failure(store.invite(account, {}, 0, {"test", "test", "invite"})) == ""); });
    knowledge::Draft draft;
    draft.answer = answer_about_parking();
    draft.state = "scheduled";
    draft.publish_at = 1'000;
    REQUIRE(failure(world.desk->answers.save(world.editor, draft)) == "");
    SECTION("disabled") { account.disabled = true; }
    SECTION("an answerer now") { account.role = "answerer"; }
    change();
    CHECK(world.desk->answers.publish_due(2'000).value().empty());
    CHECK(world.desk->answers.open("parking").value().state == "review");
}

TEST_CASE("a schedule is an editor's: what others change of such a draft waits for one", "[staff]")
{
    World world;
    Person const answerer{2, "bob@example.org", "Bob", Role::answerer, "test"};
    knowledge::Draft draft;
    draft.answer = answer_about_parking();
    draft.state = "scheduled";
    draft.publish_at = 1'000;
    SECTION("one of their own")
    {
        REQUIRE(failure(world.desk->answers.save(answerer, draft)) == "");
    }
    SECTION("an editor's, to which they add a way of asking")
    {
        REQUIRE(failure(world.desk->answers.save(world.editor, draft)) == "");
        REQUIRE(failure(world.desk->answers.add_questions(answerer, "parking", {"Any room for my van?"}, {})) == "");
    }
    CHECK(world.desk->answers.open("parking").value().state == "review");
    CHECK(world.desk->answers.publish_due(2'000).value().empty());
    CHECK(world.ask("Where can I park my car?").status != Status::answered);
}

TEST_CASE("an id says nothing of the question, and none is given twice", "[staff]")
{
    World world;
    auto& answers = world.desk->answers;
    auto answer = answer_about_parking();
    auto const id = answers.new_id().value();
    CHECK(std::regex_match(id, std::regex("answer-[0-9a-f]{12}")));
    CHECK(answers.new_id().value() != id);
    CHECK(answers.new_id("where-can-i-park").value() != "where-can-i-park");
    CHECK(answers.new_id(id).value() == id);
    answer.entry.id = id;
    knowledge::Draft draft;
    draft.answer = answer;
    REQUIRE(failure(answers.save(world.editor, draft)) == "");
    CHECK(answers.new_id(id).value() == id);   // of the form that this draft comes from
    REQUIRE(world.publish(answer).value().revision > 0);
    CHECK(answers.new_id(id).value() != id);
}
