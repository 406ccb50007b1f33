#include "server/exchange.hpp"

namespace immunobot::server {
namespace {

constexpr std::size_t kept_memory = 16 * 1024;

// On every answer, so that no browser takes it for something else.
constexpr std::string_view always =
    "X-Content-Type-Options: nosniff\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Content-Security-Policy: ";

void empty(std::string& text)
{
    text.clear();
    if (text.capacity() > kept_memory)
        text.shrink_to_fit();
}

}  // namespace

std::string_view name(Method method)
{
    constexpr std::string_view names[] = {"GET", "HEAD", "POST", "OPTIONS", "PUT",
                                          "PATCH", "DELETE", "TRACE", "CONNECT", "other"};
    return names[static_cast<std::size_t>(method)];
}

void Response::clear()
{
    status = 200;
    content_type = json_type;
    cache_control = "no-store";
    policy = no_page_policy;
    close = false;
    stream.reset();
    empty(body);
    empty(fields);
}

void Response::add_field(std::string_view field_name, std::string_view value)
{
    fields.append(field_name).append(": ").append(value).append("\r\n");
}

void Response::fail(Problem problem, std::string_view detail)
{
    status = text_of(problem).status;
    content_type = problem_type;
    policy = no_page_policy;
    body.clear();
    append_problem(body, problem, detail);
}

bool is_bodiless(int status)
{
    return status == 204 || status == 304;
}

void append_head(std::string& out, Response const& response, std::string_view date)
{
    out += "HTTP/1.1 ";
    out += std::to_string(response.status);
    out += ' ';
    out.append(reason_phrase(response.status)).append("\r\nDate: ").append(date).append("\r\n");
    if (!is_bodiless(response.status)) {
        out.append("Content-Type: ").append(response.content_type).append("\r\nContent-Length: ");
        out += std::to_string(response.body.size());
        out += "\r\n";
    }
    out.append("Cache-Control: ").append(response.cache_control).append("\r\n").append(always).append(response.policy).append("\r\n");
    out += response.fields;
    out += response.close ? "Connection: close\r\n\r\n" : "\r\n";
}

}  // namespace immunobot::server
