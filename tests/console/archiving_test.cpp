// Facts, entities and sources: archived, brought back, and any earlier version taken up again.
#include "visitor.hpp"

#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;
using knowledge::Table;

namespace {

struct ArchiveScene : Office {
    ArchiveScene() { browser.sign_in("editor@example.org", Office::password); }

    bool has_row(Table table, std::string_view id) { return desk->tables.row(table, id).value().has_value(); }

    Response archive(std::string const& row)
    {
        auto const look = browser.get("/console/row-archive/" + row);
        return browser.send("/console/row-archive/" + row, {{"base", hidden(look.body, "base")}});
    }

    Response undo(Response const& done)
    {
        std::smatch found;
        auto const page = browser.get(done.location);
        REQUIRE(std::regex_search(page.body, found, std::regex("action=\"(/console/undo/[0-9]+)\" class=\"inline undo-now\"")));
        return browser.send(found[1], {});
    }

    Browser browser{*desk};
};

std::string english_name(knowledge::Cells const& cells)
{
    return cells[knowledge::entity_column::name_en];
}

}  // namespace

TEST_CASE("an answer that stored questions would miss is archived only by somebody who says why", "[console]")
{
    ArchiveScene scene;
    auto const made = scene.publish(staff::tests::answer_about_parking()).value().revision;
    auto const archive = [&](Browser& browser, Fields fields) {
        fields.emplace_back("revision", std::to_string(made));
        return browser.send("/console/archive/parking", std::move(fields));
    };
    SECTION("its own questions go with it, once somebody has seen that, and which of visitors")
    {
        scene.ask("Where can I park my car?");
        auto const page = scene.browser.get("/console/archive/parking");
        auto const total = staff::tests::answer_about_parking().entry.questions_en.size() + staff::tests::answer_about_parking().entry.questions_fr.size();
        CHECK(has(page, pages::say("console.answer.archive.own", Language::fr, {{"n", std::to_string(total)}, {"lost", std::to_string(total)}})));
        CHECK(has(page, pages::say("console.answer.archive.past", Language::fr, {{"n", "1"}, {"lost", "1"}})));
        CHECK(has(page, pages::say("console.publish.own", Language::fr)));
        CHECK(has(page, pages::say("console.publish.past", Language::fr)));
        CHECK(hidden(page.body, "revision") == std::to_string(made));
        CHECK_FALSE(has(page, "name=\"despite\""));
        CHECK(has(scene.browser.get("/console/answer/parking"), "href=\"/console/archive/parking\""));
        auto const stopped = archive(scene.browser, {});
        CHECK(stopped.status == 409);
        CHECK(has(stopped, "name=\"seen\" value=\"yes\""));
        CHECK(scene.ask("Where can I park my car?").answer == "Behind the lab.");
        CHECK(archive(scene.browser, {{"seen", "yes"}}).location.starts_with("/console/history/parking?done=archived&undo="));
        CHECK(scene.desk->store.with([](auto& store) { return store.audit({}); }).value().front().act.action == "answer.archive");
    }
    SECTION("a test of the intents does not")
    {
        knowledge::tests::write_folder(scene.folder / "intents", {{"parking.yaml", "intent: parking\ntitle: {en: Parking, fr: Parking}\nanswers: {property: founded}\nen: {any: [park], examples: [\"Parking {entity}?\"]}\n"
                                                                                   "fr: {any: [garer], examples: [\"Parking {entity} ?\"]}\ntests:\n  - {ask: \"Where can I park my car?\", intent: parking}\n"}});
        staff::DeskOptions options{scene.database, scene.folder / "intents", {}};
        options.accounts.clock = [&] { return scene.now; };
        auto desk = staff::Desk::open(options, *scene.bot).value();
        REQUIRE(desk->answers.intents().size() == 1);
        Browser browser(*desk);
        browser.sign_in("editor@example.org", Office::password);
        auto const stopped = archive(browser, {});
        CHECK(stopped.status == 409);
        CHECK(archive(browser, {{"seen", "yes"}}).status == 409);
        CHECK(has(stopped, "Where can I park my car?"));
        CHECK(has(stopped, "name=\"despite\""));
        CHECK(hidden(stopped.body, "revision") == std::to_string(made));
        CHECK_FALSE(has(stopped, "id=\"complaint\""));
        for (auto const* why : {"", " \u200b"})
            CHECK(has(archive(browser, {{"despite", "yes"}, {"why", why}}), "id=\"complaint\""));
        CHECK(archive(browser, {{"why", "the car park is closed"}}).status == 409);
        CHECK(scene.ask("Where can I park my car?").answer == "Behind the lab.");
        CHECK(archive(browser, {{"despite", "yes"}, {"why", "the car park is closed"}}).status == 303);
        CHECK(scene.ask("Where can I park my car?").status != assistant::Status::answered);
        CHECK(has(browser.get("/console/changes"), "the car park is closed"));
        CHECK(desk->store.with([](auto& store) { return store.audit({}); }).value().front().act.action == "answer.archive-despite");
    }
}

TEST_CASE("the page before archiving is there for answers alone, and tells what visitors do not get", "[console]")
{
    ArchiveScene scene;
    auto secret = staff::tests::answer_about_parking();
    secret.staff_only = true;
    auto const made = scene.publish(secret).value().revision;
    CHECK(has(scene.browser.get("/console/archive/parking"), pages::say("console.answer.archive.unseen", Language::fr).substr(0, 20)));
    CHECK(scene.browser.send("/console/archive/parking", {{"revision", std::to_string(made)}}).status == 303);
    for (auto const* none : {"parking", "nothing", "lab.founded.1", "facts:lab.founded.1"}) {
        INFO(none);
        CHECK(scene.browser.get("/console/archive/" + std::string(none)).status == 404);
        CHECK(scene.browser.send("/console/archive/" + std::string(none), {{"revision", "1"}}).status == 404);
    }
    Browser other(*scene.desk);
    other.sign_in("answerer@example.org", Office::password);
    CHECK(other.get("/console/archive/open").status == 403);
}

TEST_CASE("a fact is archived after a look, with the ways of asking for it, and brought back with one press", "[console]")
{
    ArchiveScene scene;
    auto const version = scene.desk->answers.add_questions(scene.editor, "lab.founded.1", {"How old is the zorblax lab?"}, {}).value();
    REQUIRE(scene.desk->answers.publish(scene.editor, "lab.founded.1", version, "because", true).value().revision > 0);
    CHECK(has(scene.browser.get("/console/row/facts:lab.founded.1"), "/console/row-archive/facts%3Alab.founded.1"));
    auto const look = scene.browser.get("/console/row-archive/facts:lab.founded.1");
    CHECK(look.status == 200);
    CHECK(has(look, pages::say("console.row.archive.askings", Language::fr).substr(0, 20)));
    CHECK(scene.has_row(Table::facts, "lab.founded.1"));
    auto const done = scene.archive("facts:lab.founded.1");
    REQUIRE(done.location.starts_with("/console/history/lab.founded.1?done=archived-row&undo="));
    CHECK_FALSE(scene.has_row(Table::facts, "lab.founded.1"));
    CHECK(scene.desk->answers.knowledge().value().askings.empty());
    CHECK(scene.ask("When was the lab founded?").answer.find("1976") == std::string::npos);
    auto const rows = scene.desk->store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(rows.front().act.action == "rows.archive");
    CHECK(rows.front().act.before.find("1976") != std::string::npos);
    // Its page leads to its history.
    CHECK(scene.browser.get("/console/row/facts:lab.founded.1").location == "/console/history/lab.founded.1");
    CHECK(scene.browser.get("/console/row-archive/facts:lab.founded.1").status == 404);

    REQUIRE(scene.undo(done).status == 303);
    CHECK(scene.has_row(Table::facts, "lab.founded.1"));
    CHECK(scene.desk->answers.knowledge().value().askings.size() == 1);
    CHECK(scene.ask("When was the lab founded?").answer.find("1976") != std::string::npos);
}

TEST_CASE("what something refers to is not archived, and that is listed", "[console]")
{
    ArchiveScene scene;
    auto secret = staff::tests::answer_about_parking();
    secret.staff_only = true;
    secret.entry.source = "web";
    REQUIRE(scene.publish(secret).value().revision > 0);
    for (auto const* row : {"entities:lab", "entities:unit", "sources:web"}) {
        INFO(row);
        auto const look = scene.browser.get("/console/row-archive/" + std::string(row));
        CHECK(has(look, pages::say("console.row.archive.used", Language::fr).substr(0, 20)));
        CHECK(has(look, "unit.part_of.1"));
        CHECK_FALSE(has(look, "name=\"base\""));
        CHECK(scene.browser.send("/console/row-archive/" + std::string(row), {{"base", "999"}}).status == 409);
    }
    CHECK(has(scene.browser.get("/console/row-archive/sources:web"), "/console/answer/parking"));
    // An answer has an archive of its own.
    CHECK(scene.browser.send("/console/row-archive/faq:open", {{"base", "999"}}).status == 404);
    REQUIRE(scene.archive("facts:unit.part_of.1").status == 303);
    REQUIRE(scene.archive("entities:unit").status == 303);
    CHECK_FALSE(scene.has_row(Table::entities, "unit"));
}

TEST_CASE("a row that was changed after it was looked at is not archived", "[console]")
{
    ArchiveScene scene;
    auto const look = scene.browser.get("/console/row-archive/facts:lab.founded.1");
    REQUIRE(scene.desk->tables.set(scene.editor, Table::facts, "lab.founded.1", "review_by", "2030-01-01").value().revision > 0);
    CHECK(scene.browser.send("/console/row-archive/facts:lab.founded.1", {{"base", hidden(look.body, "base")}}).status == 409);
    CHECK(scene.browser.send("/console/row-archive/facts:lab.founded.1", {{"base", "9000000000000"}}).status == 422);
    CHECK(scene.has_row(Table::facts, "lab.founded.1"));
}

TEST_CASE("any earlier version of a row is taken up again from its history, as a draft", "[console]")
{
    ArchiveScene scene;
    auto const name = [&] { return english_name(scene.desk->tables.row(Table::entities, "unit").value().value()); };
    for (auto const* next : {"The Second Unit", "The Third Unit"})
        REQUIRE(scene.desk->tables.set(scene.editor, Table::entities, "unit", "name_en", next).value().revision > 0);
    auto const publish = [&](Response const& restored) {
        REQUIRE(restored.location.starts_with("/console/sheet/entities%3Aunit?done=restored&take-back="));
        auto const check = scene.browser.get(restored.location);
        REQUIRE(scene.browser.send("/console/sheet/entities:unit", {{"version", hidden(check.body, "version")}}).status == 303);
    };
    auto const history = scene.browser.get("/console/history/unit");
    CHECK(has(history, "href=\"/console/row/entities%3Aunit\""));
    CHECK(has(history, "action=\"/console/row-restore/entities%3Aunit\""));
    auto const first = scene.browser.send("/console/row-restore/entities:unit", {{"revision", "1"}});
    CHECK(name() == "The Third Unit");
    publish(first);
    CHECK(name() == "The Unit");
    CHECK(scene.browser.send("/console/row-restore/entities:unit", {{"revision", "1"}}).location == "/console/history/unit?done=restored-already");
    CHECK(scene.browser.send("/console/row-restore/entities:unit", {{"revision", "999"}}).status == 404);
    CHECK(scene.browser.send("/console/row-restore/sources:unit", {{"revision", "1"}}).status == 404);

    SECTION("the draft is taken back with one press")
    {
        auto const again = scene.browser.send("/console/row-restore/entities:unit", {{"revision", "2"}});
        std::smatch found;
        auto const page = scene.browser.get(again.location);
        REQUIRE(std::regex_search(page.body, found, std::regex("/console/take-back/[0-9]+")));
        REQUIRE(scene.browser.send(found[0], {}).status == 303);
        CHECK(scene.desk->store.with([](auto& store) { return store.drafts(); }).value().empty());
    }
    SECTION("also of a row that is archived")
    {
        REQUIRE(scene.archive("facts:unit.part_of.1").status == 303);
        REQUIRE(scene.archive("entities:unit").status == 303);
        auto const page = scene.browser.get("/console/history/unit").body;
        std::smatch found;
        REQUIRE(std::regex_search(page, found, std::regex("name=\"revision\" value=\"([0-9]+)\"><input type=\"hidden\" name=\"which\" value=\"before\">")));
        publish(scene.browser.send("/console/row-restore/entities:unit", {{"revision", found[1]}, {"which", "before"}}));
        CHECK(name() == "The Unit");
    }
    SECTION("by an answerer, who cannot publish it")
    {
        Browser other(*scene.desk);
        other.sign_in("answerer@example.org", Office::password);
        CHECK(other.send("/console/row-restore/entities:unit", {{"revision", "2"}}).status == 303);
        CHECK(other.get("/console/row-archive/entities:unit").status == 403);
        CHECK(name() == "The Unit");
    }
}

TEST_CASE("what is archived stays so when the files come again, until they speak of it anew", "[console]")
{
    ArchiveScene scene;
    REQUIRE(scene.archive("facts:unit.part_of.1").status == 303);
    REQUIRE(scene.archive("entities:unit").status == 303);
    auto files = knowledge::tests::small_folder();
    auto const import = [&] {
        knowledge::tests::write_folder(scene.folder / "data", files);
        return knowledge::tests::import_ok(scene.database, scene.folder / "data");
    };
    CHECK(import().kept == 2);
    CHECK_FALSE(scene.has_row(Table::entities, "unit"));
    files["facts.csv"] += "unit.founded.1,unit,founded,1990,,The unit was founded in 1990.,L'unit\u00e9 a \u00e9t\u00e9 fond\u00e9e en 1990.,1990,,web,public,\r\n";
    CHECK(import().facts.added == 1);
    CHECK(scene.has_row(Table::entities, "unit"));
    CHECK_FALSE(scene.has_row(Table::facts, "unit.part_of.1"));
}
