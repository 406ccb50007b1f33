// Files that change while the program runs: what is sound is taken, of what is broken the last good version stays.
#include "assistant/assistant.hpp"
#include "knowledge/import.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

using namespace immunobot;
using namespace immunobot::assistant;
namespace fs = std::filesystem;

namespace {

class Home {
public:
    Home()
    {
        fs::create_directories(folder_);
        fs::copy(IMMUNOBOT_ROOT "/data", folder_ / "data", fs::copy_options::recursive);
        fs::copy(IMMUNOBOT_ROOT "/intents", folder_ / "intents", fs::copy_options::recursive);
        thin_out("data/questions.csv", 8, "\nciml.");   // each reload learns all of them
        thin_out("data/refusals.csv", 20, "share price");
        auto const made = knowledge::import_folder((folder_ / "bot.db").string(), (folder_ / "data").string()).value();
        for (auto const& problem : made.diagnostics)
            UNSCOPED_INFO(format(problem));
        REQUIRE(made.applied);
    }
    ~Home()
    {
        std::error_code ignored;
        fs::remove_all(folder_, ignored);
    }
    std::unique_ptr<Assistant> open() const
    {
        return Assistant::create({(folder_ / "bot.db").string(), (folder_ / "intents").string(), (folder_ / "data").string()}).value();
    }
    std::string read(std::string const& file) const
    {
        std::ifstream in(folder_ / file, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    void write(std::string const& file, std::string const& content) const { std::ofstream(folder_ / file, std::ios::binary) << content; }
    // Keeps the first line, each of so many after it, and those that have `kept` (a line begins with its break).
    void thin_out(std::string const& file, std::size_t of, std::string_view kept) const
    {
        auto const content = read(file);
        std::string out;
        std::size_t number = 0;
        for (std::size_t at = 0; at < content.size(); ++number) {
            auto const end = std::min(content.find('\n', at + 1), content.size());
            auto const line = std::string_view(content).substr(at, end - at);
            if (number % of == 0 || line.find(kept) != std::string_view::npos)
                out += line;
            at = end;
        }
        write(file, out + '\n');
    }
    // One text for another, which has to be there.
    void mend(std::string const& file, std::string const& from, std::string const& to) const
    {
        auto content = read(file);
        auto const at = content.find(from);
        REQUIRE(at != std::string::npos);
        write(file, content.replace(at, from.size(), to));
    }
    void rename(std::string const& from, std::string const& to) const { fs::rename(folder_ / from, folder_ / to); }

private:
    fs::path const folder_ = fs::temp_directory_path() / ("immunobot-reload-" + std::to_string(getpid()));
};

std::string ask(Assistant& bot, std::string text)
{
    return bot.worker().value().answer({std::move(text), "", std::nullopt, false, "test"}, Date{2026, 11, 24}).answer;
}

bool has_error_in(Assistant const& bot, std::string const& file)
{
    return std::ranges::any_of(bot.problems(), [&](Diagnostic const& d) { return d.severity == Severity::error && d.file.find(file) != std::string::npos; });
}

}  // namespace

TEST_CASE("changed files are taken while the program runs, broken ones are not", "[assistant]")
{
    Home const home;
    auto const bot = home.open();
    REQUIRE(bot->problems().empty());

    SECTION("the bot's own sentences")
    {
        home.mend("data/phrases.csv", "Please type a question about the cluster.", "Say something.");
        CHECK(ask(*bot, "?") == "Please type a question about the cluster.");
        bot->reload_intents();
        CHECK(ask(*bot, "?") == "Say something.");
        home.write("data/phrases.csv", "phrase,en,fr\nempty,\"Never closed,Jamais\n");
        bot->reload_intents();
        CHECK(ask(*bot, "?") == "Say something.");
        CHECK(has_error_in(*bot, "phrases.csv"));
        home.write("data/phrases.csv", "");
        bot->reload_intents();
        CHECK(ask(*bot, "?") == "Say something.");
    }
    SECTION("an intent's reply")
    {
        home.mend("intents/greeting.yaml", "  en:\n    - \"Hello!", "  en:\n    - \"Ahoy.\"\n    - \"Hello!");
        bot->reload_intents();
        CHECK(ask(*bot, "hello") == "Ahoy.");
        home.mend("intents/greeting.yaml", "says:", "sais:");
        bot->reload_intents();
        CHECK(ask(*bot, "hello") == "Ahoy.");
        CHECK(has_error_in(*bot, "greeting.yaml"));
    }
    SECTION("all intents at once")
    {
        auto const before = ask(*bot, "hello");
        home.rename("intents", "elsewhere");
        bot->reload_intents();
        CHECK(ask(*bot, "hello") == before);
        CHECK(has_error_in(*bot, "intents"));
        home.rename("elsewhere", "intents");
        bot->reload_intents();
        CHECK(bot->problems().empty());
    }
    SECTION("the word lists")
    {
        auto const question = "zogg is CIML?";
        auto const before = ask(*bot, question);
        home.mend("data/words.csv", "\nwhere,", "\nwhere,zogg|");
        bot->reload_intents();
        auto const located = ask(*bot, question);
        CHECK(located != before);
        home.mend("data/words.csv", "\nwhere,", "\nwheer,");
        bot->reload_intents();
        CHECK(ask(*bot, question) == located);
        CHECK(has_error_in(*bot, "words.csv"));
    }
    SECTION("the refusals")
    {
        home.write("data/refusals.csv", "language,question\nde,Wo?\n");
        auto const before = ask(*bot, "Is there parking at CIML for visitors?");
        bot->reload_intents();
        CHECK(ask(*bot, "Is there parking at CIML for visitors?") == before);
        CHECK(has_error_in(*bot, "refusals.csv"));
    }
}

TEST_CASE("a sentence that is missing at the start is said as shipped, the way to a person not at all", "[assistant]")
{
    Home const home;
    home.write("data/phrases.csv", "phrase,en,fr\nempty,Say something.,Dites quelque chose.\n");
    auto const bot = home.open();
    CHECK(has_error_in(*bot, "phrases.csv"));
    CHECK(ask(*bot, "?") == "Say something.");
    CHECK(ask(*bot, "What is the share price of Innate Pharma?").starts_with("I have no fact about that for Innate Pharma."));
    auto worker = bot->worker().value();
    std::string said;
    for (int i = 0; i < 3; ++i)
        said += worker.answer({"xyzzy plugh?", "a", Language::en, false, "test"}, Date{2026, 11, 24}).answer + '\n';
    CHECK(said.find("marseille-immunopole.org") == std::string::npos);
    CHECK(said.find("contact") == std::string::npos);
}
