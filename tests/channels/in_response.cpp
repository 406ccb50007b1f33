#include "in_response.hpp"

#include <boost/json/parse.hpp>
#include <catch2/catch.hpp>

#include <stdexcept>

namespace immunobot::channels::in_response {

using assistant::Reply;
namespace json = boost::json;

Route const& route(std::string_view name)
{
    for (auto const* channel : all_channels())
        for (auto const& one : channel->routes)
            if (one.name == name)
                return one;
    throw std::runtime_error("no such route");
}

Settings settings()
{
    Settings all;
    all.set("bot_username", {"immunobot"});
    all.set("bot_id", {"42"});
    all.set("application_id", {"app"});
    all.set("audience", {"https://bot.example.org/webhooks/googlechat"});
    return all;
}

Parsed parsed(std::string_view name, std::string_view body, std::string_view type)
{
    Header const header{"content-type", type};
    auto const made = route(name).parse({body, {&header, 1}, 1'767'605'400}, settings());
    REQUIRE(made.has_value());
    return *made;
}

std::string taken(std::string_view name, std::string_view body, std::string_view type)
{
    auto const made = parsed(name, body, type);
    if (!std::holds_alternative<std::vector<Incoming>>(made))
        return "";
    auto const& message = std::get<std::vector<Incoming>>(made).at(0);
    return message.wish == Incoming::Wish::help ? "(help)" : message.question.text;
}

Incoming message(std::string_view name, std::string_view body, std::string_view type)
{
    return std::get<std::vector<Incoming>>(parsed(name, body, type)).at(0);
}

Reply reply(std::size_t suggestions)
{
    Reply out;
    out.id = "r1";
    out.answer = "It is *here* & <there>.\nCall @all.";
    out.sources = {{"s", "Site [1]", "https://example.org/a_b", "", "2026-11-23"}};
    for (std::size_t i = 0; i < suggestions; ++i)
        out.suggestions.push_back({"Which hospitals " + std::to_string(i) + "?", "Which hospitals are members, number " + std::to_string(i) + "?"});
    return out;
}

json::object rendered(std::string_view name, Incoming const& incoming, Reply const& given, Settings const& with)
{
    HttpAnswer answer;
    route(name).render(answer, incoming, given, with);
    CHECK(answer.status == 200);
    CHECK(answer.content_type.starts_with("application/json"));
    return json::parse(answer.body).as_object();
}

std::string text(json::object const& object, char const* name)
{
    return std::string(object.at(name).as_string());
}

}  // namespace immunobot::channels::in_response
