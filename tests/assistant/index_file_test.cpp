#include "assistant/index_file.hpp"

#include "assistant/json.hpp"
#include "knowledge/import.hpp"
#include "knowledge/reader.hpp"

#include <catch2/catch.hpp>

#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

using namespace immunobot;
using namespace immunobot::assistant;
namespace fs = std::filesystem;

namespace {

std::string const questions[] = {"Where is the CIML?", "Qui a fondé Innate Pharma ?", "hello", "how old is the cluster", "wher is inate farma", "share price of Innate Pharma",
                                 "When was CIML created, and who leads it?"};

std::string slurp(fs::path const& path)
{
    std::ifstream stream(path, std::ios::binary);
    std::ostringstream out;
    out << stream.rdbuf();
    return out.str();
}

void write(fs::path const& path, std::string const& bytes)
{
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
}

// A database, intents and word lists of its own, removed in the end.
class Place {
public:
    Place()
    {
        fs::create_directories(root_ / "base");
        fs::copy(IMMUNOBOT_ROOT "/data", root_ / "data");
        fs::copy(IMMUNOBOT_ROOT "/intents", root_ / "intents");
        keep_few("questions.csv");
        keep_few("refusals.csv");
        import();
    }
    Place(Place const&) = delete;
    Place& operator=(Place const&) = delete;
    ~Place()
    {
        fs::permissions(root_ / "base", fs::perms::owner_all);
        fs::remove_all(root_);
    }
    void import() { REQUIRE(knowledge::import_folder(database(), (root_ / "data").string()).value().applied); }
    fs::path folder() const { return root_ / "base"; }
    fs::path data() const { return root_ / "data"; }
    std::string database() const { return (folder() / "test.db").string(); }
    fs::path index() const { return database() + ".index"; }
    AssistantOptions options() const { return {database(), (root_ / "intents").string(), (root_ / "data").string(), index().string()}; }

    // All that the bot says, in one text.
    std::string answers() const
    {
        auto const bot = Assistant::create(options()).value();
        auto worker = bot->worker().value();
        std::string out;
        for (auto const& question : questions)
            out += to_json(worker.answer({question, "", std::nullopt, true, "test"}, {2026, 11, 24})) + '\n';
        return out;
    }
    std::string key() const
    {
        auto reader = knowledge::Reader::open(database()).value();
        return index_key(files_digest(options()), reader.fingerprint().value());
    }

private:
    // Of a table: enough to answer by, and learned in a tenth of the time.
    void keep_few(char const* table) const
    {
        std::istringstream rows(slurp(root_ / "data" / table));
        std::string out, row;
        for (int i = 0; std::getline(rows, row); ++i)
            if (i % 15 == 0)
                out += row + '\n';
        write(root_ / "data" / table, out);
    }

    fs::path root_ = fs::temp_directory_path() / ("immunobot-index-" + std::to_string(getpid()));
};

}  // namespace

TEST_CASE("an index that is kept gives the answers of the one that was compiled", "[assistant][index]")
{
    Place const place;
    auto const compiled = place.answers();
    REQUIRE(fs::exists(place.index()));
    auto const bytes = slurp(place.index());
    REQUIRE(read_index(place.options(), place.key()) != nullptr);
    CHECK(place.answers() == compiled);
    CHECK(slurp(place.index()) == bytes);

    SECTION("the same is compiled each time")
    {
        fs::remove(place.index());
        CHECK(place.answers() == compiled);
        CHECK(slurp(place.index()) == bytes);
    }
    SECTION("what is damaged is not read, and made anew")
    {
        auto flipped = bytes;
        flipped[bytes.size() / 3] ^= 1;
        for (auto const& damaged : {bytes.substr(0, bytes.size() / 2), bytes.substr(0, 20), std::string(), bytes + "x", std::string(bytes.size(), 'x'), flipped}) {
            write(place.index(), damaged);
            CHECK(read_index(place.options(), place.key()) == nullptr);
        }
        CHECK(place.answers() == compiled);
        CHECK(slurp(place.index()) == bytes);
    }
    SECTION("it is for its owner alone, as the database may be")
    {
        struct stat info = {};
        REQUIRE(stat(place.index().c_str(), &info) == 0);
        CHECK((info.st_mode & 077) == 0);
    }
}

TEST_CASE("an index of other knowledge or other files is not read", "[assistant][index]")
{
    Place place;
    static_cast<void>(place.answers());
    auto const before = place.key();
    SECTION("another word list")
    {
        std::ofstream(place.data() / "lexicon.csv", std::ios::app) << "zebra,zebra,zebre\n";
    }
    SECTION("another revision")
    {
        auto text = slurp(place.data() / "facts.csv");
        text.replace(text.find("Luminy"), 6, "Lumini");
        write(place.data() / "facts.csv", text);
        place.import();
    }
    CHECK(place.key() != before);
    CHECK(read_index(place.options(), place.key()) == nullptr);
    static_cast<void>(place.answers());
    CHECK(read_index(place.options(), place.key()) != nullptr);
}

TEST_CASE("a server that sees an import keeps the new index", "[assistant][index]")
{
    Place place;
    auto const bot = Assistant::create(place.options()).value();
    auto worker = bot->worker().value();
    auto text = slurp(place.data() / "facts.csv");
    text.replace(text.find("Luminy"), 6, "Lumini");
    write(place.data() / "facts.csv", text);
    place.import();
    CHECK(read_index(place.options(), place.key()) == nullptr);
    static_cast<void>(worker.answer({"hello", "", std::nullopt, false, "test"}, {2026, 11, 24}));
    CHECK(read_index(place.options(), place.key()) != nullptr);
}

TEST_CASE("an index that cannot be written costs nothing but time", "[assistant][index]")
{
    Place const place;
    auto const compiled = place.answers();
    fs::remove(place.index());
    SECTION("something else has its name")
    {
        fs::create_directories(place.index() / "x");
        CHECK(place.answers() == compiled);
        CHECK(fs::is_directory(place.index()));
    }
    SECTION("the folder is not ours to write to")
    {
        auto const bot = Assistant::create({place.database(), place.options().intents_folder, place.options().data_folder, "/proc/nowhere/test.index"});
        CHECK(bot.has_value());
    }
    for (auto const& entry : fs::directory_iterator(place.folder()))
        CHECK(entry.path().string().find(".new") == std::string::npos);
}
