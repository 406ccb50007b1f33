// The web addresses that stand in a text, and what is doubtful about each, by its letters alone: nobody is asked for a page. Whether
// the pages are still there is found out by the check of the week, and told with its digest and on the pages of the answers. Pure; any thread.
#pragma once

#include "knowledge/model.hpp"
#include "knowledge/staff_model.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::staff {

struct Link {
    std::string address;        // without the punctuation that follows it
    // Key of a text, "link.malformed", "link.looks-alike" (letters of its host can be taken for others), "link.not-secure" or "link.unknown-site"
    // (none of the sources is of its site); empty: all is well.
    std::string fault;
    std::string host = {};      // of one that looks like another, as the network knows it: "xn--..."
};

// In the order of the text, each once.
std::vector<Link> links_of(std::string_view text, std::vector<knowledge::Source> const& sources);

// Those of `dead` that an answer names, in its texts or as the page of its source.
std::vector<knowledge::DeadLink> dead_links_of(LocalText const& answer, std::string_view source, std::vector<knowledge::DeadLink> const& dead);

}  // namespace immunobot::staff
