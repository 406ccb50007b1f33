// Everything that can be wrong with a request, with its status and its wording, in one table.
// The texts are generic: no SQL, no paths, no versions, nothing of what was sent.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace immunobot::server {

enum class Problem : std::uint8_t {
    none,
    bad_request,
    bad_host,
    bad_framing,
    bad_target,
    unauthorized,
    forbidden_origin,
    forbidden_host,
    not_found,
    method_not_allowed,
    timeout,
    duplicate,
    payload_too_large,
    uri_too_long,
    unsupported_media_type,
    unsupported_coding,
    expectation_failed,
    upgrade_required,
    question_too_long,
    invalid_field,
    too_many_requests,
    header_too_large,
    internal,
    method_unknown,
    unavailable,
    count
};

struct ProblemText {
    int status;
    std::string_view slug;    // the last part of the type
    std::string_view title;
    std::string_view detail;
};

ProblemText const& text_of(Problem problem);

// The type of a problem document: "urn:immunobot:problem:" and the slug.
void append_problem(std::string& out, Problem problem, std::string_view detail);

// The phrase that goes with a status code in the status line.
std::string_view reason_phrase(int status);

}  // namespace immunobot::server
