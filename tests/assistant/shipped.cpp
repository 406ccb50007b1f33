#include "shipped.hpp"

#include "knowledge/import.hpp"

#include <filesystem>

#include <unistd.h>

namespace immunobot::assistant::tests {
namespace {

// A database of its own, which goes with the process.
struct ShippedData {
    std::filesystem::path const folder = std::filesystem::temp_directory_path() / ("immunobot-answers-" + std::to_string(getpid()));
    std::string const database = (folder / "bot.db").string();

    ShippedData()
    {
        std::filesystem::create_directories(folder);
        (void)knowledge::import_folder(database, IMMUNOBOT_ROOT "/data").value();
    }
    ~ShippedData()
    {
        std::error_code ignored;
        std::filesystem::remove_all(folder, ignored);
    }
};

}  // namespace

Assistant& shipped_bot()
{
    static ShippedData const data;
    // What is learned from the data is kept beside the tests, for every case is a process of its own; its key is of the program
    // and of all that it was made of.
    static auto const assistant = Assistant::create({data.database, IMMUNOBOT_ROOT "/intents", IMMUNOBOT_ROOT "/data", IMMUNOBOT_TEST_FILES "/shipped.index"}).value();
    return *assistant;
}

Reply ask(std::string text, std::string conversation)
{
    static auto worker = shipped_bot().worker().value();
    return worker.answer({std::move(text), std::move(conversation), std::nullopt, false, "test"}, Date{2026, 11, 24});
}

}  // namespace immunobot::assistant::tests
