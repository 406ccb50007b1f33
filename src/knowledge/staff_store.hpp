// The staff's part of the database: accounts, sessions, the audit log, drafts and publishing, the questions that wait.
//
// Holds a writing connection; every change is one transaction under the lock on writing, durable when it returns, with
// its line in the audit log. Belongs to one thread at a time. Fails with Errc::storage or Errc::busy as all stores do,
// with Errc::conflict when somebody else was faster, Errc::not_found when it is not there (any more).
#pragma once

#include "base/error.hpp"
#include "knowledge/schema.hpp"
#include "knowledge/setting.hpp"
#include "knowledge/staff_model.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::knowledge {

struct AuditFilter {
    std::string who;             // exactly; empty: anybody
    std::string words;           // in action, target, before or after
    std::int64_t limit = 100;
    std::int64_t before_id = 0;  // older than this; 0: from the newest
};

// What a draft becomes.
struct Publication {
    std::string id;
    std::int64_t version = 0;    // of the draft, as it was checked
    std::string why;
    std::string desk_title;      // of the source that answers without another are ascribed to
    std::string today;           // the day it was checked, for that source
    std::string alone = {};      // why nobody but its writer looked at it, for a line of its own in the audit log; empty: somebody did, or need not
};

inline constexpr std::string_view desk_source = "staff-desk";   // its id

class StaffStore {
public:
    static Result<StaffStore> open(std::string const& path);
    StaffStore(StaffStore&&) = default;
    StaffStore& operator=(StaffStore&&) = default;
    ~StaffStore();

    // --- accounts (staff_accounts.cpp) ---
    Result<std::vector<Account>> accounts();
    Result<std::optional<Account>> account(std::string_view email);
    Result<std::optional<Account>> account(std::int64_t id);
    // A new account, or a new link for one that is there. `digest` is of the link's secret.
    Result<> invite(Account const& account, std::string const& digest, std::int64_t expires_at, Act const& act);
    // Sets the role, or whether it is disabled; both end its sessions.
    Result<> change_account(Account const& account, Act const& act);
    Result<> set_password(std::int64_t account, std::string const& hash);
    // The account of a link that still holds. It is used up with redeem().
    Result<std::optional<Account>> link(std::string_view digest, std::int64_t now);
    // Sets the password and uses up the link; ends older sessions.
    Result<> redeem(std::string_view digest, std::string const& hash, std::int64_t now, Act const& act);

    Result<> begin_session(Session const& session, Act const& act);
    Result<std::optional<Session>> session(std::string_view digest);
    Result<> touch_session(std::string_view digest, std::int64_t now);
    Result<> end_session(std::string_view digest);
    // Those of one account, used last first.
    Result<std::vector<Session>> sessions(std::int64_t account);
    Result<> end_session(std::string_view digest, Act const& act);
    // All sessions of the account but this one.
    Result<> end_others(std::int64_t account, std::string_view digest, Act const& act);
    Result<> end_old_sessions(std::int64_t made_before, std::int64_t seen_before);

    Result<std::vector<Token>> tokens();
    Result<std::optional<Token>> token(std::string_view digest);
    Result<> add_token(Token const& token, Act const& act);
    Result<> end_token(std::int64_t id, Act const& act);
    Result<> touch_token(std::int64_t id, std::int64_t now);

    // --- audit (staff_audit.cpp) ---
    Result<> note(Act const& act);                 // something that changes nothing else
    Result<std::vector<AuditRow>> audit(AuditFilter const& filter);
    // Whether somebody ever did something whose name begins so.
    Result<bool> has_acted(std::string_view who, std::string_view action);
    // The first row whose digest does not follow from the row and the one before; none: all is as it was written. Where somebody has an account, a log without a row is
    // broken at its first.
    Result<std::optional<std::int64_t>> first_broken_audit_row();
    // The last entry, to be noted elsewhere: what is cut off at the end breaks nothing.
    Result<AuditEnd> audit_end();
    // Whether an entry has this digest.
    Result<bool> has_audit_digest(std::string_view digest);

    // --- answers (staff_answers.cpp) ---
    Result<std::optional<Published>> published(std::string_view id);
    Result<std::vector<Published>> staff_answers();
    Result<std::vector<Draft>> drafts();
    Result<std::optional<Draft>> draft(std::string_view id);
    // Saves over version draft.version (0: there is none yet). Gives the new version.
    Result<std::int64_t> save(Draft const& draft, Act const& act);
    // New ones, all of them or none. Errc::conflict when there is one of these ids already.
    Result<> save_new(std::vector<Draft> const& drafts, Act const& act);
    Result<> discard(std::string_view id, std::int64_t version, Act const& act);
    // Makes the draft what is answered. Gives the revision.
    Result<std::int64_t> publish(Publication const& publication, Act const& act);
    // Takes a published answer out of what is answered; it can be restored from its history.
    Result<std::int64_t> archive(std::string_view id, std::int64_t revision, std::string_view why, Act const& act);
    // Newest first.
    Result<std::vector<Change>> history(std::string_view id, std::size_t limit);
    Result<std::vector<Change>> recent_changes(std::size_t limit, std::size_t of_each);   // so many rows of each revision
    Result<std::optional<Change>> change(std::int64_t revision, std::string_view id);
    Result<std::vector<std::string>> local_rows();
    // Every way of asking for a fact that staff ever added, not those that a new fact took over from another.
    Result<std::vector<Taught>> taught();
    // Every alias that staff ever added to an entity.
    Result<std::vector<NewName>> new_names();

    // --- what each has at hand (staff_hand.cpp): personal, so not in the audit log; Errc::conflict when there are too many ---
    Result<std::vector<std::string>> pins(std::int64_t account);            // ids of answers, the first pinned first
    Result<> pin(std::int64_t account, std::string_view answer, bool on, std::int64_t now);
    Result<> count_use(std::int64_t account, std::string_view answer, std::int64_t now);   // that it was copied
    Result<std::vector<std::string>> used_lately(std::int64_t account, std::size_t limit);
    Result<std::map<std::string, std::int64_t>> uses(std::int64_t since);   // by all, for each answer
    Result<std::vector<std::string>> message(std::int64_t account);         // ids of the answers put together, in order
    Result<> add_piece(std::int64_t account, std::string_view answer);
    Result<> take_piece(std::int64_t account, std::string_view answer);
    Result<> raise_piece(std::int64_t account, std::string_view answer);    // one place up
    Result<> clear_message(std::int64_t account);
    Result<bool> first_steps_away(std::int64_t account);                    // no longer wished on the first page
    Result<> put_first_steps_away(std::int64_t account, bool away);
    Result<LocalText> signature(std::int64_t account);
    Result<> set_signature(std::int64_t account, LocalText const& text, Act const& act);

    // --- who looks after what (staff_care.cpp) ---
    Result<std::vector<Care>> cares();
    Result<std::optional<Care>> care(std::string_view row);
    Result<> set_care(Care const& care, Act const& act);   // without owner and months: taken away
    Result<> note_looked_at(std::string_view row, std::string_view day, Act const& act);

    // --- links (staff_care.cpp): what the last check found, in place of what the one before did ---
    Result<std::vector<DeadLink>> dead_links();
    Result<> note_dead_links(std::vector<DeadLink> const& found);

    // --- facts (staff_facts.cpp) ---
    Result<std::optional<PublishedFact>> fact(std::string_view id);
    // All of them or none, as one revision, which it gives; `source` is one that is not there yet. Errc::not_allowed while four eyes are chosen.
    Result<std::int64_t> set_facts(std::vector<FactChange> const& changes, std::optional<Source> const& source, std::string_view why, Act const& act);

    // --- rows of tables (staff_rows.cpp) ---
    // Makes the draft of rows what is answered; `rows` are those of it that change. Errc::conflict when one of them was
    // changed after the draft was begun. Gives the revision.
    Result<std::int64_t> publish_rows(Publication const& publication, Knowledge const& rows, Act const& act);
    // Makes these what staff alone are told, all of them as one revision, which it gives. Errc::conflict when one of the ids is of a public
    // answer, or of one that was changed after the revision `base`. `alone`: why nobody else looked at them; empty: nobody has to, or
    // Errc::not_allowed.
    Result<std::int64_t> put_staff_answers(std::vector<FaqEntry> const& entries, std::int64_t base, std::string_view why, std::string_view alone, Act const& act);
    // Takes rows out that nothing refers to; they can be restored from their history. Errc::conflict when one of them is not (any more)
    // as it was at the revision `base`. Gives the revision.
    Result<std::int64_t> archive_rows(Knowledge const& rows, std::int64_t base, std::string_view why, Act const& act);
    // All that one revision changed.
    Result<std::vector<Change>> changes_of(std::int64_t revision);
    // Makes every row that a revision changed what it was before. Errc::conflict when one was changed again since then.
    Result<std::int64_t> undo(std::int64_t revision, std::string_view why, Act const& act);

    // --- settings (staff_settings.cpp) ---
    // What holds now. Errc::not_found when there is no such setting.
    Result<std::string> setting(std::string_view name);
    // Chooses `value` where `before` holds; Errc::conflict when it does not any more. Gives the revision, 0 for what changes no answer.
    Result<std::int64_t> set_setting(SettingForm const& form, std::string_view before, std::string_view value, Act const& act);

    // --- what was asked (staff_figures.cpp): of questions that wait, those that are in a group already ---
    Result<Figures> figures(std::int64_t since);

    // --- questions that wait (staff_queue.cpp) ---
    Result<std::vector<GroupQuestion>> new_questions(std::size_t limit);
    // What was asked last, answered or not, each wording once; newest first.
    Result<std::vector<PastQuestion>> past_questions(std::size_t limit);
    // Newest first.
    Result<std::vector<Disliked>> disliked(std::int64_t since, std::size_t limit);
    // When the digest of the week was sent last; 0: never.
    Result<std::int64_t> digest_sent();
    Result<> note_digest_sent(std::int64_t now);
    Result<std::vector<Group>> groups();
    Result<std::vector<GroupQuestion>> questions_of(std::int64_t group, std::size_t limit);
    // Each into its group; -1, -2, ... stand for groups to be made. Gives the ids of these, in that order. A group that was
    // answered is new again.
    Result<std::vector<std::int64_t>> file(std::vector<GroupQuestion> const& questions);
    // State, assignment, note, answer and day of the decision of a group, over version group.version.
    Result<> decide(Group const& group, Act const& act);
    Result<> merge(std::int64_t from, std::int64_t into, Act const& act);
    Result<std::int64_t> split(std::vector<std::string> const& replies, Act const& act);

    // --- what was decided (staff_decisions.cpp): its own line in the audit log has whatever it was ---
    Result<std::int64_t> keep_decision(Decided const& decision);   // gives its id
    Result<std::optional<Decided>> decision(std::int64_t id);
    Result<std::vector<Decided>> decisions(std::int64_t before_id, std::size_t limit);   // the last first; before_id 0: from the last
    // Once; Errc::not_found when it was taken back already.
    Result<> note_undone(std::int64_t id, std::string_view who, std::int64_t now);
    Result<> note_not_undone(std::int64_t id);   // it could not be

    // --- a conversation that is to be erased (staff_erasure.cpp) ---
    // Errc::not_found when there is no such question any more.
    Result<KeptConversation> kept_of(std::string_view reply);
    // Erases what is in kept_of() but for what is published: questions, feedback, what was said in it, where it stands (`ids`:
    // conversations of these ids as well), and the questions from the groups and drafts that hold them. Then the pages that they
    // stood on.
    Result<KeptConversation> erase_conversation(std::string_view reply, std::vector<std::string> const& ids, Act act);

private:
    explicit StaffStore(OpenDatabase open) : open_(std::move(open)) {}

    // Runs `work` in one write transaction and, if it went well, notes `act` in the audit log.
    Result<> write(std::function<Result<>(Database&)> const& work, Act const* act);
    Result<> append_audit(Act const& act);
    Result<> note_alone(Publication const& publication, Draft const& draft, Act const& act);

    OpenDatabase open_;
};

// JSON of an answer and back, as drafts and the history keep it. Fails with Errc::bad_data.
std::string to_json(Answer const& answer);
Result<Answer> answer_from_json(std::string_view json);

}  // namespace immunobot::knowledge
