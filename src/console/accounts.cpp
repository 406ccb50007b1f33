#include "console/parts.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

void put_roles(Html& html, Page const& page, std::string_view id, std::string_view chosen)
{
    html("<select id=\"", id, "\" name=\"role\">");
    for (auto const role : staff::all_roles()) {
        html("<option value=\"", staff::name(role), "\"");
        if (staff::name(role) == chosen)
            html(" selected");
        html(">", page.say("role." + std::string(staff::name(role))), "</option>");
    }
    html("</select>");
}

void put_account(Html& html, Page const& page, knowledge::Account const& account)
{
    auto const id = "role-" + std::to_string(account.id);
    html("<tr><th scope=\"row\">", account.name, "<br><span class=\"meta\">", account.email, "</span></th><td>", account.seen_at > 0 ? page.ago(account.seen_at) : page.say("accounts.never"), "</td><td>");
    page.begin_form(html, "/console/account", "line");
    html("<input type=\"hidden\" name=\"email\" value=\"", account.email, "\"><label class=\"unseen\" for=\"", id, "\">", page.say("accounts.role-of", {{"name", account.name}}), "</label>");
    put_roles(html, page, id, account.role);
    html("<label class=\"check\"><input type=\"checkbox\" name=\"disabled\" value=\"yes\"", account.disabled ? std::string_view(" checked") : std::string_view(), "> ", page.say("accounts.disabled"), "</label>");
    page.button(html, "accounts.change", "quiet small");
    html("</form></td><td>");
    if (!account.disabled) {
        page.begin_form(html, "/console/invite", "inline");
        html("<input type=\"hidden\" name=\"email\" value=\"", account.email, "\"><input type=\"hidden\" name=\"name\" value=\"", account.name, "\"><input type=\"hidden\" name=\"role\" value=\"", account.role, "\">");
        page.button(html, "accounts.link", "quiet small");
        html("</form>");
    }
    html("</td></tr>\n");
}

void show(Page& page, std::string const& link)
{
    auto const accounts = page.desk.store.with([](auto& store) { return store.accounts(); });
    if (!accounts)
        return page.fail(accounts.error());
    Html main;
    main("<h1>", page.say("accounts.title"), "</h1>\n<p><a href=\"/console/tokens\">", page.say("tokens.title"), "</a></p>\n");
    if (!link.empty())
        main("<section class=\"reply\"><h2>", page.say("accounts.link.title"), "</h2><p>", page.say("accounts.link.lead"), "</p><p><code>", link, "</code></p></section>\n");
    begin_table(main, page, "accounts.title", "accounts.caption", {"accounts.name", "accounts.seen", "accounts.role", "accounts.password"});
    for (auto const& account : *accounts)
        put_account(main, page, account);
    main("</tbody></table></div>\n<section><h2>", page.say("accounts.invite"), "</h2>\n");
    page.begin_form(main, "/console/invite", "card");
    main("<p><label for=\"email\">", page.say("email"), "</label><input id=\"email\" name=\"email\" type=\"email\" required></p><p><label for=\"name\">", page.say("accounts.name"),
         "</label><input id=\"name\" name=\"name\" maxlength=\"100\" required></p><p><label for=\"role\">", page.say("accounts.role"), "</label>");
    put_roles(main, page, "role", "answerer");
    main("</p><p class=\"meta\">", page.say("accounts.roles"), "</p>");
    page.button(main, "accounts.invite.do");
    main("</form></section>\n");
    page.show(page.say("accounts.title"), main);
}

}  // namespace

void get_accounts(Page& page)
{
    show(page, {});
}

// The link is shown once, to whoever asked for it: it is not kept, and not in an address that would be logged.
void post_invite(Page& page)
{
    auto const role = staff::role_from(page.form.text("role"));
    if (!role)
        return page.fail(422, "fail.bad-request");
    auto const secret = page.desk.accounts.invite(page.person(), page.form.text("email"), page.form.text("name"), *role);
    if (!secret)
        return secret.error().code == Errc::conflict ? page.fail(409, "accounts.not-invited") : page.fail(secret.error());
    show(page, (page.request.https ? "https://" : "http://") + page.request.host + address("welcome", *secret));
}

void post_account(Page& page)
{
    auto const role = staff::role_from(page.form.text("role"));
    if (!role)
        return page.fail(422, "fail.bad-request");
    auto const email = page.form.text("email");
    bool const disabled = page.form.text("disabled") == "yes";
    auto const before = page.desk.store.with([&](auto& store) { return store.account(email); });
    if (!before)
        return page.fail(before.error());
    auto const done = page.desk.accounts.change(page.person(), email, *role, disabled);
    if (!done)
        return done.error().code == Errc::conflict ? page.fail(409, "accounts.last") : page.fail(done.error());
    knowledge::Decided decision;
    decision.what = "account.change";
    decision.target = email;
    if (*before)
        decision.account = knowledge::Decided::OfAccount{(*before)->email, (*before)->role, (*before)->disabled, std::string(staff::name(*role)), disabled};
    page.go("/console/accounts", "account", {.act = page.desk.undo.keep(page.person(), std::move(decision))});
}

}  // namespace immunobot::console
