// The tests that stand in the intent files: asked of the whole program, judged, and reported.
#pragma once

#include "assistant/assistant.hpp"
#include "intents/intent.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace immunobot::app {

// One question of a test and how it went.
struct TestOutcome {
    intents::Intent const* intent = nullptr;
    intents::IntentTest const* test = nullptr;
    std::string fault;    // what is wrong with the reply; empty: nothing
    std::string answer;
    double seconds = 0;
};

// What is wrong with `reply`, judged by `test`; empty when all is as wanted.
std::string fault(intents::IntentTest const& test, assistant::Reply const& reply);

// Asks the tests of the intents with `pattern` in their name, follow-ups in their conversation. The outcomes point into `intents`.
std::vector<TestOutcome> run_tests(assistant::Assistant::Worker& worker, std::vector<intents::Intent> const& intents, std::string_view pattern);

// The outcomes in the XML of JUnit, which build servers read: a suite for each intent, a case for each question.
std::string junit(std::vector<TestOutcome> const& outcomes);

}  // namespace immunobot::app
