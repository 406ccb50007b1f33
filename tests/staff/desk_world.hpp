// A desk over a small made-up knowledge, with the shipped intents and word lists but an eighth of the refusals (all of
// them take a second to learn, in every test), in a folder that vanishes.
#pragma once

#include "../knowledge/support.hpp"
#include "assistant/snapshot.hpp"
#include "base/local_time.hpp"
#include "knowledge/journal.hpp"
#include "knowledge/sha256.hpp"
#include "staff/desk.hpp"

#include <filesystem>
#include <memory>
#include <string>

namespace immunobot::staff::tests {

using knowledge::tests::failure;

struct World {
    World()
    {
        auto files = knowledge::tests::small_folder();
        knowledge::tests::write_folder(folder / "data", files);
        knowledge::tests::import_ok(database, folder / "data");
        link_words();
        bot = assistant::Assistant::create(options()).value();
        knowledge::JournalOptions options;
        options.commit_delay_ms = 1;
        journal = knowledge::Journal::open(database, options).value();
        DeskOptions desk_options{database, folder / "no-intents", {}};
        desk_options.accounts.clock = [this] { return now; };
        desk = Desk::open(desk_options, *bot).value();
    }

    // What the bot of this world is made of.
    assistant::AssistantOptions options() const { return {database, std::string(IMMUNOBOT_ROOT) + "/intents", words.string()}; }

    void link_words() const
    {
        namespace fs = std::filesystem;
        fs::create_directory(words);
        for (auto const& file : fs::directory_iterator(IMMUNOBOT_ROOT "/data"))
            if (auto const name = file.path().filename(); name != "refusals.csv" && name != "embeddings.bin")
                fs::create_symlink(file, words / name);
        std::ifstream all(IMMUNOBOT_ROOT "/data/refusals.csv");
        std::ofstream few(words / "refusals.csv");
        constexpr int kept_of = 8;
        std::string row;
        for (int number = 0; std::getline(all, row); ++number)
            if (number % kept_of == 0)
                few << row << '\n';
    }

    // Asked by a visitor, and kept.
    assistant::Reply ask(std::string const& text)
    {
        auto worker = bot->worker().value();
        auto reply = worker.answer({text, {}, {}, false, "test"}, today_here());
        knowledge::LoggedQuestion question;
        question.reply_id = "r" + std::to_string(++asked);
        question.text = text;
        question.language = reply.language;
        question.status = assistant::name(reply.status);
        question.revision = bot->snapshot()->revision;
        question.files = bot->snapshot()->intents->files;
        question.answer = knowledge::sha256_hex(reply.answer);
        journal->record(question);
        REQUIRE(failure(journal->flush()) == "");
        return reply;
    }

    void edit_database(std::string const& sql)
    {
        auto writing = knowledge::Database::open(database, knowledge::Access::write).value();
        REQUIRE(failure(writing.execute(sql.c_str())) == "");
    }

    // As if a question of the log had been asked so many days ago.
    void ago(std::string const& reply, int days)
    {
        edit_database("UPDATE question_log SET asked_at = asked_at - 86400 * " + std::to_string(days) + " WHERE reply = '" + reply + "'");
    }

    Result<Published> publish(knowledge::Answer const& answer, bool despite = false)
    {
        auto draft = desk->answers.open(answer.entry.id);
        knowledge::Draft next = draft ? *draft : knowledge::Draft();
        next.answer = answer;
        auto const version = desk->answers.save(editor, next);
        if (!version)
            return version.error();
        return desk->answers.publish(editor, answer.entry.id, *version, "because", despite);
    }

    std::int64_t now = 2'000'000'000;
    int asked = 0;
    knowledge::tests::TemporaryFolder folder;
    std::string database = folder / "bot.db";
    std::filesystem::path const words = folder / "words";
    std::unique_ptr<assistant::Assistant> bot;
    std::unique_ptr<knowledge::Journal> journal;
    std::unique_ptr<Desk> desk;
    Person const editor{1, "ada@example.org", "Ada", Role::editor, "test"};
};

inline knowledge::Answer answer_about_parking()
{
    knowledge::Answer answer;
    answer.entry = {"parking", {"Where can I park my car?", "Is there a car park?"}, {"O\u00f9 puis-je garer ma voiture ?", "Y a-t-il un parking ?"},
                    {"Behind the lab.", "Derri\u00e8re le labo."}, {}, {}, {}, {}};
    return answer;
}

}  // namespace immunobot::staff::tests
