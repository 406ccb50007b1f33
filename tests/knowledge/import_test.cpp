#include "knowledge/import.hpp"

#include "knowledge/folder.hpp"
#include "knowledge/reader.hpp"
#include "support.hpp"

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

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
