// What administrators choose for the whole desk: kept in the database, in force at once, for every channel and every process that answers from
// it. Each choice is in the audit log with what held before. Any thread.
#pragma once

#include "assistant/assistant.hpp"
#include "knowledge/setting.hpp"
#include "staff/role.hpp"
#include "staff/store.hpp"

#include <string>
#include <string_view>

namespace immunobot::staff {

class Settings {
public:
    Settings(Store& store, assistant::Assistant& bot) : store_(store), bot_(bot) {}

    // What holds now. Errc::not_found when there is no such setting.
    Result<std::string> value(std::string_view name);

    // Chooses a value; what visitors are told by it is compiled when it returns. Gives what held before. Errc::not_found when there is no such
    // setting, Errc::bad_request when it has no such value, Errc::conflict when somebody was faster.
    Result<std::string> choose(Person const& by, std::string_view name, std::string_view value);

private:
    Store& store_;
    assistant::Assistant& bot_;
};

}  // namespace immunobot::staff
