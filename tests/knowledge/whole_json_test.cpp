// All of the knowledge as one JSON file, and back.
#include "knowledge/whole_json.hpp"

#include "knowledge/import.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/staff_store.hpp"
#include "support.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

std::string broken(std::string text, std::string const& from, std::string const& to)
{
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    return text.replace(at, from.size(), to);
}

Knowledge loaded(std::string const& database)
{
    return Reader::open(database).value().load().value();
}

}  // namespace

TEST_CASE("exported as JSON and imported, the shipped data does not change", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    import_ok(database, shipped);
    auto const written = export_json(database, folder / "all.json").value();
    CHECK(written.facts == 613);
    auto const again = import_ok(database, folder / "all.json");
    for (auto const* counts : {&again.sources, &again.entities, &again.facts, &again.faq, &again.askings}) {
        CHECK(counts->added + counts->changed + counts->removed == 0);
        CHECK(counts->unchanged > 0);
    }
    CHECK(again.moved == 0);
    CHECK(again.revision == 1);
    // Into an empty database, it is the same to the byte.
    import_ok(folder / "other.db", folder / "all.json");
    REQUIRE(failure(export_json(folder / "other.db", folder / "other.json")) == "");
    CHECK(read_bytes(folder / "other.json") == read_bytes(folder / "all.json"));
    REQUIRE(failure(export_folder(folder / "other.db", folder / "csv")) == "");
    CHECK(read_bytes(folder / "csv/facts.csv") == read_bytes(shipped + "/facts.csv"));
}

TEST_CASE("a row is a line of the JSON, so that git shows which has changed", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", small_folder());
    import_ok(folder / "bot.db", folder / "data");
    REQUIRE(failure(export_json(folder / "bot.db", folder / "all.json")) == "");
    auto const text = read_bytes(folder / "all.json");
    CHECK(text.find("\n{\"id\":\"lab.founded.1\",\"entity\":\"lab\",") != std::string::npos);
    CHECK(std::ranges::count(text, '\n') == 19);
    write_bytes(folder / "all.json", broken(text, "The lab was founded in 1976.", "The lab was founded in 1977."));
    auto const report = import_ok(folder / "bot.db", folder / "all.json");
    CHECK(report.facts.changed == 1);
    CHECK(report.facts.unchanged == 1);
    CHECK(report.revision == 2);
}

TEST_CASE("what is wrong with a JSON file is told by its row, and nothing is changed", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", small_folder());
    import_ok(folder / "bot.db", folder / "data");
    REQUIRE(failure(export_json(folder / "bot.db", folder / "all.json")) == "");
    auto const sound = read_bytes(folder / "all.json");
    struct Row {
        char const* name;
        std::string text;
        char const* code;
        char const* told;
    };
    Row const rows[] = {
        {"no JSON", sound.substr(0, sound.size() / 2), "K050", "no JSON"},
        {"another file", "{\"name\": \"package\"}", "K050", "no JSON file of the knowledge"},
        {"a list", "[]", "K050", ""},
        {"an unknown table", broken(sound, "\"faq\": [", "\"faqs\": ["), "K051", "'faqs'"},
        {"an unknown field", broken(sound, "\"unit\":\"\"", "\"units\":\"\""), "K051", "facts lab.founded.1: there is no field 'units'"},
        {"a number", broken(sound, "\"value\":\"1976\"", "\"value\":1976"), "K051", "facts lab.founded.1: the field 'value' is to be a text"},
        {"a text for a list", broken(sound, "\"aliases\":[]", "\"aliases\":\"none\""), "K051", "entities unit"},
        {"a row without an id", broken(sound, "{\"id\":\"unit.part_of.1\",", "{"), "K051", "facts: row 2 has no id"},
        {"no such source", broken(sound, "\"source\":\"web\"", "\"source\":\"wbe\""), "K022", "facts lab.founded.1"},
        {"an id twice", broken(sound, "\"unit.part_of.1\"", "\"lab.founded.1\""), "K021", "facts lab.founded.1"},
        {"no sentence", broken(sound, "The lab was founded in 1976.", ""), "K023", "facts lab.founded.1"},
        {"no tables", "{\"format\":\"immunobot-knowledge-1\"}", "K053", "'sources'"},
        {"a table less", broken(sound, ",\n\"questions\": [\n]", ""), "K053", "'questions'"},
        {"a key twice", broken(sound, "\"unit\":\"\"", "\"unit\":\"\",\"unit\":\"m\""), "K050", "a key occurs twice"},
        {"a table twice", broken(sound, "\n}\n", ",\n\"facts\": []\n}\n"), "K050", "a key occurs twice"},
        {"an item with a bar", broken(sound, "\"lab one\"", "\"lab|one\""), "K052", "entities lab"},
    };
    for (auto const& row : rows) {
        INFO(row.name);
        write_bytes(folder / "bad.json", row.text);
        auto const report = import_folder(folder / "bot.db", folder / "bad.json").value();
        INFO(all(report.diagnostics));
        REQUIRE(has_errors(report.diagnostics));
        CHECK_FALSE(report.applied);
        auto const first = std::ranges::find(report.diagnostics, Severity::error, &Diagnostic::severity);
        CHECK(first->code == row.code);
        CHECK(first->file == folder / "bad.json");
        CHECK(first->message.find(row.told) != std::string::npos);
        CHECK(loaded(folder / "bot.db").revision == 1);
    }
}

TEST_CASE("what staff changed outlives the import of a JSON file, as that of a folder", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    write_folder(folder / "data", small_folder());
    import_ok(database, folder / "data");
    REQUIRE(failure(export_json(database, folder / "before.json")) == "");
    {
        auto store = StaffStore::open(database).value();
        auto fact = store.fact("lab.founded.1").value().value();
        fact.fact.text.en = "The lab was founded in May 1976.";
        REQUIRE(store.set_facts({{fact.fact, fact.revision, {}}}, {}, "test", {"ada", "test", "fact.set", "lab.founded.1"}));
    }
    auto const kept = import_ok(database, folder / "before.json");
    CHECK(kept.kept == 1);
    CHECK(kept.facts.changed == 0);
    write_bytes(folder / "both.json", broken(read_bytes(folder / "before.json"), "The lab was founded in 1976.", "The lab was founded in 1977."));
    auto const both = import_ok(database, folder / "both.json");
    REQUIRE(both.conflicts.size() == 1);
    CHECK(loaded(database).facts[0].text.en == "The lab was founded in May 1976.");
    REQUIRE(failure(export_json(database, folder / "after.json")) == "");
    CHECK(import_ok(database, folder / "after.json").settled.size() == 1);
}
