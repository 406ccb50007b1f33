// Two people at one text: who is there, and what comes of it when both have saved.
#include "base/date.hpp"
#include "console/parts.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

using Fate = staff::MergedField::Fate;

std::string_view label_of(Fate fate)
{
    return fate == Fate::theirs ? "conflict.theirs" : fate == Fate::joined ? "conflict.joined" : "conflict.clash";
}

std::string shown(Page const& page, staff::MergedField const& field, std::string const& text)
{
    return field.name == "audience" && !text.empty() ? page.say("audience." + text) : text;
}

void put_version(Html& html, Page const& page, std::string_view whose, staff::MergedField const& field, std::string const& is)
{
    html("<dt>", page.say(whose), "</dt><dd>");
    put_difference(html, page, shown(page, field, field.was), shown(page, field, is));
    html("</dd>");
}

void put_field(Html& html, Page const& page, staff::MergedField const& field)
{
    html("<section><h3>", field_name(page, field.name), " <span class=\"tag\">", page.say(label_of(field.fate)), "</span></h3><dl class=\"changes\"><dt>", page.say("conflict.was"), "</dt><dd class=\"as-sent\">", shown(page, field, field.was), "</dd>");
    put_version(html, page, "conflict.of-theirs", field, field.theirs);
    if (field.fate != Fate::theirs)
        put_version(html, page, "conflict.of-mine", field, field.mine);
    html("</dl></section>\n");
}

}  // namespace

void put_conflict(Html& html, Page const& page, std::vector<staff::MergedField> const& fields, std::string_view who, std::int64_t when)
{
    bool const clashes = std::ranges::find(fields, Fate::clash, &staff::MergedField::fate) != fields.end();
    html("<section class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\"><h2>", page.say("editor.conflict"), "</h2><p>");
    if (!who.empty())
        html(who, ", ", page.ago(when), ". ");
    html(page.say(clashes ? "conflict.lead.clash" : "conflict.lead.merged"), "</p>");
    for (auto const& field : fields)
        if (field.fate != Fate::same && field.fate != Fate::mine)
            put_field(html, page, field);
    html("</section>\n");
}

bool put_others(Html& html, Page const& page, std::string_view text)
{
    auto const others = page.desk.presence.others(text, page.person(), seconds_now());
    for (auto const& one : others)
        html("<p><strong class=\"tag warn\">", page.say("editor.present", {{"who", one.email}, {"when", page.ago(one.since)}}), "</strong></p>\n");
    return !others.empty();
}

}  // namespace immunobot::console
