// A question that somebody has begun to answer is not answered twice without a word.
#include "visitor.hpp"

#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

TEST_CASE("the page of a question, and the form for a new answer to it, name the draft that was begun", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    auto const group = office.desk->queue.groups().value().at(0);
    auto const number = std::to_string(group.id);
    Browser first(*office.desk);
    first.sign_in("answerer@example.org", Office::password);
    Browser second(*office.desk);
    second.sign_in("editor@example.org", Office::password);
    std::string const draft = "/console/edit/answer-00000000cafe?group=" + number;
    CHECK_FALSE(has(second.get("/console/question/" + number), draft));

    // Other words than the visitor's: the draft is known by where it was begun.
    first.get("/console/new?group=" + number);
    REQUIRE(first.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}, {"group", number}, {"then", "review"}}).status == 303);
    for (auto const& path : {"/console/question/" + number, "/console/new?group=" + number}) {
        INFO(path);
        auto const page = second.get(path);
        CHECK(has(page, draft));
        CHECK(has(page, "answerer@example.org a commenc\u00E9 une r\u00E9ponse"));
        CHECK(has(page, pages::say("console.state.review", Language::fr)));
    }
    CHECK_FALSE(has(second.get("/console/new"), draft));
    // Thrown away, it is named no longer.
    REQUIRE(second.send("/console/discard/answer-00000000cafe", {{"version", "2"}}).status == 303);
    CHECK_FALSE(has(second.get("/console/question/" + number), draft));
}

TEST_CASE("a draft with the words of a question is named wherever it was begun", "[console]")
{
    Office office;
    office.ask("Where can I park my car?");
    auto const group = office.desk->queue.groups().value().at(0);
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    REQUIRE(browser.send("/console/new", {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", group.question}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
    CHECK(has(browser.get("/console/question/" + std::to_string(group.id)), "/console/edit/answer-00000000cafe?group="));
}
