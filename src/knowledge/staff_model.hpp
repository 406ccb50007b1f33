// What is kept of the staff: accounts, what they did, what they write, and the questions that wait for an answer.
// Plain values; nothing here knows of files or SQL.
#pragma once

#include "knowledge/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::knowledge {

struct Account {
    std::int64_t id = 0;
    std::string email;           // small letters; what is signed in with
    std::string name;
    std::string role;            // "viewer", "answerer", "editor", "admin"
    std::string password = {};   // a hash; empty: none is set yet
    bool disabled = false;
    std::int64_t made_at = 0;    // seconds since 1970, like all times here
    std::int64_t seen_at = 0;    // of the last sign-in; 0: never
};

// Secrets are never stored, only their digests.
struct Session {
    std::string digest;
    std::int64_t account = 0;
    std::string form_token;      // what each form has to bring back
    std::int64_t made_at = 0;
    std::int64_t seen_at = 0;
    std::string origin = {};     // network address that it was begun from
    std::string device = {};     // "Firefox, Linux"; may be empty
};

struct Token {
    std::int64_t id = 0;
    std::int64_t account = 0;
    std::string name;
    std::string digest;
    std::string role;            // at most that of the account
    std::int64_t made_at = 0;
    std::int64_t expires_at = 0;
    std::int64_t used_at = 0;
};

// What somebody did, for the audit log.
struct Act {
    std::string who;             // e-mail address, or "command line"
    std::string origin;          // network address, or "terminal"
    std::string action;          // "answer.publish"
    std::string target = {};     // id of what it was done to
    std::string before = {};
    std::string after = {};
};

struct AuditRow {
    std::int64_t id = 0;
    std::int64_t made_at = 0;
    Act act;
    std::string digest;          // over the row and the digest before it
};

// Where the audit log ends.
struct AuditEnd {
    std::int64_t count = 0;      // of entries
    std::string digest;          // of the last one; empty: there is none
};

// An answer as staff write it; or rows of a table (see table.hpp) that change together: then the entry has only an id, with
// ':' in it.
struct Answer {
    FaqEntry entry;
    bool staff_only = false;
    std::string table = {};
    std::string rows = {};       // CSV
    friend bool operator==(Answer const&, Answer const&) = default;
};

// Why somebody who looked at a draft sent it back, for whoever goes on with it.
struct Remark {
    std::string text;            // empty: it was not sent back
    std::string who;             // e-mail address
};

struct Draft {
    Answer answer;
    std::string state = "draft"; // "draft", "review", "scheduled"
    std::int64_t version = 0;    // grows with each saving; 0: not saved yet
    std::string author;
    std::int64_t saved_at = 0;
    std::int64_t base = 0;       // revision of the published answer that it began with; 0: none
    std::int64_t publish_at = 0; // when scheduled
    std::string writer = {};     // who wrote what it says last; the author may only have scheduled it
    Remark remark = {};          // until it is sent for review again
};

// What is live: its revision, for drafts to begin with.
struct Published {
    Answer answer;
    std::int64_t revision = 0;
};

// A fact in force, and a change of one; several changes make one revision.
struct PublishedFact {
    Fact fact;
    std::int64_t revision = 0;
};
struct FactChange {
    Fact fact;                   // as it is to be
    std::int64_t revision = 0;   // of the fact that it takes the place of, as it was looked at; 0: it is new
    std::string asked_like;      // id of a fact whose ways of asking a new one gets; empty: none
};

// A question of the log, masked as it is kept.
struct PastQuestion {
    std::string reply;
    std::string text;
    std::string language;
};

// A way of asking for a fact that staff have added.
struct Taught {
    std::string fact;
    std::string wording;
    friend auto operator<=>(Taught const&, Taught const&) = default;
};

// A name of an entity that staff have added.
struct NewName {
    std::string entity;
    std::string name;
    friend auto operator<=>(NewName const&, NewName const&) = default;
};

// An address that answers and sources name, and that leads nowhere.
struct DeadLink {
    std::string url;
    std::string why;             // "404", "no answer", "private network"
    std::int64_t found_at = 0;   // first
};

// Who looks after an answer or a fact, and how often it is looked at again.
struct Care {
    std::string row;             // id of the answer or fact
    std::string owner;           // e-mail address; may be empty
    std::int64_t months = 0;     // between two looks; 0: no reminder
    std::string looked_at;       // day of the last look
};

// What was asked since a moment, in numbers; days and hours are those of the server's clock.
struct Figures {
    struct Count {
        std::string what;
        std::string which;       // a second name: a channel, a status
        std::int64_t count = 0;
    };
    std::vector<Count> channels;   // day, channel
    std::vector<Count> statuses;   // day, status
    std::vector<Count> intents;    // intent or first fact of the answer; the most first
    std::vector<Count> waiting;    // first question of a group that waits for an answer; the most first
    std::vector<Count> thumbs;     // answer, "up" or "down"
    std::vector<Count> languages;
    std::vector<Count> hours;
    std::int64_t median_took = 0;  // microseconds that half the answers were faster than; 0: none was measured
};

// An answer that visitors found of no use.
struct Disliked {
    std::string question;        // masked; empty: not kept
    std::string facts;           // ids of what was told, with blanks between
    std::string reason;
    std::int64_t given_at = 0;
};

// One change of one answer, from the history of the knowledge.
struct Change {
    std::int64_t revision = 0;
    std::int64_t made_at = 0;
    std::string who;
    std::string why;
    std::string kind;            // "faq", "staff_answer", "fact", ...
    std::string row;
    std::string before;          // JSON of the row; empty: it was not there
    std::string after;
    std::int64_t rows = 1;       // that the revision changed, where that was asked
};

// Questions without an answer that mean the same.
struct Group {
    std::int64_t id = 0;
    std::string state;           // "new", "taken", "answered", "ignored"
    std::string question;        // the first of them, masked
    std::string language;
    std::string assigned;        // e-mail address; may be empty
    std::string note;
    std::string answer;          // id of the answer that was made of it
    std::int64_t version = 0;
    std::int64_t seen_at = 0;    // when it was asked last
    std::int64_t first_at = 0;
    std::int64_t count = 0;      // of questions that are still kept
    std::int64_t people = 0;     // conversations
    std::string channels = {};   // of these questions, with commas between and around: ",slack,web,"
    std::string reasons = {};    // the same: "unknown", "unsure", "disliked"
    std::int64_t decided_at = 0; // when it was answered or put aside; 0: it was not
};

struct GroupQuestion {
    std::string reply;
    std::string text;
    std::string language;
    std::string status;          // of the reply: "unknown", "unsure", or "answered" and found wrong
    std::int64_t asked_at = 0;
    std::int64_t grouping = 0;   // 0: not grouped yet
};

// Something that was decided, with what it takes to take it back: how things were before, and how they are since. No words of
// visitors are in it but those in a draft; of questions there are the names by which they are kept.
struct Decided {
    struct OfGroup {
        Group before;                      // id, state, assigned, note, answer, version and decided_at alone
        std::vector<std::string> moved;    // of a merge: replies of its questions, the first first
    };
    struct OfSplit {
        std::int64_t made = 0;             // the new group
        std::int64_t from = 0;
    };
    struct OfDraft {
        Draft before;
        bool was_saved = false;            // false: there was none
        std::int64_t version = 0;          // it has since; 0: it is gone
    };
    struct OfImport {
        std::string draft;                 // that was made
        std::int64_t version = 0;          // it has since
    };
    struct OfCare {
        Care before;
        Care after;
    };
    struct OfSetting {
        std::string name;
        std::string before;
        std::string after;
    };
    struct OfAccount {
        std::string email;
        std::string role;                  // before
        bool disabled = false;
        std::string role_after;
        bool disabled_after = false;
    };

    std::int64_t id = 0;
    std::int64_t made_at = 0;
    std::string who = {};
    std::string what = {};                 // as the audit log calls it: "question.ignore"
    std::string target = {};               // what it was done to
    std::int64_t undone_at = 0;            // 0: it still holds
    std::string undone_by = {};

    std::vector<OfGroup> groups = {};
    std::optional<OfSplit> split = {};
    std::optional<OfDraft> draft = {};
    std::vector<OfImport> imported = {};   // that were made together
    std::optional<OfCare> care = {};
    std::optional<OfAccount> account = {};
    std::optional<OfSetting> setting = {};
    std::int64_t letter = 0;
};

// What is kept of the conversation that a question of the log belongs to.
struct KeptConversation {
    std::vector<GroupQuestion> questions;    // the first first
    std::vector<std::string> drafts;         // ids of those that have one of the questions as a way of asking
    std::vector<std::string> published;      // the same of what is in force, which stays as it is
    // By what names it is kept: digests of its id with a salt.
    struct Name {
        std::string salt;
        std::string digest;
    };
    std::vector<Name> names;
};

}  // namespace immunobot::knowledge
