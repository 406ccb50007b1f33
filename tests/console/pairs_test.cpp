// A FAQ from a spreadsheet: looked at, made as drafts, taken back.
#include "visitor.hpp"

#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string said_of_pairs(char const* key)
{
    return pages::say(std::string("console.") + key, Language::en);
}

struct PairsScene : Office {
    PairsScene()
    {
        browser.sign_in("editor@example.org", Office::password);
        REQUIRE(browser.send("/console/language", {{"lang", "en"}, {"to", "/console"}}).status == 303);
        browser.get("/console/pairs");
    }

    Response try_sheet(std::string const& sheet) { return browser.send("/console/pairs", {{"sheet", sheet}}); }
    Response make(std::string const& sheet) { return browser.send("/console/pairs", {{"sheet", sheet}, {"do", "make"}}); }
    std::vector<knowledge::Draft> drafts()
    {
        return desk->store.with([](auto& store) { return store.drafts(); }).value();
    }

    knowledge::Draft draft_of(std::string const& question)
    {
        for (auto const& draft : drafts())
            for (auto const* questions : {&draft.answer.entry.questions_fr, &draft.answer.entry.questions_en})
                if (std::ranges::find(*questions, question) != questions->end())
                    return draft;
        FAIL("no draft has the question " << question);
        return {};
    }

    Browser browser{*desk};
};

// As Excel in French saves it.
std::string const faq_sheet = "\xEF\xBB\xBFquestion_fr;answer_fr;question_en;answer_en\r\n"
                          "O\u00f9 est le parking ?;Derri\u00e8re le labo.;Where is the car park?;Behind the lab.\r\n"
                          "Peut-on manger sur place ?;\"Oui ; au sous-sol.\";;\r\n"
                          ";;Is there a library?;Yes.\r\n";

}  // namespace

TEST_CASE("a FAQ of four columns becomes drafts, after a look, and is undone as one", "[console]")
{
    PairsScene scene;
    CHECK(has(scene.browser.get("/console/table/faq"), "href=\"/console/pairs\""));
    auto const look = scene.try_sheet(faq_sheet);
    CHECK(look.status == 200);
    CHECK(has(look, pages::count("console.pairs.new", 3, Language::en)));
    CHECK(has(look, "Oui ; au sous-sol."));
    CHECK(has(look, "<th scope=\"row\">4</th>"));
    CHECK(scene.drafts().empty());
    auto const made = scene.make(faq_sheet);
    REQUIRE(made.location.starts_with("/console/drafts?done=imported-pairs&take-back="));
    REQUIRE(scene.drafts().size() == 3);
    auto const parking = scene.draft_of("O\u00f9 est le parking ?");
    CHECK(parking.answer.entry.answer == LocalText{"Behind the lab.", "Derri\u00e8re le labo."});
    CHECK(parking.answer.entry.questions_en == std::vector<std::string>{"Where is the car park?"});
    CHECK(parking.author == "editor@example.org");
    CHECK(scene.draft_of("Peut-on manger sur place ?").answer.entry.questions_en.empty());
    CHECK(scene.draft_of("Is there a library?").answer.entry.answer.fr.empty());
    auto const rows = scene.desk->store.with([](auto& store) { return store.audit({}); }).value();
    CHECK(rows.front().act.action == "draft.import");
    CHECK(rows.front().act.after.find(parking.answer.entry.id) != std::string::npos);
    CHECK(has(scene.browser.get("/console/decisions"), pages::count("console.decisions.drafts", 3, Language::en)));

    std::smatch undo;
    auto const page = scene.browser.get(made.location);
    REQUIRE(std::regex_search(page.body, undo, std::regex("action=\"(/console/take-back/[0-9]+)\" class=\"inline undo-now\"")));
    SECTION("all of it")
    {
        CHECK(scene.browser.send(undo[1], {{"to", "/console/drafts"}}).location == "/console/drafts?done=taken-back");
        CHECK(scene.drafts().empty());
        // And made again.
        CHECK(scene.make(faq_sheet).status == 303);
        CHECK(scene.drafts().size() == 3);
    }
    SECTION("but for what was edited since")
    {
        auto draft = parking;
        draft.answer.entry.answer.en = "Behind the lab, on the left.";
        REQUIRE(scene.desk->answers.save(scene.editor, draft));
        CHECK(scene.browser.send(undo[1], {{"to", "/console/drafts"}}).location == "/console/drafts?done=bulk-some");
        REQUIRE(scene.drafts().size() == 1);
        CHECK(scene.drafts()[0].answer.entry.id == parking.answer.entry.id);
    }
    SECTION("not by an answerer")
    {
        Browser other(*scene.desk);
        other.sign_in("answerer@example.org", Office::password);
        CHECK(other.get("/console/pairs").status == 403);
        CHECK(other.send(undo[1], {}).status == 404);
        CHECK(scene.drafts().size() == 3);
    }
    SECTION("and the same sheet is all there already")
    {
        auto const again = scene.make(faq_sheet);
        CHECK(again.status == 422);
        CHECK(has(again, pages::count("console.pairs.doubled", 3, Language::en)));
        CHECK(has(again, "href=\"/console/edit/" + parking.answer.entry.id + '"'));
        CHECK(scene.drafts().size() == 3);
    }
}

TEST_CASE("questions that belong to other answers stop the whole import, each with its line", "[console]")
{
    PairsScene scene;
    auto const version = scene.desk->answers.add_questions(scene.editor, "lab.founded.1", {"How old is the lab?"}, {}).value();
    REQUIRE(scene.desk->answers.publish(scene.editor, "lab.founded.1", version, "because", true).value().revision > 0);
    auto secret = staff::tests::answer_about_parking();
    secret.staff_only = true;
    REQUIRE(scene.publish(secret).value().revision > 0);
    struct Row {
        char const* row;
        char const* owner;   // empty: a line above
    };
    for (Row const& row : {Row{";;IS IT OPEN;No.", "/console/edit/open"}, Row{"C'est ouvert ?;Oui, c'est ouvert.;A new one?;Yes, it is.", "/console/edit/open"}, Row{";;How old is the lab ?;Fifty.", "/console/answer/lab.founded.1"},
                           Row{";;Where can I park my car?;In front.", "/console/edit/parking"}, Row{";;where is the CAR PARK;In front.", ""}}) {
        INFO(row.row);
        auto const whole = faq_sheet + row.row + "\r\n";
        auto const look = scene.try_sheet(whole);
        CHECK(look.status == 422);
        CHECK(has(look, pages::count("console.pairs.conflicts", 1, Language::en)));
        CHECK(has(look, said_of_pairs("pairs.stopped").substr(0, 20)));
        CHECK(has(look, "<th scope=\"row\">5</th>"));
        CHECK(has(look, *row.owner ? std::string(row.owner) : pages::say("console.pairs.line", Language::en, {{"line", "2"}})));
        CHECK_FALSE(has(look, "name=\"do\""));
        CHECK(scene.make(whole).status == 422);
        CHECK(scene.drafts().empty());
    }
    // With the same answer it is no conflict, but there already.
    auto const there = scene.try_sheet(faq_sheet + ";;Is it open?;\"Yes, it is.\"\r\nPeut-on manger sur place?;\"Oui ; au sous-sol.\";;\r\n");
    CHECK(there.status == 200);
    CHECK(has(there, pages::count("console.pairs.new", 3, Language::en)));
    CHECK(has(there, pages::count("console.pairs.doubled", 2, Language::en)));
}

TEST_CASE("what is wrong with a sheet of pairs is told by line and column", "[console]")
{
    PairsScene scene;
    struct Row {
        std::string sheet;
        std::string cells;
        char const* why;
    };
    for (Row const& row : {Row{"question_fr;answer_fr\n;Oui.\n", "<th scope=\"row\">2</th><td>question_fr</td>", "fault.empty"}, Row{"question_fr;answer_fr\nO\u00f9 ?;\n", "<th scope=\"row\">2</th><td>answer_fr</td>", "fault.empty"},
                           Row{"question_fr;answer_fr\na|b;Oui.\n", "<th scope=\"row\">2</th><td>question_fr</td>", "fault.bar"}, Row{"answer_en;question_en\n" + std::string(1'300, 'x') + ";What?\n", "<th scope=\"row\">2</th><td>answer_en</td>", "fault.long"},
                           Row{"question_fr;answer_fr\na;b\n" + std::string(301, 'x') + ";Oui.\n", "<th scope=\"row\">3</th><td>question_fr</td>", "fault.long"}, Row{"question_fr;reponse\na;b\n", "<td>reponse</td>", "rule.K009"}, Row{"question_fr;answer_fr\na;b;c\n", "<th scope=\"row\">2</th>", "rule.K005"}}) {
        INFO(row.cells);
        auto const look = scene.try_sheet(row.sheet);
        CHECK(look.status == 422);
        CHECK(has(look, row.cells));
        CHECK(has(look, said_of_pairs(row.why).substr(0, 15)));
        CHECK(scene.make(row.sheet).status == 422);
    }
    CHECK(scene.try_sheet("question_fr;answer_fr\n").status == 422);
    CHECK(scene.try_sheet("").status == 422);
    std::string many = "question_fr;answer_fr\n";
    for (int i = 0; i < 1'001; ++i)
        many += "Question " + std::to_string(i) + " ?;Oui.\n";
    CHECK(has(scene.try_sheet(many), said_of_pairs("rule.K007")));
    CHECK(scene.drafts().empty());
}

TEST_CASE("a file of pairs may have Excel's own letters, and is made as it was looked at", "[console]")
{
    PairsScene scene;
    auto request = scene.browser.blank("/console/pairs");
    request.post = true;
    request.origin = "http://desk.test";
    request.content_type = "multipart/form-data; boundary=mark";
    request.body = "--mark\r\nContent-Disposition: form-data; name=\"token\"\r\n\r\n" + scene.browser.token() +
                   "\r\n--mark\r\nContent-Disposition: form-data; name=\"file\"; filename=\"faq.csv\"\r\n\r\nquestion_fr;answer_fr\r\nO\xF9 est-ce ?;\"L\xE0.\r\nEn bas.\"\r\n\r\n--mark--\r\n";
    auto const look = scene.browser.raw(request);
    CHECK(look.status == 200);
    CHECK(has(look, said_of_pairs("import.was-windows")));
    std::smatch kept;
    REQUIRE(std::regex_search(look.body, kept, std::regex("<textarea name=\"sheet\" hidden>\n([^<]*)</textarea>")));
    auto bytes = kept[1].str();
    for (auto at = bytes.find("&quot;"); at != std::string::npos; at = bytes.find("&quot;"))
        bytes.replace(at, 6, "\"");
    REQUIRE(scene.make(bytes).status == 303);
    REQUIRE(scene.drafts().size() == 1);
    CHECK(scene.drafts()[0].answer.entry.questions_fr[0] == "O\u00f9 est-ce ?");
    CHECK(scene.drafts()[0].answer.entry.answer.fr == "L\u00e0.\nEn bas.");
}
