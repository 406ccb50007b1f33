#include "console/sending_again.hpp"

#include "console/device.hpp"
#include "console/sign_in.hpp"
#include "text/multipart.hpp"
#include "text/utf8.hpp"

#include <algorithm>

namespace immunobot::console {
namespace {

// Not what a form of the console has.
constexpr std::string_view email_field = "again-email";

// A form with more than this in all is not carried in the page, which anybody may ask for: the longest answer with all its questions is
// shorter, and a sheet is still on the disk that it came from.
constexpr std::size_t most_carried = 128 * 1024;

bool is_too_large(Form const& form)
{
    std::size_t bytes = 0;
    for (auto const& [name, value] : form.fields())
        bytes += name.size() + value.size();
    return bytes > most_carried;
}

bool is_kept(std::string_view name, std::string_view value)
{
    // A file that is no text is still on the disk it came from.
    return name != "token" && name != email_field && name != password_field && text::is_valid_utf8(value) && value.find('\0') == std::string_view::npos;
}

// What somebody has written rather than chosen.
bool is_prose(std::string_view name, std::string_view value)
{
    return name != "was" && value.find_first_of(" \n") != std::string_view::npos;
}

void put_what_was_sent(Html& html, Page const& page)
{
    if (is_too_large(page.form)) {
        html("<p>", page.say("again.too-large"), "</p>");
        return;
    }
    auto const& fields = page.form.fields();
    auto const shown = [](auto const& field) { return is_kept(field.first, field.second) && is_prose(field.first, field.second); };
    for (auto const& [name, value] : fields)
        if (is_kept(name, value))
            html("<input type=\"hidden\" name=\"", name, "\" value=\"", value, "\">");
    if (std::ranges::none_of(fields, shown))
        return;
    html("<details><summary>", page.say("again.typed"), "</summary>");
    for (auto const& field : fields)
        if (shown(field))
            html("<p class=\"as-sent\">", field.second, "</p>");
    html("</details>");
}

void show_form(Page& page, int status, std::string_view why, bool asks_who)
{
    page.response.status = status;
    Html main;
    main("<h1>", page.say("again.title"), "</h1>\n<p class=\"complaint\" role=\"alert\" tabindex=\"-1\" id=\"complaint\">", page.say(why), "</p>\n<form method=\"post\" class=\"card again\" action=\"", page.request.path);
    if (!page.request.query.empty())
        main("?", page.request.query);
    main("\"");
    if (text::is_multipart(page.request.content_type))
        main(" enctype=\"multipart/form-data\"");
    main(">");
    if (page.visit)
        main("<input type=\"hidden\" name=\"token\" value=\"", page.visit->form_token, "\">");
    if (asks_who)
        main("<p><label for=\"email\">", page.say("email"), "</label><input id=\"email\" name=\"", email_field, "\" type=\"email\" autocomplete=\"username\" required value=\"", page.form.text(email_field),
             "\"></p><p><label for=\"password\">", page.say("password"), "</label><input id=\"password\" name=\"", password_field, "\" type=\"password\" autocomplete=\"current-password\" required></p>");
    put_what_was_sent(main, page);
    page.button(main, asks_who ? "again.sign-in" : "again.send");
    main("</form>\n");
    page.show(page.say("again.title"), main);
}

}  // namespace

bool sign_in_with_form(Page& page)
{
    if (!page.form.has(password_field)) {
        show_form(page, 401, "again.signed-out", true);
        return false;
    }
    auto const in = page.desk.accounts.sign_in(page.form.text(email_field), page.form.text(password_field), page.request.address, device_of(page.request.user_agent));
    if (!in) {
        page.fail(in.error());
        return false;
    }
    if (!*in) {
        bool const often = in->error() == staff::SignInFault::too_often;
        show_form(page, often ? 429 : 401, often ? "sign-in.often" : "sign-in.wrong", true);
        return false;
    }
    page.response.cookies.push_back(session_cookie((*in)->secret, page.request.https));
    auto visit = page.desk.accounts.visit((*in)->secret, page.request.address);
    if (!visit || !*visit) {
        page.fail(503, "fail.storage");
        return false;
    }
    page.visit = std::move(**visit);
    return true;
}

void ask_to_send_again(Page& page)
{
    show_form(page, 403, "again.old-page", false);
}

}  // namespace immunobot::console
