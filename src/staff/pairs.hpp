// Questions with their answers from somebody else's FAQ: a sheet with the columns question_fr, answer_fr, question_en and answer_en.
// First it is told what it would make; then all of it becomes drafts, or nothing does. Any thread.
#pragma once

#include "staff/answers.hpp"
#include "staff/undo.hpp"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

inline constexpr std::array<std::string_view, 4> pair_columns = {"question_fr", "answer_fr", "question_en", "answer_en"};
inline constexpr std::size_t most_pairs = 1'000;   // of one sheet

struct Pair {
    std::size_t line = 0;        // in the sheet
    LocalText question;          // of each pair of languages one may be empty
    LocalText answer;
};

// A row one of whose questions is a way of asking for something else already.
struct PairMeeting {
    std::size_t line = 0;
    std::string question;
    std::string owner;           // id of the answer, draft or fact that has it; empty: a row above has it
    std::size_t other_line = 0;  // that row
};

struct PairFault {
    std::size_t line = 0;        // 0: the sheet as a whole
    std::string column;          // may be empty
    std::string value;
    std::string what;            // key of a text: "fault.long", "rule.K009"
};

struct PairsLook {
    std::vector<Pair> fresh;             // would become drafts
    std::vector<PairMeeting> doubled;    // are there already with the same answers: left out
    std::vector<PairMeeting> conflicts;  // whose question belongs to another answer
    std::vector<PairFault> faults;

    bool is_sound() const { return conflicts.empty() && faults.empty(); }
};

class Pairs {
public:
    Pairs(Store& store, Answers& answers, Undo& undo) : store_(store), answers_(answers), undo_(undo) {}

    // What a sheet would make, compared with all that is published, for staff alone, or a draft. `bytes` as knowledge::effect_of().
    Result<PairsLook> look(std::string bytes);

    // Makes the drafts. Fails with Errc::bad_request when there is nothing to be made of it or something is wrong with it, with
    // Errc::conflict when somebody was faster. Gives the number that it is taken back under as a whole (see Undo).
    Result<std::int64_t> make(Person const& by, std::string bytes);

private:
    Result<std::vector<knowledge::Draft>> drafts_of(Person const& by, std::vector<Pair> const& pairs);

    Store& store_;
    Answers& answers_;
    Undo& undo_;
};

}  // namespace immunobot::staff
