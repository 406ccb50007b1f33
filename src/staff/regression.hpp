// Puts every stored question to what is answered from now, and to what would be answered from after a change, and tells
// which of them got better or worse: the questions of the FAQ, some of the ways of asking for each fact with all that staff
// added, the same with names that staff added to an entity, and the tests of the intents.
#pragma once

#include "assistant/rehearsal.hpp"
#include "intents/intent.hpp"
#include "knowledge/model.hpp"
#include "knowledge/staff_model.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace immunobot::staff {

struct StoredQuestion {
    std::string text;
    std::optional<Language> language;
    std::string wanted;   // id of the answer, or "entity.property"; empty: what it gets now
};

struct Turned {
    StoredQuestion asked;
    assistant::Rehearsal::Outcome before;
    assistant::Rehearsal::Outcome after;
    std::string said_before = {};   // the texts of what is told; empty: nothing
    std::string said_after = {};
};

// Each stored question is counted once, and stands in one of the first three lists at most; these are cut off after the first fifty.
struct Regression {
    std::size_t asked = 0;
    std::size_t newly_right = 0;
    std::size_t newly_wrong = 0;
    std::size_t unchanged = 0;
    std::vector<Turned> worse;     // had the right answer, and would not have it any more: what speaks against publishing
    std::vector<Turned> moved;     // the same, but not to the changed answer, and no more than learning anew always moves
    std::vector<Turned> better;
    std::vector<Turned> missed;    // questions of the changed answer itself that would not get it, and are not among those that lose theirs
    std::vector<std::string> gained;  // questions that wait for an answer, and would get this one
    std::vector<Turned> past;      // questions that were asked lately, masked, and would get something else: all of them
    std::size_t past_asked = 0;
    std::vector<Turned> own;       // questions of an answer that visitors no longer get, which had it: all of them
    std::vector<Turned> named;     // questions with a new name of an entity in them: what tests that name
    std::size_t named_right = 0;   // of these, with the name in force
};

// Every question that is stored, once for each answer that it is to get. `taught`: what staff have added, in order.
std::vector<StoredQuestion> stored_questions(knowledge::Knowledge const& knowledge, std::vector<intents::Intent> const& intents,
                                             std::vector<knowledge::Taught> const& taught = {});

// The ways of asking for facts that are in `wanted` and not in `here`.
std::vector<knowledge::Taught> new_wordings(knowledge::Knowledge const& here, knowledge::Knowledge const& wanted);

// What was answered from a row that goes is lost by that, however few questions it is; of a change that leaves its row they would be
// among those that any change moves.
void count_as_lost(Regression& regression, std::vector<std::string> const& gone);

// Those that got an answer and would get none.
std::size_t silenced(std::vector<Turned> const& questions);
// Whether somebody would get no answer any more who gets one now, be it by a question of the very answer that is taken away.
bool takes_answers(Regression const& regression);

// Any thread; one run at a time.
class Examiner {
public:
    explicit Examiner(std::vector<intents::Intent> intents) : intents_(std::move(intents)) {}

    // With their tests, as they were read at the start.
    std::vector<intents::Intent> const& intents() const { return intents_; }

    // What is asked beside what the knowledge itself holds: questions of visitors, those that wait for an answer and the last
    // ones of all, and which ways of asking staff have added.
    struct Asked {
        std::vector<std::string> waiting;
        std::vector<StoredQuestion> past;
        std::vector<knowledge::Taught> taught;
        std::vector<knowledge::NewName> names;       // of entities, that staff have added,
        std::vector<knowledge::NewName> new_names;   // and that the change adds
    };
    // `changed` is the id of what changes between the two. `compile` makes what would be answered from, in a thread of its own.
    using Snapshot = std::shared_ptr<assistant::Snapshot const>;
    Regression compare(Snapshot const& before, std::function<Snapshot()> const& compile, knowledge::Knowledge const& here,
                       knowledge::Knowledge const& wanted, std::string const& changed, Asked const& asked);

private:
    using Outcomes = std::map<std::string, assistant::Rehearsal::Outcome>;

    std::vector<intents::Intent> intents_;
    std::mutex mutex_;
    Snapshot known_;       // of what answers_ are
    Outcomes answers_;
};

}  // namespace immunobot::staff
