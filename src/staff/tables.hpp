// Facts, entities, answers and sources as tables: looked at, changed one by one or by a whole sheet, taken back. Every change
// is a draft first, is checked with all stored questions, and is one revision. Any thread; what compiles or examines takes up
// to some seconds.
#pragma once

#include "knowledge/table.hpp"
#include "staff/answers.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

using knowledge::Cells;
using knowledge::Table;

class Tables {
public:
    Tables(Store& store, Answers& answers, assistant::Assistant& bot) : store_(store), answers_(answers), bot_(bot) {}

    Result<std::vector<Cells>> rows(Table table);
    Result<std::optional<Cells>> row(Table table, std::string_view id);

    // What speaks of a row, is a way of asking for it, or finds it: the intents that ask for the property of a fact, or whose
    // tests name an entity.
    struct Use {
        std::string kind;   // "facts", "faq", "entities", "asking", "intent"
        std::string id;
        LocalText text;
    };
    Result<std::vector<Use>> uses(Table table, std::string_view id);

    // What a sheet would do; nothing is saved. `base` is the revision that it was compared with.
    struct Look {
        Table table = Table::facts;
        knowledge::SheetEffect effect;
        std::int64_t base = 0;
    };
    Result<Look> look(Table table, std::string bytes);

    // Saves rows as a draft over `version` (0: none yet). `id` is draft_id(), or that of a sheet. Gives the new version.
    Result<std::int64_t> propose(Person const& by, std::string const& id, std::int64_t version, std::int64_t base, Table table, std::vector<Cells> const& rows, std::string_view action = "draft.save");
    static std::string draft_id(Table table, std::string_view row);
    std::string new_sheet_id(Table table);

    // A draft of rows, compared with what there is now. Errc::not_found.
    struct Opened {
        knowledge::Draft draft;
        Look look;
    };
    Result<Opened> open(std::string_view id);
    Result<Regression> rehearse(Opened const& opened, Answers::Look look = Answers::Look::anew);
    // Errc::not_allowed where four eyes have to see it.
    Result<Published> publish(Person const& by, std::string_view id, std::int64_t version, std::string_view why, bool despite, Alone alone = Alone::no);

    // One change of one row that needs no look: published at once, unless a stored question would lose its answer or four eyes have to
    // see it; then it is left as a draft.
    Result<Published> set(Person const& by, Table table, std::string_view id, std::string_view column, std::string const& value);

    // What taking a row of facts, entities or sources away would do. With a fact go the ways of asking for it. (archiving.cpp)
    struct Archiving {
        knowledge::Knowledge rows;                // that go
        std::vector<Use> uses;                    // what refers to it, and stands in the way
        Regression regression;
        std::int64_t base = 0;                    // the revision that was looked at
    };
    Result<Archiving> look_at_archive(Table table, std::string_view id, Answers::Look look = Answers::Look::anew);
    // Takes it away, as it was at the revision `base`; undo() brings it back. Not where stored questions would lose their answer, as
    // publish(). Errc::conflict when something refers to it, or it was changed since.
    Result<Published> archive(Person const& by, Table table, std::string_view id, std::int64_t base, std::string_view why = {}, bool despite = false);
    // A draft of the row as it was after this revision; with `before`, as it was until then. Gives its version; 0: it is so already.
    Result<std::int64_t> restore(Person const& by, Table table, std::string_view id, std::int64_t revision, bool before = false);

    // What taking back a whole revision would do.
    struct Undoing {
        std::vector<knowledge::Change> changes;
        std::vector<std::string> changed_since;   // rows that stand in the way
        std::vector<std::string> faults;
        bool empties = false;                     // more than half of the rows of a table would go
        Regression regression;
    };
    Result<Undoing> look_at_undo(std::int64_t revision, Answers::Look look = Answers::Look::anew);
    // It empties a table, and not of what `by` has just put there.
    static bool is_for_administrators(Undoing const& look, Person const& by);
    // Not where stored questions would lose their answer, as publish(). Errc::conflict, Errc::bad_request when something stands in the way,
    // Errc::not_allowed when it is for administrators, with a reason.
    Result<Published> undo(Person const& by, std::int64_t revision, std::string_view why = {}, bool despite = false);

private:
    bool is_as_after(knowledge::Change const& change);   // an answer for staff alone

    Store& store_;
    Answers& answers_;
    assistant::Assistant& bot_;
    std::mutex publishing_;
};

}  // namespace immunobot::staff
