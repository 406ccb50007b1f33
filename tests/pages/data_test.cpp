#include "pages/open_data.hpp"

#include "text/csv.hpp"

#include "world.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;
namespace json = boost::json;

TEST_CASE("the table of facts has a row for each, with its source and licence", "[pages]")
{
    auto const bytes = facts_csv(shipped(), Addresses::of_server(""));
    Diagnostics found;
    auto const table = text::read_csv("facts.csv", bytes, {}, found);
    CHECK(found.empty());
    REQUIRE(table.rows.size() == shipped().knowledge().facts.size());
    CHECK(table.header.fields.size() == 19);
    for (auto const& row : table.rows) {
        REQUIRE(row.fields.size() == 19);
        CHECK_FALSE(row[13].value.empty());
        CHECK(row[18].value == "CC BY 4.0");
    }
}

TEST_CASE("a table of hostile facts runs nothing in a spreadsheet", "[pages]")
{
    knowledge::Knowledge all;
    all.sources = {{"s", "=1+1", "@x", "-2", "", "2026-11-23"}};
    all.entities = {{"e", "cluster", {"=cmd()", "+a"}, "", {}, ""}};
    all.facts = {{"e.definition.1", "e", "definition", "=HYPERLINK(1)", "@u", {"-1+x", "\tx"}, "", "", "", "s", "seed"}};
    Site const site(std::make_shared<knowledge::Knowledge const>(std::move(all)), day);
    Diagnostics found;
    auto const table = text::read_csv("facts.csv", facts_csv(site, Addresses::of_server("")), {}, found);
    REQUIRE(table.rows.size() == 1);
    for (auto const& field : table.rows[0].fields) {
        INFO(field.value);
        CHECK((field.value.empty() || std::string("=+-@\t").find(field.value[0]) == std::string::npos));
    }
}

TEST_CASE("the facts as JSON name licence, credit and sources, and every name in them exists", "[pages]")
{
    auto const all = json::parse(facts_json(shipped(), Addresses::of_server(""))).as_object();
    CHECK(all.at("licence").as_object().at("url").as_string() == licence_address);
    CHECK_FALSE(all.at("credit").as_string().empty());
    std::set<std::string> sources;
    std::set<std::string> entities;
    for (auto const& one : all.at("sources").as_array())
        sources.insert(one.as_object().at("id").as_string().c_str());
    for (auto const& one : all.at("entities").as_array())
        entities.insert(one.as_object().at("id").as_string().c_str());
    CHECK(all.at("facts").as_array().size() == shipped().knowledge().facts.size());
    for (auto const& one : all.at("facts").as_array()) {
        CHECK(sources.contains(one.as_object().at("source").as_string().c_str()));
        CHECK(entities.contains(one.as_object().at("entity").as_string().c_str()));
    }
}

TEST_CASE("in the linked data every fact is about an entity and cites a source that are there", "[pages]")
{
    Site const hostile(hostile_knowledge(), day);
    for (auto const& base : {"", "https://bot.example.org"})
        for (auto const* site : {&shipped(), &hostile}) {
            auto const all = json::parse(facts_json_ld(*site, Addresses::of_server(base))).as_object();
            auto const& graph = all.at("@graph").as_array();
            std::set<std::string> ids;
            std::size_t claims = 0;
            for (auto const& node : graph)
                if (auto const* id = node.as_object().if_contains("@id"))
                    ids.insert(id->as_string().c_str());
            for (auto const& node : graph) {
                auto const* about = node.as_object().if_contains("about");
                if (!about)
                    continue;
                ++claims;
                CHECK(ids.contains(about->as_object().at("@id").as_string().c_str()));
                CHECK(ids.contains(node.as_object().at("prov:hadPrimarySource").as_object().at("@id").as_string().c_str()));
                CHECK(node.as_object().at("license").as_string() == licence_address);
            }
            CHECK(claims == site->knowledge().facts.size());
            CHECK(graph.front().as_object().at("@type").as_string() == "Dataset");
        }
}
