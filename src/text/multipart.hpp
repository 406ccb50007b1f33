// multipart/form-data, as browsers send forms with a file in them. Pure; any thread.
#pragma once

#include "base/error.hpp"

#include <functional>
#include <string>
#include <string_view>

namespace immunobot::text {

struct FormPart {
    std::string_view name;
    bool is_file = false;
    std::string_view bytes;   // as sent
};

// Whether the type of a body is multipart/form-data.
bool is_multipart(std::string_view content_type);

// Calls `take` for each part in turn; the views live as long as `body`. Errc::bad_request for what is not well-formed.
Result<> each_form_part(std::string_view content_type, std::string_view body, std::function<Result<>(FormPart const&)> const& take);

}  // namespace immunobot::text
