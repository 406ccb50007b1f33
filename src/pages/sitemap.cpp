#include "pages/sitemap.hpp"

#include "pages/html.hpp"

namespace immunobot::pages {
namespace {

void put_place(Html& xml, Addresses const& addresses, Place const& place, Language language)
{
    xml("<url><loc>", addresses.absolute({place.kind, language, place.id}), "</loc>");
    for (auto const one : addresses.languages())
        xml("<xhtml:link rel=\"alternate\" hreflang=\"", code(one), "\" href=\"", addresses.absolute({place.kind, one, place.id}), "\"/>");
    xml("<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"", addresses.for_any_language(place), "\"/></url>\n");
}

}  // namespace

std::vector<Place> all_places(Site const& site, bool files)
{
    std::vector<Place> all;
    if (!files)
        all.insert(all.end(), {{Kind::home}, {Kind::ask}});
    all.insert(all.end(), {{Kind::faq}, {Kind::facts}});
    for (auto const& topic : site.topics())
        all.push_back({Kind::topic, Language::fr, std::string(topic.id)});
    for (auto const& entity : site.knowledge().entities)
        all.push_back({Kind::entity, Language::fr, entity.id});
    return all;
}

std::string sitemap(Site const& site, Addresses const& addresses)
{
    Html xml;
    xml("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n");
    for (auto const& place : all_places(site, addresses.are_files()))
        for (auto const language : addresses.languages())
            put_place(xml, addresses, place, language);
    xml("</urlset>\n");
    return std::move(xml).take();
}

std::string robots(Addresses const& addresses)
{
    std::string out = "User-agent: *\n";
    if (!addresses.are_files())
        out += "Disallow: /api/v1/ask\nDisallow: /ask/feedback\nDisallow: /ask/forget\nDisallow: /webhooks/\n";
    else
        out += "Disallow:\n";
    return out + "\nSitemap: " + addresses.absolute({Kind::sitemap}) + "\n";
}

}  // namespace immunobot::pages
