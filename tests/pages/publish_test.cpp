#include "pages/publish.hpp"

#include "world.hpp"

#include <catch2/catch.hpp>

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace immunobot;
using namespace immunobot::pages;
using namespace immunobot::pages::tests;
namespace fs = std::filesystem;

namespace {

struct Folder {
    Folder()
    {
        auto name = (fs::temp_directory_path() / "immunobot-publish-XXXXXX").string();
        REQUIRE(::mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~Folder()
    {
        std::error_code ignored;
        fs::remove_all(path, ignored);
    }
    std::size_t entries() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(path), {})); }

    fs::path path;
};

std::string read(fs::path const& path)
{
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

TEST_CASE("publish writes what the pages are, and nothing beside it", "[pages]")
{
    Folder folder;
    auto const site = (folder.path / "site").string();
    auto const report = publish(shipped(), {site, "https://www.example.org/faq", {}}).value();
    CHECK(folder.entries() == 1);
    CHECK_FALSE(report.replaced);
    auto const addresses = Addresses::of_files("https://www.example.org/faq");
    auto const pages = all_pages(shipped(), addresses);
    CHECK(report.pages == pages.size() + 1);
    for (auto const& [path, page] : pages)
        CHECK(read(folder.path / "site" / path) == page);
    std::size_t files = 0;
    for (auto const& entry : fs::recursive_directory_iterator(site))
        files += entry.is_regular_file();
    CHECK(files == report.files);
    for (auto const* name : {"index.html", "sitemap.xml", "robots.txt", "assets/pages.css", "assets/pages.js", "assets/icon.svg", "data/facts.csv", "data/facts.json",
                             "data/facts.jsonld", "fr/faq/index.js", "en/faq/index.js"})
        CHECK(fs::exists(fs::path(site) / name));
}

TEST_CASE("without a base there are no full addresses, and no sitemap", "[pages]")
{
    Folder folder;
    auto const site = folder.path / "site";
    REQUIRE(publish(shipped(), {site.string(), "", {}}).has_value());
    CHECK_FALSE(fs::exists(site / "sitemap.xml"));
    CHECK(read(site / "fr/faq.html").find("canonical") == std::string::npos);
}

TEST_CASE("one language alone", "[pages]")
{
    Folder folder;
    auto const site = folder.path / "site";
    REQUIRE(publish(shipped(), {site.string(), "https://www.example.org", Language::en}).has_value());
    CHECK(fs::exists(site / "en/faq.html"));
    CHECK_FALSE(fs::exists(site / "fr"));
    CHECK(read(site / "sitemap.xml").find("/fr/") == std::string::npos);
    CHECK(read(site / "index.html").find("fr/") == std::string::npos);
}

TEST_CASE("a publication replaces an older one as a whole", "[pages]")
{
    Folder folder;
    auto const site = folder.path / "site";
    REQUIRE(publish(shipped(), {site.string(), "", {}}).has_value());
    std::ofstream(site / "fr/facts/gone.html") << "old";
    auto const report = publish(shipped(), {site.string() + "/", "", {}}).value();
    CHECK(report.replaced);
    CHECK_FALSE(fs::exists(site / "fr/facts/gone.html"));
    CHECK(folder.entries() == 1);
}

TEST_CASE("an empty folder is taken, what somebody else wrote is left alone", "[pages]")
{
    Folder folder;
    auto const empty = folder.path / "empty";
    fs::create_directory(empty);
    CHECK(publish(shipped(), {empty.string(), "", {}}).has_value());
    auto const used = folder.path / "used";
    fs::create_directory(used);
    std::ofstream(used / "thesis.txt") << "years of work";
    auto const refused = publish(shipped(), {used.string(), "", {}});
    REQUIRE(refused.has_error());
    CHECK(refused.error().code == Errc::conflict);
    CHECK(read(used / "thesis.txt") == "years of work");
    auto const file = folder.path / "file";
    std::ofstream(file) << "x";
    CHECK(publish(shipped(), {file.string(), "", {}}).has_error());
    auto const link = folder.path / "link";
    fs::create_directory_symlink(used, link);
    CHECK(publish(shipped(), {link.string(), "", {}}).has_error());
    CHECK(folder.entries() == 4);
}

TEST_CASE("a base that is no address is refused before anything is written", "[pages]")
{
    Folder folder;
    for (auto const* base : {"example.org", "javascript:alert(1)", "https://x/\"><script>", "https://x/?a", "ftp://x"})
        CHECK(publish(shipped(), {(folder.path / "site").string(), base, {}}).error().code == Errc::bad_option);
    CHECK(folder.entries() == 0);
}

TEST_CASE("where nothing can be written, nothing changes", "[pages]")
{
    Folder folder;
    auto const missing = publish(shipped(), {"/proc/no/such/site", "", {}});
    REQUIRE(missing.has_error());
    CHECK(missing.error().code == Errc::storage);
}
