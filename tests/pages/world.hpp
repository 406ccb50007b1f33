// What the tests of the pages share: the shipped knowledge, a hostile one, all pages of a site.
#pragma once

#include "assistant/about.hpp"
#include "knowledge/folder.hpp"
#include "pages/ask.hpp"
#include "pages/facts.hpp"
#include "pages/faq.hpp"
#include "pages/home.hpp"
#include "pages/sitemap.hpp"

#include <map>
#include <memory>
#include <regex>
#include <string>
#include <vector>

namespace immunobot::pages::tests {

inline Date const day{2026, 11, 25};

inline std::shared_ptr<knowledge::Knowledge const> shipped_knowledge()
{
    static auto const all = [] {
        Diagnostics found;
        return std::make_shared<knowledge::Knowledge const>(knowledge::read_folder(std::string(IMMUNOBOT_ROOT) + "/data", found).value());
    }();
    return all;
}

inline Site const& shipped()
{
    static Site const site(shipped_knowledge(), day, [] {
        Diagnostics found;
        return assistant::Standing{{}, {}, assistant::about_entries(intents::read_intents(std::string(IMMUNOBOT_ROOT) + "/intents", found))};
    }());
    return site;
}

// Text that would be markup, script or an address of its own if anything let it.
inline std::string const poison = R"X(<script>alert(1)</script><img src=x onerror=alert(2)>"' onmouseover='alert(3)" </script><!-- &lt;b&gt; javascript:alert(4))X";

inline std::shared_ptr<knowledge::Knowledge const> hostile_knowledge()
{
    knowledge::Knowledge all;
    all.sources = {{"bad", poison, poison, "javascript:alert(5)", poison, "2026-11-23"}, {"quoted", "t", "p", "https://example.org/\"><script>alert(6)</script>", "", poison}};
    all.entities = {{"house", "cluster", {poison, poison}, poison, {poison}, ""}, {"other", poison, {poison, poison}, "", {}, "house"}};
    for (auto const* entity : {"house", "other"})
        for (auto const* property : {"definition", "website", "founder", "address", "made_up"})
            all.facts.push_back({std::string(entity) + "." + property + ".1", entity, property, poison + "|http://x\"><script>", poison, {poison, poison}, poison, "", poison,
                                 property[0] == 'd' ? "bad" : "quoted", "seed"});
    all.faq = {{"entry", {poison + "?"}, {poison + " ?"}, {poison, poison}, "house", "bad", "", ""}};
    all.askings = {{"house.definition.1", {poison}, {poison}}};
    return std::make_shared<knowledge::Knowledge const>(std::move(all));
}

// Every page of a site by its address, in both languages.
inline std::map<std::string, std::string> all_pages(Site const& site, Addresses const& addresses)
{
    std::map<std::string, std::string> pages;
    for (auto const language : addresses.languages()) {
        View const view{site, addresses, language};
        auto const put = [&](Place place, std::string page) { pages[addresses.path(place)] = std::move(page); };
        put({Kind::faq, language, {}}, faq_page(view));
        put({Kind::facts, language, {}}, facts_page(view));
        for (auto const& topic : site.topics())
            put({Kind::topic, language, std::string(topic.id)}, topic_page(view, topic));
        for (auto const& entity : site.knowledge().entities)
            put({Kind::entity, language, entity.id}, entity_page(view, entity));
        if (addresses.are_files())
            continue;
        put({Kind::home, language, {}}, home_page(view, {"https://bot.example.org", true}));
        put({Kind::ask, language, {}}, ask_page(view, {}));
    }
    return pages;
}

// What the first group of `pattern` finds, all of them.
inline std::vector<std::string> all_of(std::string const& text, std::string const& pattern)
{
    std::regex const form(pattern);
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), form), end; at != end; ++at)
        found.push_back((*at)[1].str());
    return found;
}

// References back to characters, as a browser reads an attribute.
inline std::string unescaped(std::string text)
{
    for (auto const& [from, to] : {std::pair{"&quot;", "\""}, {"&#39;", "'"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&amp;", "&"}})
        for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + 1))
            text.replace(at, std::string_view(from).size(), to);
    return text;
}

}  // namespace immunobot::pages::tests
