#include "running.hpp"

#include "channels/mcp_tools.hpp"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <catch2/catch.hpp>

#include <set>

using namespace immunobot::server;
namespace json = boost::json;

namespace {

constexpr std::string_view meta =
    R"("_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}})";

ServerOptions with_key()
{
    auto options = quiet_options();
    options.channels["mcp"].set("key", {"mcp-old", "mcp-new"});
    options.channels["mcp"].set("hosts", {"localhost", "bot.example.org"});
    options.channels["mcp"].set("origins", {"https://app.example.org"});
    return options;
}

std::string request(std::string const& body, std::string const& fields = {}, std::string const& host = "localhost")
{
    return "POST /mcp HTTP/1.1\r\nHost: " + host + "\r\nContent-Type: application/json\r\nAuthorization: Bearer mcp-new\r\n" + fields +
           "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string legacy(std::string const& method, std::string const& params = "{}")
{
    return request(R"({"jsonrpc":"2.0","id":7,"method":")" + method + R"(","params":)" + params + "}");
}

// `members`: of params, besides _meta. `name`: what Mcp-Name says; empty: no such header.
std::string modern(std::string const& method, std::string const& members = {}, std::string const& name = {})
{
    auto const params = "{" + std::string(meta) + (members.empty() ? "" : "," + members) + "}";
    return request(R"({"jsonrpc":"2.0","id":"m1","method":")" + method + R"(","params":)" + params + "}",
                   "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " + method + "\r\n" + (name.empty() ? "" : "Mcp-Name: " + name + "\r\n"));
}

json::object parsed(Answer const& answer)
{
    INFO(answer.raw);
    return json::parse(answer.body).as_object();
}

json::object result(Answer const& answer)
{
    CHECK(answer.status == 200);
    return parsed(answer).at("result").as_object();
}

std::int64_t fault(Answer const& answer)
{
    return parsed(answer).at("error").as_object().at("code").as_int64();
}

std::string said(json::object const& called)
{
    return std::string(called.at("content").as_array().at(0).as_object().at("text").as_string());
}

}  // namespace

TEST_CASE("an old client is welcomed with a version that both speak", "[channels]")
{
    Running running(with_key());
    struct Row { char const* asked; char const* given; };
    for (auto const& row : {Row{"2025-11-25", "2025-11-25"}, Row{"2025-03-26", "2025-03-26"}, Row{"2024-11-05", "2025-11-25"}, Row{"2031-01-01", "2025-11-25"}}) {
        auto const answer = running.ask(legacy("initialize", R"({"capabilities":{},"clientInfo":{"name":"t","version":"1"},"protocolVersion":")" + std::string(row.asked) + "\"}"));
        auto const welcome = result(answer);
        CHECK(welcome.at("protocolVersion").as_string() == row.given);
        CHECK(welcome.at("serverInfo").as_object().at("name").as_string() == "immunobot");
        CHECK(welcome.at("capabilities").as_object().contains("tools"));
        CHECK(welcome.at("capabilities").as_object().contains("resources"));
        CHECK_FALSE(welcome.contains("resultType"));
        CHECK(answer.field("mcp-session-id").empty());
    }
    auto const noted = running.ask(request(R"({"jsonrpc":"2.0","method":"notifications/initialized"})"));
    CHECK(noted.status == 202);
    CHECK(noted.body.empty());
    CHECK(result(running.ask(legacy("ping"))).empty());
    CHECK(running.ask(legacy("server/unknown")).status == 200);
    CHECK(fault(running.ask(legacy("server/unknown"))) == -32601);
}

TEST_CASE("a client of today learns what there is", "[channels]")
{
    Running running(with_key());
    auto const discovered = result(running.ask(modern("server/discover")));
    CHECK(discovered.at("resultType").as_string() == "complete");
    CHECK(discovered.at("supportedVersions").as_array().at(0).as_string() == "2026-07-28");
    CHECK(discovered.at("ttlMs").as_int64() >= 0);
    CHECK(discovered.at("cacheScope").is_string());
    CHECK(discovered.at("_meta").as_object().at("io.modelcontextprotocol/serverInfo").as_object().at("version").is_string());
    for (auto const* method : {"tools/list", "resources/list", "resources/templates/list"}) {
        INFO(method);
        auto const list = result(running.ask(modern(method)));
        CHECK(list.at("resultType").as_string() == "complete");
        CHECK(list.contains("ttlMs"));
        CHECK(list.contains("cacheScope"));
    }
    for (auto const* gone : {"initialize", "ping", "logging/setLevel", "resources/subscribe"}) {
        INFO(gone);
        auto const answer = running.ask(modern(gone));
        CHECK(answer.status == 404);
        CHECK(fault(answer) == -32601);
        CHECK(parsed(answer).at("id").as_string() == "m1");
    }
}

TEST_CASE("a prompt that is asked for is unknown, as it is not in the list", "[channels]")
{
    Running running(with_key());
    CHECK(result(running.ask(legacy("prompts/list"))).at("prompts").as_array().empty());
    for (auto const& answer : {running.ask(legacy("prompts/get", R"({"name":"a"})")), running.ask(legacy("prompts/get")), running.ask(modern("prompts/get", R"("name":"a")", "a"))})
        CHECK(fault(answer) == -32602);
}

TEST_CASE("the tools are three, with schemas for both ways", "[channels]")
{
    auto const list = json::parse("{" + std::string(immunobot::channels::mcp::tool_list_members()) + "}").as_object();
    std::vector<std::string> names;
    for (auto const& tool : list.at("tools").as_array()) {
        names.emplace_back(tool.as_object().at("name").as_string());
        for (auto const* schema : {"inputSchema", "outputSchema"})
            CHECK(tool.as_object().at(schema).as_object().at("type").as_string() == "object");
        CHECK(tool.as_object().at("annotations").as_object().at("readOnlyHint").as_bool());
    }
    CHECK(names == std::vector<std::string>{"ask", "search_facts", "get_entity"});
}

TEST_CASE("tools answer in both eras, with sources, as text and as JSON that fits its schema", "[channels]")
{
    Running running(with_key());
    auto const tools = json::parse("{" + std::string(immunobot::channels::mcp::tool_list_members()) + "}").as_object().at("tools").as_array();
    struct Row { char const* tool; std::string arguments; char const* text; };
    Row const rows[] = {
        {"ask", R"({"question":"When was it created?","language":"en","conversation":"c"})", "About MI-FHU"},
        {"search_facts", R"({"query":"created","limit":5})", "https://example.org/mi"},
        {"get_entity", R"({"entity":"mi-fhu","language":"fr"})", "2015"},
        {"get_entity", R"({"entity":"marseille immunopole fhu"})", "It was created in 2015."},
    };
    for (auto const& row : rows) {
        INFO(row.tool);
        auto const params = R"("name":")" + std::string(row.tool) + R"(","arguments":)" + row.arguments;
        auto const called = result(running.ask(modern("tools/call", params, row.tool)));
        CHECK_FALSE(called.at("isError").as_bool());
        CHECK(said(called).find(row.text) != std::string::npos);
        auto const& structured = called.at("structuredContent").as_object();
        for (auto const& tool : tools) {
            if (tool.as_object().at("name").as_string() != row.tool)
                continue;
            auto const& schema = tool.as_object().at("outputSchema").as_object();
            for (auto const& name : schema.at("required").as_array())
                CHECK(structured.contains(name.as_string()));
            for (auto const& member : structured)
                CHECK(schema.at("properties").as_object().contains(member.key()));
        }
        auto const before = result(running.ask(legacy("tools/call", "{" + params + "}")));
        CHECK(said(before).find(row.text) != std::string::npos);
        CHECK_FALSE(before.contains("resultType"));
    }
}

TEST_CASE("a model is told how to call better, a client what it did wrong", "[channels]")
{
    Running running(with_key());
    std::string const advised[] = {
        R"("name":"ask")", R"("name":"ask","arguments":{})", R"("name":"ask","arguments":{"question":7})", R"("name":"ask","arguments":{"question":" "})",
        R"("name":"ask","arguments":{"question":")" + std::string(2001, 'x') + "\"}", R"("name":"ask","arguments":{"question":"x","language":"de"})",
        R"("name":"search_facts","arguments":{"query":"x","limit":51})", R"("name":"search_facts","arguments":{"query":"x","limit":"5"})",
        R"("name":"get_entity","arguments":{"entity":"nobody"})"};
    for (auto const& params : advised) {
        INFO(params);
        auto const called = result(running.ask(legacy("tools/call", "{" + params + "}")));
        CHECK(called.at("isError").as_bool());
        CHECK(said(called).size() > 10);
    }
    for (std::string const params : {R"("name":"nope","arguments":{})", R"("arguments":{})", R"("name":"ask","arguments":[1])"}) {
        INFO(params);
        CHECK(fault(running.ask(legacy("tools/call", "{" + params + "}"))) == -32602);
    }
    CHECK(running.services.questions == 0);
}

TEST_CASE("entities are resources", "[channels]")
{
    Running running(with_key());
    auto const list = result(running.ask(legacy("resources/list"))).at("resources").as_array();
    REQUIRE(list.size() == 1);
    CHECK(list[0].as_object().at("uri").as_string() == "immunobot://entities/mi-fhu");
    auto const read = result(running.ask(modern("resources/read", R"("uri":"immunobot://entities/mi-fhu")", "immunobot://entities/mi-fhu")));
    auto const& content = read.at("contents").as_array().at(0).as_object();
    CHECK(content.at("mimeType").as_string() == "application/json");
    auto const entity = json::parse(content.at("text").as_string()).as_object();
    CHECK(entity.at("facts").as_array().at(0).as_object().at("source").as_object().at("url").as_string() == "https://example.org/mi");
    for (std::string const uri : {"immunobot://entities/nobody", "file:///etc/passwd", "immunobot://entities/", "immunobot://entities/a/b"}) {
        INFO(uri);
        auto const params = "\"uri\":\"" + uri + "\"";
        auto const today = running.ask(modern("resources/read", params, uri));
        CHECK(fault(today) == -32602);
        CHECK(parsed(today).at("error").as_object().at("data").as_object().at("uri").as_string() == uri);
        CHECK(fault(running.ask(legacy("resources/read", "{" + params + "}"))) == -32002);
    }
    for (auto const* cursor : {"\"x\"", "7", "\"-1\"", "\"99999999999999999999\""})
        CHECK(fault(running.ask(legacy("resources/list", R"({"cursor":)" + std::string(cursor) + "}"))) == -32602);
    CHECK(result(running.ask(legacy("resources/list", R"({"cursor":"1"})"))).contains("resources"));
}

TEST_CASE("headers repeat what the body says", "[channels]")
{
    Running running(with_key());
    std::string const list = R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{)" + std::string(meta) + "}}";
    std::string const call = R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask","arguments":{"question":"x"},)" + std::string(meta) + "}}";
    std::string const version = "MCP-Protocol-Version: 2026-07-28\r\n";
    struct Row { char const* what; std::string body; std::string fields; int status; int fault; };
    Row const rows[] = {
        {"right", list, version + "Mcp-Method: tools/list\r\n", 200, 0},
        {"in other letters", list, "mcp-protocol-version: 2026-07-28\r\nMCP-METHOD:   tools/list  \r\n", 200, 0},
        {"no version", list, "Mcp-Method: tools/list\r\n", 400, -32020},
        {"another version", list, "MCP-Protocol-Version: 2025-11-25\r\nMcp-Method: tools/list\r\n", 400, -32020},
        {"no method", list, version, 400, -32020},
        {"another method", list, version + "Mcp-Method: TOOLS/LIST\r\n", 400, -32020},
        {"the method twice", list, version + "Mcp-Method: tools/list\r\nMcp-Method: tools/list\r\n", 400, -32020},
        {"no name", call, version + "Mcp-Method: tools/call\r\n", 400, -32020},
        {"another name", call, version + "Mcp-Method: tools/call\r\nMcp-Name: other\r\n", 400, -32020},
        {"the name in base64", call, version + "Mcp-Method: tools/call\r\nMcp-Name: =?base64?YXNr?=\r\n", 200, 0},
        {"with another mark", call, version + "Mcp-Method: tools/call\r\nMcp-Name: =?BASE64?YXNr?=\r\n", 400, -32020},
        {"broken base64", call, version + "Mcp-Method: tools/call\r\nMcp-Name: =?base64?YX?=\r\n", 400, -32020},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        auto const answer = running.ask(request(row.body, row.fields));
        CHECK(answer.status == row.status);
        CHECK((row.fault == 0 ? parsed(answer).contains("result") : fault(answer) == row.fault));
    }
}

TEST_CASE("what is no message of ours is refused by number", "[channels]")
{
    Running running(with_key());
    std::string const today = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/list\r\n";
    struct Row { std::string body; std::string fields; int status; int fault; };
    Row const rows[] = {
        {"{", "", 400, -32700},
        {"[]", "", 400, -32600},
        {R"([{"jsonrpc":"2.0","id":1,"method":"ping"}])", "", 400, -32600},
        {R"({"id":1,"method":"ping"})", "", 400, -32600},
        {R"({"jsonrpc":"1.0","id":1,"method":"ping"})", "", 400, -32600},
        {R"({"jsonrpc":"2.0","id":null,"method":"ping"})", "", 400, -32600},
        {R"({"jsonrpc":"2.0","id":1.5,"method":"ping"})", "", 400, -32600},
        {R"({"jsonrpc":"2.0","id":1,"result":{}})", "", 400, -32600},
        {R"({"jsonrpc":"2.0","id":1,"method":"ping","params":[]})", "", 400, -32602},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/list"})", "MCP-Protocol-Version: 1999-01-01\r\n", 400, -32022},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}})", today, 400, -32602},
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}})", today, 400, -32602},
        {R"({"jsonrpc":"2.0","id":1,"method":"initialize","params":{}})", "", 200, -32602},
    };
    for (auto const& row : rows) {
        INFO(row.body << " " << row.fields);
        auto const answer = running.ask(request(row.body, row.fields));
        CHECK(answer.status == row.status);
        CHECK(fault(answer) == row.fault);
    }
    auto const unknown = running.ask(request(
        R"({"jsonrpc":"2.0","id":18446744073709551615,"method":"x","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2099-01-01","io.modelcontextprotocol/clientCapabilities":{}}}})",
        "MCP-Protocol-Version: 2099-01-01\r\nMcp-Method: x\r\n"));
    CHECK(unknown.status == 400);
    CHECK(fault(unknown) == -32022);
    CHECK(unknown.body.find("\"id\":18446744073709551615,") != std::string::npos);
    auto const data = parsed(unknown).at("error").as_object().at("data").as_object();
    CHECK(data.at("requested").as_string() == "2099-01-01");
    CHECK(data.at("supported").as_array().size() == 4);
}

TEST_CASE("only clients that were let in, by names and from pages that are ours", "[channels]")
{
    Running running(with_key());
    std::string const ping = R"({"jsonrpc":"2.0","id":1,"method":"ping"})";
    struct Row { char const* what; std::string fields; std::string host; int status; };
    Row const rows[] = {
        {"our name", "", "localhost", 200},
        {"with a port", "", "localhost:8080", 200},
        {"the other name", "", "bot.example.org", 200},
        {"another's name", "", "evil.example", 403},
        {"a name that begins like ours", "", "localhost.evil.example", 403},
        {"a listed page", "Origin: https://app.example.org\r\n", "localhost", 200},
        {"a page of ours", "Origin: http://localhost:8080\r\n", "localhost:8080", 200},
        {"another page", "Origin: http://evil.example\r\n", "localhost", 403},
        {"a page of nowhere", "Origin: null\r\n", "localhost", 403},
    };
    for (auto const& row : rows) {
        INFO(row.what);
        CHECK(running.ask(request(ping, row.fields, row.host)).status == row.status);
    }
    for (std::string const key : {"", "Authorization: Bearer mcp-ne\r\n", "Authorization: Basic mcp-new\r\n"}) {
        auto const answer = running.ask(post("/mcp", ping, key));
        CHECK(answer.status == 401);
        CHECK(answer.field("www-authenticate") == "Bearer");
    }
    CHECK(running.ask(post("/mcp", ping, "Authorization: Bearer mcp-old\r\n")).status == 200);
    for (auto const* method : {"GET", "DELETE"})
        CHECK(running.ask(get("/mcp", "Authorization: Bearer mcp-new\r\n", method)).status == 405);
    CHECK(Running().ask(post("/mcp", ping)).status == 404);
}
