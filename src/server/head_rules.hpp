// The rules that a request's header must keep before anything else of it is looked at. Pure.
#pragma once

#include "server/exchange.hpp"

#include <string_view>

namespace immunobot::server {

// Problem::none if the request may go on to its body and its route. Everything else ends the connection:
// what follows on it cannot be told apart with certainty.
Problem check_head(Request const& request);

// A name or address with an optional port; nothing else.
bool is_valid_host(std::string_view host);

// Printable, begins with '/', only characters that RFC 3986 allows in path and query, whole escapes.
bool is_valid_target(std::string_view target);

// application/json, with no parameter but charset=utf-8.
bool is_json_type(std::string_view content_type);
// application/x-www-form-urlencoded, the same.
bool is_form_type(std::string_view content_type);

// Equal but for the case of ASCII letters.
bool same_letters(std::string_view one, std::string_view other);

}  // namespace immunobot::server
