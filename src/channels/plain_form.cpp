#include "channels/plain_form.hpp"

#include "channels/texts.hpp"

#include <boost/json/parse.hpp>

#include <utility>

namespace immunobot::channels {

namespace json = boost::json;

namespace {

constexpr std::string_view link_begins = "<a href=\"";

}  // namespace

json::object body_of(Call const& call)
{
    boost::system::error_code failed;
    auto body = json::parse(call.body, failed);
    return !failed && body.is_object() ? std::move(body.get_object()) : json::object();
}

std::string with_numbers(std::string text, std::vector<std::string_view> const& labels)
{
    int number = 0;
    for (auto const label : labels) {
        text += number == 0 ? "\n\n" : "\n";
        text.append(std::to_string(++number)).append(". ").append(label);
    }
    return text;
}

std::string without_html(std::string_view text)
{
    std::string out;
    std::string address;
    while (!text.empty()) {
        auto const begin = text.find('<');
        out += text.substr(0, begin);
        auto const end = begin == std::string_view::npos ? begin : text.find('>', begin);
        if (end == std::string_view::npos)
            break;
        auto const tag = text.substr(begin, end - begin);
        if (tag.starts_with(link_begins))
            address = tag.substr(link_begins.size(), tag.rfind('"') - link_begins.size());
        else if (tag == "</a" && !address.empty())
            out.append(" (").append(std::exchange(address, {})).append(")");
        text.remove_prefix(end + 1);
    }
    return entities_decoded(out);
}

}  // namespace immunobot::channels
