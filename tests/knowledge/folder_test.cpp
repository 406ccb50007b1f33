#include "knowledge/folder.hpp"

#include "support.hpp"

using namespace immunobot;
using namespace immunobot::knowledge;
using namespace immunobot::knowledge::tests;

TEST_CASE("the shipped data has nothing wrong with it", "[knowledge]")
{
    Diagnostics found;
    auto const read = read_folder(shipped, found, {.today = {2026, 11, 24}});
    INFO(all(found));
    CHECK(failure(read) == "");
    CHECK(found.empty());
}
