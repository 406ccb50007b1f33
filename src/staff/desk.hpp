// All that the staff have, in one place: what the console and the terminal are views of.
#pragma once

#include "staff/accounts.hpp"
#include "staff/answers.hpp"
#include "staff/erasure.hpp"
#include "staff/guesses.hpp"
#include "staff/pairs.hpp"
#include "staff/presence.hpp"
#include "staff/queue.hpp"
#include "staff/replay.hpp"
#include "staff/search.hpp"
#include "staff/settings.hpp"
#include "staff/staff_sheet.hpp"
#include "staff/tables.hpp"
#include "staff/undo.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::knowledge {
class Outbox;
}

namespace immunobot::staff {

struct DeskOptions {
    std::string database;        // path of an existing, up-to-date database
    std::string intents_folder;  // for the tests in it
    AccountRules accounts;
    std::string data_folder = {};   // for the word lists of replays
};

class Desk {
public:
    // `bot` must outlive it. Fails with Errc::storage when the database cannot be used.
    static Result<std::unique_ptr<Desk>> open(DeskOptions const& options, assistant::Assistant& bot);

    // Takes a revision back, and opens the questions again that it had answered; gives what Tables::undo() gives, and
    // fails as that does.
    Result<Published> take_back(Person const& by, std::int64_t revision, std::string_view why = {}, bool despite = false);

    knowledge::Outbox* outbox = nullptr;   // of the channels; null where none are served. Set before the first request.
    Store store;
    Accounts accounts;
    Settings settings;
    Answers answers;
    Tables tables;
    StaffSheet staff_sheet;
    Queue queue;
    Guesses guesses;
    Undo undo;
    Pairs pairs;
    Presence presence;
    Erasure erasure;
    Search search;
    assistant::Assistant& bot;
    ReplayOptions const replay_from;       // what answers of the log are given again from
    // Where visitors see the pages, "https://bot.example.org"; empty: where the desk is; nothing: not known. Set like that.
    std::optional<std::string> site = std::string();
    int keep_days = 30;                    // that questions are kept; 0: none is. Set like that.
    // What the command line has decided, for whoever asks the desk how the server runs. Set like that.
    struct Option {
        std::string name;                  // "--origin"
        std::vector<std::string> values = {};   // none: it was not given
        bool secret = false;               // what it is, is never shown
    };
    std::vector<Option> command_line;

private:
    Desk(DeskOptions const& options, assistant::Assistant& assistant, knowledge::StaffStore opened, knowledge::Reader for_answers,
         knowledge::Reader for_search, assistant::Assistant::Worker worker);
};

}  // namespace immunobot::staff
