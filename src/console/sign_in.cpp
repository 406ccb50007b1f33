#include "console/sign_in.hpp"

#include "console/device.hpp"
#include "console/routes.hpp"

namespace immunobot::console {
namespace {

void put_complaint(Html& html, Page const& page, std::string_view key)
{
    if (!key.empty())
        html("<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say(key), "</p>\n");
}

void show_sign_in(Page& page, std::string_view complaint, std::string_view email)
{
    Html main;
    main("<h1>", page.say("sign-in.title"), "</h1>\n");
    put_complaint(main, page, complaint);
    page.begin_form(main, "/console/sign-in", "card");
    main("<input type=\"hidden\" name=\"to\" value=\"", page.request.post ? page.form.text("to") : page.query.text("to"), "\">",
         "<p><label for=\"email\">", page.say("email"), "</label><input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"username\" required value=\"", email, "\"></p>",
         "<p><label for=\"password\">", page.say("password"), "</label><input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"current-password\" required></p>");
    page.button(main, "sign-in.do");
    main("<p class=\"meta\">", page.say("sign-in.forgotten"), "</p></form>\n");
    page.show(page.say("sign-in.title"), main);
}

void show_welcome(Page& page, knowledge::Account const& account, std::string_view complaint)
{
    Html main;
    main("<h1>", page.say("welcome.title"), "</h1>\n<p class=\"lead\">", page.say("welcome.lead", {{"email", account.email}}), "</p>\n");
    put_complaint(main, page, complaint);
    page.begin_form(main, address("welcome", page.id), "card");
    main("<input type=\"hidden\" name=\"email\" value=\"", account.email, "\" autocomplete=\"username\"><p><label for=\"password\">", page.say("welcome.password"),
         "</label><input id=\"password\" name=\"password\" type=\"password\" autocomplete=\"new-password\" required minlength=\"", staff::shortest_password,
         "\" aria-describedby=\"rule\"></p><p class=\"meta\" id=\"rule\">", page.say("welcome.rule"), "</p>");
    page.button(main, "welcome.do");
    main("</form>\n");
    page.show(page.say("welcome.title"), main);
}

std::string_view complaint_of(staff::PasswordFault fault)
{
    using staff::PasswordFault;
    return fault == PasswordFault::too_short ? "welcome.short" : fault == PasswordFault::too_long ? "welcome.long" : "welcome.common";
}

}  // namespace

std::string_view session_cookie_name(bool https)
{
    return https ? "__Host-immunobot" : "immunobot-session";
}

std::string session_cookie(std::string_view secret, bool https)
{
    std::string out(session_cookie_name(https));
    out.append("=").append(secret).append("; Path=/; HttpOnly; SameSite=Strict");
    if (https)
        out += "; Secure";
    if (secret.empty())
        out += "; Max-Age=0";
    return out;
}

void get_sign_in(Page& page)
{
    if (page.visit)
        return page.go("/console");
    show_sign_in(page, {}, {});
}

void post_sign_in(Page& page)
{
    auto const email = page.form.text("email");
    auto const in = page.desk.accounts.sign_in(email, page.form.text("password"), page.request.address, device_of(page.request.user_agent));
    if (!in)
        return page.fail(in.error());
    if (!*in) {
        bool const often = in->error() == staff::SignInFault::too_often;
        page.response.status = often ? 429 : 401;
        return show_sign_in(page, often ? "sign-in.often" : "sign-in.wrong", email);
    }
    if (page.visit)
        static_cast<void>(page.desk.accounts.sign_out(*page.visit));
    page.response.cookies.push_back(session_cookie((*in)->secret, page.request.https));
    page.go(safe_target(page.form.text("to")));
}

void post_sign_out(Page& page)
{
    if (auto const out = page.desk.accounts.sign_out(*page.visit); !out)
        return page.fail(out.error());
    page.response.cookies.push_back(session_cookie({}, page.request.https));
    page.go("/console/sign-in", "signed-out");
}

void get_welcome(Page& page)
{
    auto const account = page.desk.accounts.invited(page.id);
    if (!account)
        return page.fail(account.error());
    if (!*account)
        return page.fail(404, "welcome.gone");
    show_welcome(page, **account, {});
}

void post_welcome(Page& page)
{
    auto const account = page.desk.accounts.invited(page.id);
    if (!account)
        return page.fail(account.error());
    if (!*account)
        return page.fail(404, "welcome.gone");
    auto const password = page.form.text("password");
    if (auto const fault = staff::fault_of(password, (*account)->email); fault != staff::PasswordFault::none) {
        page.response.status = 422;
        return show_welcome(page, **account, complaint_of(fault));
    }
    if (auto const set = page.desk.accounts.set_password(page.id, password, page.request.address); !set)
        return page.fail(set.error());
    page.go("/console/sign-in", "password");
}

void post_language(Page& page)
{
    auto const wanted = language_from_code(page.form.text("lang")).value_or(Language::fr);
    page.response.cookies.push_back(std::string(language_cookie) + '=' + std::string(code(wanted)) + "; Path=/console; Max-Age=31536000; HttpOnly; SameSite=Strict" +
                                    (page.request.https ? "; Secure" : ""));
    page.go(safe_target(page.form.text("to")));
}

}  // namespace immunobot::console
