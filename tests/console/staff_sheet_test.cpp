// Answers for staff alone: in a file of their own, in no other.
#include "visitor.hpp"

#include "knowledge/export.hpp"
#include "pages/texts.hpp"

#include <filesystem>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

struct StaffSheetScene : Office {
    StaffSheetScene()
    {
        browser.sign_in("admin@example.org", Office::password);
        REQUIRE(browser.send("/console/language", {{"lang", "en"}, {"to", "/console"}}).status == 303);
        browser.get("/console/staff-answers");
        auto secret = staff::tests::answer_about_parking();
        secret.staff_only = true;
        secret.entry.answer = {"The code is zebra; {{today}}.", "Le code est zebra ; {{today}}."};
        REQUIRE(publish(secret).value().revision > 0);
    }

    std::string file() { return browser.get("/console/staff-answers.csv").body; }
    Response try_sheet(std::string const& sheet) { return browser.send("/console/staff-answers", {{"sheet", sheet}}); }
    Response put(std::string const& sheet)
    {
        auto const look = try_sheet(sheet);
        return browser.send("/console/staff-answers", {{"sheet", sheet}, {"do", "put"}, {"base", hidden(look.body, "base")}});
    }
    std::vector<knowledge::Published> answers()
    {
        return desk->store.with([](auto& store) { return store.staff_answers(); }).value();
    }

    Browser browser{*desk};
};

std::string with_words(std::string text, std::string const& what, std::string const& with)
{
    return text.replace(text.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("an administrator's export holds the answers for staff alone, and brought back it changes nothing", "[console]")
{
    StaffSheetScene scene;
    auto const saved = scene.browser.get("/console/staff-answers.csv");
    CHECK(saved.type == "text/csv; charset=utf-8");
    CHECK(saved.file_name == "staff-answers.csv");
    CHECK(has(saved, "zebra; {{today}}."));
    CHECK(has(saved, "Where can I park my car?|Is there a car park?"));
    CHECK_FALSE(has(saved, "Is it open?"));
    auto const rows = scene.desk->store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(rows.front().act.action == "answer.export");
    auto const again = scene.try_sheet(saved.body);
    CHECK(again.status == 422);
    CHECK(has(again, pages::say("console.import.no-change", Language::en)));
    auto const before = scene.desk->answers.knowledge().value().revision;
    CHECK(scene.browser.send("/console/staff-answers", {{"sheet", saved.body}, {"do", "put"}, {"base", "999"}}).status == 422);
    CHECK(scene.desk->answers.knowledge().value().revision == before);
}

TEST_CASE("no public export holds an answer for staff alone", "[console]")
{
    StaffSheetScene scene;
    for (auto const* table : {"facts", "entities", "faq", "sources"})
        CHECK_FALSE(has(scene.browser.get("/console/export/" + std::string(table)), "zebra"));
    REQUIRE(staff::tests::failure(knowledge::export_folder(scene.database, scene.folder / "out")) == "");
    for (auto const& file : std::filesystem::directory_iterator(scene.folder / "out"))
        CHECK(knowledge::tests::read_bytes(file.path().string()).find("zebra") == std::string::npos);
    Browser editor(*scene.desk);
    editor.sign_in("editor@example.org", Office::password);
    CHECK(editor.get("/console/staff-answers.csv").status == 403);
    CHECK_FALSE(has(editor.get("/console/table/faq"), "/console/staff-answers"));
}

TEST_CASE("what differs in the file is put in force as one change, for staff alone, and undone as one", "[console]")
{
    StaffSheetScene scene;
    auto const changed = with_words(scene.file(), "The code is zebra", "The code is okapi") + "gate,What is the gate?,C'est quoi le portail ?,A gate.,Un portail.,,web,,\r\n";
    auto const look = scene.try_sheet(changed);
    CHECK(look.status == 200);
    CHECK(has(look, "okapi"));
    CHECK(scene.answers().size() == 1);
    auto const done = scene.put(changed);
    REQUIRE(done.location.starts_with("/console/changes?done=published-rows&undo="));
    CHECK(scene.answers().size() == 2);
    CHECK(scene.answers()[1].answer.entry.answer.en.find("okapi") != std::string::npos);
    CHECK(scene.desk->answers.knowledge().value().faq.size() == 1);
    CHECK(scene.ask("What is the gate?").answer != "A gate.");
    std::smatch undo;
    auto const page = scene.browser.get(done.location);
    REQUIRE(std::regex_search(page.body, undo, std::regex("/console/undo/[0-9]+")));
    REQUIRE(scene.browser.send(undo[0], {}).status == 303);
    REQUIRE(scene.answers().size() == 1);
    CHECK(scene.answers()[0].answer.entry.answer.en.find("zebra") != std::string::npos);
}

TEST_CASE("a file of staff answers with faults, or overtaken, changes nothing", "[console]")
{
    StaffSheetScene scene;
    auto const file = scene.file();
    auto const row = [](char const* id, char const* source) { return std::string(id) + ",What?,Quoi ?,A.,B.,," + source + ",,\r\n"; };
    for (auto const& bad : {file + row("open", "web"), file + row("gate", "nowhere"), file + row("Gate!", "web"), file + row("parking", "web"), std::string("id;kind\na;b\n")}) {
        INFO(bad);
        auto const look = scene.try_sheet(bad);
        CHECK(look.status == 422);
        CHECK_FALSE(has(look, "name=\"do\""));
        CHECK(scene.browser.send("/console/staff-answers", {{"sheet", bad}, {"do", "put"}, {"base", "999"}}).status == 422);
    }
    auto const changed = with_words(file, "The code is zebra", "The code is okapi");
    auto const look = scene.try_sheet(changed);
    auto other = scene.answers()[0].answer;
    other.entry.answer.en = "The code is gnu.";
    REQUIRE(scene.publish(other).value().revision > 0);
    CHECK(scene.browser.send("/console/staff-answers", {{"sheet", changed}, {"do", "put"}, {"base", hidden(look.body, "base")}}).status == 409);
    CHECK(scene.answers()[0].answer.entry.answer.en == "The code is gnu.");
}
