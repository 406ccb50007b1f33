// Channels that answer in the response, called directly: a delivery read, a reply written; with settings that are made up.
#pragma once

#include "channels/channel.hpp"

#include <boost/json/object.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace immunobot::channels::in_response {

Route const& route(std::string_view name);
Settings settings();

Parsed parsed(std::string_view name, std::string_view body, std::string_view type = "application/json");
// "" if it is ignored, "(help)" if it is a wish for help, else the question.
std::string taken(std::string_view name, std::string_view body, std::string_view type = "application/json");
Incoming message(std::string_view name, std::string_view body, std::string_view type = "application/json");

// What has signs of every markup in it, and that many suggestions.
assistant::Reply reply(std::size_t suggestions = 2);
boost::json::object rendered(std::string_view name, Incoming const& incoming, assistant::Reply const& given, Settings const& with = settings());
std::string text(boost::json::object const& object, char const* name);

// A delivery and what it is taken for.
struct Row {
    char const* what;
    std::string body;
    char const* expected;
};

}  // namespace immunobot::channels::in_response
