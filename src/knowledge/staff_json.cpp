#include "knowledge/rows.hpp"
#include "knowledge/staff_store.hpp"

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

}  // namespace

std::string to_json(Answer const& answer)
{
    auto value = json::parse(to_json(answer.entry)).as_object();
    if (answer.staff_only)
        value["audience"] = "staff";
    if (!answer.table.empty()) {
        value["table"] = answer.table;
        value["rows"] = answer.rows;
    }
    return json::serialize(value);
}

Result<Answer> answer_from_json(std::string_view text)
{
    Answer answer;
    if (!from_json(text, answer.entry))
        return Error{Errc::bad_data, "this is not an answer"};
    auto const value = json::parse(text);
    auto const& object = value.as_object();
    auto const text_of = [&](std::string_view name) {
        auto const* field = object.if_contains(name);
        return field && field->is_string() ? std::string(field->get_string()) : std::string();
    };
    answer.staff_only = text_of("audience") == "staff";
    answer.table = text_of("table");
    answer.rows = text_of("rows");
    return answer;
}

}  // namespace immunobot::knowledge
