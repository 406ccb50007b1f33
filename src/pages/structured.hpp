// What the pages say, once more for programs: schema.org in JSON-LD. Only what the knowledge holds in a form that
// needs no guess goes in.
#pragma once

#include "pages/layout.hpp"

#include <boost/json/object.hpp>

#include <string>
#include <vector>

namespace immunobot::pages {

// FAQPage of these questions.
std::string faq_json_ld(View const& view, Place const& here, std::vector<Entry const*> const& entries);

// The answer of an entry as one text.
std::string answer_text(Entry const& entry, Language language);

// Organization, Person, Place, ... ; `id` is its address.
boost::json::object entity_object(Site const& site, Entity const& entity, Language language, std::string const& id);

std::string entity_json_ld(View const& view, Place const& here, Entity const& entity);

}  // namespace immunobot::pages
