#include "server/problem.hpp"

#include "channels/strict_json.hpp"

#include <array>

namespace immunobot::server {
namespace {

// In the order of enum Problem.
constexpr std::array<ProblemText, static_cast<std::size_t>(Problem::count)> texts{{
    {200, "none", "OK", ""},
    {400, "bad-request", "Bad request", "The request is not well-formed."},
    {400, "bad-host", "Bad Host header", "A request needs exactly one valid Host header."},
    {400, "bad-framing", "Bad message framing", "The length of the body is not stated in a valid way."},
    {400, "bad-target", "Bad request target", "The request target must be a path that begins with '/'."},
    {401, "unauthorized", "Unauthorized", "The proof of origin is missing, wrong or out of date."},
    {403, "forbidden-origin", "Origin not allowed", "Pages of this origin may not use this service."},
    {403, "forbidden-host", "Host not allowed", "This service is not to be reached under this name."},
    {404, "not-found", "Not found", "There is nothing at this address."},
    {405, "method-not-allowed", "Method not allowed", "This address does not support the method."},
    {408, "timeout", "Request timeout", "The request did not arrive in time."},
    {409, "duplicate", "Already in progress", "A delivery with the same id is being answered."},
    {413, "payload-too-large", "Payload too large", "The body is larger than this service accepts."},
    {414, "uri-too-long", "URI too long", "The request target is longer than this service accepts."},
    {415, "unsupported-media-type", "Unsupported media type", "The body must be application/json in UTF-8."},
    {415, "unsupported-coding", "Unsupported content coding", "Compressed bodies are not accepted."},
    {417, "expectation-failed", "Expectation failed", "Only the expectation 100-continue is supported."},
    {426, "upgrade-required", "Upgrade required", "This address speaks WebSocket, version 13."},
    {400, "question-too-long", "Question too long", "A question may have at most 2000 characters."},
    {400, "invalid-field", "Invalid field", "A field of the request is not valid."},
    {429, "too-many-requests", "Too many requests", "Too many requests from your address; please wait a moment."},
    {431, "header-too-large", "Header fields too large", "The header of the request is larger than this service accepts."},
    {500, "internal", "Internal error", "Something went wrong on our side; it has been noted."},
    {501, "method-unknown", "Method not implemented", "The method is not known to this service."},
    {503, "unavailable", "Temporarily unavailable", "The service cannot answer just now; please try again soon."},
}};

}  // namespace

ProblemText const& text_of(Problem problem)
{
    return texts[static_cast<std::size_t>(problem)];
}

void append_problem(std::string& out, Problem problem, std::string_view detail)
{
    auto const& text = text_of(problem);
    out += "{\"type\":\"urn:immunobot:problem:";
    out.append(text.slug).append("\",\"title\":\"").append(text.title).append("\",\"status\":");
    out += std::to_string(text.status);
    out += ",\"detail\":";
    channels::append_quoted(out, detail.empty() ? text.detail : detail);
    out += '}';
}

std::string_view reason_phrase(int status)
{
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 413: return "Content Too Large";
        case 414: return "URI Too Long";
        case 415: return "Unsupported Media Type";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 426: return "Upgrade Required";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        default: return "Unknown";
    }
}

}  // namespace immunobot::server
