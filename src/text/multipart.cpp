#include "text/multipart.hpp"

#include <algorithm>

namespace immunobot::text {
namespace {

constexpr std::string_view type = "multipart/form-data";
constexpr std::size_t longest_boundary = 70;   // RFC 2046
constexpr std::string_view line_end = "\r\n";

Error malformed()
{
    return {Errc::bad_request, "the form is not well-formed"};
}

char small(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool begins_like(std::string_view text, std::string_view beginning)
{
    return text.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), text.begin(), [](char a, char b) { return small(a) == small(b); });
}

// NAME="VALUE" or NAME=VALUE behind a ';'. `found` tells an empty value from none.
std::string_view parameter(std::string_view header, std::string_view name, bool& found)
{
    found = false;
    for (auto at = header.find(';'); at != std::string_view::npos; at = header.find(';', at)) {
        auto rest = header.substr(++at);
        rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size()));
        if (!begins_like(rest, name) || rest.size() == name.size() || rest[name.size()] != '=')
            continue;
        found = true;
        rest.remove_prefix(name.size() + 1);
        if (rest.starts_with('"'))
            return rest.substr(1, rest.find('"', 1) - 1);
        return rest.substr(0, rest.find_first_of("; \t"));
    }
    return {};
}

// The header lines of a part, up to the empty one; of them only what the part is called counts.
Result<FormPart> read_part(std::string_view text)
{
    auto const end = text.find("\r\n\r\n");
    if (end == std::string_view::npos)
        return malformed();
    FormPart part;
    part.bytes = text.substr(end + 4);
    bool named = false;
    for (auto head = text.substr(0, end); !head.empty();) {
        auto const stop = std::min(head.find(line_end), head.size());
        auto const line = head.substr(0, stop);
        if (begins_like(line, "content-disposition:")) {
            part.name = parameter(line, "name", named);
            static_cast<void>(parameter(line, "filename", part.is_file));
        }
        head.remove_prefix(std::min(stop + line_end.size(), head.size()));
    }
    if (!named)
        return malformed();
    return part;
}

}  // namespace

bool is_multipart(std::string_view content_type)
{
    return begins_like(content_type, type) && (content_type.size() == type.size() || content_type[type.size()] == ';' || content_type[type.size()] == ' ');
}

Result<> each_form_part(std::string_view content_type, std::string_view body, std::function<Result<>(FormPart const&)> const& take)
{
    bool found = false;
    auto const boundary = parameter(content_type, "boundary", found);
    if (!is_multipart(content_type) || boundary.empty() || boundary.size() > longest_boundary)
        return malformed();
    std::string const mark = "\r\n--" + std::string(boundary);
    // The first mark has no line before it.
    if (!body.starts_with(std::string_view(mark).substr(2)))
        return malformed();
    body.remove_prefix(mark.size() - 2);
    while (body.starts_with(line_end)) {
        body.remove_prefix(line_end.size());
        auto const end = body.find(mark);
        if (end == std::string_view::npos)
            return malformed();
        auto const part = read_part(body.substr(0, end));
        if (!part)
            return part.error();
        if (auto taken = take(*part); !taken)
            return taken;
        body.remove_prefix(end + mark.size());
    }
    return body.starts_with("--") ? Result<>() : Result<>(malformed());
}

}  // namespace immunobot::text
