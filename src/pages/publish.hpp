// The FAQ and the facts as files for any web host. The folder appears whole or not at all: a new one is written beside
// it and the two are exchanged.
#pragma once

#include "base/error.hpp"
#include "pages/site.hpp"

#include <optional>
#include <string>

namespace immunobot::pages {

struct PublishOptions {
    std::string folder;
    std::string base = {};                        // where the files will be seen: for canonical addresses and the sitemap; may be empty
    std::optional<Language> language = {};        // one only
};

struct PublishReport {
    std::size_t pages = 0;
    std::size_t files = 0;
    std::size_t bytes = 0;
    bool replaced = false;      // an older publication stood there
};

// Fails with Errc::conflict if the folder holds something that publish did not write, with Errc::bad_option for a base
// that is no http(s) address, with Errc::storage when the disk does; the old folder then stays as it is.
Result<PublishReport> publish(Site const& site, PublishOptions const& options);

}  // namespace immunobot::pages
