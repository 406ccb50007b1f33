// No word is missing in a language, and none of one is left on a page of the other.
#include "../time_zone.hpp"
#include "visitor.hpp"

#include "console/routes.hpp"
#include "pages/texts.hpp"

#include <algorithm>
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

// What somebody who reads the page in French sees or hears of it; without what is in English because it is: texts for visitors in
// English, their questions, and names of columns and files.
std::string read_by_french(std::string page)
{
    for (auto const* part : {"<head>[\\s\\S]*?</head>", "<([a-z0-9]+)[^>]* lang=\"en\"[^>]*>[\\s\\S]*?</\\1>", "<textarea[\\s\\S]*?</textarea>", "<code>[^<]*</code>", "<q[^>]*>[^<]*</q>"})
        page = std::regex_replace(page, std::regex(part), " ");
    std::string spoken;
    std::regex const heard(" (?:aria-label|title|placeholder|data-none|data-some)=\"([^\"]*)\"");
    for (auto at = std::sregex_iterator(page.begin(), page.end(), heard); at != std::sregex_iterator(); ++at)
        spoken += (*at)[1].str() + ' ';
    page = spoken + std::regex_replace(page, std::regex("<[^>]*>"), " ");
    for (auto const* data : {"The lab was founded in 1976.", "The unit is part of the lab.", "Yes, it is.", "Is it open?", "Opening?", "The page", "The cluster", "The Lab", "The Unit", "Where can I park my car?", "Where is the lab?"})
        for (auto at = page.find(data); at != std::string::npos; at = page.find(data))
            page.erase(at, std::string_view(data).size());
    return page;
}

std::vector<std::string> const pages_of_all = {"/console", "/console?q=lab", "/console/test?q=Where+is+the+lab%3F", "/console/test?q=O%C3%B9+est+le+labo+%3F", "/console/questions", "/console/questions?state=ignored", "/console/question/1", "/console/replay/r1",
    "/console/erase/r1", "/console/drafts", "/console/new", "/console/edit/answer-00000000cafe", "/console/publish/answer-00000000cafe", "/console/changes", "/console/decisions", "/console/accounts", "/console/tokens", "/console/settings", "/console/audit", "/console/help", "/console/help/search",
    "/console/help/editor", "/console/help/questions", "/console/help/import", "/console/help/audit", "/console/answer/open", "/console/archive/open", "/console/history/open", "/console/table/entities", "/console/table/sources", "/console/row/facts:lab.founded.1",
    "/console/row/entities:lab", "/console/row-edit/facts:", "/console/row-edit/facts:lab.founded.1", "/console/row-edit/entities:lab", "/console/row-edit/sources:web", "/console/row-archive/facts:lab.founded.1", "/console/row-archive/entities:lab", "/console/history/lab.founded.1", "/console/import/facts", "/console/pairs", "/console/staff-answers", "/console/review", "/console/charts",
    "/console/letters", "/console/message", "/console/me", "/console/nothing", "/console/sign-in"};

}  // namespace

TEST_CASE("no word of English is left on a French page", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    office.desk->queue.groups().value();
    Browser browser(*office.desk);
    browser.sign_in("admin@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    REQUIRE(browser.send("/console/take/1", {{"version", "1"}}).status == 303);
    std::regex const english("\\b(?:the|of|and|by|with|is|are|was|were|this|that|you|your|not|nothing|words?|keywords?|wordings|said|accounts|function|filler|unknown|answered|from|for|to be|which|when|where|has|have)\\b", std::regex::icase);
    for (auto const& target : pages_of_all) {
        auto const text = read_by_french(browser.get(target).body);
        std::smatch found;
        bool const left = std::regex_search(text, found, english);
        INFO(target << ": " << (left ? text.substr(static_cast<std::size_t>(std::max<std::ptrdiff_t>(0, found.position() - 60)), 140) : std::string()));
        CHECK_FALSE(left);
    }
}

TEST_CASE("times are those of the server's clocks, and each page says so", "[console]")
{
    TimeZone const there(paris_time);
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    REQUIRE(browser.send("/console/schedule/answer-00000000cafe", {{"version", "1"}, {"day", "2099-01-01"}}).status == 303);
    CHECK(office.desk->answers.open("answer-00000000cafe").value().publish_at == 4'070'905'200);   // 2098-12-31 23:00 UTC
    auto const drafts = browser.get("/console/drafts");
    CHECK(has(drafts, "1er\u00a0janvier 2099, 00:00"));
    CHECK_FALSE(has(drafts, " UTC<"));
    CHECK(std::regex_search(drafts.body, std::regex("serveur \\(UTC\\+[12]\\)")));
}

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
    std::regex const named("\"((?:account|answer|draft|fact|letter|question|revision|rows|setting|token)\\.[a-z-]+)\"");
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
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    for (auto const* lang : {"fr", "en"}) {
        REQUIRE(browser.send("/console/language", {{"lang", lang}, {"to", "/console"}}).status == 303);
        for (auto const* target : {"/console", "/console?q=lab", "/console/test?q=where", "/console/questions", "/console/question/1", "/console/replay/r1", "/console/erase/r1", "/console/help/editor", "/console/drafts", "/console/new", "/console/edit/answer-00000000cafe",
                                   "/console/publish/answer-00000000cafe", "/console/changes", "/console/decisions", "/console/accounts", "/console/audit", "/console/help", "/console/answer/open", "/console/archive/open", "/console/history/open", "/console/table/facts", "/console/table/entities", "/console/table/faq", "/console/table/sources", "/console/row/facts:lab.founded.1", "/console/row/entities:lab", "/console/row-edit/facts:", "/console/row-edit/entities:lab", "/console/row-edit/sources:web",
                                   "/console/row-archive/facts:lab.founded.1", "/console/row-archive/entities:lab", "/console/history/lab.founded.1", "/console/import/facts", "/console/pairs", "/console/staff-answers", "/console/review", "/console/review?mine=1", "/console/charts", "/console/letters", "/console/message", "/console/me", "/console/nothing"}) {
            INFO(lang << ' ' << target);
            auto const page = std::regex_replace(browser.get(target).body, std::regex("/assets/console\\."), "");
            CHECK(page.find("console.") == std::string::npos);
            CHECK(page.find("{n}") == std::string::npos);
            auto const escaped = page.find("=&quot;");   // markup that was taken for text
            CHECK((escaped == std::string::npos ? "" : page.substr(escaped - std::min<std::size_t>(escaped, 60), 120)) == "");
        }
    }
}
