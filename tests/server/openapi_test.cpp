#include "running.hpp"

#include "console/api.hpp"
#include "server/routes.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot::server;
namespace channels = immunobot::channels;
namespace json = boost::json;

namespace {

json::object document(Running const& running)
{
    return json::parse(running.ask(get("/openapi.json")).body).as_object();
}

// The settings of a channel that answers everybody.
channels::Settings opened(std::string_view channel)
{
    return channels::Settings::read(channels::channel_named(channel)->settings, [](channels::Setting const& setting) {
        return std::string(setting.name == "open" ? "yes" : "");
    });
}

// "#/components/schemas/Reply" -> that value.
json::value const& resolved(json::object const& root, json::value const& schema)
{
    auto const* reference = schema.as_object().if_contains("$ref");
    if (!reference)
        return schema;
    std::string const path(reference->as_string().c_str());
    return root.at("components").as_object().at("schemas").as_object().at(path.substr(path.rfind('/') + 1));
}

bool has_type(json::value const& schema, json::value const& value)
{
    auto const* type = schema.as_object().if_contains("type");
    if (!type)
        return true;
    auto const fits = [&](json::value const& one) {
        std::string const name(one.as_string().c_str());
        return (name == "null" && value.is_null()) || (name == "string" && value.is_string()) ||
               (name == "boolean" && value.is_bool()) || (name == "object" && value.is_object()) ||
               (name == "array" && value.is_array()) || (name == "number" && value.is_number()) ||
               (name == "integer" && (value.is_int64() || value.is_uint64()));
    };
    if (type->is_string())
        return fits(*type);
    for (auto const& one : type->as_array())
        if (fits(one))
            return true;
    return false;
}

// Types, required members, no members that are not described: enough to catch what drifts.
void check_against(json::object const& root, json::value const& given, json::value const& value, std::string const& where)
{
    auto const& schema = resolved(root, given).as_object();
    INFO(where);
    CHECK(has_type(schema, value));
    if (auto const* items = schema.if_contains("items"); items && value.is_array())
        for (auto const& item : value.as_array())
            check_against(root, *items, item, where + "[]");
    auto const* properties = schema.if_contains("properties");
    if (!properties || !value.is_object())
        return;
    for (auto const& [name, member] : value.as_object()) {
        INFO(name);
        REQUIRE(properties->as_object().contains(name));
        check_against(root, properties->as_object().at(name), member, where + "." + std::string(name));
    }
    if (auto const* required = schema.if_contains("required"))
        for (auto const& name : required->as_array()) {
            INFO(name);
            CHECK(value.as_object().contains(name.as_string()));
        }
}

std::string lower(std::string_view upper)
{
    std::string out(upper);
    for (auto& c : out)
        c = static_cast<char>(c | 0x20);
    return out;
}

// As a browser sends a form; enough for our examples.
std::string as_form(json::object const& fields)
{
    std::string out;
    for (auto const& [name, value] : fields) {
        out.append(out.empty() ? "" : "&").append(name).append("=");
        for (char const c : value.as_string())
            out += c == ' ' ? '+' : c;
    }
    return out;
}

}  // namespace

TEST_CASE("the api description and the routes are the same", "[server]")
{
    Running running;
    auto const root = document(running);
    CHECK(root.at("openapi").as_string() == "3.1.0");
    std::set<std::string> described;
    for (auto const& [path, methods] : root.at("paths").as_object())
        for (auto const& [method, unused] : methods.as_object())
            described.insert(std::string(method) + " " + std::string(path));
    std::set<std::string> real;
    for (auto const& route : routes())
        if (!route.channel || route.channel->own_contract)   // platforms describe their protocols themselves
            real.insert(lower(name(route.method)) + " " + std::string(route.path));
    for (auto const& route : immunobot::console::api_routes())
        real.insert((route.post ? "post " : "get ") + std::string(route.path));
    CHECK(described == real);
}

TEST_CASE("real answers fit their description, and the examples work", "[server]")
{
    auto options = quiet_options();
    for (auto const* name : {"openai", "mcp"})
        options.channels[name] = opened(name);
    Running running(options);
    auto const root = document(running);
    for (auto const& [path, methods] : root.at("paths").as_object())
        for (auto const& [method, operation] : methods.as_object()) {
            auto const target = sample_path(std::string_view(path.data(), path.size()));
            if (immunobot::console::is_api_path(target))
                continue;   // not served without staff: staff_surface_test.cpp
            INFO(target);
            Answer answer;
            if (method != "post") {
                answer = running.ask(get(target, "", method == "delete" ? "DELETE" : "GET"));
            } else {
                auto const& [sent, body] = *operation.as_object().at("requestBody").as_object().at("content").as_object().begin();
                auto const& example = body.as_object().at("example");
                check_against(root, body.as_object().at("schema"), example, "request");
                answer = running.ask(post(target, sent == "application/json" ? json::serialize(example) : as_form(example.as_object()), "", std::string(sent)));
            }
            REQUIRE(answer.status == 200);
            auto const& content = operation.as_object().at("responses").as_object().at("200").as_object().at("content").as_object();
            auto const type = answer.field("content-type").substr(0, answer.field("content-type").find(';'));
            REQUIRE(content.contains(type));
            if (type == "application/json")
                check_against(root, content.at(type).as_object().at("schema"), json::parse(answer.body), "answer");
        }
}
