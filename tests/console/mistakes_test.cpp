// Mistakes in what is typed: the page says which, keeps all of it, and goes on as what it was.
#include "visitor.hpp"

#include "knowledge/sheet.hpp"
#include "pages/texts.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

// What somebody sends who has typed a new answer, but for one field.
Fields new_answer(std::string const& field, std::string const& value)
{
    Fields fields = {{"version", "0"}, {"base", "0"}, {"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}, {"key", "answer-00000000cafe"}, {"then", "publish"}};
    for (auto& [name, text] : fields)
        if (name == field)
            text = value;
    if (field == "valid_to")
        fields.insert(fields.begin(), {field, value});
    return fields;
}

std::string said(char const* key)
{
    return pages::say(std::string("console.") + key, Language::fr);
}

}  // namespace

TEST_CASE("a new answer with a mistake stays one, keeps what was typed, and is saved by the next press", "[console]")
{
    for (auto const& [field, wrong] : {std::pair<std::string, std::string>{"answer_fr", std::string(1'300, 'x')}, {"valid_to", "demain"}}) {
        INFO(field);
        Office office;
        Browser browser(*office.desk);
        browser.sign_in("editor@example.org", Office::password);
        browser.get("/console/new");
        auto const told = browser.send("/console/new", new_answer(field, wrong));
        CHECK(told.status == 422);
        CHECK(has(told, "action=\"/console/new\""));
        CHECK(has(told, wrong));
        CHECK_FALSE(has(told, "\u00B7 publi\u00E9"));
        auto const saved = browser.send("/console/new", new_answer(field, field == "valid_to" ? "2027-12-31" : "Oui."));
        CHECK(saved.location == "/console/publish/answer-00000000cafe");
        CHECK(office.desk->answers.open("answer-00000000cafe").value().version == 1);
    }
}

TEST_CASE("a draft that cannot save itself is told why, as the page would say it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    browser.get("/console/new");
    auto fields = new_answer("valid_to", "demain");
    std::erase_if(fields, [](auto const& field) { return field.first == "then"; });
    fields.emplace_back("then", "auto");
    auto const told = browser.send("/console/new", fields);
    CHECK(told.status == 422);
    CHECK(told.type == "text/plain; charset=utf-8");
    CHECK(told.body == said("field.valid_to") + " : " + said("fault.date") + '\n');
}

TEST_CASE("a day as it is written here is taken as meant, in a text, in a row, and for publishing on it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    browser.get("/console/new");
    REQUIRE(browser.send("/console/new", new_answer("valid_to", " 31/12/2099 ")).status == 303);
    CHECK(office.desk->answers.open("answer-00000000cafe").value().answer.entry.valid_to == "2099-12-31");

    auto const told = browser.send("/console/schedule/answer-00000000cafe", {{"version", "1"}, {"day", "demain <matin>"}});
    CHECK(told.status == 422);
    CHECK(has(told, said("fault.date")));
    CHECK(has(told, R"( aria-describedby="day-fault")"));
    CHECK(has(told, "value=\"demain &lt;matin&gt;\""));
    CHECK(has(told, "action=\"/console/schedule/answer-00000000cafe\""));
    CHECK(browser.send("/console/schedule/answer-00000000cafe", {{"version", "1"}, {"day", "31/12/2098"}}).status == 303);
    CHECK(office.desk->answers.open("answer-00000000cafe").value().state == "scheduled");

    auto const row = browser.get("/console/row-edit/facts:lab.founded.1");
    CHECK(has(row, said("day.how")));
    Fields cells;
    for (auto const* name : {"entity", "property", "value", "unit", "text_en", "text_fr", "valid_from", "valid_to", "source", "layer", "review_by"}) {
        auto const& columns = knowledge::form_of(knowledge::Table::facts).columns;
        auto const at = std::ranges::find(columns, std::string_view(name), [](auto const& column) { return std::string_view(column.name); });
        auto const kept = office.desk->tables.row(knowledge::Table::facts, "lab.founded.1").value().value();
        cells.emplace_back(name, std::string_view(name) == "review_by" ? "31/12/2097" : kept[static_cast<std::size_t>(at - columns.begin())] + "\u200B");
    }
    cells.emplace_back("version", hidden(row.body, "version"));
    cells.emplace_back("base", hidden(row.body, "base"));
    CHECK(browser.send("/console/row-edit/facts:lab.founded.1", cells).location == "/console/sheet/facts%3Alab.founded.1");
    CHECK(has(browser.get("/console/row-edit/facts:lab.founded.1"), "value=\"2097-12-31\""));
}

TEST_CASE("what nobody sees and means nothing is taken out; what turns the writing round is found by the word before it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    browser.get("/console/new");
    REQUIRE(browser.send("/console/new", new_answer("answer_fr", "\uFEFFOui, der\u00ADri\u200B\u00E8re\u2060.")).status == 303);
    CHECK(office.desk->answers.open("answer-00000000cafe").value().answer.entry.answer.fr == "Oui, derri\u00E8re.");
    auto const told = browser.send("/console/edit/answer-00000000cafe", {{"version", "1"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui, derri\u00E8re \u202Ele labo."}, {"then", "publish"}});
    CHECK(told.status == 422);
    CHECK(has(told, said("fault.invisible")));
    CHECK(has(told, "Il est juste apr\u00E8s \u00AB\u00A0derri\u00E8re\u00A0\u00BB."));
    auto const mixed = browser.send("/console/edit/answer-00000000cafe", {{"version", "1"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui, l\u0430bo ouvert."}, {"then", "publish"}});
    CHECK(has(mixed, "C\u2019est \u00AB\u00A0l\u0430bo\u00A0\u00BB."));
}

TEST_CASE("who cannot publish sends for review from the form, which says what is missing", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("answerer@example.org", Office::password);
    auto const form = browser.get("/console/new");
    CHECK_FALSE(has(form, said("editor.check")));
    CHECK(form.body.find("value=\"review\"") < form.body.find("value=\"stay\""));
    auto fields = new_answer("answer_en", "");
    fields.back().second = "review";
    auto const incomplete = browser.send("/console/new", fields);
    REQUIRE(incomplete.location == "/console/edit/answer-00000000cafe?check=1&done=saved");
    auto const told = browser.get(incomplete.location);
    CHECK(has(told, "id=\"answer_en-fault\""));
    fields = new_answer("", "");
    fields.back().second = "review";
    fields[0].second = "1";
    CHECK(browser.send("/console/edit/answer-00000000cafe", fields).location.starts_with("/console/drafts?done=review"));
    CHECK(office.desk->answers.open("answer-00000000cafe").value().state == "review");
}

TEST_CASE("previews say whether a draft is saved, and are led to", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    browser.get("/console/new");
    auto fields = new_answer("", "");
    fields.back().second = "preview";
    auto const fresh = browser.send("/console/new", fields);
    CHECK(has(fresh, said("preview.lead")));
    CHECK(has(fresh, "id=\"preview\" tabindex=\"-1\" autofocus"));
    fields.back().second = "stay";
    REQUIRE(browser.send("/console/new", fields).status == 303);
    fields.back().second = "preview";
    fields[0].second = "1";
    auto const kept = browser.send("/console/edit/answer-00000000cafe", fields);
    CHECK(has(kept, said("preview.lead.draft")));
    CHECK_FALSE(has(kept, said("preview.lead")));
}

TEST_CASE("no editor of an answer opens for rows of a table, or for what there is not", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const base = office.desk->answers.knowledge().value().revision;
    std::string const sheet = office.desk->tables.new_sheet_id(knowledge::Table::sources);
    REQUIRE(office.desk->tables.propose(office.editor, sheet, 0, base, knowledge::Table::sources, {{"press", "The press", "The press", "https://example.org/press", "", "2026-11-23"}}).has_value());
    for (auto const& id : {sheet, std::string("facts:sheet-1"), std::string("facts:lab.founded.1"), std::string("nothing")}) {
        INFO(id);
        for (auto const* page : {"/console/edit/", "/console/publish/"}) {
            auto const told = browser.get(page + id);
            CHECK(told.status == 404);
            CHECK_FALSE(has(told, "questions_fr"));
        }
        CHECK(browser.send("/console/edit/" + id, {{"version", "1"}, {"questions_fr", "Parking ?"}, {"answer_fr", "Oui."}}).status == 404);
        CHECK_FALSE(office.desk->answers.add_questions(office.editor, id, {"Where?"}, {}).has_value());
    }
    CHECK(office.desk->tables.open(sheet).value().draft.version == 1);
}
