// The addresses of the pages: on the server, and as files of any web host. Pages link to one another relatively, so both
// work under any path, and files work without a web host at all. Immutable; any thread.
#pragma once

#include "base/language.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace immunobot::pages {

enum class Kind { home, preview, ask, feedback, forget, none, faq, topic, faq_index, facts, entity, data, asset, sitemap };

struct Place {
    Kind kind = Kind::home;
    Language language = Language::fr;
    std::string id = {};   // topic, entity, or name of the data set or asset; of `none`, an address that is no page: its path without the first slash
};

class Addresses {
public:
    // `base`: where the pages are seen from outside, "https://bot.example.org" with or without a final slash; may be empty.
    static Addresses of_server(std::string base) { return {std::move(base), false, {}}; }
    // `only`: there are no files of the other language.
    static Addresses of_files(std::string base, std::optional<Language> only = {}) { return {std::move(base), true, only}; }

    bool are_files() const { return files_; }
    bool have_base() const { return !base_.empty(); }
    // The languages that there are pages in, the house's own first.
    std::vector<Language> languages() const;

    // From the root, without a slash in front: "facts/ciml?lang=fr", or "fr/facts/ciml.html".
    std::string path(Place const& place) const;

    // From one page to another.
    std::string link(Place const& from, Place const& to) const;

    // With the base; the path behind a slash when there is none.
    std::string absolute(Place const& place) const;

    // The address that serves every language: the one that chooses by the browser, or the file of the first.
    std::string for_any_language(Place const& place) const;

private:
    Addresses(std::string base, bool files, std::optional<Language> only);

    std::string base_;
    bool files_;
    std::optional<Language> only_;
};

}  // namespace immunobot::pages
