#include "server/query.hpp"

#include "text/form_fields.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace immunobot::server {
namespace {

constexpr std::size_t most_parameters = 32;

}  // namespace

std::optional<std::string> path_part(std::string_view text)
{
    auto part = text::percent_decoded(text);
    bool const controls = part && std::ranges::any_of(*part, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
    return controls ? std::nullopt : std::move(part);
}

Result<Query> Query::parse(std::string_view text)
{
    auto form = channels::Form::parse(text, most_parameters);
    if (!form)
        return form.error();
    Query query;
    query.form_ = std::move(*form);
    return query;
}

Result<std::size_t> Query::number(std::string_view name, std::size_t otherwise, std::size_t least,
                                  std::size_t most) const
{
    auto const given = text(name);
    if (given.empty())
        return otherwise;
    std::size_t number = 0;
    auto const [end, failed] = std::from_chars(given.data(), given.data() + given.size(), number);
    if (failed != std::errc() || end != given.data() + given.size() || number < least || number > most)
        return Error{Errc::bad_request, "parameter \"" + std::string(name) + "\" must be a number from " +
                                            std::to_string(least) + " to " + std::to_string(most)};
    return number;
}

}  // namespace immunobot::server
