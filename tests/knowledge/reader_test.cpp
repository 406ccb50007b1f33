#include "knowledge/reader.hpp"

#include "knowledge/search.hpp"
#include "support.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

TEST_CASE("facts are read by key, in the order asked for, without those that are gone", "[knowledge]")
{
    TemporaryFolder folder;
    import_ok(folder / "bot.db", shipped);
    auto reader = Reader::open(folder / "bot.db").value();
    auto const rows = reader.facts({"mi-fhu.founded.1", "no.such.1", "", "ciml.founded.1", "mi-fhu.founded.1"}).value();
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].fact.id == "mi-fhu.founded.1");
    CHECK(rows[0].fact.text.en == "MI-FHU was created in 2015.");
    CHECK(rows[0].source.id == "seed");
    CHECK(rows[0].source.url.starts_with("https://"));
    CHECK(rows[0].revision == 1);
    CHECK(rows[1].fact.value == "1976");
    CHECK(reader.facts({}).value().empty());
}

TEST_CASE("a FAQ entry is read with its questions", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", small_folder());
    import_ok(folder / "bot.db", folder / "data");
    auto reader = Reader::open(folder / "bot.db").value();
    auto const row = reader.faq("open").value();
    REQUIRE(row);
    CHECK(row->entry.questions_en == std::vector<std::string>{"Is it open?", "Opening?"});
    CHECK(row->entry.questions_fr == std::vector<std::string>{"C'est ouvert ?"});
    CHECK(row->entry.answer.fr == "Oui, c'est ouvert.");
    CHECK(row->source.publisher == "The cluster");
    CHECK_FALSE(reader.faq("closed").value());
}

TEST_CASE("an import shows in the next answer of an open reader", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(folder / "bot.db", folder / "data");
    auto reader = Reader::open(folder / "bot.db").value();
    CHECK(reader.revision().value() == 1);
    auto& facts = files["facts.csv"];
    facts.replace(facts.find("founded in 1976"), 15, "founded in 1975");
    write_folder(folder / "data", files);
    import_ok(folder / "bot.db", folder / "data");
    CHECK(reader.revision().value() == 2);
    CHECK(reader.facts({"lab.founded.1"}).value().at(0).fact.text.en == "The lab was founded in 1975.");
    CHECK(reader.search("1975", 5).value().size() == 1);
    CHECK(reader.search("\"1976", 5).value().at(0).id == "lab.founded.1");  // its value, and the French text
}

TEST_CASE("while a hold lives, a reader sees what there was at the first reading", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(folder / "bot.db", folder / "data");
    auto reader = Reader::open(folder / "bot.db").value();
    {
        Reader::Hold hold(reader);
        CHECK(reader.revision().value() == 1);
        auto& facts = files["facts.csv"];
        facts.replace(facts.find("founded in 1976"), 15, "founded in 1975");
        write_folder(folder / "data", files);
        import_ok(folder / "bot.db", folder / "data");
        CHECK(reader.revision().value() == 1);
        CHECK(reader.facts({"lab.founded.1"}).value().at(0).fact.text.en == "The lab was founded in 1976.");
        CHECK(reader.load().value().revision == 1);
        hold.release();
        CHECK(reader.revision().value() == 2);
    }
    CHECK(reader.facts({"lab.founded.1"}).value().at(0).fact.text.en == "The lab was founded in 1975.");
}

TEST_CASE("staff find facts and FAQ entries by their words in either language", "[knowledge]")
{
    TemporaryFolder folder;
    import_ok(folder / "bot.db", shipped);
    auto reader = Reader::open(folder / "bot.db").value();
    struct Case {
        std::string words;
        std::string id;
    };
    Case const cases[] = {
        {"MI-FHU created 2015", "mi-fhu.founded.1"},
        {"fhu creee 2015", "mi-fhu.founded.1"},
        {"coeur plateformes prevues", "marseille-immunology-biocluster.platform.5"},
        {"c\u0153ur PLATEFORMES pr\u00e9vues", "marseille-immunology-biocluster.platform.5"},
        {"spelled accent", "name-spelling"},
        {"chercheurs techniciens debute", "ciml.headcount.1"},
        {"immunoscore cd3+", "immunoscore.activity.1"},
        {"innate zzzz phone telephone number", "innate-pharma.contact.1"},  // not all words, but most
    };
    for (auto const& one : cases) {
        INFO(one.words);
        auto const hits = reader.search(one.words, 5).value();
        CHECK(std::any_of(hits.begin(), hits.end(), [&](auto const& hit) { return hit.id == one.id; }));
        CHECK(hits.size() <= 5);
    }
    CHECK(reader.search("spelled or accent letters stand", 1).value().at(0).is_faq);
}

TEST_CASE("no text is an operator of the search", "[knowledge]")
{
    TemporaryFolder folder;
    import_ok(folder / "bot.db", shipped);
    auto reader = Reader::open(folder / "bot.db").value();
    for (std::string const words : {"", " ", "\"", "\"\"", "*", "AND", "OR", "NOT", "NEAR(a b)", "body:x", "^a", "a*b", "{a b}:c", "(", ")", "+",
                                    "- -", "';DROP TABLE fact;--", "\xff\xfe", "a\" OR \"b", "rank MATCH 'x'", "\u200b"}) {
        INFO(words);
        CHECK(failure(reader.search(words, 10)) == "");
    }
    CHECK(failure(reader.search(std::string("a\0b", 3), 10)) == "");
    CHECK(failure(reader.search(std::string(1'000'000, 'a'), 10)) == "");
    std::string many;
    for (int i = 0; i < 20'000; ++i)
        many += "w" + std::to_string(i) + ' ';
    CHECK(failure(reader.search(many, 10)) == "");
    CHECK(search_terms(many).size() == 16);
    CHECK(reader.search("immunology", 0).value().empty());
    CHECK(reader.search("marseille", 10'000).value().size() <= 200);
}
