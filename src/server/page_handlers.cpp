// The pages: /, /faq, /facts, and what search engines ask for.

#include "server/handlers.hpp"

#include "pages/facts.hpp"
#include "pages/faq.hpp"
#include "pages/home.hpp"
#include "pages/open_data.hpp"
#include "pages/sitemap.hpp"
#include "server/page_view.hpp"
#include "text/utf8.hpp"

namespace immunobot::server {
namespace {

// The page of a request, in its language; nothing when the failure has been written into `response`.
std::optional<PageView> open(Context& context, Request const& request, Response& response, Query& query)
{
    auto parsed = Query::parse(request.query);
    if (!parsed) {
        explain(response, parsed.error());
        return std::nullopt;
    }
    query = std::move(*parsed);
    auto page = page_view(context, language_of(query, request));
    if (!page) {
        explain(response, page.error());
        return std::nullopt;
    }
    return std::move(*page);
}

std::optional<PageView> open(Context& context, Request const& request, Response& response)
{
    Query query;
    return open(context, request, response, query);
}

std::string key_of(PageView const& page, pages::Place const& place)
{
    return page.addresses.path(place);
}

void send_index(Context& context, PageView page, Request const& request, Response& response, Language language)
{
    page.language = language;
    send_shared(context, page, request, response, key_of(page, {pages::Kind::faq_index, language, {}}), [&] { return pages::faq_index(page.view()); },
                "text/javascript; charset=utf-8");
}

}  // namespace

void get_home(Context& context, Route const&, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    auto const origin = origin_of(context, request);
    auto const health = context.shared.services.health();
    send_private(response, pages::home_page(page->view(), {origin, health.ready && health.problems.empty(), context.shared.options.docs_url, context.shared.options.contact_url}));
    response.policy = pages::framing_policy;
    compress(request, response);
}

void get_preview(Context& context, Route const&, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    send_private(response, pages::preview_page(page->view()));
    response.policy = pages::framed_policy;
}

void get_faq(Context& context, Route const&, Request const& request, Response& response)
{
    Query query;
    auto const page = open(context, request, response, query);
    if (!page)
        return;
    auto const words = query.text("q");
    if (text::length(words) > pages::longest_search)
        return response.fail(Problem::invalid_field, "parameter \"q\" is longer than 200 characters");
    if (words.find_first_not_of(" \t\r\n") != std::string_view::npos)
        return send_private(response, pages::faq_results(page->view(), words));
    send_shared(context, *page, request, response, key_of(*page, {pages::Kind::faq, page->language, {}}), [&] { return pages::faq_page(page->view()); });
}

void get_faq_part(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    auto const id = id_in(route, request.path);
    for (auto const language : {Language::en, Language::fr})
        if (id == "index." + std::string(code(language)) + ".js")
            return send_index(context, *page, request, response, language);
    auto const* topic = page->site->topic(id);
    if (!topic)
        return response.fail(Problem::not_found);
    send_shared(context, *page, request, response, key_of(*page, {pages::Kind::topic, page->language, std::string(id)}),
                [&] { return pages::topic_page(page->view(), *topic); });
}

void get_facts_page(Context& context, Route const&, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    send_shared(context, *page, request, response, key_of(*page, {pages::Kind::facts, page->language, {}}), [&] { return pages::facts_page(page->view()); });
}

void get_entity_page(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    auto const* entity = page->site->entity(id_in(route, request.path));
    if (!entity)
        return response.fail(Problem::not_found);
    send_shared(context, *page, request, response, key_of(*page, {pages::Kind::entity, page->language, entity->id}),
                [&] { return pages::entity_page(page->view(), *entity); });
}

void get_open_data(Context& context, Route const& route, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    auto const name = route.path.substr(route.path.rfind('/') + 1);
    // Anybody may use open data, whatever page asks for it.
    response.add_field("Access-Control-Allow-Origin", "*");
    response.add_field("Link", "<" + std::string(pages::licence_address) + ">; rel=\"license\"");
    for (auto const& form : pages::data_forms())
        if (form.name == name)
            return send_shared(context, *page, request, response, key_of(*page, {pages::Kind::data, page->language, std::string(name)}),
                               [&] { return form.write(*page->site, page->addresses); }, form.type);
    response.fail(Problem::not_found);
}

void get_sitemap(Context& context, Route const&, Request const& request, Response& response)
{
    auto const page = open(context, request, response);
    if (!page)
        return;
    response.content_type = "application/xml; charset=utf-8";
    response.cache_control = "public, max-age=3600";
    response.body = pages::sitemap(*page->site, pages::Addresses::of_server(origin_of(context, request)));
}

void get_robots(Context& context, Route const&, Request const& request, Response& response)
{
    response.content_type = "text/plain; charset=utf-8";
    response.cache_control = "public, max-age=3600";
    response.body = pages::robots(pages::Addresses::of_server(origin_of(context, request)));
}

}  // namespace immunobot::server
