#include "console/parts.hpp"

#include "base/date.hpp"
#include "base/local_time.hpp"
#include "knowledge/fragments.hpp"
#include "knowledge/sheet.hpp"
#include "pages/blocks.hpp"
#include "pages/places.hpp"
#include "staff/difference.hpp"
#include "staff/told.hpp"
#include "text/utf8.hpp"
#include "text/form_fields.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>
#include <map>

namespace immunobot::console {
namespace {

namespace json = boost::json;

constexpr std::size_t shown_words = 240;   // characters of an answer in a row
constexpr std::int64_t a_month = 30 * seconds_a_day;

// `rich`: how mail programs show it; empty: as the script makes it of the text.
void put_copy(Html& html, Page const& page, std::string_view which, std::string_view key, std::string_view text, Html const& rich = {})
{
    html("<button type=\"button\" class=\"quiet small\" data-copy=\"", which, "\" data-text=\"", text, "\"");
    if (!rich.bytes().empty())
        html(" data-rich=\"", rich.bytes(), "\"");
    html(">", page.say(key), "</button>");
}

// What a text without marks has no need of.
Html rich_of(text::Marked const& text, Language language)
{
    Html rich;
    if (!text.marks.empty())
        pages::put_text(rich, text, language);
    return rich;
}

// Where visitors read it; empty: they do not, or nobody knows the address.
std::string public_address(Page const& page, staff::Found const& found)
{
    if (found.kind == staff::Found::Kind::staff || !page.desk.site)
        return {};
    bool const is_fact = found.kind == staff::Found::Kind::fact;
    pages::Place const place{is_fact ? pages::Kind::entity : pages::Kind::faq, page.language, is_fact ? found.entity : std::string()};
    return pages::Addresses::of_server(*page.desk.site).absolute(place) + '#' + found.id;
}

// What a list of rows has to know of each, looked up once for all of them.
struct Habits {
    std::vector<std::string> pins;
    std::map<std::string, std::int64_t> uses;   // of the last month

    bool is_pinned(std::string const& id) const { return std::ranges::find(pins, id) != pins.end(); }
    std::int64_t used(std::string const& id) const
    {
        auto const found = uses.find(id);
        return found == uses.end() ? 0 : found->second;
    }
};

Habits habits_of(Page const& page)
{
    return page.desk.store.with([&](auto& store) {
        auto pins = store.pins(page.person().account);
        auto uses = store.uses(seconds_now() - a_month);
        return Habits{pins ? std::move(*pins) : std::vector<std::string>(), uses ? std::move(*uses) : std::map<std::string, std::int64_t>()};
    });
}

// Where a button of a row leads back to; the script asks for the results alone.
std::string here(Page const& page)
{
    if (page.request.path == "/console" && page.query.has("q"))
        return "/console?q=" + text::percent_encoded(page.query.text("q"));
    return page.request.path;
}

// A form that the script sends without leaving the page.
void begin_soft_form(Html& html, Page const& page, std::string_view kind, std::string const& id)
{
    html("<form method=\"post\" action=\"", address(kind, id), "\" class=\"inline soft\" data-kind=\"", kind, "\"><input type=\"hidden\" name=\"token\" value=\"", page.visit->form_token, "\"><input type=\"hidden\" name=\"to\" value=\"",
         here(page), "\">");
}

void put_tools(Html& html, Page const& page, staff::Found const& found, bool pinned)
{
    auto const title = title_of(found, page.language);
    html("<div class=\"tools\"><span class=\"copies needs-script\">");
    auto const french = copied_text(page, found, Language::fr);
    auto const english = copied_text(page, found, Language::en);
    put_copy(html, page, "fr", "copy.fr", french.text, rich_of(french, Language::fr));
    put_copy(html, page, "en", "copy.en", english.text, rich_of(english, Language::en));
    Html both;
    if (!french.marks.empty() || !english.marks.empty()) {
        pages::put_text(both, french, Language::fr);
        pages::put_text(both, english, Language::en);
    }
    put_copy(html, page, "both", "copy.both", french.text + "\n\n" + english.text, both);
    if (auto const there = public_address(page, found); !there.empty())
        put_copy(html, page, "link", "copy.link", there);
    html("</span><span class=\"keeps\">");
    begin_soft_form(html, page, "add", found.id);
    html("<button type=\"submit\" class=\"bare\" aria-label=\"", labelled(page, page.say("row.add"), title), "\">", page.say("row.add"), "</button></form>");
    begin_soft_form(html, page, "pin", found.id);
    html("<input type=\"hidden\" name=\"on\" value=\"", pinned ? std::string_view("0") : std::string_view("1"), "\"><button type=\"submit\" class=\"bare\" aria-pressed=\"", pinned ? std::string_view("true") : std::string_view("false"),
         "\" aria-label=\"", labelled(page, page.say("row.pin"), title), "\">", page.say("row.pin"), "</button></form></span></div>");
}

// It leads to the answer, and that back to what was searched for.
void put_title(Html& html, Page const& page, staff::Found const& found, Heading heading)
{
    auto const words = page.request.path == "/console" ? page.query.text("q") : std::string_view();
    auto const there = address("answer", found.id) + (words.empty() ? std::string() : "?q=" + text::percent_encoded(words));
    std::string_view const level = heading == Heading::second ? "h2" : "h3";
    html("<", level, "><a href=\"", there, "\">", title_of(found, page.language), "</a></", level, ">");
}

void put_row(Html& html, Page const& page, staff::Found const& found, Habits const& habits, Heading heading)
{
    html("<li class=\"row", found.kind == staff::Found::Kind::staff ? std::string_view(" only-staff") : std::string_view(), "\" data-source-fr=\"", copied_source(found, Language::fr), "\" data-source-en=\"", copied_source(found, Language::en),
         "\">");
    put_title(html, page, found, heading);
    html("<p class=\"text\">", clipped(copied_text(page, found, page.language).text, shown_words), "</p><p class=\"meta\">");
    if (found.kind == staff::Found::Kind::staff)
        html("<strong class=\"tag warn\">", page.say("only-staff"), "</strong> ");
    html("<span class=\"tag\">", page.say(found.kind == staff::Found::Kind::fact ? "kind.fact" : "kind.faq"), "</span> ");
    if (!found.source.title.empty())
        html(found.source.title, ", ", page.say("read-on", {{"day", pages::spoken_date(found.source.seen, page.language)}}), " ");
    if (auto const used = habits.used(found.id); used > 0)
        html("\xC2\xB7 ", pages::count("console.used", static_cast<std::size_t>(used), page.language), " ");
    put_warnings(html, page, found.valid_to, found.review_by);
    html("</p>");
    put_tools(html, page, found, habits.is_pinned(found.id));
    html("</li>\n");
}

std::string lines(std::vector<std::string> const& items)
{
    std::string out;
    for (auto const& item : items)
        out += (out.empty() ? "" : "\n") + item;
    return out;
}

// A field as text; the items of a list one to a line.
std::string shown(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    if (value == nullptr)
        return {};
    if (value->is_string())
        return std::string(value->get_string());
    std::string out;
    if (value->is_array())
        for (auto const& item : value->get_array())
            if (item.is_string())
                out.append(out.empty() ? "" : "\n").append(item.get_string());
    return out;
}

}  // namespace

void begin_table(Html& html, std::string_view label, std::string_view caption, std::vector<std::string> const& columns)
{
    html("<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"", label, "\"><table>");
    if (caption.empty())
        html("<caption class=\"unseen\">", label, "</caption>");
    else
        html("<caption>", caption, "</caption>");
    html("<thead><tr>");
    for (auto const& column : columns)
        html("<th scope=\"col\">", column, "</th>");
    html("</tr></thead><tbody>\n");
}

void begin_table(Html& html, Page const& page, std::string_view label, std::string_view caption, std::initializer_list<std::string_view> columns)
{
    std::vector<std::string> names;
    for (auto const key : columns)
        names.push_back(page.say(key));
    begin_table(html, page.say(label), caption.empty() ? std::string() : page.say(caption), names);
}

std::string clipped(std::string_view text, std::size_t most)
{
    auto const first = text::prefix(text, most);
    return std::string(first) + (first.size() < text.size() ? "\xE2\x80\xA6" : "");
}

void put_warnings(Html& html, Page const& page, std::string_view valid_to, std::string_view review_by)
{
    if (is_over(valid_to, today_here()))
        html("<strong class=\"tag warn\">", dated(page, "expired", std::string(valid_to)), "</strong> ");
    if (is_over(review_by, today_here()))
        html("<strong class=\"tag warn\">", dated(page, "overdue", std::string(review_by)), "</strong> ");
}

std::string title_of(staff::Found const& found, Language language)
{
    auto const& own = found.question.in(language);
    return own.empty() ? (found.question.in(other(language)).empty() ? found.id : found.question.in(other(language))) : own;
}

std::string title_of(knowledge::FaqEntry const& entry, Language language)
{
    auto const& own = language == Language::fr ? entry.questions_fr : entry.questions_en;
    auto const& others = language == Language::fr ? entry.questions_en : entry.questions_fr;
    return !own.empty() ? own[0] : !others.empty() ? others[0] : entry.id;
}

std::string labelled(Page const& page, std::string_view what, std::string_view which)
{
    return page.say("labelled", {{"what", what}, {"which", which}});
}

std::string dated(Page const& page, std::string_view key, std::string const& day)
{
    auto const date = parse_date(day);
    bool const is_rough = date && date->day == 0;
    return page.say(std::string(key) + (is_rough ? ".rough" : ""), {{"day", pages::spoken_date(day, page.language)}});
}

staff::Variables variables_of(Page const& page, staff::Found const* found, Language language)
{
    staff::Variables out{pages::spoken_date(to_string(today_here()), language), page.person().name, {}};
    if (!page.desk.site || !found)
        return out;
    pages::Place const place{found->entity.empty() ? pages::Kind::home : pages::Kind::entity, language, found->entity};
    out.link = pages::Addresses::of_server(*page.desk.site).absolute(place);
    return out;
}

text::Marked copied_text(Page const& page, staff::Found const& found, Language language)
{
    switch (found.kind) {
        case staff::Found::Kind::fact: break;
        case staff::Found::Kind::faq: return text::marked(found.written.in(language));
        case staff::Found::Kind::staff: return text::marked(staff::filled(found.written.in(language), variables_of(page, &found, language)));
    }
    return {found.answer.in(language), {}};
}

std::string copied_source(staff::Found const& found, Language language)
{
    return staff::source_line(found.source.title, found.source.url, {}, staff::Words(language));
}

void put_rows(Html& html, Page const& page, std::vector<staff::Found> const& found, Heading heading)
{
    auto const habits = habits_of(page);
    html("<ol class=\"rows\">\n");
    for (auto const& one : found)
        put_row(html, page, one, habits, heading);
    html("</ol>\n");
}

std::string with_facts(Page const& page, std::string_view written, Language language)
{
    knowledge::Fact fact;
    return knowledge::with_facts(written, language, [&](std::string_view id) -> knowledge::Fact const* {
        auto const found = page.desk.search.one(id);
        if (!found || !*found)
            return nullptr;
        fact.text = (*found)->answer;
        return &fact;
    });
}

void put_said(Html& html, text::Marked const& text, Language language)
{
    html("<div class=\"said\" lang=\"", code(language), "\">");
    pages::put_text(html, text, language);
    html("</div>");
}

void put_texts(Html& html, Page const& page, knowledge::Answer const& answer)
{
    html("<div class=\"sides\">");
    for (auto const language : {Language::fr, Language::en}) {
        auto const& questions = language == Language::fr ? answer.entry.questions_fr : answer.entry.questions_en;
        html("<section lang=\"", code(language), "\"><h2>", pages::say("console.language.name", language), "</h2><p class=\"asked\">",
             questions.empty() ? std::string() : questions[0], "</p>");
        put_said(html, text::marked(with_facts(page, answer.entry.answer.in(language), language)), language);
        if (questions.size() > 1) {
            html("<details><summary>", pages::count("console.wordings", questions.size(), page.language), "</summary><ul>");
            for (auto const& question : questions)
                html("<li>", question, "</li>");
            html("</ul></details>");
        }
        html("</section>");
    }
    html("</div>\n");
}

void put_difference(Html& html, Page const& page, std::string_view before, std::string_view after)
{
    html("<p class=\"difference\">");
    for (auto const& piece : staff::difference(before, after)) {
        using Kind = staff::Piece::Kind;
        if (piece.kind == Kind::removed)
            html("<del><span class=\"unseen\">", page.say("removed"), " </span>", piece.text, "</del>");
        else if (piece.kind == Kind::added)
            html("<ins><span class=\"unseen\">", page.say("added"), " </span>", piece.text, "</ins>");
        else
            html(piece.text);
    }
    html("</p>");
}

void put_changes(Html& html, Page const& page, knowledge::Answer const& before, knowledge::Answer const& after)
{
    struct Field {
        std::string_view key;
        std::string before;
        std::string after;
    };
    auto const& a = before.entry;
    auto const& b = after.entry;
    auto const audience = [&](bool staff_only) { return page.say(staff_only ? "audience.staff" : "audience.public"); };
    Field const fields[] = {{"questions_fr", lines(a.questions_fr), lines(b.questions_fr)}, {"questions_en", lines(a.questions_en), lines(b.questions_en)},
                            {"answer_fr", a.answer.fr, b.answer.fr}, {"answer_en", a.answer.en, b.answer.en}, {"entity", a.entity, b.entity},
                            {"source", a.source, b.source}, {"valid_to", a.valid_to, b.valid_to}, {"review_by", a.review_by, b.review_by},
                            {"audience", a.id.empty() ? std::string() : audience(before.staff_only), b.id.empty() ? std::string() : audience(after.staff_only)}};
    html("<dl class=\"changes\">");
    for (auto const& field : fields)
        if (field.before != field.after) {
            html("<div><dt>", page.say("field." + std::string(field.key)), "</dt><dd>");
            put_difference(html, page, field.before, field.after);
            html("</dd></div>");
        }
    html("</dl>\n");
}

std::string const& field_name(Page const& page, std::string_view name)
{
    return page.say("field." + std::string(name));
}

void put_row_changes(Html& html, Page const& page, std::string_view before, std::string_view after)
{
    auto const read = [](std::string_view text) {
        json::error_code failed;
        auto value = json::parse(text, failed);
        return failed || !value.is_object() ? json::object() : value.as_object();
    };
    auto const old = read(before);
    auto const now = read(after);
    html("<dl class=\"changes\">");
    for (auto const& field : old.empty() ? now : old) {
        auto const was = shown(old, field.key());
        auto const is = shown(now, field.key());
        if (was == is || field.key() == "id")
            continue;
        html("<div><dt>", field_name(page, field.key()), "</dt><dd>");
        put_difference(html, page, was, is);
        html("</dd></div>");
    }
    html("</dl>\n");
}

}  // namespace immunobot::console
