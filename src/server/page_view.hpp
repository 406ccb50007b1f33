// What the handlers of pages share: the language of a request, the site of today, how a page is sent.
#pragma once

#include "pages/layout.hpp"
#include "server/context.hpp"
#include "server/exchange.hpp"
#include "server/query.hpp"

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace immunobot::server {

struct Route;

inline constexpr std::string_view html_type = "text/html; charset=utf-8";

// Keeps the site alive while a page is made from it.
struct PageView {
    std::shared_ptr<pages::Site const> site;
    pages::Addresses addresses;
    Language language;

    pages::View view() const { return {*site, addresses, language}; }
};

// The language named in `parameters`, or else the one that the browser prefers, or else French.
Language language_of(Query const& parameters, Request const& request);

// Fails with Errc::storage when the knowledge cannot be read.
Result<PageView> page_view(Context& context, Language language);

// Where the server is seen from outside: as configured, or else as this request names it.
std::string origin_of(Context const& context, Request const& request);

// A page that is the same for everybody: with an entity tag, compressed if the client takes that.
void send_shared(Context& context, PageView const& page, Request const& request, Response& response, std::string const& key,
                 std::function<std::string()> const& make, std::string_view type = html_type);

// A page for this visitor alone: nothing keeps it.
void send_private(Response& response, std::string html);

// For pages that hold nothing of what the request said: a secret beside it could be read from the length (BREACH).
void compress(Request const& request, Response& response);

// Whether people are to read what is wrong: pages say it as pages, unless the client asked for JSON alone; for what is at
// no address, and pages that do not take the method, the client has to have asked for HTML.
bool is_for_people(Request const& request, Route const* route);

// Puts what is wrong, which stands in `response` for programs, in the words of a page; Retry-After stays. `route` may be null.
void explain_as_page(Context& context, Route const* route, Request const& request, Response& response);

}  // namespace immunobot::server
