// What administrators choose for the whole desk: which settings there are, and the values that each may have. Kept in the database, so that
// every process that answers from it obeys the same ones.
#pragma once

#include "base/error.hpp"
#include "knowledge/sqlite.hpp"

#include <span>
#include <string>
#include <string_view>

namespace immunobot::knowledge {

struct SettingForm {
    std::string_view name;
    std::span<std::string_view const> values;   // the first holds until another is chosen
    bool changes_answers = false;               // visitors are told something else: a change is a revision of the knowledge
};

// Whether what has ended is told with its date, or not at all.
inline constexpr std::string_view over_setting = "over";
inline constexpr std::string_view over_silent = "silent";
// Whether somebody else has to publish what one wrote last.
inline constexpr std::string_view four_eyes_setting = "four-eyes";
inline constexpr std::string_view four_eyes_on = "on";

std::span<SettingForm const> setting_forms();
// Null if there is none of the name.
SettingForm const* setting_form(std::string_view name);

// What holds now. Fails with Errc::storage.
Result<std::string> read_setting(Database& database, SettingForm const& form);
// Inside a write transaction.
Result<> write_setting(Database& database, std::string_view name, std::string_view value);

// Errc::not_allowed while four eyes are chosen, unless `alone` says why nobody else has looked at what is put in force. Asked inside the
// transaction that does it: they may have been chosen after whoever publishes was told that nobody else has to look.
Result<> look_alone(Database& database, std::string_view alone);
// What it fails with.
Error lacks_another();

// What the history calls such a change.
inline constexpr std::string_view setting_kind = "setting";

}  // namespace immunobot::knowledge
