#include "server/page_view.hpp"

#include "base/local_time.hpp"
#include "pages/notice.hpp"
#include "server/coding.hpp"
#include "server/gzip.hpp"
#include "server/languages.hpp"
#include "server/routes.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace immunobot::server {
namespace {

// Looked after before each use: an edit shows at once, and what has not changed is not sent again.
constexpr std::string_view looked_after = "public, no-cache";

pages::Place place_of(Route const* route, Request const& request, Language language)
{
    using pages::Kind;
    constexpr std::pair<std::string_view, Kind> forms[] = {{"/ask/feedback", Kind::feedback}, {"/ask/forget", Kind::forget}, {"/", Kind::home}};
    if (!route)
        return {Kind::none, language, std::string(request.path.substr(std::min<std::size_t>(1, request.path.size())))};
    if (route->path == "/facts/{id}" || route->path == "/faq/{id}")
        return {route->path == "/faq/{id}" ? Kind::topic : Kind::entity, language, std::string(id_in(*route, request.path))};
    for (auto const& [path, kind] : forms)
        if (route->path == path)
            return {kind, language, {}};
    return {Kind::ask, language, {}};
}

unsigned seconds_to_wait(Response const& response)
{
    constexpr std::string_view field = "Retry-After: ";
    auto const at = response.fields.find(field);
    unsigned seconds = 0;
    if (at != std::string::npos)
        std::from_chars(response.fields.data() + at + field.size(), response.fields.data() + response.fields.size(), seconds);
    return seconds;
}

}  // namespace

Language language_of(Query const& parameters, Request const& request)
{
    if (auto const named = language_from_code(parameters.text("lang")))
        return *named;
    return preferred_language(request.header(Known::accept_language).value).value_or(Language::fr);
}

Result<PageView> page_view(Context& context, Language language)
{
    auto const knowledge = context.backend.knowledge();
    if (!knowledge)
        return knowledge.error();
    return PageView{context.shared.pages.site(*knowledge, today_here(), context.backend.standing()), pages::Addresses::of_server(context.shared.options.public_url), language};
}

std::string origin_of(Context const& context, Request const& request)
{
    auto origin = context.shared.options.public_url;
    while (origin.ends_with('/'))
        origin.pop_back();
    return origin.empty() ? "http://" + std::string(request.header(Known::host).value) : origin;
}

void send_shared(Context& context, PageView const& page, Request const& request, Response& response, std::string const& key,
                 std::function<std::string()> const& make, std::string_view type)
{
    auto const stored = context.shared.pages.page(*page.site, key, make);
    auto const coding = accepts(request.header(Known::accept_encoding).value, Coding::gzip) ? Coding::gzip : Coding::identity;
    response.content_type = type;
    response.cache_control = looked_after;
    if (type == html_type)
        response.policy = pages::page_policy;
    response.add_field("Vary", "Accept-Encoding, Accept-Language");
    response.add_field("ETag", entity_tag(stored->hash, coding));
    if (has_tag(request.header(Known::if_none_match).value, stored->hash)) {
        response.status = 304;
        return;
    }
    if (coding == Coding::gzip)
        response.add_field("Content-Encoding", name(coding));
    response.body = coding == Coding::gzip ? stored->gzip : make();
}

void send_private(Response& response, std::string html)
{
    response.content_type = html_type;
    response.policy = pages::page_policy;
    response.body = std::move(html);
}

void compress(Request const& request, Response& response)
{
    response.add_field("Vary", "Accept-Encoding, Accept-Language");
    if (!accepts(request.header(Known::accept_encoding).value, Coding::gzip))
        return;
    response.add_field("Content-Encoding", name(Coding::gzip));
    response.body = gzip(response.body);
}

bool is_for_people(Request const& request, Route const* route)
{
    auto const accepted = request.header(Known::accept).value;
    bool const html = accepted.find("text/html") != std::string_view::npos;
    if (route)
        return route->page && (html || accepted.find("json") == std::string_view::npos);
    return html && !request.path.starts_with("/api/") && !request.path.starts_with("/webhooks/") && !channel_of_area(request.path);
}

void explain_as_page(Context& context, Route const* route, Request const& request, Response& response)
{
    auto const query = Query::parse(request.query);
    auto const language = language_of(query ? *query : Query(), request);
    auto const page = page_view(context, language);
    if (!page)
        return;  // then the words for programs have to do
    send_private(response, pages::notice_page(page->view(), place_of(route, request, language), response.status, seconds_to_wait(response)));
}

}  // namespace immunobot::server
