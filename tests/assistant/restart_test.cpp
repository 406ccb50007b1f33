// Conversations over a restart of the program: another Assistant and another Journal on the same database.
#include "assistant/assistant.hpp"
#include "knowledge/import.hpp"
#include "knowledge/journal.hpp"

#include <catch2/catch.hpp>

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>

using namespace immunobot;
using namespace immunobot::assistant;

namespace {

struct KilledHome {
    std::filesystem::path const folder = std::filesystem::temp_directory_path() / ("immunobot-restart-" + std::to_string(getpid()));
    std::string const database = (folder / "bot.db").string();

    KilledHome()
    {
        std::filesystem::create_directories(folder);
        (void)knowledge::import_folder(database, IMMUNOBOT_ROOT "/data").value();
    }
    ~KilledHome()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
    bool bytes_contain(std::string const& words) const
    {
        std::string all;
        for (auto const& path : {database, database + "-wal"}) {
            std::ifstream in(path, std::ios::binary);
            all.append(std::istreambuf_iterator<char>(in), {});
        }
        return all.find(words) != std::string::npos;
    }
};

// One run of the program.
struct Run {
    explicit Run(KilledHome const& home)
        : journal(knowledge::Journal::open(home.database, {}).value()),
          bot(Assistant::create({home.database, IMMUNOBOT_ROOT "/intents", IMMUNOBOT_ROOT "/data", IMMUNOBOT_TEST_FILES "/shipped.index"}).value()),
          worker((bot->remember_in(journal.get()), bot->worker().value()))
    {
    }
    Reply ask(std::string text, std::string conversation = "api:a-visitor")
    {
        return worker.answer({std::move(text), std::move(conversation), std::nullopt, false, "api"}, Date{2026, 11, 24});
    }

    std::unique_ptr<knowledge::Journal> journal;
    std::unique_ptr<Assistant> bot;
    Assistant::Worker worker;
};

}  // namespace

TEST_CASE("a conversation goes on after a restart, until it is forgotten", "[assistant]")
{
    KilledHome const home;
    {
        Run run(home);
        CHECK(run.ask("When was the CIML created?").facts == std::vector<std::string>{"ciml.founded.1"});
        CHECK(run.ask("I have a terrible pain in my chest-canary, what should I take?", "api:ill").private_text);
    }
    CHECK_FALSE(home.bytes_contain("chest-canary"));
    {
        Run run(home);
        auto const reply = run.ask("and where is it?");
        CHECK(reply.intent == "location");
        CHECK(reply.entities == std::vector<std::string>{"ciml"});
    }
    Run run(home);
    CHECK_FALSE(run.bot->forget("api:a-visitor"));  // memory knows nothing yet
    CHECK(run.journal->forget("api:a-visitor").has_value());
    auto const reply = run.ask("and where is it?");
    CHECK(reply.entities != std::vector<std::string>{"ciml"});
    CHECK(run.bot->forget("api:a-visitor"));
}
