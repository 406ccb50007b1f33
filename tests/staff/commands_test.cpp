#include "staff/commands.hpp"

#include "desk_world.hpp"
#include "knowledge/export.hpp"
#include "staff/facts.hpp"
#include "staff/names.hpp"
#include "staff/replay.hpp"
#include "staff/told.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::staff;
using namespace immunobot::staff::tests;

namespace {

bool holds(Told const& told, std::string_view part)
{
    INFO(told.text);
    CHECK(told.text.find(part) != std::string::npos);
    return told.text.find(part) != std::string::npos;
}

struct Staffed : World {
    Told run(std::string_view line, Role role = Role::editor, std::optional<Language> language = Language::en, bool in_private = true)
    {
        Person person = editor;
        person.role = role;
        return Commands(*desk).run({person, language, in_private}, line);
    }

    std::string last_draft()
    {
        return desk->store.with([](auto& store) { return store.drafts(); }).value().at(0).answer.entry.id;
    }
};

knowledge::Answer secret_answer()
{
    auto answer = answer_about_parking();
    answer.entry.id = "gate";
    answer.entry.questions_en = {"What is the gate code?"};
    answer.entry.questions_fr = {"Quel est le code du portail ?"};
    answer.entry.answer = {"The gate code is zebra.", "Le code du portail est zebra."};
    answer.staff_only = true;
    return answer;
}

}  // namespace

TEST_CASE("what is a command in a chat", "[staff]")
{
    struct Row { char const* slash; char const* text; char const* line; };
    Row const rows[] = {
        {"", "where is the lab?", nullptr}, {"", "who leads the lab?", nullptr}, {"", "faq lab", nullptr},
        {"", "!faq lab", "faq lab"},        {"", " /who lab ", "who lab"},       {"", "!nothing", nullptr},
        {"", "!", nullptr},                 {"faq", "lab", "faq lab"},           {"mi", "lab", "faq lab"},
        {"mi", "who lab", "who lab"},       {"unanswered", "", "unanswered "},
    };
    for (auto const& row : rows) {
        INFO(row.slash << '|' << row.text);
        auto const line = command_in(row.slash, row.text);
        CHECK(line.has_value() == (row.line != nullptr));
        if (line && row.line)
            CHECK(*line == row.line);
    }
}

TEST_CASE("faq gives answers with their sources, in the language that is wished for", "[staff]")
{
    Staffed world;
    CHECK(holds(world.run("faq lab founded"), "The lab was founded in 1976.\nSource: The page, https://example.org/page (2026-11-23)"));
    CHECK(holds(world.run("faq fr lab founded"), "Le labo a \u00e9t\u00e9 fond\u00e9 en 1976."));
    CHECK(holds(world.run("faq lab founded", Role::viewer, {}), "fond\u00e9 en 1976.\nThe lab was founded"));
    auto const both = world.run("faq lab founded + is it open");
    CHECK(holds(both, "The lab was founded in 1976."));
    CHECK(holds(both, "Yes, it is."));
    CHECK(world.run("faq is it open").share.question == "Is it open?");
    CHECK_FALSE(world.run("faq").done);
    CHECK_FALSE(world.run("nonsense").done);
}

TEST_CASE("answers for staff alone are not told where others read along", "[staff]")
{
    Staffed world;
    REQUIRE(world.publish(secret_answer()).value().revision > 0);
    CHECK(holds(world.run("faq gate code"), "zebra"));
    CHECK(world.run("faq gate code").share.answer.empty());
    CHECK(holds(world.run("fact gate"), "zebra"));
    for (auto const* line : {"faq gate code", "faq zebra", "fact gate", "fact zebra", "who zebra", "why What is the gate code?", "faq gate code + zebra"}) {
        INFO(line);
        auto const told = world.run(line, Role::admin, Language::en, false);
        CHECK(told.text.find("zebra.") == std::string::npos);
        CHECK(told.text.find("code is") == std::string::npos);
    }
    for (auto const* line : {"unanswered", "teach lab.founded.1 When?", "add a; b; c; d", "publish x", "fact set lab.founded = 1977; web; 2026-01-01"}) {
        INFO(line);
        CHECK_FALSE(world.run(line, Role::admin, Language::en, false).done);
    }
}

TEST_CASE("each command takes its role", "[staff]")
{
    Staffed world;
    for (auto const& command : command_names())
        for (auto const role : all_roles()) {
            INFO(command.name << " by " << name(role));
            auto const told = world.run(std::string(command.name) + " x", role);
            CHECK((told.text.find("It takes the role") != std::string::npos) == !may(role, command.role));
        }
    CHECK_FALSE(world.run("fact set lab.founded = 1977; web; 2020-01-01", Role::answerer).done);
}

TEST_CASE("teaching makes a draft and tells what would change", "[staff]")
{
    Staffed world;
    world.ask("Since which year does the laboratory do its work?");
    auto const offered = world.run("teach Since which year does the laboratory do its work?");
    CHECK(holds(offered, "teach lab.founded.1 Since which year"));
    auto const taught = world.run("teach lab.founded.1 Since which year does the laboratory do its work?", Role::answerer);
    CHECK(taught.done);
    CHECK(holds(taught, "publish lab.founded.1"));
    CHECK(world.desk->answers.open("lab.founded.1").value().version == 1);
    CHECK_FALSE(world.run("publish lab.founded.1", Role::answerer).done);
    CHECK(holds(world.run("publish lab.founded.1 visitors ask so"), "Published as revision"));
    CHECK(world.ask("Since which year does the laboratory do its work?").facts == std::vector<std::string>{"lab.founded.1"});
}

TEST_CASE("another name is taught as a draft, with its test and what visitors would be told otherwise", "[staff]")
{
    Staffed world;
    REQUIRE(world.run("teach lab.founded.1 When was the lab founded?").done);
    REQUIRE(world.run("publish lab.founded.1").done);
    world.ask("When was Zorblax founded?");
    auto const aliases = [&] { return world.desk->tables.row(knowledge::Table::entities, "lab").value().value()[knowledge::entity_column::aliases]; };
    for (auto const* line : {"teach alias LAB = Zorblax", "teach alias Zorblax = the lab"}) {
        INFO(line);
        auto const taught = world.run(line, Role::answerer);
        CHECK(taught.done);
        CHECK(holds(taught, "Draft of entities:lab saved"));
        CHECK(holds(taught, "1 of 1 questions asked with the new name get the right answer\n- When was Zorblax founded?"));
        CHECK(holds(taught, "1 would be answered otherwise\n- When was Zorblax founded?\n"));
        CHECK(holds(taught, " -> lab.founded.1"));
        CHECK(holds(taught, "publish entities:lab"));
        CHECK(aliases() == "lab one|labo un");
        auto const draft = world.desk->answers.open("entities:lab").value();
        REQUIRE(world.desk->answers.discard(world.editor, "entities:lab", draft.version));
    }
    // A second name joins the first in one draft.
    REQUIRE(world.run("teach alias LAB = Zorblax").done);
    REQUIRE(world.run("teach alias lab = Wombat House").done);
    CHECK_FALSE(world.run("publish entities:lab", Role::answerer).done);
    auto const published = world.run("publish entities:lab called so by visitors");
    CHECK(holds(published, "Published as revision"));
    CHECK(aliases() == "lab one|labo un|Zorblax|Wombat House");
    CHECK(world.ask("When was Zorblax founded?").facts == std::vector<std::string>{"lab.founded.1"});
    // Its test is asked before whatever is published later.
    auto const names = world.desk->store.with([](auto& store) { return store.new_names(); }).value();
    CHECK(named_questions(world.desk->answers.knowledge().value(), names).size() == 2);
    REQUIRE(world.run(published.text.substr(published.text.rfind("undo "))).done);
    CHECK(aliases() == "lab one|labo un");
    CHECK(named_questions(world.desk->answers.knowledge().value(), names).empty());
}

TEST_CASE("which name is meant has to be plain", "[staff]")
{
    Staffed world;
    struct Row { char const* line; char const* why; };
    Row const rows[] = {
        {"teach alias", "Like this"},
        {"teach alias LAB", "Like this"},
        {"teach alias LAB =", "Like this"},
        {"teach alias a = b = c", "Like this"},
        {"teach alias zorblax = wombat", "Nobody is called zorblax or wombat"},
        {"teach alias LAB = The Unit", "Both are names already: LAB (lab), The Unit (unit)"},
        {"teach alias LAB = lab one", "Both are names already"},
        {"teach alias LAB = zor\u200bblax", "an invisible character"},
    };
    for (auto const& row : rows) {
        INFO(row.line);
        auto const told = world.run(row.line);
        CHECK_FALSE(told.done);
        CHECK(holds(told, row.why));
    }
    CHECK(world.desk->store.with([](auto& store) { return store.drafts(); }).value().empty());
}

TEST_CASE("a revision is taken back by one command, and that again", "[staff]")
{
    Staffed world;
    auto const line = [&](Told const& told) { return told.text.substr(told.text.rfind("undo ")); };
    REQUIRE(world.run("add Cantine ?; Where is the canteen?; Au sous-sol.; In the basement.").done);
    auto const published = world.run("publish " + world.last_draft());
    REQUIRE(holds(published, "undo "));
    CHECK(world.ask("Where is the canteen?").answer == "In the basement.");
    CHECK_FALSE(world.run(line(published), Role::answerer).done);
    auto const undone = world.run(line(published));
    CHECK(undone.done);
    CHECK(world.ask("Where is the canteen?").status != assistant::Status::answered);
    CHECK_FALSE(world.run(line(published)).done);   // it was changed since
    CHECK(world.run(line(undone)).done);
    CHECK(world.ask("Where is the canteen?").answer == "In the basement.");
    for (auto const* wrong : {"undo", "undo x", "undo 999999", "undo 1 2"})
        CHECK_FALSE(world.run(wrong).done);
}

TEST_CASE("the questions that would be answered otherwise are listed, exactly and masked", "[staff]")
{
    Staffed world;
    for (auto const* question : {"Where can I park my car?", "When was the lab founded?", "Where can I park my car, ada@example.org?", "Is it open?"})
        world.ask(question);
    auto answer = answer_about_parking();
    auto const regression = world.desk->answers.rehearse(answer).value();
    CHECK(regression.past_asked == 4);
    std::vector<std::string> changed;
    for (auto const& turned : regression.past)
        changed.push_back(turned.asked.text);
    // By asking both ways, nothing else.
    auto const before = world.bot->snapshot();
    auto all = world.desk->answers.knowledge().value();
    all.faq.push_back(answer.entry);
    assistant::Rehearsal now(before);
    assistant::Rehearsal then(world.bot->compile(all));
    std::size_t different = 0;
    for (auto const& question : world.desk->store.with([](auto& store) { return store.past_questions(10); }).value()) {
        CHECK(question.text.find("ada@") == std::string::npos);
        auto const language = language_from_code(question.language);
        auto const here = now.ask(question.text, language);
        auto const there = then.ask(question.text, language);
        different += here.facts != there.facts || here.status != there.status ? 1U : 0U;
    }
    CHECK(different >= 1);
    CHECK(changed.size() == different);
}

TEST_CASE("a group of questions is taught as one", "[staff]")
{
    Staffed world;
    world.ask("Does the canteen sell zorblax?");
    REQUIRE(world.run("unanswered").done);
    auto const listed = world.run("unanswered").text;
    auto const number = listed.substr(0, listed.find(' '));
    CHECK(holds(world.run("unanswered"), "zorblax"));
    CHECK(holds(world.run("teach " + number), "teach "));
    auto const taught = world.run("teach open " + number);
    CHECK(taught.done);
    CHECK(world.desk->answers.open("open").value().answer.entry.questions_en.back() == "Does the canteen sell zorblax?");
    CHECK(holds(world.run("unanswered", Role::answerer), "zorblax"));
    CHECK(holds(world.run("publish open"), "Published as revision"));
    CHECK(world.run("unanswered").text.find("zorblax") == std::string::npos);
    auto const groups = world.desk->queue.groups().value();
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].state == "answered");
    CHECK(groups[0].answer == "open");
    auto const added = world.run("add Cantine ?; Canteen?; Oui.; Yes.", Role::answerer);
    CHECK(holds(added, "publish " + world.last_draft()));
}

TEST_CASE("a fact is set in two steps, with its history and the audit log", "[staff]")
{
    Staffed world;
    std::string const line = "fact set LAB.founded = 1977; web; 2020-05-01";
    auto const first = world.run(line);
    INFO(first.text);
    REQUIRE(first.done);
    CHECK(holds(first, "+ The lab was founded in 1977."));
    CHECK(world.desk->search.one("lab.founded.1").value()->answer.en.find("1976") != std::string::npos);
    auto const code = first.text.substr(first.text.size() - 6);
    CHECK_FALSE(world.run(line + " ! 000000").done);
    CHECK_FALSE(world.run("fact set lab.founded = 1978; web; 2020-05-01 ! " + code).done);
    CHECK(holds(world.run(line + " ! " + code), "Done, revision"));
    CHECK(world.desk->search.one("lab.founded.1").value()->answer.en == "The lab was founded in 1977.");
    // Once: what it was made for is no longer there.
    CHECK_FALSE(world.run(line + " ! " + code).done);
    auto const rows = world.desk->store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(rows.front().act.action == "fact.set");
    CHECK(rows.front().act.before.find("1976") != std::string::npos);
    CHECK(rows.front().act.after.find("1977") != std::string::npos);
    CHECK_FALSE(world.desk->store.with([](auto& store) { return store.first_broken_audit_row(); }).value().has_value());
}

TEST_CASE("a fact that was set is compiled by who set it", "[staff]")
{
    Staffed world;
    Facts facts(world.desk->store, world.desk->answers, *world.bot);
    auto const proposal = facts.propose(parse_fact_wish("lab.founded = 1977; web; 2020-05-01").value(), today_here()).value();
    auto const revision = facts.carry_out(world.editor, proposal).value();
    CHECK(world.bot->snapshot()->revision == revision);
}

TEST_CASE("what a fact may be set to", "[staff]")
{
    Staffed world;
    struct Row { char const* line; char const* why; };
    Row const rows[] = {
        {"fact set lab.founded", "ENTITY.FIELD"},
        {"fact set lab.founded = 1977", "a value, a source and a date"},
        {"fact set lab.founded = ; web; 2020-01-01", "missing"},
        {"fact set lab.colour = red; web; 2020-01-01", "there is no fact"},
        {"fact set lab.founded = 1977; nowhere; 2020-01-01", "there is no source"},
        {"fact set lab.founded = 1977; web; yesterday", "is no day"},
        {"fact set lab.founded = 19\u200b77; web; 2020-01-01", "cannot be seen"},
        {"fact set unit.part_of = house; web; 2020-01-01", "both sentences"},
    };
    for (auto const& row : rows) {
        auto const told = world.run(row.line);
        CHECK_FALSE(told.done);
        CHECK(holds(told, row.why));
    }
    CHECK(world.run("fact set lab.founded = 1977; https://www.example.org/x?y; 2020-01-01; Le labo date de 1977.; The lab dates from 1977.").done);
}

TEST_CASE("a fact of a day to come is said from that day on", "[staff]")
{
    Staffed world;
    REQUIRE(world.run("teach unit.part_of.1 What is the unit part of?").done);
    REQUIRE(world.run("publish unit.part_of.1").done);
    std::string const line = "fact set unit.part_of = The house; web; 2099-03-01; L'unit\u00e9 fait partie de la maison.; The unit is part of the house.";
    auto const first = world.run(line);
    INFO(first.text);
    REQUIRE(first.done);
    REQUIRE(world.run(line + " ! " + first.text.substr(first.text.size() - 6)).done);
    auto worker = world.bot->worker().value();
    auto const said = [&](Date const& day) { return worker.answer({"What is the unit part of?", {}, {}, false, "test"}, day).answer; };
    INFO(said({2098, 1, 1}) << " | " << said({2099, 2, 28}) << " | " << said({2099, 3, 1}));
    CHECK(said({2099, 2, 28}).find("The unit is part of the lab.") != std::string::npos);
    CHECK(said({2099, 2, 28}).find("house") == std::string::npos);
    CHECK(said({2099, 3, 1}).find("The unit is part of the house.") != std::string::npos);
    CHECK(said({2099, 3, 1}).find("part of the lab") == std::string::npos);
}

TEST_CASE("an answer is given again as it was, after edits", "[staff]")
{
    Staffed world;
    REQUIRE(world.publish(answer_about_parking()).value().revision > 0);
    auto const first = world.ask("Where can I park my car?");
    auto answer = answer_about_parking();
    for (int i = 0; i < 10; ++i) {
        answer.entry.answer = {"Elsewhere, " + std::to_string(i) + ".", "Ailleurs, " + std::to_string(i) + "."};
        REQUIRE(world.publish(answer).value().revision > 0);
    }
    ReplayOptions const from{world.database, world.options().intents_folder, world.options().data_folder};
    auto const again = replay(from, "r1").value();
    CHECK(again.reply.answer == first.answer);
    CHECK(again.same_bytes);
    CHECK(again.same_files);
    CHECK(again.reply.facts == first.facts);
    CHECK(world.ask("Where can I park my car?").answer != first.answer);
    CHECK_FALSE(replay(from, "nothing").has_value());
}

TEST_CASE("a fact that staff set outlives an import, and a conflict is told", "[staff]")
{
    Staffed world;
    auto const set = [&](std::string const& line) {
        auto const first = world.run(line);
        REQUIRE(first.done);
        REQUIRE(world.run(line + " ! " + first.text.substr(first.text.size() - 6)).done);
    };
    set("fact set lab.founded = 1977; https://www.example.org/history; 2020-05-01");
    auto const said = [&] { return world.desk->search.one("lab.founded.1").value()->answer.en; };
    auto files = knowledge::tests::small_folder();
    auto const import = [&] {
        knowledge::tests::write_folder(world.folder / "data", files);
        return knowledge::tests::import_ok(world.database, world.folder / "data");
    };
    auto const same = import();
    CHECK(same.conflicts.empty());
    CHECK(same.kept == 2);   // the fact, and the source that was made for it
    CHECK(said() == "The lab was founded in 1977.");
    // The files have another fact meanwhile: it comes; the staff's stays.
    files["facts.csv"] += "unit.founded.1,unit,founded,1990,,The unit was founded in 1990.,L'unit\u00e9 a \u00e9t\u00e9 fond\u00e9e en 1990.,1990,,web,public,\r\n";
    CHECK(import().facts.added == 1);
    CHECK(said() == "The lab was founded in 1977.");
    // Both changed it: told, and the staff's stays.
    auto& facts = files["facts.csv"];
    for (auto at = facts.find("1976"); at != std::string::npos && at < facts.find("unit.part_of"); at = facts.find("1976", at))
        facts.replace(at, 4, "1975");
    auto const conflict = import();
    REQUIRE(conflict.conflicts.size() == 1);
    CHECK(conflict.conflicts[0] == knowledge::LocalChange{"fact", "lab.founded.1"});
    CHECK(said() == "The lab was founded in 1977.");
    // What was exported and comes back changes nothing, and settles it.
    REQUIRE(knowledge::tests::failure(knowledge::export_folder(world.database, world.folder / "out")) == "");
    auto const back = knowledge::tests::import_ok(world.database, world.folder / "out");
    CHECK(back.facts.changed + back.facts.added + back.facts.removed == 0);
    CHECK(back.conflicts.empty());
    CHECK(back.settled.size() == 2);
}
