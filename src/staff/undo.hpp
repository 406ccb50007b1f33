// What somebody decided about questions, drafts, reminders, letters, accounts and settings, so that it can be taken back: with one press just
// afterwards, by whom it was, and at any time from the list of decisions. What was published has its own history for that
// (Tables::undo). It is all in the database. Any thread.
#pragma once

#include "staff/accounts.hpp"
#include "staff/answers.hpp"
#include "staff/queue.hpp"
#include "staff/settings.hpp"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::knowledge {
class Outbox;
}

namespace immunobot::staff {

// How long the button for what one has just done is offered.
inline constexpr std::chrono::minutes undo_time{10};

// Who may take it back: whoever might have decided so.
Role role_for(knowledge::Decided const& decision);

// How much of a decision could be made as it was.
enum class TakenBack { all, some, none };

class Undo {
public:
    // `outbox`: null as long as there is none.
    Undo(Store& store, Queue& queue, Answers& answers, Accounts& accounts, Settings& settings, knowledge::Outbox* const& outbox)
        : store_(store), queue_(queue), answers_(answers), accounts_(accounts), settings_(settings), outbox_(outbox)
    {
    }

    // Gives the number that it can be taken back under; 0: it could not be kept, so it cannot be.
    std::int64_t keep(Person const& by, knowledge::Decided decision);
    // The same of what was done with groups of questions.
    std::int64_t keep(Person const& by, std::string_view what, std::vector<Queue::Done> const& done);
    // The same of a draft: as it was (nothing: there was none), and the version it has since (0: it is gone).
    std::int64_t keep_draft(Person const& by, std::string_view what, std::string_view id, std::optional<knowledge::Draft> before, std::int64_t version);

    // Whether `by` has done it, and just now.
    bool is_fresh(Person const& by, std::int64_t number);
    // The last first; before_id 0: from the last.
    Result<std::vector<knowledge::Decided>> list(std::int64_t before_id, std::size_t limit);
    // Once; what was published or changed by somebody else meanwhile stays as that is. Errc::not_found when it is gone, was taken
    // back, or is not for this role.
    Result<TakenBack> take_back(Person const& by, std::int64_t number);

private:
    Result<TakenBack> make_as_before(Person const& by, knowledge::Decided const& decision);
    Result<> put_back(Person const& by, knowledge::Decided::OfDraft const& done);
    Result<> take_remark_back(Person const& by, knowledge::Decided::OfDraft const& done);
    Result<> put_back(Person const& by, knowledge::Decided::OfCare const& done);
    Result<> put_back(Person const& by, knowledge::Decided::OfAccount const& done);
    Result<> put_back(Person const& by, knowledge::Decided::OfSetting const& done);
    Result<> join_again(Person const& by, knowledge::Decided::OfSplit const& done);

    Store& store_;
    Queue& queue_;
    Answers& answers_;
    Accounts& accounts_;
    Settings& settings_;
    knowledge::Outbox* const& outbox_;
};

}  // namespace immunobot::staff
