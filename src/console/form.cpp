#include "console/form.hpp"

#include "text/form_fields.hpp"
#include "text/multipart.hpp"
#include "text/utf8.hpp"

#include <algorithm>
#include <charconv>

namespace immunobot::console {
namespace {

constexpr std::size_t most_fields = 300;

}  // namespace

Result<Form> Form::parse(std::string_view text)
{
    Form form;
    auto const read = text::each_form_field(text, [&](std::string name, std::string value) -> Result<> {
        bool const has_nul = name.find('\0') != std::string::npos || value.find('\0') != std::string::npos;
        if (has_nul || form.fields_.size() == most_fields)
            return Error{Errc::bad_request, "the form is not well-formed"};
        form.fields_.emplace_back(std::move(name), std::move(value));
        return {};
    });
    if (!read)
        return read.error();
    return form;
}

Result<Form> Form::parse_parts(std::string_view content_type, std::string_view body)
{
    Form form;
    auto const read = text::each_form_part(content_type, body, [&](text::FormPart const& part) -> Result<> {
        bool const storable = part.is_file || (text::is_valid_utf8(part.bytes) && part.bytes.find('\0') == std::string_view::npos);
        if (!storable || !text::is_valid_utf8(part.name) || form.fields_.size() == most_fields)
            return Error{Errc::bad_request, "the form is not well-formed"};
        form.fields_.emplace_back(part.name, part.bytes);
        return {};
    });
    if (!read)
        return read.error();
    return form;
}

std::string_view Form::text(std::string_view name) const&
{
    for (auto const& [known, value] : fields_)
        if (known == name)
            return value;
    return {};
}

std::vector<std::string> Form::all(std::string_view name) const
{
    std::vector<std::string> out;
    for (auto const& [known, value] : fields_)
        if (known == name)
            out.push_back(value);
    return out;
}

std::vector<std::string> Form::lines(std::string_view name) const
{
    std::vector<std::string> out;
    auto rest = text(name);
    while (!rest.empty()) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto line = rest.substr(0, end);
        if (!line.empty() && line.back() == '\r')
            line.remove_suffix(1);
        if (line.find_first_not_of(" \t") != std::string_view::npos)
            out.emplace_back(line);
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

std::int64_t Form::number(std::string_view name) const
{
    auto const value = text(name);
    std::int64_t out = 0;
    auto const [end, failed] = std::from_chars(value.data(), value.data() + value.size(), out);
    return failed == std::errc() && end == value.data() + value.size() ? out : 0;
}

bool Form::has(std::string_view name) const
{
    return std::ranges::any_of(fields_, [&](auto const& field) { return field.first == name; });
}

}  // namespace immunobot::console
