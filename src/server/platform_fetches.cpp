#include "server/platform_fetches.hpp"

#include "server/web_address.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <spdlog/spdlog.h>

#include <string_view>
#include <utility>

namespace immunobot::server {
namespace {

namespace json = boost::json;

std::string_view text_in(json::value const& document, std::string_view name)
{
    auto const* object = document.if_object();
    auto const* value = object ? object->if_contains({name.data(), name.size()}) : nullptr;
    auto const* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

json::value parsed(std::string const& body)
{
    boost::system::error_code failed;
    auto document = json::parse(body, failed);
    return failed ? json::value() : document;
}

}  // namespace

boost::asio::awaitable<Result<FetchedToken>> fetch_token(WebClient& client, channels::TokenRequest const& request)
{
    WebCall web;
    web.url = request.url;
    web.content_type = "application/x-www-form-urlencoded";
    web.body = request.form;
    web.private_allowed = true;
    auto const answer = co_await client.call(std::move(web));
    if (!answer)
        co_return answer.error();
    auto const document = parsed(answer->body);
    FetchedToken fetched;
    fetched.token = text_in(document, "access_token");
    if (answer->status != 200 || fetched.token.empty())
        co_return Error{Errc::busy, "no token: status " + std::to_string(answer->status)};
    auto const* lifetime = document.as_object().if_contains("expires_in");
    fetched.lifetime = lifetime && lifetime->is_int64() ? lifetime->get_int64() : 0;
    co_return fetched;
}

// Directly, or by way of an OpenID configuration that says where they are.
boost::asio::awaitable<void> put_fetched_keys(WebClient* client, channels::Channel const* channel, std::shared_ptr<channels::Settings const> settings, PlatformKeys* keys)
{
    std::string found;
    std::string url(settings->one(channel->keys_setting));
    bool configured = true;
    for (int step = 0; step < 2 && found.empty() && !url.empty(); ++step) {
        WebCall web;
        web.method = "GET";
        web.url = url;
        web.private_allowed = configured;
        auto const answer = co_await client->call(std::move(web));
        auto const document = answer && answer->status == 200 ? parsed(answer->body) : json::value();
        if (document.is_object() && document.get_object().contains("keys"))
            found = answer->body;
        auto const first = parse_web_address(url);
        url = text_in(document, "jwks_uri");
        auto const next = parse_web_address(url);
        configured = first && next && first->same_origin(*next);
    }
    if (found.empty())
        spdlog::warn("the platform's keys cannot be fetched channel={}", channel->name);
    keys->put(*channel, settings->one(channel->keys_setting), std::move(found), PlatformKeys::Clock::now());
}

}  // namespace immunobot::server
