// What somebody new at the desk has done already: read off the audit log, so that no step comes undone. Kept besides is only who has put the
// steps away. Any thread.
#pragma once

#include "staff/role.hpp"
#include "staff/store.hpp"

namespace immunobot::staff {

struct FirstSteps {
    bool looked_up = false;      // an answer, and copied or pinned it
    bool tried = false;          // what the bot would say
    bool wrote = false;          // a draft, or settled a question with an answer
    bool handed_on = false;      // published, or sent for review
    bool away = false;           // no longer wished on the first page
};

Result<FirstSteps> first_steps(Store& store, Person const& person);

// Whether all is done that somebody of this role does.
bool all_done(FirstSteps const& steps, Role role);

// Notes, once for each, that somebody looked up an answer (copied or pinned it), or tried what the bot would say. What is at hand ends; this does not.
Result<> note_first_look_up(Store& store, Person const& person);
Result<> note_first_try(Store& store, Person const& person);

// Whether this person wishes to see them on the first page.
Result<> put_first_steps_away(Store& store, Person const& person, bool away);

}  // namespace immunobot::staff
