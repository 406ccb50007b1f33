// What is doubtful about a text before it is published, and stops nothing: whoever publishes it decides.
#include "console/editor.hpp"
#include "console/parts.hpp"
#include "staff/difference.hpp"
#include "staff/links.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

// Nothing where the sources cannot be read: it is a help.
std::vector<staff::Link> links_in(Page const& page, LocalText const& text)
{
    auto const sources = page.desk.answers.sources();
    return sources ? staff::links_of(text.fr + '\n' + text.en, *sources) : std::vector<staff::Link>();
}

void put_changed_alone(Html& html, Page const& page, LocalText const& before, LocalText const& after)
{
    if (auto const language = staff::changed_alone(before, after))
        html("<p class=\"fault\">", page.say(*language == Language::fr ? "caution.french-alone" : "caution.english-alone"), "</p>");
}

void put_doubtful(Html& html, Page const& page, std::vector<staff::Link> const& links)
{
    if (std::ranges::all_of(links, &std::string::empty, &staff::Link::fault))
        return;
    html("<p class=\"fault\">", page.say("link.doubtful"), "</p><ul>");
    for (auto const& link : links) {
        if (link.fault.empty())
            continue;
        html("<li><code>", link.address, "</code> : ", page.say(link.fault));
        if (!link.host.empty())
            html(" <code>", link.host, "</code>");
        html("</li>");
    }
    html("</ul>");
}

LocalText published_text(Page const& page, std::string const& id)
{
    auto const published = page.desk.store.with([&](auto& store) { return store.published(id); });
    return published && *published ? (*published)->answer.entry.answer : LocalText{};
}

}  // namespace

void put_cautions(Html& html, Page const& page, LocalText const& before, LocalText const& after)
{
    Html inside;
    put_changed_alone(inside, page, before, after);
    put_doubtful(inside, page, links_in(page, after));
    if (!inside.bytes().empty())
        html("<div class=\"hints\">", inside, "</div>\n");
}

void put_cautions(Html& html, Page const& page, knowledge::Answer const& answer)
{
    put_cautions(html, page, published_text(page, answer.entry.id), answer.entry.answer);
}

void put_mixed_letters(Html& html, Page const& page, std::vector<staff::Fault> const& faults)
{
    for (auto const& fault : faults)
        if (fault.what == "fault.letters")
            html("<p class=\"fault\">", page.say("field." + fault.field), " : ", fault_text(page, fault), "</p>");
}

void put_text_hints(Html& html, Page const& page, knowledge::Answer const& answer)
{
    put_changed_alone(html, page, published_text(page, answer.entry.id), answer.entry.answer);
    auto const links = links_in(page, answer.entry.answer);
    put_doubtful(html, page, links);
    if (!links.empty() && std::ranges::all_of(links, &std::string::empty, &staff::Link::fault))
        html("<p>", page.say("link.well"), "</p>");
}

}  // namespace immunobot::console
