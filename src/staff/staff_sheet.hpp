// The answers for staff alone as a sheet of their own, for administrators: no other export holds them. It has the columns of faq.csv; what
// it says when it comes back is put in force as one change. Any thread.
#pragma once

#include "knowledge/table.hpp"
#include "staff/answers.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace immunobot::staff {

class StaffSheet {
public:
    StaffSheet(Store& store, Answers& answers, assistant::Assistant& bot) : store_(store), answers_(answers), bot_(bot) {}

    // The file; that it was written is noted in the audit log.
    Result<std::string> write(Person const& by);

    // What a sheet would change; nothing is removed. An id of a public answer is a fault (K021).
    struct Look {
        knowledge::SheetEffect effect;
        std::int64_t base = 0;
    };
    Result<Look> look(std::string bytes);

    // Puts it in force, if nothing is wrong with it and nobody has changed any of it after `base`; Tables::undo() takes it back. Fails
    // with Errc::bad_request, also when nothing would change. Gives the revision.
    Result<std::int64_t> put(Person const& by, std::string bytes, std::int64_t base);

private:
    Store& store_;
    Answers& answers_;
    assistant::Assistant& bot_;
};

}  // namespace immunobot::staff
