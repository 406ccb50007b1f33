// Answers as staff write them: drafts, what is wrong with them, what they would change, publishing. Any thread; what
// compiles or examines takes up to some seconds.
#pragma once

#include "assistant/assistant.hpp"
#include "knowledge/reader.hpp"
#include "knowledge/rules.hpp"
#include "staff/four_eyes.hpp"
#include "staff/regression.hpp"
#include "staff/role.hpp"
#include "staff/store.hpp"

#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

inline constexpr std::size_t longest_question_text = knowledge::longest_faq_question;
inline constexpr std::size_t most_questions = knowledge::most_faq_questions;
inline constexpr std::size_t longest_answer_text = 1'200;
inline constexpr std::size_t longest_remark = 500;

// What is wrong with one field.
struct Fault {
    std::string field;   // "questions_fr", "answer_en", ...
    std::string what;    // key of a text: "fault.empty"
    std::string where = {};   // words by which its place is found; empty: the whole field
};

// Of a fact, only the ways of asking for it are written here.
bool is_of_fact(std::string_view id);

// The day on which it is to be looked at again; empty: there is none.
std::string next_look(knowledge::Care const& care);

struct Published {
    std::int64_t revision = 0;    // 0: it was not published, because of `regression`
    Regression regression;
};

class Answers {
public:
    Answers(Store& store, assistant::Assistant& bot, knowledge::Reader reader, std::vector<intents::Intent> intents)
        : store_(store), bot_(bot), reader_(std::move(reader)), examiner_(std::move(intents))
    {
    }

    // The draft of an answer, or of rows; where there is none, the published answer as an unsaved draft (version 0).
    // Errc::not_found when there is neither.
    Result<knowledge::Draft> open(std::string_view id);
    // The same of an answer alone.
    Result<knowledge::Draft> open_answer(std::string_view id);

    // An id for a new answer that was never given. It says nothing of the answer: ids stand in the audit log, which is kept longer than the
    // words of visitors that an answer may begin with. `begun_under`: what this gave the form that the answer comes from, which may have
    // arrived before; the same again, unless something was published under it since.
    Result<std::string> new_id(std::string_view begun_under = {});

    // Puts in order what was typed: composed letters, no blanks at the ends, no empty lines, each question once.
    static knowledge::Answer tidied(knowledge::Answer answer);

    // What may not be stored even as a draft: too long, no text. Empty: all is well.
    static std::vector<Fault> unstorable(knowledge::Answer const& answer);
    // What stands in the way of publishing.
    Result<std::vector<Fault>> faults(knowledge::Answer const& answer);

    // Saves over draft.version. Gives the new version; Errc::conflict when somebody else has saved meanwhile, Errc::not_allowed when it
    // is scheduled by whoever wrote it where four eyes have to see it, Errc::not_found when its id is none of an answer (with a table: of
    // such rows), Errc::bad_request when its base is a revision that is to come.
    Result<std::int64_t> save(Person const& by, knowledge::Draft draft, std::string_view action = "draft.save");
    // Makes it a draft again, with a remark that stands there until it is sent for review once more; it stays of whoever wrote and saved it.
    // Gives the new version; Errc::bad_request without a remark or with one that is too long, Errc::conflict when it was changed meanwhile
    // or waits for nobody's look.
    Result<std::int64_t> send_back(Person const& by, std::string_view id, std::int64_t version, std::string_view remark);
    Result<> discard(Person const& by, std::string_view id, std::int64_t version);

    // What would become of all stored questions, and of what visitors asked lately. `kept`: as it was seen last, if nothing
    // was published since and the intents are the same; who publishes has just looked.
    enum class Look { anew, kept };
    Result<Regression> rehearse(knowledge::Answer const& answer, Look look = Look::anew);
    // The same if the knowledge were `wanted`, whose row `changed` is new or another. `what` says the change in full, for
    // a look to be known again; empty: it is not kept.
    Result<Regression> rehearse(knowledge::Knowledge const& wanted, std::string const& changed, std::string const& what = {}, Look look = Look::anew);
    // The same if the answer were taken away.
    Result<Regression> rehearse_archive(std::string_view id, Look look = Look::anew);
    // What there is now.
    Result<knowledge::Knowledge> knowledge();
    // The answers that staff alone see.
    Result<std::vector<knowledge::FaqEntry>> hidden();

    // Which of its wordings visitors are told something else to today, with the id of that. Soon: nothing is compiled for it.
    struct Taken {
        std::string wording;
        std::string answer;
    };
    std::vector<Taken> taken(knowledge::Answer const& answer) const;

    // Publishes version `version` of the draft, unless a stored question would lose its answer; `despite` them with a
    // reason in `why`. Errc::not_allowed where four eyes have to see it (see four_eyes.hpp).
    Result<Published> publish(Person const& by, std::string_view id, std::int64_t version, std::string_view why, bool despite, Alone alone = Alone::no);
    // The same of taking one away that is as it was at `revision`.
    Result<Published> archive(Person const& by, std::string_view id, std::int64_t revision, std::string_view why = {}, bool despite = false);

    // A draft with the text that the answer had after this revision; with `before`, the one it had until then.
    Result<std::int64_t> restore(Person const& by, std::string_view id, std::int64_t revision, bool before = false);

    // Drafts whose time has come; gives the ids of those that are published now. What may not be goes back to review.
    Result<std::vector<std::string>> publish_due(std::int64_t now);

    // More questions for an answer, as a draft of it. Errc::not_found if there is no such answer.
    Result<std::int64_t> add_questions(Person const& by, std::string_view id, std::vector<std::string> const& en, std::vector<std::string> const& fr);

    // What ends or is to be looked at again within a month, the first first.
    struct Due {
        std::string id;
        std::string day;
        bool ends = false;
        bool is_fact = false;
        LocalText text = {};
        std::string owner = {};      // e-mail address; empty: nobody looks after it
        std::int64_t months = 0;     // it is looked at every so many months; 0: there is only the day in the text itself
        bool of_care = false;        // `day` follows from these months
        bool is_staff_only = false;
    };
    Result<std::vector<Due>> due(std::size_t limit);

    // Who looks after an answer or fact, and every how many months (0: no reminder, at most 60). The last look is today.
    // Errc::not_found when there is no such answer, or nobody of that address.
    Result<> take_care(Person const& by, std::string_view row, std::string_view owner, std::int64_t months);
    // It was looked at today, and is still true.
    Result<> look_at(Person const& by, std::string_view row);

    std::vector<intents::Intent> const& intents() const { return examiner_.intents(); }

    // What a text may be about or come from.
    Result<std::vector<knowledge::Entity>> entities();
    Result<std::vector<knowledge::Source>> sources();

private:
    // What was found, and of what: it holds as long as these are as they were.
    struct Seen {
        std::string what;
        std::int64_t revision = 0;
        std::shared_ptr<assistant::IntentSet const> intents;
        Regression regression;
    };

    Result<Examiner::Asked> asked();
    std::optional<Regression> seen(std::string const& what, std::int64_t revision) const;
    void keep(Seen seen);

    Result<> is_there(std::string_view row);
    Result<bool> may_still_publish(std::string_view email);
    Result<> may_have_seen(std::int64_t base);
    Result<> may_schedule(Person const& by, knowledge::Draft const& draft);

    Store& store_;
    assistant::Assistant& bot_;
    std::mutex reading_;
    knowledge::Reader reader_;   // under reading_
    Examiner examiner_;
    mutable std::mutex seeing_;
    std::deque<Seen> seen_;      // under seeing_; the last first
    std::mutex publishing_;      // examined and published, with nothing in between
};

}  // namespace immunobot::staff
