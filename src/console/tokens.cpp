// Tokens of programs: which there are, making one, taking one back.
#include "console/parts.hpp"
#include "console/routes.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

constexpr std::int64_t usual_days[] = {30, 90, 180, 365, 730};
constexpr std::int64_t chosen_days = 90;

void put_token(Html& html, Page const& page, knowledge::Token const& token, std::string const& owner)
{
    html("<tr><th scope=\"row\">", token.name, "</th><td>", owner, "</td><td>", page.say("role." + token.role), "</td><td>", page.time(token.expires_at), "</td><td>",
         token.used_at > 0 ? page.ago(token.used_at) : page.say("accounts.never"), "</td><td>");
    page.begin_form(html, address("token-end", token.id), "inline");
    html("<button type=\"submit\" class=\"quiet small\" aria-label=\"", labelled(page, page.say("tokens.end"), token.name), "\">", page.say("tokens.end"), "</button></form></td></tr>\n");
}

void put_making(Html& html, Page const& page)
{
    html("<section><h2>", page.say("tokens.new"), "</h2>\n");
    page.begin_form(html, "/console/token-make", "card");
    html("<p><label for=\"name\">", page.say("tokens.name"), "</label><input id=\"name\" name=\"name\" maxlength=\"100\" required></p><p><label for=\"role\">", page.say("accounts.role"), "</label><select id=\"role\" name=\"role\">");
    for (auto const role : staff::all_roles())
        html("<option value=\"", staff::name(role), "\">", page.say("role." + std::string(staff::name(role))), "</option>");
    html("</select></p><p><label for=\"days\">", page.say("tokens.days"), "</label><select id=\"days\" name=\"days\">");
    for (auto const days : usual_days) {
        html("<option value=\"", days, "\"");
        if (days == chosen_days)
            html(" selected");
        html(">", pages::count("console.tokens.for", static_cast<std::size_t>(days), page.language), "</option>");
    }
    html("</select></p>");
    page.button(html, "tokens.make");
    html("</form></section>\n");
}

void show_tokens(Page& page, std::string const& secret)
{
    auto const tokens = page.desk.store.with([](auto& store) { return store.tokens(); });
    auto const accounts = page.desk.store.with([](auto& store) { return store.accounts(); });
    if (!tokens || !accounts)
        return page.fail(!tokens ? tokens.error() : accounts.error());
    Html main;
    main("<p class=\"crumb\"><a href=\"/console/accounts\">", page.say("nav.accounts"), "</a></p>\n<h1>", page.say("tokens.title"), "</h1>\n<p class=\"lead\">", page.say("tokens.lead"), "</p>\n");
    if (!secret.empty())
        main("<section class=\"reply\"><h2>", page.say("tokens.secret"), "</h2><p>", page.say("tokens.secret.lead"), "</p><p><code>", secret, "</code></p></section>\n");
    if (tokens->empty()) {
        main("<p>", page.say("tokens.none"), "</p>\n");
    } else {
        begin_table(main, page, "tokens.title", {}, {"tokens.name", "tokens.owner", "accounts.role", "tokens.until", "tokens.used", "me.action"});
        for (auto const& token : *tokens) {
            auto const owner = std::ranges::find(*accounts, token.account, &knowledge::Account::id);
            put_token(main, page, token, owner == accounts->end() ? std::string() : owner->email);
        }
        main("</tbody></table></div>\n");
    }
    put_making(main, page);
    page.show(page.say("tokens.title"), main);
}

}  // namespace

void get_tokens(Page& page)
{
    show_tokens(page, {});
}

// The secret is shown once, to whoever asked for it: only its digest is kept.
void post_token_make(Page& page)
{
    auto const role = staff::role_from(page.form.text("role"));
    if (!role)
        return page.fail(422, "fail.bad-request");
    auto const secret = page.desk.accounts.make_token(page.person(), page.form.text("name"), *role, static_cast<int>(std::clamp<std::int64_t>(page.form.number("days"), 0, 10'000)));
    if (!secret)
        return page.fail(secret.error());
    show_tokens(page, *secret);
}

void post_token_end(Page& page)
{
    if (auto const done = page.desk.accounts.end_token(page.person(), page.number()); !done)
        return page.fail(done.error());
    page.go("/console/tokens", "token-ended");
}

}  // namespace immunobot::console
