#include "staff/variables.hpp"

#include "knowledge/fragments.hpp"
#include "text/trim.hpp"

#include <optional>

namespace immunobot::staff {
namespace {

struct Part {
    std::string_view before;             // plain text
    std::optional<std::string_view> name = {};   // what stands in the braces behind it
    std::string_view braces = {};        // with them
};

// The next piece of text, which is taken from `rest`.
Part take_part(std::string_view& rest)
{
    auto const open = rest.find("{{");
    auto const close = open == std::string_view::npos ? open : rest.find("}}", open);
    if (close == std::string_view::npos) {
        Part const all{rest};
        rest = {};
        return all;
    }
    Part const part{rest.substr(0, open), text::trimmed(rest.substr(open + 2, close - open - 2)), rest.substr(open, close + 2 - open)};
    rest.remove_prefix(close + 2);
    return part;
}

std::string const* value_of(std::string_view name, Variables const& variables)
{
    return name == "today" ? &variables.today : name == "name" ? &variables.name : name == "link" ? &variables.link : nullptr;
}

}  // namespace

std::string filled(std::string_view text, Variables const& variables)
{
    std::string out;
    while (!text.empty()) {
        auto const part = take_part(text);
        out += part.before;
        if (!part.name)
            continue;
        auto const* value = value_of(*part.name, variables);
        out += value ? std::string_view(*value) : part.braces;
    }
    return out;
}

bool has_variables(std::string_view text)
{
    while (!text.empty())
        if (auto const part = take_part(text); part.name && !knowledge::is_fact_id(*part.name))
            return true;
    return false;
}

bool knows_variables(std::string_view text)
{
    while (!text.empty())
        if (auto const part = take_part(text); part.name && !value_of(*part.name, {}) && !knowledge::is_fact_id(*part.name))
            return false;
    return true;
}

}  // namespace immunobot::staff
