// Any bytes as what a Direct Line client sends: an activity, a watermark, a token.
#include "channels/directline.hpp"

#include <boost/json/parse.hpp>

#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size)
{
    using namespace immunobot::channels;
    namespace protocol = directline_protocol;
    std::string_view const bytes(reinterpret_cast<char const*>(data), size);
    Settings settings;
    settings.set("secret", {"secret"});
    static_cast<void>(protocol::watermark_of(bytes));
    static_cast<void>(protocol::language_of_start(bytes));
    static_cast<void>(protocol::stream_pass_of(bytes, settings, 1));
    auto const bearer = "Bearer " + std::string(bytes.substr(0, bytes.find('\n')));
    Header const header{"authorization", bearer};
    static_cast<void>(protocol::pass_of({bytes, {&header, 1}, 1}, settings));
    auto activity = protocol::read_activity(bytes, "c");
    if (activity)
        boost::json::parse(protocol::shown_activity(std::move(activity->object), "c", 1, 1));
    return 0;
}
