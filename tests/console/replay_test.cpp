// What was said then: given again for the staff, from the facts of that day.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

struct ReplayScene : Office {
    ReplayScene()
    {
        desk = staff::Desk::open({database, options().intents_folder, {}, options().data_folder}, *bot).value();
    }
};

bool says_of_replay(Response const& page, char const* key)
{
    return has(page, pages::say(std::string("console.") + key, Language::en));
}

}  // namespace

TEST_CASE("the page of a question shows what was said then, with the facts of that day", "[console]")
{
    ReplayScene scene;
    auto const told = scene.ask("When was the lab founded?");
    REQUIRE(told.answer.find("1976") != std::string::npos);
    scene.ask("Do you sell zorblax?");
    REQUIRE(scene.desk->queue.groups().value().size() == 1);
    REQUIRE(scene.desk->tables.set(scene.editor, knowledge::Table::facts, "lab.founded.1", "text_en", "The lab was founded in 1977.").value().revision > 0);
    Browser browser(*scene.desk);
    browser.sign_in("answerer@example.org", Office::password);
    REQUIRE(browser.send("/console/language", {{"lang", "en"}, {"to", "/console"}}).status == 303);
    CHECK(has(browser.get("/console/question/1"), "href=\"/console/replay/r2?group=1\""));
    auto const page = browser.get("/console/replay/r1?group=1");
    CHECK(page.status == 200);
    CHECK(has(page, "The lab was founded in 1976."));
    CHECK_FALSE(has(page, "1977"));
    CHECK(says_of_replay(page, "replay.same"));
    CHECK(has(page, "href=\"/console/history/lab.founded.1\""));
    CHECK(has(page, "href=\"/console/question/1\""));
}

TEST_CASE("what cannot be given again, or not to the letter, is said plainly", "[console]")
{
    ReplayScene scene;
    scene.ask("When was the lab founded?");
    Browser browser(*scene.desk);
    browser.sign_in("answerer@example.org", Office::password);
    REQUIRE(browser.send("/console/language", {{"lang", "en"}, {"to", "/console"}}).status == 303);
    SECTION("no longer kept")
    {
        auto const page = browser.get("/console/replay/nothing");
        CHECK(page.status == 404);
        CHECK(says_of_replay(page, "replay.gone"));
    }
    SECTION("asked before it was noted what answers are given from")
    {
        scene.edit_database("UPDATE question_log SET revision = 0");
        auto const page = browser.get("/console/replay/r1");
        CHECK(page.status == 404);
        CHECK(says_of_replay(page, "replay.gone"));
    }
    SECTION("the word lists are others")
    {
        scene.edit_database("UPDATE question_log SET files = 'other', answer = 'other'");
        auto const page = browser.get("/console/replay/r1");
        CHECK(page.status == 200);
        CHECK(has(page, pages::say("console.replay.other-files", Language::en)));
    }
    SECTION("something else had its part")
    {
        scene.edit_database("UPDATE question_log SET answer = 'other'");
        CHECK(has(browser.get("/console/replay/r1"), pages::say("console.replay.other", Language::en)));
    }
    SECTION("the history is damaged")
    {
        REQUIRE(scene.desk->tables.set(scene.editor, knowledge::Table::facts, "lab.founded.1", "value", "1977").value().revision > 0);
        scene.edit_database("UPDATE change SET before = 'not JSON' WHERE row = 'lab.founded.1' AND before IS NOT NULL");
        auto const page = browser.get("/console/replay/r1");
        CHECK(page.status == 503);
        CHECK(says_of_replay(page, "replay.failed"));
    }
}
