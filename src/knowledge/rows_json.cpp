#include "knowledge/rows.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
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

}  // namespace immunobot::knowledge
