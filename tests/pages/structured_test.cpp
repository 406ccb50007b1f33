#include "pages/structured.hpp"

#include "pages/open_data.hpp"

#include "world.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;
namespace json = boost::json;

namespace {

// The data blocks of a page, read.
std::vector<json::object> blocks_of(std::string const& page)
{
    std::vector<json::object> blocks;
    std::string const open = "<script type=\"application/ld+json\">";
    for (auto at = page.find(open); at != std::string::npos; at = page.find(open, at + 1)) {
        auto const begin = at + open.size();
        blocks.push_back(json::parse(page.substr(begin, page.find("</script>", begin) - begin)).as_object());
    }
    return blocks;
}

}  // namespace

TEST_CASE("the data of every page is JSON-LD of schema.org, hostile or not", "[pages]")
{
    Site const hostile(hostile_knowledge(), day);
    for (auto const* site : {&shipped(), &hostile})
        for (auto const& [path, page] : all_pages(*site, Addresses::of_server("https://bot.example.org")))
            for (auto const& block : blocks_of(page)) {
                INFO(path);
                CHECK(block.at("@context").as_string() == "https://schema.org");
                CHECK_FALSE(block.at("@type").as_string().empty());
            }
}

TEST_CASE("a page of the FAQ says its questions and answers once more for programs", "[pages]")
{
    auto const addresses = Addresses::of_server("https://bot.example.org");
    View const view{shipped(), addresses, Language::fr};
    std::vector<std::string> pages{faq_page(view)};
    for (auto const& topic : shipped().topics())
        pages.push_back(topic_page(view, topic));
    std::set<std::string> asked;
    for (auto const& page : pages) {
        auto const blocks = blocks_of(page);
        REQUIRE(blocks.size() == 1);
        CHECK(blocks[0].at("@type").as_string() == "FAQPage");
        CHECK(blocks[0].at("inLanguage").as_string() == "fr");
        auto const& questions = blocks[0].at("mainEntity").as_array();
        CHECK(questions.size() == all_of(page, "<article class=\"qa\" id=\"([^\"]*)\"").size());
        for (auto const& one : questions) {
            auto const& question = one.as_object();
            CHECK(question.at("@type").as_string() == "Question");
            CHECK_FALSE(question.at("acceptedAnswer").as_object().at("text").as_string().empty());
            asked.insert(std::string(question.at("name").as_string().c_str()));
        }
    }
    CHECK(asked.size() > 550);
}

TEST_CASE("an entity is described by what is known for certain", "[pages]")
{
    struct Case {
        std::string id;
        std::string type;
        std::string member;
        std::string value;
    };
    Case const cases[] = {
        {"ciml", "ResearchOrganization", "foundingDate", "1976"},
        {"innate-pharma", "Organization", "url", "https://www.innate-pharma.com"},
        {"eric-vivier", "Person", "name", "\xC3\x89ric Vivier"},
        {"luminy-campus", "Place", "", ""},
        {"ap-hm", "Hospital", "address", "80 rue Brochier, 13354 Marseille cedex 5"},
    };
    for (auto const& one : cases) {
        INFO(one.id);
        auto const* entity = shipped().entity(one.id);
        REQUIRE(entity);
        auto const object = entity_object(shipped(), *entity, Language::en, "x");
        CHECK(object.at("@type").as_string() == one.type);
        if (!one.member.empty())
            CHECK(object.at(one.member).as_string() == one.value);
    }
    // Two sources, two years: none is right for certain.
    CHECK_FALSE(entity_object(shipped(), *shipped().entity("haliodx"), Language::en, "").contains("foundingDate"));
}
