// Which of our languages a browser asks for. Pure; any thread.
#pragma once

#include "base/language.hpp"

#include <optional>
#include <string_view>

namespace immunobot::server {

// The language of the highest weight in the field Accept-Language, the first of equals; nothing if none is ours.
std::optional<Language> preferred_language(std::string_view accept_language);

}  // namespace immunobot::server
