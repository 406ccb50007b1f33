#include "knowledge/fragments.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::knowledge;

TEST_CASE("an answer takes in the texts of the facts that it names", "[knowledge]")
{
    std::vector<Fact> facts(2);
    facts[0].id = "lab.founded.1";
    facts[0].text = {"Founded in 1976.", "Fond\u00e9 en 1976."};
    facts[1].id = "lab.part_of.12";
    facts[1].text = {"Part of {{lab.founded.1}}.", "Partie."};
    FactsById const fact_of(facts);
    struct Row { char const* written; char const* said; };
    for (auto const row : {
             Row{"No braces.", "No braces."}, Row{"{{lab.founded.1}}", "Founded in 1976."}, Row{"a {{ lab.founded.1 }} b {{lab.founded.1}} c", "a Founded in 1976. b Founded in 1976. c"},
             Row{"{{lab.part_of.12}}", "Part of {{lab.founded.1}}."},   // once
             Row{"{{lab.founded.2}} {{lab}} {{today}} {{", "{{lab.founded.2}} {{lab}} {{today}} {{"}, Row{"{{a {{lab.founded.1}}}}", "{{a Founded in 1976.}}"}, Row{"{{{lab.founded.1}}}", "{Founded in 1976.}"},
             Row{"{{}} {{.}} {{a..1}} {{.a.1}}", "{{}} {{.}} {{a..1}} {{.a.1}}"}}) {
        INFO(row.written);
        CHECK(with_facts(row.written, Language::en, fact_of) == row.said);
    }
    CHECK(with_facts(LocalText{"{{lab.founded.1}}", "{{lab.founded.1}}"}, fact_of).fr == "Fond\u00e9 en 1976.");
    CHECK(facts_named_in("{{lab.founded.1}} {{x.y.3}} {{lab.founded.1}} {{link}}") == std::vector<std::string_view>{"lab.founded.1", "x.y.3"});
    CHECK(names_fact({"", "{{lab.founded.1}}"}, "lab.founded.1"));
    CHECK_FALSE(names_fact({"lab.founded.1", "{{lab.founded.11}}"}, "lab.founded.1"));
    CHECK(facts_named_in(std::string(100'000, '{')).empty());
    std::string many;
    for (int i = 0; i < 50'000; ++i)
        many += "{{a}}";
    CHECK(facts_named_in(many).empty());
}
