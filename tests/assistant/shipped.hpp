// An Assistant of the shipped intents and data, made once per process: it takes about a second.
#pragma once

#include "assistant/assistant.hpp"

#include <string>

namespace immunobot::assistant::tests {

Assistant& shipped_bot();

// One question to it, on a fixed day; the tests' own thread alone.
Reply ask(std::string text, std::string conversation = {});

}  // namespace immunobot::assistant::tests
