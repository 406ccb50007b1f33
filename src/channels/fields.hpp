// Takes typed fields out of a JSON object from outside. Each failure is Errc::bad_request with a message
// that names the field and never repeats its value. Null counts as absent; unknown fields are not looked at.
#pragma once

#include "base/error.hpp"
#include "base/language.hpp"

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>

namespace immunobot::channels {

// Longest conversation id, in characters.
inline constexpr std::size_t longest_conversation = 128;

// Fails unless `value` is an object: a document of any other kind is of no use to any caller.
Result<boost::json::object const*> object_of(boost::json::value const& value);

// The text of field `name`; nothing if it is absent. The view lives as long as the object.
Result<std::optional<std::string_view>> optional_text(boost::json::object const& object, std::string_view name);

// Like optional_text, but fails when the field is absent or has nothing but white space in it.
Result<std::string_view> required_text(boost::json::object const& object, std::string_view name);

Result<std::optional<bool>> optional_flag(boost::json::object const& object, std::string_view name);

// An id of 1 to 128 characters without control characters; empty when absent or empty.
Result<std::string_view> conversation_id(boost::json::object const& object, std::string_view name);

// The language of field `name`; nothing when it is absent or not one of ours.
Result<std::optional<Language>> language_hint(boost::json::object const& object, std::string_view name);

// For what platforms send, where a field of another type is one we do not know: the value that a path of names leads to,
// or nothing (an empty text, null, false) when a step is absent or of another kind. Views live as long as the document.
using Path = std::initializer_list<std::string_view>;
boost::json::value const* value_at(boost::json::value const& document, Path path);
std::string_view text_at(boost::json::value const& document, Path path);
boost::json::object const* object_at(boost::json::value const& document, Path path);
// The items of an array; none for anything else.
std::span<boost::json::value const> items_at(boost::json::value const& document, Path path);
std::optional<std::int64_t> integer_at(boost::json::value const& document, Path path);
bool flag_at(boost::json::value const& document, Path path);
// The text of a member of an object that is no document, such as Incoming::where.
std::string_view text_in(boost::json::object const& object, std::string_view name);
// "/mi" -> "mi": a slash command as a platform names it.
std::string_view command_name(std::string_view said);
// An object passed for a document would be copied into one that does not live long enough.
boost::json::value const* value_at(boost::json::value&&, Path) = delete;
std::string_view text_at(boost::json::value&&, Path) = delete;
boost::json::object const* object_at(boost::json::value&&, Path) = delete;
std::span<boost::json::value const> items_at(boost::json::value&&, Path) = delete;

}  // namespace immunobot::channels
