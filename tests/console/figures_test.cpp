// The figures of the desk: tables and files, counted within the chosen days, in plain words.
#include "visitor.hpp"

#include "base/date.hpp"
#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

TEST_CASE("the figures are tables, and files", "[console]")
{
    Office office;
    office.ask("When was the lab founded?");
    office.ask("Where can I park my car?");
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    for (auto const* days : {"7", "30", "90", "x"}) {
        auto const page = browser.get("/console/charts?days=" + std::string(days));
        CHECK(page.status == 200);
        CHECK(count_of(page.body, "data-chart=") == 5);
    }
    CHECK(browser.get("/console/chart/channels?days=7").body.find(",2\r\n") != std::string::npos);
    CHECK(browser.get("/console/chart/unanswered").body.find("park my car") != std::string::npos);
    CHECK(browser.get("/console/chart/nothing").status == 404);
}

TEST_CASE("the questions that wait are counted within the chosen days, like all others", "[console]")
{
    Office office;
    for (auto const* question : {"Where can I park my car?", "Where can I park my car?", "Do you sell zorblax?"})
        office.ask(question);
    office.ago("r1", 20);
    office.ago("r3", 60);
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const rows = [&](std::string const& days) {
        auto const file = browser.get("/console/chart/unanswered?days=" + days).body;
        return file.substr(file.find("\r\n") + 2);
    };
    CHECK(rows("7") == "Where can I park my car?,1\r\n");
    CHECK(rows("30") == "Where can I park my car?,2\r\n");
    CHECK(rows("90") == "Where can I park my car?,2\r\nDo you sell zorblax?,1\r\n");
    CHECK_FALSE(has(browser.get("/console/charts?days=30"), "zorblax"));
    CHECK(has(browser.get("/console/charts?days=90"), "zorblax"));
}

TEST_CASE("the figures say in plain words what they are of, how fast answers are, and how long questions are kept", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    CHECK_FALSE(has(browser.get("/console/charts"), "La moiti\u00e9"));   // nothing was measured
    int number = 0;
    for (auto const took : {250, 300, 20'400})
        for (auto const* channel : {"api", "googlechat"}) {
            knowledge::LoggedQuestion question;
            question.reply_id = "m" + std::to_string(++number);
            question.text = "Where is it?";
            question.channel = channel;
            question.status = "answered";
            question.intent = "location";
            question.facts = {"lab.founded.1", "open"};
            question.took = took;
            office.journal->record(question);
        }
    REQUIRE(staff::tests::failure(office.journal->flush()) == "");
    REQUIRE(staff::tests::failure(office.journal->record(knowledge::Feedback{"m1", true, ""})) == "");
    auto const page = browser.get("/console/charts");
    for (auto const* shown : {">Widget et programmes (API)</th>", ">Google Chat</th>", ">Anglais</th>", ">Le labo a \u00e9t\u00e9 fond\u00e9 en 1976.\u2026</th>", "en moins de 0,3 ms.",
                              "Les questions de plus de 30 jours sont supprim\u00e9es."}) {
        INFO(shown);
        CHECK(has(page, shown));
    }
    CHECK(has(page, '>' + office.desk->guesses.title("location").fr + "</th>"));
    for (auto const* hidden : {">location</th>", ">googlechat</th>", ">en</th>", "lab.founded.1"}) {
        INFO(hidden);
        CHECK_FALSE(has(page, hidden));
    }
    CHECK(has(browser.get("/console/questions"), "<select id=\"channel\""));
    office.desk->keep_days = 0;
    CHECK(has(browser.get("/console/charts"), "Aucune question n"));
}
