// Which intent the bot takes a question for, even where it is too unsure to answer: what the list of questions can be narrowed to.
// Worked out once for each version of a group, as long as the same snapshot answers visitors; of the question nothing is kept.
// Any thread.
#pragma once

#include "assistant/assistant.hpp"
#include "assistant/rehearsal.hpp"
#include "knowledge/staff_model.hpp"

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace immunobot::staff {

class Guesses {
public:
    explicit Guesses(assistant::Assistant& bot) : bot_(bot) {}

    // Id of an intent; empty: the question is near none.
    std::string of(knowledge::Group const& group);

    // What an intent is called; its id, if it is not there any more or has no title.
    LocalText title(std::string_view intent) const;

private:
    using Version = std::pair<std::int64_t, std::int64_t>;   // of a group

    assistant::Assistant& bot_;
    std::mutex mutex_;                                    // what follows
    std::shared_ptr<assistant::Snapshot const> read_by_;
    std::optional<assistant::Rehearsal> rehearsal_;
    std::map<Version, std::string> known_;
};

}  // namespace immunobot::staff
