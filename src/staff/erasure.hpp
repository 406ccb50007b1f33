// A visitor asks that his conversation be erased: all of it that is kept, from any one of its questions. Not what was published of
// it: that is the staff's. Any thread.
#pragma once

#include "assistant/assistant.hpp"
#include "staff/queue.hpp"
#include "staff/role.hpp"
#include "staff/store.hpp"

#include <string_view>

namespace immunobot::staff {

class Erasure {
public:
    Erasure(Store& store, assistant::Assistant& bot, Queue& queue) : store_(store), bot_(bot), queue_(queue) {}

    // What erasing would take. Errc::not_found when there is no such question any more.
    Result<knowledge::KeptConversation> look(std::string_view reply);

    // Erases it, in memory too, and notes that, without its words, in the audit log. It cannot be undone.
    Result<knowledge::KeptConversation> erase(Person const& by, std::string_view reply);

private:
    Store& store_;
    assistant::Assistant& bot_;
    Queue& queue_;
};

}  // namespace immunobot::staff
