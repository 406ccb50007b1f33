#include "knowledge/rows.hpp"
#include "knowledge/staff_store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

std::string text_of(json::object const& object, std::string_view name)
{
    auto const* value = object.if_contains(name);
    return value && value->is_string() ? std::string(value->as_string()) : std::string();
}

std::vector<std::string> list_of(json::object const& object, std::string_view name)
{
    std::vector<std::string> out;
    auto const* value = object.if_contains(name);
    if (value && value->is_array())
        for (auto const& item : value->as_array())
            if (item.is_string())
                out.emplace_back(item.as_string());
    return out;
}

}  // namespace

std::string to_json(Answer const& answer)
{
    auto value = json::parse(to_json(answer.entry)).as_object();
    if (answer.staff_only)
        value["audience"] = "staff";
    return json::serialize(value);
}

Result<Answer> answer_from_json(std::string_view text)
{
    json::error_code failed;
    auto const value = json::parse(text, failed);
    if (failed || !value.is_object())
        return Error{Errc::bad_data, "this is not an answer"};
    auto const& object = value.as_object();
    Answer answer;
    answer.entry = {text_of(object, "id"), list_of(object, "questions_en"), list_of(object, "questions_fr"),
                    {text_of(object, "answer_en"), text_of(object, "answer_fr")}, text_of(object, "entity"), text_of(object, "source"),
                    text_of(object, "valid_to"), text_of(object, "review_by")};
    answer.staff_only = text_of(object, "audience") == "staff";
    return answer;
}

}  // namespace immunobot::knowledge
