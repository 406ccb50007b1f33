// Every screen has its help, and a way to it.
#include "visitor.hpp"

#include "console/help.hpp"
#include "console/routes.hpp"
#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

TEST_CASE("every screen has a page of help of its own, in both languages", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    std::size_t seen = 0;
    for (auto const* lang : {"fr", "en"}) {
        REQUIRE(browser.send("/console/language", {{"lang", lang}, {"to", "/console"}}).status == 303);
        for (auto const& route : routes()) {
            bool const is_screen = !route.post && route.role && !route.path.starts_with("/console/help") && !route.path.starts_with("/console/export") && !route.path.starts_with("/console/chart/") && !route.path.ends_with(".csv");
            if (!is_screen)
                continue;
            INFO(lang << ' ' << route.path);
            auto const address = help_address(route.path);
            CHECK(address.starts_with("/console/help/"));
            auto const page = browser.get(address);
            CHECK(page.status == 200);
            CHECK(page.body.find("console.help") == std::string::npos);
            CHECK(page.body.find("console.key") == std::string::npos);
            CHECK(page.body.find("<kbd>/</kbd>") != std::string::npos);
            ++seen;
        }
    }
    CHECK(seen > 40);
    CHECK(browser.get("/console/questions").body.find("href=\"/console/help/questions\" aria-label=\"" + pages::say("console.help.here", Language::en)) != std::string::npos);
    CHECK(browser.get("/console/help/nothing").status == 404);
    CHECK(help_address("/console/help") == "/console/help");
}

TEST_CASE("the overview names the screens that one may see", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    auto const page = browser.get("/console/help").body;
    CHECK(page.find("/console/help/search\"") != std::string::npos);
    CHECK(page.find("/console/help/questions\"") == std::string::npos);
    CHECK(page.find("/console/help/audit\"") == std::string::npos);
}
