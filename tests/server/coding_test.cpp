#include "server/coding.hpp"

#include <catch2/catch.hpp>

using namespace immunobot::server;

TEST_CASE("the smallest permitted coding is chosen", "[server]")
{
    struct Row { char const* field; Coding best; };
    for (auto const row : {Row{"", Coding::identity}, Row{"gzip", Coding::gzip}, Row{"gzip, deflate, br", Coding::brotli},
                           Row{"br;q=0, gzip", Coding::gzip}, Row{"br;q=0.0, gzip;q=0.000", Coding::identity},
                           Row{"GZIP ; q=0.5", Coding::gzip}, Row{"identity", Coding::identity}, Row{"*", Coding::identity},
                           Row{"gzipped, brx", Coding::identity}, Row{",,br,", Coding::brotli}, Row{"br;q=0.01", Coding::brotli}}) {
        INFO(row.field);
        CHECK(best_coding(row.field) == row.best);
    }
}

TEST_CASE("a tag is known in every coding, weak or strong, and no other is", "[server]")
{
    for (auto const* field : {"\"abc\"", "\"abc-gzip\"", "W/\"abc-br\"", "\"x\", \"abc\"", "*", " * "}) {
        INFO(field);
        CHECK(has_tag(field, "abc"));
    }
    for (auto const* field : {"", "abc", "\"abcd\"", "\"ab\"", "\"abc-zip\"", ",,", "**"}) {
        INFO(field);
        CHECK_FALSE(has_tag(field, "abc"));
    }
    CHECK(entity_tag("abc", Coding::identity) != entity_tag("abc", Coding::gzip));
}
