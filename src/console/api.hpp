// The staff's routes for programs, under /api/v1/staff: JSON, and a token instead of a session. Each with the least role
// that its token must have, in one table.
#pragma once

#include "console/console.hpp"

#include <span>
#include <string_view>

namespace immunobot::console {

struct ApiRoute {
    bool post = false;
    std::string_view path;        // "{id}" at the end stands for what has no '/' in it
    staff::Role role = staff::Role::viewer;
    std::string_view name;        // in the table of the server
};

std::span<ApiRoute const> api_routes();

bool is_api_path(std::string_view path);

Response answer_api(staff::Desk& desk, Request const& request);

}  // namespace immunobot::console
