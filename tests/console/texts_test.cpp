// No word is missing in a language, and none of one is left on a page of the other.
#include "visitor.hpp"

#include "console/routes.hpp"
#include "pages/texts.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string sources_in(std::string const& folder)
{
    std::string all;
    for (auto const& entry : std::filesystem::directory_iterator(std::string(IMMUNOBOT_ROOT) + "/src/" + folder)) {
        std::ifstream file(entry.path());
        all.append(std::istreambuf_iterator<char>(file), {});
    }
    return all;
}

}  // namespace

TEST_CASE("every text that the console names exists", "[console]")
{
    auto const all = sources_in("console");
    std::regex const named("say\\((?:[a-z_]+ \\? )?\"([a-z][a-z0-9_.-]*[a-z0-9_])\"[),]|(?:button|action)\\([a-z_]+, \"([a-z][a-z.-]+)\"");
    std::size_t found = 0;
    for (auto at = std::sregex_iterator(all.begin(), all.end(), named); at != std::sregex_iterator(); ++at) {
        std::string const key = (*at)[1].matched ? (*at)[1].str() : (*at)[2].str();
        INFO(key);
        CHECK((pages::has_text("console." + key) || pages::has_text(key)));
        ++found;
    }
    CHECK(found > 80);
}

TEST_CASE("the audit log says in words what was done", "[console]")
{
    auto const all = sources_in("staff");
    std::regex const named("\"((?:account|answer|draft|fact|letter|question|revision|rows|token)\\.[a-z-]+)\"");
    std::size_t found = 0;
    for (auto at = std::sregex_iterator(all.begin(), all.end(), named); at != std::sregex_iterator(); ++at, ++found) {
        INFO((*at)[1].str());
        CHECK(pages::has_text("console.act." + (*at)[1].str()));
    }
    CHECK(found > 20);
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    CHECK(browser.get("/console/audit").body.find(pages::say("console.act.account.sign-in", Language::fr)) != std::string::npos);
}

TEST_CASE("no text of the console stands there twice", "[console]")
{
    std::ifstream file(std::string(IMMUNOBOT_ROOT) + "/web/console/console.csv");
    std::set<std::string> keys;
    for (std::string line; std::getline(file, line);) {
        INFO(line);
        CHECK(keys.insert(line.substr(0, line.find(','))).second);
    }
    CHECK(keys.size() > 300);
}

TEST_CASE("no page shows the name of a text instead of the text", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    office.desk->queue.groups().value();
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    for (auto const* lang : {"fr", "en"}) {
        REQUIRE(browser.send("/console/language", {{"lang", lang}, {"to", "/console"}}).status == 303);
        for (auto const* target : {"/console", "/console?q=lab", "/console/test?q=where", "/console/questions", "/console/question/1", "/console/erase/r1", "/console/help/editor", "/console/drafts", "/console/new", "/console/edit/parking",
                                   "/console/publish/parking", "/console/changes", "/console/accounts", "/console/audit", "/console/help", "/console/answer/open", "/console/history/open", "/console/table/facts", "/console/table/entities", "/console/table/faq", "/console/table/sources", "/console/row/facts:lab.founded.1", "/console/row/entities:lab", "/console/row-edit/facts:", "/console/row-edit/entities:lab", "/console/row-edit/sources:web",
                                   "/console/import/facts", "/console/review", "/console/review?mine=1", "/console/charts", "/console/letters", "/console/message", "/console/me", "/console/nothing"}) {
            INFO(lang << ' ' << target);
            auto const page = std::regex_replace(browser.get(target).body, std::regex("/assets/console\\."), "");
            CHECK(page.find("console.") == std::string::npos);
            CHECK(page.find("{n}") == std::string::npos);
        }
    }
}
