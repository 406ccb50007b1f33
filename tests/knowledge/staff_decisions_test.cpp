// What the staff decided, as the store keeps it.
#include "knowledge/staff_store.hpp"
#include "support.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

// Statements are kept by the address of their text: one that was made for the moment left its place to the next.
TEST_CASE("one decision and the list of all are read in turns, as often as one likes", "[knowledge]")
{
    TemporaryFolder folder;
    write_folder(folder / "data", small_folder());
    import_ok(folder / "bot.db", folder / "data");
    auto store = StaffStore::open(folder / "bot.db").value();
    Decided decided;
    decided.who = "ada@example.org";
    decided.what = "setting";
    decided.setting = Decided::OfSetting{"over", "say", "silent"};
    auto const id = store.keep_decision(decided).value();
    for (int turn = 0; turn < 50; ++turn) {
        INFO(turn);
        auto const one = store.decision(id);
        REQUIRE(one.has_value());
        REQUIRE(one->has_value());
        CHECK((*one)->id == id);
        auto const all = store.decisions(0, 10);
        REQUIRE(all.has_value());
        REQUIRE(all->size() == 1);
        CHECK((*all)[0].who == "ada@example.org");
        std::string const other(static_cast<std::size_t>(90 + turn), 'x');   // as requests between them would
        CHECK(!other.empty());
    }
}
