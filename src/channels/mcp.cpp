#include "channels/mcp.hpp"

#include "channels/fields.hpp"
#include "channels/signature.hpp"
#include "channels/strict_json.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <optional>

namespace immunobot::channels::mcp {
namespace {

namespace json = boost::json;

constexpr std::string_view version_key = "io.modelcontextprotocol/protocolVersion";
constexpr std::string_view capabilities_key = "io.modelcontextprotocol/clientCapabilities";
constexpr std::string_view server = R"({"name":"immunobot","title":"immunobot","version":")" IMMUNOBOT_VERSION R"("})";
constexpr std::string_view capabilities = R"({"tools":{},"resources":{},"prompts":{}})";
constexpr std::string_view instructions =
    "Curated facts, in English and French, each with its source; the resources list what they are about. 'ask' answers "
    "one question in a few sentences, or says that there is no fact about it: do not fill such gaps from memory. "
    "'search_facts' and 'get_entity' give the facts themselves. Cite the sources that come with them.";

std::string_view view(json::string const& text)
{
    return {text.data(), text.size()};
}

bool is_legacy_version(std::string_view version)
{
    return std::find(legacy_versions.begin(), legacy_versions.end(), version) != legacy_versions.end();
}

// "[...]" of all versions, newest first.
std::string all_versions()
{
    std::string list = "[\"" + std::string(modern_version) + '"';
    for (auto const version : legacy_versions)
        list.append(",\"").append(version).append("\"");
    return list + ']';
}

Failure failure(int status, Fault fault, std::string message, std::string id)
{
    return Failure{status, fault, std::move(message), std::move(id)};
}

Failure unsupported(std::string_view version, std::string id)
{
    auto problem = failure(400, Fault::unsupported_version, "Unsupported protocol version", std::move(id));
    problem.data = "{\"supported\":" + all_versions() + ",\"requested\":";
    append_quoted(problem.data, version);
    problem.data += '}';
    return problem;
}

// The id as JSON; empty if there is none; nothing if it is not one.
std::optional<std::string> read_id(json::object const& object)
{
    auto const* id = object.if_contains("id");
    if (!id)
        return std::string();
    if (id->is_int64())
        return std::to_string(id->get_int64());
    if (id->is_uint64())
        return std::to_string(id->get_uint64());
    if (!id->is_string())
        return std::nullopt;
    std::string quoted;
    append_quoted(quoted, view(id->get_string()));
    return quoted;
}

json::object const* meta_of(json::object const& params)
{
    auto const* meta = params.if_contains("_meta");
    return meta ? meta->if_object() : nullptr;
}

json::value const* member(json::object const* object, std::string_view name)
{
    return object ? object->if_contains({name.data(), name.size()}) : nullptr;
}

// Any sign of the modern era makes a request a modern one, so that a mistake in it is told in that era's terms.
bool is_modern(Delivery const& delivery, Message const& message)
{
    if (member(meta_of(message.params), version_key) || message.method == "server/discover")
        return true;
    return find_header(delivery, "mcp-protocol-version").value == modern_version;
}

// The value of a header as the body would have it: base64 is marked by "=?base64?" and "?=".
std::optional<std::string> decoded(std::string_view value)
{
    constexpr std::string_view begin = "=?base64?";
    constexpr std::string_view end = "?=";
    if (value.starts_with(begin) && value.ends_with(end) && value.size() >= begin.size() + end.size())
        return from_base64(value.substr(begin.size(), value.size() - begin.size() - end.size()));
    auto const plain = [](char letter) { return (letter >= 0x20 && letter < 0x7f) || letter == '\t'; };
    if (!std::all_of(value.begin(), value.end(), plain))
        return std::nullopt;
    return std::string(value);
}

std::optional<Failure> compare(Delivery const& delivery, Message const& message, std::string_view lower_case_name,
                               std::string_view shown_name, std::string_view expected, bool may_be_encoded)
{
    auto const found = find_header(delivery, lower_case_name);
    auto const mismatch = [&](std::string_view what) {
        std::string text = "Header mismatch: ";
        text.append(shown_name).append(what);
        return failure(400, Fault::header_mismatch, std::move(text), message.id);
    };
    if (found.count == 0)
        return mismatch(" is missing");
    if (found.count > 1)
        return mismatch(" occurs more than once");
    auto const value = may_be_encoded ? decoded(found.value) : std::optional(std::string(found.value));
    if (!value || *value != expected)
        return mismatch(" does not match the body");
    return std::nullopt;
}

// Which parameter the header Mcp-Name repeats; empty: none.
std::string_view named_by(std::string_view method)
{
    if (method == "tools/call" || method == "prompts/get")
        return "name";
    return method == "resources/read" ? "uri" : "";
}

std::optional<Failure> check_headers(Delivery const& delivery, Message const& message, std::string_view version)
{
    if (auto wrong = compare(delivery, message, "mcp-protocol-version", "MCP-Protocol-Version", version, false))
        return wrong;
    if (version != modern_version)
        return unsupported(version, message.id);
    if (auto wrong = compare(delivery, message, "mcp-method", "Mcp-Method", message.method, false))
        return wrong;
    auto const parameter = named_by(message.method);
    auto const* name = parameter.empty() ? nullptr : member(&message.params, parameter);
    if (!name || !name->is_string())
        return std::nullopt;
    return compare(delivery, message, "mcp-name", "Mcp-Name", view(name->get_string()), true);
}

std::optional<Failure> check_modern(Delivery const& delivery, Message const& message)
{
    auto const* meta = meta_of(message.params);
    auto const* version = member(meta, version_key);
    auto const missing = [&](std::string_view what) {
        return failure(400, Fault::invalid_parameters, "_meta must have " + std::string(what), message.id);
    };
    if (!version || !version->is_string())
        return missing(version_key);
    auto const* able = member(meta, capabilities_key);
    if (!able || !able->is_object())
        return missing(capabilities_key);
    return check_headers(delivery, message, view(version->get_string()));
}

// A header that is not there means the oldest version with this transport.
std::optional<Failure> check_legacy(Delivery const& delivery, Message const& message)
{
    auto const found = find_header(delivery, "mcp-protocol-version");
    if (found.count == 0 || (found.count == 1 && is_legacy_version(found.value)))
        return std::nullopt;
    return unsupported(found.value, message.id);
}

boost::system::result<Message, Failure> read_object(json::object& object)
{
    Message message;
    auto id = read_id(object);
    if (!id)
        return failure(400, Fault::invalid_request, "the id must be a string or an integer", {});
    message.id = std::move(*id);
    auto const* protocol = object.if_contains("jsonrpc");
    auto const* method = object.if_contains("method");
    if (!protocol || !protocol->is_string() || protocol->get_string() != "2.0")
        return failure(400, Fault::invalid_request, "jsonrpc must be \"2.0\"", message.id);
    if (!method || !method->is_string())
        return failure(400, Fault::invalid_request, "only requests and notifications are taken: method is missing", message.id);
    message.method = view(method->get_string());
    if (auto* params = object.if_contains("params")) {
        if (!params->is_object())
            return failure(400, Fault::invalid_parameters, "params must be an object", message.id);
        message.params = std::move(params->get_object());
    }
    return message;
}

void append_begin(std::string& out, std::string const& id)
{
    out += "{\"jsonrpc\":\"2.0\"";
    if (!id.empty())
        out.append(",\"id\":").append(id);
}

}  // namespace

boost::system::result<Message, Failure> read(Delivery const& delivery)
{
    auto value = parse_strict(delivery.body, {}, platform_json);
    if (!value)
        return failure(400, Fault::not_json, value.error().message, {});
    if (!value->is_object())
        return failure(400, Fault::invalid_request, "the body must be one JSON-RPC object", {});
    auto message = read_object(value->get_object());
    if (!message || message->id.empty())
        return message;
    bool const modern = is_modern(delivery, *message);
    message->era = modern ? Era::modern : Era::legacy;
    if (auto const wrong = modern ? check_modern(delivery, *message) : check_legacy(delivery, *message))
        return *wrong;
    return message;
}

void append_result(std::string& out, Message const& message, std::string_view members)
{
    append_begin(out, message.id);
    out += ",\"result\":{";
    if (message.era == Era::modern)
        out.append(R"("resultType":"complete","_meta":{"io.modelcontextprotocol/serverInfo":)").append(server).append("}");
    if (message.era == Era::modern && !members.empty())
        out += ',';
    out.append(members).append("}}");
}

void append_result(std::string& out, Message const& message, std::string_view members, Keeping keeping)
{
    if (message.era == Era::legacy)
        return append_result(out, message, members);
    std::string all(members);
    all.append(all.empty() ? "" : ",").append("\"ttlMs\":").append(std::to_string(keeping.milliseconds));
    all.append(keeping.by_all ? R"(,"cacheScope":"public")" : R"(,"cacheScope":"private")");
    append_result(out, message, all);
}

void append_failure(std::string& out, Failure const& problem)
{
    append_begin(out, problem.id);
    out.append(",\"error\":{\"code\":").append(std::to_string(static_cast<int>(problem.fault))).append(",\"message\":");
    append_quoted(out, problem.message);
    if (!problem.data.empty())
        out.append(",\"data\":").append(problem.data);
    out += "}}";
}

Failure unknown_method(Message const& message)
{
    return failure(message.era == Era::modern ? 404 : 200, Fault::unknown_method, "Method not found", message.id);
}

Failure invalid_parameters(Message const& message, std::string text)
{
    return failure(200, Fault::invalid_parameters, std::move(text), message.id);
}

Failure no_resource(Message const& message, std::string_view uri)
{
    auto const fault = message.era == Era::modern ? Fault::invalid_parameters : Fault::no_resource;
    auto problem = failure(200, fault, "Resource not found", message.id);
    problem.data = "{\"uri\":";
    append_quoted(problem.data, uri);
    problem.data += '}';
    return problem;
}

boost::system::result<std::string, Failure> initialize_members(Message const& message)
{
    auto const* asked = message.params.if_contains("protocolVersion");
    if (!asked || !asked->is_string())
        return invalid_parameters(message, "protocolVersion must be a string");
    auto const version = view(asked->get_string());
    std::string members = "\"protocolVersion\":\"";
    members.append(is_legacy_version(version) ? version : legacy_versions.front());
    members.append("\",\"capabilities\":").append(capabilities).append(",\"serverInfo\":").append(server);
    members += ",\"instructions\":";
    append_quoted(members, instructions);
    return members;
}

bool is_host_allowed(Settings const& settings, std::string_view host)
{
    auto const colon = host.rfind(':');
    bool const has_port = colon != std::string_view::npos && (host.empty() || host.back() != ']');
    auto const name = has_port ? host.substr(0, colon) : host;
    auto const hosts = settings.all("hosts");
    return std::find(hosts.begin(), hosts.end(), name) != hosts.end();
}

bool is_origin_allowed(Settings const& settings, std::string_view origin, std::string_view host)
{
    // Pages that we serve ourselves, under a host that has been looked at.
    for (std::string_view const scheme : {"http://", "https://"})
        if (origin.starts_with(scheme) && origin.substr(scheme.size()) == host)
            return true;
    auto const origins = settings.all("origins");
    return origin.empty() || std::find(origins.begin(), origins.end(), origin) != origins.end();
}

std::string discover_members()
{
    std::string members = "\"supportedVersions\":" + all_versions();
    members.append(",\"capabilities\":").append(capabilities).append(",\"instructions\":");
    append_quoted(members, instructions);
    return members;
}

namespace {

Proof prove(Delivery const& delivery, Settings const& settings)
{
    if (!settings.has("key"))
        return proof(settings.one("open") == "yes");
    auto const token = bearer_token(delivery);
    return proof(token && settings.holds("key", *token));
}

void stand_in_for_client(Settings& settings)
{
    settings.set("hosts", {"127.0.0.1"});   // by that name the test reaches its server
}

std::optional<Channel::Sample> sample(Settings const& settings, std::string_view question, std::int64_t)
{
    boost::json::object const call{{"jsonrpc", "2.0"},
                                   {"id", 1},
                                   {"method", "tools/call"},
                                   {"params", {{"name", "ask"}, {"arguments", {{"question", question}}}}}};
    Channel::Sample made{.target = "/mcp", .content_type = "application/json", .body = boost::json::serialize(call), .fields = {}};
    made.fields.emplace_back("Accept", "application/json, text/event-stream");
    if (settings.has("key"))
        made.fields.emplace_back("Authorization", "Bearer " + std::string(settings.one("key")));
    return made;
}

constexpr Setting settings[] = {
    {.name = "key", .kind = Setting::Kind::secret, .required = true, .unless = "open",
     .help = "the bearer token that clients have to send; any long random text of yours"},
    {.name = "open", .help = "yes: answers everybody, without a key"},
    {.name = "hosts", .kind = Setting::Kind::list, .otherwise = "localhost, 127.0.0.1, [::1]",
     .help = "names by which clients reach this bot, without port"},
    {.name = "origins", .kind = Setting::Kind::list, .help = "web pages whose clients may ask, https://app.example.org"},
};

constexpr Route routes[] = {
    {.name = "mcp", .path = "/mcp", .prove = prove, .open_to_pages = true},
};

}  // namespace
}  // namespace immunobot::channels::mcp

namespace immunobot::channels {

constinit Channel const mcp_channel{
    .name = "mcp",
    .title = "MCP",
    .settings = mcp::settings,
    .routes = mcp::routes,
    .own_contract = true,
    .stand_in = mcp::stand_in_for_client,
    .sample = mcp::sample,
};

}  // namespace immunobot::channels
