#include "console/console.hpp"

#include "console/api.hpp"
#include "console/device.hpp"
#include "console/page.hpp"
#include "console/routes.hpp"
#include "console/sending_again.hpp"
#include "console/sign_in.hpp"
#include "staff/secret.hpp"

#include "text/form_fields.hpp"
#include "text/multipart.hpp"

namespace immunobot::console {
namespace {

Language language_of(Request const& request)
{
    if (auto const chosen = language_from_code(cookie(request.cookies, language_cookie)))
        return *chosen;
    auto const first = request.languages.substr(0, request.languages.find(','));
    return language_from_code(first) == Language::en ? Language::en : Language::fr;
}

// A form of ours comes from a page of ours: the browser says so, in one of two ways at least.
bool comes_from_us(Request const& request)
{
    if (request.origin.empty() && request.fetch_site.empty())
        return false;
    if (!request.fetch_site.empty() && request.fetch_site != "same-origin")
        return false;
    return request.origin.empty() || request.origin == "http://" + request.host || request.origin == "https://" + request.host;
}

void send_to_sign_in(Page& page)
{
    auto to = page.request.path;
    if (!page.request.query.empty())
        to += '?' + page.request.query;
    page.go(to == "/console" ? "/console/sign-in" : "/console/sign-in?to=" + text::percent_encoded(to));
}

// Whoever a proxy vouches for is signed in by the way.
bool sign_in_by_proxy(Page& page)
{
    if (page.request.vouched.empty())
        return false;
    auto const in = page.desk.accounts.vouched(page.request.vouched, page.request.address, device_of(page.request.user_agent));
    if (!in || !*in)
        return false;
    page.response.cookies.push_back(session_cookie((*in)->secret, page.request.https));
    auto visit = page.desk.accounts.visit((*in)->secret, page.request.address);
    if (!visit || !*visit)
        return false;
    page.visit = std::move(**visit);
    return true;
}

void serve(Page& page, Route const& route)
{
    if (page.request.post && !comes_from_us(page.request))
        return page.fail(403, "fail.foreign");
    auto visit = page.desk.accounts.visit(cookie(page.request.cookies, session_cookie_name(page.request.https)), page.request.address);
    if (!visit)
        return page.fail(visit.error());
    // Somebody else sits at the machine now: the session that was left there is not theirs.
    if (*visit && !page.request.vouched.empty() && staff::email_of(page.request.vouched) != (*visit)->person.email) {
        if (auto const out = page.desk.accounts.sign_out(**visit); !out)
            return page.fail(out.error());
        visit->reset();
        if (page.request.post)
            return page.go("/console");   // what was typed is not theirs either
    }
    page.visit = std::move(*visit);
    if (!route.role)
        return route.handler(page);
    bool const had_session = page.visit.has_value();
    if (!had_session && page.request.post) {
        if (!sign_in_with_form(page))
            return;
    } else if (!had_session && !sign_in_by_proxy(page)) {
        return send_to_sign_in(page);
    }
    if (!page.may(*route.role))
        return page.fail(403, "fail.role");
    // Who has just proved who they are needs no other proof that the form is theirs.
    if (page.request.post && had_session && !staff::same_secret(page.form.text("token"), page.visit->form_token))
        return ask_to_send_again(page);
    route.handler(page);
}

}  // namespace

bool is_console_path(std::string_view path)
{
    return path == "/console" || path.starts_with("/console/") || is_api_path(path);
}

bool is_upload_path(std::string_view path)
{
    return path.starts_with("/console/import/") || path == "/console/pairs" || path == "/console/staff-answers";
}

Response Console::answer(Request const& request)
{
    if (is_api_path(request.path))
        return answer_api(desk_, request);
    Response response;
    auto const query = Form::parse(request.query);
    auto const form = text::is_multipart(request.content_type) && is_upload_path(request.path) ? Form::parse_parts(request.content_type, request.body) : Form::parse(request.body);
    Form const none;
    Page page{desk_, request, response, query ? *query : none, form ? *form : none, language_of(request)};
    if (!query || !form) {
        page.fail(400, "fail.bad-request");
        return response;
    }
    bool path_known = false;
    auto const* route = find_route(request.post, request.path, page.id, path_known);
    if (route)
        serve(page, *route);
    else if (auto const to = request.post ? std::string() : page_of_form(request.path); !to.empty())
        page.go(to);
    else
        page.fail(path_known ? 405 : 404, "fail.not-found");
    return response;
}

}  // namespace immunobot::console
