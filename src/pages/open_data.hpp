// The facts as open data: every fact with its source, dates and licence, in three forms. Each is one text for the
// whole knowledge; any thread.
#pragma once

#include "pages/places.hpp"
#include "pages/site.hpp"

#include <span>
#include <string>
#include <string_view>

namespace immunobot::pages {

inline constexpr std::string_view licence_name = "CC BY 4.0";
inline constexpr std::string_view licence_address = "https://creativecommons.org/licenses/by/4.0/";

struct DataForm {
    std::string_view name;    // of the file: "facts.csv"
    std::string_view label;   // "CSV"
    std::string_view type;    // of the content
    std::string (*write)(Site const& site, Addresses const& addresses);
};

std::span<DataForm const> data_forms();

// A row for each fact: the fact, the names of its entity, its source, the licence. RFC 4180, UTF-8.
std::string facts_csv(Site const& site, Addresses const& addresses);
// {"licence", "credit", "revision", "sources", "entities", "facts"}
std::string facts_json(Site const& site, Addresses const& addresses);
// A schema.org Dataset: entities, sources, and each fact as a Claim about the one that cites the other.
std::string facts_json_ld(Site const& site, Addresses const& addresses);

}  // namespace immunobot::pages
