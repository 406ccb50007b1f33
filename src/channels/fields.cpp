#include "channels/fields.hpp"

#include "text/utf8.hpp"

#include <boost/json/value.hpp>

#include <string>

namespace immunobot::channels {
namespace {

namespace json = boost::json;

std::string_view kind_name(json::value const& value)
{
    switch (value.kind()) {
        case json::kind::null: return "null";
        case json::kind::bool_: return "true or false";
        case json::kind::string: return "a string";
        case json::kind::array: return "an array";
        case json::kind::object: return "an object";
        default: return "a number";
    }
}

Error wrong_kind(std::string_view name, std::string_view wanted, json::value const& value)
{
    std::string message = "field \"";
    message.append(name).append("\" must be ").append(wanted).append(", not ").append(kind_name(value));
    return Error{Errc::bad_request, std::move(message)};
}

Error about(std::string_view name, std::string_view what)
{
    std::string message = "field \"";
    message.append(name).append("\" ").append(what);
    return Error{Errc::bad_request, std::move(message)};
}

json::value const* present(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains({name.data(), name.size()});
    return value && !value->is_null() ? value : nullptr;
}

bool is_control(char32_t code)
{
    return code < 0x20 || (code >= 0x7f && code < 0xa0) || code == 0x2028 || code == 0x2029;
}

}  // namespace

Result<json::object const*> object_of(json::value const& value)
{
    if (auto const* object = value.if_object())
        return object;
    return Error{Errc::bad_request, "the body must be a JSON object, not " + std::string(kind_name(value))};
}

Result<std::optional<std::string_view>> optional_text(json::object const& object, std::string_view name)
{
    auto const* value = present(object, name);
    if (!value)
        return std::optional<std::string_view>();
    auto const* text = value->if_string();
    if (!text)
        return wrong_kind(name, "a string", *value);
    return std::optional<std::string_view>({text->data(), text->size()});
}

Result<std::string_view> required_text(json::object const& object, std::string_view name)
{
    if (auto const* value = object.if_contains({name.data(), name.size()}); value && value->is_null())
        return wrong_kind(name, "a string", *value);
    auto const text = optional_text(object, name);
    if (!text)
        return text.error();
    if (!*text)
        return about(name, "is missing");
    if ((*text)->find_first_not_of(" \t\r\n") == std::string_view::npos)
        return about(name, "is empty");
    return **text;
}

Result<std::optional<bool>> optional_flag(json::object const& object, std::string_view name)
{
    auto const* value = present(object, name);
    if (!value)
        return std::optional<bool>();
    if (!value->is_bool())
        return wrong_kind(name, "true or false", *value);
    return std::optional<bool>(value->get_bool());
}

Result<std::string_view> conversation_id(json::object const& object, std::string_view name)
{
    auto const id = optional_text(object, name);
    if (!id)
        return id.error();
    if (!*id)
        return std::string_view();
    if (text::length(**id) > longest_conversation)
        return about(name, "is longer than 128 characters");
    for (std::size_t at = 0; at < (*id)->size();)
        if (is_control(text::next_code_point(**id, at)))
            return about(name, "has a control character in it");
    return **id;
}

Result<std::optional<Language>> language_hint(json::object const& object, std::string_view name)
{
    auto const code = optional_text(object, name);
    if (!code)
        return code.error();
    return *code ? language_from_code(**code) : std::optional<Language>();
}

json::value const* value_at(json::value const& document, Path path)
{
    auto const* value = &document;
    for (auto const name : path) {
        auto const* object = value->if_object();
        value = object ? object->if_contains({name.data(), name.size()}) : nullptr;
        if (!value)
            return nullptr;
    }
    return value;
}

std::string_view text_at(json::value const& document, Path path)
{
    auto const* value = value_at(document, path);
    auto const* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

json::object const* object_at(json::value const& document, Path path)
{
    auto const* value = value_at(document, path);
    return value ? value->if_object() : nullptr;
}

std::span<json::value const> items_at(json::value const& document, Path path)
{
    auto const* value = value_at(document, path);
    auto const* array = value ? value->if_array() : nullptr;
    return array ? std::span(array->data(), array->size()) : std::span<json::value const>();
}

std::optional<std::int64_t> integer_at(json::value const& document, Path path)
{
    auto const* value = value_at(document, path);
    if (!value)
        return std::nullopt;
    if (auto const* number = value->if_int64())
        return *number;
    return std::nullopt;
}

bool flag_at(json::value const& document, Path path)
{
    auto const* value = value_at(document, path);
    auto const* flag = value ? value->if_bool() : nullptr;
    return flag && *flag;
}

std::string_view text_in(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains({name.data(), name.size()});
    auto const* text = value ? value->if_string() : nullptr;
    return text ? std::string_view(text->data(), text->size()) : std::string_view();
}

std::string_view command_name(std::string_view said)
{
    return said.starts_with('/') ? said.substr(1) : said;
}

}  // namespace immunobot::channels
