#include "pages/places.hpp"

#include "assets/asset.hpp"

#include <algorithm>

namespace immunobot::pages {
namespace {

std::string in_language(std::string path, Language language)
{
    return path + "?lang=" + std::string(code(language));
}

// The name changes with the content, so that it may be cached for ever.
std::string asset_name(std::string const& name)
{
    auto const* asset = assets::find(name);
    return asset ? assets::hashed_name(*asset) : name;
}

std::string on_server(Place const& place)
{
    switch (place.kind) {
        case Kind::home: return in_language("", place.language);
        case Kind::preview: return in_language("preview", place.language);
        case Kind::ask: return in_language("ask", place.language);
        case Kind::feedback: return "ask/feedback";
        case Kind::forget: return "ask/forget";
        case Kind::none: return place.id;
        case Kind::faq: return in_language("faq", place.language);
        case Kind::topic: return in_language("faq/" + place.id, place.language);
        case Kind::faq_index: return "faq/index." + std::string(code(place.language)) + ".js";
        case Kind::facts: return in_language("facts", place.language);
        case Kind::entity: return in_language("facts/" + place.id, place.language);
        case Kind::data: return "api/v1/" + place.id;
        case Kind::asset: return "assets/" + asset_name(place.id);
        case Kind::sitemap: return "sitemap.xml";
    }
    return {};
}

std::string as_file(Place const& place)
{
    std::string const folder(code(place.language));
    switch (place.kind) {
        case Kind::home:
        case Kind::preview:
        case Kind::ask:
        case Kind::feedback:
        case Kind::forget:
        case Kind::none: return "index.html";
        case Kind::faq: return folder + "/faq.html";
        case Kind::topic: return folder + "/faq/" + place.id + ".html";
        case Kind::faq_index: return folder + "/faq/index.js";
        case Kind::facts: return folder + "/facts.html";
        case Kind::entity: return folder + "/facts/" + place.id + ".html";
        case Kind::data: return "data/" + place.id;
        case Kind::asset: return "assets/" + place.id;
        case Kind::sitemap: return "sitemap.xml";
    }
    return {};
}

}  // namespace

Addresses::Addresses(std::string base, bool files, std::optional<Language> only) : base_(std::move(base)), files_(files), only_(only)
{
    while (base_.ends_with('/'))
        base_.pop_back();
}

std::vector<Language> Addresses::languages() const
{
    return only_ ? std::vector{*only_} : std::vector{Language::fr, Language::en};
}

std::string Addresses::path(Place const& place) const
{
    return files_ ? as_file(place) : on_server(place);
}

std::string Addresses::link(Place const& from, Place const& to) const
{
    auto const here = path(from);
    auto const depth = std::count(here.begin(), here.begin() + static_cast<std::ptrdiff_t>(std::min(here.find('?'), here.size())), '/');
    std::string out;
    for (auto i = depth; i > 0; --i)
        out += "../";
    auto const there = path(to);
    return out.empty() && there.starts_with('?') ? "./" + there : out + there;
}

std::string Addresses::absolute(Place const& place) const
{
    return base_ + '/' + path(place);
}

std::string Addresses::for_any_language(Place const& place) const
{
    if (files_)
        return absolute({place.kind, languages().front(), place.id});
    auto const all = absolute(place);
    return all.substr(0, all.find('?'));
}

}  // namespace immunobot::pages
