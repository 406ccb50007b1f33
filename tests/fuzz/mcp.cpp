// Any bytes as a message of an MCP client, behind a line with the value of each header field.
#include "channels/mcp.hpp"
#include "channels/mcp_tools.hpp"

#include <boost/json/parse.hpp>

#include <cstdint>
#include <string_view>

namespace {

using namespace immunobot::channels;

void call(mcp::Message const& message)
{
    boost::json::object const none;
    auto const* name = message.params.if_contains("name");
    auto const* arguments = message.params.if_contains("arguments");
    if (name && name->is_string())
        static_cast<void>(mcp::read_call({name->get_string().data(), name->get_string().size()},
                                         arguments && arguments->is_object() ? arguments->get_object() : none));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    std::string_view rest(reinterpret_cast<char const*>(data), size);
    Header headers[] = {{"MCP-Protocol-Version", {}}, {"Mcp-Method", {}}, {"Mcp-Name", {}}};
    for (auto& header : headers) {
        auto const end = rest.find('\n');
        if (end == std::string_view::npos)
            break;
        header.value = rest.substr(0, end);
        rest.remove_prefix(end + 1);
    }
    std::string out;
    auto const message = mcp::read({rest, headers});
    if (!message) {
        mcp::append_failure(out, message.error());
    } else {
        call(*message);
        mcp::append_result(out, *message, mcp::discover_members(), {1, true});
    }
    boost::json::parse(out);
    return 0;
}
