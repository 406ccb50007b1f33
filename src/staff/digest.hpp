// What the staff should look at this week, as a text for a chat or a file: questions without an answer, what ends or is to be
// checked, pages that are gone, answers that visitors found of no use. Any thread.
#pragma once

#include "base/language.hpp"
#include "base/date.hpp"
#include "staff/desk.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace immunobot::staff {

struct Digest {
    std::int64_t since = 0;
    std::int64_t now = 0;
    std::vector<knowledge::Group> unanswered;     // open ones, the most urgent first
    std::size_t unanswered_more = 0;              // not listed
    std::size_t solved = 0;                       // groups that were answered since
    std::vector<Answers::Due> due;
    std::vector<knowledge::Disliked> disliked;
    std::vector<std::pair<std::string, std::string>> dead_links;   // address, what is wrong with it
    std::size_t links_checked = 0;
    knowledge::AuditEnd audit;                    // told so that it is known elsewhere
};

inline constexpr std::int64_t a_week = 7 * seconds_a_day;

// All but the links.
Result<Digest> digest_of(Desk& desk, std::int64_t since, std::int64_t now);

// Addresses that facts and answers name as their sources, and that stand in the answers.
Result<std::vector<std::string>> source_links(Desk& desk);

// False: so many addresses gave no answer at all that it is the network that did not, and nothing is known of the links.
bool could_check_links(Digest const& digest);

std::string as_text(Digest const& digest, Language language);
// {"text": "..."}: as Slack, Mattermost, Rocket.Chat, Google Chat and Teams take it.
std::string as_message(Digest const& digest, Language language);

// The first Monday, seven o'clock by the clocks of the server, after `sent`; where none was sent yet (0), after `now`.
std::int64_t next_digest(std::int64_t sent, std::int64_t now);

}  // namespace immunobot::staff
