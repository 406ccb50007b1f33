// A call to another service, and what it answered.
#pragma once

#include "base/error.hpp"

#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace immunobot::server {

struct WebCall {
    std::string method = "POST";
    std::string url;
    std::vector<std::pair<std::string, std::string>> fields = {};
    std::string content_type = "application/json; charset=utf-8";
    std::string body = {};
    bool head_only = false;         // the body is not waited for
    bool private_allowed = false;   // the operator configured this very host: it may be of this machine or network
};

struct WebAnswer {
    int status = 0;
    std::string retry_after;   // the field's value
    std::string body;
};

struct WebOptions {
    std::chrono::milliseconds patience{10'000};
    std::size_t longest_answer = 256 * 1024;
    std::string authorities;   // file with certificates of authorities besides the system's; empty: none
};

// Makes one call and waits for its answer, on the caller's thread; fails like WebClient.
Result<WebAnswer> call_and_wait(WebCall call, WebOptions options = {});

}  // namespace immunobot::server
