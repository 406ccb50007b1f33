#include "knowledge/import.hpp"

#include "knowledge/export.hpp"
#include "knowledge/folder.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/sqlite.hpp"
#include "knowledge/staff_store.hpp"
#include "support.hpp"

#include <algorithm>

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

namespace {

void replace(std::string& text, std::string const& from, std::string const& to)
{
    auto const at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
}

std::string one_text(std::string const& path, std::string const& sql)
{
    auto database = Database::open(path, Access::read).value();
    auto query = database.prepare(sql).value();
    return query.step().value() ? query.text(0) : "(no row)";
}

}  // namespace

TEST_CASE("the shipped data is imported whole, in file order", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto const report = import_ok(database, shipped);
    CHECK(report.applied);
    CHECK(report.created);
    CHECK(report.revision == 1);
    CHECK(report.entities.added == 113);
    CHECK(report.facts.added == 613);
    CHECK(report.sources.added == 177);
    CHECK(report.faq.added >= 20);

    Diagnostics found;
    auto const wanted = read_folder(shipped, found).value();
    auto const got = Reader::open(database).value().load().value();
    CHECK(got.sources == wanted.sources);
    CHECK(got.entities == wanted.entities);
    CHECK(got.facts == wanted.facts);
    CHECK(got.faq == wanted.faq);
    CHECK(got.revision == 1);
}

TEST_CASE("the shipped data comes out of an export byte by byte", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    import_ok(database, shipped);
    REQUIRE(failure(export_folder(database, folder / "out")) == "");
    for (char const* name : {"/sources.csv", "/entities.csv", "/facts.csv", "/faq.csv", "/questions.csv"})
        CHECK((read_bytes(folder / "out" + name) == read_bytes(shipped + name)));
}

TEST_CASE("importing the same again changes nothing", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    import_ok(database, shipped);
    auto const again = import_ok(database, shipped);
    CHECK(again.applied);
    CHECK_FALSE(again.created);
    CHECK(again.revision == 1);
    CHECK(again.facts == ImportCounts{0, 0, 0, 613});
    CHECK(again.moved == 0);
}

TEST_CASE("an import changes what changed, keeps the revision of the rest, and remembers who and why", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(database, folder / "data");

    replace(files["facts.csv"], "founded in 1976", "founded in 1975");
    replace(files["facts.csv"], "unit.part_of.1,unit,part_of,lab,,The unit is part of the lab.", "unit.part_of.2,unit,part_of,lab,,The unit is in the lab.");
    write_folder(folder / "data", files);
    auto const report = import_ok(database, folder / "data", {.who = "anne", .why = "the archive says so"});
    CHECK(report.revision == 2);
    CHECK(report.facts == ImportCounts{1, 1, 1, 0});
    CHECK(report.entities == ImportCounts{0, 0, 0, 2});

    auto reader = Reader::open(database).value();
    CHECK(reader.revision().value() == 2);
    auto const rows = reader.facts({"unit.part_of.1", "unit.part_of.2", "lab.founded.1"}).value();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].fact.id == "unit.part_of.2");
    CHECK(rows[1].fact.text.en == "The lab was founded in 1975.");
    CHECK(rows[1].revision == 2);
    CHECK(rows[1].source.title == "The page");
    CHECK(reader.faq("open").value()->revision == 1);

    CHECK(one_text(database, "SELECT made_by || ': ' || reason FROM revision WHERE id=2") == "anne: the archive says so");
    CHECK(one_text(database, "SELECT json_extract(before, '$.text_en') || ' > ' || json_extract(after, '$.text_en') FROM change "
                             "WHERE revision=2 AND kind='fact' AND row='lab.founded.1'") ==
          "The lab was founded in 1976. > The lab was founded in 1975.");
    CHECK(one_text(database, "SELECT after IS NULL FROM change WHERE revision=2 AND row='unit.part_of.1'") == "1");
    CHECK(one_text(database, "SELECT before IS NULL FROM change WHERE revision=2 AND row='unit.part_of.2'") == "1");
}

TEST_CASE("rows that only stand elsewhere move, and an export follows the new order", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(database, folder / "data");
    auto const& facts = files["facts.csv"];
    auto const first = facts.find('\n') + 1;
    auto const second = facts.find('\n', first) + 1;
    files["facts.csv"] = facts.substr(0, first) + facts.substr(second) + facts.substr(first, second - first);
    write_folder(folder / "data", files);
    auto const report = import_ok(database, folder / "data");
    CHECK(report.moved == 2);
    CHECK(report.facts.unchanged == 2);
    CHECK(report.revision == 2);
    CHECK(Reader::open(database).value().facts({"lab.founded.1"}).value().at(0).revision == 1);
    REQUIRE(failure(export_folder(database, folder / "out")) == "");
    CHECK(read_bytes(folder / "out/facts.csv") == files["facts.csv"]);
}

TEST_CASE("a bad row changes nothing", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(database, folder / "data");
    replace(files["facts.csv"], "founded in 1976", "founded in 1975");
    replace(files["facts.csv"], "part_of,lab", "part_of,lob");
    write_folder(folder / "data", files);
    auto const report = import_folder(database, folder / "data");
    REQUIRE(failure(report) == "");
    CHECK_FALSE(report->applied);
    CHECK(has_errors(report->diagnostics));
    auto reader = Reader::open(database).value();
    CHECK(reader.revision().value() == 1);
    CHECK(reader.facts({"lab.founded.1"}).value().at(0).fact.text.en == "The lab was founded in 1976.");
}

TEST_CASE("a bad folder makes no database", "[knowledge]")
{
    TemporaryFolder folder;
    auto const report = import_folder(folder / "bot.db", folder / "nowhere");
    REQUIRE(failure(report) == "");
    CHECK(report->diagnostics.size() == 3);
    CHECK_FALSE(std::filesystem::exists(folder / "bot.db"));
}

TEST_CASE("a dry run tells what would change and changes nothing", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    auto report = import_ok(database, folder / "data", {.dry_run = true});
    CHECK(report.facts.added == 2);
    CHECK_FALSE(report.applied);
    CHECK_FALSE(std::filesystem::exists(database));

    import_ok(database, folder / "data");
    replace(files["facts.csv"], "founded in 1976", "founded in 1975");
    write_folder(folder / "data", files);
    report = import_ok(database, folder / "data", {.dry_run = true});
    CHECK(report.facts == ImportCounts{0, 1, 0, 1});
    CHECK_FALSE(report.applied);
    CHECK(report.revision == 1);
    CHECK(Reader::open(database).value().facts({"lab.founded.1"}).value().at(0).revision == 1);
}

TEST_CASE("a long import tells how far it is", "[knowledge]")
{
    TemporaryFolder folder;
    std::string stages;
    import_ok(folder / "bot.db", shipped, {.progress = [&](std::string_view stage, std::size_t, std::size_t) {
        if (!stages.ends_with(std::string(stage) + ' '))
            stages += std::string(stage) + ' ';
    }});
    CHECK(stages == "reading sources entities facts faq questions committing ");
}

TEST_CASE("texts that spreadsheets would run survive an export and an import", "[knowledge]")
{
    TemporaryFolder folder;
    auto files = small_folder();
    replace(files["facts.csv"], "1976,,The lab was founded in 1976.", "+33 4 91 22 33 33,,'=1+1 is two.");
    write_folder(folder / "data", files);
    import_ok(folder / "bot.db", folder / "data");
    auto const knowledge = Reader::open(folder / "bot.db").value().load().value();
    CHECK(knowledge.facts.at(0).value == "+33 4 91 22 33 33");
    CHECK(knowledge.facts.at(0).text.en == "=1+1 is two.");
    REQUIRE(failure(export_folder(folder / "bot.db", folder / "out")) == "");
    CHECK(read_bytes(folder / "out/facts.csv") == files["facts.csv"]);
}

namespace {

// As the console does: the answer is a draft, then published.
void publish_here(std::string const& database, std::string const& id, std::string const& answer_en, bool staff_only = false)
{
    auto store = StaffStore::open(database).value();
    Draft draft;
    draft.answer.entry = {id, {"Is it open?"}, {"C'est ouvert ?"}, {answer_en, "Oui."}, {}, staff_only ? "" : "web", {}, {}};
    draft.answer.staff_only = staff_only;
    auto const there = store.published(id).value();
    draft.base = there ? there->revision : 0;
    auto const version = store.save(draft, {"ada", "test", "draft.save", id}).value();
    REQUIRE(failure(store.publish({id, version, "because", "The desk", "2026-11-23"}, {"ada", "test", "answer.publish", id})) == "");
}

std::string codes(ImportReport const& report)
{
    std::string out;
    for (auto const& one : report.diagnostics)
        out += one.code + ' ';
    return out;
}

}  // namespace

TEST_CASE("a fact that an answer of staff takes in outlives its folder", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(database, folder / "data");
    bool const staff_only = GENERATE(false, true);
    publish_here(database, staff_only ? "gate" : "open", "Yes. {{unit.part_of.1}}", staff_only);
    auto const& facts = files["facts.csv"];
    files["facts.csv"] = facts.substr(0, facts.find("unit.part_of.1"));
    write_folder(folder / "data", files);
    for (bool const dry_run : {true, false, false}) {
        auto const report = import_ok(database, folder / "data", {.dry_run = dry_run});
        REQUIRE(codes(report) == "K055 ");
        CHECK(report.diagnostics[0].message.find("unit.part_of.1") != std::string::npos);
        CHECK(report.diagnostics[0].message.find(staff_only ? "gate" : "open") != std::string::npos);
        CHECK(report.facts.removed == 0);
    }
    CHECK(Reader::open(database).value().facts({"unit.part_of.1"}).value().size() == 1);
}

TEST_CASE("what the folder and the staff make together breaks no rule", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    auto files = small_folder();
    write_folder(folder / "data", files);
    import_ok(database, folder / "data");
    publish_here(database, "open", "{{lab.founded.1}} {{lab.founded.1}} {{lab.founded.1}}");
    replace(files["facts.csv"], "The lab was founded in 1976.", std::string(500, 'x'));
    write_folder(folder / "data", files);
    for (bool const dry_run : {true, false}) {
        auto const report = import_folder(database, folder / "data", {.dry_run = dry_run}).value();
        REQUIRE(codes(report) == "K045 ");
        CHECK(report.diagnostics[0].message.find("faq open, answer_en") != std::string::npos);
        CHECK_FALSE(report.applied);
    }
    CHECK(Reader::open(database).value().load().value().facts[0].text.en == "The lab was founded in 1976.");
}

TEST_CASE("an import that would remove most of a table is to be asked for", "[knowledge]")
{
    TemporaryFolder folder;
    auto const database = folder / "bot.db";
    import_ok(database, shipped);
    write_folder(folder / "data", small_folder());
    auto const refused = import_folder(database, folder / "data").value();
    INFO(all(refused.diagnostics));
    CHECK_FALSE(refused.applied);
    REQUIRE(has_errors(refused.diagnostics));
    CHECK(std::ranges::all_of(refused.diagnostics, [](Diagnostic const& one) { return one.code == "K054" && one.hint.find("--allow-removals") != std::string::npos; }));
    CHECK(has_errors(import_folder(database, folder / "data", {.dry_run = true}).value().diagnostics));
    CHECK(Reader::open(database).value().load().value().facts.size() == 613);
    CHECK(import_ok(database, folder / "data", {.allow_removals = true}).facts.removed == 613);
}
