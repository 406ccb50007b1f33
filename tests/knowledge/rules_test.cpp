#include "knowledge/folder.hpp"

#include "support.hpp"

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

Diagnostics check(std::map<std::string, std::string> const& files, Date today = {})
{
    TemporaryFolder folder;
    write_folder(folder.path(), files);
    Diagnostics found;
    auto const read = read_folder(folder.path(), found, {.today = today});
    CHECK(read.has_value() != has_errors(found));
    return found;
}

// The source line from the column on, which is in characters.
std::string from_column(Diagnostic const& told)
{
    std::string const& line = told.source_line;
    std::size_t at = 0;
    for (std::size_t column = 1; column < told.column; ++column)
        do
            ++at;
        while (at < line.size() && (static_cast<unsigned char>(line[at]) & 0xc0u) == 0x80u);
    return line.substr(std::min(at, line.size()));
}

std::string many_questions(int count)
{
    std::string out;
    for (int i = 0; i < count; ++i)
        out += (i == 0 ? "" : "|") + ("Question " + std::to_string(i) + '?');
    return out;
}

}  // namespace

TEST_CASE("a breach of a rule is told with file, line, column and a hint", "[knowledge]")
{
    struct Case {
        std::string name;
        std::string file;
        std::string from;  // replaced in the file by...
        std::string to;
        std::string code;
        std::size_t line;
        std::string there;  // what the column points at
        std::string hint;   // a part of it
    };
    Case const cases[] = {
        {"unknown column", "facts.csv", "value,unit", "valeu,unit", "K009", 1, "valeu,", "did you mean \"value\"?"},
        {"missing column", "facts.csv", "value,unit", "valeu,unit", "K008", 1, "id,", "every column"},
        {"doubled column", "facts.csv", "value,unit", "value,value", "K010", 1, "value,text", "one out"},
        {"id with a capital", "entities.csv", "unit,research", "Unit,research", "K020", 3, "Unit,", "small letters"},
        {"doubled entity", "entities.csv", "unit,research", "lab,research", "K021", 3, "lab,", "its own"},
        {"doubled fact", "facts.csv", "unit.part_of.1,unit,part_of", "lab.founded.1,unit,part_of", "K021", 3, "lab.f", "own"},
        {"unknown entity", "facts.csv", "unit.part_of.1,unit,", "unit.part_of.1,units,", "K022", 3, "units,", "\"unit\"?"},
        {"unknown source", "facts.csv", ",web,public,\r\nunit", ",wen,public,\r\nunit", "K022", 2, "wen,", "\"web\"?"},
        {"unknown parent", "entities.csv", ",,lab\r\n", ",,labo\r\n", "K022", 3, "labo", "\"lab\"?"},
        {"no English sentence", "facts.csv", "The lab was founded in 1976.", "", "K023", 2, ",Le labo", "every row"},
        {"no French sentence", "facts.csv", "Le labo a \u00e9t\u00e9 fond\u00e9 en 1976.", "", "K023", 2, ",1976", "every row"},
        {"no French answer", "faq.csv", "\"Oui, c'est ouvert.\"", "", "K023", 2, ",lab", "every row"},
        {"unknown kind", "entities.csv", "lab,research_centre", "lab,research_center", "K024", 2, "research_center", "\"research_centre\"?"},
        {"unknown property", "facts.csv", ",founded,", ",fonded,", "K024", 2, "fonded", "\"founded\"?"},
        {"unknown layer", "facts.csv", "web,public,\r\nunit", "web,pubic,\r\nunit", "K024", 2, "pubic", "\"public\"?"},
        {"a month that is not", "facts.csv", "1976,,web", "1976-13,,web", "K025", 2, "1976-13", "2026-11-23"},
        {"a day that is not", "facts.csv", "1976,,web", "2023-02-30,,web", "K025", 2, "2023-02-30", "2026-11-23"},
        {"a date of Excel", "sources.csv", "2026-11-23", "23/11/2026", "K025", 2, "23/11", "write 2026-11-23"},
        {"end before beginning", "facts.csv", "1976,,web", "1976,1975-12,web", "K026", 2, "1975-12", "exchange"},
        {"a script as address", "sources.csv", "https://example.org/page", "javascript:alert(1)", "K027", 2, "javascript", "https://"},
        {"an address with a blank", "sources.csv", "org/page", "org/a page", "K027", 2, "https://example.org/a", "https://"},
        {"an address with a user", "sources.csv", "//example.org/", "//a@b@example.org/", "K027", 2, "https://a@b", "https://"},
        {"decomposed letters", "entities.csv", "L'unit\u00e9", "L'unite\u0301", "K028", 3, "L'unite", "NFC"},
        {"look-alike letters", "entities.csv", "The Unit", "The Un\u0456t", "K029", 3, "The Un", "again"},
        {"zero-width letters", "entities.csv", "The Unit", "The\u200b Unit", "K030", 3, "The", "again"},
        {"text turned around", "facts.csv", "The lab was", "The \u202elab was", "K030", 2, "The", "again"},
        {"a control character", "facts.csv", "The lab was", "The \x07lab was", "K030", 2, "The", "again"},
        {"its own parent", "entities.csv", "labo un,\r\n", "labo un,unit\r\n", "K031", 2, "unit", "outermost"},
        {"id of another entity", "facts.csv", "lab.founded.1", "lob.founded.1", "K032", 2, "lob.", "lab.founded.1"},
        {"id without number", "facts.csv", "lab.founded.1", "lab.founded.x", "K032", 2, "lab.founded.x", "lab.founded.1"},
        {"value that is no entity", "facts.csv", "part_of,lab", "part_of,labs", "K033", 3, "labs", "\"lab\"?"},
        {"empty item", "entities.csv", "lab one|labo un", "lab one||labo un", "K044", 2, "lab one||", "a|b|c"},
        {"blank around an item", "entities.csv", "lab one|labo un", "lab one| labo un", "K044", 2, "lab one|", "a|b|c"},
        {"blank around a field", "entities.csv", "The Unit", " The Unit", "K046", 3, " The Unit", "blank"},
        {"a text too long to send", "facts.csv", "The lab was", std::string(1'300, 'x') + " was", "K045", 2, "xxx", "shorten"},
        {"an answer too long to send without its marks", "faq.csv", "\"Yes, it is.\"", "**" + std::string(1'300, 'x') + "**", "K045", 2, "**xxx", "shorten"},
        {"an answer with a fact that there is not", "faq.csv", "\"Yes, it is.\"", "Yes. {{lab.founded.2}}", "K047", 2, "Yes. {{lab", "lab.founded.1"},
        {"a question too long to ask", "faq.csv", "Is it open?", std::string(301, 'x'), "K049", 2, "xxx", "fewer words"},
        {"more questions than anybody reads", "faq.csv", "Is it open?", many_questions(61), "K049", 2, "Question 0?", "differ most"},
        {"empty id", "entities.csv", "unit,research", ",research", "K023", 3, ",research", "every row"},
    };
    for (auto const& one : cases)
        DYNAMIC_SECTION(one.name)
        {
            auto files = small_folder();
            std::string& bytes = files[one.file];
            auto const at = bytes.find(one.from);
            REQUIRE(at != std::string::npos);
            bytes.replace(at, one.from.size(), one.to);
            auto const found = check(files);
            INFO(all(found));
            auto const told = std::find_if(found.begin(), found.end(), [&](Diagnostic const& d) {
                return d.code == one.code && d.file.ends_with('/' + one.file) && d.severity == Severity::error;
            });
            REQUIRE(told != found.end());
            CHECK(told->line == one.line);
            CHECK(from_column(*told).substr(0, one.there.size()) == one.there);
            CHECK(told->hint.find(one.hint) != std::string::npos);
            CHECK_FALSE(told->source_line.empty());
        }
}

TEST_CASE("a small folder is read without a word", "[knowledge]")
{
    CHECK(all(check(small_folder(), {2026, 11, 24})) == "");
}

TEST_CASE("facts.csv may lack the review dates, and faq.csv may be missing", "[knowledge]")
{
    auto files = small_folder();
    files["facts.csv"] = "id,entity,property,value,unit,text_en,text_fr,valid_from,valid_to,source,layer\n"
                         "lab.founded.1,lab,founded,1976,,Founded in 1976.,Fond\u00e9 en 1976.,1976,,web,public\n";
    files.erase("faq.csv");
    CHECK(all(check(files)) == "");
}

TEST_CASE("columns may stand in any order, between semicolons", "[knowledge]")
{
    auto files = small_folder();
    files["sources.csv"] = "\xef\xbb\xbfseen;url;id;title;publisher;published\r\n"
                           "2026-11-23;https://example.org/page;web;The page, again;The cluster;\r\n";
    CHECK(all(check(files)) == "");
}

TEST_CASE("problems of all files are told at once, in their order", "[knowledge]")
{
    auto files = small_folder();
    files["sources.csv"].replace(files["sources.csv"].find("https"), 5, "ftp");
    files["entities.csv"].replace(files["entities.csv"].find("research_centre"), 15, "lab");
    files["facts.csv"].replace(files["facts.csv"].find("founded,1976"), 7, "born");
    files["faq.csv"].replace(files["faq.csv"].find("lab,web"), 7, "lob,wob");
    auto const found = check(files);
    std::string places;
    for (auto const& d : found)
        places += d.file.substr(d.file.rfind('/') + 1) + ' ' + d.code + '\n';
    CHECK(places == "sources.csv K027\nentities.csv K024\nfacts.csv K032\nfacts.csv K024\nfaq.csv K022\nfaq.csv K022\n");
}

TEST_CASE("a missing file is told once, not for each row that refers to it", "[knowledge]")
{
    auto files = small_folder();
    files.erase("entities.csv");
    auto const found = check(files);
    INFO(all(found));
    CHECK(found.size() == 1);
    CHECK(found.at(0).code == "K001");
}

TEST_CASE("what is overdue is a warning on the day, and none before", "[knowledge]")
{
    auto files = small_folder();
    auto& facts = files["facts.csv"];
    facts.replace(facts.find("web,public,\r\n"), 13, "web,public,2026-06\r\n");
    auto& faq = files["faq.csv"];
    faq.replace(faq.find("lab,web,,"), 9, "lab,web,2026-05-01,");
    CHECK(check(files, {2026, 4, 30}).empty());
    CHECK(check(files, {2026, 6, 30}).size() == 1);  // "2026-06" lasts until the end of June
    auto const found = check(files, {2026, 7, 1});
    REQUIRE(found.size() == 2);
    CHECK(found[0].code == "K041");
    CHECK(found[1].code == "K042");
    CHECK_FALSE(has_errors(found));
}

TEST_CASE("a name that two entities share is a warning", "[knowledge]")
{
    auto files = small_folder();
    auto& entities = files["entities.csv"];
    entities.replace(entities.find("L'unit\u00e9,,,"), std::string("L'unit\u00e9,,,").size(), "L'unit\u00e9,,Lab-One,");
    auto const found = check(files);
    REQUIRE(found.size() == 1);
    CHECK(found[0].code == "K040");
    CHECK(found[0].severity == Severity::warning);
    CHECK(found[0].line == 3);
}

TEST_CASE("a folder full of errors is told up to a limit", "[knowledge]")
{
    auto files = small_folder();
    for (int i = 0; i < 5'000; ++i)
        files["facts.csv"] += "x.y." + std::to_string(i) + ",nobody,nothing,,,,,never,,nowhere,no,\r\n";
    auto const found = check(files);
    CHECK(found.size() <= 1'010);
    CHECK(found.back().message.find("too many problems") != std::string::npos);
}
