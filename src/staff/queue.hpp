// Questions that got no answer, an unsure one, or one that was found wrong: put together with those that mean the same,
// from the first one. What a question was put to stays where it is: groups only change when staff change them. Any thread.
#pragma once

#include "assistant/assistant.hpp"
#include "assistant/rehearsal.hpp"
#include "staff/role.hpp"
#include "staff/store.hpp"

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

enum class Decision { take, ignore, reopen, answered };

// Nobody has dealt with it yet, or somebody has it in hand.
bool waits(knowledge::Group const& group);

class Queue {
public:
    Queue(Store& store, assistant::Assistant& bot) : store_(store), bot_(bot) {}

    // Puts what has come since into groups, then gives all of them: what is asked most and latest first.
    Result<std::vector<knowledge::Group>> groups();
    // One group with its questions; Errc::not_found.
    struct View {
        knowledge::Group group;
        std::vector<knowledge::GroupQuestion> questions;
        std::vector<std::string> nearest;   // ids of answers that may be meant, best first
    };
    Result<View> view(std::int64_t group);

    // What take_back() has to know of something that was done.
    struct Done {
        knowledge::Group before;           // of a merge: the group that went
        std::vector<std::string> moved;    // of a merge: replies of its questions, the first first
    };

    // `version` as it was shown; Errc::conflict when somebody else was faster.
    Result<Done> decide(Person const& by, std::int64_t group, std::int64_t version, Decision decision, std::string_view note);
    Result<Done> assign(Person const& by, std::int64_t group, std::int64_t version, std::string_view email, std::string_view note);
    // After an answer was published: the groups whose question now stands among its own are answered by it, and so is `group`, which it was
    // written for (0: none). None is by what is for staff alone: visitors would ask in vain again.
    Result<> settle(Person const& by, std::string_view answer, std::int64_t group = 0);
    // After that was undone: those that it alone had answered wait again.
    Result<> unsettle(Person const& by, knowledge::Change const& undone);
    // The questions that wait for an answer and mean the same as one of these. Soon: nothing is compiled for it.
    Result<std::vector<knowledge::Group>> alike(std::vector<std::string> const& wordings);
    Result<Done> merge(Person const& by, std::int64_t from, std::int64_t into);
    Result<std::int64_t> split(Person const& by, std::vector<std::string> const& replies);

    // Makes it as it was. Errc::conflict when somebody has done something else with it meanwhile.
    Result<> take_back(Person const& by, Done const& done);

    // Questions were taken out of the log: nothing of them stays in memory.
    void read_anew();

private:
    using Traits = std::vector<assistant::Trait>;

    Result<> file_new();
    Result<> learn_groups(knowledge::StaffStore& store);
    std::int64_t group_of(Traits const& traits) const;
    Result<Done> change(std::int64_t group, std::int64_t version, knowledge::Act const& act, void (*edit)(knowledge::Group&, std::string_view), std::string_view with);

    Store& store_;
    assistant::Assistant& bot_;
    std::mutex mutex_;                                    // what follows
    std::shared_ptr<assistant::Snapshot const> read_by_;  // what the traits were read with
    std::map<std::int64_t, std::vector<Traits>> groups_;
};

}  // namespace immunobot::staff
