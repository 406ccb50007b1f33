// Answers that have the text of a fact in them: what visitors are told, and what staff see of it.
#include "pages/texts.hpp"
#include "visitor.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::console;
using namespace immunobot::console::tests;

namespace {

knowledge::Answer answer_with(std::string en, std::string fr)
{
    knowledge::Answer answer;
    answer.entry = {"open", {"Is it open?"}, {"C'est ouvert ?"}, {std::move(en), std::move(fr)}, {}, "web", {}, {}};
    return answer;
}

std::vector<std::string> faults_of(Office& office, knowledge::Answer const& answer)
{
    std::vector<std::string> out;
    for (auto const& fault : office.desk->answers.faults(answer).value())
        out.push_back(fault.field + ' ' + fault.what);
    return out;
}

}  // namespace

TEST_CASE("a fact in an answer is edited once and changes there", "[console]")
{
    Office office;
    REQUIRE(staff::tests::failure(office.publish(answer_with("Yes. **{{lab.founded.1}}**", "Oui. {{lab.founded.1}}"), true)) == "");
    CHECK(office.ask("Is it open?").answer == "Yes. The lab was founded in 1976.");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    CHECK(has(browser.get("/console/answer/open"), "Yes. <strong>The lab was founded in 1976.</strong>"));
    CHECK(has(browser.get("/console/edit/open"), "Yes. **{{lab.founded.1}}**"));
    auto const preview = browser.send("/console/edit/open", {{"questions_en", "Is it open?"}, {"answer_en", "{{lab.founded.1}}"}, {"answer_fr", ""}, {"source", ""}, {"then", "preview"}});
    CHECK(has(preview, "Source: The page: https://example.org/page"));
    CHECK(has(browser.get("/console/row/facts:lab.founded.1"), "/console/answer/open"));

    auto const changed = office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "text_en", "The lab has been there since 1976.");
    REQUIRE(staff::tests::failure(changed) == "");
    REQUIRE(changed->revision > 0);
    auto const reply = office.ask("Is it open?");
    CHECK(reply.answer == "Yes. The lab has been there since 1976.");
    CHECK(reply.marks.size() == 1);
    REQUIRE(staff::tests::failure(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "valid_to", "2001")) == "");
    CHECK(office.ask("Is it open?").answer.find("2001") != std::string::npos);   // it is over
}

TEST_CASE("a fact that answers name is not archived, and answers name only facts that there are", "[console]")
{
    Office office;
    REQUIRE(staff::tests::failure(office.publish(answer_with("Yes. {{lab.founded.1}}", "Oui."), true)) == "");
    auto const look = office.desk->tables.look_at_archive(knowledge::Table::facts, "lab.founded.1", staff::Answers::Look::anew);
    REQUIRE(staff::tests::failure(look) == "");
    CHECK(std::ranges::any_of(look->uses, [](auto const& use) { return use.id == "open"; }));
    CHECK_FALSE(office.desk->tables.archive(office.editor, knowledge::Table::facts, "lab.founded.1", look->base));

    CHECK(faults_of(office, answer_with("{{lab.founded.1}}", "{{lab.founded.1}}")).empty());
    CHECK(faults_of(office, answer_with("{{lab.founded.9}}", "Oui.")) == std::vector<std::string>{"answer_en fault.unknown-fact"});
    CHECK(faults_of(office, answer_with("{{today}}", "Oui.")) == std::vector<std::string>{"answer_en fault.public-variable"});
    CHECK(faults_of(office, answer_with("Yes.", std::string(1'180, 'x') + "{{lab.founded.1}}")) == std::vector<std::string>{"answer_fr fault.long-with-facts"});
    auto hidden = answer_with("{{lab.founded.1}} {{today}}", "{{link}}");
    hidden.staff_only = true;
    CHECK(faults_of(office, hidden).empty());
}

TEST_CASE("copying fills in facts and variables of an answer for staff alone", "[console]")
{
    Office office;
    auto hidden = answer_with("On {{today}}: {{lab.founded.1}}", "Le {{today}} : {{lab.founded.1}}");
    hidden.entry.id = "gate";
    hidden.entry.questions_en = {"What is the code of the gate?"};
    hidden.staff_only = true;
    REQUIRE(staff::tests::failure(office.publish(hidden, true)) == "");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const page = browser.get("/console/answer/gate");
    CHECK(has(page, ": The lab was founded in 1976.\""));
    CHECK_FALSE(has(page, "data-text=\"On {{today}}"));
}
