// What the desk tells is so, and is told in words.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

struct Signed : Office {
    explicit Signed(std::string const& role) : browser(*desk) { browser.sign_in(role + "@example.org", password); }
    Browser browser;
};

}  // namespace

TEST_CASE("what is found shares a word with what was typed, and leads back to it", "[console]")
{
    Signed office("viewer");
    auto const nothing = office.browser.get("/console?q=xyzzyqq");
    CHECK(has(nothing, pages::say("console.found.none", Language::fr)));
    CHECK_FALSE(has(nothing, "class=\"row\""));
    auto const found = office.browser.get("/console?q=founded+lab");
    CHECK(has(found, "<a href=\"/console/answer/lab.founded.1?q=founded%20lab\">"));
    CHECK(has(office.browser.get("/console/answer/lab.founded.1?q=founded%20lab"), "<a href=\"/console?q=founded%20lab\">"));
    CHECK(has(office.browser.get("/console/answer/lab.founded.1"), "<a href=\"/console\">"));
}

TEST_CASE("a draft that was published meanwhile is not said to be back", "[console]")
{
    Signed office("editor");
    auto& browser = office.browser;
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    auto const sent = browser.send("/console/review/answer-00000000cafe", {{"version", "1"}}).location;
    auto const number = sent.substr(sent.find("take-back=") + 10);
    REQUIRE(browser.send("/console/publish/answer-00000000cafe", {{"version", "2"}}).status == 303);
    auto const undone = browser.send("/console/take-back/" + number, {{"to", "/console/drafts"}});
    REQUIRE(undone.location == "/console/drafts?done=not-taken-back");
    CHECK(has(browser.get(undone.location), pages::say("console.done.not-taken-back", Language::fr)));
}

TEST_CASE("the words of a question that was joined with another are told as long as they are kept", "[console]")
{
    Signed office("editor");
    office.ask("Where can I park my car?");
    office.ask("Does the canteen sell zorblax?");
    auto const groups = office.desk->queue.groups().value();
    REQUIRE(groups.size() == 2);
    REQUIRE(office.browser.send("/console/merge/" + std::to_string(groups[0].id), {{"into", std::to_string(groups[1].id)}}).status == 303);
    auto const page = office.browser.get("/console/decisions");
    CHECK(has(page, groups[0].question));
    CHECK(has(page, pages::say("console.decisions.joined", Language::fr)));
}

TEST_CASE("what became of an account and of a setting is told in words", "[console]")
{
    Signed office("admin");
    auto& browser = office.browser;
    REQUIRE(browser.send("/console/account", {{"email", "viewer@example.org"}, {"role", "answerer"}, {"disabled", "yes"}}).status == 303);
    REQUIRE(browser.send("/console/setting/four-eyes", {{"value", "on"}}).status == 303);
    CHECK(has(browser.get("/console/decisions"), "viewer@example.org\u00A0: r\u00E9ponses, d\u00E9sactiv\u00E9 (avant\u00A0: lecture)"));
    auto const log = browser.get("/console/audit");
    CHECK(has(log, "par mot de passe"));
    CHECK(has(log, "d\u00E9sactiv\u00E9"));
    CHECK(has(log, pages::say("console.setting.four-eyes.on", Language::fr)));
    for (auto const* raw : {"<ins>password", "<ins>on<", "disabled</"})
        CHECK_FALSE(has(log, raw));
}

TEST_CASE("a year alone is no day", "[console]")
{
    Signed office("editor");
    office.edit_database("UPDATE fact SET valid_to = '1995' WHERE id = 'lab.founded.1'");
    auto const page = office.browser.get("/console/answer/lab.founded.1");
    CHECK(has(page, "P\u00E9rim\u00E9 depuis 1995"));
}

TEST_CASE("what the assistant would say can be asked from every page, and help is asked for in French", "[console]")
{
    Signed office("viewer");
    CHECK(has(office.browser.get("/console"), "href=\"/console/test\""));
    CHECK(has(office.browser.get("/console/test"), "autofocus"));
    CHECK(has(office.browser.get("/console/help/search"), "<h1>Aide\u00A0: "));
    CHECK_FALSE(has(office.browser.get("/console/help"), "le bot"));
}
