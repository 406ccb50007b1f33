#include "intents/intent.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;

namespace {

std::string const sound = R"(intent: founded
title: {en: When, fr: Quand}
answers: {property: founded, expects: date}
en: {any: [founded, NO], examples: ["When was {entity} founded?"]}
fr: {any: [fondé], examples: ["Quand {entity} ?"]}
tests:
  - {ask: "when", intent: founded}
)";

std::string with(std::string text, std::string const& from, std::string const& to)
{
    text.replace(text.find(from), from.size(), to);
    return text;
}

}  // namespace

TEST_CASE("a sound intent file is read, every scalar as text", "[intents]")
{
    Diagnostics found;
    auto const intent = intents::parse_intent(sound, "founded.yaml", found);
    REQUIRE(intent);
    CHECK(found.empty());
    CHECK(intent->in(Language::en).any[1].text == "NO");
    CHECK(intent->expects == intents::Expected::date);
    CHECK(intent->tests.size() == 1);
}

TEST_CASE("a broken intent file is refused with the line and what was expected", "[intents]")
{
    struct Row {
        char const* name;
        std::string content;
        char const* code;
        std::size_t line;
    };
    Row const rows[] = {
        {"empty", "", "I001", 0},
        {"no YAML", "intent: [", "I001", 1},
        {"not UTF-8", "intent: \xff", "I001", 0},
        {"a list", "- a", "I002", 1},
        {"misspelled key", with(sound, "tests:", "test:"), "I010", 6},
        {"key twice", with(sound, "tests:", "title: {en: a, fr: b}\ntests:"), "I011", 6},
        {"no French", with(sound, "fr: {any: [fondé], examples: [\"Quand {entity} ?\"]}\n", ""), "I016", 1},
        {"neither answers nor says", with(sound, "answers: {property: founded, expects: date}\n", ""), "I017", 1},
        {"unknown kind of answer", with(sound, "expects: date", "expects: dat"), "I013", 3},
        {"answers without property", with(sound, "property: founded, ", ""), "I012", 3},
        {"nothing to recognise", with(sound, "{any: [fondé], examples: [\"Quand {entity} ?\"]}", "{may: [quand]}"), "I007", 5},
        {"must is no list of lists", with(sound, "{any: [fondé]", "{must: fondé, any: [fondé]"), "I006", 5},
        {"an item that is no text", with(sound, "[fondé]", "[[fondé]]"), "I005", 5},
        {"title in one language", with(sound, "{en: When, fr: Quand}", "{en: When}"), "I018", 2},
        {"test without question", with(sound, "ask: \"when\", ", ""), "I008", 7},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.name)
        {
            Diagnostics found;
            CHECK_FALSE(intents::parse_intent(row.content, "x.yaml", found).has_value());
            REQUIRE_FALSE(found.empty());
            CHECK(found[0].code == row.code);
            CHECK(found[0].line == row.line);
        }
}

TEST_CASE("a misspelled key is told the nearest valid one", "[intents]")
{
    Diagnostics found;
    intents::parse_intent(with(sound, "examples:", "exampels:"), "x.yaml", found);
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].hint.find("examples") != std::string::npos);
    CHECK(format(found[0]).starts_with("x.yaml:4:"));
}
