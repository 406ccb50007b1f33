// questions.csv: the ways of asking for facts.
#include "knowledge/export.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/sqlite.hpp"
#include "support.hpp"

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

std::string const askings = "fact,questions_en,questions_fr\r\n"
                            "lab.founded.1,\"When was the lab founded, then?|How old is the lab?\",Quand le labo a-t-il \u00e9t\u00e9 fond\u00e9 ?\r\n"
                            "unit.part_of,Whose is the unit?,\r\n";

std::map<std::string, std::string> folder_with(std::string questions)
{
    auto files = small_folder();
    files["questions.csv"] = std::move(questions);
    return files;
}

Diagnostics problems_of(std::string questions)
{
    TemporaryFolder folder;
    write_folder(folder.path(), folder_with(std::move(questions)));
    Diagnostics found;
    (void)read_folder(folder.path(), found);
    return found;
}

}  // namespace

TEST_CASE("ways of asking are imported in their order, lists as lists", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", folder_with(askings));
    auto const report = import_ok(folder / "bot.db", folder / "data");
    CHECK(report.askings == ImportCounts{2, 0, 0, 0});
    auto const got = Reader::open(folder / "bot.db").value().load().value().askings;
    CHECK(got == std::vector<Asking>{
        {"lab.founded.1", {"When was the lab founded, then?", "How old is the lab?"}, {"Quand le labo a-t-il \u00e9t\u00e9 fond\u00e9 ?"}},
        {"unit.part_of", {"Whose is the unit?"}, {}}});
}

TEST_CASE("ways of asking come out of an export byte by byte", "[knowledge]")
{
    std::string const texts[] = {
        askings,
        "fact,questions_en,questions_fr\r\n",
        "fact,questions_en,questions_fr\r\nlab.founded,\"'=1+1?|\"\"What\"\" year?\",\r\n",
    };
    for (auto const& text : texts) {
        TemporaryFolder folder;
        write_folder(folder / "data", folder_with(text));
        import_ok(folder / "bot.db", folder / "data");
        REQUIRE(failure(export_folder(folder / "bot.db", folder / "out")) == "");
        CHECK(read_bytes(folder / "out/questions.csv") == text);
    }
}

TEST_CASE("a folder without questions.csv has no ways of asking, and takes away those that were there", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", folder_with(askings));
    import_ok(folder / "bot.db", folder / "data");
    std::filesystem::remove(folder / "data/questions.csv");
    auto const report = import_ok(folder / "bot.db", folder / "data");
    CHECK(report.askings == ImportCounts{0, 0, 2, 0});
    CHECK(report.facts.unchanged == 2);
    CHECK(report.revision == 2);
    CHECK(Reader::open(folder / "bot.db").value().load().value().askings.empty());
}

TEST_CASE("a change of one way of asking is one change, with its history", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = folder_with(askings);
    write_folder(folder / "data", files);
    import_ok(folder / "bot.db", folder / "data");
    auto& text = files["questions.csv"];
    text.replace(text.find("How old"), 7, "How new");
    write_folder(folder / "data", files);
    auto const report = import_ok(folder / "bot.db", folder / "data");
    CHECK(report.askings == ImportCounts{0, 1, 0, 1});
    auto database = Database::open(folder / "bot.db", Access::read).value();
    CHECK(database.integer("SELECT count(*) FROM change WHERE revision=2").value() == 1);
    CHECK(database.integer("SELECT count(*) FROM change WHERE revision=2 AND row='lab.founded.1' AND before LIKE '%How old%' AND after LIKE '%How new%'").value() == 1);
}

TEST_CASE("a breach of the rules of questions.csv is told with line and hint", "[knowledge]")
{
    struct Case {
        char const* name;
        char const* rows;
        char const* code;
        std::size_t line;
        char const* hint;
    };
    static Case const cases[] = {
        {"a fact that is not there", "lab.founded.2,When?,\r\n", "K022", 2, "did you mean \"lab.founded.1\"?"},
        {"a property that is not there", "unit.part_of,Whose?,\r\nlab.fonded,When?,\r\n", "K022", 3, "did you mean \"lab.founded\"?"},
        {"nothing like it", "somebody-else.leader.9,Who?,\r\n", "K022", 2, "facts.csv"},
        {"an entity alone", "lab,What?,\r\n", "K022", 2, ""},
        {"no id", ",When?,\r\n", "K023", 2, "every row"},
        {"the same twice", "lab.founded,When?,\r\nunit.part_of,Whose?,\r\nlab.founded,How old?,\r\n", "K021", 4, "its own"},
        {"an empty item", "lab.founded,When?||How old?,\r\n", "K044", 2, "a|b|c"},
        {"an empty item at the end", "lab.founded,,Quand ?|\r\n", "K044", 2, "a|b|c"},
        {"a blank around an item", "lab.founded,When? |How old?,\r\n", "K044", 2, "a|b|c"},
        {"an invisible character", "lab.founded,When\u200b?,\r\n", "K030", 2, "again"},
        {"decomposed letters", "lab.founded,,Cre\u0301e\u0301 quand ?\r\n", "K028", 2, "NFC"},
    };
    for (auto const& one : cases)
        DYNAMIC_SECTION(one.name)
        {
            auto const found = problems_of("fact,questions_en,questions_fr\r\n" + std::string(one.rows));
            INFO(all(found));
            REQUIRE(found.size() == 1);
            CHECK(found[0].code == one.code);
            CHECK(found[0].severity == Severity::error);
            CHECK(found[0].line == one.line);
            CHECK(found[0].file.ends_with("/questions.csv"));
            CHECK(found[0].hint.find(one.hint) != std::string::npos);
        }
}

TEST_CASE("a misspelled column of questions.csv is told", "[knowledge]")
{
    auto const found = problems_of("fact,question_en,questions_fr\r\nlab.founded,When?,\r\n");
    REQUIRE_FALSE(found.empty());
    CHECK(found[0].line == 1);
    CHECK(all(found).find("did you mean \"questions_en\"?") != std::string::npos);
}

TEST_CASE("without a readable facts.csv the ways of asking are not told to ask for nothing", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = folder_with(askings);
    files.erase("facts.csv");
    write_folder(folder.path(), files);
    Diagnostics found;
    CHECK_FALSE(read_folder(folder.path(), found).has_value());
    INFO(all(found));
    CHECK(found.size() == 1);
}
