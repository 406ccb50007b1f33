// Several answers put together as one e-mail, which is finished in the mail program: nothing of it is kept here but which answers
// it has.
#include "console/parts.hpp"
#include "console/routes.hpp"
#include "text/form_fields.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

// Longer ones are cut off by some mail programs; they are copied instead.
constexpr std::size_t longest_mail_link = 1'900;

Result<std::vector<staff::Found>> pieces(Page const& page)
{
    auto const ids = page.desk.store.with([&](auto& store) { return store.message(page.person().account); });
    if (!ids)
        return ids.error();
    return page.desk.search.read(*ids);
}

// The signature of who writes, or a plain one.
std::string ending(Page const& page, Language language)
{
    auto const own = page.desk.store.with([&](auto& store) { return store.signature(page.person().account); });
    auto const text = own && !own->in(language).empty() ? own->in(language) : pages::say("console.message.ending", language) + "\n{{name}}";
    return staff::filled(text, variables_of(page, nullptr, language));
}

std::string text_of(Page const& page, std::vector<staff::Found> const& found, Language language, bool with_sources)
{
    auto text = pages::say("console.message.beginning", language);
    for (auto const& one : found) {
        text += "\n\n" + copied_text(page, one, language).text;
        if (auto const source = with_sources ? copied_source(one, language) : std::string(); !source.empty())
            text += '\n' + source;
    }
    return text + "\n\n" + ending(page, language) + '\n';
}

void put_choices(Html& html, Page const& page, Language chosen, bool with_sources)
{
    html("<form method=\"get\" action=\"/console/message\" class=\"line filter\"><label for=\"lang\">", page.say("message.language"), "</label><select id=\"lang\" name=\"lang\">");
    for (auto const language : {Language::fr, Language::en}) {
        html("<option value=\"", code(language), "\"");
        if (language == chosen)
            html(" selected");
        html(">", pages::say("console.language.name", language), "</option>");
    }
    html("</select><label class=\"check\"><input type=\"checkbox\" name=\"sources\" value=\"1\"", with_sources ? std::string_view(" checked") : std::string_view(), "> ", page.say("message.sources"), "</label>");
    page.button(html, "message.show", "quiet small");
    html("</form>\n");
}

void put_button(Html& html, Page const& page, std::string_view kind, staff::Found const& found, std::string_view key)
{
    page.begin_form(html, address(kind, found.id), "inline");
    html("<button type=\"submit\" class=\"bare\" aria-label=\"", labelled(page, page.say(key), title_of(found, page.language)), "\">", page.say(key), "</button></form>");
}

void put_pieces(Html& html, Page const& page, std::vector<staff::Found> const& found)
{
    html("<section><h2>", page.say("message.pieces"), "</h2><ol class=\"pieces\">\n");
    for (auto const& one : found) {
        html("<li><a href=\"", address("answer", one.id), "\">", title_of(one, page.language), "</a> ");
        if (one.kind == staff::Found::Kind::staff)
            html("<strong class=\"tag warn\">", page.say("only-staff"), "</strong> ");
        put_warnings(html, page, one.valid_to, one.review_by);
        if (&one != &found.front())
            put_button(html, page, "piece-up", one, "message.up");
        put_button(html, page, "piece-out", one, "message.out");
        html("</li>\n");
    }
    html("</ol></section>\n");
}

void put_text(Html& html, Page const& page, std::string const& text, Language language)
{
    html("<p class=\"entry\"><label for=\"message\">", page.say("message.text"), "</label><span class=\"meta\" id=\"message-help\">", page.say("message.help"), "</span><textarea id=\"message\" class=\"kept\" lang=\"", code(language), "\" rows=\"",
         std::clamp<std::int64_t>(std::ranges::count(text, '\n') + 6, 10, 24), "\" aria-describedby=\"message-help\">\n", text, "</textarea></p>\n<div class=\"actions\"><button type=\"button\" class=\"needs-script\" data-copies=\"message\">", page.say("message.copy"), "</button>");
    auto const link = "mailto:?body=" + text::percent_encoded(text);
    if (link.size() <= longest_mail_link)
        html("<a class=\"button quiet\" id=\"mail\" href=\"", link, "\">", page.say("message.mail"), "</a>");
    page.action(html, "/console/message-empty", "message.empty");
    html("</div>\n");
}

void changed(Page& page, Result<> const& done, std::string_view key)
{
    if (!done)
        return page.fail(done.error());
    page.go("/console/message", key);
}

}  // namespace

void get_message(Page& page)
{
    auto const found = pieces(page);
    if (!found)
        return page.fail(found.error());
    auto const language = language_from_code(page.query.text("lang")).value_or(page.language);
    bool const with_sources = page.query.has("sources");
    Html main;
    main("<h1>", page.say("message.title"), "</h1>\n<p class=\"lead\">", page.say(found->empty() ? "message.none" : "message.lead"), "</p>\n");
    if (!found->empty()) {
        put_choices(main, page, language, with_sources);
        put_text(main, page, text_of(page, *found, language, with_sources), language);
        put_pieces(main, page, *found);
    }
    main("<p><a href=\"/console/me#signature\">", page.say("message.signature"), "</a></p>\n");
    page.show(page.say("message.title"), main);
}

void post_piece_up(Page& page)
{
    changed(page, page.desk.store.with([&](auto& store) { return store.raise_piece(page.person().account, page.id); }), {});
}

void post_piece_out(Page& page)
{
    changed(page, page.desk.store.with([&](auto& store) { return store.take_piece(page.person().account, page.id); }), "piece-out");
}

void post_message_empty(Page& page)
{
    changed(page, page.desk.store.with([&](auto& store) { return store.clear_message(page.person().account); }), "emptied");
}

}  // namespace immunobot::console
