#include "console/narrowing.hpp"

#include "base/date.hpp"
#include "console/parts.hpp"
#include "staff/queue.hpp"
#include "text/fold.hpp"
#include "text/form_fields.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <span>

namespace immunobot::console {
namespace {

constexpr std::size_t longest_words = 100;     // bytes
constexpr std::size_t longest_channel = 40;
constexpr std::size_t longest_intent = 60;
constexpr std::string_view states[] = {"open", "answered", "ignored"};
// The first of each: whatever it is.
constexpr std::string_view languages[] = {"", "fr", "en"};
constexpr std::string_view reasons[] = {"", "unknown", "unsure", "disliked"};
constexpr std::string_view periods[] = {"", "1", "7", "30"};
constexpr std::string_view owners[] = {"", "mine", "nobody"};

bool is_shown(knowledge::Group const& group, std::string_view state)
{
    return state == "open" ? staff::waits(group) : group.state == state;
}

std::string one_of(std::string_view asked, std::span<std::string_view const> known)
{
    return std::ranges::find(known, asked) == known.end() ? std::string(known.front()) : std::string(asked);
}

// In a list with commas between and around; whatever it is, if nothing is asked for.
bool is_among(std::string const& list, std::string_view one)
{
    return one.empty() || list.find(',' + std::string(one) + ',') != std::string::npos;
}

std::int64_t seconds_of(std::string_view days)
{
    std::int64_t out = 0;
    std::from_chars(days.data(), days.data() + days.size(), out);
    return out * seconds_a_day;
}

void put_choice(Html& html, Page const& page, std::string_view name, std::span<std::string_view const> values, std::string_view chosen)
{
    std::string const key = "questions." + std::string(name);
    html("<p><label for=\"", name, "\">", page.say(key), "</label><select id=\"", name, "\" name=\"", name, "\">");
    for (auto const value : values) {
        html("<option value=\"", value, "\"");
        if (value == chosen)
            html(" selected");
        html(">", page.say(key + '.' + (value.empty() ? std::string("all") : std::string(value))), "</option>");
    }
    html("</select></p>");
}

// The channels that questions came by, as they are called in the log.
void put_channels(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::string_view chosen)
{
    std::set<std::string> names;
    if (!chosen.empty())
        names.emplace(chosen);
    for (auto const& group : groups)
        for (std::string_view rest = group.channels; !rest.empty();) {
            auto const end = std::min(rest.find(','), rest.size());
            if (end > 0)
                names.emplace(rest.substr(0, end));
            rest.remove_prefix(std::min(end + 1, rest.size()));
        }
    html("<p><label for=\"channel\">", page.say("questions.channel"), "</label><select id=\"channel\" name=\"channel\"><option value=\"\">", page.say("questions.channel.all"), "</option>");
    for (auto const& name : names) {
        html("<option value=\"", name, "\"");
        if (name == chosen)
            html(" selected");
        html(">", channel_name(page, name), "</option>");
    }
    html("</select></p>");
}

// What the questions are taken for, by the names of the intents.
void put_intents(Html& html, Page const& page, std::vector<std::string> const& guesses, std::string const& chosen)
{
    std::set<std::pair<std::string, std::string>> all;   // name, id
    auto const add = [&](std::string const& id) {
        if (!id.empty())
            all.emplace(page.desk.guesses.title(id).in(page.language), id);
    };
    std::ranges::for_each(std::set<std::string>(guesses.begin(), guesses.end()), add);
    add(chosen);
    html("<p><label for=\"intent\">", page.say("questions.intent"), "</label><select id=\"intent\" name=\"intent\"><option value=\"\">", page.say("questions.intent.all"), "</option>");
    for (auto const& [name, id] : all) {
        html("<option value=\"", id, "\"");
        if (id == chosen)
            html(" selected");
        html(">", name, "</option>");
    }
    html("</select></p>");
}

}  // namespace

Narrowing Narrowing::of(Form const& form)
{
    return {one_of(form.text("state"), states), one_of(form.text("lang"), languages), one_of(form.text("reason"), reasons), std::string(text::prefix(form.text("channel"), longest_channel)),
            std::string(text::prefix(form.text("intent"), longest_intent)), one_of(form.text("days"), periods), one_of(form.text("whose"), owners), std::string(text::prefix(form.text("words"), longest_words))};
}

bool Narrowing::admits(knowledge::Group const& group, std::string_view guessed, std::string const& me, std::int64_t now) const
{
    return is_shown(group, state) && (language.empty() || group.language == language) && is_among(group.reasons, reason) && is_among(group.channels, channel) && (intent.empty() || intent == guessed) &&
           (days.empty() || group.seen_at >= now - seconds_of(days)) && (whose.empty() || (whose == "mine" ? group.assigned == me : group.assigned.empty())) &&
           text::fold(group.question).find(text::fold(words)) != std::string::npos;
}

std::string Narrowing::query() const
{
    std::string out = "state=" + state;
    for (auto const& [name, value] : {std::pair("lang", &language), std::pair("reason", &reason), std::pair("channel", &channel), std::pair("intent", &intent), std::pair("days", &days), std::pair("whose", &whose), std::pair("words", &words)})
        if (!value->empty())
            out.append("&").append(name).append("=").append(text::percent_encoded(*value));
    return out;
}

bool has_reason(knowledge::Group const& group, std::string_view reason)
{
    return is_among(group.reasons, reason);
}

void put_states(Html& html, Page const& page, Narrowing const& chosen)
{
    html("<nav class=\"tabs\" aria-label=\"", page.say("questions.filter"), "\"><ul>");
    for (auto const state : states) {
        auto other = chosen;
        other.state = state;
        html("<li><a href=\"/console/questions?", other.query(), "\"");
        if (state == chosen.state)
            html(" aria-current=\"page\"");
        html(">", page.say("questions." + std::string(state)), "</a></li>");
    }
    html("</ul></nav>\n");
}
void put_narrowing(Html& html, Page const& page, std::vector<knowledge::Group> const& groups, std::vector<std::string> const& guesses, Narrowing const& chosen)
{
    html("<details class=\"narrowing\"", chosen.is_narrow() ? std::string_view(" open") : std::string_view(), "><summary>", page.say("questions.narrow"), "</summary><form method=\"get\" action=\"/console/questions\" class=\"narrow\"><input type=\"hidden\" name=\"state\" value=\"", chosen.state,
         "\"><p><label for=\"words\">", page.say("questions.words"), "</label><input id=\"words\" name=\"words\" maxlength=\"", longest_words, "\" value=\"", chosen.words, "\"></p>");
    put_choice(html, page, "reason", reasons, chosen.reason);
    put_choice(html, page, "whose", owners, chosen.whose);
    put_choice(html, page, "days", periods, chosen.days);
    put_choice(html, page, "lang", languages, chosen.language);
    put_channels(html, page, groups, chosen.channel);
    put_intents(html, page, guesses, chosen.intent);
    html("<p class=\"line\">");
    page.button(html, "questions.narrow.do", "quiet");
    if (chosen.is_narrow())
        html("<a href=\"/console/questions?state=", chosen.state, "\">", page.say("questions.narrow.none"), "</a>");
    html("</p></form></details>\n");
}
}  // namespace immunobot::console
