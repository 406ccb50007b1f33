// Any bytes as a delivery to every address of one channel (CHANNEL): its proof is looked for, it is read, and what it asks
// is answered in both ways, without a crash. The first byte chooses the address; a line end parts query and body.
#include "channels/channel.hpp"
#include "channels/look_up.hpp"
#include "text/utf8.hpp"

#include <boost/json/parse.hpp>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using namespace immunobot;
using namespace immunobot::channels;

void demand(bool holds)
{
    if (!holds)
        std::abort();
}

Channel const& channel()
{
    static auto const* const found = channel_named(CHANNEL);
    demand(found != nullptr);
    return *found;
}

// Everything is set, so that nothing stays untried for want of a name or a key.
Settings const& settings()
{
    static Settings const all = Settings::read(channel().settings, [](Setting const& setting) {
        return std::string(setting.kind == Setting::Kind::address ? "https://bot.example.org" : "immunobot");
    });
    return all;
}

assistant::Reply reply()
{
    assistant::Reply out;
    out.id = "r1";
    out.answer = "It is *here* & <there>.\n1. Call @all.";
    out.sources = {{"s", "Site [1]", "https://example.org/a_b", "2015", "2026-11-23"}};
    out.suggestions = {{"Which hospitals?", "Which hospitals are members of it?"}, {"Who?", "Who?"}};
    return out;
}

// A call that goes out, and what takes its place when the platform refused it for its form.
void check(Call call)
{
    demand(text::is_valid_utf8(call.body));
    boost::json::parse(call.body);
    static_cast<void>(channel().address(call, settings(), "token"));
    auto const plain = channel().plainer ? channel().plainer(call, 400, "invalid_blocks") : std::nullopt;
    if (!plain)
        return;
    boost::json::parse(*plain);
    call.body = *plain;
    demand(!channel().plainer(call, 400, "invalid_blocks"));
}

void check(Route const& route, Incoming incoming)
{
    read_wish(incoming, channel());
    incoming.share = {incoming.question.text, "It is *here*.", "https://example.org/a_b"};
    demand(text::is_valid_utf8(incoming.question.text));
    demand(text::is_valid_utf8(incoming.question.conversation));
    if (incoming.by_call) {
        for (auto const& call : channel().compose(incoming, reply(), settings()))
            check(call);
        return;
    }
    if (channel().follow_up)
        for (auto const& call : channel().follow_up(incoming, reply(), settings()))
            check(call);
    HttpAnswer answer;
    route.render(answer, incoming, reply(), settings());
    demand(text::is_valid_utf8(answer.body));
    if (answer.content_type == json_content)
        boost::json::parse(answer.body);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    if (size == 0)
        return 0;
    auto const routes = channel().routes;
    auto const& route = routes[data[0] % routes.size()];
    std::string_view const all(reinterpret_cast<char const*>(data) + 1, size - 1);
    auto const line = all.find('\n');
    Header const headers[] = {{"content-type", data[0] & 128 ? "application/x-www-form-urlencoded" : "application/json"},
                              {"authorization", "Bearer immunobot"}};
    Delivery delivery{line == std::string_view::npos ? all : all.substr(line + 1), headers, 1'767'605'400};
    delivery.query = all.substr(0, line == std::string_view::npos ? 0 : line);
    delivery.part = "part";
    // What the platform answers to a call is from outside as well.
    if (channel().judge)
        static_cast<void>(channel().judge({.target = std::string(delivery.query)}, data[0] & 64 ? 200 : 400, delivery.body));
    if (channel().plainer)
        static_cast<void>(channel().plainer({.body = std::string(delivery.body)}, data[0] & 64 ? 200 : 400, delivery.query));
    if (route.prove)
        static_cast<void>(route.prove(delivery, settings()));
    if (!route.parse)
        return 0;
    auto const parsed = route.parse(delivery, settings());
    if (!parsed) {
        demand(parsed.error().code == Errc::bad_request);
        return 0;
    }
    if (auto const* messages = std::get_if<std::vector<Incoming>>(&*parsed))
        for (auto const& message : *messages)
            check(route, message);
    return 0;
}
