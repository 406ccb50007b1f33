#include "text/csv.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;

namespace {

text::CsvTable read(std::string_view content, Diagnostics& found)
{
    return text::read_csv(content, "t.csv", {"a", "b"}, {}, found);
}

}  // namespace

TEST_CASE("tables are read as people send them", "[text]")
{
    for (auto const* content : {"a,b\r\n1,\"x, \"\"y\"\"\"\r\n", "\xEF\xBB\xBF" "a;b\n1;\"x, \"\"y\"\"\"\n", "b,a\n\"x, \"\"y\"\"\",1", "a\tb\n1\t\"x, \"\"y\"\"\""}) {
        Diagnostics found;
        auto const table = read(content, found);
        CHECK(found.empty());
        REQUIRE(table.rows.size() == 1);
        CHECK(table.rows[0][0].value == "1");
        CHECK(table.rows[0][1].value == "x, \"y\"");
    }
}

TEST_CASE("a quoted line break belongs to the field, and lines are still counted", "[text]")
{
    Diagnostics found;
    auto const table = read("a,b\n\"1\n2\",x\n3,y\n", found);
    REQUIRE(table.rows.size() == 2);
    CHECK(table.rows[0][0].value == "1\n2");
    CHECK(table.rows[1][0].line == 4);
}

TEST_CASE("what is wrong with a table is named by line and column", "[text]")
{
    struct Row {
        std::string_view content;
        char const* code;
        std::size_t line;
    };
    static Row const rows[] = {
        {"a,b\n1,\"x\n", "C001", 2}, {"a,b\n1,\"x\"y\n", "C002", 2}, {"a,b\n1,\xff\n", "C003", 2}, {"a,c\n", "C007", 1},
        {"a\n1\n", "C008", 1},      {"a,b\n1\n", "C009", 2},         {"", "C006", 1},            {std::string_view("a,b\n1,\0\n", 8), "C003", 2},
    };
    for (auto const& row : rows) {
        Diagnostics found;
        read(row.content, found);
        REQUIRE_FALSE(found.empty());
        CHECK(found[0].code == row.code);
        CHECK(found[0].line == row.line);
    }
}
