#include "server/page_store.hpp"

#include "base/digest.hpp"
#include "server/gzip.hpp"

namespace immunobot::server {

std::shared_ptr<pages::Site const> PageStore::site(std::shared_ptr<knowledge::Knowledge const> const& knowledge, Date const& today,
                                                   assistant::Standing const& standing)
{
    std::lock_guard const lock(mutex_);
    if (!site_ || site_->revision() != knowledge->revision || site_->today() != today || site_->standing() != standing) {
        site_ = std::make_shared<pages::Site const>(knowledge, today, standing);
        pages_.clear();
        bytes_ = 0;
    }
    return site_;
}

std::shared_ptr<StoredPage const> PageStore::page(pages::Site const& site, std::string const& key, std::function<std::string()> const& make)
{
    {
        std::lock_guard const lock(mutex_);
        auto const found = pages_.find(key);
        if (site_.get() == &site && found != pages_.end())
            return found->second;
    }
    // Outside of the lock: at worst two threads make the same page.
    auto const plain = make();
    auto made = std::make_shared<StoredPage const>(StoredPage{gzip(plain), Digest().add(plain).text()});
    keep(site, key, made);
    return made;
}

void PageStore::keep(pages::Site const& site, std::string const& key, std::shared_ptr<StoredPage const> page)
{
    std::lock_guard const lock(mutex_);
    if (site_.get() != &site)
        return;  // the knowledge has moved on meanwhile
    if (bytes_ + page->gzip.size() > most_bytes) {
        pages_.clear();
        bytes_ = 0;
    }
    bytes_ += page->gzip.size();
    pages_[key] = std::move(page);
}

}  // namespace immunobot::server
