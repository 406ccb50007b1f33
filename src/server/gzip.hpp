// Compresses what is sent more than once. Any thread.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::server {

// `bytes` as a gzip file without name and time, so that equal bytes give equal bytes.
std::string gzip(std::string_view bytes);

}  // namespace immunobot::server
