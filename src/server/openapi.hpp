// The description of the API (openapi.json of this folder), compiled in.
#pragma once

#include <string_view>

namespace immunobot::server {

extern std::string_view const openapi_document;

}  // namespace immunobot::server
