#include "assistant/fact_index.hpp"

#include <catch2/catch.hpp>

using immunobot::assistant::numbers_of;

TEST_CASE("numbers are found as people write them", "[assistant]")
{
    struct Row {
        char const* text;
        std::vector<std::string> numbers;
    };
    Row const rows[] = {
        {"more than 2,000 people", {"2000"}},
        {"plus de 2\u202f000 personnes", {"2000"}},
        {"in 2014, 34 projects", {"2014", "34"}},
        {"2014 400 people", {"2014", "400"}},
        {"96 million", {"96"}},
        {"CRO2 and ICT01", {}},
        {"1,911,311", {"1911311"}},
        {"none", {}},
    };
    for (auto const& row : rows) {
        INFO(row.text);
        CHECK(numbers_of(row.text) == row.numbers);
    }
}
