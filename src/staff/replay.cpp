#include "staff/replay.hpp"

#include "assistant/assistant.hpp"
#include "assistant/snapshot.hpp"
#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/past.hpp"
#include "knowledge/sha256.hpp"

#include <stdlib.h>

#include <filesystem>

namespace immunobot::staff {
namespace {

namespace files = std::filesystem;

// Gone when it goes.
class Folder {
public:
    static Result<Folder> make()
    {
        std::error_code failed;
        auto name = (files::temp_directory_path(failed) / "immunobot-replay-XXXXXX").string();
        if (failed || ::mkdtemp(name.data()) == nullptr)
            return Error{Errc::storage, "no folder can be made for the replay", "see TMPDIR"};
        return Folder(std::move(name));
    }
    explicit Folder(std::string path) : path_(std::move(path)) {}
    Folder(Folder&& from) noexcept : path_(std::exchange(from.path_, {})) {}
    Folder& operator=(Folder&&) = delete;
    ~Folder()
    {
        std::error_code ignored;
        if (!path_.empty())
            files::remove_all(path_, ignored);
    }
    std::string operator/(char const* name) const { return path_ + '/' + name; }

private:
    std::string path_;
};

Date day_of(std::int64_t seconds)
{
    return local_time(seconds).day;
}

}  // namespace

Result<Replay> replay(ReplayOptions const& options, std::string_view id)
{
    auto const logged = knowledge::logged_answer(options.database, id);
    if (!logged)
        return logged.error();
    if (logged->revision == 0)
        return Error{Errc::not_found, "it was not noted what the answer " + std::string(id) + " was given from", "answers are given again that were given since that is noted"};
    auto const then = knowledge::knowledge_at(options.database, logged->revision);
    if (!then)
        return then.error();
    auto const folder = Folder::make();
    if (!folder)
        return folder.error();
    if (auto const made = knowledge::make_database(*folder / "then.db", *then); !made)
        return made.error();
    auto const bot = assistant::Assistant::create({*folder / "then.db", options.intents_folder, options.data_folder});
    if (!bot)
        return bot.error();
    auto worker = (*bot)->worker();
    if (!worker)
        return worker.error();
    Replay out;
    out.revision = logged->revision;
    for (auto const& asked : logged->asked) {
        out.question = asked.text;
        out.asked_at = asked.asked_at;
        out.day = day_of(asked.asked_at);
        out.reply = worker->answer({asked.text, logged->in_conversation ? "replay" : "", language_from_code(asked.language), false, "replay"}, out.day);
    }
    out.reply.id = id;
    out.same_bytes = knowledge::sha256_hex(out.reply.answer) == logged->answer;
    out.same_files = (*bot)->snapshot()->intents->files == logged->files;
    return out;
}

}  // namespace immunobot::staff
