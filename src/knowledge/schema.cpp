#include "knowledge/schema.hpp"

#include "knowledge/file_io.hpp"

#include <sys/stat.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <string_view>

namespace immunobot::knowledge {
namespace {

// Append only: a file in the field has run a prefix of these. Each runs in one transaction.
constexpr std::array migrations = {
    // 1: knowledge, its history, the log of questions.
    R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
INSERT INTO meta VALUES('revision', 0), ('salt', hex(randomblob(16)));

CREATE TABLE source(
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL,
  title TEXT NOT NULL, publisher TEXT NOT NULL, url TEXT NOT NULL, published TEXT NOT NULL, seen TEXT NOT NULL);
CREATE TABLE entity(
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL,
  kind TEXT NOT NULL, name_en TEXT NOT NULL, name_fr TEXT NOT NULL, acronym TEXT NOT NULL,
  parent TEXT REFERENCES entity(id) DEFERRABLE INITIALLY DEFERRED);
CREATE INDEX entity_parent ON entity(parent);
CREATE TABLE alias(
  entity TEXT NOT NULL REFERENCES entity(id) DEFERRABLE INITIALLY DEFERRED,
  position INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY(entity, position)) WITHOUT ROWID;
CREATE TABLE fact(
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, revision INTEGER NOT NULL,
  entity TEXT NOT NULL REFERENCES entity(id) DEFERRABLE INITIALLY DEFERRED,
  property TEXT NOT NULL, value TEXT NOT NULL, unit TEXT NOT NULL,
  text_en TEXT NOT NULL CHECK(text_en <> ''), text_fr TEXT NOT NULL CHECK(text_fr <> ''),
  valid_from TEXT NOT NULL, valid_to TEXT NOT NULL, review_by TEXT NOT NULL,
  source TEXT NOT NULL REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED, layer TEXT NOT NULL);
CREATE INDEX fact_entity ON fact(entity, property);
CREATE INDEX fact_source ON fact(source);
CREATE TABLE faq(
  number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, position INTEGER NOT NULL, revision INTEGER NOT NULL,
  answer_en TEXT NOT NULL CHECK(answer_en <> ''), answer_fr TEXT NOT NULL CHECK(answer_fr <> ''),
  entity TEXT REFERENCES entity(id) DEFERRABLE INITIALLY DEFERRED,
  source TEXT NOT NULL REFERENCES source(id) DEFERRABLE INITIALLY DEFERRED,
  valid_to TEXT NOT NULL, review_by TEXT NOT NULL);
CREATE INDEX faq_entity ON faq(entity);
CREATE INDEX faq_source ON faq(source);
CREATE TABLE faq_question(
  faq TEXT NOT NULL REFERENCES faq(id) DEFERRABLE INITIALLY DEFERRED,
  language TEXT NOT NULL CHECK(language IN ('en', 'fr')), position INTEGER NOT NULL, question TEXT NOT NULL,
  PRIMARY KEY(faq, language, position)) WITHOUT ROWID;

CREATE TABLE revision(
  id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, made_by TEXT NOT NULL, reason TEXT NOT NULL);
CREATE TABLE change(
  revision INTEGER NOT NULL REFERENCES revision(id), kind TEXT NOT NULL, row TEXT NOT NULL,
  before TEXT, after TEXT);
CREATE INDEX change_row ON change(kind, row, revision);

-- The rowid is 2 * fact.number, or 2 * faq.number + 1.
CREATE VIRTUAL TABLE search USING fts5(body, tokenize = 'unicode61 remove_diacritics 2');

CREATE TABLE question_log(
  id INTEGER PRIMARY KEY, reply TEXT NOT NULL UNIQUE, asked_at INTEGER NOT NULL, conversation TEXT NOT NULL,
  channel TEXT NOT NULL, text TEXT NOT NULL, language TEXT NOT NULL, status TEXT NOT NULL, intent TEXT NOT NULL,
  confidence REAL NOT NULL, facts TEXT NOT NULL);
CREATE INDEX question_log_asked ON question_log(asked_at);
CREATE TABLE feedback(
  reply TEXT PRIMARY KEY REFERENCES question_log(reply) ON DELETE CASCADE,
  given_at INTEGER NOT NULL, helpful INTEGER NOT NULL, reason TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE conversation(
  id TEXT PRIMARY KEY, saved_at INTEGER NOT NULL, state TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX conversation_saved ON conversation(saved_at);
CREATE TABLE daily_salt(day INTEGER PRIMARY KEY, salt TEXT NOT NULL);
)sql",
    // 2: ways of asking for a fact or, by "entity.property", for all such facts; lists with '|' between the items, as in
    // the files.
    R"sql(
CREATE TABLE asking(
  id TEXT PRIMARY KEY, position INTEGER NOT NULL, revision INTEGER NOT NULL, questions_en TEXT NOT NULL,
  questions_fr TEXT NOT NULL);
)sql",
    // 3: messages of chat platforms that were taken (by salted hash), and the calls that carry their answers until these are
    // delivered. A call holds an answer and whom it goes to, never the question.
    R"sql(
CREATE TABLE message_seen(key TEXT PRIMARY KEY, forget_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX message_seen_forget ON message_seen(forget_at);
CREATE TABLE outbox(
  id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, channel TEXT NOT NULL, conversation TEXT NOT NULL,
  method TEXT NOT NULL, target TEXT NOT NULL, body TEXT NOT NULL, made_at INTEGER NOT NULL, good_until INTEGER NOT NULL,
  due_at INTEGER NOT NULL, attempts INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL DEFAULT 'waiting' CHECK(state IN ('waiting', 'dead')), why TEXT NOT NULL DEFAULT '');
CREATE INDEX outbox_due ON outbox(state, channel, due_at);
CREATE INDEX outbox_conversation ON outbox(conversation, state, id);
)sql",
    // 4: what was said in a conversation, so that a page can show it again: the question masked, the reply as JSON.
    R"sql(
CREATE TABLE conversation_turn(
  id INTEGER PRIMARY KEY, conversation TEXT NOT NULL, reply TEXT NOT NULL, asked_at INTEGER NOT NULL, question TEXT NOT NULL,
  answer TEXT NOT NULL);
CREATE INDEX conversation_turn_of ON conversation_turn(conversation, id);
CREATE INDEX conversation_turn_asked ON conversation_turn(asked_at);
)sql",
    // 5: the staff: who may do what, what they did, what they are writing, and what they made of questions without answers.
    // Answers for staff alone are a table of their own: nothing that answers visitors reads it. local_change tells the rows that
    // are no longer as data/ had them, and a digest of how it had them ('' if it had none), for the next import.
    R"sql(
CREATE TABLE staff_account(
  id INTEGER PRIMARY KEY, email TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
  role TEXT NOT NULL CHECK(role IN ('viewer', 'answerer', 'editor', 'admin')), password TEXT NOT NULL,
  disabled INTEGER NOT NULL, made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL);
CREATE TABLE staff_link(
  digest TEXT PRIMARY KEY, account INTEGER NOT NULL REFERENCES staff_account(id), expires_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE staff_session(
  digest TEXT PRIMARY KEY, account INTEGER NOT NULL REFERENCES staff_account(id), form_token TEXT NOT NULL,
  made_at INTEGER NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX staff_session_account ON staff_session(account);
CREATE TABLE staff_token(
  id INTEGER PRIMARY KEY, account INTEGER NOT NULL REFERENCES staff_account(id), name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE, role TEXT NOT NULL CHECK(role IN ('viewer', 'answerer', 'editor', 'admin')),
  made_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER NOT NULL);
CREATE TABLE staff_audit(
  id INTEGER PRIMARY KEY, made_at INTEGER NOT NULL, who TEXT NOT NULL, origin TEXT NOT NULL, action TEXT NOT NULL,
  target TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, digest TEXT NOT NULL);
CREATE TRIGGER staff_audit_stays BEFORE UPDATE ON staff_audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;
CREATE TRIGGER staff_audit_keeps BEFORE DELETE ON staff_audit BEGIN SELECT RAISE(ABORT, 'the audit log is only added to'); END;

CREATE TABLE staff_draft(
  id TEXT PRIMARY KEY, version INTEGER NOT NULL, state TEXT NOT NULL CHECK(state IN ('draft', 'review', 'scheduled')),
  author TEXT NOT NULL, saved_at INTEGER NOT NULL, base INTEGER NOT NULL, publish_at INTEGER NOT NULL, content TEXT NOT NULL);
CREATE TABLE staff_answer(id TEXT PRIMARY KEY, revision INTEGER NOT NULL, content TEXT NOT NULL);

CREATE TABLE staff_group(
  id INTEGER PRIMARY KEY, state TEXT NOT NULL CHECK(state IN ('new', 'taken', 'answered', 'ignored')), question TEXT NOT NULL,
  language TEXT NOT NULL, assigned TEXT NOT NULL, note TEXT NOT NULL, answer TEXT NOT NULL, version INTEGER NOT NULL,
  seen_at INTEGER NOT NULL);
CREATE TABLE staff_group_question(
  reply TEXT PRIMARY KEY REFERENCES question_log(reply) ON DELETE CASCADE,
  grouping INTEGER NOT NULL REFERENCES staff_group(id)) WITHOUT ROWID;
CREATE INDEX staff_group_question_grouping ON staff_group_question(grouping);

CREATE TABLE local_change(kind TEXT NOT NULL, row TEXT NOT NULL, origin TEXT NOT NULL, PRIMARY KEY(kind, row)) WITHOUT ROWID;
)sql",
    // 6: what an answer of the log was given from, so that it can be given again: the revision of the knowledge, a digest of the intent
    // files and word lists, and a digest of the answer itself.
    R"sql(
ALTER TABLE question_log ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE question_log ADD COLUMN files TEXT NOT NULL DEFAULT '';
ALTER TABLE question_log ADD COLUMN answer TEXT NOT NULL DEFAULT '';
)sql",
    // 7: what each of the staff has at hand (pinned answers, copies counted by the day, the answers of a message), the words at the end of
    // their messages, where they are signed in from; who looks after an answer or a fact, and every how many months.
    R"sql(
CREATE TABLE staff_pin(
  account INTEGER NOT NULL REFERENCES staff_account(id), answer TEXT NOT NULL, pinned_at INTEGER NOT NULL,
  PRIMARY KEY(account, answer)) WITHOUT ROWID;
CREATE TABLE staff_use(
  answer TEXT NOT NULL, day INTEGER NOT NULL, account INTEGER NOT NULL REFERENCES staff_account(id), count INTEGER NOT NULL,
  used_at INTEGER NOT NULL, PRIMARY KEY(answer, day, account)) WITHOUT ROWID;
CREATE INDEX staff_use_account ON staff_use(account, used_at);
CREATE INDEX staff_use_day ON staff_use(day);
CREATE TABLE staff_piece(
  account INTEGER NOT NULL REFERENCES staff_account(id), answer TEXT NOT NULL, position INTEGER NOT NULL,
  PRIMARY KEY(account, answer)) WITHOUT ROWID;
CREATE TABLE staff_care(row TEXT PRIMARY KEY, owner TEXT NOT NULL, months INTEGER NOT NULL, looked_at TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE staff_account ADD COLUMN signature_en TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_account ADD COLUMN signature_fr TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_session ADD COLUMN origin TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_session ADD COLUMN device TEXT NOT NULL DEFAULT '';
)sql",
    // 8: how long a visitor waited for the answer, in microseconds; 0: it was not measured.
    R"sql(
ALTER TABLE question_log ADD COLUMN took INTEGER NOT NULL DEFAULT 0;
)sql",
    // 9: what the staff decided about questions, drafts, care, letters and accounts, so that it can be taken back at any time.
    R"sql(
CREATE TABLE staff_decision(
  id INTEGER PRIMARY KEY AUTOINCREMENT, made_at INTEGER NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL, target TEXT NOT NULL,
  content TEXT NOT NULL, undone_at INTEGER NOT NULL DEFAULT 0, undone_by TEXT NOT NULL DEFAULT '');
)sql",
    // 10: when a group of questions was answered or put aside; of those that were before, the audit log knows it.
    R"sql(
ALTER TABLE staff_group ADD COLUMN decided_at INTEGER NOT NULL DEFAULT 0;
UPDATE staff_group SET decided_at = coalesce((SELECT max(a.made_at) FROM staff_audit a WHERE a.target = CAST(staff_group.id AS TEXT)
  AND a.action = CASE staff_group.state WHEN 'answered' THEN 'question.answered' ELSE 'question.ignore' END), 0) WHERE state IN ('answered', 'ignored');
)sql",
    // 11: what the last check of the links found dead, and when it was found so first.
    R"sql(
CREATE TABLE dead_link(url TEXT PRIMARY KEY, why TEXT NOT NULL, found_at INTEGER NOT NULL) WITHOUT ROWID;
)sql",
    // 12: what administrators have chosen for the whole desk; who wrote the text of a draft last, whoever has saved it in another state since.
    R"sql(
CREATE TABLE setting(name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
ALTER TABLE staff_draft ADD COLUMN writer TEXT NOT NULL DEFAULT '';
UPDATE staff_draft SET writer = author;
)sql",
    // 13: why somebody sent a draft back, and who; '' for one that was not.
    R"sql(
ALTER TABLE staff_draft ADD COLUMN remark TEXT NOT NULL DEFAULT '';
ALTER TABLE staff_draft ADD COLUMN remark_by TEXT NOT NULL DEFAULT '';
)sql",
    // 14: who has put the first steps away; what of them somebody has done is asked with every first page.
    R"sql(
ALTER TABLE staff_account ADD COLUMN first_steps_away INTEGER NOT NULL DEFAULT 0;
CREATE INDEX staff_audit_who ON staff_audit(who);
)sql",
};

// Above this a check of all pages at each start would be felt (about 1 ms a MiB); corrupt pages are then
// found when they are read.
constexpr std::int64_t checked_bytes = 32 * 1024 * 1024;

// SQLite takes a shorter file for a new one.
constexpr std::int64_t smallest_database = 512;

Error refused(std::string const& path, std::string const& why, std::string hint)
{
    return {Errc::storage, "cannot use the database " + path + ": " + why, std::move(hint)};
}

// A file that SQLite would take for an empty database is not ours: ours is never empty.
Result<> check_file(std::string const& path)
{
    struct stat info = {};
    if (::stat(path.c_str(), &info) != 0) {
        if (errno == ENOENT)
            return refused(path, "it does not exist", "make it with: immunobot import");
        return refused(path, std::strerror(errno), "check the rights on the file and its folder");
    }
    if (!S_ISREG(info.st_mode))
        return refused(path, "it is not a file", "give the path of a file");
    if (info.st_size == 0)
        return refused(path, "the file is empty, so what it held is lost",
                       "restore a backup, or remove the file to start anew");
    if (info.st_size < smallest_database)
        return refused(path, "the file is too short to be a database", "restore a backup");
    return {};
}

Result<> run_migration(Database& database, int version)
{
    auto transaction = Transaction::begin(database, Transaction::Kind::write);
    if (!transaction)
        return transaction.error();
    std::string const marks = "PRAGMA application_id=" + std::to_string(application_id) +
                              ";PRAGMA user_version=" + std::to_string(version);
    for (char const* sql : {migrations[static_cast<std::size_t>(version - 1)], marks.c_str()})
        if (auto done = database.execute(sql); !done)
            return done.error();
    return transaction->commit();
}

Result<> run_migrations(Database& database, int from)
{
    for (int version = from + 1; version <= schema_version(); ++version)
        if (auto done = run_migration(database, version); !done)
            return done.error();
    return {};
}

// Built under another name and moved into place, so that a kill never leaves half a database under `path`.
Result<MigrationReport> create(std::string const& path)
{
    std::string const draft = path + ".new";
    remove_database(draft);
    {
        auto database = Database::open(draft, Access::create);
        if (!database)
            return refused(path, "it does not exist and cannot be made (" + database.error().message + ")",
                           "check that the folder exists and is writable");
        if (auto done = run_migrations(*database, 0); !done)
            return done.error();
    }  // closing merges the write-ahead log
    if (auto moved = move_into_place(draft, path); !moved)
        return moved.error();
    return MigrationReport{true, 0, schema_version()};
}

// By the bytes of the file, without SQLite: it may have to be repaired before it can be read.
bool says_it_is_ours(std::string const& path)
{
    constexpr std::size_t id_at = 68;
    char head[id_at + 4] = {};
    std::ifstream(path, std::ios::binary).read(head, sizeof head);
    std::uint32_t id = 0;
    for (std::size_t i = id_at; i < sizeof head; ++i)
        id = id << 8 | static_cast<unsigned char>(head[i]);
    return std::string_view(head).starts_with("SQLite format 3") && id == static_cast<std::uint32_t>(application_id);
}

// A writer that was killed while the file had a rollback journal (restore takes it out of the write-ahead log) has left half a
// transaction. Only a connection that may write can undo it; one that may not fails.
void undo_what_was_cut_off(std::string const& path)
{
    if (file_exists(path + "-journal") && says_it_is_ours(path))
        static_cast<void>(Database::open(path, Access::write));  // what goes wrong is told by whoever reads next
}

Result<MigrationReport> upgrade(std::string const& path)
{
    if (auto checked = check_file(path); !checked)
        return checked.error();
    undo_what_was_cut_off(path);
    // Looked at through a connection that cannot write, before anything is changed in a file that may not be ours.
    auto looking = Database::open(path, Access::read);
    if (!looking)
        return looking.error();
    struct stat info = {};
    bool const small = ::stat(path.c_str(), &info) == 0 && info.st_size <= checked_bytes;
    auto const version = verify(*looking, small);
    if (!version)
        return version.error();
    if (*version == schema_version())
        return MigrationReport{false, *version, *version};
    auto database = Database::open(path, Access::write);
    if (!database)
        return database.error();
    if (auto done = run_migrations(*database, *version); !done)
        return done.error();
    return MigrationReport{false, *version, schema_version()};
}

Result<> check_pages(Database& database)
{
    auto query = database.prepare("PRAGMA quick_check(1)");
    if (!query)
        return query.error();
    auto const row = query->step();
    if (!row)
        return row.error();
    if (!*row || query->view(0) != "ok")
        return refused(database.path(), "the file is damaged (" + query->text(0) + ")", "restore a backup");
    return {};
}

}  // namespace

int schema_version()
{
    return static_cast<int>(migrations.size());
}

Result<int> verify(Database& database, bool deep)
{
    auto const id = database.integer("PRAGMA application_id");
    if (!id)
        return id.error();
    auto const version = database.integer("PRAGMA user_version");
    if (!version)
        return version.error();
    if (*id != application_id || *version < 1)
        return refused(database.path(), "it is a database of another program",
                       "give another path; this file was left as it is");
    if (*version > schema_version())
        return refused(database.path(),
                       "it is of version " + std::to_string(*version) + ", newer than this program's " +
                           std::to_string(schema_version()),
                       "run the newer immunobot, or restore a backup made by this one");
    if (deep)
        if (auto sound = check_pages(database); !sound)
            return sound.error();
    return static_cast<int>(*version);
}

Result<OpenDatabase> open_current(std::string const& path, Access access)
{
    if (auto checked = check_file(path); !checked)
        return checked.error();
    auto lock = FileLock::open(path);
    if (!lock)
        return lock.error();
    auto looking = Database::open(path, Access::read);
    if (!looking)
        return looking.error();
    auto const version = verify(*looking, false);
    if (!version)
        return version.error();
    if (*version < schema_version())
        return refused(path, "it is of the older version " + std::to_string(*version),
                       "bring it up to date with: immunobot migrate");
    if (access == Access::read)
        return OpenDatabase{std::move(*lock), std::move(*looking)};
    auto database = Database::open(path, Access::write);
    if (!database)
        return database.error();
    return OpenDatabase{std::move(*lock), std::move(*database)};
}

Result<std::string> read_salt(Database& database)
{
    auto query = database.prepare("SELECT value FROM meta WHERE key='salt'");
    if (!query)
        return query.error();
    if (auto const row = query->step(); !row)
        return row.error();
    return query->text(0);
}

Result<> empty_write_ahead_log(Database& database)
{
    auto const blocked = database.integer("PRAGMA wal_checkpoint(TRUNCATE)");
    if (!blocked)
        return blocked.error();
    if (*blocked != 0)
        return Error{Errc::busy, "what was erased still stands in the write-ahead log, which a reader holds", "purge again later"};
    return {};
}

void close_writer(OpenDatabase& open)
{
    auto const writing = WritingLock::take(open.lock, 2'000);
    open.database = {};
}

Result<MigrationReport> migrate(std::string const& path)
{
    // Before anything is made: in a folder that does not exist the lock cannot say it as well.
    if (!file_exists(folder_of(path)))
        return refused(path, "its folder does not exist", "make the folder, or give another path");
    auto lock = FileLock::open(path);
    if (!lock)
        return lock.error();
    auto writing = WritingLock::take(*lock);
    if (!writing)
        return writing.error();
    return file_exists(path) ? upgrade(path) : create(path);
}

}  // namespace immunobot::knowledge
