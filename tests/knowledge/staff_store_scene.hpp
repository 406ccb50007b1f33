// A store of the staff over a small folder, for tests, and short ways to save and publish in it.
#pragma once

#include "knowledge/staff_store.hpp"
#include "support.hpp"

#include <string>

namespace immunobot::knowledge::tests {

inline Act const act{"ada@example.org", "test", "test"};

inline Draft draft_of(std::string const& id, std::string const& text)
{
    Draft draft;
    draft.answer.entry = {id, {"Question " + text + "?"}, {"Question " + text + " ?"}, {text, text}, {}, {}, {}, {}};
    draft.author = act.who;
    return draft;
}

inline Publication publication_of(std::string const& id, std::int64_t version)
{
    return {id, version, "", "The Lab", "2026-11-25"};
}

// Saves and publishes `text` as the answer `id`, whatever was there.
inline Result<std::int64_t> publish(StaffStore& store, std::string const& id, std::string const& text, bool staff_only = false)
{
    auto draft = draft_of(id, text);
    draft.answer.staff_only = staff_only;
    if (auto const there = store.draft(id); there && *there)
        draft.version = (*there)->version;
    if (auto const live = store.published(id); live && *live)
        draft.base = (*live)->revision;
    auto const version = store.save(draft, act);
    return version ? store.publish(publication_of(id, *version), act) : version;
}

struct Fresh {
    TemporaryFolder folder;
    std::string path = imported();
    StaffStore store = StaffStore::open(path).value();

private:
    std::string imported()
    {
        write_folder(folder / "data", small_folder());
        import_ok(folder / "bot.db", folder / "data");
        return folder / "bot.db";
    }
};

}  // namespace immunobot::knowledge::tests
