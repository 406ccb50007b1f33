// The page of the settings.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

TEST_CASE("an administrator chooses a setting, and takes it back at once or later", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto const now = [&] { return office.desk->settings.value("over").value(); };
    CHECK(has(browser.get("/console/settings"), "name=\"value\" value=\"say\" checked"));
    auto const done = browser.send("/console/setting/over", {{"value", "silent"}});
    REQUIRE(done.status == 303);
    CHECK(now() == "silent");
    auto const page = browser.get(done.location);
    CHECK(has(page, "name=\"value\" value=\"silent\" checked"));
    CHECK(has(page, "undo-now"));
    std::smatch undo;
    REQUIRE(std::regex_search(page.body, undo, std::regex("/console/take-back/[0-9]+")));
    SECTION("at once")
    {
        CHECK(browser.send(undo[0], {{"to", "/console/settings"}}).location.starts_with("/console/settings?done=taken-back"));
        CHECK(now() == "say");
    }
    SECTION("later, from the decisions, by another administrator")
    {
        Browser other(*office.desk);
        other.sign_in("editor@example.org", Office::password);
        CHECK_FALSE(has(other.get("/console/decisions"), undo[0].str()));
        CHECK(other.send(undo[0], {}).status == 404);
        CHECK(now() == "silent");
        auto const decisions = browser.get("/console/decisions");
        CHECK(has(decisions, undo[0].str()));
        CHECK(browser.send(undo[0], {{"to", "/console/decisions"}}).status == 303);
        CHECK(now() == "say");
    }
    SECTION("but not what somebody has chosen since")
    {
        REQUIRE(browser.send("/console/setting/over", {{"value", "say"}}).status == 303);
        CHECK(browser.send(undo[0], {{"to", "/console/decisions"}}).location.find("not-taken-back") != std::string::npos);
        CHECK(now() == "say");
    }
    CHECK(has(browser.get("/console/audit?words=setting.change"), pages::say("console.setting.over.silent", Language::fr)));
}

TEST_CASE("what is no setting, and no value of one, changes nothing", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    CHECK(browser.send("/console/setting/over", {{"value", "never"}}).status == 422);
    CHECK(browser.send("/console/setting/colour", {{"value", "blue"}}).status == 404);
    CHECK(browser.send("/console/setting/over", {{"value", "say"}}).location == "/console/settings?done=setting-same");
    CHECK(office.desk->settings.value("over").value() == "say");
}

TEST_CASE("the page of the settings shows what the command line decides, and no secret", "[console]")
{
    Office office;
    office.desk->keep_days = 45;
    office.desk->command_line = {{"--listen", {"127.0.0.1:8080"}}, {"--origin", {"https://a.example.org", "https://b.example.org"}}, {"--digest-file"}, {"IMMUNOBOT_DIGEST_WEBHOOK", {"https://hook.example.org/s3cret"}, true}};
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    auto const page = browser.get("/console/settings");
    CHECK(has(page, "Les questions de plus de 45 jours sont supprim\u00e9es."));
    for (auto const* shown : {"127.0.0.1:8080", "https://a.example.org", "https://b.example.org", "non d\u00e9finie", "jamais montr\u00e9e", "docs/operations.md"})
        CHECK(has(page, shown));
    CHECK_FALSE(has(page, "s3cret"));
}
