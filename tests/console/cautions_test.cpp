// What is told about a text before it is published, and stops nothing.
#include "visitor.hpp"

#include "staff/difference.hpp"

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

std::string const french_alone = "Le texte fran\u00e7ais a chang\u00e9, pas le texte anglais";
std::string const english_alone = "Le texte anglais a chang\u00e9, pas le texte fran\u00e7ais";

Fields open_with(std::string const& french, std::string const& english, std::string const& version = "0")
{
    return {{"version", version}, {"questions_fr", "Est-ce ouvert ?"}, {"questions_en", "Is it open?"}, {"answer_fr", french}, {"answer_en", english}, {"source", "web"}};
}

}  // namespace

TEST_CASE("that one language alone has changed is told where an answer is written and checked", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const there = office.desk->answers.open("open").value();
    auto const& was = there.answer.entry.answer;
    struct Row {
        char const* name;
        std::string french;
        std::string english;
        bool tells_french;
        bool tells_english;
    };
    for (Row const& row : {Row{"French", was.fr + " Oui.", was.en, true, false}, Row{"English", was.fr, was.en + " Yes.", false, true}, Row{"both", was.fr + " Oui.", was.en + " Yes.", false, false}, Row{"none", was.fr, was.en, false, false}}) {
        DYNAMIC_SECTION(row.name)
        {
            auto fields = open_with(row.french, row.english);
            fields.emplace_back("base", std::to_string(there.base));
            fields.emplace_back("then", "hints-alone");
            auto const hints = browser.send("/console/edit/open", fields);
            fields.back().second = "stay";
            REQUIRE(browser.send("/console/edit/open", fields).status == 303);
            auto const check = browser.get("/console/publish/open");
            for (auto const& page : {hints, check}) {
                CHECK(has(page, french_alone) == row.tells_french);
                CHECK(has(page, english_alone) == row.tells_english);
            }
            CHECK(has(check, "action=\"/console/publish/open\""));   // it stops nothing
        }
    }
    SECTION("a new answer")
    {
        REQUIRE(browser.send("/console/new", {{"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Oui."}, {"answer_en", "Yes."}}).status == 303);
        CHECK_FALSE(has(browser.get("/console/publish/parking"), "pas le texte"));
    }
}

TEST_CASE("that one language of a fact alone has changed is told with its row", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const edit = browser.get("/console/row-edit/facts:lab.founded.1");
    auto const fields = [&](std::string const& french, std::string const& english, std::string const& version) {
        return Fields{{"version", version}, {"base", hidden(edit.body, "base")}, {"entity", "lab"}, {"property", "founded"}, {"value", "1976"}, {"unit", ""}, {"text_fr", french}, {"text_en", english}, {"valid_from", ""}, {"valid_to", ""}, {"source", "web"}, {"layer", "public"}, {"review_by", ""}};
    };
    REQUIRE(browser.send("/console/row-edit/facts:lab.founded.1", fields("Le labo a bien \u00e9t\u00e9 fond\u00e9 en 1976.", "The lab was founded in 1976.", "0")).status == 303);
    auto const sheet = browser.get("/console/sheet/facts%3Alab.founded.1");
    CHECK(has(sheet, french_alone));
    CHECK(has(sheet, "action=\"/console/sheet/facts%3Alab.founded.1\""));
    REQUIRE(browser.send("/console/row-edit/facts:lab.founded.1", fields("Le labo a bien \u00e9t\u00e9 fond\u00e9 en 1976.", "The lab was indeed founded in 1976.", "1")).status == 303);
    CHECK_FALSE(has(browser.get("/console/sheet/facts%3Alab.founded.1"), "pas le texte"));
}

TEST_CASE("a link that may look like another site is told with its host as the network knows it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    for (auto const* address : {"https://ex\u00e1mple.org/a", "https://xn--exmple-qta.org/a"}) {
        INFO(address);
        Fields fields = {{"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", std::string("Voir [le plan](") + address + ")."}, {"answer_en", "Behind the lab."}, {"then", "hints-alone"}};
        CHECK(has(browser.send("/console/new", fields), "<code>xn--exmple-qta.org</code>"));
        fields.back().second = "stay";
        auto const saved = browser.send("/console/new", fields);
        REQUIRE(saved.status == 303);
        auto const check = "/console/publish/" + saved.location.substr(14, saved.location.find('?') - 14);
        CHECK(has(browser.get(check), "<code>xn--exmple-qta.org</code>"));
        CHECK(has(browser.get(check), "action=\"" + check + "\""));
    }
}

TEST_CASE("a word that mixes alphabets is told while somebody types, before saving refuses it", "[console]")
{
    Office office;
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    Fields fields = {{"questions_fr", "Parking ?"}, {"questions_en", "Parking?"}, {"answer_fr", "Voir https://www.\u0441nrs.fr/plan ici."}, {"answer_en", "Behind the lab."}, {"then", "hints-alone"}};
    CHECK(has(browser.send("/console/new", fields), "Des lettres de deux alphabets"));
    fields.back().second = "stay";
    CHECK(browser.send("/console/new", fields).status == 422);
    fields[2].second = "Voir https://www.cnrs.fr/fr/immunit\u00e9 ici.";
    fields.back().second = "hints-alone";
    auto const well = browser.send("/console/new", fields);
    CHECK_FALSE(has(well, "deux alphabets"));
    CHECK_FALSE(has(well, "adresse incompl\u00e8te"));
}

TEST_CASE("which text has changed alone", "[console]")
{
    LocalText const was{"a", "b"};
    CHECK(staff::changed_alone(was, {"a", "c"}) == Language::fr);
    CHECK(staff::changed_alone(was, {"c", "b"}) == Language::en);
    CHECK_FALSE(staff::changed_alone(was, {"c", "d"}));
    CHECK_FALSE(staff::changed_alone(was, was));
    CHECK_FALSE(staff::changed_alone({}, was));
}
