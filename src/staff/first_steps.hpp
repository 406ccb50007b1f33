// What somebody new at the desk has done already: read off the audit log and what one has at hand, kept nowhere else. Any thread.
#pragma once

#include "staff/role.hpp"
#include "staff/store.hpp"

namespace immunobot::staff {

struct FirstSteps {
    bool looked_up = false;      // an answer, and copied or pinned it
    bool tried = false;          // what the bot would say
    bool wrote = false;          // a draft, or settled a question with an answer
    bool handed_on = false;      // published, or sent for review
};

// By anybody at the desk, ever. Soon told where it was lately.
Result<bool> anything_published(Store& store);

Result<FirstSteps> first_steps(Store& store, Person const& person);

// Notes, once for each, that somebody tried what the bot would say.
Result<> note_first_try(Store& store, Person const& person);

}  // namespace immunobot::staff
