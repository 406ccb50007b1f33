// How the program logs: one line per event on standard error, as text or as JSON, control characters escaped.
// A message is a fixed sentence followed by key=value pairs; the JSON form makes the pairs members.
#pragma once

#include <string>
#include <string_view>

namespace immunobot::server {

enum class LogFormat { text, json };

// Sets the default logger of the process. Before any thread logs.
void set_up_logging(LogFormat format, std::string_view level = "info");

// Writes what still waits. At the end of main.
void shut_down_logging();

// The body of a log line in each form, without time and level; for the formatter and its test.
std::string escaped_text(std::string_view message);
std::string json_members(std::string_view message);  // "message":"...","key":"value",...

}  // namespace immunobot::server
