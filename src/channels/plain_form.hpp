// A message in the plainest form a platform has, for when it refused marks or buttons: the words are what matters. Works on
// the bodies that our own compose() wrote. Pure; any thread.
#pragma once

#include "channels/channel.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::channels {

// The body of a call; an empty object if it is none.
boost::json::object body_of(Call const& call);

// `text`, and below it the labels of what were buttons, numbered: a number is understood as an answer.
std::string with_numbers(std::string text, std::vector<std::string_view> const& labels);

// What answer_text() wrote for Markup::html, without marks: a link is its label with the address behind it.
std::string without_html(std::string_view text);

}  // namespace immunobot::channels
