#include "text/csv.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <random>

using namespace immunobot;
using namespace immunobot::text;

namespace {

std::string all(Diagnostics const& found)
{
    std::string out;
    for (auto const& one : found)
        out += format(one);
    return out;
}

std::vector<std::vector<std::string>> texts(CsvTable const& table)
{
    std::vector<std::vector<std::string>> rows;
    for (CsvRow const& row : table.rows) {
        rows.emplace_back();
        for (CsvField const& field : row.fields)
            rows.back().emplace_back(field.value);
    }
    return rows;
}

using Rows = std::vector<std::vector<std::string>>;

std::string repeated(std::size_t times, std::string const& text)
{
    std::string out;
    for (std::size_t i = 0; i < times; ++i)
        out += text;
    return out;
}

}  // namespace

TEST_CASE("well-formed tables are read as they are meant", "[text]")
{
    struct Case {
        std::string name;
        std::string bytes;
        Rows rows;
    };
    Case const cases[] = {
        {"LF", "a,b\n1,2\n", {{"1", "2"}}},
        {"CR LF", "a,b\r\n1,2\r\n", {{"1", "2"}}},
        {"no line end at the end", "a,b\n1,2", {{"1", "2"}}},
        {"byte order mark", "\xef\xbb\xbf" "a,b\n1,2\n", {{"1", "2"}}},
        {"tabs of a copied table", "a\tb\r\n1,5;\t2\r\n", {{"1,5;", "2"}}},
        {"semicolons of French Excel", "a;b\r\n1,5;2\r\n", {{"1,5", "2"}}},
        {"an empty line before the header", "\r\n\na;b\r\n1,5;2\r\n", {{"1,5", "2"}}},
        {"a quoted separator", "a,b\n\"1,5\",2\n", {{"1,5", "2"}}},
        {"a quoted line break", "a,b\n\"x\r\ny\",2\n", {{"x\r\ny", "2"}}},
        {"doubled quotes", "a,b\n\"say \"\"yes\"\"\",\"\"\"\"\n", {{"say \"yes\"", "\""}}},
        {"empty fields", "a,b\n,\"\"\n1,\n", {{"1", ""}}},
        {"empty lines and rows of separators", "a,b\n\n1,2\n,\n\n", {{"1", "2"}}},
        {"accents", "a,b\n\u00e9t\u00e9,\u0153uvre\n", {{"\u00e9t\u00e9", "\u0153uvre"}}},
        {"blanks are kept", "a,b\n 1 ,2\n", {{" 1 ", "2"}}},
        {"one column", "a\n1\n2\n", {{"1"}, {"2"}}},
        {"header alone", "a,b\n", {}},
        {"a quoted header", "\"a\",\"b\"\n1,2\n", {{"1", "2"}}},
    };
    for (auto const& one : cases)
        DYNAMIC_SECTION(one.name)
        {
            Diagnostics found;
            auto const table = read_csv("t.csv", one.bytes, {}, found);
            CHECK(all(found) == "");
            CHECK(texts(table) == one.rows);
            CHECK(table.header.fields.at(0).value == "a");
        }
}

TEST_CASE("what is wrong with a table is told with its place", "[text]")
{
    struct Case {
        std::string name;
        std::string bytes;
        std::string code;
        std::size_t line;
        std::size_t column;
        std::string says;
    };
    CsvLimits limits;
    limits.field_bytes = 100;
    limits.rows = 3;
    limits.file_bytes = 2'000'000;
    Case const cases[] = {
        {"empty", "", "K011", 1, 1, "no header"},
        {"only line ends", "\r\n\r\n", "K011", 1, 1, "no header"},
        {"too few fields", "a,b\n1\n", "K005", 2, 1, "1 fields"},
        {"too many fields", "a,b\n1,2,3\n", "K005", 2, 1, "3 fields"},
        {"a field with a stray quote", "a,b\n1,x\"y\n", "K004", 2, 4, "not quoted"},
        {"the column is in characters", "a,b\n\u00e9\u00e9,x\"y\n", "K004", 2, 5, "not quoted"},
        {"text after the quote", "a,b\n\"1\"x,2\n", "K004", 2, 4, "after the closing quote"},
        {"an open quote", "a,b\n1,\"two\n3,4\n", "K004", 2, 3, "never closed"},
        {"a lone carriage return", "a,b\n1,2\r3,4\n", "K004", 2, 4, "carriage return"},
        {"bad UTF-8", "a,b\n1,caf\xe9\n", "K002", 2, 6, "not UTF-8"},
        {"an overlong form", "a,b\n\xc0\xaf,2\n", "K002", 2, 1, "not UTF-8"},
        {"a surrogate", "a,b\n\xed\xa0\x80,2\n", "K002", 2, 1, "not UTF-8"},
        {"a cut character at the end", "a,b\n1,\xe2\x82", "K002", 2, 3, "not UTF-8"},
        {"NUL", std::string("a,b\n1,x\0y\n", 10), "K003", 2, 4, "NUL"},
        {"UTF-16", std::string("\xff\xfe" "a\0,\0", 6), "K002", 0, 0, "UTF-16"},
        {"a long field", "a,b\n1," + std::string(101, 'x') + "\n", "K006", 2, 3, "101 bytes"},
        {"too many rows", "a\n1\n2\n3\n4\n", "K007", 5, 1, "more than 3 rows"},
        {"too long", std::string(2'000'001, 'x'), "K001", 0, 0, "at most"},
        {"the line behind a quoted line break", "a,b\n\"x\n\ny\",2\n1\n", "K005", 5, 1, "1 fields"},
    };
    for (auto const& one : cases)
        DYNAMIC_SECTION(one.name)
        {
            Diagnostics found;
            read_csv("t.csv", one.bytes, limits, found);
            INFO(all(found));
            REQUIRE_FALSE(found.empty());
            CHECK(found.front().code == one.code);
            CHECK(found.front().line == one.line);
            CHECK(found.front().column == one.column);
            CHECK(found.front().message.find(one.says) != std::string::npos);
            CHECK_FALSE(found.front().hint.empty());
        }
}

TEST_CASE("each field knows where it stands", "[text]")
{
    Diagnostics found;
    auto const table = read_csv("t.csv", "\xef\xbb\xbf" "a,b\n\u00e9\u00e9,\"x\r\n\u00e9y\",\n1,2\n", {}, found);
    auto const places = [](CsvRow const& row) {
        std::string out;
        for (auto const& field : row.fields)
            out += std::to_string(field.line) + ':' + std::to_string(field.column) + ' ';
        return out;
    };
    CHECK(places(table.header) == "1:1 1:3 ");
    REQUIRE(table.rows.size() == 1);
    CHECK(places(table.rows[0]) == "4:1 4:3 ");
    REQUIRE(found.size() == 1);  // three fields in the row before
    CHECK(source_line(table, table.rows[0][1]) == "1,2");

    auto const whole = read_csv("t.csv", "a,b,c\n\u00e9\u00e9,\"x\r\n\u00e9y\",z\n", {}, found);
    REQUIRE(whole.rows.size() == 1);
    CHECK(places(whole.rows[0]) == "2:1 2:4 3:5 ");
}

TEST_CASE("a table of known columns comes back in their order", "[text]")
{
    Diagnostics found;
    auto const table = read_csv("b,a\n2,1\n", "t.csv", {"a", "b", "c"}, {"c"}, found);
    CHECK(all(found) == "");
    CHECK(texts(table) == Rows{{"1", "2", ""}});
    CHECK(table.rows[0][2].line == 2);
}

TEST_CASE("a header that is not as wanted is told, and no row is read by it", "[text]")
{
    struct Case {
        std::string bytes;
        std::string code;
        std::size_t column;
        std::string says;
    };
    Case const cases[] = {
        {"a,bb\n1,2\n", "K009", 3, "no column \"bb\""},
        {"a\n1\n", "K008", 1, "\"b\" is missing"},
        {"a,b,a\n1,2,3\n", "K010", 5, "twice"},
        {"", "K011", 1, "no header"},
    };
    for (auto const& one : cases) {
        Diagnostics found;
        auto const table = read_csv(one.bytes, "t.csv", {"a", "b"}, {}, found);
        INFO(all(found));
        CHECK(table.rows.empty());
        REQUIRE_FALSE(found.empty());
        CHECK(found.front().code == one.code);
        CHECK(found.front().line == 1);
        CHECK(found.front().column == one.column);
        CHECK(found.front().message.find(one.says) != std::string::npos);
    }
}

TEST_CASE("every problem of a table is told at once", "[text]")
{
    Diagnostics found;
    auto const table = read_csv("t.csv", "a,b\n1\n\xff,2\nx\"y,2\n5,6\n7,8,9\n", {}, found);
    CHECK(found.size() == 4);
    CHECK(table.rows.size() == 3);  // those that could be read
}

TEST_CASE("hostile tables are refused in linear time", "[text]")
{
    for (auto const& bytes : {"a,b\n" + std::string(1'000'000, '"'), "a,b\n" + repeated(300'000, "\"x\"y"),
                              "a,b\n" + std::string(1'000'000, ','), "a,b\n" + repeated(200'000, "\"\n"),
                              "a,b\n" + repeated(300'000, "x\n"), "a,b\n" + std::string(1'000'000, '\xff')}) {
        Diagnostics found;
        auto const begin = std::chrono::steady_clock::now();
        read_csv("t.csv", bytes, {}, found);
        CHECK(found.size() <= 1'100);
        CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(5));
    }
}

TEST_CASE("formulas are guarded, and the guard comes off again", "[text]")
{
    struct Case {
        std::string field;
        std::string guarded;
    };
    Case const cases[] = {
        {"=1+1", "'=1+1"},       {"+1+1", "'+1+1"},   {"-2", "'-2"},           {"@SUM(A1)", "'@SUM(A1)"},
        {"\tx", "'\tx"},         {"\rx", "'\rx"},     {"\nx", "'\nx"},         {"'=x", "''=x"},
        {"''-x", "'''-x"},       {"'quoted'", "'quoted'"}, {"plain", "plain"}, {"", ""},
        {"'", "'"},              {"a=b", "a=b"},      {"\uff1dx", "'\uff1dx"}, {"\uff20x", "'\uff20x"},
        {"+33 4 91 22 33 33", "+33 4 91 22 33 33"},   {"'+33 4", "''+33 4"},   {"+", "'+"},
        {"+33 4|cmd", "'+33 4|cmd"},
    };
    for (auto const& one : cases) {
        CHECK(guard_formula(one.field) == one.guarded);
        CHECK(unguard_formula(guard_formula(one.field)) == one.field);
    }
}

TEST_CASE("ten thousand random rows come back as they were", "[text]")
{
    static char const* const pieces[] = {"\"", ",", ";", "\r\n", "\n", "=", "+", "-", "@", "\t", "'", " ", "a", "7",
                                         "\u00e9", "\u0153", "\uff1d", "\U0001f9ec", "\u2019", "|", "\u00a0"};
    std::mt19937 chance(7);
    Rows rows;
    std::string bytes;
    write_csv_row(bytes, {"a", "b", "c"});
    for (int i = 0; i < 10'000; ++i) {
        std::vector<std::string> row(3);
        for (auto& field : row)
            for (auto n = chance() % 8; n > 0; --n)
                field += pieces[chance() % std::size(pieces)];
        row[0] += 'x';  // a row of nothing but empty fields is no row
        std::vector<std::string> guarded;
        for (auto const& field : row)
            guarded.push_back(guard_formula(field));
        for (auto const& field : guarded) {
            auto const phone = field.find_first_not_of("+0123456789 ") == std::string::npos;
            CHECK((field.empty() || phone || std::string("=+-@\t\r\n").find(field[0]) == std::string::npos));
        }
        write_csv_row(bytes, {guarded.begin(), guarded.end()});
        rows.push_back(std::move(row));
    }
    Diagnostics found;
    auto const table = read_csv("t.csv", bytes, {}, found);
    REQUIRE(all(found) == "");
    REQUIRE(table.rows.size() == rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i)
        for (std::size_t c = 0; c < 3; ++c)
            REQUIRE(unguard_formula(table.rows[i][c].value) == rows[i][c]);
}
