// Four eyes, where administrators have chosen so: what somebody wrote last is published by somebody else. What was in force before may be taken
// back, and what is in force taken away, by one alone: neither tells visitors anything new. Any thread.
#pragma once

#include "staff/role.hpp"
#include "staff/store.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::staff {

// An administrator may publish what he or she wrote alone, with a reason, which the audit log keeps.
enum class Alone : std::uint8_t { no, with_reason };

// Whether it says anything: at least one character of it can be seen, and none hides how it is read.
bool is_reason(std::string_view why);

// Whether it is chosen.
Result<bool> four_eyes(Store& store);

// Whether somebody other than `by` has to publish the draft.
Result<bool> needs_another(Store& store, Person const& by, knowledge::Draft const& draft);

// What the audit log is to have of it when `by` publishes now: empty where somebody else has looked, or need not. Errc::not_allowed when
// somebody else has to.
Result<std::string> reason_alone(Store& store, Person const& by, knowledge::Draft const& draft, Alone alone, std::string_view why);

// The same of what `by` puts in force in one act, without a draft.
Result<std::string> reason_alone(Store& store, Person const& by, Alone alone, std::string_view why);

}  // namespace immunobot::staff
