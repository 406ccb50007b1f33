#include "knowledge/journal_store.hpp"

#include "base/date.hpp"
#include "knowledge/sha256.hpp"
#include "knowledge/staff_groups.hpp"

#include <utility>

namespace immunobot::knowledge {
namespace {

constexpr int journal_lock_wait_ms = 2'000;  // a person waits for the feedback to be taken
constexpr std::size_t pseudonym_digits = 32;

std::string joined(std::vector<std::string> const& items)
{
    std::string out;
    for (std::string const& item : items) {
        if (!out.empty())
            out += '|';
        out += item;
    }
    return out;
}

}  // namespace

std::string conversation_key(std::string_view salt, std::string_view id)
{
    return sha256_hex(std::string(salt) + ':' + std::string(id)).substr(0, pseudonym_digits);
}

Result<JournalStore> JournalStore::open(std::string const& path)
{
    auto opened = open_current(path, Access::write);
    if (!opened)
        return opened.error();
    auto salt = read_salt(opened->database);
    if (!salt)
        return salt.error();
    return JournalStore(std::move(*opened), std::move(*salt));
}

JournalStore::~JournalStore()
{
    if (open_.database.handle())
        close_writer(open_);
}

Result<> JournalStore::write(Batch const& batch)
{
    auto const writing = WritingLock::take(open_.lock, journal_lock_wait_ms);
    if (!writing)
        return writing.error();
    auto transaction = Transaction::begin(open_.database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    auto done = write_rows(batch);
    if (done)
        done = transaction->commit();
    if (!done)
        salt_day_ = -1;  // a salt made in this transaction is gone with it
    return done;
}

Result<> JournalStore::write_rows(Batch const& batch)
{
    for (TimedQuestion const& timed : batch.questions) {
        if (auto done = write_question(timed); !done)
            return done;
        if (timed.question.reply_json.empty())
            continue;
        if (auto done = write_turn(timed); !done)
            return done;
    }
    for (PendingFeedback* const pending : batch.feedback)
        if (auto done = write_feedback(*pending); !done)
            return done;
    for (auto const& [key, state] : *batch.states)
        if (auto done = write_state(key, state, batch.now); !done)
            return done;
    return {};
}

Result<> JournalStore::write_question(TimedQuestion const& timed)
{
    LoggedQuestion const& question = timed.question;
    auto const day_salt = salt(timed.asked_at / seconds_a_day);
    if (!day_salt)
        return day_salt.error();
    auto insert = open_.database.cached(
        "INSERT INTO question_log(reply, asked_at, conversation, channel, text, language, status, intent, confidence, facts, "
        "revision, files, answer, took) VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) ON CONFLICT(reply) DO NOTHING");
    if (!insert)
        return insert.error();
    std::string const who = question.conversation.empty() ? "" : conversation_key(*day_salt, question.conversation);
    return (*insert)
        ->bind(1, question.reply_id).bind(2, timed.asked_at).bind(3, who).bind(4, question.channel).bind(5, question.text)
        .bind(6, code(question.language)).bind(7, question.status).bind(8, question.intent).bind(9, question.confidence)
        .bind(10, joined(question.facts)).bind(11, question.revision).bind(12, question.files).bind(13, question.answer)
        .bind(14, question.took).run();
}

Result<> JournalStore::write_turn(TimedQuestion const& timed)
{
    LoggedQuestion const& question = timed.question;
    std::string const key = conversation_key(conversation_salt_, question.conversation);
    auto insert = open_.database.cached("INSERT INTO conversation_turn(conversation, reply, asked_at, question, answer) VALUES(?1, ?2, ?3, ?4, ?5)");
    if (!insert)
        return insert.error();
    if (auto done = (*insert)->bind(1, key).bind(2, question.reply_id).bind(3, timed.asked_at).bind(4, question.text).bind(5, question.reply_json).run(); !done)
        return done;
    auto trim = open_.database.cached("DELETE FROM conversation_turn WHERE conversation=?1 AND id <= "
                                      "(SELECT id FROM conversation_turn WHERE conversation=?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)");
    if (!trim)
        return trim.error();
    return (*trim)->bind(1, key).bind(2, std::int64_t{most_turns}).run();
}

Result<> JournalStore::write_feedback(PendingFeedback& pending)
{
    auto find = open_.database.cached("SELECT 1 FROM question_log WHERE reply=?1");
    if (!find)
        return find.error();
    auto const row = (*find)->bind(1, pending.feedback.reply_id).step();
    if (!row)
        return row.error();
    pending.found = *row;
    if (!pending.found)
        return {};
    auto put = open_.database.cached("INSERT INTO feedback(reply, given_at, helpful, reason) VALUES(?1, ?2, ?3, ?4) "
                                     "ON CONFLICT(reply) DO UPDATE SET given_at=?2, helpful=?3, reason=?4");
    if (!put)
        return put.error();
    return (*put)->bind(1, pending.feedback.reply_id).bind(2, pending.given_at)
        .bind(3, std::int64_t{pending.feedback.helpful}).bind(4, pending.feedback.reason).run();
}

Result<> JournalStore::write_state(std::string const& key, std::string const& state, std::int64_t now)
{
    if (state.empty()) {
        auto erase = open_.database.cached("DELETE FROM conversation WHERE id=?1");
        if (!erase)
            return erase.error();
        return (*erase)->bind(1, key).run();
    }
    auto put = open_.database.cached("INSERT INTO conversation(id, saved_at, state) VALUES(?1, ?2, ?3) "
                                     "ON CONFLICT(id) DO UPDATE SET saved_at=?2, state=?3");
    if (!put)
        return put.error();
    return (*put)->bind(1, key).bind(2, now).bind(3, state).run();
}

Result<std::string> JournalStore::salt(std::int64_t day)
{
    if (day == salt_day_)
        return salt_;
    auto make = open_.database.cached("INSERT INTO daily_salt(day, salt) VALUES(?1, hex(randomblob(16))) ON CONFLICT(day) DO NOTHING");
    if (!make)
        return make.error();
    if (auto made = (*make)->bind(1, day).run(); !made)
        return made.error();
    auto read = open_.database.cached("SELECT salt FROM daily_salt WHERE day=?1");
    if (!read)
        return read.error();
    auto const row = (*read)->bind(1, day).step();
    if (!row)
        return row.error();
    salt_ = (*read)->text(0);
    salt_day_ = day;
    return salt_;
}

Result<> JournalStore::purge(std::int64_t questions_before, std::int64_t conversations_before, std::int64_t now)
{
    auto const writing = WritingLock::take(open_.lock, journal_lock_wait_ms);
    if (!writing)
        return writing.error();
    {
        auto transaction = Transaction::begin(open_.database, Transaction::Kind::write);
        if (!transaction)
            return transaction.error();
        struct Step {
            Sql sql;
            std::int64_t before;
        };
        for (Step const& step : {Step{"DELETE FROM feedback WHERE reply IN (SELECT reply FROM question_log WHERE asked_at < ?1)", questions_before},
                                 Step{"DELETE FROM question_log WHERE asked_at < ?1", questions_before},
                                 // A group of questions that nobody has dealt with holds the words of one of them.
                                 Step{"DELETE FROM staff_group WHERE state='new' AND seen_at < ?1", questions_before},
                                 Step{"DELETE FROM conversation WHERE saved_at < ?1", conversations_before},
                                 Step{"DELETE FROM conversation_turn WHERE asked_at < ?1", conversations_before},
                                 Step{"DELETE FROM daily_salt WHERE day < ?1", now / seconds_a_day}}) {
            auto erase = open_.database.cached(step.sql);
            if (!erase)
                return erase.error();
            if (auto done = (*erase)->bind(1, step.before).run(); !done)
                return done;
        }
        if (auto done = transaction->commit(); !done)
            return done;
    }
    return empty_write_ahead_log(open_.database);
}

// The turns, with what the question log and the feedback have of them: by their replies, for the log knows a conversation by
// another name each day.
Result<std::int64_t> JournalStore::erase_turns(std::string const& key)
{
    std::int64_t erased = 0;
    for (Sql const sql : {Sql("DELETE FROM feedback WHERE reply IN (SELECT reply FROM conversation_turn WHERE conversation=?1)"),
                          Sql("DELETE FROM question_log WHERE reply IN (SELECT reply FROM conversation_turn WHERE conversation=?1)"),
                          Sql("DELETE FROM conversation_turn WHERE conversation=?1"), Sql("DELETE FROM conversation WHERE id=?1")}) {
        auto erase = open_.database.cached(sql);
        if (!erase)
            return erase.error();
        if (auto const done = (*erase)->bind(1, key).run(); !done)
            return done.error();
        erased += open_.database.changes();
    }
    return erased;
}

// Under the names that can still be computed, each within its day: the log has no index of names.
Result<std::int64_t> JournalStore::erase_logged(std::string_view conversation)
{
    std::vector<std::pair<std::int64_t, std::string>> salts;
    {
        auto read = open_.database.cached("SELECT day, salt FROM daily_salt");
        if (!read)
            return read.error();
        for (auto row = (*read)->step(); !row || *row; row = (*read)->step()) {
            if (!row)
                return row.error();
            salts.emplace_back((*read)->integer(0), (*read)->text(1));
        }
    }
    std::int64_t erased = 0;
    for (auto const& [day, salt] : salts)
        for (Sql const sql :
             {Sql("DELETE FROM feedback WHERE reply IN (SELECT reply FROM question_log WHERE asked_at >= ?2 AND asked_at < ?3 AND conversation=?1)"),
              Sql("DELETE FROM question_log WHERE asked_at >= ?2 AND asked_at < ?3 AND conversation=?1")}) {
            auto erase = open_.database.cached(sql);
            if (!erase)
                return erase.error();
            auto const done = (*erase)->bind(1, conversation_key(salt, conversation)).bind(2, day * seconds_a_day).bind(3, (day + 1) * seconds_a_day).run();
            if (!done)
                return done.error();
            erased += open_.database.changes();
        }
    return erased;
}

Result<> JournalStore::forget(std::string_view conversation)
{
    auto const writing = WritingLock::take(open_.lock, journal_lock_wait_ms);
    if (!writing)
        return writing.error();
    {
        auto transaction = Transaction::begin(open_.database, Transaction::Kind::write);
        if (!transaction)
            return transaction.error();
        auto const groups = group_sizes(open_.database);
        if (!groups)
            return groups.error();
        auto const turns = erase_turns(conversation_key(conversation_salt_, conversation));
        if (!turns)
            return turns.error();
        auto const logged = erase_logged(conversation);
        if (!logged)
            return logged.error();
        if (*turns + *logged == 0)
            return Error{Errc::not_found, "nothing is kept of this conversation"};
        if (auto followed = follow_erasure(open_.database, *groups); !followed)
            return followed;
        if (auto done = transaction->commit(); !done)
            return done;
    }
    auto const emptied = empty_write_ahead_log(open_.database);
    return !emptied && emptied.error().code == Errc::busy ? Result<>() : emptied;
}

}  // namespace immunobot::knowledge
