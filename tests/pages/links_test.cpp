// Every link and anchor of every page leads somewhere, on the server and as files.

#include "pages/open_data.hpp"

#include "world.hpp"

#include <catch2/catch.hpp>

#include <set>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;

namespace {

struct Target {
    std::string page;
    std::string anchor;
};

// Where a relative link leads, seen from the page at `from`.
Target resolved(std::string const& from, std::string const& link)
{
    auto const hash = std::min(link.find('#'), link.size());
    std::string address = link.substr(0, hash);
    Target target{from, hash < link.size() ? link.substr(hash + 1) : std::string()};
    if (address.empty())
        return target;
    auto folder = from.substr(0, std::min(from.find('?'), from.size()));
    folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
    if (address.starts_with("./"))
        address.erase(0, 2);
    while (address.starts_with("../")) {
        REQUIRE_FALSE(folder.empty());
        folder.pop_back();
        folder.resize(folder.rfind('/') == std::string::npos ? 0 : folder.rfind('/') + 1);
        address.erase(0, 3);
    }
    target.page = folder + address;
    return target;
}

void check_links(Addresses const& addresses, std::set<std::string> others)
{
    auto const pages = all_pages(shipped(), addresses);
    for (auto const& form : data_forms())
        others.insert(addresses.path({Kind::data, Language::fr, std::string(form.name)}));
    for (auto const* asset : {"pages.css", "pages.js", "icon.svg"})
        others.insert(addresses.path({Kind::asset, Language::fr, asset}));
    for (auto const language : {Language::en, Language::fr})
        others.insert(addresses.path({Kind::faq_index, language, {}}));
    std::map<std::string, std::set<std::string>> anchors;
    for (auto const& [path, page] : pages)
        for (auto const& id : all_of(page, " id=\"([^\"]*)\"")) {
            INFO(path << " has the id " << id << " twice");
            CHECK(anchors[path].insert(id).second);
        }
    std::size_t checked = 0;
    for (auto const& [path, page] : pages)
        for (auto const& raw : all_of(page, " (?:href|src|action|data-index)=\"([^\"]*)\"")) {
            auto const link = unescaped(raw);
            if (link.starts_with("http") || link.starts_with("/"))
                continue;
            auto const target = resolved(path, link);
            if (others.contains(target.page))
                continue;
            INFO(path << " -> " << link << " = " << target.page);
            REQUIRE(pages.contains(target.page));
            if (!target.anchor.empty())
                CHECK(anchors[target.page].contains(target.anchor));
            ++checked;
        }
    CHECK(checked > 2000);
}

}  // namespace

TEST_CASE("links and anchors resolve on the server", "[pages]")
{
    check_links(Addresses::of_server("https://bot.example.org"), {"openapi.json", "readyz", "ask/feedback", "widget.js"});
}

TEST_CASE("links and anchors resolve among files", "[pages]")
{
    check_links(Addresses::of_files(""), {"index.html"});
    check_links(Addresses::of_files("https://www.example.org/faq"), {"index.html"});
}

TEST_CASE("every page names its versions in all languages, and they name it", "[pages]")
{
    for (auto const& addresses : {Addresses::of_server("https://bot.example.org/"), Addresses::of_files("https://www.example.org/faq")}) {
        auto const pages = all_pages(shipped(), addresses);
        std::map<std::string, std::set<std::string>> versions;
        std::set<std::string> canonical;
        for (auto const& [path, page] : pages) {
            INFO(path);
            auto const own = all_of(page, "<link rel=\"canonical\" href=\"([^\"]*)\"");
            REQUIRE(own.size() == 1);
            CHECK(own[0].ends_with("/" + path));
            CHECK(canonical.insert(own[0]).second);
            for (auto const& language : {"fr", "en", "x-default"}) {
                auto const other = all_of(page, "<link rel=\"alternate\" hreflang=\"" + std::string(language) + "\" href=\"([^\"]*)\"");
                REQUIRE(other.size() == 1);
                CHECK(other[0].starts_with("https://"));
                versions[own[0]].insert(other[0]);
            }
        }
        for (auto const& [page, all] : versions)
            for (auto const& one : all)
                if (versions.contains(one)) {
                    INFO(page << " names " << one);
                    CHECK(versions[one].contains(page));
                }
    }
}

TEST_CASE("files in one language do not speak of the other", "[pages]")
{
    auto const addresses = Addresses::of_files("https://www.example.org", Language::en);
    for (auto const& [path, page] : all_pages(shipped(), addresses)) {
        CHECK(path.starts_with("en/"));
        CHECK(page.find("hreflang=\"fr\"") == std::string::npos);
    }
}

TEST_CASE("the sitemap names every page that may be indexed, in both languages", "[pages]")
{
    auto const addresses = Addresses::of_server("https://bot.example.org");
    auto const map = sitemap(shipped(), addresses);
    auto const listed = all_of(map, "<loc>([^<]*)</loc>");
    std::set<std::string> const all(listed.begin(), listed.end());
    CHECK(all.size() == listed.size());
    auto const pages = all_pages(shipped(), addresses);
    CHECK(all.size() == pages.size());
    for (auto const& [path, page] : pages)
        CHECK(all.contains("https://bot.example.org/" + path));
    CHECK(robots(addresses).find("Sitemap: https://bot.example.org/sitemap.xml") != std::string::npos);
}
