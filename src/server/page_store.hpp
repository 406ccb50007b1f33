// The knowledge as pages, and the pages that were asked for, compressed: made once for each revision of the knowledge and
// day. Any thread.
#pragma once

#include "base/date.hpp"
#include "pages/site.hpp"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace immunobot::server {

struct StoredPage {
    std::string gzip;
    std::string hash;   // of the plain bytes, for the entity tag
};

class PageStore {
public:
    // The site of this knowledge (`standing`: see pages::Site); the pages of another one are forgotten.
    std::shared_ptr<pages::Site const> site(std::shared_ptr<knowledge::Knowledge const> const& knowledge, Date const& today,
                                            assistant::Standing const& standing = {});

    // The page that was stored under `key` for `site`, or what `make` makes, stored. `key` must be one of a limited number.
    std::shared_ptr<StoredPage const> page(pages::Site const& site, std::string const& key, std::function<std::string()> const& make);

    // Bytes that are kept at most; all are dropped when there would be more.
    static constexpr std::size_t most_bytes = 4 * 1024 * 1024;

private:
    void keep(pages::Site const& site, std::string const& key, std::shared_ptr<StoredPage const> page);

    std::mutex mutex_;
    std::shared_ptr<pages::Site const> site_;
    std::map<std::string, std::shared_ptr<StoredPage const>, std::less<>> pages_;
    std::size_t bytes_ = 0;
};

}  // namespace immunobot::server
