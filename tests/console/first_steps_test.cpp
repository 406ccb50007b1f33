// What somebody new is shown, and what of it is ticked.
#include "pages/texts.hpp"
#include "staff/first_steps.hpp"
#include "visitor.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

constexpr char const* steps_of_home = "class=\"first-steps\"";

std::size_t ticked(Response const& page)
{
    return count(page.body, "<strong class=\"tag\">" + pages::say("console.first.done", Language::fr) + "</strong>");
}

}  // namespace

TEST_CASE("the first steps are ticked one by one, and leave the first page of whoever has done them all", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK(has(browser.get("/console"), steps_of_home));
    CHECK(ticked(browser.get("/console")) == 0);
    CHECK_FALSE(has(browser.get("/console?q=founded"), steps_of_home));

    CHECK(browser.send("/console/copied/open", {{"to", "/console"}}).status == 303);
    CHECK(ticked(browser.get("/console")) == 1);
    CHECK(browser.get("/console/test").status == 200);
    CHECK(ticked(browser.get("/console")) == 1);
    for (int times = 0; times < 2; ++times)
        CHECK(browser.get("/console/test?q=When+was+the+lab+founded").status == 200);
    CHECK(ticked(browser.get("/console")) == 2);
    CHECK(office.desk->store.with([](auto& store) { return store.audit({{}, "account.first-try", 10, 0}); }).value().size() == 1);

    knowledge::Answer answer;
    answer.entry = {"park", {"Where can I park my car?"}, {"O\u00f9 me garer ?"}, {"Behind the lab.", "Derri\u00e8re le labo."}, {}, "web", {}, {}};
    auto const person = office.desk->store.with([](auto& store) { return store.account("editor@example.org"); }).value();
    knowledge::Draft draft;
    draft.answer = answer;
    staff::Person const editor{person->id, person->email, person->name, staff::Role::editor, "test"};
    auto const version = office.desk->answers.save(editor, draft);
    REQUIRE(staff::tests::failure(version) == "");
    CHECK(ticked(browser.get("/console")) == 3);
    REQUIRE(staff::tests::failure(office.desk->answers.publish(editor, "park", *version, "new", true)) == "");
    CHECK_FALSE(has(browser.get("/console"), steps_of_home));
    CHECK(ticked(browser.get("/console/first-steps")) == 4);
    CHECK(has(browser.get("/console/help"), "href=\"/console/first-steps\""));
    // Others have theirs before them.
    Browser other(*office.desk);
    other.sign_in("admin@example.org", Office::password);
    CHECK(has(other.get("/console"), steps_of_home));
    CHECK(ticked(other.get("/console")) == 0);
}

TEST_CASE("a first step that was done stays done, and saying when a text goes out is publishing it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK(browser.send("/console/pin/open", {{"on", "0"}}).status == 303);
    CHECK(ticked(browser.get("/console")) == 0);
    CHECK(browser.send("/console/pin/open", {{"on", "1"}}).status == 303);
    CHECK(browser.send("/console/pin/open", {{"on", "0"}}).status == 303);
    CHECK(ticked(browser.get("/console")) == 1);
    CHECK(browser.send("/console/copied/open", {{"to", "/console"}}).status == 303);
    office.edit_database("DELETE FROM staff_use");
    CHECK(ticked(browser.get("/console")) == 1);
    CHECK(office.desk->store.with([](auto& store) { return store.audit({{}, "account.first-look-up", 10, 0}); }).value().size() == 1);

    Fields const texts = {{"key", "answer-00000000cafe"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Derri\u00e8re le labo."}, {"answer_en", "Behind the lab."}, {"then", "stay"}};
    REQUIRE(browser.send("/console/new", texts).status == 303);
    CHECK(ticked(browser.get("/console")) == 2);
    REQUIRE(browser.send("/console/schedule/answer-00000000cafe", {{"version", "1"}, {"day", "2099-01-01"}}).status == 303);
    CHECK(ticked(browser.get("/console")) == 3);
}

TEST_CASE("the first steps are put away and found again, and a reader has only those of a reader", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("viewer@example.org", Office::password);
    auto const home = browser.get("/console");
    CHECK(has(home, steps_of_home));
    CHECK_FALSE(has(home, pages::say("console.first.write", Language::fr)));
    CHECK(browser.send("/console/first-steps", {{"away", "1"}}).location == "/console?done=first-away");
    CHECK_FALSE(has(browser.get("/console"), steps_of_home));
    CHECK(has(browser.get("/console/first-steps"), pages::say("console.first.again", Language::fr)));
    CHECK(browser.send("/console/first-steps", {{"away", "0"}}).location == "/console");
    CHECK(has(browser.get("/console"), steps_of_home));
    // It is kept for the person, not by the browser, and for nobody else.
    CHECK(browser.send("/console/first-steps", {{"away", "1"}}).cookies.empty());
    Browser second(*office.desk);
    second.sign_in("viewer@example.org", Office::password);
    CHECK_FALSE(has(second.get("/console"), steps_of_home));
    CHECK(second.send("/console/first-steps", {{"away", "0"}}).location == "/console");
    // A reader has done all once two are done.
    CHECK(second.send("/console/copied/open", {{"to", "/console"}}).status == 303);
    CHECK(second.get("/console/test?q=When+was+the+lab+founded").status == 200);
    CHECK_FALSE(has(second.get("/console"), steps_of_home));
    Browser other(*office.desk);
    other.sign_in("answerer@example.org", Office::password);
    CHECK(has(other.get("/console"), pages::say("console.first.review", Language::fr)));
}
