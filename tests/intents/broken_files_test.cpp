// The files of tests/intents/broken: each is broken in one way, and beside it stands what has to be said of it.
// To write those texts anew after a change: IMMUNOBOT_UPDATE=1 build/dev/tests/intents/test_intents "[broken]", then read the difference.
#include "assistant/wording.hpp"
#include "intents/intent.hpp"
#include "intents/lexicon.hpp"
#include "intents/refusals.hpp"
#include "knowledge/folder.hpp"

#include "../knowledge/support.hpp"
#include "word_folder.hpp"

#include <algorithm>
#include <cstdlib>

using namespace immunobot;

namespace {

std::filesystem::path const folder = IMMUNOBOT_ROOT "/tests/intents/broken";

// The first part of the name tells what it is: "facts-french_date.csv" is read as facts.csv.
std::string kind_of(std::filesystem::path const& file)
{
    auto const name = file.filename().string();
    return name.substr(0, name.find('-'));
}

Diagnostics problems_of_knowledge(std::string const& kind, std::string const& content)
{
    knowledge::tests::TemporaryFolder home;
    auto files = knowledge::tests::small_folder();
    files[kind + ".csv"] = content;
    knowledge::tests::write_folder(home.path(), files);
    Diagnostics found;
    CHECK_FALSE(knowledge::read_folder(home.path(), found).has_value());
    show_lines(found);
    return found;
}

Diagnostics problems_of_words(std::string const& name, std::string const& content)
{
    intents::tests::WordFolder home;
    home.write(name, content);
    Diagnostics found;
    if (name == "refusals.csv")
        intents::read_refusals(home.path(), found);
    else if (name == "phrases.csv")
        assistant::Wording::read(home.path(), found);
    else
        intents::Lexicon::read(home.path(), found);
    show_lines(found);
    return found;
}

Diagnostics problems_of(std::filesystem::path const& file)
{
    auto const content = knowledge::tests::read_bytes(file.string());
    auto const kind = kind_of(file);
    if (kind == "intent") {
        Diagnostics found;
        CHECK_FALSE(intents::parse_intent(content, "intents/founded.yaml", found).has_value());
        return found;
    }
    constexpr std::string_view facts[] = {"sources", "entities", "facts", "faq", "questions"};
    return std::ranges::find(facts, kind) != std::end(facts) ? problems_of_knowledge(kind, content)
                                                             : problems_of_words(kind + file.extension().string(), content);
}

// As a person sees them, without the folder that the test made.
std::string told(Diagnostics found)
{
    std::string out;
    for (auto& problem : found) {
        if (auto const path = std::filesystem::path(problem.file); path.is_absolute())
            problem.file = "data/" + path.filename().string();
        out += format(problem);
    }
    return out;
}

}  // namespace

TEST_CASE("a broken file is told with place, line, what was expected and what to do", "[intents][broken]")
{
    bool const update = std::getenv("IMMUNOBOT_UPDATE") != nullptr;
    std::size_t files = 0;
    for (auto const& entry : std::filesystem::directory_iterator(folder)) {
        auto const& path = entry.path();
        if (path.extension() == ".told")
            continue;
        ++files;
        INFO(path.filename().string());
        auto const found = problems_of(path);
        auto const text = told(found);
        auto const wanted = path.string() + ".told";
        if (update)
            knowledge::tests::write_bytes(wanted, text);
        CHECK(has_errors(found));
        CHECK(text == knowledge::tests::read_bytes(wanted));
        for (auto const& problem : found)
            CHECK_FALSE(problem.code.empty());
    }
    CHECK(files >= 60);
}

TEST_CASE("a sound intent file is read, every scalar as text", "[intents]")
{
    Diagnostics found;
    auto const intent = intents::parse_intent(R"(intent: founded
title: {en: When, fr: Quand}
answers: {property: [founded, 2015]}
en: {any: [founded, NO, on], examples: ["When was {entity} founded?", "{entity:research_centre} since"]}
fr: {any: [fondé], examples: ["Quand {entity} ?"]}
alone: true
tests:
  - {ask: "when", intent: founded, entity: ciml, then: [{ask: "and where?", not: founded}]}
)", "data/../intents/founded.yaml", found);
    REQUIRE(intent);
    CHECK(found.empty());
    CHECK(intent->in(Language::en).any[1].text == "NO");
    CHECK(intent->properties == std::vector<std::string>{"founded", "2015"});
    CHECK(intent->answers_line == 3);
    CHECK(intent->alone);
    REQUIRE(intent->tests.size() == 1);
    CHECK(intent->tests[0].entities == std::vector<std::string>{"ciml"});
    CHECK(intent->tests[0].then.at(0).not_intent == "founded");
}
