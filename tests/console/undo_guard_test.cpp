// What stops the undo of a whole revision: most of a table that would go, questions that would lose their answer.
#include "visitor.hpp"

#include "base/date.hpp"
#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

// Thirty facts of the lab in one sheet, published.
std::int64_t publish_thirty(Office& office)
{
    std::string sheet = "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer,review_by\n";
    for (int i = 2; i < 32; ++i)
        sheet += "lab.founded." + std::to_string(i) + ",lab,founded,1976,,It was founded " + std::to_string(i) + " times.,Il est " + std::to_string(i) + " fois.,,,web,public,\n";
    auto const look = office.desk->tables.look(knowledge::Table::facts, sheet).value();
    std::vector<staff::Cells> rows;
    for (auto const& change : look.effect.changes)
        rows.push_back(change.after);
    auto const id = office.desk->tables.new_sheet_id(knowledge::Table::facts);
    auto const version = office.desk->tables.propose(office.editor, id, 0, look.base, knowledge::Table::facts, rows);
    REQUIRE(staff::tests::failure(version) == "");
    auto const published = office.desk->tables.publish(office.editor, id, *version, "thirty", true);
    REQUIRE(staff::tests::failure(published) == "");
    REQUIRE(published->revision > 0);
    return published->revision;
}

std::size_t facts_of(Office& office)
{
    return office.desk->answers.knowledge().value().facts.size();
}

}  // namespace

TEST_CASE("most of a table is taken back by an administrator alone, who says why", "[console]")
{
    Office office;
    auto const to = "/console/undo/" + std::to_string(publish_thirty(office));
    REQUIRE(facts_of(office) == 32);
    Browser editor(*office.desk);
    editor.sign_in("editor@example.org", Office::password);
    auto const& told = pages::say("console.undo.empties", Language::fr);
    auto const seen = editor.get(to);
    CHECK(has(seen, told));
    CHECK_FALSE(has(seen, "action=\"" + to + "\""));
    auto const refused = editor.send(to, {{"why", "because"}, {"despite", "yes"}});
    CHECK(refused.status == 403);
    CHECK(has(refused, told));
    CHECK(facts_of(office) == 32);
    Browser admin(*office.desk);
    admin.sign_in("admin@example.org", Office::password);
    auto const page = admin.get(to);
    CHECK(has(page, "action=\"" + to + "\""));
    CHECK(has(page, " required"));
    CHECK(admin.send(to, {{"despite", "yes"}}).status == 403);
    CHECK(facts_of(office) == 32);
    CHECK(admin.send(to, {{"why", "a mistake"}, {"despite", "yes"}}).status == 303);
    CHECK(facts_of(office) == 2);
    CHECK(has(admin.get("/console/changes"), "a mistake"));
}

TEST_CASE("what questions would lose by an undo stops it, unless somebody says why even so", "[console]")
{
    Office office;
    auto thief = staff::tests::answer_about_parking();
    thief.entry.questions_en = {"What is the birthday of the Lab?"};
    auto const made = office.publish(thief).value().revision;
    auto const archived = office.desk->answers.archive(office.editor, "parking", made).value().revision;
    auto const version = office.desk->answers.add_questions(office.editor, "lab.founded.1", thief.entry.questions_en, {}).value();
    REQUIRE(office.desk->answers.publish(office.editor, "lab.founded.1", version, "", false).value().revision > 0);
    // The answer would take the question from the fact again.
    auto const to = "/console/undo/" + std::to_string(archived);
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK(has(browser.get(to), "name=\"despite\""));
    auto const& button = pages::say("console.undo.despite", Language::fr);
    auto const stopped = browser.send(to, {});
    CHECK(stopped.status == 409);
    CHECK(has(stopped, button));
    CHECK(browser.send(to, {{"despite", "yes"}}).status == 409);
    CHECK(browser.send(to, {{"despite", "yes"}, {"why", " \u200b"}}).status == 409);
    CHECK(browser.send(to, {{"why", "because"}}).status == 409);
    CHECK(office.ask("What is the birthday of the Lab?").facts == std::vector<std::string>{"lab.founded.1"});
    CHECK(browser.send(to, {{"despite", "yes"}, {"why", "it is about parking"}}).status == 303);
    CHECK(office.ask("What is the birthday of the Lab?").facts == std::vector<std::string>{"parking"});
    CHECK(has(browser.get("/console/changes"), "it is about parking"));
}
