// One fact changed in one line, "ciml.leader = Ada Lovelace; ciml-site; 2026-11-25": first it is told what would become of
// it, then it is done, if nothing has changed in between. Any thread; a proposal takes up to some seconds.
#pragma once

#include "base/date.hpp"
#include "staff/answers.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

// "NAME = VALUE; SOURCE; DATE[; SENTENCE_FR; SENTENCE_EN]"
struct FactWish {
    std::string name;      // "entity.property" or the id of a fact
    std::string value;
    std::string source;    // id, or address of a page; empty: the staff themselves
    std::string date;      // from when it holds; in the future: it is said from that day on
    LocalText text;        // empty: the sentences that are there, with the new value in place of the old one
};

// Fails with Errc::bad_request.
Result<FactWish> parse_fact_wish(std::string_view line);

struct FactProposal {
    knowledge::Fact before;
    knowledge::Fact after;
    std::vector<knowledge::FactChange> changes;
    std::optional<knowledge::Source> source;   // that is not there yet
    bool scheduled = false;
    Regression regression;
    std::string code;      // of this very change: what confirms it
};

class Facts {
public:
    Facts(Store& store, Answers& answers, assistant::Assistant& bot) : store_(store), answers_(answers), bot_(bot) {}

    // Fails with Errc::not_found, Errc::conflict when several facts may be meant (their ids are in the hint), Errc::bad_request.
    Result<FactProposal> propose(FactWish const& wish, Date const& today);
    // Fails with Errc::conflict when somebody was faster, with Errc::not_allowed where four eyes have to see it: then it is to be written as a
    // draft. Gives the revision, which is
    // compiled then: no thread that answers has to.
    Result<std::int64_t> carry_out(Person const& by, FactProposal const& proposal);

private:
    Store& store_;
    Answers& answers_;
    assistant::Assistant& bot_;
};

}  // namespace immunobot::staff
