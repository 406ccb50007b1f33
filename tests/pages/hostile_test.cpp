// Nothing that the knowledge or a visitor says becomes markup.

#include "pages/notice.hpp"

#include "world.hpp"

#include <catch2/catch.hpp>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;

namespace {

// A page of ours has scripts by address, data blocks, and no handler or style of its own. What follows looks at tags as a
// browser finds them: from '<' and a letter to the next '>' outside of quotes.
std::vector<std::string> tags_of(std::string const& page)
{
    std::vector<std::string> tags;
    for (std::size_t i = 0; i + 1 < page.size(); ++i) {
        if (page[i] != '<' || !std::isalpha(static_cast<unsigned char>(page[i + 1])))
            continue;
        auto end = i;
        for (char quote = 0; end < page.size() && (quote != 0 || page[end] != '>'); ++end)
            if (page[end] == '"')
                quote = quote == 0 ? '"' : '\0';
        tags.push_back(page.substr(i, end - i + 1));
        i = end;
    }
    return tags;
}

void check_harmless(std::string const& page)
{
    for (auto const& tag : tags_of(page)) {
        INFO(tag);
        auto const name = tag.substr(1, tag.find_first_of(" >", 1) - 1);
        CHECK(name != "img");
        CHECK(name != "b");
        if (name == "script")
            CHECK((tag.find(" src=\"") != std::string::npos || tag == "<script type=\"application/ld+json\">"));
        // Attributes, their values taken away.
        auto const bare = std::regex_replace(tag, std::regex("\"[^\"]*\""), "\"\"");
        CHECK(bare.find(" on") == std::string::npos);
        CHECK(bare.find(" style") == std::string::npos);
        CHECK(bare.find('\'') == std::string::npos);
        CHECK(tag.find("href=\"javascript") == std::string::npos);
    }
    CHECK(page.find("<!--") == std::string::npos);
    CHECK(page.find("<script>alert") == std::string::npos);
}

}  // namespace

TEST_CASE("hostile knowledge is text on every page", "[pages]")
{
    Site const site(hostile_knowledge(), day);
    auto const pages = all_pages(site, Addresses::of_server("https://bot.example.org"));
    CHECK(pages.size() > 10);
    for (auto const& [path, page] : pages) {
        INFO(path);
        check_harmless(page);
    }
}

TEST_CASE("a hostile question is text in its answer", "[pages]")
{
    Site const site(hostile_knowledge(), day);
    auto const addresses = Addresses::of_server("");
    for (auto const language : {Language::en, Language::fr})
        for (auto const status : {assistant::Status::answered, assistant::Status::unsure, assistant::Status::unknown, assistant::Status::smalltalk, assistant::Status::safety}) {
            assistant::Reply reply;
            reply.id = poison;
            reply.answer = poison + "\n1. " + poison + "\n- https://a.example/\"onclick=x javascript:alert(1) a@b.org\"><b>";
            reply.mentions = {{0, 8, poison}, {9, 12, "house"}, {14, 10000, "house"}};
            reply.status = status;
            reply.language = language;
            reply.facts = {"house.definition.1", poison};
            reply.sources = {{"bad", poison, "javascript:alert(1)", poison, poison}};
            reply.suggestions = {{poison, poison}};
            reply.corrections = {{poison, poison}};
            reply.explanation = std::make_unique<assistant::Explanation>();
            reply.explanation->plain = {poison};
            View const view{site, addresses, language};
            auto const page = ask_page(view, {poison, poison, &reply, {}, 30, {}, "javascript:alert(1)", "https://x\"><script>alert(1)</script>"});
            check_harmless(page);
            check_harmless(ask_page(view, {poison, poison, nullptr, "ask.too_long", 0, {{poison, poison}}}));
        }
}

TEST_CASE("what was asked stands in no title and no address", "[pages]")
{
    auto const addresses = Addresses::of_server("");
    assistant::Reply reply;
    reply.answer = "An answer.";
    auto const page = ask_page({shipped(), addresses, Language::en}, {"my secret", "0123", &reply});
    CHECK(page.find("<q>my secret</q>") != std::string::npos);
    for (auto const& place : all_of(page, "(?:<title>|href=\"|action=\"|content=\")([^\"<]*)"))
        CHECK(place.find("secret") == std::string::npos);
}

TEST_CASE("hostile words of a search are text", "[pages]")
{
    Site const site(hostile_knowledge(), day);
    auto const addresses = Addresses::of_server("");
    for (std::string const& words : {poison, std::string("alert"), std::string("\"><svg onload=alert(1)>")})
        check_harmless(faq_results({site, addresses, Language::en}, words));
}

TEST_CASE("hostile paths and origins are text", "[pages]")
{
    Site const site(hostile_knowledge(), day);
    auto const addresses = Addresses::of_server("");
    View const view{site, addresses, Language::fr};
    for (int const status : {400, 404, 413, 429, 500, 503}) {
        check_harmless(notice_page(view, {Kind::none, Language::fr, "javascript:alert(1)//\"><script>alert(1)</script>"}, status, 0));
        check_harmless(notice_page(view, {Kind::entity, Language::fr, "x\"><script>alert(1)</script>"}, status, 7));
    }
    check_harmless(home_page(view, {"http://x\"><script>alert(1)</script>", false}));
}

TEST_CASE("the index of the search is a script that hostile knowledge cannot leave", "[pages]")
{
    Site const site(hostile_knowledge(), day);
    auto const addresses = Addresses::of_server("");
    auto const index = faq_index({site, addresses, Language::fr});
    CHECK(index.find('<') == std::string::npos);
    CHECK(index.starts_with("window.immunobotFaq=["));
}
