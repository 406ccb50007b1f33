// Answers that have the text of a fact in them: what visitors are told, and what staff see of it.
#include "pages/texts.hpp"
#include "staff/facts.hpp"
#include "visitor.hpp"

#include <algorithm>
#include <chrono>

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
    CHECK_FALSE(office.desk->tables.archive(office.editor, knowledge::Table::facts, "lab.founded.1", look->base).has_value());

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

TEST_CASE("a fact that becomes too long for an answer with it is a fault of the change", "[console]")
{
    Office office;
    std::string const answer = "{{lab.founded.1}} {{lab.founded.1}} {{lab.founded.1}}";
    REQUIRE(staff::tests::failure(office.publish(answer_with(answer, "Oui."), true)) == "");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const row = [](std::string const& text) {
        return "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer,review_by\nlab.founded.1,lab,founded,1976,," + text + ",Le labo.,1976,,web,public,\n";
    };
    auto const look = office.desk->tables.look(knowledge::Table::facts, row(std::string(500, 'x'))).value();
    REQUIRE(look.effect.faults.size() == 1);
    CHECK(look.effect.faults[0].what.code == "K045");
    CHECK(look.effect.faults[0].what.line == 2);
    CHECK(look.effect.faults[0].column == "text_en");
    CHECK(look.effect.faults[0].breaks == "open");
    CHECK(office.desk->tables.look(knowledge::Table::facts, row(std::string(300, 'x'))).value().effect.faults.empty());
    auto const told = browser.send("/console/import/facts", {{"sheet", row(std::string(500, 'x'))}});
    CHECK(told.status == 422);
    CHECK(has(told, pages::say("console.import.breaks", Language::fr, {{"entry", "open"}})));
    CHECK(has(told, std::string(199, 'x')));
    CHECK_FALSE(has(told, "<td>" + std::string(300, 'x')));
    CHECK_FALSE(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "text_en", std::string(500, 'x')).has_value());
    CHECK(office.ask("Is it open?").answer.find("1976") != std::string::npos);
}

TEST_CASE("a fact that becomes too long for an answer for staff alone is a fault of the change", "[console]")
{
    Office office;
    auto hidden = answer_with("{{lab.founded.1}} {{lab.founded.1}} {{lab.founded.1}}", "Oui.");
    hidden.entry.id = "gate";
    hidden.entry.questions_en = {"What is the code of the gate?"};
    hidden.entry.questions_fr = {"Quel est le code du portail ?"};
    hidden.staff_only = true;
    std::string const longer(500, 'x');
    REQUIRE(staff::tests::failure(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "text_en", longer)) == "");
    REQUIRE(staff::tests::failure(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "text_en", "The lab is old.")) == "");
    auto const short_again = office.desk->answers.knowledge().value().revision;
    REQUIRE(staff::tests::failure(office.publish(hidden, true)) == "");
    auto const row = "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer,review_by\nlab.founded.1,lab,founded,1976,," + longer + ",Le labo.,1976,,web,public,\n";
    auto const look = office.desk->tables.look(knowledge::Table::facts, row).value();
    REQUIRE(look.effect.faults.size() == 1);
    CHECK(look.effect.faults[0].what.code == "K045");
    CHECK(look.effect.faults[0].breaks == "gate");
    CHECK(std::ranges::find(look.effect.wanted.faq, "gate", &knowledge::FaqEntry::id) == look.effect.wanted.faq.end());   // nothing of it becomes public
    CHECK_FALSE(office.desk->tables.set(office.editor, knowledge::Table::facts, "lab.founded.1", "text_en", longer).has_value());
    staff::FactWish const wish{"lab.founded", "1976", "web", "2026-01-01", {longer, "Le labo."}};
    auto const proposal = staff::Facts(office.desk->store, office.desk->answers, *office.bot).propose(wish, today_here());
    REQUIRE_FALSE(proposal.has_value());
    CHECK(proposal.error().message.find("gate") != std::string::npos);
    auto const undo = office.desk->tables.look_at_undo(short_again).value();
    REQUIRE(undo.faults.size() == 1);
    CHECK(undo.faults[0].find("gate") != std::string::npos);
    // What fits goes on.
    CHECK(office.desk->tables.set(office.editor, knowledge::Table::facts, "unit.part_of.1", "text_en", "The unit is part of the big lab.").value().revision > 0);
}

TEST_CASE("what was at fault before stops no other change from being taken back", "[console]")
{
    Office office;
    auto const changed = office.desk->tables.set(office.editor, knowledge::Table::facts, "unit.part_of.1", "text_en", "The unit is part of the big lab.");
    REQUIRE(staff::tests::failure(changed) == "");
    office.edit_database("UPDATE faq SET answer_en = '{{lab.gone.1}}' WHERE id = 'open'");
    auto const look = office.desk->tables.look_at_undo(changed->revision);
    REQUIRE(staff::tests::failure(look) == "");
    CHECK(look->faults == std::vector<std::string>());
    // Neither does it stop a change of facts.
    auto const all = office.desk->answers.knowledge().value();
    CHECK(office.desk->tables.look(knowledge::Table::facts, to_csv(knowledge::Table::facts, rows_of(all, knowledge::Table::facts))).value().effect.faults.empty());
}

TEST_CASE("an answer takes in a dozen texts of facts at most", "[console]")
{
    Office office;
    std::string answer;
    for (int i = 0; i < 13; ++i)
        answer += "{{lab.founded.1}} ";
    CHECK(faults_of(office, answer_with(answer, "Oui.")) == std::vector<std::string>{"answer_en fault.many-facts"});
    auto const head = std::string("id,questions_en,questions_fr,answer_en,answer_fr,entity,source,valid_to,review_by\n");
    auto const effect = office.desk->tables.look(knowledge::Table::faq, head + "more,More?,Plus ?,\"" + answer + "\",Oui.,,web,,\nless,Less?,Moins ?,{{lab.fuonded.1}},Oui.,,web,,\n").value().effect;
    REQUIRE(effect.faults.size() == 3);
    CHECK(effect.faults[0].what.code == "K046");
    CHECK(effect.faults[1].what.code == "K048");
    CHECK(effect.faults[2].what.code == "K047");
    CHECK(effect.faults[2].value == "lab.fuonded.1");
    CHECK(effect.faults[2].meant == "lab.founded.1");
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const told = browser.send("/console/import/faq", {{"sheet", head + "less,Less?,Moins ?,{{lab.fuonded.1}},Oui.,,web,,\n"}});
    CHECK(has(told, "<td>lab.fuonded.1</td>"));
    CHECK(has(told, pages::say("console.rule.K047", Language::fr) + ' ' + pages::say("console.import.meant", Language::fr, {{"value", "lab.founded.1"}})));
}

TEST_CASE("a sheet of thousands of facts that there are not is told soon, and shortly", "[console]")
{
    Office office;
    std::string sheet = "id,questions_en,questions_fr,answer_en,answer_fr,entity,source,valid_to,review_by\n";
    int number = 0;
    for (int row = 0; row < 28; ++row) {
        std::string answer;
        while (answer.size() < 60'000)
            answer += "{{a.b." + std::to_string(++number) + "}}";
        sheet += "a-" + std::to_string(row) + ",More?,Plus ?," + answer + ",Oui.,,web,,\n";
    }
    Browser browser(*office.desk);
    browser.sign_in("editor@example.org", Office::password);
    auto const begin = std::chrono::steady_clock::now();
    auto const told = browser.send("/console/import/faq", {{"sheet", sheet}});
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
    CHECK(told.status == 422);
    CHECK(has(told, pages::say("console.rule.K048", Language::fr)));
    CHECK(told.body.size() < sheet.size() + 100'000);   // what was pasted is in the form
}
