#include "intents/features.hpp"
#include "intents/vocabulary.hpp"

#include <catch2/catch.hpp>

#include <cmath>
#include <set>

using namespace immunobot;
using namespace immunobot::intents;

namespace {

std::multiset<std::uint64_t> keys(std::string_view text, std::optional<Language> language = Language::en)
{
    FeatureReader reader;
    reader.read(text, language);
    std::multiset<std::uint64_t> found;
    for (auto const& feature : reader.features())
        found.insert(feature.key);
    return found;
}

std::size_t shared(std::string_view a, std::string_view b)
{
    auto const left = keys(a);
    auto const right = keys(b);
    return static_cast<std::size_t>(
        std::count_if(left.begin(), left.end(), [&](std::uint64_t key) { return right.contains(key); }));
}

}  // namespace

TEST_CASE("texts that differ in writing alone have the same features", "[intents]")
{
    struct Row {
        char const* a;
        char const* b;
        Language language;
    };
    static Row const rows[] = {
        {"Où est l’hôpital ?", "OU EST L'HOPITAL", Language::fr},
        {"Cre\xCC\x81\xC3\xA9", "créé", Language::fr},
        {"AP-HM", "ap hm", Language::en},
        {"cœur", "coeur", Language::fr},
        {"who?", "  who ...", Language::en},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.a) { CHECK(keys(row.a, row.language) == keys(row.b, row.language)); }
}

TEST_CASE("a placeholder is one word, and of its kind as well", "[intents]")
{
    CHECK(keys("{entity}").size() == 3);  // itself and both edges of the text
    CHECK(shared("where is {entity:company}", "where is {entity}") == keys("where is {entity}").size());
    CHECK(keys("{company}") != keys("company"));
    CHECK(keys("{entity:company}") != keys("{entity:hospital}"));
    for (auto const* broken : {"{}", "{entity", "{a b}", "{:}", "{a:b:c}", "{{"})
        DYNAMIC_SECTION(broken)
        {
            FeatureReader reader;
            reader.read(broken);
            for (auto const& word : reader.words())
                CHECK(word.end <= std::string_view(broken).size());
        }
}

TEST_CASE("numbers share a word", "[intents]")
{
    CHECK(shared("at 50%", "at 80%") > shared("at 50%", "at home"));
    CHECK(keys("at 50") != keys("at 80"));
}

TEST_CASE("every feature says which words it is made of", "[intents]")
{
    FeatureReader reader;
    std::string const text = "L'adresse de {entity}, 20% svp";
    reader.read(text, Language::fr);
    for (auto const& feature : reader.features()) {
        REQUIRE(feature.first <= feature.last);
        REQUIRE(feature.last < reader.words().size());
    }
    for (auto const& word : reader.words()) {
        CHECK(word.begin < word.end);
        CHECK(word.end <= text.size());
    }
}

TEST_CASE("the language is guessed from function words", "[intents]")
{
    struct Row {
        char const* text;
        Language language;
    };
    static Row const rows[] = {
        {"Where is the hospital", Language::en}, {"Où est l'hôpital", Language::fr},
        {"c'est quoi le CIML", Language::fr},    {"CIML", Language::en},
        {"", Language::en},                      {"qui dirige AP-HM", Language::fr},
    };
    for (auto const& row : rows)
        DYNAMIC_SECTION(row.text) { CHECK(guess_language(text::tokenise(row.text)) == row.language); }
}

TEST_CASE("both blocks of a text are scaled to their length", "[intents]")
{
    FeatureReader reader;
    Vocabulary vocabulary;
    Occurrences scratch;
    SparseRows rows;
    for (auto const* text : {"where is the hospital", "where where where", "who runs it", ""}) {
        reader.read(text, Language::en);
        vocabulary.add(reader.features(), scratch, rows);
    }
    vocabulary.finish();
    REQUIRE(rows.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) {
        vocabulary.weigh(rows.row(i));
        float square = 0;
        for (auto const& cell : rows.row(i))
            square += cell.value * cell.value;
        CHECK(std::sqrt(square) == Approx(1.25));  // 0.75 for words, 1 for letters
    }
    CHECK(rows.row(3).empty());
}

TEST_CASE("the known share is that of the words that examples have", "[intents]")
{
    FeatureReader reader;
    Vocabulary vocabulary;
    Occurrences found;
    SparseRows rows;
    reader.read("where is the hospital", Language::en);
    vocabulary.add(reader.features(), found, rows);
    vocabulary.finish();
    auto const share = [&](std::string_view text) {
        reader.read(text, Language::en);
        vocabulary.count(reader.features(), found);
        return vocabulary.known_share(found.known, found.unknown_words);
    };
    CHECK(share("where is the hospital") == 1);
    CHECK(share("the hospitals") == 1);
    CHECK(share("where is the circus") < 1);
    CHECK(share("where is the circus") > share("where circus"));
    CHECK(share("circus") == 0);
    CHECK(share("") == 1);
}
