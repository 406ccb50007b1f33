#include "pages/texts.hpp"
#include "pages/vocabulary.hpp"
#include "knowledge/vocabulary.hpp"

#include "world.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

using namespace immunobot;
using namespace immunobot::pages;

namespace {

std::string sources_of_pages()
{
    std::string all;
    for (auto const& folder : {"/src/pages", "/src/server"})
        for (auto const& entry : std::filesystem::directory_iterator(std::string(IMMUNOBOT_ROOT) + folder)) {
            std::ifstream file(entry.path());
            all.append(std::istreambuf_iterator<char>(file), {});
        }
    return all;
}

}  // namespace

TEST_CASE("every text of the pages is there in both languages", "[pages]")
{
    CHECK(text_keys().size() > 150);
    for (auto const key : text_keys()) {
        INFO(key);
        CHECK_FALSE(say(key, Language::en).empty());
        CHECK_FALSE(say(key, Language::fr).empty());
    }
}

TEST_CASE("every text that the pages name exists", "[pages]")
{
    for (auto const& key : tests::all_of(sources_of_pages(), "(?:say|count)\\(\"([a-z0-9_.]*[a-z0-9_])\"")) {
        INFO(key);
        CHECK((has_text(key) || (has_text(key + ".one") && has_text(key + ".many"))));
    }
}

TEST_CASE("every kind, property, topic and theme has a name", "[pages]")
{
    for (auto const kind : knowledge::entity_kinds())
        CHECK(has_text("kind." + std::string(kind)));
    for (auto const property : knowledge::properties())
        CHECK(has_text("property." + std::string(property)));
    for (auto const& topic : topic_kinds())
        CHECK(has_text("topic." + std::string(topic.id)));
    for (auto const theme : theme_ids())
        CHECK(has_text("theme." + std::string(theme)));
    CHECK(property_name("made_up", Language::en) == "made_up");
}

TEST_CASE("holes are filled once, with what is given and nothing more", "[pages]")
{
    CHECK(say("ask.read_as", Language::en, {{"from", "{to}"}, {"to", "x"}}) == "I read \xE2\x80\x9C{to}\xE2\x80\x9D as \xE2\x80\x9Cx\xE2\x80\x9D.");
    CHECK(say("no.such.text", Language::en) == "no.such.text");
}

TEST_CASE("numbers agree with their nouns in each language", "[pages]")
{
    CHECK(count("facts.count", 0, Language::en) == "0 facts");
    CHECK(count("facts.count", 0, Language::fr) == "0 fait");
    CHECK(count("facts.count", 1, Language::en) == "1 fact");
    CHECK(count("facts.count", 1234, Language::en) == "1,234 facts");
    CHECK(count("facts.count", 1234, Language::fr) == "1\xE2\x80\xAF" "234 faits");
    CHECK(spoken_number(1234567, Language::en) == "1,234,567");
}

TEST_CASE("dates are spoken as far as they are known", "[pages]")
{
    CHECK(spoken_date("2026-05-03", Language::en) == "3\xC2\xA0May 2026");
    CHECK(spoken_date("2026-05-01", Language::fr) == "1er\xC2\xA0mai 2026");
    CHECK(spoken_date("2018-06", Language::fr) == "juin 2018");
    CHECK(spoken_date("2014", Language::en) == "2014");
    CHECK(spoken_date("about 1900", Language::en) == "about 1900");
}
