#include "knowledge/rows.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

namespace immunobot::knowledge {
namespace {

namespace json = boost::json;

json::array list(std::vector<std::string> const& items)
{
    json::array out;
    for (std::string const& item : items)
        out.emplace_back(item);
    return out;
}

class Fields {
public:
    explicit Fields(std::string_view text)
    {
        json::error_code failed;
        auto value = json::parse(text, failed);
        if (!failed && value.is_object())
            object_ = std::move(value.as_object());
    }

    bool sound() const { return !text("id").empty(); }

    std::string text(std::string_view name) const
    {
        auto const* value = object_.if_contains(name);
        return value && value->is_string() ? std::string(value->get_string()) : std::string();
    }

    std::vector<std::string> list(std::string_view name) const
    {
        std::vector<std::string> out;
        auto const* value = object_.if_contains(name);
        if (value && value->is_array())
            for (auto const& item : value->get_array())
                if (item.is_string())
                    out.emplace_back(item.get_string());
        return out;
    }

private:
    json::object object_;
};

}  // namespace

std::string to_json(Source const& row)
{
    return json::serialize(json::object{{"id", row.id}, {"title", row.title}, {"publisher", row.publisher},
                                        {"url", row.url}, {"published", row.published}, {"seen", row.seen}});
}

std::string to_json(Entity const& row)
{
    return json::serialize(json::object{{"id", row.id}, {"kind", row.kind}, {"name_en", row.name.en},
                                        {"name_fr", row.name.fr}, {"acronym", row.acronym},
                                        {"aliases", list(row.aliases)}, {"parent", row.parent}});
}

std::string to_json(Fact const& row)
{
    return json::serialize(json::object{
        {"id", row.id}, {"entity", row.entity}, {"property", row.property}, {"value", row.value}, {"unit", row.unit},
        {"text_en", row.text.en}, {"text_fr", row.text.fr}, {"valid_from", row.valid_from}, {"valid_to", row.valid_to},
        {"source", row.source}, {"layer", row.layer}, {"review_by", row.review_by}});
}

std::string to_json(FaqEntry const& row)
{
    return json::serialize(json::object{
        {"id", row.id}, {"questions_en", list(row.questions_en)}, {"questions_fr", list(row.questions_fr)},
        {"answer_en", row.answer.en}, {"answer_fr", row.answer.fr}, {"entity", row.entity}, {"source", row.source},
        {"valid_to", row.valid_to}, {"review_by", row.review_by}});
}

std::string to_json(Asking const& row)
{
    return json::serialize(json::object{{"id", row.id}, {"questions_en", list(row.questions_en)}, {"questions_fr", list(row.questions_fr)}});
}

bool from_json(std::string_view text, Source& row)
{
    Fields const in(text);
    row = {in.text("id"), in.text("title"), in.text("publisher"), in.text("url"), in.text("published"), in.text("seen")};
    return in.sound();
}

bool from_json(std::string_view text, Entity& row)
{
    Fields const in(text);
    row = {in.text("id"), in.text("kind"), {in.text("name_en"), in.text("name_fr")}, in.text("acronym"), in.list("aliases"), in.text("parent")};
    return in.sound();
}

bool from_json(std::string_view text, Fact& row)
{
    Fields const in(text);
    row = {in.text("id"), in.text("entity"), in.text("property"), in.text("value"), in.text("unit"), {in.text("text_en"), in.text("text_fr")},
           in.text("valid_from"), in.text("valid_to"), in.text("review_by"), in.text("source"), in.text("layer")};
    return in.sound();
}

bool from_json(std::string_view text, FaqEntry& row)
{
    Fields const in(text);
    row = {in.text("id"), in.list("questions_en"), in.list("questions_fr"), {in.text("answer_en"), in.text("answer_fr")}, in.text("entity"),
           in.text("source"), in.text("valid_to"), in.text("review_by")};
    return in.sound();
}

bool from_json(std::string_view text, Asking& row)
{
    Fields const in(text);
    row = {in.text("id"), in.list("questions_en"), in.list("questions_fr")};
    return in.sound();
}

}  // namespace immunobot::knowledge
