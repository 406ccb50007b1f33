// Two people at one text.
#include "visitor.hpp"

#include "knowledge/staff_store.hpp"
#include "pages/texts.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string unescaped(std::string text)
{
    for (auto const& [from, to] : {std::pair("&quot;", "\""), {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

std::string field(std::string const& page, std::string const& name)
{
    std::smatch found;
    if (!std::regex_search(page, found, std::regex("name=\"" + name + "\"[^>]*>\\n([^<]*)</textarea>")))
        return "no " + name;
    return unescaped(found[1]);
}

struct Two : Office {
    Two() : one(*desk), two(*desk)
    {
        one.sign_in("editor@example.org", Office::password);
        two.sign_in("answerer@example.org", Office::password);
    }
    Browser one;
    Browser two;
};

// The form as it stands on the page, with some fields changed.
Fields form_of(Response const& page, Fields const& changed)
{
    Fields out;
    for (auto const* name : {"version", "base", "was"})
        out.emplace_back(name, unescaped(hidden(page.body, name)));
    for (auto const* name : {"questions_fr", "questions_en", "answer_fr", "answer_en"}) {
        out.emplace_back(name, field(page.body, name));
        for (auto const& [other, value] : changed)
            if (other == name)
                out.back().second = value;
    }
    out.emplace_back("entity", "lab");
    out.emplace_back("source", "web");
    return out;
}

}  // namespace

TEST_CASE("what only one of two has changed is joined, and nothing is asked", "[console]")
{
    Two desk;
    auto const page = desk.one.get("/console/edit/open");
    auto const same = desk.two.get("/console/edit/open");
    REQUIRE(desk.one.send("/console/edit/open", form_of(page, {{"answer_en", "Yes, every day."}, {"questions_en", "Is it open?\nOpening?\nOpening hours?"}})).status == 303);
    auto const told = desk.two.send("/console/edit/open", form_of(same, {{"answer_fr", "Oui, tous les jours."}, {"questions_en", "Is it open?\nWhen is it open?"}}));
    CHECK(told.status == 409);
    CHECK(field(told.body, "answer_fr") == "Oui, tous les jours.");
    CHECK(field(told.body, "answer_en") == "Yes, every day.");
    CHECK(field(told.body, "questions_en") == "Is it open?\nWhen is it open?\nOpening hours?\n");
    CHECK(has(told, unescaped(pages::say("console.conflict.theirs", Language::fr))));
    CHECK_FALSE(has(told, pages::say("console.conflict.clash", Language::fr)));
    // Saved as it stands, it is the whole of both.
    REQUIRE(desk.two.send("/console/edit/open", form_of(told, {})).status == 303);
    auto const entry = desk.desk->answers.open("open").value().answer.entry;
    CHECK(entry.answer.en == "Yes, every day.");
    CHECK(entry.answer.fr == "Oui, tous les jours.");
}

TEST_CASE("what both have changed is shown three ways, and is for a person to decide", "[console]")
{
    Two desk;
    auto const page = desk.one.get("/console/edit/open");
    auto const same = desk.two.get("/console/edit/open");
    REQUIRE(desk.one.send("/console/edit/open", form_of(page, {{"answer_en", "Yes, it opens daily."}})).status == 303);
    auto const told = desk.two.send("/console/edit/open", form_of(same, {{"answer_en", "No, it is shut."}}));
    CHECK(told.status == 409);
    CHECK(has(told, pages::say("console.conflict.clash", Language::fr)));
    CHECK(has(told, "<dd class=\"as-sent\">Yes, it is.</dd>"));
    CHECK(has(told, "opens daily."));
    CHECK(field(told.body, "answer_en") == "No, it is shut.");
    CHECK(has(told, "editor@example.org"));
}

TEST_CASE("the script learns with which text the form goes on after it has saved", "[console]")
{
    Two desk;
    auto fields = form_of(desk.one.get("/console/edit/open"), {{"answer_en", "Yes, now."}});
    fields.emplace_back("then", "auto");
    auto const saved = desk.one.send("/console/edit/open", fields);
    REQUIRE(saved.status == 200);
    auto const line = saved.body.find('\n');
    CHECK(saved.body.substr(0, line) == "1");
    CHECK(knowledge::answer_from_json(saved.body.substr(line + 1, saved.body.find('\n', line + 1) - line - 1)).value().entry.answer.en == "Yes, now.");
}

TEST_CASE("who opens what a colleague has open is told, and the colleague too", "[console]")
{
    Two desk;
    CHECK_FALSE(has(desk.one.get("/console/edit/open"), "tag warn"));
    CHECK(has(desk.two.get("/console/edit/open"), "<strong class=\"tag warn\">editor@example.org"));
    CHECK(has(desk.one.send("/console/edit/open", {{"questions_en", "Is it open?"}, {"then", "hints-alone"}}), "answerer@example.org"));
    CHECK_FALSE(has(desk.one.get("/console/row-edit/facts:lab.founded.1"), "tag warn"));
    CHECK(has(desk.two.get("/console/row-edit/facts:lab.founded.1"), "editor@example.org"));
}

TEST_CASE("two at one row of a table: nothing is overwritten", "[console]")
{
    Two desk;
    auto const path = "/console/row-edit/facts:lab.founded.1";
    auto const cells = [](Response const& page, std::string const& text_en, std::string const& text_fr) {
        return Fields{{"version", hidden(page.body, "version")}, {"base", hidden(page.body, "base")}, {"was", unescaped(hidden(page.body, "was"))}, {"entity", "lab"}, {"property", "founded"}, {"value", "1976"}, {"unit", ""},
                      {"text_en", text_en}, {"text_fr", text_fr}, {"valid_from", "1976"}, {"valid_to", ""}, {"source", "web"}, {"layer", "public"}, {"review_by", ""}};
    };
    auto const page = desk.one.get(path);
    REQUIRE(hidden(page.body, "was").find("1976") != std::string::npos);
    std::string const en = "The lab was founded in 1976.";
    std::string const fr = "Le labo a \u00e9t\u00e9 fond\u00e9 en 1976.";
    REQUIRE(desk.one.send(path, cells(page, "The lab began in 1976.", fr)).status == 303);
    auto const told = desk.two.send(path, cells(page, en, "Le labo est n\u00e9 en 1976."));
    CHECK(told.status == 409);
    CHECK(field(told.body, "text_en") == "The lab began in 1976.");
    CHECK(field(told.body, "text_fr") == "Le labo est n\u00e9 en 1976.");
    CHECK(desk.two.send(path, cells(told, "The lab began in 1976.", "Le labo est n\u00e9 en 1976.")).status == 303);
    auto const clash = desk.one.send(path, cells(told, "Another text of 1976.", fr));
    CHECK(clash.status == 409);
    CHECK(field(clash.body, "text_en") == "Another text of 1976.");
}
