// For search engines: every page in every language, and what they need not read.
#pragma once

#include "pages/places.hpp"
#include "pages/site.hpp"

#include <string>
#include <vector>

namespace immunobot::pages {

// Every page that may be indexed, once, in the order of the site; the language of each is French.
std::vector<Place> all_places(Site const& site, bool files);

// Sitemaps need full addresses: `addresses` has a base.
std::string sitemap(Site const& site, Addresses const& addresses);
std::string robots(Addresses const& addresses);

}  // namespace immunobot::pages
