#include "server/query.hpp"

#include "text/utf8.hpp"

#include <boost/url/params_encoded_view.hpp>
#include <boost/url/parse_query.hpp>

#include <charconv>

namespace immunobot::server {
namespace {

Error bad_query(std::string_view why)
{
    return Error{Errc::bad_request, std::string(why)};
}

}  // namespace

Result<Query> Query::parse(std::string_view text)
{
    Query query;
    if (text.empty())
        return query;
    auto const parsed = boost::urls::parse_query({text.data(), text.size()});
    if (!parsed)
        return bad_query("the query string is not well-formed");
    for (auto const& parameter : *parsed) {
        auto name = parameter.key.decode();
        auto value = parameter.value.decode(boost::urls::encoding_opts(true));
        if (!text::is_valid_utf8(name) || !text::is_valid_utf8(value))
            return bad_query("the query string is not UTF-8");
        for (auto const& [known, unused] : query.parameters_)
            if (known == name)
                return bad_query("a parameter occurs twice in the query string");
        query.parameters_.emplace_back(std::move(name), std::move(value));
        if (query.parameters_.size() > 32)
            return bad_query("the query string has more than 32 parameters");
    }
    return query;
}

std::string_view Query::text(std::string_view name) const&
{
    for (auto const& [known, value] : parameters_)
        if (known == name)
            return value;
    return {};
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
